"""How much more often two things meet than their frequencies alone would have it.

All measures are read off contingency tables of two by two, of which there may be many at once
(Evert 2008): the cells O11 (both), O12 (the first without the second), O21 (the second without
the first) and O22 (neither); the margins R1 = O11 + O12, C1 = O11 + O21; the total N. If the two
had nothing to do with each other, E11 = R1 C1 / N would be expected. What a table counts, tokens
in windows, neighbours or sentences, is for the caller to say.

No result is infinite. Where a formula has no finite value, where its frequencies are nothing, or
where a cell of the table that it needs is negative, the value is missing (NaN).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Contingency:
    """Tables of two by two: the four cells, as arrays of one shape."""

    o11: Floats
    o12: Floats
    o21: Floats
    o22: Floats

    @property
    def r1(self) -> Floats:
        """How often the first is there."""
        return self.o11 + self.o12

    @property
    def r2(self) -> Floats:
        """How often the first is not there."""
        return self.o21 + self.o22

    @property
    def c1(self) -> Floats:
        """How often the second is there."""
        return self.o11 + self.o21

    @property
    def c2(self) -> Floats:
        """How often the second is not there."""
        return self.o12 + self.o22

    @property
    def n(self) -> Floats:
        """All that was counted."""
        return self.o22 + self.o21 + self.o12 + self.o11

    @property
    def e11(self) -> Floats:
        """How often both would be there if they had nothing to do with each other: R1 C1 / N."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.r1 * self.c1 / self.n

    @property
    def sound(self) -> NDArray[np.bool_]:
        """Whether no cell is negative."""
        return (self.o11 >= 0) & (self.o12 >= 0) & (self.o21 >= 0) & (self.o22 >= 0)


def from_cells(o11: ArrayLike, o12: ArrayLike, o21: ArrayLike, o22: ArrayLike) -> Contingency:
    """The tables with these cells, in one shape."""
    cells = (np.asarray(cell, float) for cell in (o11, o12, o21, o22))
    return Contingency(*np.broadcast_arrays(*cells))


def from_margins(o11: ArrayLike, r1: ArrayLike, c1: ArrayLike, n: ArrayLike) -> Contingency:
    """The tables in which both meet `o11` times, the one is met `r1` and the other `c1` times.

    `n` is the total. A cell may come out negative where the counts are of different things, as
    those of wide windows are; measures that need the cell are then missing.
    """
    both, first, second, total = (np.asarray(given, float) for given in (o11, r1, c1, n))
    o12, o21 = first - both, second - both
    return from_cells(both, o12, o21, total - both - o12 - o21)


def log_likelihood(
    table: Contingency, cells: Literal["four cells", "two cells"] = "four cells"
) -> Floats:
    """G², the log-likelihood ratio: 2 × the sum of O ln(O / E); a cell of nothing adds nothing.

    Over four cells it is that of Dunning (1993) and Evert (2005), the plain one for collocation.
    Over two, O11 and O21, it is that of Rayson and Garside (2000), known for keywords: how often
    a word is met in two corpora of R1 and R2 words, without the words that it is not. Both are
    never negative, whichever way the two lean. Rounding may move a value by about N × 1e-16.
    """
    r1, r2, c1, c2, n = table.r1, table.r2, table.c1, table.c2, table.n
    total = _surprise(table.o11, r1, c1, n)
    if cells == "four cells":
        total = total + _surprise(table.o12, r1, c2, n)
    total = total + _surprise(table.o21, r2, c1, n)
    if cells == "four cells":
        total = total + _surprise(table.o22, r2, c2, n)
    return _finite(np.where(table.sound & (n > 0), np.maximum(2 * total, 0), np.nan))


