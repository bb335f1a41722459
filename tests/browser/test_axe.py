"""axe-core finds nothing on any page, in light and dark, on wide and narrow screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.visits import Visit

pytestmark = [pytest.mark.browser, pytest.mark.book]
Open = Callable[..., Visit]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# At rest: a colour that is still on its way from one theme to the other is none of the page's.
RUN = """async ([tags, without]) => {
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  document.getAnimations().forEach(animation => animation.finish());
  return axe.run(document, {
    runOnly: { type: "tag", values: tags },
    rules: Object.fromEntries(without.map(rule => [rule, { enabled: false }])),
    resultTypes: ["violations"],
  });
}"""


def violations(tab: Visit, axe: str, without: list[str] | None = None) -> list[str]:
    """What axe finds: the rule, and the first elements that break it."""
    tab.run(axe)
    found: dict[str, Any] = tab.run(RUN, [TAGS, without or []])
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for one in found["violations"]
        for node in one["nodes"][:4]
    ]


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit: Open, axe: str, scheme: str, width: int) -> None:
    tab = visit("own", width=width, color_scheme=scheme, reduced_motion="reduce")
    found = {}
    for page, opened in tab.pages():
        assert opened.evaluate("document.documentElement.dataset.theme") == scheme
        found[page] = violations(tab, axe)

    assert {page: what for page, what in found.items() if what} == {}


@pytest.mark.parametrize("name", ["blog", "forum", "plain", "hostile"])
def test_axe_finds_nothing_in_books_about_other_texts(visit: Open, axe: str, name: str) -> None:
    tab = visit(name, reduced_motion="reduce")
    found = {}
    for page, _ in tab.pages():
        found[page] = violations(tab, axe, without=["color-contrast"])  # as in our own

    assert {page: what for page, what in found.items() if what} == {}


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_in_what_opens(visit: Open, axe: str, width: int) -> None:
    tab = visit("own", reduced_motion="reduce", width=width)
    page = tab.goto("chapters/words-in-context.html")
    tab.run("() => document.querySelectorAll('details').forEach(d => { d.open = true; })")
    found = violations(tab, axe)
    page.locator(".search-button__button").locator("visible=true").first.click()
    found += violations(tab, axe)
    page.goto(f"{tab.root}search.html?q=therapy")
    page.locator("#search-results a").first.wait_for()
    found += violations(tab, axe)

    assert found == []


def test_axe_finds_what_is_wrong(visit: Open, axe: str) -> None:
    tab = visit("own")
    tab.goto("index.html")
    tab.run("() => document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=x>')")

    assert any(found.startswith("image-alt:") for found in violations(tab, axe))
