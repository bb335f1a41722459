"""The last pass over a written page."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from bs4 import BeautifulSoup

from manyvoices.book.pages import tidy

HEAD = '<head><meta charset="utf-8"/><title>x</title>{}</head>'


def page(body: str = "", head: str = "") -> str:
    return f"<!DOCTYPE html>\n<html lang='en'>{HEAD.format(head)}<body>{body}</body></html>"


def tidied(body: str = "", head: str = "", **options: bool) -> BeautifulSoup:
    text, complaints = tidy(page(body, head), description="The book.", **options)
    assert not complaints
    return BeautifulSoup(text, "html.parser")


def complaints(body: str = "", head: str = "") -> str:
    return "\n".join(tidy(page(body, head), description="The book.")[1])


def policy(soup: BeautifulSoup) -> dict[str, str]:
    (meta,) = soup.select("meta[http-equiv='Content-Security-Policy']")
    rules = (rule.strip().partition(" ") for rule in str(meta["content"]).split(";"))
    return {name: value for name, _, value in rules}


def test_the_policy_allows_the_site_s_own_and_nothing_else() -> None:
    rules = policy(tidied())
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self' file:"
    assert not re.search("https?:|unsafe-eval", " ".join(rules.values()))


def test_the_page_with_the_search_may_make_a_worker_and_no_other_may() -> None:
    assert "worker-src" not in policy(tidied())
    rules = policy(tidied("<div id='mv-concordancer'></div>"))
    assert rules["worker-src"] == "blob:"
    assert rules["script-src"] == "'self' file:"


def test_the_policy_names_the_very_text_of_the_theme_s_scripts() -> None:
    script = "\n  let x = 1 && '<b>' < 2;\n"
    soup = tidied(head=f"<script>{script}</script>")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in policy(soup)["script-src"]
    assert soup.head.script.string == script


def test_the_policy_forbids_a_script_among_the_content_which_is_reported() -> None:
    markup, reports = tidy(page("<script>steal()</script>"), description="d")
    assert "sha256" not in policy(BeautifulSoup(markup, "html.parser"))["script-src"]
    assert "steal()" in "\n".join(reports)


def test_the_policy_stands_before_anything_that_it_rules() -> None:
    children = [tag.name for tag in tidied(head="<script src='a.js'></script>").head(True)]
    assert children[:2] == ["meta", "meta"]


def test_a_page_that_was_tidied_stays_as_it_is() -> None:
    body = (
        "<details class='hide'><summary aria-label='x'><p class='collapsed'>Show</p></summary>"
        "<div class='highlight'><pre>a\n  b</pre></div></details><table><tr><th>x</th></tr></table>"
        "<svg viewBox='0 0 1 1'><linearGradient/></svg><i class='fa-solid fa-bars'></i>"
        "<p>a &amp; b &lt;i&gt;</p>"
    )
    once, _ = tidy(page(body, "<script>1</script>"), description="d")
    assert tidy(once, description="d") == (once, [])


def test_drawings_pass_through_to_the_letter() -> None:
    svg = '<svg viewBox="0 0 1 1"><clipPath id="a"/>\n<path d="M0 0"/></svg>'
    assert svg in tidy(page(svg), description="d")[0]


def test_scripts_that_fetch_from_elsewhere_or_do_nothing_are_dropped() -> None:
    soup = tidied(
        "<script type='text/x-thebe-config'>{}</script><script>kernelName = 'python3'</script>",
        "<script src='_static/scripts/fontawesome.js?digest=1'></script>"
        "<script>const THEBE_JS_URL = 'https://unpkg.com/thebe';</script>"
        "<script src='a.js'></script><script src='a.js'></script>"
        "<link rel='preconnect' href='https://fonts.example'/>",
    )
    assert [script.get("src") for script in soup("script")] == ["a.js"]
    assert not soup.select("link")


def test_only_the_page_that_searches_loads_the_index() -> None:
    head = "<script src='searchindex.js'></script><script src='_static/searchtools.js'></script>"
    assert not tidied(head=head)("script")
    assert len(tidied(head=head, searching=True)("script")) == 2


def test_only_a_page_with_formulas_keeps_what_sets_them() -> None:
    head = "<script src='mathjax.js'></script>"
    assert not tidied(head=head)("script")
    assert tidied("<span class='math'>x</span>", head)("script")


def test_icons_become_shapes_that_nobody_reads_aloud() -> None:
    soup = tidied("<i class='theme-switch fa-solid fa-sun fa-lg' data-mode='light' title='x'></i>")
    icon = soup.body.span
    assert icon["class"] == ["theme-switch", "mv-icon", "mv-icon-light"]
    assert (icon["data-mode"], icon["aria-hidden"]) == ("light", "true")


def test_the_button_of_hidden_code_is_named_by_its_own_words() -> None:
    soup = tidied(
        "<details class='admonition hide above-input'><summary aria-label='Toggle'>"
        "<p class='collapsed admonition-title'>Show</p><p class='expanded'>Hide</p></summary>"
        "<div class='highlight'><pre>x</pre></div></details>"
    )
    assert soup.details["class"] == ["mv-code"]
    assert not soup.summary.has_attr("aria-label")
    assert [span["class"] for span in soup.summary("span")] == [["mv-shut"], ["mv-open"]]
    assert soup.pre["tabindex"] == "0"


def cell(code: str, output: str = "") -> str:
    fold = (
        f"<details class='hide'><summary><p class='collapsed'>Show</p></summary>"
        f"<div class='cell_input'><pre>{code}</pre></div></details>"
    )
    shown = f"<div class='cell_output'>{output}</div>" if output else ""
    return f"<div class='cell'>{fold if code else ''}\n{shown}</div>"


def test_all_code_since_the_last_thing_shown_unfolds_below_the_next() -> None:
    row = [
        cell("a"),
        "<h2>x</h2>",
        cell(""),
        cell("b"),
        cell("c", "one"),
        cell("d", "two"),
        cell("e"),
    ]
    soup = tidied("\n".join(row))
    assert [one.get_text() for one in soup.select(".cell > *")] == [
        "one", "Showa\nb\nc", "two", "Showd\ne",
    ]  # fmt: skip
    assert len(soup.select(".cell")) == len(soup("pre")) == 2


def test_code_of_a_page_that_shows_nothing_stays_where_it_is() -> None:
    soup = tidied(f"{cell('a')}<p>text</p>{cell('b')}")
    assert [one.get_text() for one in soup("pre")] == ["a", "b"]


def test_header_cells_say_what_they_head_and_empty_ones_are_none() -> None:
    soup = tidied(
        "<table><thead><tr><th></th><th>a</th></tr></thead>"
        "<tbody><tr><th>b</th><td>1</td></tr></tbody></table>"
    )
    assert [(th.get_text(), th["scope"]) for th in soup("th")] == [("a", "col"), ("b", "row")]


def test_a_link_to_evidence_names_its_passage_for_print_unless_it_says_so_itself() -> None:
    soup = tidied(
        "<a class='mv-evidence' href='s.html#essay-p1'>here</a>"
        "<a class='mv-evidence' href='s.html#essay-p1'>essay-p1</a>"
    )
    assert [a.get("data-passage") for a in soup("a")] == ["essay-p1", None]


def test_headings_and_settings_that_the_theme_repeats_stand_once() -> None:
    viewport = "<meta name='viewport' content='width=device-width'/>"
    soup = tidied("<div id='jb-print-docs-body'><h1>x</h1></div><h1>x</h1>", viewport * 3)
    assert len(soup("h1")) == 1
    assert len(soup.select("meta[name=viewport]")) == 1


def test_a_page_is_described_by_its_first_paragraph_or_by_the_book_s() -> None:
    def described(body: str = "") -> str:
        return str(tidied(body).select_one("meta[name=description]")["content"])

    assert described() == "The book."
    assert described("<article><section><h1>A</h1><p>It  is\n so.</p></section></article>") == (
        "It is so."
    )
    long = described(f"<article><section><p>{'word ' * 60}</p></section></article>")
    assert len(long) <= 161
    assert long.endswith("word…")


@pytest.mark.parametrize(
    "tag",
    [
        "<script src='https://cdn.example/x.js'></script>",
        "<img alt='' src='//cdn.example/x.png'/>",
        "<iframe src='http://example.org'></iframe>",
        "<link rel='stylesheet' href='https://fonts.example/x.css'/>",
    ],
)
def test_what_loads_from_elsewhere_is_reported(tag: str) -> None:
    assert "elsewhere" in complaints(tag)


def test_links_may_lead_anywhere() -> None:
    assert not complaints("<a href='https://example.org'>x</a>")


@pytest.mark.parametrize(
    "tag",
    [
        "<img src='x.png'/>",
        '<svg role="img" viewBox="0 0 1 1"></svg>',
        "<button onclick='print()'>x</button>",
    ],
)
def test_what_only_the_author_can_mend_is_reported(tag: str) -> None:
    assert complaints(tag)
