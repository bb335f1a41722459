"""Layers over the texts: switched by keyboard, by address and without scripts, seen and said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest

from tests.browser.colours import contrasts
from tests.browser.test_axe import violations
from tests.browser.test_evidence import LANDING
from tests.browser.visits import Visit

pytestmark = [pytest.mark.browser, pytest.mark.book]
Open = Callable[..., Visit]
SOURCES = "chapters/sources.html"
SWITCHES = ".mv-layers input"
SHOWN = ".mv-tag:visible"
# The marks that have a ground of their own now.
MARKED = """() => [...document.querySelectorAll(".mv-document [class*=mv-l][class*=-c]")]
  .filter(e => !/, 0\\)$/.test(getComputedStyle(e).backgroundColor)).length"""
# How often each word of a layer stands behind a mark.
TAGS = """n => [...document.querySelectorAll(`.mv-document .mv-tag.mv-t${n}`)]
  .map(e => e.textContent.trim().slice(1, -1))"""
LEGEND = """n => [...document.querySelectorAll(`.mv-layer-legend.mv-t${n} li`)]
  .map(e => [e.firstElementChild.textContent, e.lastChild.textContent.trim()])"""
UNDER_A_MARK = """() => [...document.querySelectorAll(".mv-sentence")]
  .filter(e => e.querySelector(".mv-withheld"))
  .filter(e => e.querySelector(".mv-tag") || /mv-l\\d/.test(e.outerHTML)).length"""


def layers(tab: Visit) -> list[str]:
    """The layers of the page, as they stand in addresses."""
    values: list[str] = tab.page.eval_on_selector_all(SWITCHES, "all => all.map(e => e.value)")
    assert values[0] == ""
    return values[1:]


@pytest.fixture
def sources(visit: Open) -> Visit:
    """The texts of our own book."""
    tab = visit("own", reduced_motion="reduce")
    tab.goto(SOURCES)
    assert len(layers(tab)) >= 3
    return tab


def soon(tab: Visit, *, any_marked: bool) -> bool:
    """Whether the marks are drawn, or gone, within a moment of what was pressed."""
    for _ in range(40):
        if (tab.run(MARKED) > 0) == any_marked:
            return True
        tab.page.wait_for_timeout(50)
    return False


def test_every_layer_is_switched_on_by_arrow_keys_and_said(sources: Visit) -> None:
    page, said = sources.page, []
    page.locator(SWITCHES).first.focus()
    for layer in layers(sources):
        page.keyboard.press("ArrowRight")
        checked = page.locator(f"{SWITCHES}:checked")

        assert checked.get_attribute("value") == layer
        assert soon(sources, any_marked=True), layer
        assert page.locator(SHOWN).count() > 0, layer
        assert page.locator(".mv-layer-legend:visible").count() == 1
        assert page.url.endswith(f"?layer={layer}")
        label = checked.locator("..").inner_text()
        said.append(page.locator(".mv-layer-legends [role=status]").inner_text())
        assert label in said[-1]
    assert len(set(said)) == len(said)

    page.keyboard.press("ArrowRight")
    assert soon(sources, any_marked=False)
    assert "layer" not in page.url


def test_a_legend_counts_the_marks_that_are_there(sources: Visit) -> None:
    for number, layer in enumerate(layers(sources), 1):
        found = Counter(sources.run(TAGS, number))
        legend = dict(sources.run(LEGEND, number))

        assert {*found} <= {*legend}, layer
        for name, counts in legend.items():
            total, *voices = (int(n) for n in re.findall(r"\b(\d+)(?=$| \(|,|\))", counts))
            assert total == found[name] == sum(voices), (layer, name)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_marked_can_be_read(visit: Open, scheme: str) -> None:
    tab = visit("own", color_scheme=scheme, reduced_motion="reduce")
    tab.goto(SOURCES)
    for layer in layers(tab):
        page = tab.goto(f"{SOURCES}?layer={layer}")
        found = contrasts(page, ".mv-document [class*=mv-l][class*=-c], .mv-layers label span")
        assert min(one["ratio"] for one in found) >= 4.5, layer
        words = page.locator(SHOWN)
        assert words.count() > 0
        marks = contrasts(page, SHOWN.replace(":visible", ""))
        assert min(one["ratio"] for one in marks) >= 4.5, layer


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
@pytest.mark.parametrize("files", [False, True], ids=["served", "from files"])
def test_switches_work_wherever_the_page_is_opened(visit: Open, files: bool, script: bool) -> None:
    tab = visit("own", files=files, java_script_enabled=script, reduced_motion="reduce")
    page = tab.goto(SOURCES)
    label = page.locator(".mv-layers label").nth(1)
    assert page.locator(SHOWN).count() == 0

    label.click()

    assert page.locator(SHOWN).count() > 10
    assert page.locator(".mv-layer-legend:visible").count() == 1
    assert tab.faults == []


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("files", [False, True], ids=["served", "from files"])
def test_an_address_has_its_layer_on_and_its_passage_in_sight(
    visit: Open, files: bool, width: int
) -> None:
    tab = visit("own", files=files, width=width, reduced_motion="reduce")
    page = tab.goto(f"{SOURCES}?layer=evaluation#essay-p7-s1")

    assert page.locator(f"{SWITCHES}:checked").get_attribute("value") == "evaluation"
    assert page.locator(SHOWN).count() > 10
    assert tab.run(LANDING) == ""


def test_an_unknown_layer_switches_nothing_on(visit: Open) -> None:
    tab = visit("own")
    page = tab.goto(f"{SOURCES}?layer=%22%3E%3Cimg%20src%3Dx%3E")

    assert page.locator(f"{SWITCHES}:checked").get_attribute("value") == ""
    assert tab.faults == []


def test_switching_leaves_the_passage_in_the_address(sources: Visit) -> None:
    page = sources.goto(f"{SOURCES}#essay-p2")
    page.locator(".mv-layers label").nth(2).click()
    assert page.url.endswith(f"?layer={layers(sources)[1]}#essay-p2")


@pytest.mark.parametrize("name", ["own", "blog", "hostile"])
def test_what_is_withheld_bears_no_mark(visit: Open, name: str) -> None:
    tab = visit(name)
    page = tab.goto(SOURCES)

    assert page.locator(".mv-withheld").count() > 0
    assert tab.run(UNDER_A_MARK) == 0


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_a_layer_on(visit: Open, axe: str, scheme: str, width: int) -> None:
    tab = visit("own", width=width, color_scheme=scheme, reduced_motion="reduce")
    tab.goto(SOURCES)
    found = {}
    for layer in layers(tab):
        tab.goto(f"{SOURCES}?layer={layer}")
        found[layer] = violations(tab, axe)

    assert {layer: what for layer, what in found.items() if what} == {}


def test_the_chosen_layer_is_printed(sources: Visit) -> None:
    page = sources.goto(f"{SOURCES}?layer=evaluation")
    page.emulate_media(media="print")

    assert page.locator(SHOWN).count() > 10
    assert page.locator(".mv-layer-legend:visible").count() == 1
    assert not page.locator(".mv-layers").is_visible()
    assert sources.run(MARKED) > 10


def test_categories_of_a_hostile_corpus_are_text(visit: Open) -> None:
    tab = visit("hostile")
    words = tab.goto(SOURCES).locator(".mv-tag").all_text_contents()
    assert any("<script>" in word for word in words)
    for layer in layers(tab):
        page = tab.goto(f"{SOURCES}?layer={layer}")
        strange = ":is(img, script, svg, iframe, style, input, b, math)"

        assert page.locator(f".mv-tag {strange}, .mv-layer-legends {strange}").count() == 0
        assert tab.run("() => window.pwned ?? null") is None
        assert tab.faults == []


@pytest.mark.parametrize("width", [360, 320])
def test_all_switches_can_be_seen_on_a_small_screen(visit: Open, width: int) -> None:
    tab = visit("own", width=width, reduced_motion="reduce")
    page = tab.goto(SOURCES)
    boxes = [label.bounding_box() for label in page.locator(".mv-layers label").all()]

    assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
    assert all(box["height"] >= 24 for box in boxes)
