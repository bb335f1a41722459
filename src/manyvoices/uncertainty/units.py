"""What is drawn whole: persons, documents, or blocks of neighbouring rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from manyvoices.errors import TooFewError
from manyvoices.uncertainty.sums import Floats, group_codes

if TYPE_CHECKING:
    import pandas as pd

Ints = NDArray[np.int64]

FEWEST_HITS = 5
FEWEST_PEOPLE = 5
FEWEST_SENTENCES = 20


@dataclass(frozen=True, slots=True)
class Blocks:
    """Runs of `size` neighbouring rows, in the order of the table; `of` names the rows in words.

    A block begins at any row and runs on from the last to the first (Politis and Romano 1992).
    Where no size is given it is twice the cube root of the number of rows, rounded: the rate is
    the usual one for a variance (Künsch 1989), the factor was chosen by the coverage measured for
    sequences like those of the book.
    """

    size: int | None = None
    of: str = "rows"

    def length(self, rows: int) -> int:
        """The rows of a block in a table of so many. Raises ValueError unless 1 to all of them."""
        size = round(2 * rows ** (1 / 3)) if self.size is None else self.size
        if not 1 <= size <= rows:
            raise ValueError(f"blocks of {size} {self.of} of {rows}")
        return size


@dataclass(frozen=True, slots=True)
class Within:
    """Units drawn within each label of a column, as many as there are of them under it.

    `by` is the same for all labels or a mapping from each to its own:
    `Within("voice", {"essay": Blocks(), "commenters": "person"})`.
    """

    column: str
    by: str | Blocks | Mapping[str, str | Blocks]


By: TypeAlias = str | Blocks | Within


@dataclass(frozen=True, slots=True)
class Pool:
    """Rows cut into units, of which `picks` are drawn at a time, with replacement.

    Unit `u` is `order[starts[u] : ends[u]]`. `worth` is how many separate units the rows make,
    `column` the one whose label tells units apart, if there is one.
    """

    order: Ints
    starts: Ints
    ends: Ints
    picks: int
    worth: float
    column: str | None
    method: str

    def sums(self, columns: Floats) -> Floats:
        """The sums of each unit."""
        padded = np.vstack([columns[self.order], np.zeros((1, columns.shape[1]))])
        edges = np.column_stack([self.starts, self.ends]).ravel()
        return np.asarray(np.add.reduceat(padded, edges, axis=0)[::2])

    def rows(self, chosen: Ints) -> Ints:
        """The rows of the chosen units, one unit after the other."""
        return np.concatenate([self.order[self.starts[u] : self.ends[u]] for u in chosen])

    def copies(self, chosen: Ints) -> Ints:
        """For each of these rows the place of its unit among the chosen."""
        return np.repeat(np.arange(len(chosen)), (self.ends - self.starts)[chosen])


def pools(table: pd.DataFrame, by: By) -> tuple[Pool, ...]:
    """What to draw from: all rows, or the rows under each label for themselves.

    Raises TooFewError for fewer than five units or, for blocks, twenty rows; ValueError for a
    column that is not there or has gaps, and for units that do not fit the labels.
    """
    if not len(table):
        raise TooFewError("there are no rows to draw from.")
    if not isinstance(by, Within):
        return (_pool(table, np.arange(len(table)), by),)
    codes, labels = group_codes(table, by.column)
    rules = by.by if isinstance(by.by, Mapping) else dict.fromkeys(map(str, labels), by.by)
    if set(rules) != {str(x) for x in labels} or by.column in rules.values():
        raise ValueError(f"units for {list(rules)}, where `{by.column}` has {labels}")
    return tuple(
        _pool(table, np.flatnonzero(codes == i), rules[str(x)]) for i, x in enumerate(labels)
    )


def _pool(table: pd.DataFrame, rows: Ints, by: str | Blocks) -> Pool:
    return _blocks(rows, by) if isinstance(by, Blocks) else _groups(table, rows, by)


def _blocks(rows: Ints, by: Blocks) -> Pool:
    size = len(rows)
    if size < FEWEST_SENTENCES:
        raise TooFewError(f"{size} {by.of} are too few to draw from.", "20 are the least.")
    block = by.length(size)
    begins = np.arange(size)
    around = np.concatenate([rows, rows[: block - 1]])
    method = f"bootstrap of blocks of {block} {by.of}"
    return Pool(around, begins, begins + block, -(-size // block), size / block, None, method)


def _groups(table: pd.DataFrame, rows: Ints, by: str) -> Pool:
    codes, labels = group_codes(table.iloc[rows], by)
    if (units := len(labels)) < FEWEST_PEOPLE:
        raise TooFewError(
            f"{units} units of `{by}` are too few to draw from.", "Five are the least."
        )
    sizes = np.bincount(codes)
    ends = np.cumsum(sizes)
    order = rows[np.argsort(codes, kind="stable")]
    return Pool(order, ends - sizes, ends, units, float(units), by, f"bootstrap by {by}")
