"""Topics that were planted are found again."""

from __future__ import annotations

import numpy as np
import pytest

from manyvoices.models.topics import TopicModel, choose_k, sentence_topics, stability
from manyvoices.models.topics.matching import jaccard, match
from tests.models.topics.planted import Planted, planted

SEEDS = range(20)


def found_again(model: TopicModel, texts: Planted) -> np.ndarray:
    """For each planted topic the Jaccard index of its ten likeliest words and its partner's."""
    likeness = jaccard(texts.tops, model.top_terms())
    return likeness[np.arange(len(texts.tops)), match(likeness)]


@pytest.mark.parametrize(
    "parameters",
    [
        {"algorithm": "nmf"},
        {"algorithm": "nmf", "init": "random"},
        {"algorithm": "nmf-kl"},
        {"algorithm": "nmf-kl", "weighting": "counts"},
        {"algorithm": "minibatch-nmf"},
        {"algorithm": "lda", "weighting": "counts"},
    ],
    ids=lambda parameters: "-".join(parameters.values()),
)
def test_every_planted_topic_is_recovered_on_every_seed(parameters: dict[str, str]) -> None:
    found = []
    for seed in SEEDS:
        texts = planted(seed)
        model = TopicModel(3, random_state=seed, **parameters).fit(texts.corpus)
        found.append(found_again(model, texts))
    assert np.min(found) >= 0.5
    assert np.mean(found) >= 0.75


@pytest.mark.parametrize(("topics", "seed"), [(3, 0), (3, 1), (4, 0), (4, 1), (5, 0)])
def test_the_number_of_planted_topics_is_chosen_and_all_are_stable(topics: int, seed: int) -> None:
    texts = planted(seed, topics=topics, documents=60 + 20 * topics)
    model = TopicModel(random_state=seed)
    runs = stability(model, model.count(texts.corpus), ks=range(2, 8), runs=8, more=10)
    assert runs.k == topics == choose_k(runs.by_k)
    assert runs.topics()["stable"].all()
    assert runs.chosen["excess"] > 0.3


def test_shares_follow_the_mixtures_that_wrote_the_texts() -> None:
    texts = planted(2)
    model = TopicModel(3).fit(texts.corpus)
    sums = sentence_topics(model).groupby("document", sort=False)[[1, 2, 3]].sum().to_numpy()
    shares = sums / sums.sum(axis=1, keepdims=True)
    likeness = jaccard(texts.tops, model.top_terms())
    ordered = shares[:, match(likeness)]
    assert np.corrcoef(ordered.ravel(), texts.shares.ravel())[0, 1] > 0.9
