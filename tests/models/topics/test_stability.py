"""Runs on subsets and on shuffled words, and the choice of k."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest

from manyvoices.errors import TooFewError
from manyvoices.models.topics import Stability, TopicModel, choose_k, stability
from manyvoices.models.topics.stability import _shuffled, _subset, compare
from tests.model.making import document, made_corpus
from tests.models.topics.planted import Planted


def table(excess: list[float], error: float) -> pd.DataFrame:
    return pd.DataFrame({"excess": excess, "error": error}, index=range(2, 2 + len(excess)))


def test_the_smallest_within_a_standard_error_of_the_largest_is_chosen() -> None:
    assert choose_k(table([0.1, 0.28, 0.3, 0.2], 0.05)) == 3
    assert choose_k(table([0.1, 0.28, 0.3, 0.2], 0.01)) == 4
    assert choose_k(table([0.3, 0.3, 0.3], 0.0)) == 2
    assert choose_k(table([-0.2, -0.1], 0.01)) == 3


def test_a_model_agrees_wholly_with_itself() -> None:
    tops = [np.array([1, 2, 3]), np.array([4, 5])]
    found = compare(tops, tops[::-1])
    assert found.jaccard.tolist() == [1, 1]
    assert found.overlap.tolist() == [pytest.approx(1)] * 2
    assert found.held.sum(axis=1).tolist() == [3, 2]


def test_held_says_which_terms_the_partner_has() -> None:
    found = compare([np.array([1, 2, 3, 4])], [np.array([3, 9, 1, 8])])
    assert found.held[0, :4].tolist() == [True, False, True, False]
    assert found.jaccard.tolist() == [2 / 6]


def test_a_shuffle_keeps_the_sizes_of_units_and_terms_and_nothing_else(model: TopicModel) -> None:
    counts = model.terms_.counts
    shuffled = _shuffled(counts, np.random.default_rng(1))
    for axis in (0, 1):
        assert np.array_equal(shuffled.sum(axis=axis), counts.sum(axis=axis))
    assert (shuffled != counts).nnz > 0


def test_a_subset_is_four_fifths_of_the_units(model: TopicModel) -> None:
    counts = model.terms_.counts
    part = _subset(counts, np.random.default_rng(1))
    assert part.shape == (round(0.8 * counts.shape[0]), counts.shape[1])


def test_shuffled_words_have_no_topics(texts: Planted) -> None:
    """What is stable in texts with topics is not when their words are dealt out anew."""
    words = " ".join(document.text for document in texts.corpus.documents).split()
    dealt = np.random.default_rng(2).permutation(words)
    parts = [" ".join(part) for part in np.array_split(dealt, 60)]
    corpus = made_corpus([document(f"d{i}", [text]) for i, text in enumerate(parts)])
    model = TopicModel()
    found = stability(model, model.count(corpus), ks=[3], runs=4, more=10)
    assert abs(found.chosen["excess"]) < 0.15
    assert not found.topics()["stable"].all()


def test_the_table_agrees_with_its_runs(runs: Stability) -> None:
    likeness = np.array([run.jaccard for run in runs.runs])
    assert len(runs.runs) == 10
    assert runs.chosen["jaccard"] == pytest.approx(likeness.mean())
    assert runs.chosen["excess"] == pytest.approx(
        runs.chosen["jaccard"] - runs.chosen["null_jaccard"]
    )
    assert runs.topics()["found"].tolist() == (likeness >= 0.5).mean(axis=0).tolist()
    assert runs.held().shape == (3, 10)


def test_where_runs_are_made_does_not_change_them(model: TopicModel) -> None:
    here = stability(model, model.terms_, ks=[2, 3], runs=3, more=2)
    for executor in (ThreadPoolExecutor(2), ProcessPoolExecutor(2)):
        with executor:
            there = stability(model, model.terms_, ks=[2, 3], runs=3, more=2, executor=executor)
        pd.testing.assert_frame_equal(here.by_k, there.by_k)
        assert here.chosen == there.chosen


def test_a_seed_decides_the_runs(model: TopicModel) -> None:
    one, other = (
        stability(TopicModel(random_state=seed), model.terms_, ks=[2, 3], runs=3, more=2)
        for seed in (1, 2)
    )
    assert not one.by_k.equals(other.by_k)


def test_more_topics_than_terms_bear_are_not_asked_for(texts: Planted) -> None:
    model = TopicModel(min_df=20)
    terms = model.count(texts.corpus)
    assert 20 <= len(terms.names) < 60
    found = stability(model, terms, ks=range(2, 11), runs=2, more=2)
    assert found.by_k.index.max() == len(terms.names) // 10


def test_too_few_units_are_refused(model: TopicModel) -> None:
    corpus = made_corpus([document("a", ["some words that are too few"])])
    with pytest.raises(TooFewError, match="too few to fit topics to"):
        stability(model, model.count(corpus))
