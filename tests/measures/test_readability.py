"""Readability against the values of peers, from counts and from texts whose counts are sure."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyvoices.corpus import Corpus
from manyvoices.masks import Mask
from manyvoices.measures import readability
from manyvoices.measures.readability import COUNTS, FORMULAS
from tests.model.making import document, made_corpus


def scored(**counts: int) -> dict[str, float]:
    table = pd.DataFrame([counts])[COUNTS]
    return {name: formula(table) for name, formula in FORMULAS.items()}


def test_values_are_those_of_textacys_tests() -> None:
    # The counts and values of textacy 0.2, tests/test_text_stats.py.
    found = scored(sentences=21, words=441, syllables=857, long_words=104, characters=2855)

    assert found["Flesch"] == pytest.approx(21.12, abs=0.005)
    assert found["Flesch-Kincaid"] == pytest.approx(15.53, abs=0.005)
    assert found["Gunning fog"] == pytest.approx(17.83, abs=0.005)
    assert found["SMOG"] == pytest.approx(15.84, abs=0.005)
    assert found["ARI"] == pytest.approx(19.56, abs=0.005)


def test_smog_of_wordless_tests() -> None:
    # 3.1291 + 1.043 root 15: as many long words as half of the sentences.
    found = scored(sentences=30, words=120, syllables=200, long_words=15, characters=500)

    assert found["SMOG"] == pytest.approx(3.1291 + 1.043 * np.sqrt(15))


def talk(sentence: str, times: int = 20) -> Corpus:
    return made_corpus([document("a", [" ".join([sentence] * times)])])


def value(corpus: Corpus, measure: str) -> float:
    table = readability(corpus).set_index("measure")
    return float(table.loc[measure, "value"])


@pytest.mark.parametrize(
    ("sentence", "flesch"),
    [
        # The last two are exact in quanteda.textstats' tests, the first is there "103".
        ("The cat in the hat ate breakfast.", 206.835 - 1.015 * 7 - 84.6 * 8 / 7),
        ("The cat in the hat at green ham and eggs.", 112.085),
        ("Once upon a time.", 97.025),
    ],
)
def test_flesch_of_short_sentences_is_that_of_quanteda(sentence: str, flesch: float) -> None:
    assert value(talk(sentence), "Flesch") == pytest.approx(flesch, abs=1e-9)


def test_fog_without_long_words_is_that_of_quanteda() -> None:
    assert value(talk("The cat in the hat ate breakfast."), "Gunning fog") == pytest.approx(2.8)


def test_letters_and_digits_are_characters_and_marks_are_not() -> None:
    # (1 + 4) characters in two words: 4.71 * 2.5 + 0.5 * 2 - 21.43.
    assert value(talk("A 20-20!"), "ARI") == pytest.approx(4.71 * 2.5 + 1 - 21.43)


def test_sentences_without_words_are_none() -> None:
    corpus = made_corpus([document("a", ["One two. !!! Three four. ..." + " One two." * 20])])

    assert set(readability(corpus)["sentences"]) == {22}


def test_sentences_with_hidden_words_are_left_out() -> None:
    text = "Behavioural psychologists wrote. " + "The cat sat. " * 25
    corpus = made_corpus([document("a", [text.strip()])], masks={"a": (Mask(0, 11),)})
    found = readability(corpus.public()).set_index("measure")

    assert set(found["sentences"]) == {25}
    assert found.loc["SMOG", "value"] == pytest.approx(3.1291)


def test_too_few_sentences_or_people_have_no_interval_and_say_so() -> None:
    made = [
        document("a", ["The cat sat. " * 19]),
        *(document(f"b-{i}", ["The cat sat. " * 7], voice="two", person=f"{i}") for i in range(4)),
    ]
    table = readability(made_corpus(made)).set_index(["voice", "measure"])

    assert table.loc["one", "value"].isna().all()
    assert table.loc[("one", "Flesch"), "caution"] == "fewer than 20 sentences"
    assert table.loc["two", "value"].notna().all()
    assert table["low"].isna().all()
    assert set(table["method"]) == {"too few to say"}
    assert table.loc[("two", "SMOG"), "caution"] == "made for 30 sentences"
    assert table.loc[("two", "ARI"), "caution"] == ""


def test_intervals_are_along_a_text_or_over_people(corpus: Corpus) -> None:
    mixed = "The cat sat. Psychological evaluation continued unrelentingly. " * 15
    made = [
        document("a", [mixed.strip()]),
        *(
            document(f"b-{i}", [("One two. " * i + mixed).strip()], voice="two", person=f"{i}")
            for i in range(6)
        ),
    ]
    table = readability(made_corpus(made)).set_index("voice")

    assert (table["low"] <= table["value"]).all()
    assert (table["value"] <= table["high"]).all()
    assert set(table.loc["one", "method"]) == {"bootstrap of blocks of 6 sentences"}
    assert set(table.loc["two", "method"]) == {"bootstrap over people"}


counts = st.integers(1, 500)


@given(counts, counts, counts, counts, counts, st.integers(2, 9))
def test_twice_the_text_is_as_readable_and_nothing_is_undefined(
    sentences: int, more: int, extra: int, long: int, characters: int, times: int
) -> None:
    words = sentences + more
    given_counts = {
        "sentences": sentences,
        "words": words,
        "syllables": words + extra,
        "long_words": min(long, words),
        "characters": characters,
    }
    once, often = scored(**given_counts), scored(**{k: times * v for k, v in given_counts.items()})

    assert often == pytest.approx(once, rel=1e-9)
    assert np.isfinite(list(once.values())).all()


@given(counts, counts)
def test_longer_words_and_longer_sentences_are_harder(sentences: int, more: int) -> None:
    base = {"sentences": sentences, "words": sentences + more, "long_words": 0}
    easy = scored(**base, syllables=sentences + more, characters=3 * (sentences + more))
    hard = scored(
        **(base | {"long_words": 1}),
        syllables=sentences + more + 2,
        characters=3 * (sentences + more) + 7,
    )
    longer = scored(
        **(base | {"words": 2 * base["words"]}),
        syllables=2 * (sentences + more),
        characters=6 * (sentences + more),
    )

    assert hard["Flesch"] < easy["Flesch"]
    assert longer["Flesch"] < easy["Flesch"]
    for grade in ("Flesch-Kincaid", "Gunning fog", "SMOG", "ARI"):
        assert hard[grade] > easy[grade]
    for grade in ("Flesch-Kincaid", "Gunning fog", "ARI"):
        assert longer[grade] > easy[grade]


def test_text_in_another_language_is_warned_of() -> None:
    corpus = talk("The cat sat.", 30)
    settings = corpus.settings.model_copy(
        update={"book": corpus.settings.book.model_copy(update={"language": "de"})}
    )
    other = Corpus(
        type(corpus.description)(settings, corpus.description.file, {}),
        corpus.readings,
        corpus.shards,
        corpus.masks,
        corpus.roles,
    )

    assert set(readability(other)["caution"]) == {"made for English"}
    assert set(readability(corpus)["caution"]) == {""}
