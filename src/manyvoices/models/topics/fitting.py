"""One factorisation: weights of topics in units, and of terms in topics."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Algorithm = Literal["nmf", "nmf-kl", "minibatch-nmf", "lda"]
Weighting = Literal["tf-idf", "counts"]
Init = Literal["nndsvda", "random"]
Matrix = NDArray[np.float32]

ITERATIONS: dict[Algorithm, int] = {"nmf": 1000, "nmf-kl": 1000, "minibatch-nmf": 1000, "lda": 50}
DENSE = 1 << 20
STARTS = 3


@dataclass(frozen=True, slots=True)
class Recipe:
    """How counts become topics, but for how many and by which seed."""

    algorithm: Algorithm
    weighting: Weighting
    init: Init
    tol: float
    max_iter: int | None

    def __post_init__(self) -> None:
        if self.algorithm not in ITERATIONS:
            known = ", ".join(ITERATIONS)
            raise ValueError(f"no algorithm {self.algorithm!r}; there are: {known}")
        if self.weighting not in ("tf-idf", "counts"):
            raise ValueError(f"no weighting {self.weighting!r}; there are: tf-idf, counts")
        if self.algorithm == "lda" and self.weighting != "counts":
            raise ValueError("lda models counts of words: weighting='counts'")

    def estimator(self, k: int, seed: int) -> Any:
        """The estimator of scikit-learn that fits `k` topics."""
        from sklearn.decomposition import NMF, LatentDirichletAllocation, MiniBatchNMF

        common: dict[str, Any] = {
            "n_components": k,
            "max_iter": self.max_iter or ITERATIONS[self.algorithm],
            "random_state": seed,
        }
        if self.algorithm == "lda":
            # Without evaluation it would go on for all iterations.
            return LatentDirichletAllocation(
                learning_method="batch", evaluate_every=5, perp_tol=0.1, **common
            )
        common |= {"init": self.init, "tol": self.tol}
        if self.algorithm == "minibatch-nmf":
            return MiniBatchNMF(**common)
        if self.algorithm == "nmf-kl":
            return NMF(solver="mu", beta_loss="kullback-leibler", **common)
        return NMF(solver="cd", **common)

    def weigh(self, counts: csr_matrix) -> tuple[Any, Any]:
        """The weighted counts, and what weighs other counts in the same way.

        Tf-idf is scikit-learn's: idf is 1 + ln((1 + n) / (1 + df)), and rows are then scaled to
        length one. A small matrix becomes dense, which changes nothing but the time it takes.
        """
        from sklearn.feature_extraction.text import TfidfTransformer

        weigher = TfidfTransformer() if self.weighting == "tf-idf" else _AsTheyAre()
        return _dense_if_small(weigher.fit_transform(counts)), weigher

    def fit(self, weighted: Any, k: int, seed: int) -> tuple[Matrix, Matrix, Any]:
        """Weights of topics in units and of terms in topics, and the fitted estimator.

        Where the start is random, the best of three is taken: by the bound on the likelihood
        (`lda`), or by the error that is left.
        """
        starts = STARTS if self.algorithm == "lda" or self.init == "random" else 1
        seeds = [seed, *np.random.SeedSequence(seed).generate_state(starts - 1).tolist()]
        fits = []
        for one in seeds:
            estimator = self.estimator(k, one)
            fits.append((estimator.fit_transform(weighted), estimator))
        weights, best = min(fits, key=lambda fit: self._left(fit[1], weighted))
        return weights, best.components_, best

    def transform(self, counts: csr_matrix, weigher: Any, estimator: Any) -> Matrix:
        """The weights of a fitted estimator's topics in other units."""
        weights: Matrix = estimator.transform(_dense_if_small(weigher.transform(counts)))
        return weights

    def _left(self, estimator: Any, weighted: Any) -> float:
        """What a fit leaves unexplained; of no use but to compare fits to the same counts."""
        if self.algorithm == "lda":
            return -float(estimator.score(weighted))
        return float(estimator.reconstruction_err_)


@contextmanager
def converged_or_not() -> Iterator[None]:
    """Inside, nothing is said of a fit that stops at its last iteration.

    It is for fits by the hundred that are only held against each other: one that did not settle
    agrees less, which is what is to be seen.
    """
    from sklearn.exceptions import ConvergenceWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        yield


def top_terms(components: Matrix, most: int = 10) -> list[NDArray[np.intp]]:
    """For each topic its terms of largest weight, the largest first, ties in order of the terms.

    A term without weight is in no list, so that a list may be shorter.
    """
    order = np.argsort(-components, axis=1, kind="stable")[:, :most]
    return [row[weights[row] > 0] for row, weights in zip(order, components, strict=True)]


class _AsTheyAre:
    """Counts left as counts."""

    def fit_transform(self, counts: csr_matrix) -> csr_matrix:
        return counts

    def transform(self, counts: csr_matrix) -> csr_matrix:
        return counts


def _dense_if_small(matrix: Any) -> Any:
    return matrix.toarray() if matrix.shape[0] * matrix.shape[1] <= DENSE else matrix
