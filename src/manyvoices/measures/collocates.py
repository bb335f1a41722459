"""The words that stand around a node, whether more often than elsewhere, and the passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.errors import ManyVoicesError
from manyvoices.measures.around import Around
from manyvoices.measures.association import (
    MEASURES,
    from_margins,
    log_ratio,
    log_ratio_interval,
    p_value,
)
from manyvoices.measures.kwic import Span
from manyvoices.query import Query, corpus_query
from manyvoices.store import Shard
from manyvoices.uncertainty import FEWEST_HITS, benjamini_hochberg

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Margins = Literal["window", "nominal", "simple"]
COUNTS = ("left", "right", "hits", "documents", "frequency", "together", "second")


@dataclass(frozen=True, eq=False)
class _Part:
    """What was seen around the hits of some shards, of every word type.

    `counts` has a row a type, in the order of COUNTS: `together` is O11 and `second` C1. `first`,
    `total` and `hits` are R1, N and the number of hits. `entries` has a row for each type and
    document in which it meets the node: type, and there O11, C1, R1, N. `passages` are sentences
    in text order, of the types that stand at the same place of `near`.
    """

    types: tuple[str, ...]
    counts: Ints
    first: int
    total: int
    hits: int
    entries: Ints
    near: Ints
    passages: tuple[str, ...]


def collocates(
    corpus: Corpus,
    query: str,
    *,
    window: int | None = 5,
    within: Span = Span.SENTENCE,
    minimum: int = 1,
    margins: Margins = "window",
    floor: int = FEWEST_HITS,
    executor: engine.Executor | None = None,
) -> pd.DataFrame:
    """One row per word that stands within `window` tokens of a hit, the most frequent first.

    Columns of counts: collocate (folded), count (its tokens in the windows; left and right of the
    node apart beside it), hits (in whose window it is), documents, frequency (in all selected
    documents), passages (the sentences in which those hits begin, in text order). Windows stop at
    the boundary of `within`; the words of a node are no collocates of it; a token in the windows
    of two hits counts twice. Without a window, the whole unit `within` counts. Words of a count
    below `minimum` are left out. Ties stand in alphabetical order. Hidden words are no collocates.

    Columns of association, missing where the word meets the node less than `floor` times: expected
    (E11), then the measures of `manyvoices.measures.association` by their names: mi, mi3, t, z, g2,
    dice, log_dice, delta_p (node to collocate), delta_p_back, log_ratio (a nothing counts as one
    half). The `variant` says which table of two by two they are read off:

    - `window`: of all words, N, those in a window, R1, each once (Evert 2008); C1 is the frequency,
      O11 the column together. So E11 is corrected for the span, and for where windows are cut.
    - `nominal`: O11 is the count, R1 the hits times twice the window; E11 is corrected for the
      span as if no window were cut. `simple`: R1 is the hits, and E11 not corrected. There, a
      measure that would need a negative cell is missing.
    - without a window, `sentences`, `paragraphs` or `documents`: these are counted, not words.

    Dice and logDice take the number of hits for R1, as Rychlý (2008) does, and so may pass 1 and
    14 where a word stands several times near one hit.

    Columns of doubt: low and high (95 %) of the log ratio, which take what is counted as
    independent draws; least, the lowest log ratio that leaving out one document, of those in which
    the two meet, brings about (missing where they meet in no other); q, the p value of g2
    adjusted after Benjamini and Hochberg (1995) over all rows that have one.

    Raises QueryError for a query that cannot be parsed, ManyVoicesError for a window that the
    variant cannot do without, and if nothing is selected.
    """
    _check(window, Span(within), margins)
    asked = corpus_query(corpus, query)
    part = partial(_part, query=asked, window=window, within=Span(within), margins=margins)
    found = _joined(engine.some_parts(part, corpus, executor))
    rows = _ordered(found, minimum)
    columns = _counts(found, rows) | _association(found, rows, window is None, floor)
    return pd.DataFrame(columns).assign(variant=margins if window else f"{within}s")


def _check(window: int | None, within: Span, margins: Margins) -> None:
    if window is None and margins != "window":
        raise ManyVoicesError(f"there is no window to be `{margins}`.", "Give its tokens.")
    if window is None and within is Span.NOTHING:
        raise ManyVoicesError("words meet in something.", "Give a window, or another unit.")


def _part(shard: Shard, query: Query, window: int | None, within: Span, margins: Margins) -> _Part:
    around = Around(shard, query, window, within)
    near, sentences = around.passages
    first, total = around.totals(margins)
    seen = [around.sums(values) for values in (around.left, around.right)]
    seen += [around.meetings, around.documents, around.sums(around.shown), *around.cells(margins)]
    return _Part(
        around.types,
        np.column_stack(seen),
        int(first.sum()),
        int(total.sum()),
        len(around.hits.first),
        around.by_document(margins),
        near,
        tuple(shard.sentence_ids[s] for s in sentences.tolist()),
    )


def _joined(parts: Sequence[_Part]) -> _Part:
    """Several parts as one, of the types that are near the node in one of them."""
    met = [np.flatnonzero(part.counts[:, COUNTS.index("hits")]).tolist() for part in parts]
    types = sorted({part.types[i] for part, own in zip(parts, met, strict=True) for i in own})
    alike = [_renumbered(part, tuple(types)) for part in parts]
    return _Part(
        tuple(types),
        sum((part.counts for part in alike), start=np.zeros((len(types), len(COUNTS)), np.int64)),
        sum(part.first for part in parts),
        sum(part.total for part in parts),
        sum(part.hits for part in parts),
        np.concatenate([part.entries for part in alike]),
        np.concatenate([part.near for part in alike]),
        tuple(name for part in parts for name in part.passages),
    )


def _renumbered(part: _Part, types: tuple[str, ...]) -> _Part:
    """The part with these types in place of its own, which are among them if they are near."""
    number = {name: i for i, name in enumerate(types)}
    place = np.array([number.get(name, -1) for name in part.types], np.int64)
    counts = np.zeros((len(types), len(COUNTS)), np.int64)
    counts[place[place >= 0]] = part.counts[place >= 0]
    entries = part.entries.copy()
    entries[:, 0] = place[entries[:, 0]]
    return replace(part, types=types, counts=counts, entries=entries, near=place[part.near])


def _ordered(found: _Part, minimum: int) -> Ints:
    """The types that are met often enough, the most frequent first."""
    count = found.counts[:, :2].sum(axis=1)
    kept = np.flatnonzero(count >= max(minimum, 1))
    return kept[np.argsort(-count[kept], kind="stable")]


def _counts(found: _Part, rows: Ints) -> dict[str, Any]:
    left, right, hits, documents, frequency = found.counts[rows, :5].T
    return {
        "collocate": pd.array([found.types[i] for i in rows.tolist()], dtype="str"),
        "count": left + right,
        "left": left,
        "right": right,
        "hits": hits,
        "documents": documents,
        "frequency": frequency,
        "passages": _passages(found, rows),
        "together": found.counts[rows, 5],
    }


def _passages(found: _Part, rows: Ints) -> pd.Series:
    """The sentences behind each row."""
    order = np.argsort(found.near, kind="stable")
    names = [found.passages[i] for i in order.tolist()]
    edges = np.searchsorted(found.near[order], np.arange(len(found.types) + 1)).tolist()
    lists = [names[edges[i] : edges[i + 1]] for i in rows.tolist()]
    return pd.Series(lists, dtype=object)


def _association(found: _Part, rows: Ints, units: bool, floor: int) -> dict[str, Floats]:
    """The columns that are read off tables of two by two, missing below the floor."""
    together, second = found.counts[rows, 5], found.counts[rows, 6]
    table = from_margins(together, found.first, second, found.total)
    plain = table if units else from_margins(together, found.hits, second, found.total)
    values = {"expected": table.e11}
    for name, measure in MEASURES.items():
        values[name] = measure(plain if name in ("dice", "log_dice") else table)
    values["low"], values["high"] = log_ratio_interval(table)
    values["least"] = _least(found)[rows]
    enough = together >= floor
    values = {name: np.where(enough, column, np.nan) for name, column in values.items()}
    return values | {"q": _adjusted(values["g2"])}


def _least(found: _Part) -> Floats:
    """For each type, the lowest log ratio without one of the documents where it meets the node."""
    code, together, second, first, total = found.entries.T
    without = from_margins(
        found.counts[code, 5] - together,
        found.first - first,
        found.counts[code, 6] - second,
        found.total - total,
    )
    least = np.full(len(found.types), np.inf)
    np.fmin.at(least, code, np.where(without.o11 > 0, log_ratio(without), np.nan))
    return np.where(np.isfinite(least), least, np.nan)


def _adjusted(g2: Floats) -> Floats:
    """The p values of those that there are, adjusted for their number."""
    known = ~np.isnan(g2)
    adjusted = np.full(len(g2), np.nan)
    if known.any():
        adjusted[known] = benjamini_hochberg(p_value(g2[known]))
    return adjusted
