"""How alike two lists of terms are, and which topic of one fit is which of another."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
PERSISTENCE = 0.9
FOUND = 0.5


def jaccard(left: Sequence[Sequence[Hashable]], right: Sequence[Sequence[Hashable]]) -> Floats:
    """For each list on the left and each on the right: shared terms over all their terms.

    Two empty lists have nothing in common.
    """
    sets = [frozenset(one) for one in left], [frozenset(one) for one in right]
    shared = np.array([[len(a & b) for b in sets[1]] for a in sets[0]], float)
    sizes = [np.array([len(one) for one in side], float) for side in sets]
    either = sizes[0][:, None] + sizes[1][None, :] - shared
    return np.asarray(shared / np.maximum(either, 1))


def rank_biased_overlap(
    left: Sequence[Hashable], right: Sequence[Hashable], p: float = PERSISTENCE
) -> float:
    """How far two rankings agree, the top counting most: extrapolated rank-biased overlap.

    The point estimate of Webber, Moffat and Zobel (2010), their equation 32, which also serves
    lists of different length: it takes the agreement at the end of the shorter list to go on.
    With the `p` of 0.9 the ten first ranks hold 86 % of the weight. Two lists of which one is
    empty do not agree at all.
    """
    short, long = sorted((left, right), key=len)
    s, l = len(short), len(long)  # noqa: E741  # the letters of the paper
    if s == 0:
        return 0.0
    shared = _overlaps(short, long)
    ranks = np.arange(1, l + 1)
    within = shared / ranks * p**ranks
    beyond = shared[s - 1] * (ranks[s:] - s) / (s * ranks[s:]) * p ** ranks[s:]
    rest = ((shared[-1] - shared[s - 1]) / l + shared[s - 1] / s) * p**l
    return float((1 - p) / p * (within.sum() + beyond.sum()) + rest)


def match(similarity: Floats) -> NDArray[np.intp]:
    """For each row the column that is its partner, where the sum over pairs is largest.

    The assignment is found by scipy's form of the Hungarian algorithm (Kuhn 1955). Raises
    ValueError unless there are as many columns as rows.
    """
    from scipy.optimize import linear_sum_assignment

    if similarity.shape[0] != similarity.shape[1]:
        raise ValueError(
            f"{similarity.shape[0]} topics cannot be paired with {similarity.shape[1]}"
        )
    partners: NDArray[np.intp] = linear_sum_assignment(similarity, maximize=True)[1]
    return partners


def _overlaps(short: Sequence[Hashable], long: Sequence[Hashable]) -> Floats:
    """The size of the overlap of the first d of both, for each d up to the longer length."""
    place = {term: rank for rank, term in enumerate(short)}
    joined = np.zeros(len(long))
    for rank, term in enumerate(long):
        if term in place:
            joined[max(rank, place[term])] += 1
    return np.array(list(accumulate(joined)))
