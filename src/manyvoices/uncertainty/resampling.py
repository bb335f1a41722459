"""The bootstrap: how a statistic changes when whole units are drawn anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import starmap
from math import sqrt
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias, TypeVar

import numpy as np
from numpy.random import SeedSequence
from numpy.typing import ArrayLike

from manyvoices.errors import TooFewError
from manyvoices.uncertainty.intervals import Interval, check_level
from manyvoices.uncertainty.sums import Floats, OfSums, Ratio, value_of
from manyvoices.uncertainty.units import (
    FEWEST_PEOPLE,
    FEWEST_SENTENCES,
    Blocks,
    By,
    Ints,
    Pool,
    pools,
)

if TYPE_CHECKING:
    import pandas as pd

SEED = 20170307
DRAWS = 2000
CHUNK = 250
CELLS = 1 << 21
UNDEFINED = 0.05

T = TypeVar("T")
Statistic: TypeAlias = "Callable[[pd.DataFrame], float] | OfSums"
Method: TypeAlias = Literal["expanded", "percentile"]


class Executor(Protocol):
    """What is needed of an executor: an ordered `map`."""

    def map(self, fn: Callable[..., T], *iterables: Iterable[Any]) -> Iterable[T]:
        """The results of `fn`, in the order of the iterables."""
        ...


def bootstrap(
    statistic: Statistic,
    table: pd.DataFrame,
    *,
    by: By,
    level: float = 0.95,
    draws: int = DRAWS,
    seed: int = SEED,
    method: Method = "expanded",
    executor: Executor | None = None,
) -> Interval:
    """The statistic of `table`, with its interval when whole units are drawn anew.

    `by` says what is drawn whole: the rows that share a label in a column (`"person"`,
    `"document"`, or an id to draw single rows), or `Blocks()` of neighbouring rows; or either
    `Within` the labels of another column, so that each keeps its number of units.

    `statistic` is a `Ratio`, a `Difference` or any other function of sums, which is quick, or any
    function of a table. Such a function sees a table of the drawn rows in which somebody drawn
    twice bears two labels in the column `by`, and so counts as two.

    `method` "percentile" is the percentile interval (Efron and Tibshirani 1993, chapter 13). It is
    too narrow where units are few. "expanded" takes quantiles further out, which make up for n
    instead of n - 1 and for the normal instead of Student's distribution (Hesterberg 2015): with n
    units, those at the normal probability of -sqrt(n / (n - 1)) t. Within labels n is the smallest
    of their numbers of units, and n rows in blocks of b count as n / b. Both stay among the values
    drawn. An interval of no width says that no unit differs, not that a value is sure.

    Draws come in chunks, each with its own generator spawned from `seed`: where they run does not
    change them. Raises TooFewError for fewer than five units or twenty rows in blocks, for a
    statistic without a value, and where over a twentieth of the draws have none; ValueError for
    columns that are not there or have gaps, and for levels, draws or methods that make no sense.
    """
    check_level(level)
    chosen = pools(table, by)
    if isinstance(statistic, OfSums):
        columns = statistic.columns(table)
        whole = float(statistic.finish(columns.sum(axis=0)))
        work = partial(_from_sums, [p.sums(columns) for p in chosen], chosen, statistic.finish)
    else:
        whole = float(statistic(table))
        work = partial(_from_rows, table, chosen, statistic)
    values = _drawn(work, chosen, draws, seed, executor)
    return _interval(whole, values, chosen, level, method)


def over_people(
    numerators: ArrayLike,
    denominators: ArrayLike,
    people: Sequence[object],
    *,
    weight: Literal["unit", "person"] = "unit",
    level: float = 0.95,
    draws: int = DRAWS,
    seed: int = SEED,
    method: Method = "expanded",
) -> Interval:
    """The ratio of sums, with its interval when whole persons are drawn anew.

    One numerator, denominator and person a unit (a comment, a sentence). What is drawn is a
    person, with all units of that person: the cluster bootstrap (Field and Welsh 2007). With
    `weight` "person" it is the mean of the persons' own ratios, so that all weigh the same; else
    units count as they are, and a person weighs by what that person wrote. The interval is that
    of `bootstrap`. Raises TooFewError for fewer than five persons.
    """
    names = [str(person) for person in people]
    table = _frame(numerators, denominators, person=names)
    if (size := len(set(names))) < FEWEST_PEOPLE:
        raise TooFewError(f"{size} people are too few to draw from.", "Five are the least.")
    ratio = Ratio("numerator", "denominator", "person" if weight == "person" else None)
    value_of(ratio, table)
    found = bootstrap(ratio, table, by="person", level=level, draws=draws, seed=seed, method=method)
    return replace(found, method=found.method.replace("by person", "over people"))


def along_text(
    numerators: ArrayLike,
    denominators: ArrayLike,
    *,
    block: int | None = None,
    level: float = 0.95,
    draws: int = DRAWS,
    seed: int = SEED,
    method: Method = "expanded",
) -> Interval:
    """The ratio of sums, with its interval when blocks of neighbouring sentences are drawn anew.

    One numerator and denominator a sentence, in text order. What is drawn is a block of `block`
    sentences (by default as `Blocks` has it), which begins anywhere and runs on from the last
    sentence to the first: the circular block bootstrap (Politis and Romano 1992). It says how the
    figure wavers along the text. The interval is that of `bootstrap`. Raises TooFewError for fewer
    than 20 sentences, and ValueError for a block that is longer than the text.
    """
    table = _frame(numerators, denominators)
    ratio, blocks = Ratio("numerator", "denominator"), Blocks(block, "sentences")
    if len(table) >= FEWEST_SENTENCES:
        value_of(ratio, table)
    return bootstrap(ratio, table, by=blocks, level=level, draws=draws, seed=seed, method=method)


def ratio_interval(
    numerators: ArrayLike, denominators: ArrayLike, people: list[str], *, one_author: bool
) -> Interval | None:
    """The interval of a ratio of sums over sentences; none where there is too little for one.

    Along the text for a voice of one author, over people for others.
    """
    try:
        if one_author:
            return along_text(numerators, denominators)
        return over_people(numerators, denominators, people)
    except TooFewError:
        return None


def chunk_seeds(draws: int, picks: int, seed: int) -> tuple[list[int], list[SeedSequence]]:
    """How many draws each chunk makes, and its seed. Raises ValueError for no draws.

    A chunk's size depends on the number of units in a draw alone, and so bounds memory without
    making the draws depend on where they run.
    """
    if draws < 1:
        raise ValueError(f"{draws} draws")
    size = max(1, min(CHUNK, CELLS // picks))
    sizes = [min(size, draws - begin) for begin in range(0, draws, size)]
    return sizes, SeedSequence(seed).spawn(len(sizes))


def _drawn(
    work: Callable[[int, SeedSequence], Floats],
    chosen: tuple[Pool, ...],
    draws: int,
    seed: int,
    executor: Executor | None,
) -> Floats:
    """The value of each draw, in order."""
    sizes, seeds = chunk_seeds(draws, sum(pool.picks for pool in chosen), seed)
    run = map if executor is None else executor.map
    return np.concatenate(list(run(work, sizes, seeds)))


def _choices(chosen: tuple[Pool, ...], size: int, seed: SeedSequence) -> list[Ints]:
    """For each pool which units are drawn, a row a draw."""
    generator = np.random.default_rng(seed)
    return [generator.integers(len(pool.starts), size=(size, pool.picks)) for pool in chosen]


def _from_sums(
    sums: list[Floats],
    chosen: tuple[Pool, ...],
    finish: Callable[[Floats], Floats],
    size: int,
    seed: SeedSequence,
) -> Floats:
    """The statistics of so many draws, from the sums of units."""
    total = np.zeros((size, sums[0].shape[1]))
    for units, drawn in zip(sums, _choices(chosen, size, seed), strict=True):
        # One column at a time, to hold draws x units in memory and not that times columns.
        for column in range(total.shape[1]):
            total[:, column] += units[:, column][drawn].sum(axis=1)
    return finish(total)


def _from_rows(
    table: pd.DataFrame,
    chosen: tuple[Pool, ...],
    statistic: Callable[[pd.DataFrame], float],
    size: int,
    seed: SeedSequence,
) -> Floats:
    """The statistics of so many draws, each from a table of the drawn rows."""
    draws = zip(*_choices(chosen, size, seed), strict=True)
    # Rows of Python strings are taken several times as fast as those of Arrow's.
    plain = table.astype(dict.fromkeys(table.select_dtypes("str"), object))
    return np.fromiter((or_nan(statistic, _table(plain, chosen, d)) for d in draws), float, size)


def _table(table: pd.DataFrame, chosen: tuple[Pool, ...], drawn: tuple[Ints, ...]) -> pd.DataFrame:
    """The drawn rows; a unit that was drawn twice bears a new label each time."""
    rows = list(starmap(Pool.rows, zip(chosen, drawn, strict=True)))
    found = table.take(np.concatenate(rows)).reset_index(drop=True)
    begin, names = 0, 0
    for pool, units, part in zip(chosen, drawn, rows, strict=True):
        if pool.column is not None:
            labels = found[pool.column].to_numpy(dtype=object, copy=True)
            labels[begin : begin + len(part)] = names + pool.copies(units)
            found[pool.column] = labels
        begin, names = begin + len(part), names + len(units)
    return found


def or_nan(statistic: Callable[[pd.DataFrame], float], table: pd.DataFrame) -> float:
    """The statistic, or not a number where it divides by nothing or has too little to go by."""
    try:
        return float(statistic(table))
    except (TooFewError, ZeroDivisionError):
        return np.nan


def _interval(
    whole: float, values: Floats, chosen: tuple[Pool, ...], level: float, method: Method
) -> Interval:
    if not np.isfinite(whole):
        raise TooFewError("the statistic of the whole table has no value.")
    defined = values[np.isfinite(values)]
    undefined = len(values) - len(defined)
    if undefined > UNDEFINED * len(values):
        raise TooFewError(f"in {undefined} of {len(values)} draws the statistic has no value.")
    tail = tail_share(level, min(pool.worth for pool in chosen), method)
    low, high = np.quantile(defined, [tail, 1 - tail])
    how = "; ".join(dict.fromkeys(pool.method for pool in chosen))
    how += "" if method == "expanded" else f" ({method})"
    units = sum(len(pool.starts) for pool in chosen)
    return Interval(whole, float(low), float(high), level, how, units, len(values), undefined)


def tail_share(level: float, units: float, method: Method) -> float:
    """The share of draws to leave out on each side."""
    if method == "percentile":
        return (1 - level) / 2
    if method != "expanded":
        raise ValueError(f"no method {method!r}; there are: expanded, percentile")
    if units <= 1:
        raise TooFewError("the rows make no more than one block.", "Take shorter blocks.")
    from scipy.special import ndtr, stdtrit

    quantile = sqrt(units / (units - 1)) * stdtrit(units - 1, (1 - level) / 2)
    return float(ndtr(quantile))


def _frame(numerators: ArrayLike, denominators: ArrayLike, **labels: list[str]) -> pd.DataFrame:
    """The columns side by side. Raises ValueError where they differ in length."""
    import pandas as pd

    above, below = np.asarray(numerators, float), np.asarray(denominators, float)
    sizes = {len(above), len(below), *map(len, labels.values())}
    if len(sizes) > 1:
        raise ValueError(f"columns of {', '.join(map(str, sorted(sizes)))} values")
    return pd.DataFrame({"numerator": above, "denominator": below, **labels})
