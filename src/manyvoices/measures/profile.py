"""The outline of each voice: how long its sentences are, how varied its words."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.measures.rates import by_voice, ratio_interval
from manyvoices.store import Shard
from manyvoices.uncertainty import FEWEST_SENTENCES

WINDOW = 100
LENGTHS = ["sentences", "mean", "low", "high", "method", "median", "longest"]
VARIETY = ["words", "windows", "mattr", "low", "high"]
Ints = NDArray[np.intp]


def sentence_length(corpus: Corpus) -> pd.DataFrame:
    """One row per counted voice: the mean number of words in a sentence.

    Index: voice. Columns: sentences, mean, low, high (95 %), method, median, longest. A voice of
    one author gets an interval from blocks of neighbouring sentences, one of several people from
    drawing whole persons; below 20 sentences or 5 people the method says "too few to say".
    """
    sentences = corpus.sentences
    rows = {
        name: _lengths(sentences[sentences["voice"] == name], voice.one_author)
        for name, voice in corpus.voices.items()
    }
    return by_voice(rows, LENGTHS)


def _lengths(sentences: pd.DataFrame, one_author: bool) -> dict[str, object]:
    words = sentences["words"].to_numpy()
    ones = np.ones(len(words))
    enough = len(words) >= FEWEST_SENTENCES
    people = sentences["person"].tolist()
    interval = ratio_interval(words, ones, people, one_author=one_author) if enough else None
    return {
        "sentences": len(words),
        "mean": words.mean(),
        "low": interval.low if interval else np.nan,
        "high": interval.high if interval else np.nan,
        "method": interval.method if interval else "too few to say",
        "median": float(np.median(words)),
        "longest": int(words.max()),
    }


def mattr(
    corpus: Corpus, *, window: int = WINDOW, executor: engine.Executor | None = None
) -> pd.DataFrame:
    """One row per counted voice: the moving-average type-token ratio of its words.

    Covington and McFall (2010): the share of distinct words, folded, in every window of `window`
    running words, averaged. Index: voice. Columns: words, windows, mattr, low, high (the 10th and
    90th percentile over the windows: how it wavers along the text, no interval of the mean). The
    documents of a voice are read one after the other, in the order of their files. A voice with
    fewer than three windows' words has no value. Hidden words are left out.
    """
    texts = engine.run(_words, _merge, corpus, executor)
    rows = {name: _mattr(texts.get(name, []), window) for name in corpus.voices}
    return by_voice(rows, VARIETY)


def _words(shard: Shard) -> dict[str, list[str]]:
    """The folded words of each voice, in order."""
    texts: dict[str, list[str]] = {}
    voices = [document.voice or "" for document in shard.documents]
    tokens = np.flatnonzero(shard.words & ~shard.hidden_types[shard.types])
    for document, code in zip(
        shard.token_documents[tokens].tolist(), shard.types[tokens].tolist(), strict=True
    ):
        texts.setdefault(voices[document], []).append(shard.folded[code])
    return texts


def _merge(left: dict[str, list[str]], right: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: left.get(name, []) + right.get(name, []) for name in {**left, **right}}


def _mattr(words: list[str], window: int) -> dict[str, object]:
    if len(words) < 3 * window:
        none = dict.fromkeys(("mattr", "low", "high"), np.nan)
        return {"words": len(words), "windows": 0, **none}
    shares = distinct_in_windows(np.unique(words, return_inverse=True)[1], window) / window
    low, high = np.quantile(shares, [0.1, 0.9])
    return {
        "words": len(words),
        "windows": len(shares),
        "mattr": shares.mean(),
        "low": low,
        "high": high,
    }


def distinct_in_windows(codes: Ints, window: int) -> Ints:
    """How many distinct codes stand in each window, from the first to the last.

    Each token counts for the windows that it is in and its last equal predecessor is not.
    """
    order = np.argsort(codes, kind="stable")
    before = np.full(len(codes), -1)
    same = codes[order[1:]] == codes[order[:-1]]
    before[order[1:][same]] = order[:-1][same]
    place = np.arange(len(codes))
    last_window = len(codes) - window
    first = np.maximum(before + 1, place - window + 1).clip(0)
    end = np.minimum(place, last_window) + 1
    counted = first < end
    steps = np.bincount(first[counted], minlength=last_window + 2).astype(np.intp)
    steps -= np.bincount(end[counted], minlength=last_window + 2)
    return np.cumsum(steps)[: last_window + 1]
