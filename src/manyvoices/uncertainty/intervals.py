"""What an interval is, and the two of a share that need no draws."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from manyvoices.errors import TooFewError


@dataclass(frozen=True, slots=True)
class Interval:
    """A value between `low` and `high`, and how these were found.

    `units` is how many units there were to draw from, `draws` how often that was done, and
    `undefined` in how many draws the statistic had no value; these are left out.
    """

    value: float
    low: float
    high: float
    level: float
    method: str
    units: int
    draws: int = 0
    undefined: int = 0


def wilson(hits: int, total: int, *, level: float = 0.95) -> Interval:
    """Wilson's score interval for `hits / total` (Wilson 1927), without continuity correction.

    It treats the `total` words as independent draws, which words of a text are not: read it as
    the narrowest that the interval could be. On average over shares its coverage is close to
    `level`, for some shares below it. Raises TooFewError for a total of nothing, and ValueError
    for hits outside `0..total` or a level outside 0 to 1.
    """
    check_share(hits, total, level)
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = hits / total
    centre = share + z * z / (2 * total)
    spread = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    low, high = ((centre + sign * spread) / (1 + z * z / total) for sign in (-1, 1))
    # Rounding must not keep none from being nothing, or all from being one.
    low, high = (0.0 if hits == 0 else max(0.0, low)), (1.0 if hits == total else min(1.0, high))
    return Interval(share, low, high, level, "Wilson score", total)


def exact(hits: int, total: int, *, level: float = 0.95) -> Interval:
    """The exact interval of Clopper and Pearson (1934) for `hits / total`.

    Its coverage is never below `level`, for whatever share, and mostly above; like `wilson` it
    takes the `total` as independent draws. Its ends are quantiles of beta distributions. Raises
    TooFewError for a total of nothing, and ValueError for hits outside `0..total` or a level
    outside 0 to 1.
    """
    from scipy.special import betaincinv

    check_share(hits, total, level)
    tail = (1 - level) / 2
    low = float(betaincinv(hits, total - hits + 1, tail)) if hits > 0 else 0.0
    high = float(betaincinv(hits + 1, total - hits, 1 - tail)) if hits < total else 1.0
    return Interval(hits / total, low, high, level, "Clopper–Pearson", total)


def check_share(hits: int, total: int, level: float) -> None:
    """Raises TooFewError for a total of nothing, ValueError for hits or a level out of bounds."""
    check_level(level)
    if total == 0:
        raise TooFewError("there is nothing to take a share of.")
    if not 0 <= hits <= total:
        raise ValueError(f"{hits} hits of {total}")


def check_level(level: float) -> None:
    """Raises ValueError for a level that is not between 0 and 1."""
    if not 0 < level < 1:
        raise ValueError(f"a level of {level}; it lies between 0 and 1")
