"""Uptake: its size by hand, what it leaves out, and its test against shuffled sources."""

from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from manyvoices.corpus import Corpus
from manyvoices.dialogue import pairings, uptake, uptake_test
from manyvoices.dialogue.words import words_of
from manyvoices.errors import TooFewError
from tests.dialogue.making import said
from tests.dialogue.null import forum, null_ps
from tests.model.making import assert_same, made_corpus

PAGE = [
    said("post", None, "host", "The garden needs water.", voice="one"),
    said("a", "post", "ann", "Water and apples, and bread."),
    said("b", "a", "host", "Apples need bread; apples need salt.", voice="one"),
    said("c", "post", "ben", "Salt is dear."),
    said("d", "c", "host", "Dear salt, dear bread!", voice="one"),
]


def test_size_is_the_weighted_share_of_the_terms_of_the_answer() -> None:
    row = uptake(made_corpus(PAGE)).set_index("document").loc["b"]

    # Of five texts, apple stands in 2, bread in 3, need in 2, salt in 3.
    weights = {"apple": np.log(5 / 2), "bread": np.log(5 / 3), "need": np.log(5 / 2)}
    weights["salt"] = np.log(5 / 3)
    assert (row["words"], row["shared"]) == (4, 2)
    assert row["size"] == pytest.approx(
        (weights["apple"] + weights["bread"]) / sum(weights.values())
    )


def test_rarity_is_the_inverse_document_frequency_of_scikit_learn() -> None:
    from sklearn.feature_extraction.text import TfidfTransformer

    words = words_of(made_corpus(PAGE))
    theirs = TfidfTransformer(smooth_idf=False).fit(words.present).idf_ - 1

    np.testing.assert_allclose(words.rarity, theirs)


def test_sources_are_the_turn_the_opening_or_either() -> None:
    corpus = made_corpus([*PAGE, said("e", "b", "ann", "More salt.")])

    def pairs(table: pd.DataFrame) -> dict[str, str]:
        return dict(zip(table["document"], table["source"], strict=True))

    assert pairs(uptake(corpus, "turn")) == {"b": "a", "d": "c", "e": "b"}
    assert pairs(uptake(corpus, "opening")) == {"a": "post", "c": "post", "e": "post"}
    assert pairs(uptake(corpus, "either")) == {
        "a": "post",
        "b": "a",
        "c": "post",
        "d": "c",
        "e": "b",
    }


def test_elsewhere_is_the_mean_over_the_other_sources_of_the_person() -> None:
    corpus = made_corpus(PAGE)
    table, every = uptake(corpus).set_index("document"), pairings(corpus)
    other = every[~every["own"]].set_index("document")["size"]

    assert table["others"].to_dict() == {"b": 1, "d": 1}
    assert table["elsewhere"].to_dict() == pytest.approx(other.to_dict())
    own = every[every["own"]].set_index("document")["size"]
    pd.testing.assert_series_equal(own, table["size"])


def test_answers_to_oneself_and_answers_without_content_are_left_out() -> None:
    page = [*PAGE, said("f", "b", "host", "Apples!"), said("g", "b", "ann", "And so what?")]

    assert uptake(made_corpus(page))["document"].tolist() == ["b", "d"]


def test_hidden_words_are_taken_up_by_nobody(public: Corpus) -> None:
    words = words_of(public)

    assert not any("█" in words.forms[code] for code in words.form.tolist())


def test_shuffled_mean_is_that_of_all_deals() -> None:
    corpus = forum(1, hosts=1)
    every = pairings(corpus)
    test = uptake_test(corpus, draws=9999)

    assert test.arrangements == 720
    assert test.value == pytest.approx(every.loc[every["own"], "size"].mean())
    spread = test.shuffled.std() / np.sqrt(len(test.shuffled))
    assert abs(test.shuffled.mean() - every["size"].mean()) < 4 * spread


def test_taken_words_are_found() -> None:
    assert (null_ps(12, 199, taken=0.4) <= 0.05).all()


def test_p_is_uniform_where_words_have_nothing_to_do_with_answers() -> None:
    """Over 1,000 forums it was too; `python -m benchmarks.dialogue --null 1000`."""
    found = null_ps(120, 39)

    for level in (0.1, 0.2, 0.5):
        spread = np.sqrt(level * (1 - level) / len(found))
        assert abs((found <= level + 1e-9).mean() - level) < 3.5 * spread
    assert stats.kstest(found, "uniform").pvalue > 0.001


def test_too_few_answers_are_not_tested() -> None:
    with pytest.raises(TooFewError):
        uptake_test(made_corpus(PAGE))


def test_topics_may_stand_for_words() -> None:
    corpus = forum(2)
    rng = np.random.default_rng(0)
    names = [d.id for d in corpus.documents]
    alone = pd.DataFrame(rng.dirichlet([0.2] * 4, len(names)), index=names)
    follows = alone.copy()
    for document in corpus.documents:
        if document.id.endswith("-r"):
            follows.loc[document.id] = follows.loc[document.reply_to]

    assert uptake_test(corpus, topics=follows, draws=199).p == pytest.approx(0.01)
    assert uptake_test(corpus, topics=follows, draws=199).value == pytest.approx(1.0)
    assert uptake_test(corpus, topics=alone, draws=199).p > 0.01
    few = follows[~follows.index.str.startswith("c1")]
    assert uptake_test(corpus, topics=few, draws=99).arrangements == 720**2


@given(st.randoms(use_true_random=False), st.integers(2, 9))
def test_order_and_shards_change_nothing(random: Random, shards: int) -> None:
    whole = forum(3, hosts=2, answers=3)
    documents = list(whole.documents)
    for measure in (uptake, pairings):
        assert_same(measure(made_corpus(documents, shards=shards)), measure(whole))
        moved = measure(made_corpus(random.sample(documents, len(documents))))
        keys = ["document", "source"]
        assert_same(
            moved.sort_values(keys).reset_index(drop=True),
            measure(whole).sort_values(keys).reset_index(drop=True),
        )


def test_uptake_of_this_page_by_hand(this_corpus: Corpus) -> None:
    table = uptake(this_corpus.counted().public()).set_index("document")

    assert len(table) == 9
    assert table.loc["comment-2.2.1", "shared"] == 1  # stock
    assert table.loc["comment-2.2.1", "source"] == "comment-2.2"
    assert table["others"].eq(6).sum() == 7
