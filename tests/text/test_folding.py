import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyvoices.text import fold
from tests.text.made_up import texts


@pytest.mark.parametrize(
    ("typed", "surface"),
    [
        ("don't", "Don’t"),
        ("don't", "DON‘T"),
        ("don't", "don`t"),
        ("don't", "don\u00b4t"),
        ('"so"', "“So”"),
        ("co-designed", "co\u2011designed"),
        ("étude", "E\u0301tude"),
        ("strasse", "Straße"),
    ],
)
def test_what_is_typed_finds_what_was_written(typed: str, surface: str) -> None:
    assert fold(typed) == fold(surface)


def test_case_is_kept_on_request() -> None:
    assert fold("MIND", case=False) == "MIND"
    assert fold("It’s", case=False) == "It's"


def test_accents_are_dropped_on_request_only() -> None:
    assert fold("Café") == "café"
    assert fold("Café", accents=True) == "cafe"


def test_vowel_signs_of_other_scripts_stay() -> None:
    assert fold("हिन्दी", accents=True) == "हिन्दी"


def test_folding_every_character_twice_changes_nothing_more() -> None:
    for char in map(chr, range(sys.maxunicode + 1)):
        once = fold(char)
        assert fold(once) == once


@given(texts, st.booleans(), st.booleans())
def test_folding_twice_changes_nothing_more(text: str, case: bool, accents: bool) -> None:
    once = fold(text, case=case, accents=accents)
    assert fold(once, case=case, accents=accents) == once
