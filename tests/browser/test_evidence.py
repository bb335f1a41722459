"""A link to evidence leads to its passage, which is in sight and marked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.visits import Visit

pytestmark = [pytest.mark.browser, pytest.mark.book]
Open = Callable[..., Visit]
LINKS = "a.mv-n:not([href^='#words-']), a.mv-evidence, .mv-note a, figure svg a"

# Where the browser has scrolled to, and whether the passage there is seen and stands out.
LANDING = """() => {
  document.getAnimations().forEach(animation => animation.finish());
  const target = document.querySelector(":target");
  if (!target) return "nothing is marked as the target";
  const passage = target.matches("section") ? target.querySelector("h1, h2, h3, h4, h5")
    : target.closest(".mv-sentence") ?? target;
  const box = passage.getClientRects()[0];
  if (!box) return "it takes no space";
  if (box.top < 0 || box.top >= innerHeight) return "it is out of sight at " + box.top;
  const seen = document.elementFromPoint(box.left + 2, box.top + box.height / 2);
  if (!passage.contains(seen)) return "it is covered by " + (seen && seen.className);
  const ground = getComputedStyle(passage).backgroundColor;
  if (/, 0\\)$/.test(ground)) return "it is not marked";
  return "";
}"""
EVERY = """async anchors => {
  const lost = {};
  for (const anchor of anchors) {
    location.hash = "#" + anchor;
    await new Promise(done => requestAnimationFrame(done));
    const fault = (LANDING)();
    if (fault) lost[anchor] = fault;
  }
  return lost;
}""".replace("LANDING", LANDING)


def targets(tab: Visit) -> list[str]:
    found = tab.page.eval_on_selector_all(
        LINKS, "links => links.map(a => a.getAttribute('href').split('#')[1])"
    )
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", ["own", "blog", "forum"])
def test_every_passage_that_a_link_leads_to_is_in_sight_and_marked(
    visit: Open, name: str, width: int
) -> None:
    tab = visit(name, width=width, reduced_motion="reduce")
    anchors: list[str] = []
    for _ in tab.pages():
        anchors += targets(tab)
    tab.goto("chapters/sources.html")

    assert len(anchors) > 20
    assert tab.run(EVERY, list(dict.fromkeys(anchors))) == {}


@pytest.mark.parametrize("files", [False, True], ids=["served", "from files"])
def test_a_click_leads_to_the_passage(visit: Open, files: bool) -> None:
    tab = visit("own", files=files, reduced_motion="reduce")
    clicked = 0
    for page, opened in tab.pages():
        link = opened.locator(LINKS).locator("visible=true").first
        if not link.count():
            continue
        anchor = link.get_attribute("href").split("#")[1]

        link.click()
        opened.wait_for_url(f"**/sources.html#{anchor}")

        assert tab.run(LANDING) == "", page
        clicked += 1
    assert clicked > 4


def test_a_passage_has_its_address_beside_it(visit: Open) -> None:
    tab = visit("own", reduced_motion="reduce")
    tab.goto("chapters/sources.html")
    permalink = tab.page.locator(".mv-permalink a").nth(3)
    anchor = permalink.get_attribute("href")

    permalink.click()

    assert tab.page.url.endswith(f"sources.html{anchor}")
    assert tab.run(LANDING) == ""
