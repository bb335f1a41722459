"""The permutation test: how often shuffled labels do as much."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from math import comb, prod
from typing import TYPE_CHECKING, TypeGuard

import numpy as np
from numpy.random import SeedSequence
from numpy.typing import NDArray

from manyvoices.errors import TooFewError
from manyvoices.uncertainty.resampling import DRAWS, SEED, Executor, Statistic, chunk_seeds
from manyvoices.uncertainty.sums import (
    Difference,
    Floats,
    OfSums,
    Ratio,
    column_of,
    group_codes,
    value_of,
)
from manyvoices.uncertainty.units import Ints

if TYPE_CHECKING:
    import pandas as pd

Labels = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class PermutationTest:
    """A value, and the two-sided p of finding one as far out when labels are shuffled.

    `arrangements` is how many different ways there are to deal the labels out: where they are
    few, no p can be small. `shuffled` holds the statistic after each shuffle.
    """

    value: float
    p: float
    draws: int
    arrangements: int
    shuffled: Floats = field(compare=False, repr=False)


def permutation(
    statistic: Statistic,
    table: pd.DataFrame,
    labels: str,
    *,
    by: str | None = None,
    strata: str | None = None,
    draws: int = DRAWS - 1,
    seed: int = SEED,
    executor: Executor | None = None,
) -> PermutationTest:
    """The statistic of `table` against its values when the column `labels` is shuffled.

    Labels are dealt out anew among rows, or, with `by` (a column such as `person`), among units
    that keep all their rows together; with `strata`, among those of the same stratum only. It
    assumes that what is shuffled could have come in any order: sentences of one author cannot,
    and are to be kept together.

    p is (b + 1) / (draws + 1) with b the draws as far out as the value, which is never nothing
    (Phipson and Smyth 2010); two-sided by doubling the smaller side, at most 1. Draws that equal
    the value up to rounding count as far out. Nothing was sampled or assigned at random here: p
    says how easily a shuffle does as much, and no more.

    Raises ValueError for a column that is not there or has gaps, for a unit with several labels or
    in several strata, and for fewer draws than one; TooFewError where no shuffle changes anything,
    and for a statistic that has no value, here or after a shuffle.
    """
    units = _units(table, labels, by, strata)
    arrangements = prod(_arrangements(units.labels[place]) for place in units.places)
    if arrangements == 1:
        raise TooFewError(f"no shuffle of `{labels}` changes anything.")
    value = _value(statistic, table)
    sizes, seeds = chunk_seeds(draws, len(table), seed)
    run = map if executor is None else executor.map
    if _adds_up(statistic, labels, by):
        columns = statistic.of.columns(table)
        sums = np.column_stack([np.bincount(units.codes, x) for x in columns.T]).astype(float)
        work = partial(_shuffled_sums, statistic, sums, units)
    else:
        work = partial(_shuffled, statistic, table, labels, units)
    values = np.concatenate(list(run(work, sizes, seeds)))
    return PermutationTest(value, two_sided(value, values), draws, arrangements, values)


def two_sided(value: float, values: Floats) -> float:
    """The add-one p of `value` among `values`: twice that of the smaller side, at most 1."""
    near = 1e-12 * max(1.0, abs(value))
    above, below = (values >= value - near).sum(), (values <= value + near).sum()
    return min(1.0, 2 * (int(min(above, below)) + 1) / (len(values) + 1))


@dataclass(frozen=True, slots=True)
class _Units:
    """The unit of each row, each unit's label, and the units of each stratum."""

    codes: NDArray[np.intp]
    labels: Labels
    places: list[Ints]


def _units(table: pd.DataFrame, labels: str, by: str | None, strata: str | None) -> _Units:
    codes = np.arange(len(table)) if by is None else group_codes(table, by)[0]
    if not len(table):
        raise TooFewError("there are no rows to shuffle.")
    first = np.unique(codes, return_index=True)[1]
    of_unit = _constant(column_of(table, labels), codes, first, labels)
    if strata is None:
        return _Units(codes, of_unit, [np.arange(len(first))])
    stratum = _constant(column_of(table, strata), codes, first, strata)
    places = [np.flatnonzero(stratum == name) for name in dict.fromkeys(stratum.tolist())]
    return _Units(codes, of_unit, places)


def _constant(values: Labels, codes: NDArray[np.intp], first: Ints, name: str) -> Labels:
    """Each unit's value. Raises ValueError where a unit has several."""
    of_unit = values[first]
    if (of_unit[codes] != values).any():
        raise ValueError(f"`{name}` differs within what is to be kept together")
    return of_unit


def _arrangements(labels: Labels) -> int:
    """In how many different orders the labels can stand: a multinomial coefficient."""
    left, found = len(labels), 1
    for count in Counter(labels.tolist()).values():
        found *= comb(left, count)
        left -= count
    return found


def _value(statistic: Statistic, table: pd.DataFrame) -> float:
    if isinstance(statistic, OfSums):
        return value_of(statistic, table)
    value = float(statistic(table))
    if not np.isfinite(value):
        raise TooFewError("the statistic has no value.")
    return value


def _shuffled(
    statistic: Statistic,
    table: pd.DataFrame,
    name: str,
    units: _Units,
    size: int,
    seed: SeedSequence,
) -> Floats:
    """The statistics of so many shuffles, each from a table with the shuffled labels."""
    shuffles = _shuffles(units, size, seed)
    tables = (table.assign(**{name: labels[units.codes]}) for labels in shuffles)
    return np.fromiter((_value(statistic, one) for one in tables), float, size)


def _shuffled_sums(
    statistic: Difference, sums: Floats, units: _Units, size: int, seed: SeedSequence
) -> Floats:
    """The differences of so many shuffles, from the sums of units: all at once."""
    shuffles = _shuffles(units, size, seed)
    sides = [(shuffles == label) @ sums for label in (statistic.first, statistic.second)]
    values = statistic.finish(np.hstack(sides))
    if not np.isfinite(values).all():
        raise TooFewError("after a shuffle the statistic has no value.")
    return values


def _shuffles(units: _Units, size: int, seed: SeedSequence) -> Labels:
    """The labels of all units, a row a shuffle."""
    generator = np.random.default_rng(seed)
    shuffles = np.tile(units.labels, (size, 1))
    for labels in shuffles:
        for place in units.places:
            labels[place] = generator.permutation(labels[place])
    return shuffles


def _adds_up(statistic: Statistic, labels: str, by: str | None) -> TypeGuard[Difference]:
    """Whether what a unit adds to a difference is the same on either side."""
    if not isinstance(statistic, Difference) or statistic.column != labels:
        return False
    return isinstance(statistic.of, Ratio) and statistic.of.each in (None, by)
