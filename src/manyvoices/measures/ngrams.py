"""Runs of words."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.errors import ManyVoicesError
from manyvoices.measures.tallies import Tally, highest_first, joined, tally_runs
from manyvoices.uncertainty import FEWEST_HITS


def ngrams(
    corpus: Corpus,
    n: int,
    *,
    minimum: int = FEWEST_HITS,
    executor: engine.Executor | None = None,
) -> pd.DataFrame:
    """One row per run of `n` words that is met `minimum` times or more, the most frequent first.

    Columns: ngram (its words, folded, with a space between), count, documents (in which it is
    met), per_10k (of 10,000 runs of that length). A run lies in one sentence, and neither a mark
    nor a withheld word lies in it. Ties stand in alphabetical order, word by word. Raises
    ManyVoicesError for a length below 1, and if nothing is selected.
    """
    if n < 1:
        raise ManyVoicesError(f"a run of {n} words is none.", "Ask for 1, 2 or more.")
    tally = joined(engine.some_parts(partial(tally_runs, length=n), corpus, executor))
    kept = np.flatnonzero(tally.count >= minimum)
    rows = kept[highest_first(tally.count[kept])]
    return pd.DataFrame(
        {
            "ngram": pd.array(_texts(tally, rows), dtype="str"),
            "count": tally.count[rows],
            "documents": tally.documents[rows],
            "per_10k": tally.count[rows] * 1e4 / max(tally.count.sum(), 1),
        }
    )


def _texts(tally: Tally, rows: np.ndarray) -> list[str]:
    return [" ".join(tally.types[code] for code in row) for row in tally.codes[rows].tolist()]
