"""How much of a text is each topic's: by sentence, by voice, along a document, by coded target."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from manyvoices.models.topics.model import TopicModel, responsibilities
from manyvoices.settings import Voice
from manyvoices.uncertainty import ratio_interval

WINDOW = 15


def sentence_topics(model: TopicModel) -> pd.DataFrame:
    """One row per sentence of the fitted corpus, in order.

    Columns: those of `Corpus.sentences`, unit (the anchor of its unit), terms (occurrences of
    terms in it), and for each topic, under its number from 1, how many of these are the topic's.
    These are sums of fractions (see `responsibilities`); an occurrence to which the model gives
    no topic is in none of them.
    """
    terms = model.terms_
    each = responsibilities(terms, model.weights_, model.components_)
    size = len(terms.sentences)
    table = terms.sentences.copy()
    table["unit"] = terms.units["unit"].to_numpy()[table["unit"].to_numpy()]
    table["terms"] = np.bincount(terms.sentence, minlength=size)
    for topic in range(model.k):
        table[topic + 1] = np.bincount(terms.sentence, each[:, topic], minlength=size)
    return table


def topic_numbers(sentences: pd.DataFrame) -> list[int]:
    """The topics that the table of `sentence_topics` has columns for."""
    columns: list[object] = list(sentences.columns)
    return [column for column in columns if isinstance(column, int)]


def prevalence(sentences: pd.DataFrame, voices: Mapping[str, Voice]) -> pd.DataFrame:
    """One row per topic and voice: what share of the voice's terms is the topic's.

    Columns: topic, voice, share, low, high (95 %), method, terms (of the voice), people (in whose
    sentences the topic is the main one). It is a ratio of sums, so that who writes more weighs
    more. A voice of one author has an interval from blocks of neighbouring sentences, one of
    several people from drawing whole persons; with fewer than 20 sentences or 5 people, low and
    high are missing and the method says "too few to say". `sentences` is from `sentence_topics`.
    """
    main = main_topics(sentences)
    rows = [
        _row(sentences[sentences["voice"] == name], topic, name, voice.one_author, main)
        for topic in topic_numbers(sentences)
        for name, voice in voices.items()
    ]
    columns = ["topic", "voice", "share", "low", "high", "method", "terms", "people"]
    return pd.DataFrame(rows, columns=columns)


def along(sentences: pd.DataFrame, document: str, window: int = WINDOW) -> pd.DataFrame:
    """One row per topic and window of neighbouring sentences of a document.

    Columns: topic, sentence (the middle one), place (its number in the document, from 1), share
    (of the window's terms; not a number where it has none). Windows lie within the document; there
    are none if it is shorter than one.
    """
    rows = sentences[sentences["document"] == document].reset_index(drop=True)
    sums = rows[["terms", *topic_numbers(sentences)]].rolling(window).sum().iloc[window - 1 :]
    middle = sums.index.to_numpy() - window // 2
    terms = sums["terms"].where(sums["terms"] > 0)
    parts = [
        pd.DataFrame(
            {
                "topic": topic,
                "sentence": rows["sentence"].to_numpy()[middle],
                "place": middle + 1,
                "share": (sums[topic] / terms).to_numpy(),
            }
        )
        for topic in topic_numbers(sentences)
    ]
    return pd.concat(parts, ignore_index=True)


def main_topics(sentences: pd.DataFrame) -> pd.Series:
    """For each sentence the topic that has most of its terms; missing where none has any.

    Of topics that have the same, the one of the lower number.
    """
    values = sentences[topic_numbers(sentences)]
    return values.idxmax(axis=1).where(values.max(axis=1) > 0).astype("Int64")


def by_code(sentences: pd.DataFrame, codes: pd.Series) -> pd.DataFrame:
    """One row per topic and code that meet: sentences with that main topic and that code.

    Columns: topic, code, sentences, share (of the topic's coded sentences), first (the one with
    most of the topic's terms). Sentences without a main topic or a code are left out. `codes` is
    from `majority`.
    """
    table = pd.DataFrame(
        {"topic": main_topics(sentences), "code": sentences["sentence"].map(codes)}
    )
    values = sentences[topic_numbers(sentences)].to_numpy()
    table["weight"] = values.max(axis=1, initial=0)
    table["first"] = sentences["sentence"]
    table = table.dropna().sort_values("weight", ascending=False, kind="stable")
    groups = table.groupby(["topic", "code"])
    result = groups.agg(sentences=("first", "size"), first=("first", "first")).reset_index()
    total = result.groupby("topic")["sentences"].transform("sum")
    result.insert(3, "share", result["sentences"] / total)
    order = ["topic", "sentences", "code"]
    return result.sort_values(order, ascending=[True, False, True], ignore_index=True)


def typical(model: TopicModel, most: int = 3) -> pd.DataFrame:
    """The units that each topic shapes most, the strongest first.

    Columns: topic, unit (its anchor), sentence (the one in it with most of the topic's terms),
    voice, share (of the unit's terms that are the topic's). Their order is that of the share times
    the root of the number of the topic's terms: a whole unit of the topic stands before a few
    words of it, and a long one before a short one.
    """
    sentences = sentence_topics(model)
    topics = topic_numbers(sentences)
    units = sentences.groupby("unit", sort=False)[["terms", *topics]].sum()
    voices = sentences.groupby("unit", sort=False)["voice"].first()
    rows = []
    for topic in topics:
        share = (units[topic] / units["terms"].where(units["terms"] > 0)).fillna(0.0)
        order = (share * units[topic] ** 0.5).sort_values(ascending=False, kind="stable")
        for unit in order[order > 0].index[:most]:
            inside = sentences[sentences["unit"] == unit]
            best = inside.loc[inside[topic].idxmax(), "sentence"]
            rows.append((topic, unit, best, voices[unit], share[unit]))
    return pd.DataFrame(rows, columns=["topic", "unit", "sentence", "voice", "share"])


def _row(
    rows: pd.DataFrame, topic: int, voice: str, one_author: bool, main: pd.Series
) -> tuple[object, ...]:
    terms, own = rows["terms"].to_numpy(), rows[topic].to_numpy()
    interval = ratio_interval(own, terms, rows["person"].tolist(), one_author=one_author)
    share = own.sum() / terms.sum() if terms.sum() else float("nan")
    low, high = (interval.low, interval.high) if interval else (float("nan"), float("nan"))
    method = interval.method if interval else "too few to say"
    people = rows.loc[main[rows.index] == topic, "person"].nunique()
    return topic, voice, share, low, high, method, int(terms.sum()), people
