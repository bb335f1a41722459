"""What chapters use to record and to show."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from manyvoices.book.show import figure, link, quote, say, table

PAYLOAD = "<script>alert('x')</script> & \"quoted\""


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What is displayed, one entry a call."""
    calls: list[dict[str, Any]] = []
    monkeypatch.setattr(
        "IPython.display.display", lambda data, **options: calls.append({"data": data, **options})
    )
    return calls


def test_say_records_the_raw_value_and_shows_it_as_text(shown: list[dict[str, Any]]) -> None:
    say("essay-words", np.int64(2032), evidence="essay-p1")
    (call,) = shown
    assert call["raw"] is True
    assert call["data"]["text/plain"] == "essay-words: 2,032"
    record = call["metadata"]["manyvoices"]
    assert (record["value"], record["text"]) == (2032, "2,032")
    assert (record["passages"], record["found"]) == (("essay-p1",), 1)
    assert type(record["value"]) is int


def test_say_keeps_each_passage_once_and_of_very_many_the_first(
    shown: list[dict[str, Any]],
) -> None:
    say("hits", 3, evidence=pd.Series(["essay-p1", "essay-p2", "essay-p1"]))
    say("many", 999, evidence=(f"essay-p{n}" for n in range(999)))
    say("none", 0, evidence=pd.Series([], dtype=str))
    few, many, none = (call["metadata"]["manyvoices"] for call in shown)
    assert (few["passages"], few["found"]) == (("essay-p1", "essay-p2"), 2)
    assert (len(many["passages"]), many["passages"][-1], many["found"]) == (200, "essay-p199", 999)
    assert (none["passages"], none["found"]) == ((), 0)


def test_say_keeps_its_output_off_the_page_by_the_mark_of_myst_nb(
    shown: list[dict[str, Any]],
) -> None:
    say("rate", 2.31, low=1.8, high=2.9)
    scrapbook = shown[0]["metadata"]["scrapbook"]
    assert scrapbook["name"] == "rate"
    assert shown[0]["data"][scrapbook["mime_prefix"] + "text/plain"] == "2.3 (1.8 to 2.9)"


def test_a_given_text_wins(shown: list[dict[str, Any]]) -> None:
    say("share", 0.413, text="41%")
    assert shown[0]["metadata"]["manyvoices"]["text"] == "41%"


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("Essay words", {"value": 1}),
        ("essay--words", {"value": 1}),
        ("words", {"value": 1, "evidence": "a b"}),
        ("words", {"value": 1, "low": 0}),
        ("words", {"value": None}),
        ("words", {"value": [1, 2]}),
        ("words", {"value": float("nan")}),
    ],
)
def test_say_refuses_what_prose_could_not_cite(name: str, options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"name|anchor|interval|text=|number"):
        say(name, **options)


FRAME = pd.DataFrame(
    {
        "node": [PAYLOAD, "work"],
        "hits": [1, 20000],
        "rate": [0.25, np.nan],
        "sentence": ["essay-p1-s1", None],
    }
)


def parsed(shown: Any) -> BeautifulSoup:
    return BeautifulSoup(shown._repr_html_(), "html.parser")


def test_a_table_escapes_its_cells_and_its_caption() -> None:
    soup = parsed(table(FRAME, PAYLOAD))
    assert not soup.find("script")
    assert PAYLOAD in soup.caption.get_text()
    assert soup.tbody.th.get_text() == PAYLOAD
    assert soup.div["aria-label"] == f"Table: {PAYLOAD}"


def test_a_table_names_its_columns_and_its_rows_for_those_who_listen() -> None:
    soup = parsed(table(FRAME, "Hits", row_header="hits", headers={"hits": "Number of hits"}))
    assert [th["scope"] for th in soup.select("thead th")] == ["col"] * 4
    assert [th.get_text() for th in soup.select("tbody th[scope=row]")] == ["1", "20,000"]
    assert "Number of hits" in soup.thead.get_text()


def test_a_table_scrolls_inside_itself_and_can_be_reached() -> None:
    div = parsed(table(FRAME, "Hits")).div
    assert (div["role"], div["tabindex"]) == ("region", "0")


def test_numbers_stand_right_and_missing_ones_are_empty() -> None:
    rows = [[cell.get_text() for cell in row("td")] for row in parsed(table(FRAME, "x"))("tr")[1:]]
    assert [row[0] for row in rows] == ["1", "20,000"]
    assert [row[1] for row in rows] == ["0.25", ""]
    assert "mv-right" in parsed(table(FRAME, "x")).tbody.find_all("td")[0]["class"]


