"""Where a query is met in a shard: decided once per type, gathered per token."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from manyvoices.errors import QueryError
from manyvoices.query.parsing import Either, Lemma, Pattern, Query, Slot, Word
from manyvoices.store import Flags, Ints, Shard
from manyvoices.text.folding import fold
from manyvoices.text.lemmas import lemmas

Places = NDArray[np.intp]


class Hits(NamedTuple):
    """The first and the last token of every hit, in text order."""

    first: Places
    last: Places


def find_hits(shard: Shard, query: Query, unit: Ints, limit: int | None = None) -> Hits:
    """The hits of a query that lie within one unit; `unit` gives the unit of every token.

    A hit begins at every token where one can; its gaps are as short as can be, the first gap
    first. With `limit`, at least the first so many are found.
    """
    runs = [[_types(shard, query, slot) for slot in run] for run in query.runs]
    cut = limit if len(runs) == len(runs[0]) == 1 else None
    hits = _run_hits(shard, runs[-1], unit, cut)
    for run, gap in zip(reversed(runs[:-1]), reversed(query.gaps), strict=True):
        hits = _before(_run_hits(shard, run, unit, None), hits, gap, unit)
    return hits


def _before(left: Hits, right: Hits, gap: int, unit: Ints) -> Hits:
    """The hits on the left that one on the right follows after at most `gap` tokens."""
    following = np.searchsorted(right.first, left.last + 1)
    found = following < len(right.first)
    first, last, following = left.first[found], left.last[found], following[found]
    near = (right.first[following] - last - 1 <= gap) & (unit[first] == unit[right.last[following]])
    return Hits(first[near], right.last[following[near]])


def _run_hits(shard: Shard, run: list[Ints], unit: Ints, limit: int | None) -> Hits:
    """Where a run of slots, each given as its types, is met: from its rarest slot outwards."""
    counts = np.diff(shard.postings.bounds)
    rarest = min(range(len(run)), key=lambda i: int(counts[run[i]].sum()))
    first = shard.postings.places(run[rarest], limit) - rarest
    first = first[(first >= 0) & (first + len(run) <= len(shard.types))]
    for i, types in enumerate(run):
        if i != rarest:
            allowed = np.zeros(len(shard.vocabulary), bool)
            allowed[types] = True
            first = first[allowed[shard.types[first + i]]]
    last = first + len(run) - 1
    together = unit[first] == unit[last]
    return Hits(first[together], last[together])


def _types(shard: Shard, query: Query, slot: Slot) -> Ints:
    """The types that fill a slot; hidden words fill none."""
    matters = {"case": query.case, "accents": query.accents}
    if isinstance(slot, Word):
        return shard.types_by_key(**matters).get(slot.key, NO_TYPES)
    if isinstance(slot, Either):
        return np.unique(np.concatenate([_types(shard, query, one) for one in slot.slots]))
    keys = shard.keys(**matters)
    return np.flatnonzero(_filling(keys, slot) & ~shard.hidden_types).astype(np.int32)


NO_TYPES: Ints = np.zeros(0, np.int32)


@lru_cache(maxsize=256)
def _filling(keys: tuple[str, ...], slot: Lemma | Pattern) -> Flags:
    match slot:
        case Lemma(word, language):
            wanted = lemmas([fold(word)], language)[0]
            return _flags(name == wanted for name in _lemmas(keys, language))
        case Pattern(re2):
            return _matching(keys, re2)


@lru_cache(maxsize=16)
def _lemmas(keys: tuple[str, ...], language: str) -> list[str]:
    return lemmas(map(fold, keys), language)


def _flags(values: Iterable[bool]) -> Flags:
    return np.fromiter(values, bool)


def _matching(keys: tuple[str, ...], re2: str) -> Flags:
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        found = pc.match_substring_regex(pa.array(keys, pa.string()), f"^(?s:{re2})$")
    except pa.ArrowInvalid as error:
        raise QueryError(
            f"the pattern cannot be used: {error}.", "Close its brackets, or make it smaller."
        ) from None
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)
