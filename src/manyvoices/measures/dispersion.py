"""How evenly a query is spread over the parts of a voice."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.measures.rates import FEWEST_HITS, by_voice
from manyvoices.query import Query, corpus_query, find_hits
from manyvoices.store import Shard

COLUMNS = ["hits", "parts", "range", "dp", "dp_norm"]


def dispersion(corpus: Corpus, query: str, executor: engine.Executor | None = None) -> pd.DataFrame:
    """One row per counted voice: how evenly the query is spread over its paragraphs.

    Index: voice. Columns: hits, parts (paragraphs), range (those with a hit), dp and dp_norm.
    DP is Gries' (2008) deviation of proportions: half the sum, over the parts, of how far the
    share of the words and that of the hits lie apart; 0 is perfectly even. dp_norm divides it by
    its maximum, 1 - the smallest share of the words (Lijffijt and Gries 2012). Below 5 hits, or
    with one part, both are missing; then there is too little to say.
    """
    parts = engine.run(partial(_part, query=corpus_query(corpus, query)), _merge, corpus, executor)
    rows = {name: _spread(parts[parts["voice"] == name]) for name in corpus.voices}
    return by_voice(rows, COLUMNS)


def _part(shard: Shard, query: Query) -> pd.DataFrame:
    found = find_hits(shard, query, shard.token_documents)
    size = len(shard.paragraph_documents)
    return pd.DataFrame(
        {
            "voice": [shard.documents[i].voice for i in shard.paragraph_documents.tolist()],
            "words": np.bincount(shard.token_paragraphs[shard.words], minlength=size),
            "hits": np.bincount(shard.token_paragraphs[found.first], minlength=size),
        }
    )


def _merge(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([left, right], ignore_index=True)


def _spread(parts: pd.DataFrame) -> dict[str, object]:
    parts = parts[parts["words"] > 0]
    words, hits = parts["words"].to_numpy(), parts["hits"].to_numpy()
    enough = hits.sum() >= FEWEST_HITS and len(parts) > 1
    expected = words / words.sum()
    dp = float(np.abs(expected - hits / hits.sum()).sum() / 2) if enough else np.nan
    return {
        "hits": int(hits.sum()),
        "parts": len(parts),
        "range": int((hits > 0).sum()),
        "dp": dp,
        "dp_norm": dp / (1 - expected.min()) if enough else np.nan,
    }
