"""The concordancer: what a reader does with it, from a server and from files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from manyvoices import concordance
from manyvoices.book import concordance_data as data
from manyvoices.corpus import Corpus
from manyvoices.measures import write_concordance
from tests.browser.test_axe import violations
from tests.browser.test_hostile import STATE
from tests.browser.test_layout import MOVING, SIDEWAYS, contrasts
from tests.browser.visits import Visit
from tests.site.books import CORPORA

pytestmark = [pytest.mark.browser, pytest.mark.book]
Open = Callable[..., Visit]
PAGE = "chapters/concordancer.html"
# A worker that never answers what a slow search would be asked.
ASLEEP = """
const Real = window.Worker;
window.Worker = class extends Real {
  postMessage(message) { if (message.options?.query !== "asleep") super.postMessage(message); }
};
"""


def ask(tab: Visit, query: str) -> Page:
    """The page after a search, done by keyboard."""
    page = tab.page if tab.page.url.startswith(tab.root + PAGE) else tab.goto(PAGE)
    page.get_by_label("A word, a phrase or a pattern").fill(query)
    page.keyboard.press("Enter")
    return page


def answered(page: Page, text: str = "hit") -> str:
    """What the page says of its hits, once it does."""
    status = page.locator(".mv-kc-status").filter(has_text=text)
    status.wait_for()
    return status.inner_text()


def changed(page: Page, text: str) -> str:
    """What the page says once it no longer says `text`."""
    script = "text => document.querySelector('.mv-kc-status').innerText !== text"
    page.wait_for_function(script, arg=text)
    return answered(page)


def lines(page: Page) -> list[list[str]]:
    rows = page.locator(".mv-kc-lines tbody tr")
    return rows.evaluate_all(
        """rows => rows.map(r => [...r.cells].map((c, i) =>
          (i ? c : c.querySelector("small")).textContent))"""
    )


def quiet(tab: Visit) -> bool:
    return tab.faults == [] and tab.run("() => window.violations") == []


@pytest.mark.parametrize("files", [False, True], ids=["served", "from files"])
def test_a_query_shows_the_lines_that_python_finds(visit: Open, files: bool) -> None:
    tab = visit("blog", files=files)
    page = ask(tab, "the|a *")
    corpus = data.searchable(tab.book.corpus)
    found = concordance(corpus, "the|a *")

    assert answered(page).startswith(f"{len(found):,} hits in {found['document'].nunique()} texts")
    squeezed = [
        [row.sentence, *(" ".join(text.split()) for text in (row.left, row.node, row.right))]
        for row in found.itertuples()
    ]
    shown = [[r[0], *(" ".join(t.split()) for t in r[2:])] for r in lines(page)]
    assert shown == squeezed[: len(shown)]
    assert len(shown) == min(50, len(found))
    assert quiet(tab)


@pytest.mark.parametrize("files", [False, True], ids=["served", "from files"])
def test_a_line_leads_to_its_passage(visit: Open, files: bool) -> None:
    tab = visit("own", files=files)
    page = ask(tab, "therapy")
    answered(page)
    link = page.locator(".mv-kc-lines tbody a").first
    anchor = str(link.get_attribute("href")).rpartition("#")[2]
    link.click()
    page.wait_for_url(f"**#{anchor}")

    assert "therapy" in page.locator(f"[id='{anchor}']").inner_text().lower()
    assert quiet(tab)


def test_more_lines_are_shown_on_demand_and_the_focus_goes_there(visit: Open) -> None:
    tab = visit("own")
    page = ask(tab, "the")
    answered(page)
    more = page.get_by_role("button", name="more")
    more.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelectorAll('.mv-kc-lines tbody tr').length > 50")

    assert len(lines(page)) > 100
    assert page.evaluate("document.activeElement.closest('tr').sectionRowIndex") == 50


def test_lines_are_sorted_by_what_stands_beside_the_node(visit: Open) -> None:
    tab = visit("own")
    page = tab.goto(f"{PAGE}#q=work&sort=R1,L1&within=sentence")
    answered(page)
    corpus = data.searchable(tab.book.corpus)
    found = concordance(corpus, "work", sort=["R1", "L1"], within="sentence")

    assert [row[0] for row in lines(page)] == found["sentence"].tolist()[:50]
    assert page.get_by_label("Sorted by").input_value() == "R1"


def test_a_voice_a_kind_and_a_code_narrow_the_lines(visit: Open) -> None:
    tab = visit("own")
    page = ask(tab, "*")
    whole = answered(page)
    page.get_by_text("Sort and narrow").click()
    page.get_by_label("Kind of text").select_option("comment")
    changed(page, whole)
    corpus = data.searchable(tab.book.corpus).select(lambda d: d.kind == "comment")

    assert answered(page).startswith(f"{len(concordance(corpus, '*')):,} hits")
    before = answered(page)
    page.get_by_role("group", name="Only").get_by_label("Replies").check()
    page.get_by_role("rowheader", name="Commenters", exact=True).wait_for(state="detached")
    before = changed(page, before)
    page.get_by_label("Sentences coded as").select_option("evaluation:positive")
    changed(page, before)
    shown = {row[0] for row in lines(page)}
    head = data.pack(tab.book.corpus, lambda d: "")[0]
    assert shown
    assert shown <= coded(tab, head, "evaluation", "positive")


def coded(tab: Visit, head: data.Json, name: str, value: str) -> set[str]:
    """The sentences to which most passes gave a code, from the passes themselves."""
    from manyvoices.coding import read_passes

    table = read_passes(tab.book.corpus)
    often = table[table[name] == value].groupby("sentence").size()
    return set(often[often * 2 > table["pass"].nunique()].index)


def test_the_address_keeps_what_was_asked(visit: Open) -> None:
    tab = visit("own")
    page = ask(tab, "no|not ... work")
    first = answered(page)
    page.get_by_text("Sort and narrow").click()
    page.get_by_label("Accents matter").uncheck()
    page.get_by_label("Tokens on each side").fill("3")
    page.get_by_label("Tokens on each side").press("Enter")
    page.wait_for_url("**window=3**")
    address, shown = page.url, lines(page)
    link = page.get_by_role("link", name="Link to this search").get_attribute("href")
    page.reload()

    assert answered(page) == first
    assert lines(page) == shown
    assert page.url == address
    assert address.endswith(link)
    assert not page.get_by_label("Accents matter").is_checked()
    assert quiet(tab)


def test_hits_of_each_voice_are_counted_and_placed(visit: Open) -> None:
    tab = visit("own")
    page = ask(tab, "therapy")
    answered(page)
    corpus = data.searchable(tab.book.corpus)
    import manyvoices as mv

    rates = mv.rate(corpus, "therapy")
    rows = page.locator(".mv-kc-by-voice tbody tr").evaluate_all(
        "rows => rows.map(r => [...r.cells].map(c => c.textContent))"
    )
    for voice, row in zip(rates.index, rows, strict=False):
        assert int(row[1]) == rates.loc[voice, "hits"]
        enough = rates.loc[voice, "hits"] >= 5
        assert row[2] == (f"{rates.loc[voice, 'per_10k']:.1f}" if enough else "too few")
    labels = page.locator(".mv-kc-strip").evaluate_all(
        "all => all.map(e => e.getAttribute('aria-label'))"
    )
    for label, row in zip(labels, rows, strict=True):
        numbers = [int(word.strip(",")) for word in label.split() if word.strip(",").isdigit()]
        assert sum(numbers) == int(row[1])


@pytest.mark.parametrize("files", [False, True], ids=["served", "from files"])
def test_the_lines_are_written_as_python_writes_them(
    visit: Open, tmp_path: Path, files: bool
) -> None:
    tab = visit("hostile", files=files)
    page = ask(tab, "*")
    answered(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV").click()
    waiting.value.save_as(tmp_path / "here.csv")
    write_concordance(concordance(data.searchable(tab.book.corpus), "*"), tmp_path / "there.csv")

    assert (tmp_path / "here.csv").read_bytes() == (tmp_path / "there.csv").read_bytes()
    assert "'=" in (tmp_path / "here.csv").read_text("utf-8") or "'-" in (
        tmp_path / "here.csv"
    ).read_text("utf-8")


@pytest.mark.parametrize(
    ("query", "what", "place"),
    [
        ("work /a**/", "follows another repetition", "From character 6 on: /a**/"),
        ("\U0001d49c a||b", "empty alternative", "From character 3 on: a||b"),
        ("/(?=a)/", "look-around", "From character 1 on"),
        ("a ...", "gap with no word beside it", ""),
    ],
)
def test_a_query_that_means_nothing_is_refused_in_words(
    visit: Open, query: str, what: str, place: str
) -> None:
    tab = visit("plain")
    page = ask(tab, query)
    error = page.get_by_role("alert").filter(has_text=what)
    error.wait_for()

    assert place in error.inner_text()
    assert (
        page.get_by_label("A word, a phrase or a pattern").get_attribute("aria-invalid") == "true"
    )
    assert page.locator(".mv-kc-results > *").count() == 0
    ask(tab, "*")
    answered(page)
    assert page.get_by_role("alert").inner_text() == ""


def test_nothing_found_is_said(visit: Open) -> None:
    page = ask(visit("plain"), "xylophone")

    assert answered(page) == "No hits for xylophone in the texts that are searched."


def test_a_search_can_be_stopped_and_the_next_one_works(visit: Open) -> None:
    tab = visit("plain")
    tab.page.add_init_script(ASLEEP)
    page = ask(tab, "asleep")
    answered(page, "Searching")
    stop = page.get_by_role("button", name="Stop")
    stop.focus()
    page.keyboard.press("Enter")

    assert answered(page, "Stopped") == "Stopped."
    assert stop.is_disabled()
    assert page.evaluate("document.activeElement.id") == "mv-kc-query"
    ask(tab, "*")
    assert "hits in" in answered(page)
    assert quiet(tab)


def test_a_search_that_takes_too_long_stops_by_itself(visit: Open) -> None:
    tab = visit("plain")
    tab.page.add_init_script(ASLEEP)
    tab.goto(PAGE)
    tab.page.clock.install()
    page = ask(tab, "asleep")
    page.get_by_role("button", name="Stop", disabled=False).wait_for()
    page.clock.run_for(11_000)

    assert answered(page, "Stopped").startswith("Stopped after 10 seconds")


def test_a_pattern_that_runs_away_elsewhere_takes_a_moment(visit: Open) -> None:
    tab = visit("own")
    page = ask(tab, "/(a+)+(a|aa)+(.*.*)*b$/")

    assert answered(page)
    assert quiet(tab)


def test_a_new_question_takes_the_place_of_one_that_is_not_answered(visit: Open) -> None:
    tab = visit("plain")
    tab.page.add_init_script(ASLEEP)
    ask(tab, "asleep")
    page = ask(tab, "the")

    assert "hit" in answered(page)


def test_an_example_is_asked_by_a_button(visit: Open) -> None:
    tab = visit("own")
    page = tab.goto(PAGE)
    page.locator(".mv-kc-example").first.click()

    assert "hits in" in answered(page)
    assert page.get_by_label("A word, a phrase or a pattern").input_value()


def test_withheld_words_are_shown_as_their_number_and_found_by_no_query(visit: Open) -> None:
    tab = visit("blog")
    page = ask(tab, "*")
    answered(page)
    text = page.locator(".mv-kc-lines").inner_text()
    while page.get_by_role("button", name="more").is_visible():
        count = len(lines(page))
        page.get_by_role("button", name="more").click()
        page.wait_for_function(
            "n => document.querySelectorAll('.mv-kc-lines tbody tr').length > n", arg=count
        )
        text = page.locator(".mv-kc-lines").inner_text()

    assert "words withheld]" in text
    assert "█" not in text
    ask(tab, "\u2588*")
    assert answered(page, "No hits")


@pytest.mark.parametrize("query", ["<*", "/.*pwned.*/", "*"])
def test_no_attack_runs_from_a_line_or_an_address(visit: Open, query: str) -> None:
    tab = visit("hostile")
    page = tab.goto(f"{PAGE}#q={query}&sort=<img src=x onerror=window.pwned=1>&voice=x&code=<b>:y")
    answered(page)
    ask(tab, query)
    answered(page)

    assert page.locator(".mv-kc-results").locator("img, script, iframe, style, form").count() == 0
    assert tab.run(STATE) == [None, None]
    assert tab.faults == []


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_lines(visit: Open, axe: str, scheme: str, width: int) -> None:
    tab = visit("own", width=width, color_scheme=scheme, reduced_motion="reduce")
    page = ask(tab, "@work")
    answered(page)
    page.get_by_text("Sort and narrow").click()

    assert violations(tab, axe) == []
    assert tab.run(SIDEWAYS) == []
    assert tab.run(MOVING) == []
    ask(tab, "/(/")
    page.get_by_role("alert").filter(has_text="without").wait_for()
    assert violations(tab, axe) == []


@pytest.mark.parametrize("name", ["own", "hostile"])
def test_lines_fit_a_small_screen_and_stay_a_table(visit: Open, name: str) -> None:
    tab = visit(name, width=320)
    page = ask(tab, "*")
    answered(page)
    page.get_by_text("Sort and narrow").click()

    assert page.locator(".mv-kc-lines tbody tr").first.bounding_box()["width"] <= 320
    assert page.locator(".mv-kc-lines").get_by_role("row").count() > 20
    assert page.locator(".mv-kc-lines").get_by_role("rowheader").count() > 20
    assert tab.run(SIDEWAYS) == []


def test_the_query_and_its_lines_are_printed(visit: Open) -> None:
    tab = visit("own", color_scheme="dark")
    page = ask(tab, "therapy")
    answered(page)
    page.emulate_media(media="print")

    assert not page.locator(".mv-kc-form").is_visible()
    assert "Lines for therapy" in page.locator(".mv-kc-lines caption").inner_text()
    assert page.locator(".mv-kc-lines tbody tr").first.is_visible()
    assert min(one["ratio"] for one in contrasts(page, ".mv-kc-lines td")) >= 7


def test_without_scripts_the_page_says_where_else_to_look(visit: Open) -> None:
    page = visit("own", java_script_enabled=False).goto(PAGE)

    assert "needs JavaScript" in page.locator("#mv-concordancer").inner_text()
    assert page.locator("#mv-concordancer input").count() == 0


def test_no_other_page_loads_the_search_or_makes_workers(visit: Open) -> None:
    tab = visit("plain")
    for name, page in tab.pages():
        scripts = page.locator("script[src*='concordance']").count()
        policy = page.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content")
        assert bool(scripts) == ("worker-src" in policy) == (name == PAGE), name
        assert "blob:" not in policy.replace("worker-src blob:", "")


def test_hits_in_texts_that_are_not_counted_are_said(visit: Open) -> None:
    tab = visit("own")
    page = ask(tab, "I")
    said = answered(page)
    found = concordance(data.searchable(tab.book.corpus), "I")
    within = int(found["voice"].isin(tab.book.corpus.voices).sum())

    assert 0 < within < len(found)
    assert f": {within} counted, {len(found) - within} in texts that are shown" in said


def test_a_line_says_who_speaks_and_leads_there_by_words(visit: Open) -> None:
    page = ask(visit("own"), "panacea")
    answered(page)

    assert page.get_by_role("link", name="Commenter 6, comment 9").is_visible()


def test_a_phrase_in_quotation_marks_is_asked_without_them(visit: Open) -> None:
    page = ask(visit("own"), "\u201cmental health\u201d")
    said = answered(page)
    changed(ask_again(page, "mental health"), "")

    assert answered(page) == said
    ask_again(page, '"a ||b"')
    error = page.get_by_role("alert").filter(has_text="empty alternative")
    error.wait_for()
    assert "From character 4 on: ||b)" in error.inner_text()


def ask_again(page: Page, query: str) -> Page:
    page.get_by_label("A word, a phrase or a pattern").fill(query)
    page.keyboard.press("Enter")
    return page


def test_a_line_that_is_cut_shows_that_it_is(visit: Open) -> None:
    page = ask(visit("own"), "work")
    answered(page)
    cut = page.locator(".mv-kc-lines td.mv-kc-right.mv-kc-cut").first

    before = page.locator(".mv-kc-cut").count()
    assert cut.evaluate("e => getComputedStyle(e, '::after').content") == '" \u2026"'
    page.goto(page.url + "&within=sentence&window=50")
    page.reload()
    answered(page)
    assert page.locator(".mv-kc-cut").count() < before / 4


def test_lines_on_a_small_screen_have_more_around_them(visit: Open) -> None:
    page = ask(visit("own", width=360), "panacea")
    answered(page)
    (row,) = lines(page)
    found = concordance(data.searchable(Corpus.load(CORPORA["own"])), "panacea", window=20)

    assert row[2].split() == found["left"].iloc[0].split()


def test_whoever_comes_back_finds_the_page_as_it_was_left(visit: Open) -> None:
    tab = visit("own", width=360)
    page = ask(tab, "the")
    answered(page)
    page.get_by_text("Sort and narrow").click()
    page.get_by_role("button", name="more").click()
    page.wait_for_function("() => document.querySelectorAll('.mv-kc-lines tbody tr').length > 50")
    link = page.locator(".mv-kc-lines tbody th a").nth(120)
    link.scroll_into_view_if_needed()
    top = page.evaluate("scrollY")
    link.click()
    page.wait_for_url("**/sources.html*")
    page.go_back()
    page.wait_for_function("() => document.querySelectorAll('.mv-kc-lines tbody tr').length > 120")
    page.wait_for_function(f"() => Math.abs(scrollY - {top}) < 50")

    assert page.get_by_label("A word, a phrase or a pattern").input_value() == "the"
    assert page.get_by_label("Sorted by").is_visible()
    assert link.is_visible()


def test_the_first_examples_are_words_and_patterns_are_folded(visit: Open) -> None:
    page = visit("own").goto(PAGE)
    first = page.locator(".mv-kc-example:visible").all_inner_texts()

    assert first[0].isalpha()
    assert not [text for text in first if "/" in text or "@" in text]
    page.get_by_text("More examples").click()
    assert page.locator(".mv-kc-example", has_text="/").is_visible()
