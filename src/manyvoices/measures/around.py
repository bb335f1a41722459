"""What stands around the hits of a shard, counted by integer codes."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from manyvoices.measures.kwic import Span, token_units, windows
from manyvoices.measures.tallies import BATCH, runs, starts_of, sums
from manyvoices.query import Query, find_hits
from manyvoices.store import Shard

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Around:
    """The hits of a query in a shard, and the words in their windows.

    `types` are the word types in order, `codes` the type of each token, or -1 for a mark or a
    withheld word. Without a window, the unit `within` is the window.
    """

    def __init__(self, shard: Shard, query: Query, window: int | None, within: Span) -> None:
        self.shard, self.window = shard, window
        self.types, of_type = shard.word_forms
        self.codes = of_type[shard.types]
        self.units = token_units(shard, within)
        self.hits = find_hits(shard, query, self.units)
        reach = len(shard.types) if window is None else window
        self.low, self.high = windows(shard, self.hits.first, self.hits.last, reach, within)

    @cached_property
    def shown(self) -> Flags:
        """Per token: whether it is a word that may be shown."""
        return self.codes >= 0

    @cached_property
    def left(self) -> Ints:
        """Per token: in how many windows it is, to the left of the node."""
        return _covered(self.low, self.hits.first, len(self.codes))

    @cached_property
    def right(self) -> Ints:
        """Per token: in how many windows it is, to the right of the node."""
        return _covered(self.hits.last + 1, self.high + 1, len(self.codes))

    def sums(self, values: Ints | Flags) -> Ints:
        """The sum of a value of tokens over each type."""
        own = self.codes[self.shown]
        return np.bincount(own, values[self.shown], len(self.types)).astype(np.int64)

    @cached_property
    def _met(self) -> tuple[Ints, Ints]:
        """Once for each type and hit in whose window it is: the type and the hit, in order."""
        size = max(len(self.low), 1)
        width = self.high - self.low + 1
        keys = [np.zeros(0, np.int64)]
        for start, end in runs(np.cumsum(width) // BATCH):
            hit = np.repeat(np.arange(start, end), width[start:end])
            begun = np.cumsum(width[start:end]) - width[start:end]
            token = self.low[hit] + np.arange(len(hit)) - np.repeat(begun, width[start:end])
            beside = (token < self.hits.first[hit]) | (token > self.hits.last[hit])
            ok = beside & self.shown[token]
            keys.append(np.unique(self.codes[token[ok]].astype(np.int64) * size + hit[ok]))
        type_, hit = np.divmod(np.sort(np.concatenate(keys)), size)
        return type_, hit

    @cached_property
    def meetings(self) -> Ints:
        """Per type: in how many windows it is."""
        return np.bincount(self._met[0], minlength=len(self.types))

    @cached_property
    def documents(self) -> Ints:
        """Per type: in how many documents it is in a window."""
        home = self.shard.token_documents[self.hits.first]
        types, _ = _different(*self._met, home)
        return np.bincount(types, minlength=len(self.types))

    @cached_property
    def passages(self) -> tuple[Ints, Ints]:
        """Once for each type and sentence in which a hit begins in whose window it is: both."""
        return _different(*self._met, self.shard.token_sentences[self.hits.first])

    def cells(self, margins: str) -> tuple[Ints, Ints]:
        """Per type: O11 and C1 of the table of two by two."""
        code, _, weight = self._items(margins)
        together = np.bincount(code, weight, len(self.types)).astype(np.int64)
        return together, np.bincount(code, minlength=len(self.types))

    def totals(self, margins: str) -> tuple[Ints, Ints]:
        """Per document: R1 and N of the table of two by two."""
        size = len(self.shard.documents)
        home = self.shard.token_documents
        if self.window is None:
            worded, first = np.unique(self.units[self.shown], return_index=True)
            document = home[self.shown][first]
            met = np.isin(worded, self.units[self.hits.first])
        else:
            document, met = home[self.shown], (self.left + self.right)[self.shown] > 0
        total = np.bincount(document, minlength=size)
        if margins == "window":
            return np.bincount(document[met], minlength=size), total
        times = 2 * (self.window or 0) if margins == "nominal" else 1
        return times * np.bincount(home[self.hits.first], minlength=size), total

    def by_document(self, margins: str) -> Ints:
        """A row for each type and document in which it meets the node: type, O11, C1, R1, N."""
        code, document, weight = self._items(margins)
        met = np.bincount(code, weight, len(self.types)) > 0
        code, document, weight = code[met[code]], document[met[code]], weight[met[code]]
        size = max(len(self.shard.documents), 1)
        order = np.argsort(code * size + document, kind="stable")
        keys = (code * size + document)[order]
        starts = starts_of(keys)
        code, document = np.divmod(keys[starts], size)
        together, second = sums(weight[order], starts), np.diff(np.append(starts, len(keys)))
        first, total = self.totals(margins)
        rows = np.column_stack([code, together, second, first[document], total[document]])
        return rows[together > 0]

    def _items(self, margins: str) -> tuple[Ints, Ints, Ints]:
        """What a table counts: the type of each item, its document, and how often it is near.

        Items are the words, or without a window the types of each unit, once.
        """
        near = (self.left + self.right)[self.shown]
        code = self.codes[self.shown].astype(np.int64)
        document = self.shard.token_documents[self.shown].astype(np.int64)
        if self.window is not None:
            return code, document, np.minimum(near, 1) if margins == "window" else near
        keys = self.units[self.shown] * np.int64(max(len(self.types), 1)) + code
        order = np.argsort(keys, kind="stable")
        starts = starts_of(keys[order])
        once = order[starts]
        return code[once], document[once], np.minimum(sums(near[order], starts), 1)


def _covered(starts: NDArray[np.intp], ends: NDArray[np.intp], size: int) -> Ints:
    """Per token: how many of the stretches it lies in; the ends lie behind them."""
    steps = np.bincount(starts, minlength=size + 1) - np.bincount(ends, minlength=size + 1)
    return np.cumsum(steps)[:size]


def _different(types: Ints, hits: Ints, homes: NDArray[np.int32]) -> tuple[Ints, Ints]:
    """The different pairs of a type and the home of a hit, in order."""
    size = int(homes.max(initial=0)) + 1
    type_, home = np.divmod(np.unique(types * size + homes[hits]), size)
    return type_, home
