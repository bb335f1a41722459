"""Syllables by rule, against words counted by hand.

`tests/reference/syllables.csv` holds 300 types drawn at random from the published words of the
book's corpus, and their syllables as British dictionaries have the pronunciation, counted by hand
after the rules had been written.
"""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyvoices.text import syllables

FILE = Path(__file__).parents[1] / "reference" / "syllables.csv"
COUNTED = [
    (row["word"], int(row["syllables"])) for row in csv.DictReader(FILE.read_text().splitlines())
]


def test_rules_are_right_for_nineteen_words_of_twenty_and_hardly_wrong_in_sum() -> None:
    right = sum(syllables(word) == count for word, count in COUNTED)

    assert len(COUNTED) == 300
    assert right / len(COUNTED) >= 0.97
    assert sum(syllables(word) for word, _ in COUNTED) == pytest.approx(
        sum(count for _, count in COUNTED), rel=0.01
    )


def test_long_words_are_told_from_short_ones() -> None:
    wrong = [word for word, count in COUNTED if (syllables(word) >= 3) != (count >= 3)]

    assert len(wrong) <= 6


@pytest.mark.parametrize(
    ("word", "count"),
    [("one", 1), ("ten", 1), ("twenty", 2), ("breakfast", 2), ("upon", 2), ("ladies’", 2)],
)
def test_words_of_quantedas_tests_have_the_syllables_that_it_finds(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("don’t", 1),
        ("didn't", 2),
        ("church's", 2),
        ("NHS", 3),
        ("www", 9),
        ("2017", 1),
        ("5th", 1),
        ("https://example.org/behaviour", 1),
        ("co-designed", 3),
        ("café", 2),
        ("naïve", 2),
        ("İ", 1),
        ("日本語", 1),
    ],
)
def test_short_forms_letters_numbers_and_addresses(word: str, count: int) -> None:
    assert syllables(word) == count


@given(st.text(max_size=30))
def test_any_string_has_a_syllable_at_least_and_case_does_not_matter(word: str) -> None:
    assert syllables(word) >= 1
    assert syllables(word.lower()) == syllables(word) or not word.isascii()
