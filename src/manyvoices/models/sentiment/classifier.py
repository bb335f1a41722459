"""A small classifier, fitted to the codes of some people and tried on those of others."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.errors import TooFewError
from manyvoices.store import HIDDEN_WORD, Shard
from manyvoices.uncertainty import FEWEST_PEOPLE, FEWEST_SENTENCES, SEED

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

MOST_FOLDS = 20
FEWEST_SENTENCES_OF_A_WORD = 2


def out_of_fold(corpus: Corpus, codes: pd.DataFrame) -> pd.DataFrame:
    """One row per coded sentence: how sure a classifier that never saw its writer is.

    Columns: sentence, document, voice, person, fold, probability (of being coded negative),
    compound (1 - 2 probability where that is below nothing, else 0: it tells negative from the
    rest and never says positive).
    `codes` is a pass of those that `evaluations` returns. The classifier is a logistic regression
    on TF-IDF weights of words, both with scikit-learn's defaults but for logarithmic counts,
    classes weighted alike, and words that stand in no other sentence left out. Each fold leaves one
    person out, with all that the person wrote in whatever voice; beyond 20 people a fold leaves
    several out. Raises TooFewError for fewer than five people, or twenty sentences on either side.
    """
    from sklearn.model_selection import GroupKFold

    negative = (codes["evaluation"] == "negative").to_numpy()
    _check(codes, negative)
    words = dict(chain.from_iterable(engine.parts(_part, corpus)))
    bags = np.array([" ".join(words[name]) for name in codes["sentence"]], object)
    folds = GroupKFold(min(codes["person"].nunique(), MOST_FOLDS))
    fold, probability = np.zeros(len(codes), int), np.zeros(len(codes))
    for number, (seen, unseen) in enumerate(folds.split(bags, groups=codes["person"]), start=1):
        model = _model().fit(bags[seen], negative[seen])
        fold[unseen], probability[unseen] = number, model.predict_proba(bags[unseen])[:, 1]
    compound = np.minimum(0.0, 1 - 2 * probability)
    keys = codes[["sentence", "document", "voice", "person"]]
    return keys.assign(fold=fold, probability=probability, compound=compound)


def _check(codes: pd.DataFrame, negative: NDArray[np.bool_]) -> None:
    if (people := codes["person"].nunique()) < FEWEST_PEOPLE:
        raise TooFewError(f"{people} people are too few to leave one out.", "Five are the least.")
    if (fewest := min(negative.sum(), (~negative).sum())) < FEWEST_SENTENCES:
        raise TooFewError(
            f"{fewest} sentences of a kind are too few to learn from.", "20 are the least."
        )


def _model() -> Pipeline:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    return make_pipeline(
        TfidfVectorizer(analyzer=str.split, sublinear_tf=True, min_df=FEWEST_SENTENCES_OF_A_WORD),
        LogisticRegression(class_weight="balanced", random_state=SEED),
    )


def _part(shard: Shard) -> list[tuple[str, list[str]]]:
    """Each sentence with its words, folded; hidden ones are left out."""
    hidden = np.array([HIDDEN_WORD in name for name in shard.folded], bool)
    words = shard.words & ~hidden[shard.types]
    bounds = shard.sentence_tokens.tolist()
    spans = zip(shard.sentence_ids, bounds, bounds[1:], strict=False)
    return [
        (name, [shard.folded[shard.types[t]] for t in range(start, end) if words[t]])
        for name, start, end in spans
    ]