def _surprise(observed: Floats, row: Floats, column: Floats, n: Floats) -> Floats:
    """O ln(O / E), which is nothing where O is."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(observed > 0, observed * np.log(observed / (row * column / n)), 0.0)


def p_value(g2: ArrayLike) -> Floats:
    """How often chance alone would give so large a G² or a larger one: chi-square, one degree.

    It takes what is counted as independent draws, which words of a text are not (Kilgarriff
    2005); read small values as "worth a look", not as a proof. Missing where G² is.
    """
    from scipy.special import erfc

    return np.asarray(erfc(np.sqrt(np.asarray(g2, float) / 2)), float)


def mutual_information(table: Contingency) -> Floats:
    """MI, the pointwise mutual information: log2(O11 / E11) (Church and Hanks 1990).

    It is high for rare words that meet once. Missing where the two never meet.
    """
    return _log2_of(table.o11, table.e11)


def mutual_information_3(table: Contingency) -> Floats:
    """MI3: log2(O11³ / E11), which leans less to rare words than MI (Daille 1994).

    Missing where the two never meet.
    """
    return _log2_of(table.o11**3, table.e11)


def t_score(table: Contingency) -> Floats:
    """The t-score: (O11 - E11) / √O11 (Church et al. 1991). Missing where the two never meet."""
    return _ratio(table.o11 - table.e11, np.sqrt(np.maximum(table.o11, 0)))


def z_score(table: Contingency) -> Floats:
    """The z-score: (O11 - E11) / √E11, without a correction for continuity (Dennis 1965).

    It is high for rare words. Missing where nothing is expected.
    """
    with np.errstate(invalid="ignore"):
        return _ratio(table.o11 - table.e11, np.sqrt(table.e11))


def dice(table: Contingency) -> Floats:
    """The Dice coefficient: 2 O11 / (R1 + C1); 1 where neither is met without the other."""
    return _ratio(2 * table.o11, table.r1 + table.c1)


def log_dice(table: Contingency) -> Floats:
    """logDice: 14 + log2 of the Dice coefficient (Rychlý 2008).

    At most 14 where R1 and C1 are frequencies of which O11 is a part; one less means half as
    often. N does not matter. Missing where the two never meet.
    """
    return 14 + _log2_of(2 * table.o11, table.r1 + table.c1)


def delta_p(table: Contingency, towards: Literal["second", "first"] = "second") -> Floats:
    """ΔP: how much likelier the one is with the other than without (Ellis 2006; Gries 2013).

    Towards the second: O11 / R1 - O21 / R2, how well the first foretells the second; towards the
    first: O11 / C1 - O12 / C2. From -1 to 1. Missing where one of these is met always or never.
    """
    if towards == "second":
        return _if_sound(table, _ratio(table.o11, table.r1) - _ratio(table.o21, table.r2))
    return _if_sound(table, _ratio(table.o11, table.c1) - _ratio(table.o12, table.c2))


def log_ratio(table: Contingency, smoothing: Literal["zeros", "all"] = "zeros") -> Floats:
    """The log ratio: log2 of O11 / R1 over O21 / R2 (Hardie 2014). Each step is a doubling.

    Smoothing of `zeros`, as Hardie has it: a frequency of nothing, and no other, counts as one
    half. Smoothing of `all`: one half is added to both frequencies and to both totals (Walter
    1975), which draws small counts towards no difference. Missing where a total is nothing.
    """
    one, other, r1, r2 = _smoothed(table, smoothing)
    met = (table.r1 > 0) & (table.r2 > 0) & (table.c1 > 0)
    return _if_sound(table, np.where(met, _log2_of(one, r1) - _log2_of(other, r2), np.nan))


def log_ratio_interval(
    table: Contingency, smoothing: Literal["zeros", "all"] = "zeros", *, level: float = 0.95
) -> tuple[Floats, Floats]:
    """The ends of the interval of the log ratio: so many standard errors to either side.

    The standard error is that of the logarithm of a ratio of shares: the root of 1/O11 - 1/R1 +
    1/O21 - 1/R2 (Katz et al. 1978), with the smoothed counts. It takes what is counted as
    independent draws, which words of a text are not: the narrowest that the interval could be.
    Raises ValueError for a level outside 0 to 1.
    """
    if not 0 < level < 1:
        raise ValueError("a level lies between 0 and 1")
    one, other, r1, r2 = _smoothed(table, smoothing)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(np.maximum(1 / one - 1 / r1 + 1 / other - 1 / r2, 0)) / np.log(2)
    value, wide = log_ratio(table, smoothing), NormalDist().inv_cdf((1 + level) / 2)
    return _finite(value - wide * error), _finite(value + wide * error)


def _smoothed(
    table: Contingency, smoothing: Literal["zeros", "all"]
) -> tuple[Floats, Floats, Floats, Floats]:
    """The two frequencies and the two totals that the log ratio is taken of."""
    both, other = table.o11, table.o21
    if smoothing == "all":
        return both + HALF, other + HALF, table.r1 + HALF, table.r2 + HALF
    return (
        np.where(both == 0, HALF, both),
        np.where(other == 0, HALF, other),
        table.r1,
        table.r2,
    )


def _log2_of(one: Floats, other: Floats) -> Floats:
    return _finite(np.log2(np.where((one > 0) & (other > 0), _ratio(one, other), np.nan)))


def _ratio(one: Floats, other: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return _finite(one / other)


def _finite(values: Floats) -> Floats:
    return np.where(np.isfinite(values), values, np.nan)


def _if_sound(table: Contingency, values: Floats) -> Floats:
    return np.where(table.sound, values, np.nan)


MEASURES: dict[str, Callable[[Contingency], Floats]] = {
    "mi": mutual_information,
    "mi3": mutual_information_3,
    "t": t_score,
    "z": z_score,
    "g2": log_likelihood,
    "dice": dice,
    "log_dice": log_dice,
    "delta_p": delta_p,
    "delta_p_back": lambda table: delta_p(table, "first"),
    "log_ratio": log_ratio,
}
"""The measures by the names of their columns."""
