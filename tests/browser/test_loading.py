"""Pages load without a complaint, from a server and from files, and need nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.colours import contrasts
from tests.browser.visits import Visit
from tests.site.books import NAMES

pytestmark = [pytest.mark.browser, pytest.mark.book]
Open = Callable[..., Visit]
FOUND = "#search-results li:not(.mv-look) a"


@pytest.mark.parametrize("files", [False, True], ids=["served", "from files"])
@pytest.mark.parametrize("name", NAMES)
def test_pages_load_without_a_complaint(visit: Open, name: str, files: bool) -> None:
    tab = visit(name, files=files)
    for page, _ in tab.pages():
        assert tab.faults == [], page
        assert tab.run("() => window.violations") == [], page


@pytest.mark.parametrize("files", [False, True], ids=["served", "from files"])
def test_a_search_finds_a_word_and_leads_to_it(visit: Open, files: bool) -> None:
    tab = visit("blog", files=files)
    page = tab.goto("search.html?q=granddaughter")
    result = page.locator(FOUND).first
    result.wait_for()

    assert tab.faults == []
    result.click()
    assert "chapters/" in page.url
    assert "granddaughter" in page.locator("article").inner_text()


def test_a_search_does_not_find_a_withheld_word(visit: Open) -> None:
    tab = visit("blog")
    page = tab.goto("search.html?q=porridge")
    page.get_by_text("did not match any documents").wait_for()

    assert page.locator(FOUND).count() == 0


def test_pages_can_be_read_without_scripts(visit: Open) -> None:
    tab = visit("own", java_script_enabled=False)
    for name, page in tab.pages():
        assert len(page.locator("main").inner_text()) > 100, name
    page = tab.goto("chapters/words-in-context.html")
    folded = page.locator("details.mv-folded, details.mv-concordance").first
    table = folded.locator("table").first

    assert not table.is_visible()
    folded.locator("summary").click()
    assert table.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_scripts_text_and_ground_can_be_told_apart(visit: Open, scheme: str) -> None:
    page = visit("own", java_script_enabled=False, color_scheme=scheme).goto("index.html")

    assert min(found["ratio"] for found in contrasts(page, "article p")) >= 4.5


def test_without_scripts_the_search_page_says_what_it_needs(visit: Open) -> None:
    page = visit("own", java_script_enabled=False).goto("search.html")

    assert "JavaScript" in page.locator("main").inner_text()
