"""Ways through the book: its contents, what comes next, what is found, and how it is cited."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Route

from tests.browser.visits import Visit
from tests.site.books import Book

pytestmark = [pytest.mark.browser, pytest.mark.book]
Open = Callable[..., Visit]
CITE = "chapters/how-to-cite.html"
CUT = """() => [...document.querySelectorAll(".prev-next-area :is(a, .mv-icon)")].filter(e => {
  const box = e.getBoundingClientRect();
  return e.scrollWidth > e.clientWidth + 1 || box.left < 0 || box.right > innerWidth
    || (e.matches(".mv-icon") && box.width < 12);
}).map(e => e.textContent)"""


def copied(tab: Visit, number: int) -> str:
    """What is in the clipboard once the copy control has been pressed with the keyboard."""
    control = tab.page.locator(".mv-citation .copybtn").nth(number)
    control.focus()
    tab.page.keyboard.press("Enter")
    control.and_(tab.page.locator("[data-tooltip='Copied!']")).wait_for()
    return str(tab.run("() => navigator.clipboard.readText()"))


def test_the_reference_is_copied_by_a_control_that_is_always_seen(visit: Open) -> None:
    tab = visit("own", width=360, permissions=["clipboard-read", "clipboard-write"])
    page = tab.goto(CITE)
    control = page.locator(".mv-citation .copybtn").first
    control.wait_for()
    style = control.evaluate(
        "e => [getComputedStyle(e).opacity, getComputedStyle(e, '::after').content]"
    )
    box = control.bounding_box()

    assert style == ["1", '"Copy"']
    assert min(box["width"], box["height"]) >= 24
    assert copied(tab, 0).strip() == page.locator(".mv-reference").inner_text()
    assert copied(tab, 1).startswith("@misc{iapt-page")


def test_a_book_without_an_address_is_cited_by_the_one_at_which_it_is_read(
    browser: Browser, book: Callable[[str], Book]
) -> None:
    site = book("blog").site

    def give(route: Route) -> None:
        route.fulfill(
            path=site / route.request.url.split("?")[0].removeprefix("https://b.example/")
        )

    page = browser.new_page()
    page.route("https://b.example/**", give)
    page.goto(f"https://b.example/{CITE}#the-texts")

    assert page.locator(".mv-reference").inner_text().endswith(" https://b.example/")
    assert "  url = {https://b.example/}\n}" in page.locator(".mv-citation pre").inner_text()
    page.close()


def test_every_page_leads_to_how_it_is_cited(visit: Open) -> None:
    tab = visit("own")
    for page, opened in tab.pages():
        assert opened.locator(".bd-footer-content a.mv-cite").count() == 1, page
    tab.goto("index.html").locator(".bd-footer-content a.mv-cite").click()

    assert tab.page.url.endswith(CITE)


def test_the_contents_shut_behind_whoever_follows_one_of_their_links(visit: Open) -> None:
    tab = visit("own", width=360)
    page = tab.goto("chapters/how-to-cite.html")
    page.locator(".secondary-toggle").first.click()
    page.locator("dialog[open] a[href='#the-texts']").click()
    page.wait_for_function("""() => document.activeElement.matches("#the-texts > h2")
      && document.activeElement.getBoundingClientRect().top < 200""")

    assert page.locator("dialog[open]").count() == 0
    assert page.locator("#pst-secondary-sidebar a[href='#the-texts']").count() == 1


def test_what_comes_next_is_read_whole_on_a_small_screen(visit: Open) -> None:
    tab = visit("own", width=360)
    for page, _ in tab.pages():
        assert tab.run(CUT) == [], page


@pytest.mark.parametrize("words", ["CBT", "zyzzyva"])
def test_a_search_first_offers_to_look_in_the_texts(visit: Open, words: str) -> None:
    tab = visit("own", width=360)
    page = tab.goto(f"search.html?q={words}")
    page.locator(".search-summary", has_text="search").wait_for()
    page.wait_for_timeout(500)
    first = page.locator("#search-results li a").first

    assert first.inner_text() == f"Look for {words} in the texts"
    assert tab.run("() => document.documentElement.scrollWidth") == 360
    first.click()
    page.locator(".mv-kc-status", has_text=words if words == "zyzzyva" else "hits").wait_for()
    assert page.locator("#mv-kc-query").input_value() == words


def test_what_a_search_quotes_keeps_the_cells_of_a_table_apart(visit: Open) -> None:
    tab = visit("own")
    tab.goto("search.html")
    markup = '<div role="main"><table><tr><td>10</td><td>nothing</td></tr></table></div>'

    assert tab.run("markup => Search.htmlToText(markup).split(/\\s+/).filter(Boolean)", markup) == [
        "10",
        "nothing",
    ]


# Whether the heading over a sentence, and its first line, are what one sees at their places.
IN_SIGHT = """anchor => {
  const sentence = document.getElementById(anchor);
  const heading = sentence.closest(".mv-document").querySelector("h3");
  const seen = (element, box) =>
    element.contains(document.elementFromPoint(box.left + 5, box.top + box.height / 2));
  const places = [heading.getBoundingClientRect(), sentence.getClientRects()[0]];
  return [seen(heading, places[0]), seen(sentence, places[1])];
}"""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("anchor", ["comment-9-p1-s1", "comment-5.1.2-p3-s1", "essay-p9-s1"])
def test_who_speaks_is_in_sight_where_a_link_leads(visit: Open, width: int, anchor: str) -> None:
    tab = visit("own", width=width)
    tab.goto(f"chapters/sources.html#{anchor}")

    assert tab.run(IN_SIGHT, anchor) == [True, True]


def test_a_heading_that_a_link_leads_to_is_not_covered(visit: Open) -> None:
    tab = visit("own")
    tab.goto("chapters/sources.html#comment-6")
    seen = """() => {
      const box = document.querySelector("#comment-6 > h3").getBoundingClientRect();
      return document.elementFromPoint(box.left + 5, box.top + 5).closest("section").id;
    }"""

    assert tab.run(seen) == "comment-6"
