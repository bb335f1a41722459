"""Dictionaries: what counts as a hit, how categories roll up, and mistakes in the file."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyvoices import dictionary, rate
from manyvoices.corpus import Corpus
from manyvoices.errors import SettingsError
from manyvoices.measures.dictionaries import load_dictionary
from tests.model.making import document, made_corpus

DICTIONARY = Path(__file__).parents[1] / "reference" / "dictionary.yml"


def counted(folder: Path, text: str, said: str) -> dict[str, int]:
    file = folder / "words.yml"
    file.write_text(text, encoding="utf-8")
    table = dictionary(made_corpus([document("a", [said])]), file)
    return dict(zip(table["category"], table["hits"], strict=True))


def test_category_of_one_entry_has_the_rates_of_its_query(corpus: Corpus, tmp_path: Path) -> None:
    file = tmp_path / "words.yml"
    file.write_text('people: ["people|person"]\nphrase: [mental health]\n')
    table = dictionary(corpus, file).set_index("voice")

    for category, query in (("people", "people|person"), ("phrase", "mental health")):
        own = table[table["category"] == category]
        expected = rate(corpus, query)
        pd.testing.assert_frame_equal(own[expected.columns], expected)


def test_longest_entry_counts_and_hits_do_not_overlap(tmp_path: Path) -> None:
    text = "health: [mental, mental health, health service, mental health care]\n"

    assert counted(tmp_path, text, "Mental health care.")["health"] == 1
    assert counted(tmp_path, text, "Mental health service.")["health"] == 1
    assert counted(tmp_path, text, "Mental illness, mental health, health service.")["health"] == 3


def test_leftmost_hit_counts_where_two_overlap(tmp_path: Path) -> None:
    assert counted(tmp_path, "a: [x y, y z w]\n", "x y z w y z w")["a"] == 2


def test_outer_category_counts_a_word_of_two_inner_ones_once(tmp_path: Path) -> None:
    text = "outer:\n  one: [work, hard work]\n  two: [work*]\n  three: [rest]\n"
    found = counted(tmp_path, text, "Hard work, working, rest.")

    assert found == {"outer": 3, "outer/one": 1, "outer/two": 2, "outer/three": 1}


def test_categories_nest_and_tell_their_level_and_entries() -> None:
    table = dictionary(made_corpus([document("a", ["You."])]), DICTIONARY)

    assert table["category"].tolist()[:4] == ["address", "address/we", "address/you", "modality"]
    assert table["level"].tolist()[:4] == [1, 2, 2, 1]
    assert table["entries"].tolist()[:3] == [9, 6, 3]


def test_deep_categories_are_counted_in_all_above_them(tmp_path: Path) -> None:
    found = counted(tmp_path, "a:\n  b:\n    c: [x]\n    d: [y]\n  e: [z]\n", "x x y z z z")

    assert found == {"a": 6, "a/b": 3, "a/b/c": 2, "a/b/d": 1, "a/e": 3}


def test_globs_lemmas_gaps_and_curly_apostrophes_are_those_of_queries(tmp_path: Path) -> None:
    text = 'a: ["therap*"]\nb: ["@go"]\nc: ["not ...2 true"]\nd: [don\'t]\n'
    found = counted(tmp_path, text, "Therapies went; they don’t go. Not at all true.")

    assert found == {"a": 1, "b": 2, "c": 1, "d": 1}


words = st.lists(st.sampled_from("xyzw"), min_size=1, max_size=30)


@given(said=words)
def test_outer_category_has_at_most_the_hits_of_its_inner_ones_together(
    said: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = "all:\n  one: [x y, z]\n  two: [y, y z w, w]\n"
    found = counted(tmp_path_factory.mktemp("d"), text, " ".join(said))
    inner = [found["all/one"], found["all/two"]]

    assert found["all"] <= sum(inner)
    assert (found["all"] > 0) == (sum(inner) > 0)


@given(said=words)
def test_order_of_entries_and_of_categories_changes_nothing(
    said: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, text = tmp_path_factory.mktemp("d"), " ".join(said)
    one = counted(folder, "a: [x y, y, y z]\nb: [w]\n", text)
    other = counted(folder, "b: [w]\na: [y z, y, x y]\n", text)

    assert one == other


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("a:\n  b: [x, 'y|']\n", r"words\.yml:2: `y\|` has an empty alternative"),
        ("a: []\n", r":1: `a` has no entries\. Give a list of entries"),
        ("a: x\n", r":1: `a` has no entries"),
        ("a: [x]\nb: {}\n", r":2: `b` has no entries|:2: `b` is empty"),
        ("a:\n  b:\n", r":2: `a/b` has no entries"),
        ("a: [x]\nB: [y]\n", r":2: `B` is no name for a category\. Use small letters"),
        ("a: [x,\n  2017]\n", r":2: `a` holds what is no text\. Put each entry in quotes"),
        ("a: [x]\na: [y]\n", r":2: `a` stands twice"),
        ("- x\n", r":1: .*a list"),
        ("", r":1: it holds no entries"),
        ("a: [x\n", "it is not YAML"),
    ],
)
def test_mistake_is_told_with_file_line_and_cure(tmp_path: Path, text: str, error: str) -> None:
    file = tmp_path / "words.yml"
    file.write_text(text)

    with pytest.raises(SettingsError, match=error):
        load_dictionary(file)


def test_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="there is no such file"):
        load_dictionary(tmp_path / "none.yml")
