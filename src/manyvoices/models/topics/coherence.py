"""Whether the top terms of a topic stand near each other in the texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from manyvoices.models.topics.terms import Terms

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]
EPSILON = 1e-12
NPMI_WINDOW = 20
CV_WINDOW = 110


def npmi(
    terms: Terms, topics: Sequence[Sequence[str]], window: int | None = NPMI_WINDOW
) -> list[float]:
    """For each list of terms the mean, over its pairs, of their normalised mutual information.

    Of a pair it is ln(p(x, y) / (p(x) p(y))) / -ln p(x, y): -1 for terms that never meet, 0 for
    independent ones, 1 for terms that stand only together (Bouma 2009), taken over the pairs of a
    topic as Lau, Newman and Baldwin (2014) do. Probabilities are shares of boolean sliding windows
    of `window` words, stop words among them, that lie within a unit (a shorter unit is one
    window), or of whole units where `window` is None; 1e-12 is added to p(x, y) as Röder, Both and
    Hinneburg (2015) do. They counted in a large collection; counted in the texts that the topics
    were fitted to, it says how dense the topics are there, and favours rare terms. Not a number
    for fewer than two terms. Raises ValueError for a term that is not among `terms`.
    """
    return [_mean_of_pairs(pairwise(terms, topic, window)) for topic in topics]


def c_v(terms: Terms, topics: Sequence[Sequence[str]], window: int = CV_WINDOW) -> list[float]:
    """For each list of terms the C_v of Röder, Both and Hinneburg (2015); for comparison only.

    Each term has a vector of its NPMI with every term of the list, itself among them, in boolean
    sliding windows of 110 words; C_v is the mean cosine of a term's vector with the sum of all.
    Published values are counted in Wikipedia, and are no standard for values counted in a small
    corpus. Not a number for an empty list. Raises ValueError for a term that is not among `terms`.
    """
    return [_mean_cosine(pairwise(terms, topic, window)) for topic in topics]


def pairwise(terms: Terms, topic: Sequence[str], window: int | None) -> Floats:
    """The NPMI of each term of a list with each, itself included.

    Raises ValueError for a term that is not among `terms`.
    """
    counts, total = cooccurrences(terms, topic, window)
    joint = counts / total
    alone = np.diag(joint)
    near = joint + EPSILON
    ratio = np.log(near / np.maximum(np.outer(alone, alone), EPSILON**2))
    values: Floats = ratio / -np.log(near)
    return values


def cooccurrences(terms: Terms, topic: Sequence[str], window: int | None) -> tuple[Floats, int]:
    """In how many windows each two of the terms stand, and how many windows there are."""
    place = {name: i for i, name in enumerate(terms.names)}
    if missing := [name for name in topic if name not in place]:
        raise ValueError(f"{missing[0]!r} is not among the terms")
    rows, total = _windows(terms.only(topic), window)
    together = (rows.T @ rows).toarray()
    return np.asarray(together, float), total


def _windows(terms: Terms, window: int | None) -> tuple[csr_matrix, int]:
    """Which term (column) stands in which window (row), and how many windows there are."""
    from scipy.sparse import csr_matrix

    lengths = terms.units["words"].to_numpy()
    size = int(lengths.max(initial=1)) if window is None else window
    per_unit = np.maximum(lengths - size, 0) + 1
    first = np.cumsum(per_unit) - per_unit
    begin = np.maximum(terms.position - size + 1, 0)
    end = np.minimum(terms.position, per_unit[terms.unit] - 1)
    often = end - begin + 1
    offset = np.arange(often.sum()) - np.repeat(np.cumsum(often) - often, often)
    row = np.repeat(first[terms.unit] + begin, often) + offset
    shape = (int(per_unit.sum()), len(terms.names))
    cells = csr_matrix((np.ones(len(row)), (row, np.repeat(terms.term, often))), shape=shape)
    cells.sum_duplicates()
    cells.data[:] = 1
    return cells, shape[0]


def _mean_of_pairs(values: Floats) -> float:
    pairs = values[np.triu_indices(len(values), 1)]
    return float(pairs.mean()) if len(pairs) else float("nan")


def _mean_cosine(vectors: Floats) -> float:
    if not len(vectors):
        return float("nan")
    total = vectors.sum(axis=0)
    lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(total)
    return float((vectors @ total / lengths).mean())
