"""Which topics come back when a fifth of the units is left out, and how many to ask for.

In the manner of Greene, O'Callaghan and Cunningham (2014): a model of all units is the reference;
models of random 80 % of the units, each by a seed of its own, are held against it, topic by topic.
What they call agreement is here the Jaccard index of the ten top terms, with rank-biased overlap
beside it; and because short lists over few terms agree by chance, the same is done to shuffled
words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from manyvoices.models.topics.fitting import Recipe, converged_or_not, top_terms
from manyvoices.models.topics.matching import FOUND, jaccard, match, rank_biased_overlap
from manyvoices.models.topics.model import FEWEST_TERMS, TOP, TopicModel, check_enough
from manyvoices.models.topics.terms import Ints, Terms
from manyvoices.uncertainty import Executor

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Tops: TypeAlias = Sequence[NDArray[np.intp]]

SHARE = 0.8
RUNS = 20
MORE = 80
STABLE = 0.8
KS = range(2, 11)


@dataclass(frozen=True, eq=False)
class Comparison:
    """A fit held against the reference: for each topic its likeness to its partner.

    `held` has a row a topic: whether the partner's ten top terms hold each of its own.
    """

    jaccard: NDArray[np.float64]
    overlap: NDArray[np.float64]
    held: NDArray[np.bool_]


Compared: TypeAlias = "dict[int, Comparison]"


@dataclass(frozen=True, eq=False)
class Stability:
    """What came of all runs.

    `by_k` has a row for each number of topics. Columns: jaccard (mean over topics and runs),
    overlap (rank-biased, the same pairs), null_jaccard, null_overlap (for shuffled words), excess
    (jaccard less null_jaccard), error (its Monte Carlo standard error), found and null_found (share
    of topics met again, which is a Jaccard of at least .5, over runs), stable (topics met again in
    at least 80 % of the runs).

    `k` is the number chosen. What was largest by chance was chosen too often, so `chosen` has the
    same columns for it from `runs`, in number `len(runs)`, which had no part in the choice.
    """

    by_k: pd.DataFrame
    k: int
    chosen: dict[str, float]
    runs: list[Comparison]

    def topics(self) -> pd.DataFrame:
        """One row per topic of the model with `k` topics, numbered from 1.

        Columns: jaccard, overlap (means over `runs`), found (share of them that met it again),
        stable.
        """
        likeness = np.array([run.jaccard for run in self.runs])
        found = (likeness >= FOUND).mean(axis=0)
        return pd.DataFrame(
            {
                "jaccard": likeness.mean(axis=0),
                "overlap": np.mean([run.overlap for run in self.runs], axis=0),
                "found": found,
                "stable": found >= STABLE,
            },
            index=pd.RangeIndex(1, self.k + 1, name="topic"),
        )

    def held(self) -> NDArray[np.float64]:
        """For each topic and top term the share of `runs` whose partner topic holds the term."""
        held: NDArray[np.float64] = np.mean([run.held for run in self.runs], axis=0)
        return held


def stability(
    model: TopicModel,
    terms: Terms,
    *,
    ks: Iterable[int] = KS,
    runs: int = RUNS,
    more: int = MORE,
    executor: Executor | None = None,
) -> Stability:
    """How far models of 80 % of the units agree with those of all, for each number of topics.

    So many `runs` are made of the texts, and as many of shuffled words, each from its own
    shuffle: all occurrences of terms are dealt out anew, so that each unit keeps its number of
    terms and each term its number of occurrences, and no two terms belong together. All numbers
    of topics see the same subsets and shuffles. For the number that `choose_k` then takes there
    are `more` runs. `model` says all but k. Numbers of topics that would need more top terms than
    there are, ten a topic, are left out.

    Raises TooFewError for fewer than 20 units with terms or 20 terms.
    """
    from sklearn.base import clone

    check_enough(terms)
    numbers = [k for k in ks if k * TOP <= max(len(terms.names), FEWEST_TERMS)]
    with converged_or_not():
        fitted = {k: clone(model).set_params(k=k).fit(terms) for k in numbers}
    references = {k: top_terms(one.components_, TOP) for k, one in fitted.items()}
    counts = terms.counts[terms.filled]
    run = map if executor is None else executor.map
    part = partial(_runs, run, counts, model.recipe, seed=model.random_state)
    texts, null = part(references, range(runs))
    rows = {k: _row([one[k] for one in texts], [one[k] for one in null]) for k in numbers}
    by_k = pd.DataFrame.from_dict(rows, orient="index").rename_axis("k")
    k = choose_k(by_k)
    texts, null = part({k: references[k]}, range(runs, runs + more))
    again = [one[k] for one in texts]
    return Stability(by_k, k, _row(again, [one[k] for one in null]), again)


def choose_k(by_k: pd.DataFrame) -> int:
    """The number of topics to ask for.

    It is the smallest whose excess over shuffled words lies within a standard error of the
    largest excess: of numbers that the runs cannot tell apart, the simplest (the rule of one
    standard error, Breiman, Friedman, Olshen and Stone 1984).
    """
    excess, error = by_k["excess"].to_numpy(), by_k["error"].to_numpy()
    best = excess.argmax()
    return int(by_k.index[excess >= excess[best] - error[best]].min())


def _runs(
    run: Callable[..., Iterable[Compared]],
    counts: csr_matrix,
    recipe: Recipe,
    references: Mapping[int, Tops],
    numbers: range,
    seed: int,
) -> tuple[list[Compared], list[Compared]]:
    """The runs of these numbers: of the texts, and of shuffled words."""
    works = (partial(work, counts, recipe, references, seed) for work in (_texts, _shuffle))
    texts, null = (list(run(work, numbers)) for work in works)
    return texts, null


def _texts(
    counts: csr_matrix, recipe: Recipe, references: Mapping[int, Tops], seed: int, number: int
) -> Compared:
    """Models of a subset of the texts, held against the references."""
    generator = np.random.default_rng([seed, number, 0])
    return _compared(references, _tops(_subset(counts, generator), recipe, references, number))


def _shuffle(
    counts: csr_matrix, recipe: Recipe, references: Mapping[int, Tops], seed: int, number: int
) -> Compared:
    """Models of a subset of shuffled words, held against models of all of these."""
    generator = np.random.default_rng([seed, number, 1])
    shuffled = _shuffled(counts, generator)
    whole = _tops(shuffled, recipe, references, seed)
    return _compared(whole, _tops(_subset(shuffled, generator), recipe, references, number))


def _subset(counts: csr_matrix, generator: np.random.Generator) -> csr_matrix:
    size = counts.shape[0]
    rows: Ints = generator.choice(size, round(SHARE * size), replace=False)
    return counts[np.sort(rows)]


def _shuffled(counts: csr_matrix, generator: np.random.Generator) -> csr_matrix:
    """The counts when the occurrences of terms are dealt out anew."""
    from scipy.sparse import csr_matrix

    cells = counts.tocoo()
    often = cells.data.astype(np.int64)
    rows, columns = np.repeat(cells.row, often), np.repeat(cells.col, often)
    ones = np.ones(len(rows), np.float32)
    return csr_matrix((ones, (rows, generator.permutation(columns))), shape=counts.shape)


def _tops(counts: csr_matrix, recipe: Recipe, ks: Iterable[int], seed: int) -> dict[int, Tops]:
    """The top terms of a model of these counts for each number of topics."""
    from sklearn import config_context

    # The matrices are small, and checking them would take a good part of the time.
    checks = config_context(assume_finite=True, skip_parameter_validation=True)
    with checks, converged_or_not():
        weighted: Any = recipe.weigh(counts)[0]
        return {k: top_terms(recipe.fit(weighted, k, seed)[1], TOP) for k in ks}


def _compared(references: Mapping[int, Tops], fits: Mapping[int, Tops]) -> Compared:
    return {k: compare(reference, fits[k]) for k, reference in references.items()}


def compare(reference: Tops, other: Tops) -> Comparison:
    """Each topic of the reference and its partner, paired by the Jaccard index of top terms."""
    likeness = jaccard([top.tolist() for top in reference], [top.tolist() for top in other])
    partners = match(likeness)
    pairs = [(top, other[partner]) for top, partner in zip(reference, partners, strict=True)]
    held = np.zeros((len(pairs), TOP), bool)
    for row, (top, partner) in enumerate(pairs):
        held[row, : len(top)] = np.isin(top, partner)
    overlap = [rank_biased_overlap(top.tolist(), partner.tolist()) for top, partner in pairs]
    return Comparison(likeness[np.arange(len(pairs)), partners], np.array(overlap), held)


def _row(texts: list[Comparison], null: list[Comparison]) -> dict[str, float]:
    likeness, by_chance = (np.array([run.jaccard for run in runs]) for runs in (texts, null))
    variance = sum(runs.mean(axis=1).var(ddof=1) / len(runs) for runs in (likeness, by_chance))
    met = likeness >= FOUND
    return {
        "jaccard": likeness.mean(),
        "overlap": float(np.mean([run.overlap for run in texts])),
        "null_jaccard": by_chance.mean(),
        "null_overlap": float(np.mean([run.overlap for run in null])),
        "excess": likeness.mean() - by_chance.mean(),
        "error": float(np.sqrt(variance)),
        "found": met.mean(),
        "null_found": (by_chance >= FOUND).mean(),
        "stable": int((met.mean(axis=0) >= STABLE).sum()),
    }
