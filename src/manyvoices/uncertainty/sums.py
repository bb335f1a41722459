"""Statistics that depend on a table only through sums over its rows.

For these a thousand draws cost little more than one: each unit's sums are taken once, and a draw
adds up those of the units it holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from manyvoices.errors import TooFewError

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]


@runtime_checkable
class OfSums(Protocol):
    """A statistic that is a function of the sums of columns."""

    def columns(self, table: pd.DataFrame) -> Floats:
        """What is summed: one row a row of `table`, one column a sum."""
        ...

    def finish(self, sums: Floats) -> Floats:
        """The statistic of each row of sums; not a number where it has no value."""
        ...


@dataclass(frozen=True, slots=True)
class Ratio:
    """The sum of one column over the sum of another: a rate, or the share of a 0/1 column.

    Rows count by their denominator, so that somebody who writes much weighs much. With `each`
    (a column, such as `person`) it is the mean of everybody's own ratio instead, each weighing the
    same; those whose denominators sum to nothing have no ratio and are left out.
    """

    numerator: str
    denominator: str
    each: str | None = None

    def __call__(self, table: pd.DataFrame) -> float:
        """The ratio of the whole table. Raises TooFewError for a denominator of nothing."""
        return value_of(self, table)

    def columns(self, table: pd.DataFrame) -> Floats:
        """Numerator and denominator, with `each` over the sum of that person's denominators."""
        parts = np.column_stack(
            [_numbers(table, self.numerator), _numbers(table, self.denominator)]
        )
        if self.each is None:
            return parts
        codes = group_codes(table, self.each)[0]
        totals = np.bincount(codes, weights=parts[:, 1])[codes]
        weighted = parts / np.where(totals > 0, totals, 1)[:, None]
        return np.where(totals[:, None] > 0, weighted, 0.0)

    def finish(self, sums: Floats) -> Floats:
        """The ratios; not a number where the denominator is nothing."""
        above, below = sums[..., 0], sums[..., 1]
        return np.where(below > 0, above / np.where(below > 0, below, 1), np.nan)


@dataclass(frozen=True, slots=True)
class Difference:
    """A statistic of the rows where `column` is `first`, less that where it is `second`."""

    of: OfSums
    column: str
    first: object
    second: object

    def __call__(self, table: pd.DataFrame) -> float:
        """The difference in the whole table. Raises TooFewError where either side has no value."""
        return value_of(self, table)

    def columns(self, table: pd.DataFrame) -> Floats:
        """The columns of the one side and then of the other, each empty on the other's rows.

        Raises TooFewError where a side has no rows.
        """
        return np.hstack([self._side(table, label) for label in (self.first, self.second)])

    def finish(self, sums: Floats) -> Floats:
        """First less second."""
        middle = sums.shape[-1] // 2
        return self.of.finish(sums[..., :middle]) - self.of.finish(sums[..., middle:])

    def _side(self, table: pd.DataFrame, label: object) -> Floats:
        chosen = column_of(table, self.column) == label
        if not chosen.any():
            raise TooFewError(f"there is no row whose `{self.column}` is {label!r}.")
        columns = self.of.columns(table[chosen])
        side = np.zeros((len(table), columns.shape[1]))
        side[chosen] = columns
        return side


def value_of(statistic: OfSums, table: pd.DataFrame) -> float:
    """The statistic of the whole table. Raises TooFewError where it has no value."""
    value = float(statistic.finish(statistic.columns(table).sum(axis=0)))
    if not np.isfinite(value):
        raise TooFewError("there is nothing to take a share of.")
    return value


def column_of(table: pd.DataFrame, name: str) -> NDArray[np.object_]:
    """The labels in a column. Raises ValueError for one that is not there or has gaps."""
    if name not in table.columns:
        raise ValueError(f"there is no column `{name}`; there are: {', '.join(map(str, table))}")
    if table[name].isna().any():
        raise ValueError(f"the column `{name}` has rows without a label")
    return table[name].to_numpy(dtype=object)


def group_codes(table: pd.DataFrame, name: str) -> tuple[NDArray[np.intp], list[object]]:
    """For each row the number of its label, and the labels in the order in which they appear."""
    import pandas as pd

    codes, labels = pd.factorize(column_of(table, name))
    return codes, list(labels)


def _numbers(table: pd.DataFrame, name: str) -> Floats:
    """A column of finite numbers. Raises ValueError for any other."""
    if name not in table.columns:
        raise ValueError(f"there is no column `{name}`; there are: {', '.join(map(str, table))}")
    numbers = table[name].to_numpy(dtype=float, na_value=np.nan)
    if not np.isfinite(numbers).all():
        raise ValueError(f"the column `{name}` has rows without a number")
    return numbers
