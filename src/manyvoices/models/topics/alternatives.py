"""Whether a topic is also found when the choices that no text decides are made otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from manyvoices.corpus import Corpus
from manyvoices.errors import TooFewError
from manyvoices.models.topics.fitting import converged_or_not
from manyvoices.models.topics.matching import jaccard, match
from manyvoices.models.topics.model import TOP, TopicModel
from manyvoices.models.topics.shares import sentence_topics, topic_numbers
from manyvoices.text.lemmas import lemmas

CHOICES: tuple[Mapping[str, Any], ...] = (
    {"unit": "paragraph"},
    {"unit": "sentence"},
    {"min_df": 2},
    {"min_df": 5},
    {"weighting": "counts"},
    {"lemmas": "en"},
    {"ngrams": 2},
    {"init": "random"},
    {"algorithm": "nmf-kl"},
    {"algorithm": "lda", "weighting": "counts"},
)


def elsewhere(
    model: TopicModel,
    corpus: Corpus,
    choices: Iterable[Mapping[str, Any]] = CHOICES,
    language: str = "en",
) -> pd.DataFrame:
    """One row per other choice and topic of the fitted model, numbered from 1.

    Columns: choice (in words), topic, jaccard (of the topic's ten top terms and those of its
    partner in a model fitted to the same corpus with that one choice made otherwise), and for each
    voice the share of its terms that is the partner's. Terms are compared as lemmas, so that a
    singular is its plural. A choice that leaves too few units or terms has no rows.
    """
    from sklearn.base import clone

    own = _as_lemmas(model, language)
    tables = []
    for choice in choices:
        other = clone(model).set_params(**choice)
        try:
            with converged_or_not():
                other.fit(corpus)
        except TooFewError:
            continue
        likeness = jaccard(own, _as_lemmas(other, language))
        partners = match(likeness)
        table = _shares(other, corpus).loc[partners + 1].reset_index(drop=True)
        table.insert(0, "choice", _in_words(choice))
        table.insert(1, "topic", np.arange(1, model.k + 1))
        table.insert(2, "jaccard", likeness[np.arange(model.k), partners])
        tables.append(table)
    if not tables:
        return pd.DataFrame(columns=["choice", "topic", "jaccard", *corpus.voices])
    return pd.concat(tables, ignore_index=True)


def _shares(model: TopicModel, corpus: Corpus) -> pd.DataFrame:
    """The share of each topic (row) in each voice (column)."""
    sentences = sentence_topics(model)
    sums = sentences.groupby("voice")[["terms", *topic_numbers(sentences)]].sum()
    shares = sums.drop(columns="terms").div(sums["terms"], axis=0)
    return shares.reindex(list(corpus.voices)).T


def _as_lemmas(model: TopicModel, language: str) -> list[list[str]]:
    """The top terms of each topic; the lemma of each word in them."""
    tops = model.top_terms(TOP)
    return [[" ".join(lemmas(term.split(), language)) for term in top] for top in tops]


def _in_words(choice: Mapping[str, Any]) -> str:
    return ", ".join(f"{name.replace('_', ' ')}: {value}" for name, value in choice.items())
