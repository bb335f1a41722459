"""Everything can be reached and done with the keyboard, and one sees where one is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.visits import Visit

pytestmark = [pytest.mark.browser, pytest.mark.book]
Open = Callable[..., Visit]
MOST = 1500

# Numbers every element that can have the focus now, and gives their names. Of radio buttons it is
# the one that is checked; arrows lead to the others.
STOPS = """() => {
  const able = "a[href], button, input, select, textarea, summary, [tabindex]";
  const stops = [...document.querySelectorAll(able)].filter(e =>
    e.tabIndex >= 0 && !e.disabled && !e.closest("[inert]") && (e.type !== "radio" || e.checked)
    && e.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }));
  stops.forEach((e, i) => { e.dataset.stop = i; });
  const name = e => e.innerText || e.getAttribute("aria-label") || "";
  return stops.map(e => e.tagName + " " + name(e).trim().slice(0, 40));
}"""
# The element that has the focus: its number, and whether that can be seen.
HERE = """() => {
  document.getAnimations().forEach(animation => animation.finish());
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const box = e.getBoundingClientRect();
  const ringed = one => {
    const style = one ? getComputedStyle(one) : { outlineStyle: "none", boxShadow: "none" };
    return style.boxShadow !== "none"
      || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
  };
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return { stop: Number(e.dataset.stop ?? -1), seen: ringed(e) || ringed(e.closest("form")),
           inside: inside && box.width > 0 };
}"""


def walk(tab: Visit) -> tuple[list[str], list[dict]]:
    """Tab through a page until the start is met again: what there is, and where one came."""
    stops = tab.run(STOPS)
    way: list[dict] = []
    for _ in range(MOST):
        tab.page.keyboard.press("Tab")
        here = tab.run(HERE)
        if way and here and here["stop"] == way[0]["stop"]:
            break
        if here:  # between the last stop and the first none has the focus
            way.append(here)
    return stops, way


@pytest.mark.parametrize("name", ["own", "forum"])
def test_tab_reaches_everything_and_one_sees_where(visit: Open, name: str) -> None:
    tab = visit(name, reduced_motion="reduce")
    for page, _ in tab.pages():
        if page.startswith("chapters/sources") and name == "own":
            continue  # as the forum's, and four times as long
        stops, way = walk(tab)
        missed = [stops[i] for i in {*range(len(stops))} - {here["stop"] for here in way}]

        assert len(way) < MOST, f"{page}: a trap"
        assert not missed, page
        assert [stops[h["stop"]] for h in way if not (h["seen"] and h["inside"])] == [], page


def test_tab_reaches_everything_on_a_small_screen(visit: Open) -> None:
    tab = visit("blog", width=360, reduced_motion="reduce")
    for page in ("index.html", "chapters/words-in-context.html"):
        tab.goto(page)
        stops, way = walk(tab)
        missed = [stops[i] for i in {*range(len(stops))} - {here["stop"] for here in way}]

        assert not missed, page
        assert [stops[h["stop"]] for h in way if not (h["seen"] and h["inside"])] == [], page


@pytest.mark.parametrize("width", [1280, 360])
def test_the_first_stop_skips_to_the_text(visit: Open, width: int) -> None:
    tab = visit("own", width=width)
    page = tab.goto("chapters/the-texts.html")
    page.keyboard.press("Tab")
    link = page.locator(":focus")

    page.evaluate("document.getAnimations().forEach(animation => animation.finish())")
    assert "Skip" in link.inner_text()
    assert link.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")


def test_the_theme_is_chosen_by_keyboard_and_kept(visit: Open) -> None:
    tab = visit("own")
    page = tab.goto("index.html")
    button = page.locator(".theme-switch-button").locator("visible=true").first
    themes = []
    for _ in range(3):
        button.focus()
        page.keyboard.press("Enter")
        themes.append(page.evaluate("document.documentElement.dataset.theme"))
    assert {"light", "dark"} <= set(themes)

    while page.evaluate("document.documentElement.dataset.theme") != "dark":
        button.focus()
        page.keyboard.press("Enter")
    tab.goto("chapters/glossary.html")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_a_search_is_made_by_keyboard(visit: Open) -> None:
    tab = visit("own")
    page = tab.goto("chapters/glossary.html")
    button = page.locator(".search-button__button").locator("visible=true").first
    button.focus()
    page.keyboard.press("Enter")
    field = page.locator("#pst-search-dialog input[type=search]")
    assert field.is_visible()

    page.keyboard.press("Escape")
    assert not field.is_visible()
    assert page.evaluate("document.activeElement !== document.body")

    button.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("concordance")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=concordance**")
    page.locator("#search-results a").first.wait_for()
    assert tab.faults == []


def test_folds_are_opened_by_keyboard(visit: Open) -> None:
    tab = visit("own")
    page = tab.goto("chapters/words-in-context.html")
    for summary in page.locator("article summary").all()[:6]:
        details = summary.locator("..")
        before = details.evaluate("e => e.open")
        summary.focus()
        page.keyboard.press("Enter")
        assert details.evaluate("e => e.open") != before


def test_sidebars_of_a_small_screen_open_and_close_by_keyboard(visit: Open) -> None:
    tab = visit("own", width=360)
    page = tab.goto("chapters/the-texts.html")
    button = page.locator(".primary-toggle").locator("visible=true").first
    button.focus()
    page.keyboard.press("Enter")
    chapters = page.get_by_role("link", name="Glossary", exact=True).locator("visible=true").first
    chapters.wait_for()

    page.keyboard.press("Escape")
    chapters.wait_for(state="hidden")
