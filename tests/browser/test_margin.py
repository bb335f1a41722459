"""The words behind a reading: beside it where there is room, folded below it where there is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.test_evidence import LANDING
from tests.browser.visits import Visit

pytestmark = [pytest.mark.browser, pytest.mark.book]
Open = Callable[..., Visit]
PAGE = "chapters/keywords.html"
# Of every block with notes: where it and its notes are, and whether these are seen.
PLACES = """() => [...document.querySelectorAll(".mv-noted")].map(noted => {
  const text = noted.firstElementChild.getBoundingClientRect();
  const notes = noted.querySelector(".mv-notes").getBoundingClientRect();
  const first = noted.querySelector(".mv-note-text");
  return { text, notes, seen: first.checkVisibility({ contentVisibilityAuto: true }) };
})"""
COLOURS = """() => [...document.querySelectorAll(".mv-note a")].map(a =>
  [a.getAttribute("href").split("#")[1], getComputedStyle(a).borderInlineStartColor])"""
COLOUR_OF = """anchor => getComputedStyle(
  document.getElementById(anchor).closest(".mv-document").querySelector(".mv-passage")
).borderInlineStartColor"""


@pytest.mark.parametrize("scripts", [True, False])
def test_notes_stand_in_the_margin_and_meet_nothing(visit: Open, scripts: bool) -> None:
    tab = visit("own", java_script_enabled=scripts)
    tab.goto(PAGE)
    places = tab.run(PLACES)
    assert len(places) >= 3
    for here, after in zip(places, [*places[1:], None], strict=True):
        assert here["seen"]
        assert here["notes"]["left"] > here["text"]["right"]
        assert abs(here["notes"]["top"] - here["text"]["top"]) < 10
        assert here["notes"]["right"] <= 1280
        assert after is None or here["notes"]["bottom"] < after["notes"]["top"]


def test_the_contents_make_room_and_come_back_for_the_keyboard(visit: Open) -> None:
    tab = visit("own", reduced_motion="reduce")
    page = tab.goto(PAGE)
    page.locator(".mv-notes").first.scroll_into_view_if_needed()
    contents = page.locator(".bd-sidebar-secondary")
    page.wait_for_selector(".bd-sidebar-secondary.hide")
    assert contents.bounding_box()["height"] < 60

    page.locator(".page-toc a").first.focus()

    assert contents.bounding_box()["height"] > 100
    assert page.locator("nav.page-toc").evaluate("e => getComputedStyle(e).opacity") == "1"


def test_on_a_phone_notes_are_folded_below_and_unfold_with_a_key(visit: Open) -> None:
    tab = visit("own", width=360)
    page = tab.goto(PAGE)
    for place in tab.run(PLACES):
        assert not place["seen"]
        assert place["notes"]["top"] >= place["text"]["bottom"]
        assert place["notes"]["height"] >= 24

    page.locator(".mv-notes > summary").first.press("Enter")

    assert tab.run(PLACES)[0]["seen"]


def test_notes_are_printed_below_what_they_belong_to(visit: Open) -> None:
    tab = visit("own")
    tab.goto(PAGE)
    tab.page.emulate_media(media="print")
    for place in tab.run(PLACES):
        assert place["seen"]
        assert place["notes"]["top"] >= place["text"]["bottom"]


def test_a_note_has_the_colour_that_its_passage_has_in_the_sources(visit: Open) -> None:
    tab = visit("own")
    tab.goto(PAGE)
    found = tab.run(COLOURS)
    tab.goto("chapters/sources.html")
    assert len({colour for _, colour in found}) > 1
    assert [tab.run(COLOUR_OF, anchor) for anchor, _ in found] == [colour for _, colour in found]


@pytest.mark.parametrize("width", [1280, 360])
def test_a_number_leads_to_all_the_sentences_that_it_was_counted_from(
    visit: Open, width: int
) -> None:
    tab = visit("own", width=width, reduced_motion="reduce")
    page = tab.goto(PAGE)
    number = page.locator("a.mv-n[href^='#words-']").first
    note = page.locator(f"[id='{number.get_attribute('href')[1:]}']")

    number.click()

    note.wait_for(state="visible")
    assert tab.run(LANDING) == ""
    item = note.locator("xpath=..")
    for fold in item.locator("summary").all():
        fold.click()
    quoted, read_there = item.locator(".mv-note:visible").count(), item.locator(".mv-note-else a")
    assert quoted > 1
    assert f"({quoted} are here)" in note.inner_text()
    assert read_there.count() >= 1
