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
    of_person = [np.bincount(codes, weights=np.asarray(x, float)) for x in (numerators, denominators)]
    if len(of_person[0]) < 5:
        raise TooFewError(
            f"{len(of_person[0])} people are too few to draw from.", "Five are the least."
        )
    chosen = np.random.default_rng(seed).integers(len(of_person[0]), size=(draws, len(of_person[0])))
    value = of_person[0].sum() / of_person[1].sum()
    return _percentile(value, *of_person, chosen, level, "bootstrap over people")


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
    figure wavers along the text. Raises TooFewError for fewer than 20 sentences.
    """
    values = [np.asarray(x, float) for x in (numerators, denominators)]
    size = len(values[0])
    if size < 20:
        raise TooFewError(f"{size} sentences are too few to draw from.", "20 are the least.")
    block = block or round(size ** (1 / 3))
    begins = np.random.default_rng(seed).integers(size, size=(draws, -(-size // block)))
    blocks = [_block_sums(x, block) for x in values]
    value = values[0].sum() / values[1].sum()
    method = f"bootstrap of blocks of {block} sentences"
    return _percentile(value, *blocks, begins, level, method)


def _block_sums(values: Floats, block: int) -> Floats:
    """The sum of the block that begins at each place, running on from the end to the start."""
    running = np.concatenate([[0.0], np.cumsum(np.concatenate([values, values[: block - 1]]))])
    return running[block:] - running[:-block]


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
