"""Whether a topic is also found when the choices that no text decides are made otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from manyvoices.coding import read_quotations
from manyvoices.corpus import Corpus
from manyvoices.errors import TooFewError
from manyvoices.models.topics.fitting import converged_or_not
from manyvoices.models.topics.matching import jaccard, match
from manyvoices.models.topics.model import TOP, TopicModel
from manyvoices.models.topics.shares import sentence_topics, topic_numbers
from manyvoices.text.lemmas import lemmas

QUOTED = "quoted words"
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
    {QUOTED: "left out"},
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
    singular is its plural. The choice `quoted words: left out` is to count no word between coded
    quotation marks, whoever is quoted. A choice that leaves too few units or terms has no rows, nor
    has that one where no quotation is coded.
    """
    from sklearn.base import clone

    own = _as_lemmas(model, language)
    tables = []
    unquoted = without_quotations(corpus)
    for choice in choices:
        texts = unquoted if QUOTED in choice else corpus
        parameters = {name: value for name, value in choice.items() if name != QUOTED}
        other = clone(model).set_params(**parameters)
        if texts is None or not _fitted(other, texts):
            continue
        likeness = jaccard(own, _as_lemmas(other, language))
        partners = match(likeness)
        table = _shares(other, texts).loc[partners + 1].reset_index(drop=True)
        table.insert(0, "choice", _in_words(choice))
        table.insert(1, "topic", np.arange(1, model.k + 1))
        table.insert(2, "jaccard", likeness[np.arange(model.k), partners])
        tables.append(table)
    if not tables:
        return pd.DataFrame(columns=["choice", "topic", "jaccard", *corpus.voices])
    return pd.concat(tables, ignore_index=True)


def without_quotations(corpus: Corpus) -> Corpus | None:
    """The corpus with all that stands between coded quotation marks blacked out.

    None if no quotation is coded.
    """
    quotations = read_quotations(corpus)
    if quotations.empty:
        return None
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in quotations.to_dict("records"):
        spans.setdefault(row["document"], []).append((int(row["start"]), int(row["end"])))
    shards = tuple(
        shard.hide([spans.get(one.id, []) for one in shard.documents]) for shard in corpus.selected
    )
    return replace(corpus, shards=shards, selection=None)


def _fitted(model: TopicModel, corpus: Corpus) -> bool:
    """Whether the corpus has enough for the model, which is then fitted."""
    try:
        with converged_or_not():
            model.fit(corpus)
    except TooFewError:
        return False
    return True


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
