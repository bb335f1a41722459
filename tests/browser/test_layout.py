"""Pages fit small screens and large letters, keep still where that is asked for, and print."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from tests.browser.colours import contrasts
from tests.browser.visits import Visit
from tests.site.books import NAMES

pytestmark = [pytest.mark.browser, pytest.mark.book]
Open = Callable[..., Visit]
SCREENS = {
    "360 px": {"width": 360, "height": 740},
    "320 px": {"width": 320, "height": 640},
    "200 % zoom": {"width": 640, "height": 400},
}
# What sticks out of the page to the right, though nothing around it scrolls.
SIDEWAYS = """() => {
  document.querySelectorAll("details").forEach(details => { details.open = true; });
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const scrolls = e => /auto|scroll|hidden|clip/.test(getComputedStyle(e).overflowX);
  const kept = e => e && e !== document.body && (scrolls(e) || kept(e.parentElement));
  return [...document.body.querySelectorAll("*")]
    .filter(e => e.getBoundingClientRect().right > root.clientWidth + 1 && !kept(e.parentElement))
    .map(e => e.tagName + "." + e.className + " to " + e.getBoundingClientRect().right);
}"""
MOVING = """() => [...document.querySelectorAll("*")].filter(e => {
  const style = getComputedStyle(e);
  const longest = times => Math.max(...times.split(",").map(parseFloat));
  return longest(style.transitionDuration) > 0.01 || longest(style.animationDuration) > 0.01
    || style.scrollBehavior === "smooth";
}).map(e => e.tagName + "." + e.className)"""


@pytest.mark.parametrize("name", NAMES)
def test_no_page_scrolls_sideways(visit: Open, name: str) -> None:
    tab = visit(name)
    for page, opened in tab.pages():
        for screen, size in SCREENS.items():
            opened.set_viewport_size(size)
            assert tab.run(SIDEWAYS) == [], f"{page} at {screen}"


def test_letters_of_twice_the_size_fit(visit: Open) -> None:
    tab = visit("own")
    for page, _ in tab.pages():
        tab.run("() => { document.documentElement.style.fontSize = '200%'; }")
        assert tab.run(SIDEWAYS) == [], page


def test_wide_tables_scroll_within_themselves(visit: Open) -> None:
    tab = visit("own", width=360)
    tab.goto("chapters/words-in-context.html")
    widths = tab.run(
        "() => [...document.querySelectorAll('.mv-table')].map(e => [e.scrollWidth, e.clientWidth])"
    )

    assert any(scroll > client for scroll, client in widths)


def test_lines_of_text_are_not_too_long(visit: Open) -> None:
    tab = visit("own", width=1920)
    page = tab.goto("chapters/sources.html")
    box = page.locator("article p.mv-passage").nth(4).bounding_box()

    assert 400 < box["width"] < 800


def test_nothing_moves_where_no_motion_is_wanted(visit: Open) -> None:
    tab = visit("own", reduced_motion="reduce")
    for page, _ in tab.pages():
        assert tab.run(MOVING) == [], page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_figures_can_be_read_in_either_theme(visit: Open, scheme: str) -> None:
    found = 0
    for name, page in visit("own", color_scheme=scheme).pages():
        texts = contrasts(page, "figure svg text", "fill")
        lines = contrasts(page, "figure svg :is(path, use, line)", "stroke")
        found += len(texts)

        assert [text for text in texts if text["ratio"] < 4.5] == [], name
        # What has the colour of the page itself keeps its neighbours apart.
        assert [line for line in lines if 1.05 < line["ratio"] < 3] == [], name
    assert found > 30


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_colours_of_six_voices_can_be_read(visit: Open, scheme: str) -> None:
    page = visit("own", color_scheme=scheme).goto("index.html")
    page.evaluate(
        """() => document.querySelector("article").append(...[1, 2, 3, 4, 5, 6].map(i => {
          const voice = document.createElement("b");
          voice.className = "try mv-voice-" + i;
          voice.style.color = "var(--mv-voice)";
          return voice;
        }))"""
    )
    found = contrasts(page, "b.try")

    assert len({one["what"] for one in found}) == 6
    assert min(one["ratio"] for one in found) >= 4.5


def test_colours_of_voices_are_those_of_the_theme(visit: Open) -> None:
    fills = {}
    for scheme in ("light", "dark"):
        page = visit("own", color_scheme=scheme).goto("chapters/the-texts.html")
        bar = page.locator("#figure-words-per-voice svg path[style*='--mv-voice']").first
        fills[scheme] = bar.evaluate("e => getComputedStyle(e).fill")
        declared = bar.evaluate(
            "e => { const d = document.createElement('i'); d.style.color = 'var(--mv-voice-1)';"
            " document.body.append(d); return getComputedStyle(d).color; }"
        )
        assert fills[scheme] == declared

    assert fills["light"] != fills["dark"]


@pytest.mark.parametrize("name", ["own", "plain"])
def test_a_printed_page_holds_its_text_and_what_was_folded(visit: Open, name: str) -> None:
    rows = 0
    for which, page in visit(name, color_scheme="dark").pages():
        folded = page.locator("details:not(.mv-code) td.mv-centre").all_text_contents()
        prose = next(iter(page.locator("article section > p").all_inner_texts()), "")
        printed = squeezed(pdf_text(page.pdf()))
        rows += len(folded)

        assert squeezed(prose) in printed, which
        lost = [text for text in folded if squeezed(text) not in printed]
        assert len(lost) <= 0.05 * len(folded), (which, lost[:10])
        assert "importmanyvoicesasmv" not in printed, which
    assert rows > 10


def test_the_sources_are_printed_whole(visit: Open) -> None:
    tab = visit("blog")
    page = tab.goto("chapters/sources.html")
    last = page.locator(".mv-sentence").last.inner_text()  # without the words for what is off
    printed = squeezed(pdf_text(page.pdf()))

    assert squeezed(last) in printed
    assert page.locator("nav.bd-links").count()
    assert "Searchthisbook" not in printed


def test_a_page_is_printed_dark_on_white(visit: Open) -> None:
    tab = visit("own", color_scheme="dark")
    page = tab.goto("chapters/the-texts.html")
    page.emulate_media(media="print")

    assert min(found["ratio"] for found in contrasts(page, "article p")) >= 7
    assert (
        page.evaluate("getComputedStyle(document.querySelector('article p')).color")
        == "rgb(0, 0, 0)"
    )


def pdf_text(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def squeezed(text: str) -> str:
    """A text without what a PDF may set differently: spaces, hyphens, ligatures."""
    text = text.replace("ﬁ", "fi").replace("ﬂ", "fl").replace("ﬀ", "ff").replace("ﬃ", "ffi")
    return re.sub(r"[\s\u00ad-]+", "", text)
