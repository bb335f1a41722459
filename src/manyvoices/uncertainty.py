"""How far a figure wavers.

Nothing here was sampled at random. An interval over people says how a figure changes with the
people who happened to write; one along a text, how it changes with the stretch that one reads.
Every interval is a percentile interval (Efron and Tibshirani 1993, chapter 13) of seeded draws,
except Wilson's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from manyvoices.errors import TooFewError

SEED = 20170307
DRAWS = 2000
FEWEST_PEOPLE = 5
FEWEST_SENTENCES = 20
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """A value between `low` and `high`, and how these were found."""

    value: float
    low: float
    high: float
    level: float
    method: str
    units: int
    draws: int = 0


def wilson(hits: int, total: int, *, level: float = 0.95) -> Interval:
    """Wilson's score interval for `hits / total` (Wilson 1927), without continuity correction.

    It treats the `total` words as independent draws, which words of a text are not: read it as
    the narrowest that the interval could be. Raises TooFewError for a total of nothing, and
    ValueError for hits outside `0..total`.
    """
    if total == 0:
        raise TooFewError("there is nothing to take a share of.")
    if not 0 <= hits <= total:
        raise ValueError(f"{hits} hits of {total}")
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = hits / total
    centre = share + z * z / (2 * total)
    spread = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    low, high = ((centre + sign * spread) / (1 + z * z / total) for sign in (-1, 1))
    return Interval(share, max(0.0, low), min(1.0, high), level, "Wilson score", total)


def over_people(
    numerators: ArrayLike,
    denominators: ArrayLike,
    people: Sequence[object],
    *,
    level: float = 0.95,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Interval:
    """The ratio of sums, with its percentile interval when whole persons are drawn anew.

    One numerator, denominator and person a unit (a comment, a sentence). All units of a person
    are drawn together: the cluster bootstrap. Raises TooFewError for fewer than five persons.
    """
    codes = np.unique(np.asarray([str(person) for person in people]), return_inverse=True)[1]
    above, below = (_by_person(codes, x) for x in (numerators, denominators))
    size = len(above)
    if size < FEWEST_PEOPLE:
        raise TooFewError(f"{size} people are too few to draw from.", "Five are the least.")
    chosen = np.random.default_rng(seed).integers(size, size=(draws, size))
    value = _ratio(above, below)
    return _percentile(value, above, below, chosen, level, "bootstrap over people")


def along_text(
    numerators: ArrayLike,
    denominators: ArrayLike,
    *,
    block: int | None = None,
    level: float = 0.95,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Interval:
    """The ratio of sums, with its percentile interval when blocks of neighbours are drawn anew.

    One numerator and denominator a sentence, in text order. Blocks of `block` sentences (the cube
    root of their number, rounded, where none is given) begin anywhere and run on from the last
    sentence to the first: the circular block bootstrap (Politis and Romano 1992). It says how the
    figure wavers along the text. Raises TooFewError for fewer than 20 sentences, and ValueError
    for a block that is longer than the text.
    """
    above, below = (np.asarray(x, float) for x in (numerators, denominators))
    size = len(above)
    if size < FEWEST_SENTENCES:
        raise TooFewError(f"{size} sentences are too few to draw from.", "20 are the least.")
    block = round(size ** (1 / 3)) if block is None else block
    if not 1 <= block <= size:
        raise ValueError(f"blocks of {block} sentences of {size}")
    begins = np.random.default_rng(seed).integers(size, size=(draws, -(-size // block)))
    sums = _block_sums(above, block), _block_sums(below, block)
    method = f"bootstrap of blocks of {block} sentences"
    return _percentile(_ratio(above, below), *sums, begins, level, method)


def _by_person(codes: NDArray[np.intp], values: ArrayLike) -> Floats:
    return np.bincount(codes, weights=np.asarray(values, float)).astype(float)


def _ratio(numerators: Floats, denominators: Floats) -> float:
    if not denominators.sum() > 0:
        raise TooFewError("there is nothing to take a share of.")
    return float(numerators.sum() / denominators.sum())


def _block_sums(values: Floats, block: int) -> Floats:
    """The sum of the block that begins at each place, running on from the end to the start."""
    around = np.concatenate([np.zeros(1), values, values[: block - 1]])
    running = np.cumsum(around)
    return np.asarray(running[block:] - running[:-block])


def _percentile(
    value: float,
    numerators: Floats,
    denominators: Floats,
    chosen: NDArray[np.int64],
    level: float,
    method: str,
) -> Interval:
    """The interval of the ratio of sums over the chosen units, one row of `chosen` a draw."""
    below = denominators[chosen].sum(axis=1)
    ratios = numerators[chosen].sum(axis=1)[below > 0] / below[below > 0]
    low, high = np.quantile(ratios, [(1 - level) / 2, (1 + level) / 2])
    return Interval(
        float(value), float(low), float(high), level, method, len(numerators), len(chosen)
    )
