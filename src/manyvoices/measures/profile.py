"""The outline of each voice: how long its sentences are."""

from __future__ import annotations

import numpy as np
import pandas as pd

from manyvoices.corpus import Corpus
from manyvoices.measures.rates import by_voice
from manyvoices.uncertainty import FEWEST_SENTENCES, ratio_interval

LENGTHS = ["sentences", "mean", "low", "high", "method", "median", "longest"]


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
