"""Passages of uptake: found wherever both texts have them, as long as they go together."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyvoices.coding import read_quotations
from manyvoices.corpus import Corpus
from manyvoices.dialogue import echoes, taken
from tests.dialogue.making import said
from tests.model.making import made_corpus

POST = said("post", None, "host", "Hello.", voice="one")


def between(source: str, answer: str) -> Corpus:
    return made_corpus([POST, said("a", "post", "ann", source), said("b", "a", "ben", answer)])


def phrases(source: str, answer: str) -> list[str]:
    table = taken(between(source, answer))
    return table.loc[table["kind"] == "phrase", "text"].tolist()


@pytest.mark.parametrize(
    ("source", "answer", "found"),
    [
        ("We need a garden fence.", "A garden fence? No.", ["A garden fence"]),
        ("Water the garden.", "Water garden.", []),
        ("A system of delivery.", "It is a “system of delivery”!", ["system of delivery"]),
        ("Garden. Fence.", "A garden fence.", []),
        ("Garden fence now.", "Garden, fence; garden fence.", ["garden fence"]),
        ("It is the case.", "That is the case.", ["is the case"]),
        ("It is so and it was.", "It is so and it was.", []),
        ("Red wine, red wine!", "Red wine and red wine.", ["Red wine", "red wine"]),
    ],
)
def test_phrase_is_as_long_as_both_texts_go_together(
    source: str, answer: str, found: list[str]
) -> None:
    assert phrases(source, answer) == found


def test_words_are_terms_with_the_number_of_texts_that_have_them() -> None:
    table = taken(between("Two gardens, one fence.", "My garden has a fence."))
    words = table[table["kind"] == "word"]

    assert words["text"].tolist() == ["garden", "fence"]
    assert words["documents"].tolist() == [2, 2]
    assert set(words["sentence"]) == {"b-p1-s1"}
    assert set(words["source_sentence"]) == {"a-p1-s1"}


texts = st.lists(st.sampled_from(["alder", "birch", "cedar", "the", "of"]), min_size=1, max_size=12)


@given(texts, texts)
def test_phrases_are_those_that_a_slow_search_finds(source: list[str], answer: list[str]) -> None:
    assert phrases(" ".join(source), " ".join(answer)) == slow(source, answer)


def slow(source: list[str], answer: list[str]) -> list[str]:
    """Every run of the answer that the source has and that no longer one holds."""
    inside = {tuple(source[i:j]) for i in range(len(source)) for j in range(i + 1, len(source) + 1)}
    runs = [
        (i, j)
        for i in range(len(answer))
        for j in range(i + 2, len(answer) + 1)
        if tuple(answer[i:j]) in inside
        and (i == 0 or tuple(answer[i - 1 : j]) not in inside)
        and (j == len(answer) or tuple(answer[i : j + 1]) not in inside)
    ]
    grammar = {"the", "of"}
    content = [sum(word not in grammar for word in answer[i:j]) for i, j in runs]
    return [
        " ".join(answer[i:j])
        for (i, j), n in zip(runs, content, strict=True)
        if n >= 2 or (n == 1 and j - i >= 3)
    ]


def test_echo_is_looked_for_from_the_answered_text_upwards_and_never_in_ones_own() -> None:
    page = [
        said("post", None, "host", "A fair share of apples for everyone."),
        said("a", "post", "ann", "Bread is dear."),
        said("b", "a", "ben", "Is it “bread”, or is it “fair shares”? Or “salt”, or 'apples'?"),
        said("c", "b", "host", "I said “a fair share”."),
    ]
    table = echoes(made_corpus(page))

    assert table[["document", "text", "source", "relation"]].to_numpy().tolist() == [
        ["b", "bread", "a", "turn"],
        ["b", "fair shares", "post", "opening"],
        ["b", "apples", "post", "opening"],
    ]


def test_all_coded_echoes_between_commenters_are_found(this_corpus: Corpus) -> None:
    public = this_corpus.counted().public()
    coded = read_quotations(public)
    wanted = coded[(coded["kind"] == "echo") & coded["whose"].str.startswith("comment-")]
    found = echoes(public)
    keys = ["document", "start", "end"]

    merged = wanted.merge(found, on=keys)
    assert len(wanted) == len(merged) == 7
    assert merged["source"].tolist() == merged["whose"].tolist()


def test_passages_stand_where_they_are_said_to(public: Corpus) -> None:
    sentences = public.sentences.set_index("sentence")
    table = taken(public.counted())
    for row in table[table["kind"] == "phrase"].itertuples():
        own = public.by_id[row.document].text[row.start : row.end]
        assert " ".join(own.split()) == row.text
        for place in (row.sentence, row.source_sentence):
            at = sentences.loc[place]
            text = public.by_id[at["document"]].text[at["start"] : at["end"]]
            assert row.text.lower() in " ".join(text.split()).lower()


def test_rows_are_in_the_order_of_the_texts(public: Corpus) -> None:
    order = {name: i for i, name in enumerate(public.sentences["sentence"])}
    places = taken(public.counted(), "opening")["sentence"].map(order)

    assert all(left <= right for left, right in pairwise(places))
