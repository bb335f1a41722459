"""What a source is used for, as far as wording tells: ally, opponent or mention.

Whatever is said here of uncoded text is a suggestion. A person's label, where there is one, stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union
from sklearn.preprocessing import FunctionTransformer
from sklearn.utils.validation import check_is_fitted

from manyvoices.errors import TooFewError
from manyvoices.models.citation.cues import FUNCTIONS, cue_probabilities, cue_scores, normal
from manyvoices.uncertainty import SEED

Floats = NDArray[np.float64]
Labels = NDArray[np.str_]


class _OfTexts(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """What the classifiers of texts share."""

    classes_: Labels

    def predict(self, X: Iterable[str]) -> Labels:  # noqa: N803  # scikit-learn's name
        """For each text the most probable label; of equals the first of `classes_`."""
        chance = self.predict_proba(X)
        return np.asarray(self.classes_[chance.argmax(axis=1)])

    def predict_proba(self, X: Iterable[str]) -> Floats:  # noqa: N803
        """For each text the probability of each of `classes_`."""
        raise NotImplementedError

    def score(self, X: Iterable[str], y: Iterable[str]) -> float:  # noqa: N803
        """The share of texts `X` whose label is predicted."""
        return float((self.predict(X) == np.asarray(list(y), object)).mean())


class CueRules(_OfTexts):
    """The cues of `manyvoices.models.citation.cues`, with no learning; `fit` changes nothing.

    `classes_` are supporting, contrasting and mentioning.
    """

    classes_ = np.array(FUNCTIONS)

    def fit(self, X: Iterable[str], y: Iterable[str]) -> CueRules:  # noqa: N803
        """The same rules: a list of cues has nothing to learn."""
        return self

    def predict_proba(self, X: Iterable[str]) -> Floats:  # noqa: N803
        """For each text the confidence of the cues in each function."""
        return cue_probabilities(as_texts(X))


class CitationFunction(_OfTexts):
    """A logistic regression on the words of texts and on the cues that stand in them.

    `fit` takes any texts with any labels, two kinds of them at least, as two columns of a table;
    the labels need not be those of this book. Words weigh by TF-IDF with logarithmic counts, as
    single words and in pairs; the cues come as three sums; classes weigh alike. After `fit`,
    `classes_` are the labels in alphabetical order. There is nothing to save but the table that it
    was fitted to: fitting takes no time, and a stored model would have to be trusted to be run.

    words, cues
        Whether words, or the sums of cues, are looked at; words alone are the baseline that the
        cues have to beat.
    strength
        The inverse of the penalty on weights, as scikit-learn's `C`.
    """

    def __init__(self, *, words: bool = True, cues: bool = True, strength: float = 1.0) -> None:
        self.words = words
        self.cues = cues
        self.strength = strength

    def fit(self, X: Iterable[str], y: Iterable[str]) -> CitationFunction:  # noqa: N803
        """The classifier, fitted to texts `X` and their labels `y`.

        Raises ValueError where there are not as many labels as texts, where one is missing, or
        where neither words nor cues are looked at; TooFewError for fewer than two kinds of label.
        """
        chosen, given = as_texts(X), list(y)
        if len(chosen) != len(given):
            raise ValueError(f"{len(chosen)} texts and {len(given)} labels")
        if not all(label and isinstance(label, str) for label in given):
            raise ValueError("every text needs a label, which is a word")
        if len(set(given)) < 2:
            raise TooFewError("there is one kind of label at most.", "Two are the least.")
        self.pipeline_ = self._pipeline().fit(chosen, given)
        self.classes_ = np.asarray(self.pipeline_.classes_)
        return self

    def predict_proba(self, X: Iterable[str]) -> Floats:  # noqa: N803
        """For each text the probability of each of `classes_`.

        With few cases these are shrunk towards all labels alike, and no frequency.
        """
        check_is_fitted(self)
        return np.asarray(self.pipeline_.predict_proba(as_texts(X)))

    def _pipeline(self) -> Any:
        parts: list[Any] = []
        if self.words:
            parts += [TfidfVectorizer(preprocessor=normal, ngram_range=(1, 2), sublinear_tf=True)]
        if self.cues:
            parts += [FunctionTransformer(cue_scores)]
        if not parts:
            raise ValueError("neither words nor cues are looked at")
        regression = LogisticRegression(
            C=self.strength, class_weight="balanced", max_iter=1000, random_state=SEED
        )
        return make_pipeline(make_union(*parts), regression)


def as_texts(texts: Iterable[str]) -> list[str]:
    """A list of the texts. Raises ValueError for a single text, or for what is none."""
    if isinstance(texts, str):
        raise ValueError("a list of texts is needed, not a single one")
    chosen = list(texts)
    if not all(isinstance(text, str) for text in chosen):
        raise ValueError("every text must be a string")
    return chosen
