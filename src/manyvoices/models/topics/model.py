"""The topic model, in the manner of scikit-learn."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from manyvoices.corpus import Corpus
from manyvoices.errors import TooFewError
from manyvoices.models.topics.fitting import Algorithm, Init, Matrix, Recipe, Weighting, top_terms
from manyvoices.models.topics.terms import (
    StopWords,
    TermRules,
    Terms,
    count_terms,
    stop_words,
)
from manyvoices.store import Unit
from manyvoices.uncertainty import SEED

FEWEST_UNITS = 20
FEWEST_TERMS = 20
TOP = 10


class TopicModel(TransformerMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """Topics of a corpus: lists of terms that stand together, and how much of each unit is theirs.

    A topic is a pattern of words. That it has a subject, or is what anybody meant, is an
    interpretation; a model finds `k` patterns in any text, and in shuffled words too.

    After `fit` it has `terms_` (which terms stand where), `components_` (topics by terms) and
    `weights_` (units by topics), in single precision, which for 20,000 documents and 20 topics
    took 3.2 s where double took 5.6, with the same error. Topics are numbered from the one with
    most of the corpus's terms to the one with fewest.

    k
        The number of topics; `stability` says how many a corpus bears.
    algorithm
        `nmf`, non-negative matrix factorisation with least squared error (Lee and Seung 1999), by
        coordinate descent (Cichocki and Phan 2009); `nmf-kl`, with the generalised
        Kullback–Leibler divergence, by multiplicative updates (Lee and Seung 2001);
        `minibatch-nmf`, as `nmf`, for corpora too large to fit at once; `lda`, latent Dirichlet
        allocation (Blei, Ng and Jordan 2003) by batch variational Bayes. Online LDA is left out:
        it failed to find planted topics on some seeds.
    unit
        `passage` (an answer whole, other texts by the paragraph), `paragraph`, `sentence` or
        `document`.
    weighting
        `tf-idf`, with rows of length one, which keeps long units from outweighing short ones; or
        `counts`, which `lda` needs.
    stop_words
        `english`, a list of words, or None; the description's own are always left out.
    lemmas
        A language, such as `en`, to count lemmas. By default forms are counted, case apart, as
        conflation was found to help topics little (Schofield and Mimno 2016).
    ngrams
        Up to how many neighbouring terms make a term; 1.
    min_df
        In how many units a term must stand; 3, as a term of three units still stands in two or
        more after nine in ten draws of 80 % of them.
    init
        Where factorisation begins: `nndsvda`, at singular vectors (Boutsidis and Gallopoulos 2008),
        so that a seed changes next to nothing; or `random`, of which the best of three is taken.
        `lda` always begins at random.
    tol, max_iter
        When to stop: when a step changes less than `tol` of what the first did, or after so many
        steps (by default 1000; `lda` takes 50, and looks at no `tol`).
    random_state
        The seed.
    """

    def __init__(  # noqa: PLR0913  # scikit-learn reads the parameters from this signature
        self,
        k: int = 5,
        *,
        algorithm: Algorithm = "nmf",
        unit: Unit = "passage",
        weighting: Weighting = "tf-idf",
        stop_words: StopWords = "english",
        lemmas: str | None = None,
        ngrams: int = 1,
        min_df: int = 3,
        init: Init = "nndsvda",
        tol: float = 1e-3,
        max_iter: int | None = None,
        random_state: int = SEED,
    ) -> None:
        self.k = k
        self.algorithm = algorithm
        self.unit = unit
        self.weighting = weighting
        self.stop_words = stop_words
        self.lemmas = lemmas
        self.ngrams = ngrams
        self.min_df = min_df
        self.init = init
        self.tol = tol
        self.max_iter = max_iter
        self.random_state = random_state

    @property
    def recipe(self) -> Recipe:
        """What is handed to scikit-learn. Raises ValueError for parameters that do not fit."""
        return Recipe(self.algorithm, self.weighting, self.init, self.tol, self.max_iter)

    def count(self, corpus: Corpus) -> Terms:
        """The terms of a corpus, by the rules of this model."""
        words = stop_words(corpus, self.stop_words)
        return count_terms(
            corpus, TermRules(self.unit, words, self.lemmas, self.ngrams, self.min_df)
        )

    def fit(self, X: Corpus | Terms, y: None = None) -> TopicModel:  # noqa: N803  # scikit-learn's name
        """The model itself, fitted to a corpus, or to terms that `count` gave.

        Give it the public view of a corpus: withheld words are then no terms. Raises TooFewError
        for fewer than 20 units with terms or 20 terms.
        """
        terms = self.count(X) if isinstance(X, Corpus) else X
        check_enough(terms)
        recipe = self.recipe
        weighted, self.weigher_ = recipe.weigh(terms.counts)
        weights, components, self.estimator_ = recipe.fit(weighted, self.k, self.random_state)
        order = _largest_first(terms, weights, components)
        self.order_, self.terms_ = order, terms
        self.weights_, self.components_ = weights[:, order], components[order]
        return self

    def transform(self, X: Corpus | Terms) -> Matrix:  # noqa: N803  # scikit-learn's name
        """The weight of each topic in each unit of a corpus, the topics held as fitted."""
        terms = self.count(X) if isinstance(X, Corpus) else X
        counts = terms.only(self.terms_.names).counts
        weights = self.recipe.transform(counts, self.weigher_, self.estimator_)
        ordered: Matrix = weights[:, self.order_]
        return ordered

    def top_terms(self, most: int = TOP) -> list[tuple[str, ...]]:
        """The terms of largest weight of each topic, the largest first."""
        names = self.terms_.names
        return [tuple(names[i] for i in top) for top in top_terms(self.components_, most)]

    def get_feature_names_out(self) -> NDArray[Any]:
        """The terms, in the order of the columns of `components_`."""
        return np.array(self.terms_.names, dtype=object)


def check_enough(terms: Terms) -> None:
    """Raises TooFewError for fewer than 20 units with terms in them, or 20 terms."""
    units, names = len(terms.filled), len(terms.names)
    if units < FEWEST_UNITS or names < FEWEST_TERMS:
        raise TooFewError(
            f"{units} units with {names} terms are too few to fit topics to.",
            f"{FEWEST_UNITS} units and {FEWEST_TERMS} terms are the least.",
        )


def responsibilities(terms: Terms, weights: Matrix, components: Matrix) -> Matrix:
    """How much of each occurrence of a term is each topic's: a row an occurrence, summing to one.

    Of term w in unit u, topic t has W_ut H_tw over the sum of this product over topics: its part of
    what the model puts there. For the KL divergence and for probabilities this is the expectation
    step of probabilistic latent semantic analysis (Gaussier and Goutte 2005). It does not change
    when a topic's weights are scaled in W and back in H, nor with the weights of terms. Where the
    model puts nothing the row is nothing.
    """
    parts = weights[terms.unit] * components[:, terms.term].T
    sums = parts.sum(axis=1, keepdims=True)
    shares: Matrix = np.divide(parts, sums, out=np.zeros_like(parts), where=sums > 0)
    return shares


def _largest_first(terms: Terms, weights: Matrix, components: Matrix) -> NDArray[np.intp]:
    """The topics, from the one with most occurrences of terms to the one with fewest."""
    sizes = responsibilities(terms, weights, components).sum(axis=0, dtype=np.float64)
    return np.argsort(-sizes, kind="stable")
