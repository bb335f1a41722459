"""Leaving one out: what a statistic is without each person, or document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from manyvoices.errors import TooFewError
from manyvoices.uncertainty.resampling import Statistic, or_nan
from manyvoices.uncertainty.sums import Floats, OfSums, group_codes

if TYPE_CHECKING:
    import pandas as pd


def leave_one_out(statistic: Statistic, table: pd.DataFrame, *, by: str) -> pd.DataFrame:
    """One row per label of the column `by`: the statistic of the other rows.

    Index: the label left out, in the order of the table. Columns: rows (how many were left out),
    value (without them), change (that value less the one of the whole table). Raises ValueError
    for a column that is not there or has gaps, and TooFewError where there are not two labels, or
    where the statistic has no value, naming the label without which it has none.
    """
    import pandas as pd

    codes, labels = group_codes(table, by)
    if len(labels) < 2:
        raise TooFewError(f"{len(labels)} labels in `{by}`: without one nothing is left.")
    whole, values = _values(statistic, table, codes, len(labels))
    if not np.isfinite(whole):
        raise TooFewError("the statistic of the whole table has no value.")
    for label in np.array(labels, object)[~np.isfinite(values)]:
        raise TooFewError(f"without `{label}` the statistic has no value.")
    columns = {"rows": np.bincount(codes), "value": values, "change": values - whole}
    return pd.DataFrame(columns, index=pd.Index(labels, name=by))


def _values(
    statistic: Statistic, table: pd.DataFrame, codes: np.ndarray, size: int
) -> tuple[float, Floats]:
    """The statistic of the whole, and without each label."""
    if isinstance(statistic, OfSums):
        columns = statistic.columns(table)
        whole = statistic.finish(columns.sum(axis=0))
        return float(whole), statistic.finish(_without(columns, codes, size))
    values = [or_nan(statistic, table[codes != i]) for i in range(size)]
    return float(statistic(table)), np.array(values)


def _without(columns: Floats, codes: np.ndarray, size: int) -> Floats:
    """The sums without each label: of those before it and those after it.

    Nothing is taken away from a total, so that what should be nothing is.
    """
    sums = np.column_stack([np.bincount(codes, column, size) for column in columns.T])
    zero = np.zeros((1, sums.shape[1]))
    before = np.vstack([zero, sums.cumsum(axis=0)[:-1]])
    after = np.vstack([sums[::-1].cumsum(axis=0)[-2::-1], zero])
    return np.asarray(before + after)
