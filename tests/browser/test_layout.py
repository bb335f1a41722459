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

# Of each drawing that is shown: whether all of it is in its place, and what is amiss in its words.
# A letter's box is higher than the letter, and words of a line may touch.
DRAWINGS = """() => [...document.querySelectorAll(".mv-drawing")].map(place => {
  const [svg, more] = [...place.querySelectorAll("svg")].filter(e => e.checkVisibility());
  const { left, right } = svg.getBoundingClientRect();
  const scale = svg.getScreenCTM().a;
  const words = [...svg.querySelectorAll("text")].filter(e => e.textContent.trim()).map(e => {
    const box = e.getBoundingClientRect();
    const slack = box.height * 0.2;
    return { what: e.textContent.trim(), size: parseFloat(getComputedStyle(e).fontSize) * scale,
      left: box.left + 1, right: box.right - 1, top: box.top + slack, bottom: box.bottom - slack };
  });
  const meet = (one, other) => one.left < other.right && other.left < one.right
    && one.top < other.bottom && other.top < one.bottom;
  return {
    figure: place.parentElement.id,
    alone: !more,
    spills: place.scrollWidth - place.clientWidth,
    smallest: Math.min(...words.map(word => word.size)),
    cut: words.filter(word => word.left < left - 2 || word.right > right + 2).map(w => w.what),
    meeting: words.flatMap((one, i) => words.slice(i + 1).filter(other => meet(one, other))
      .map(other => [one.what, other.what])),
  };
})"""


@pytest.mark.parametrize("name", NAMES)
def test_no_page_scrolls_sideways(visit: Open, name: str) -> None:
    tab = visit(name)
    for page, opened in tab.pages():
        for screen, size in SCREENS.items():
            opened.set_viewport_size(size)
            assert tab.run(SIDEWAYS) == [], f"{page} at {screen}"


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["own", "forum"])
def test_every_drawing_is_wholly_in_sight_and_can_be_read(
    visit: Open, name: str, width: int
) -> None:
    tab, found = visit(name, width=width), 0
    for page, _ in tab.pages():
        for drawing in tab.run(DRAWINGS):
            found += 1
            where = (page, drawing["figure"])
            assert drawing["alone"], where
            assert drawing["spills"] <= 1, where
            assert drawing["cut"] == [], where
            assert drawing["smallest"] >= 9, where
            assert drawing["meeting"] == [], where
    assert found > 10


@pytest.mark.parametrize(("width", "size"), [(360, "narrow"), (1280, "wide")])
def test_the_drawing_that_is_shown_is_named_and_the_other_is_not_there(
    visit: Open, width: int, size: str
) -> None:
    page = visit("own", width=width).goto("chapters/the-texts.html")
    drawing = page.locator("#figure-words-per-voice")

    assert drawing.get_by_role("img", name="Bar chart of words per voice").count() == 1
    assert drawing.locator("svg:visible").get_attribute("class") == f"mv-{size}"


def test_the_wide_drawings_are_printed(visit: Open) -> None:
    page = visit("own", width=360).goto("chapters/the-texts.html")
    page.emulate_media(media="print")

    assert page.locator("svg.mv-wide:visible").count() == page.locator("svg.mv-wide").count() > 1
    assert page.locator("svg.mv-narrow:visible").count() == 0


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


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_figures_can_be_read_in_either_theme(visit: Open, scheme: str, width: int) -> None:
    found = 0
    for name, page in visit("own", color_scheme=scheme, width=width).pages():
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


def test_on_paper_no_table_makes_a_page_much_smaller(visit: Open) -> None:
    """A browser that prints shrinks a page until its widest part fits."""
    paper = 658  # a sheet of A4 without its margins
    tab = visit("own", width=paper)
    for name, page in tab.pages():
        page.emulate_media(media="print")
        width = tab.run(
            """() => {
              const folds = document.querySelectorAll("article details:not(.mv-code)");
              folds.forEach(fold => { fold.open = true; });
              return document.documentElement.scrollWidth;
            }"""
        )
        assert width < 1.06 * paper, name
