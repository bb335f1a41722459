"""Counts of every word in every part."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyvoices import sizes
from manyvoices.corpus import Corpus
from manyvoices.errors import ManyVoicesError
from manyvoices.masks import Mask
from manyvoices.measures import WordCounts, frequency, word_counts
from manyvoices.measures.frequencies import WITHHELD
from manyvoices.text.folding import fold
from manyvoices.text.lemmas import lemmas
from manyvoices.text.tokens import is_word, tokenise
from tests.model.making import document, documents, made_corpus


def in_parts(counts: WordCounts) -> dict[str, Counter[str]]:
    """The words of each part."""
    found = {name: Counter[str]() for name in counts.parts["part"]}
    entries = zip(counts.type.tolist(), counts.part.tolist(), counts.count.tolist(), strict=True)
    for type_, part, count in entries:
        assert count > 0
        found[counts.parts["part"][part]][counts.types[type_]] += count
    return found


def folded_words(text: str) -> list[str]:
    tokens = tokenise(text)
    surfaces = [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)]
    return [fold(one) for one in surfaces if is_word(one)]


@given(documents().filter(bool).filter(lambda made: not any("█" in one.text for one in made)))
def test_paragraphs_hold_the_words_that_one_counts_by_hand(made: list) -> None:
    corpus = made_corpus(made, shards=2)
    expected = {
        one.paragraph_id(p): Counter(folded_words(one.text[p.start : p.end]))
        for one in corpus.documents
        for p in one.paragraphs
    }

    found = word_counts(corpus, unit="paragraph")

    assert in_parts(found) == {name: expected[name] for name in found.parts["part"]}
    assert all(
        not words for name, words in expected.items() if name not in set(found.parts["part"])
    )
    assert list(found.types) == sorted(set().union(*expected.values()))


def test_answer_is_one_part_and_an_opening_text_goes_by_the_paragraph() -> None:
    made = [
        document("a", ["One. Two.", "Three."]),
        document("b", ["Four.", "Five."], reply_to="a", person="other"),
    ]
    parts = {
        "passage": ["a-p1", "a-p2", "b"],
        "paragraph": ["a-p1", "a-p2", "b-p1", "b-p2"],
        "document": ["a", "b"],
        "sentence": ["a-p1-s1", "a-p1-s2", "a-p2-s1", "b-p1-s1", "b-p2-s1"],
    }

    for unit, names in parts.items():
        assert word_counts(made_corpus(made), unit=unit).parts["part"].tolist() == names


def test_parts_of_this_corpus_are_paragraphs_of_the_essay_and_comments(public: Corpus) -> None:
    parts = word_counts(public.counted()).parts
    for name, one in parts.groupby("document")["part"]:
        if public.by_id[str(name)].reply_to:
            assert one.tolist() == [name]


def test_sizes_are_those_of_the_voices_hidden_words_among_them(public: Corpus) -> None:
    labels, _, words = word_counts(public.counted()).by("voice")

    assert dict(zip(labels, words.tolist(), strict=True)) == sizes(public)["words"].to_dict()


def test_counts_by_voice_are_those_of_the_frequency_list(public: Corpus) -> None:
    counts = word_counts(public.counted())
    labels, table, _ = counts.by("voice")

    rows = frequency(public)
    rows = rows[rows["type"] != WITHHELD]
    for voice, type_, count in rows[["voice", "type", "count"]].itertuples(index=False):
        assert table[counts.place[type_], labels.index(voice)] == count
    assert (table > 0).sum() == len(rows)


def test_documents_behind_a_word_are_those_of_the_frequency_list(public: Corpus) -> None:
    counts = word_counts(public.counted())
    expected = frequency(public).groupby("type")["documents"].sum()

    assert counts.behind("document").tolist() == expected[list(counts.types)].tolist()


def test_hidden_words_are_no_type_and_count_in_the_size_of_their_part() -> None:
    made = [document("a", ["One two three four."])]
    public = made_corpus(made, masks={"a": (Mask(4, 13),)}).public()
    counts = word_counts(public)

    assert counts.types == ("four", "one")
    assert counts.words.tolist() == [4]


def test_matrix_is_its_own() -> None:
    counts = word_counts(made_corpus([document("a", ["One two one.", "Two."])]))
    matrix = counts.matrix()
    assert matrix.toarray().tolist() == [[2, 0], [1, 1]]

    matrix.data[:] = 9
    matrix.indices[:] = 0

    assert counts.matrix().toarray().tolist() == [[2, 0], [1, 1]]


def test_totals_range_and_single_types_agree_with_the_matrix(public: Corpus) -> None:
    counts = word_counts(public.counted())
    dense = counts.matrix().toarray()

    assert counts.totals.tolist() == dense.sum(axis=1).tolist()
    assert counts.range.tolist() == (dense > 0).sum(axis=1).tolist()
    for i in range(0, len(counts), 50):
        assert counts.of(counts.types[i]).tolist() == dense[i].tolist()
    assert not counts.of("no such word").any()


@given(st.data())
def test_selected_parts_are_counted_as_if_they_stood_alone(data: st.DataObject) -> None:
    made = [document(f"t-{i}", [f"word{i} same."], reply_to="t-0" if i else None) for i in range(6)]
    keep = np.array(data.draw(st.lists(st.booleans(), min_size=6, max_size=6)))
    corpus = made_corpus(made)
    if not keep.any():
        assert len(word_counts(corpus).select(keep)) == 0
        return

    chosen = word_counts(corpus).select(keep)

    wanted = {one.id for one, kept in zip(made, keep.tolist(), strict=True) if kept}
    alone = word_counts(corpus.select(lambda one: one.id in wanted))
    assert chosen.types == alone.types
    assert in_parts(chosen) == in_parts(alone)
    assert chosen.parts.equals(alone.parts)


def test_lemmas_are_counted_together() -> None:
    counts = word_counts(
        made_corpus([document("a", ["Services serve. A service served."])]), lemma=True
    )

    assert counts.types == tuple(sorted(set(lemmas(["services", "serve", "a", "served"]))))
    assert counts.totals.sum() == 5


def test_part_without_a_word_is_a_part_of_no_words() -> None:
    counts = word_counts(made_corpus([document("a", ["!!!", "One."])]))

    assert counts.words.tolist() == [0, 1]
    assert counts.types == ("one",)


def test_corpus_without_any_word_has_no_types() -> None:
    counts = word_counts(made_corpus([document("a", ["!!!"])]))

    assert len(counts) == 0
    assert counts.by("voice")[1].shape == (0, 1)
    assert counts.behind("document").tolist() == []
    assert counts.matrix().shape == (0, 1)


def test_parts_without_a_label_are_under_none() -> None:
    made = [document("a", ["One."]), document("b", ["One two."], voice=None)]
    counts = word_counts(made_corpus(made))
    labels, table, words = counts.by("voice")

    assert (labels, table.tolist(), words.tolist()) == (["one"], [[1], [0]], [1])
    assert counts.behind("voice").tolist() == [1, 0]


def test_nothing_selected_is_an_error() -> None:
    with pytest.raises(ManyVoicesError, match="no document"):
        word_counts(made_corpus([document("a", ["One."])]).select(lambda one: False))
