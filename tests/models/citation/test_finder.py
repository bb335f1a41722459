"""Candidates: planted sources are found, and the measure on these texts is what is said."""

from pathlib import Path

import pytest

from manyvoices.coding import attach_labels, coded_mentions, read_candidates
from manyvoices.corpus import Corpus
from manyvoices.masks import Mask
from manyvoices.models.citation import find_mentions, uncoded
from tests.model.making import assert_same, document, made_corpus


def found(*paragraphs: str) -> list[tuple[str, str]]:
    table = find_mentions(made_corpus([document("a", list(paragraphs))]))
    return list(zip(table["kind"], table["text"], strict=True))


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("look at https://example.org/a?b=1, please", ("address", "https://example.org/a?b=1")),
        ("look at www.example.org.", ("address", "www.example.org")),
        ("“Rain is wet.” Ada Lovelace.", ("quotation", "Ada Lovelace")),
        ("according to the harbour master it sank", ("attribution", "the harbour master it")),
        ("they wrote to Mary Brown, and Brown said no", ("attribution", "Brown")),
        ("research indicates rain", ("research", "research indicates rain")),
        ("it has been widely accepted that", ("research", "it has been widely accepted that")),
        ("in a recent study", ("research", "a recent study")),
        ("by the game theory of", ("research", "game theory")),
        ("asked the Harbour Safety Board.", ("body", "Harbour Safety Board")),
        ("scored on the PHQ9 then", ("short form", "PHQ9")),
        ("by Arnstein’s ladder", ("possessive", "Arnstein’s ladder")),
        ("made by Pfizer, and", ("name", "Pfizer")),
    ],
)
def test_a_planted_source_is_found(text: str, hit: tuple[str, str]) -> None:
    assert hit in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "it rains, and I know it.",
        "It’s raining. That’s it. Let’s go. What’s more, there’s wind.",
        "we met in March, on a Tuesday, as on all Tuesdays.",
        "the evidence is wet",
        "",
    ],
)
def test_what_brings_in_nobody_is_not_found(text: str) -> None:
    assert found(text) == []


def test_a_place_is_found_once_by_the_first_kind_that_fits() -> None:
    hits = found("see https://www.example.org/Harbour-Board and the Harbour Board.")
    assert hits == [
        ("address", "https://www.example.org/Harbour-Board"),
        ("body", "Harbour Board"),
    ]


def test_a_name_that_stands_everywhere_is_what_the_texts_are_about() -> None:
    every = [document(f"t{i}", ["we went to Venice, once"]) for i in range(4)]
    rare = [document(f"u{i}", ["we went to Ghent, once"]) for i in range(2)]
    other = [document(f"v{i}", ["we went home"]) for i in range(4)]
    table = find_mentions(made_corpus([*every, *rare, *other]))
    assert table["text"].tolist() == ["Ghent", "Ghent"]


def test_hidden_words_are_never_found() -> None:
    made = [document("a", ["they asked Mary about it"])]
    masked = made_corpus(made, masks={"a": (Mask(11, 15, "a friend"),)})
    assert find_mentions(masked).empty


def test_offsets_are_those_of_the_text(public: Corpus) -> None:
    for row in find_mentions(public).itertuples():
        text = public.by_id[row.document].text[row.start : row.end]
        assert " ".join(text.split()) == row.text


@pytest.mark.parametrize("shards", [2, 7])
def test_one_shard_and_several_give_the_same(in_shards, shards: int) -> None:
    assert_same(find_mentions(in_shards(shards)), find_mentions(in_shards(1)))


def test_patterns_cannot_run_away() -> None:
    hostile = [
        "Aa " * 20_000,
        "according to " * 9_000,
        "“” " * 20_000,
        "this a " * 20_000,
        "A1A" * 20_000,
    ]
    for text in hostile:
        find_mentions(made_corpus([document("a", [text])]))


def test_of_the_coded_mentions_of_this_corpus_all_but_one_are_touched(this_corpus: Corpus) -> None:
    missed = uncoded(coded_mentions(this_corpus), find_mentions(this_corpus))
    assert missed["mention"].tolist() == ["reblog"]


def test_under_half_of_the_candidates_of_this_corpus_were_read_as_sources(
    this_corpus: Corpus,
) -> None:
    table = attach_labels(find_mentions(this_corpus.counted()), read_candidates(this_corpus))
    assert set(table["label"]) == {"source", "none"}  # every candidate was read
    assert (table["label"] == "source").sum() == 34
    assert len(table) == 71
    named = table["kind"].isin(["name", "short form"])
    assert (table.loc[~named, "label"] == "source").mean() > 0.9


def test_no_file_of_readings_is_no_readings(tmp_path: Path) -> None:
    from tests.coding.making import page

    assert read_candidates(page(tmp_path, {})).empty
