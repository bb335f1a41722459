"""Runs and pairs of words, counted by integer codes: what n-grams and collocations start from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from manyvoices.measures.kwic import Span, token_units
from manyvoices.store import Ints as Codes
from manyvoices.store import Shard

Ints = NDArray[np.int64]
Column = Codes | Ints
Counts = tuple[Ints, Ints, Ints]
MOST = 1 << 62
BATCH = 1 << 22
"""About how many pairs are held at once."""


@dataclass(frozen=True, eq=False)
class Tally:
    """Tuples of word types: how often each is met, and in how many documents.

    `types` are the words, folded, in the order of their code points; `codes` has a row a tuple, of
    numbers into them, and rows ascend. `frequency` is how often each type stands (or in how many
    units), `total` how many words (or units) there are. What is withheld is nowhere in it.
    """

    types: tuple[str, ...]
    codes: Ints
    count: Ints
    documents: Ints
    frequency: Ints
    total: int


def tally_runs(shard: Shard, length: int) -> Tally:
    """Runs of so many words, with nothing between them, within sentences."""
    types, codes = _words(shard)
    size = max(len(codes) - length + 1, 0)
    columns = [codes[i : i + size] for i in range(length)]
    sentences = shard.token_sentences
    whole = sentences[:size] == sentences[length - 1 : length - 1 + size]
    for column in columns:
        whole &= column >= 0
    documents = shard.token_documents[:size][whole]
    found = _counted([column[whole] for column in columns], documents, len(types))
    return Tally(types, *found, *_frequencies(codes, len(types)))


def tally_neighbours(shard: Shard, window: int, within: Span) -> Tally:
    """Pairs of words as they follow, fewer than `window` tokens apart, within their unit."""
    types, codes = _words(shard)
    pairs = [_apart(shard, codes, apart, within) for apart in range(1, window)]
    first, second, documents = (np.concatenate(column) for column in zip(*pairs, strict=True))
    found = _counted([first, second], documents, len(types))
    return Tally(types, *found, *_frequencies(codes, len(types)))


def _apart(shard: Shard, codes: Codes, apart: int, within: Span) -> tuple[Codes, Codes, Codes]:
    """The words that stand so many tokens apart in one unit, and their document."""
    units = token_units(shard, within)
    left, right = codes[:-apart], codes[apart:]
    ok = (left >= 0) & (right >= 0) & (units[:-apart] == units[apart:])
    return left[ok], right[ok], shard.token_documents[:-apart][ok]


def tally_units(shard: Shard, within: Span) -> Tally:
    """Every word type: in how many units, and in how many documents, it stands."""
    types, code, _, document = _by_unit(shard, within)
    found = _counted([code], document, len(types))
    return Tally(types, *found, np.bincount(code, minlength=len(types)), _units(shard, within))


def tally_companions(shard: Shard, within: Span, wanted: Collection[str]) -> Tally:
    """Two different words of the wanted ones in one unit, in alphabetical order: in how many.

    Frequencies and the total are of units, too.
    """
    types, code, unit, document = _by_unit(shard, within)
    frequency = np.bincount(code, minlength=len(types))
    kept = np.array([name in wanted for name in types], bool)[code]
    code, unit, document = code[kept], unit[kept], document[kept]
    found = [
        _counted([code[left], code[right]], document[left], len(types))
        for left, right in _companions(unit, document)
    ]
    return Tally(types, *_summed(found, len(types), 2), frequency, _units(shard, within))


def joined(tallies: Sequence[Tally]) -> Tally:
    """Several tallies as one, of all their types."""
    if len(tallies) == 1:
        return tallies[0]
    types = sorted(set().union(*(one.types for one in tallies)))
    number = {name: i for i, name in enumerate(types)}
    places = [np.array([number[name] for name in one.types], np.int64) for one in tallies]
    frequency = np.zeros(len(types), np.int64)
    for one, place in zip(tallies, places, strict=True):
        frequency[place] += one.frequency
    found = [
        (place[one.codes], one.count, one.documents)
        for one, place in zip(tallies, places, strict=True)
    ]
    width = tallies[0].codes.shape[1]
    total = sum(one.total for one in tallies)
    return Tally(tuple(types), *_summed(found, len(types), width), frequency, total)


def _words(shard: Shard) -> tuple[tuple[str, ...], Codes]:
    """The word types, and for each token its type, or -1."""
    types, of_type = shard.word_forms
    return types, of_type[shard.types]


def _frequencies(codes: Codes, size: int) -> tuple[Ints, int]:
    """How often each type stands, and how many words there are."""
    frequency = np.bincount(codes[codes >= 0], minlength=size)
    return frequency, int(frequency.sum())


def _by_unit(shard: Shard, within: Span) -> tuple[tuple[str, ...], Ints, Ints, Codes]:
    """The types; then once for every unit and type in it: type, unit and document."""
    types, codes = _words(shard)
    shown = codes >= 0
    unit = token_units(shard, within)[shown]
    packing = _Packing([unit, codes[shown]], [0, len(types)])
    entries, first = np.unique(packing.keys, return_index=True)
    unit, code = packing.rows(entries).T
    return types, code, unit, shard.token_documents[shown][first]


def _units(shard: Shard, within: Span) -> int:
    """How many units have a word that may be shown."""
    shown = shard.words & ~shard.hidden_types[shard.types]
    return len(np.unique(token_units(shard, within)[shown]))


def _companions(unit: Ints, document: Codes) -> Iterator[tuple[Ints, Ints]]:
    """The places of all pairs of entries of one unit, so many documents at a time."""
    ends = np.searchsorted(unit, unit, "right")
    after = ends - np.arange(len(unit)) - 1
    batch = (np.cumsum(after) - after) // BATCH
    batch = batch[np.searchsorted(document, document)]  # no document is cut
    for start, end in runs(batch):
        left = np.repeat(np.arange(start, end), after[start:end])
        begun = np.cumsum(after[start:end]) - after[start:end]
        right = left + 1 + np.arange(len(left)) - np.repeat(begun, after[start:end])
        yield left, right


def runs(values: Ints) -> Iterator[tuple[int, int]]:
    """Where each run of equal values begins and ends."""
    yield from pairwise([*starts_of(values).tolist(), len(values)])


def _counted(columns: Sequence[Column], documents: Column, size: int) -> Counts:
    """The different rows of the columns, in order; how often, and in how many documents, each."""
    most = int(documents.max(initial=0)) + 1
    packing = _Packing([*columns, documents], [size] * len(columns) + [most])
    keys = np.sort(packing.keys)
    starts = starts_of(keys // most)
    different = np.zeros(len(keys), np.int64)
    different[starts_of(keys)] = 1
    codes = packing.rows(keys[starts])[:, :-1]
    return codes, np.diff(np.append(starts, len(keys))), sums(different, starts)


def _summed(found: Sequence[Counts], size: int, width: int) -> Counts:
    """Rows with their counts, from several tables of them, as one."""
    if len(found) == 1:
        return found[0]
    codes = np.concatenate([np.zeros((0, width), np.int64), *(rows for rows, _, _ in found)])
    none = np.zeros(0, np.int64)
    counts, documents = (np.concatenate([none, *(one[i] for one in found)]) for i in (1, 2))
    keys = _Packing([*codes.T], [size] * width).keys
    order = np.argsort(keys, kind="stable")
    starts = starts_of(keys[order])
    return codes[order[starts]], sums(counts[order], starts), sums(documents[order], starts)


class _Packing:
    """Columns of numbers as one number a row, in the same order, and back again.

    `sizes` are above all numbers of their columns. Where the product of them is too large for 64
    bits, the columns so far are first numbered anew, by those of their rows that there are.
    """

    def __init__(self, columns: Sequence[Column], sizes: Sequence[int]) -> None:
        self.sizes = [max(size, 1) for size in sizes]
        self.known: list[Ints | None] = []
        self.keys: Ints = columns[0].astype(np.int64)
        for column, size in zip(columns[1:], self.sizes[1:], strict=True):
            fits = int(self.keys.max(initial=0)) < MOST // size
            known, self.keys = (None, self.keys) if fits else _numbered(self.keys)
            self.known.append(known)
            self.keys = self.keys * size + column

    def rows(self, keys: Ints) -> Ints:
        """The rows that have these numbers."""
        columns = []
        for known, size in zip(reversed(self.known), reversed(self.sizes), strict=False):
            keys, column = np.divmod(keys, size)
            columns.append(column)
            keys = keys if known is None else known[keys]
        return np.column_stack([keys, *reversed(columns)])


def _numbered(keys: Ints) -> tuple[Ints, Ints]:
    """The different numbers, and for each the place of its own among them."""
    known, places = np.unique(keys, return_inverse=True)
    return known, places


def starts_of(values: Ints) -> Ints:
    """Where each run of equal values begins."""
    return np.flatnonzero(np.diff(values, prepend=values[:1] - 1))


def sums(values: Ints, starts: Ints) -> Ints:
    """The sum of each run."""
    return np.add.reduceat(values, starts) if len(starts) else np.zeros(0, np.int64)


def highest_first(values: NDArray[np.float64] | Ints) -> Ints:
    """The places of the values, the highest first; ties as they stand, what is missing last.

    No value may be infinite. A stable sort of numpy's gives the same, in twice as long.
    """
    fallen = np.where(np.isnan(values), np.inf, -values)
    order = np.argsort(fallen)
    fallen = fallen[order]
    run = np.cumsum(np.concatenate([[False], fallen[1:] != fallen[:-1]])[: len(order)])
    size = max(len(order), 1)
    return np.sort(run * size + order) % size
