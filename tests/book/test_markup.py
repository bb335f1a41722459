"""Addresses in texts of the description become links, and nothing else does."""

from __future__ import annotations

import pytest

from manyvoices.book.background import plain
from manyvoices.book.markup import linked


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("call [116 123](tel:116123).", [("116 123", "tel:116123")]),
        ("see https://example.org/a, or not", [("https://example.org/a",) * 2]),
        ("[write](mailto:a@example.org)", [("write", "mailto:a@example.org")]),
        ("[us](javascript:alert(1)) and [us](evidence:p1)", []),
        ("call 116 123", []),
    ],
)
def test_a_written_address_is_a_link(text: str, links: list[tuple[str, str]]) -> None:
    assert [(words, to) for words, to in linked(text) if to] == links


def test_no_word_beside_a_link_is_lost() -> None:
    said = "".join(words for words, _ in linked("a [b](tel:1) c https://d.example e"))

    assert said == "a b c https://d.example e"


def test_only_addresses_are_markup_in_a_page() -> None:
    assert plain("*on* [116 123](tel:116123)") == r"\*on\* [116 123](<tel:116123>)"
