"""Nothing that a corpus holds runs in a reader's browser."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest

from tests.browser.visits import Visit

pytestmark = [pytest.mark.browser, pytest.mark.book]
Open = Callable[..., Visit]
PAYLOADS = [
    "pwned",
    "script",
    "<script>window.pwned=300</script>",
    "img src=x onerror=window.pwned=240",
    '"><img src=x onerror=window.pwned=301>',
    "posts",
]
# Everything that a reader could touch is touched.
TOUCH = """() => {
  document.querySelectorAll("details").forEach(details => { details.open = true; });
  for (const element of document.querySelectorAll("article *")) {
    for (const kind of ["mouseover", "mouseenter", "focus", "focusin", "toggle", "load", "error"])
      element.dispatchEvent(new Event(kind, { bubbles: true }));
  }
}"""
STATE = "() => [window.pwned ?? null, parent.pwned ?? null, ...(window.violations ?? [])]"


@pytest.mark.parametrize("files", [False, True], ids=["served", "from files"])
def test_no_attack_runs_on_any_page(visit: Open, files: bool) -> None:
    tab = visit("hostile", files=files)
    for page, opened in tab.pages():
        tab.run(TOUCH)
        opened.wait_for_timeout(50)

        assert tab.run(STATE) == [None, None], page
        assert tab.faults == [], page


@pytest.mark.parametrize("asked", PAYLOADS)
def test_no_attack_runs_in_a_search(visit: Open, asked: str) -> None:
    tab = visit("hostile")
    page = tab.goto(f"search.html?q={quote(asked)}")
    page.locator("#search-results .search-summary").filter(has_text="search").wait_for()
    page.wait_for_timeout(300)
    strange = "img, script, svg, iframe, style, form, input, b, math"

    assert page.locator("#search-results").locator(strange).count() == 0
    assert tab.run(STATE) == [None, None]
    assert tab.faults == []


@pytest.mark.parametrize(
    "fragment", ["<img src=x onerror=window.pwned=302>", "javascript:alert(1)"]
)
def test_no_attack_runs_from_an_address(visit: Open, fragment: str) -> None:
    tab = visit("hostile")
    tab.goto(f"chapters/sources.html?highlight={quote(fragment)}#{quote(fragment)}")

    assert tab.run(STATE) == [None, None]
    assert tab.faults == []


def test_the_watch_would_tell(visit: Open) -> None:
    tab = visit("hostile")
    page = tab.goto("index.html")
    tab.run(
        "() => document.querySelector('article').insertAdjacentHTML('beforeend',"
        ' \'<img src="data:," onerror="window.pwned=1">\')'
    )
    page.wait_for_function("() => window.violations.length > 0")

    assert tab.run("() => window.pwned ?? null") is None  # the policy holds what escaping let by
    assert any("script-src" in violation for violation in tab.run("() => window.violations"))


def test_the_texts_of_the_attacks_are_there_to_be_read(visit: Open) -> None:
    page = visit("hostile").goto("chapters/sources.html")

    assert "<script>window.pwned=26</script>" in page.locator("#comment-1").inner_text()
    assert page.locator("article a[href^='javascript' i]").count() == 0
