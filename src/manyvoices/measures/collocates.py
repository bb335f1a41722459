"""The words that stand around a node, and the passages behind each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.measures.kwic import Span, token_units, windows
from manyvoices.query import Query, corpus_query, find_hits
from manyvoices.store import Shard

COLUMNS = ["collocate", "count", "left", "right", "hits", "documents", "frequency", "passages"]


@dataclass
class _Near:
    """What was seen of one word around the hits of a shard."""

    left: int = 0
    right: int = 0
    hits: set[int] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    passages: dict[str, None] = field(default_factory=dict)


@dataclass
class _Counts:
    """One word around all hits, in numbers that add up over shards."""

    left: int
    right: int
    hits: int
    documents: int
    passages: list[str]


Part = tuple[dict[str, _Counts], Counter[str]]


def collocates(
    corpus: Corpus,
    query: str,
    *,
    window: int = 5,
    within: Span = Span.SENTENCE,
    executor: engine.Executor | None = None,
) -> pd.DataFrame:
    """One row per word that stands within `window` tokens of a hit, the most frequent first.

    Columns: collocate (folded), count (its tokens in the windows; left and right of the node
    apart beside it), hits (in whose window it is), documents, frequency (in all selected
    documents), passages (the sentences in which those hits begin, in text order). Windows stop at
    the boundary of `within`; the words of a node are no collocates of it; a token in the windows
    of two hits counts twice. Ties stand in alphabetical order. Hidden words are no collocates.
    These are counts: whether a word stands there more often than elsewhere is another question.
    """
    part = partial(_part, query=corpus_query(corpus, query), window=window, within=Span(within))
    near, frequency = engine.run(part, _merge, corpus, executor)
    rows = [
        (name, c.left + c.right, c.left, c.right, c.hits, c.documents, frequency[name], c.passages)
        for name, c in near.items()
    ]
    table = pd.DataFrame(rows, columns=COLUMNS)
    order = ["count", "collocate"]
    return table.sort_values(order, ascending=[False, True], ignore_index=True)


def _part(shard: Shard, query: Query, window: int, within: Span) -> Part:
    hits = find_hits(shard, query, token_units(shard, within))
    low, high = windows(shard, hits.first, hits.last, window, within)
    near: dict[str, _Near] = {}
    countable = shard.words & ~shard.hidden_types[shard.types]
    for hit, (before, first, last, after) in enumerate(
        zip(low.tolist(), hits.first.tolist(), hits.last.tolist(), high.tolist(), strict=True)
    ):
        for side, span in (("left", (before, first)), ("right", (last + 1, after + 1))):
            for token in range(*span):
                if countable[token]:
                    one = near.setdefault(shard.folded[shard.types[token]], _Near())
                    _note(one, side, hit, shard, first)
    counts = {
        name: _Counts(n.left, n.right, len(n.hits), len(n.documents), list(n.passages))
        for name, n in near.items()
    }
    return counts, _frequencies(shard, countable)


def _note(near: _Near, side: str, hit: int, shard: Shard, first: int) -> None:
    setattr(near, side, getattr(near, side) + 1)
    near.hits.add(hit)
    near.documents.add(shard.documents[shard.token_documents[first]].id)
    near.passages.setdefault(shard.sentence_ids[shard.token_sentences[first]])


def _frequencies(shard: Shard, countable: NDArray[np.bool_]) -> Counter[str]:
    found: Counter[str] = Counter()
    counts = np.bincount(shard.types[countable], minlength=len(shard.vocabulary))
    for name, count in zip(shard.folded, counts.tolist(), strict=True):
        found[name] += count
    return found


def _merge(left: Part, right: Part) -> Part:
    near = dict(left[0])
    for name, b in right[0].items():
        a = near.get(name, _Counts(0, 0, 0, 0, []))
        near[name] = _Counts(
            a.left + b.left,
            a.right + b.right,
            a.hits + b.hits,
            a.documents + b.documents,
            a.passages + b.passages,
        )
    return near, left[1] + right[1]
