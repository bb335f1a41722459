"""How often a query is met in each voice, with how far that wavers."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.query import Query, corpus_query, find_hits
from manyvoices.store import Shard
from manyvoices.uncertainty import (
    FEWEST_HITS,
    FEWEST_PEOPLE,
    FEWEST_SENTENCES,
    ratio_interval,
)

COLUMNS = ["hits", "words", "per_10k", "low", "high", "method", "people"]


def floors() -> dict[str, int]:
    """The fewest hits, sentences and people from which an interval is given."""
    return {"hits": FEWEST_HITS, "sentences": FEWEST_SENTENCES, "people": FEWEST_PEOPLE}


def rate(corpus: Corpus, query: str, executor: engine.Executor | None = None) -> pd.DataFrame:
    """One row per counted voice: how often `query` is met in it.

    Index: voice. Columns: hits, words, per_10k, low, high (95 %), method, people (who use it).
    A voice of one author gets an interval from blocks of neighbouring sentences, one of several
    people from drawing whole persons. Below 5 hits, 20 sentences or 5 people, low and high are
    missing and the method says "too few to say".
    """
    parts = engine.run(partial(_part, query=corpus_query(corpus, query)), _merge, corpus, executor)
    counted = parts[parts["voice"].isin(corpus.voices)]
    rows = {
        name: rate_row(counted[counted["voice"] == name], voice.one_author)
        for name, voice in corpus.voices.items()
    }
    return by_voice(rows, COLUMNS)


def by_voice(rows: dict[str, dict[str, object]], columns: list[str]) -> pd.DataFrame:
    """A table of one row a voice, which has its columns where no voice is counted, too."""
    table = pd.DataFrame.from_dict(rows, orient="index") if rows else pd.DataFrame(columns=columns)
    return table.rename_axis("voice")


def _part(shard: Shard, query: Query) -> pd.DataFrame:
    found = find_hits(shard, query, shard.token_documents)
    hits = shard.token_sentences[found.first]
    size = len(shard.sentence_starts)
    documents = shard.paragraph_documents[shard.sentence_paragraphs]
    return pd.DataFrame(
        {
            "voice": [shard.documents[i].voice for i in documents.tolist()],
            "person": [shard.documents[i].person for i in documents.tolist()],
            "hits": np.bincount(hits, minlength=size),
            "words": np.bincount(shard.token_sentences[shard.words], minlength=size),
        }
    )


def _merge(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([left, right], ignore_index=True)


def rate_row(sentences: pd.DataFrame, one_author: bool) -> dict[str, object]:
    """The row of `rate` for hits and words by sentence, with the person of each."""
    hits, words = int(sentences["hits"].sum()), int(sentences["words"].sum())
    people = sentences["person"].tolist()
    args = (sentences["hits"].to_numpy(), sentences["words"].to_numpy(), people)
    enough = hits >= FEWEST_HITS and words > 0
    interval = ratio_interval(*args, one_author=one_author) if enough else None
    return {
        "hits": hits,
        "words": words,
        "per_10k": 1e4 * hits / words if words else np.nan,
        "low": 1e4 * interval.low if interval else np.nan,
        "high": 1e4 * interval.high if interval else np.nan,
        "method": interval.method if interval else "too few to say",
        "people": int(sentences.loc[sentences["hits"] > 0, "person"].nunique()),
    }