def test_the_fractions_of_a_column_have_the_same_number_of_decimals() -> None:
    frame = pd.DataFrame({"word": list("abc"), "rate": [8.76, 122.4, 40.0]})
    assert [td.get_text() for td in parsed(table(frame, "x"))("td")] == ["8.8", "122.4", "40.0"]


def test_the_column_of_evidence_becomes_links() -> None:
    soup = parsed(table(FRAME, "Hits", evidence="sentence"))
    assert [a["href"] for a in soup("a")] == ["evidence:essay-p1-s1"]
    assert soup.a.get_text() == "essay-p1-s1"


def test_the_cells_of_another_column_can_carry_the_links() -> None:
    soup = parsed(table(FRAME, "Hits", evidence={"node": "sentence"}))
    assert soup.a.get_text() == PAYLOAD
    assert "sentence" not in soup.thead.get_text()


def test_a_named_index_is_the_first_column() -> None:
    soup = parsed(table(FRAME.set_index("node"), "Hits"))
    assert soup.tbody.th.get_text() == PAYLOAD


def test_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="no column 'voice'"):
        table(FRAME, "Hits", evidence="voice")
    with pytest.raises(ValueError, match="aligned"):
        table(FRAME, "Hits", align={"node": "middle"})


def test_a_table_reads_in_a_terminal() -> None:
    lines = repr(table(FRAME[["node", "hits"]].tail(1), "Hits")).splitlines()
    assert lines == ["Hits", "node    hits", "work  20,000"]


def test_markup_of_our_own_stays_and_all_else_is_escaped() -> None:
    frame = pd.DataFrame({"passage": [link(PAYLOAD, "essay-p1")]})
    soup = parsed(table(frame, "x"))
    assert soup.a.get_text() == PAYLOAD
    assert not soup.find("script")


def test_a_quotation_is_escaped_and_leads_to_its_passage() -> None:
    shown = quote(PAYLOAD, evidence="essay-p1-s2", label="the essay")
    soup = parsed(shown)
    assert soup.blockquote.p.get_text() == PAYLOAD
    assert (soup.a["href"], soup.a.get_text()) == ("evidence:essay-p1-s2", "the essay")
    assert str(shown) == f"“{PAYLOAD}” (the essay)"


def drawing(**changes: str) -> Any:
    parts = {
        "name": "sizes",
        "alt": PAYLOAD,
        "caption": "How large",
        "svg": '<?xml version="1.0"?>\n<svg viewBox="0 0 9 9" role="none"><path d="M0 0"/></svg>',
        "narrow": "",
    }
    return SimpleNamespace(**(parts | changes))


def test_a_figure_is_named_by_its_alternative_text_and_has_its_caption() -> None:
    markup = figure(drawing())._repr_html_()
    soup = BeautifulSoup(markup, "html.parser")
    assert soup.figcaption.get_text() == "How large"
    assert soup.svg["role"] == "img"
    assert soup.find(id=soup.svg["aria-labelledby"]).get_text() == PAYLOAD
    assert "<?xml" not in markup
    assert 'viewBox="0 0 9 9"' in markup


def test_the_drawings_for_both_widths_are_named_by_one_text() -> None:
    soup = parsed(figure(drawing(narrow='<svg viewBox="0 0 4 9"/>')))
    wide, narrow = soup.find_all("svg")
    assert (wide["class"], narrow["class"]) == (["mv-wide"], ["mv-narrow"])
    assert wide["aria-labelledby"] == narrow["aria-labelledby"]
    assert soup.text.count(PAYLOAD) == 1


def test_where_no_style_sheet_is_only_the_wide_drawing_is_shown() -> None:
    wide, narrow = parsed(figure(drawing(narrow="<svg/>"))).find_all("svg")
    assert (wide.get("display"), narrow.get("display")) == (None, "none")


def test_links_in_a_figure_stay_within_reach() -> None:
    svg = '<svg><a href="evidence:essay-p1"><text>essay</text></a></svg>'
    assert parsed(figure(drawing(svg=svg))).svg["role"] == "group"


@pytest.mark.parametrize("part", ["name", "alt", "caption"])
def test_a_figure_without_its_words_is_refused(part: str) -> None:
    with pytest.raises(ValueError, match=part):
        figure(drawing(**{part: ""}))


def test_a_table_without_rows_says_so() -> None:
    empty = table(pd.DataFrame({"a": []}), "Faults <here>")
    assert empty._repr_html_() == '<p class="mv-none">Faults &lt;here&gt;: none.</p>'
    assert repr(empty) == "Faults <here>: none"


def test_a_missing_value_reads_as_the_author_says() -> None:
    shown = table(pd.DataFrame({"a": ["x", "y"], "b": [1.5, None]}), "c", missing="too few")
    assert shown._repr_html_().count("too few") == 1
