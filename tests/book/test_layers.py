"""Layers: what chapters mark in the texts, and how the page of sources shows it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from manyvoices.book.layer import Layer, Mark, layer_of
from manyvoices.book.layering import MOST, style
from manyvoices.book.sources_page import nested
from tests.book.tiny import build, edit, make_book, page, with_sources

TEXT = "One “quoted” sentence. Another <b>sentence</b>.\n"
CELL = """
```{code-cell} ipython3
import pandas as pd
from manyvoices.book.show import layer

sentences = pd.DataFrame({"sentence": ["letter-p1-s1", "letter-p1-s2"], "category": ["a<i>", None]})
words = pd.DataFrame(
    {"document": "letter", "start": [0, 4, 31], "end": [12, 22, 34], "category": ["x", "y", "x"]}
)
layer("one", "Layer <one>", sentences, note="By nobody.")
layer("two", "Second", words, note="By nobody.", categories=["y", "x", "z"])
layer("none", "Empty", words.iloc[:0], note="By nobody.")
```
"""


def spans(**columns: list[object]) -> pd.DataFrame:
    return pd.DataFrame(columns)


def test_marks_are_of_sentences_or_of_words() -> None:
    sentences = spans(sentence=["a-p1-s1"], category=["yes"])
    words = spans(document=["a"], start=[3], end=[5], category=["no"])
    assert layer_of("x", "X", "", sentences, ()).marks == (Mark("a-p1-s1", -1, -1, "yes"),)
    assert layer_of("x", "X", "", words, ()).marks == (Mark("a", 3, 5, "no"),)


def test_categories_stand_as_listed_and_only_those_that_are_used() -> None:
    table = spans(sentence=["1", "2", "3"], category=["low", "high", ""])
    assert layer_of("x", "X", "", table, ("high", "middle", "low")).categories == ("high", "low")
    assert layer_of("x", "X", "", table, ()).categories == ("low", "high")


def test_a_category_that_is_not_listed_and_an_empty_span_are_refused() -> None:
    with pytest.raises(ValueError, match="'low' is not among"):
        layer_of("x", "X", "", spans(sentence=["1"], category=["low"]), ("high",))
    with pytest.raises(ValueError, match="holds nothing"):
        layer_of("x", "X", "", spans(document=["a"], start=[5], end=[5], category=["no"]), ())


def test_a_layer_comes_back_from_its_record() -> None:
    made = Layer("x", "X", "note", ("a",), (Mark("s", -1, -1, "a"), Mark("d", 1, 2, "a")))
    assert Layer.of_record(made.record) == made


def test_the_style_has_a_rule_for_every_layer() -> None:
    assert all(f"#mv-layer-{n}:checked" in style() for n in range(1, MOST + 1))


def test_contents_are_the_tree_of_answers() -> None:
    flat = "".join(
        f'<li><a href="#{name}">{name}</a></li>' for name in ("essay", "c1", "c2", "c1.1")
    )
    answers = {"essay": None, "c1": "essay", "c2": "gone", "c1.1": "c1"}
    made = BeautifulSoup(nested(f"<ul>{flat}</ul>", answers), "html.parser")
    above = {
        str(link["href"])[1:]: [str(li.a["href"])[1:] for li in link.find_parents("li")[1:]]
        for link in made("a")
    }
    assert above == {"essay": [], "c1": ["essay"], "c1.1": ["c1", "essay"], "c2": []}


def test_answers_in_a_circle_lose_no_text() -> None:
    flat = '<ul><li><a href="#a">a</a></li><li><a href="#b">b</a></li></ul>'
    made = BeautifulSoup(nested(flat, {"a": "b", "b": "a"}), "html.parser")
    assert sorted(link.get_text() for link in made("a")) == ["a", "b"]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    files = with_sources(CELL) | {"data/raw/letter.txt": TEXT}
    return make_book(tmp_path / "book", **files)


@pytest.mark.book
def test_sources_show_the_layers_of_all_chapters(book: Path) -> None:
    done = build(book)
    assert done.returncode == 0, done.stderr
    soup = BeautifulSoup(page(book, "chapters/passages"), "html.parser")

    buttons = [
        (b["value"], b.find_next("span").get_text()) for b in soup.select(".mv-layers input")
    ]
    assert buttons == [("", "nothing"), ("one", "Layer <one>"), ("two", "Second")]
    legends = [" ".join(li.get_text().split()) for li in soup.select(".mv-layer-legend li")]
    assert legends == ["a<i> 1 (The letter 1)", "y 1 (The letter 1)", "x 2 (The letter 2)"]

    first = soup.select_one("#letter-p1-s1")
    assert "mv-l1-c1" in first["class"]
    marked = [(" ".join(sorted(m["class"])), m.get_text()) for m in first.select("[class*=mv-l2]")]
    assert marked == [
        ("mv-l2-c2", "One "),
        ("mv-l2-c1 mv-l2-c2", "“quoted”"),
        ("mv-l2-c1", " sentence."),
    ]
    for tag in soup.select(".mv-tag, .mv-hidden"):
        tag.decompose()
    assert first.get_text() == "One “quoted” sentence."
    assert soup.select_one("#letter-p1-s2").get_text() == "Another <b>sentence</b>."


@pytest.mark.book
def test_marks_follow_when_a_chapter_changes_and_go_with_it(book: Path) -> None:
    assert build(book).returncode == 0
    edit(book / "chapters/uses.md", '"Second"', '"Changed"')
    assert build(book).returncode == 0
    assert "Changed" in page(book, "chapters/passages")

    edit(book / "_toc.yml", "  - file: chapters/uses\n", "")
    assert build(book).returncode == 0
    assert "mv-layers" not in page(book, "chapters/passages")
