"""What counts as a unit and as a term."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyvoices.documents import Document
from manyvoices.errors import ManyVoicesError, TooFewError
from manyvoices.masks import Mask
from manyvoices.models.topics.terms import TermRules, Terms, Unit, count_terms, stop_words
from manyvoices.store import HIDDEN_WORD
from tests.model.making import document, documents, made_corpus
from tests.models.topics.planted import described

ALL = TermRules(min_df=1)


def terms_of(*paragraphs: str, **rules: object) -> Terms:
    return count_terms(made_corpus([document("a", paragraphs)]), TermRules(min_df=1, **rules))


@pytest.mark.parametrize(
    "surface",
    ["42", "PHQ9", "https://a.org/b", "#now", "@who", "a@b.org", ":-)", "🙂", "1st", "x", "…", "—"],
)
def test_what_is_no_word_of_letters_is_no_term(surface: str) -> None:
    assert terms_of(f"Therapy {surface} helps.").names == ("helps", "therapy")


@pytest.mark.parametrize(
    ("surface", "term"),
    [
        ("Therapy", "therapy"),
        ("clients’", "clients"),
        ("client’s", "client"),
        ("they’ve", "they"),
        ("value-laden", "value-laden"),
        ("o’clock", "o'clock"),
        ("ÉTUDE", "étude"),
        ("हिन्दी", "हिन्दी"),
    ],
)
def test_a_term_is_a_folded_word_without_its_clitic(surface: str, term: str) -> None:
    assert terms_of(f"{surface}, {surface}.").names == (term,)


def test_contracted_negations_are_no_terms() -> None:
    assert terms_of("I don’t and won’t go.").names == ("and", "go")


def test_stop_words_are_left_out_with_those_of_the_description() -> None:
    plain = made_corpus([document("a", ["The therapy did not help him, really."])])
    corpus = described(plain, stop_words=("Really",))
    words = stop_words(corpus, "english")
    assert count_terms(corpus, TermRules(stop_words=words, min_df=1)).names == ("help", "therapy")
    assert stop_words(corpus, None) == {"really"}
    assert stop_words(corpus, ["help"]) == {"really", "help"}


def test_lemmas_join_forms_and_drop_those_of_stop_words() -> None:
    found = terms_of("Therapies, a therapy; she saw value-laden things.", lemmas="en-GB")
    assert "therapy" in found.names
    assert "value-laden" in found.names
    assert found.counts[:, found.names.index("therapy")].sum() == 2
    rules = TermRules(stop_words=frozenset({"have"}), lemmas="en", min_df=1)
    assert count_terms(made_corpus([document("a", ["She had it."])]), rules).names == ("it", "she")


def test_a_language_without_lemmas_is_an_error() -> None:
    with pytest.raises(ManyVoicesError, match="no lemmas for the language `xx`"):
        terms_of("A word.", lemmas="xx")


def test_pairs_of_terms_are_parted_by_stop_words_marks_and_sentences() -> None:
    words = frozenset({"the", "of"})
    found = terms_of("Mental health. Work of art, mental state.", ngrams=2, stop_words=words)
    assert [name for name in found.names if " " in name] == ["mental health", "mental state"]


def test_a_term_must_stand_in_as_many_units_as_asked() -> None:
    corpus = made_corpus([document("a", ["one two two", "one three", "one two"])])
    names = {n: count_terms(corpus, TermRules(min_df=n)).names for n in (1, 2, 3, 4)}
    assert names == {1: ("one", "three", "two"), 2: ("one", "two"), 3: ("one",), 4: ()}


@pytest.mark.parametrize(
    ("unit", "names"),
    [
        ("sentence", ["a-p1-s1", "a-p1-s2", "a-p2-s1", "b-p1-s1", "b-p2-s1"]),
        ("paragraph", ["a-p1", "a-p2", "b-p1", "b-p2"]),
        ("document", ["a", "b"]),
        ("passage", ["a-p1", "a-p2", "b"]),
    ],
)
def test_units_bear_their_anchor_and_an_answer_is_one_passage(unit: Unit, names: list[str]) -> None:
    corpus = made_corpus(
        [
            document("a", ["First words. More words.", "Second words."]),
            document("b", ["An answer.", "Its end."], reply_to="a", person="other", voice="two"),
        ]
    )
    found = count_terms(corpus, TermRules(unit=unit, min_df=1))
    assert found.units["unit"].tolist() == names
    assert found.units["words"].sum() == 10
    assert found.units["voice"].iloc[-1] == "two"
    assert found.units["person"].iloc[-1] == "other"


def test_positions_count_the_words_of_the_unit_with_those_that_are_no_terms() -> None:
    found = terms_of("The end, 42 ends.", "And so it ends.", stop_words=frozenset({"the", "and"}))
    where = zip((found.names[i] for i in found.term), found.unit, found.position, strict=True)
    assert sorted(where) == [
        ("end", 0, 1),
        ("ends", 0, 3),
        ("ends", 1, 3),
        ("it", 1, 2),
        ("so", 1, 1),
    ]


def test_withheld_words_are_no_terms() -> None:
    text = "Therapy helps. A secret word stands here."
    masks = {"a": (Mask(17, 28),)}
    found = count_terms(made_corpus([document("a", [text])], masks=masks).public(), ALL)
    assert "secret" not in found.names
    assert "word" not in found.names
    assert not any(HIDDEN_WORD in name for name in found.names)
    assert found.units["words"].tolist() == [7]


def test_no_selected_document_is_too_few() -> None:
    with pytest.raises(TooFewError, match="no document is selected"):
        count_terms(made_corpus([]), ALL)


def test_terms_can_be_narrowed_to_others_in_another_order() -> None:
    found = terms_of("one two three two").only(["two", "four", "one"])
    assert found.counts.toarray().tolist() == [[2, 0, 1]]


@given(documents(), st.sampled_from(["passage", "paragraph", "sentence", "document"]))
def test_shards_make_no_difference(texts: list[Document], unit: Unit) -> None:
    if not texts:
        return
    rules = TermRules(unit=unit, min_df=1, ngrams=2)
    one, many = (count_terms(made_corpus(texts, shards=n), rules) for n in (1, 3))
    assert one.names == many.names
    assert one.units.equals(many.units)
    assert one.sentences["unit"].tolist() == many.sentences["unit"].tolist()
    for term in range(len(one.names)):
        places = (np.sort(t.position[t.term == term]) for t in (one, many))
        assert np.array_equal(*places)
    assert np.array_equal(one.counts.toarray(), many.counts.toarray())


@given(documents())
def test_every_occurrence_lies_in_its_unit_and_is_of_letters(texts: list[Document]) -> None:
    if not texts:
        return
    found = count_terms(made_corpus(texts), ALL)
    assert (found.position < found.units["words"].to_numpy()[found.unit]).all()
    assert (found.unit == found.sentences["unit"].to_numpy()[found.sentence]).all()
    assert not any(char.isdigit() or char.isspace() for name in found.names for char in name)
    assert all(len(name) > 1 for name in found.names)
