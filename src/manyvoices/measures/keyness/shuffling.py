"""How far log ratios waver over parts, and how often shuffled parts do as much."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from manyvoices.measures.association import Floats, log_ratio
from manyvoices.measures.keyness.comparing import Comparison, Flags
from manyvoices.uncertainty import DRAWS, SEED, tail_share

FEWEST_PARTS = 5
CELLS = 1 << 20
DRAWS_AT_ONCE = 100
NEAR = 1e-12
EXACT = 1 << 22
"""Counts below this stay exact in short floats, even those of drawn texts."""

Weights = NDArray[np.float32]


def log_ratio_bounds(
    one: Comparison, *, level: float = 0.95, draws: int = DRAWS, seed: int = SEED
) -> tuple[Floats, Floats]:
    """The ends of an interval of every log ratio, when whole parts are drawn anew.

    On either side as many parts as there are, with replacement; a list of frequencies stays as it
    is. A frequency of nothing counts as one half, in draws as everywhere. The quantiles are those
    of `manyvoices.uncertainty.bootstrap`. Missing where a side has fewer than five parts.
    """
    sides = [side for side in (one.in_target, ~one.in_target) if side.any()]
    fewest = min(int(side.sum()) for side in sides)
    ends = np.full((2, len(one.counts)), np.nan)
    if fewest >= FEWEST_PARTS:
        generator = np.random.default_rng(seed)
        weights = reduce(np.add, (_drawn(side, draws, generator) for side in sides))
        tail = tail_share(level, fewest, "expanded")
        for rows, ratios in _ratios(one, weights * one.in_target[:, None], weights):
            ends[:, rows] = np.quantile(ratios, [tail, 1 - tail], axis=1)
    return ends[0], ends[1]


def permutation_p(one: Comparison, *, draws: int = DRAWS - 1, seed: int = SEED) -> Floats:
    """The two-sided p of every log ratio, when parts are dealt out anew to the two sides.

    Each side keeps its number of parts, not of words. As in
    `manyvoices.uncertainty.permutation`, p is (b + 1) / (draws + 1) of the smaller side, doubled,
    and at most 1. It assumes that a part could as well have stood on the other side. Missing
    where the reference is a list, or a side has fewer than five parts.
    """
    p = np.full(len(one.counts), np.nan)
    if min(int(one.in_target.sum()), int((~one.in_target).sum())) < FEWEST_PARTS:
        return p
    dealt = _dealt(one.in_target, draws, np.random.default_rng(seed))
    values = log_ratio(one.table)[:, None]
    for rows, ratios in _ratios(one, dealt, np.ones_like(dealt)):
        near = NEAR * np.maximum(1, np.abs(values[rows]))
        above = (ratios >= values[rows] - near).sum(axis=1)
        below = (ratios <= values[rows] + near).sum(axis=1)
        p[rows] = np.minimum(2 * (np.minimum(above, below) + 1) / (draws + 1), 1)
    return p


def _drawn(side: Flags, draws: int, generator: np.random.Generator) -> Weights:
    """How often each part (row) of a side is in each draw (column)."""
    size = int(side.sum())
    weights = np.zeros((len(side), draws), np.float32)
    weights[side] = generator.multinomial(size, np.full(size, 1 / size), draws).T
    return weights


def _dealt(side: Flags, draws: int, generator: np.random.Generator) -> Weights:
    """Whether each part (row) is the target's in each shuffle (column)."""
    columns = np.tile(side[:, None].astype(np.float32), (1, draws))
    return generator.permuted(columns, axis=0)


def _ratios(one: Comparison, target: Weights, both: Weights) -> Iterator[tuple[slice, Floats]]:
    """The log ratios of blocks of types (rows) in each draw (columns).

    `target` says how often a part counts on the target's side in each draw, `both` how often on
    either.
    """
    exact = np.float32 if one.counts.totals.max(initial=0) < EXACT else np.float64
    matrix = one.counts.matrix().astype(exact)
    sizes = _sizes(one, target), _sizes(one, both)
    shift = np.log2(sizes[1] - sizes[0] + one.listed_words) - np.log2(sizes[0])
    block = max(1, CELLS // both.shape[1])
    for first in range(0, len(one.counts), block):
        rows = slice(first, first + block)
        met = np.asarray(matrix[rows] @ target, float)
        rest = matrix[rows] @ both - met + one.listed[rows, None]
        yield rows, np.log2(np.maximum(met, 0.5)) - np.log2(np.maximum(rest, 0.5)) + shift


def _sizes(one: Comparison, weights: Weights) -> Floats:
    """The words in each draw (column), a few draws at a time to spare memory."""
    words = one.counts.words.astype(float)
    starts = range(0, weights.shape[1], DRAWS_AT_ONCE)
    return np.concatenate([words @ weights[:, i : i + DRAWS_AT_ONCE] for i in starts])
