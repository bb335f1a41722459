"""The topic that sets two voices apart most."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from manyvoices.errors import TooFewError
from manyvoices.models.topics.matching import FOUND
from manyvoices.uncertainty import Interval, Ratio, contrast, without_each


@dataclass(frozen=True, slots=True)
class Apart:
    """How much more of a topic `other` has than `voice`.

    `topic` is its number; `interval` that of the difference of the shares; `elsewhere` the
    difference under each other choice, not a number where the topic is not met again; `without`
    the difference without each person of a voice of several. The topic was chosen for its
    difference, which the interval does not know of.
    """

    topic: int
    interval: Interval
    elsewhere: list[float]
    without: dict[str, float]


def most_apart(
    sentences: pd.DataFrame,
    prevalence: pd.DataFrame,
    choices: pd.DataFrame,
    voice: str,
    other: str,
    one_author: Collection[str],
) -> Apart | None:
    """The topic whose share differs most between two voices; None where there is too little.

    The tables are those of `sentence_topics`, `prevalence` and `elsewhere`.
    """
    wide = prevalence.pivot(index="topic", columns="voice", values="share")
    gaps = (wide[other] - wide[voice]).dropna()
    if gaps.empty:
        return None
    topic = int(str(gaps.abs().idxmax()))
    table = sentences.assign(share=sentences[topic])
    share = Ratio("share", "terms")
    try:
        interval = contrast(share, table, other, voice, one_author)
        without = without_each(share, table, other, voice, one_author)
    except TooFewError:
        return None
    own = choices[choices["topic"] == topic]
    found = (own[other] - own[voice]).where(own["jaccard"] >= FOUND)
    return Apart(topic, interval, found.astype(float).tolist(), without)
