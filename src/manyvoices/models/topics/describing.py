"""What topics are called, and how each one fared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from manyvoices.models.topics.coherence import npmi
from manyvoices.models.topics.matching import FOUND, jaccard
from manyvoices.models.topics.model import TopicModel, responsibilities
from manyvoices.models.topics.stability import Stability
from manyvoices.settings import TopicName
from manyvoices.uncertainty import wilson

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Label:
    """What a topic is called: by its name in the description, or else by its first terms.

    `key` is the name's key, or None.
    """

    text: str
    key: str | None = None


def label_topics(topics: Sequence[Sequence[str]], names: Mapping[str, TopicName]) -> list[Label]:
    """What each topic is called, given its top terms.

    A name goes to the topic whose terms are most like those that it was given for, if their
    Jaccard index is at least .5, each name to one topic and each topic one name; the likest pairs
    come first. Any other topic is called by its first three terms.
    """
    labels = [Label(", ".join(terms[:SHOWN])) for terms in topics]
    keys = list(names)
    likeness = jaccard(topics, [names[key].terms for key in keys]).reshape(len(topics), len(keys))
    while likeness.size and likeness.max() >= FOUND:
        topic, name = (int(i) for i in np.unravel_index(likeness.argmax(), likeness.shape))
        labels[topic] = Label(names[keys[name]].name, keys[name])
        likeness[topic, :] = likeness[:, name] = 0
    return labels


def describe_topics(
    model: TopicModel, runs: Stability, names: Mapping[str, TopicName]
) -> pd.DataFrame:
    """One row per topic of the model that `runs` are about, with `runs.k` topics.

    Index: topic, from 1. Columns: label, key (of its name; None without one), found, low and high
    (the share of runs that met it again, with Wilson's 95 % interval: a run is an independent
    draw), stable, jaccard, overlap (means over runs), npmi (of its top terms), share (of all
    occurrences of terms), terms (the ten top ones).
    """
    tops = model.top_terms()
    labels = label_topics(tops, names)
    table = runs.topics()
    number = len(runs.runs)
    ends = [wilson(round(share * number), number) for share in table["found"]]
    each = responsibilities(model.terms_, model.weights_, model.components_)
    return pd.DataFrame(
        {
            "label": [label.text for label in labels],
            "key": pd.Series([label.key for label in labels], table.index, dtype=object),
            "found": table["found"],
            "low": [end.low for end in ends],
            "high": [end.high for end in ends],
            "stable": table["stable"],
            "jaccard": table["jaccard"],
            "overlap": table["overlap"],
            "npmi": npmi(model.terms_, tops),
            "share": each.sum(axis=0, dtype=np.float64) / len(each),
            "terms": [", ".join(top) for top in tops],
        },
        index=table.index,
    )


def describe_terms(model: TopicModel, runs: Stability) -> pd.DataFrame:
    """One row per topic and top term, the term of largest weight first.

    Columns: topic, term, held (the share of runs in which the ten top terms of the topic's partner
    hold the term).
    """
    held = runs.held()
    rows = [
        (topic, term, held[topic - 1, rank])
        for topic, top in enumerate(model.top_terms(), start=1)
        for rank, term in enumerate(top)
    ]
    return pd.DataFrame(rows, columns=["topic", "term", "held"])
