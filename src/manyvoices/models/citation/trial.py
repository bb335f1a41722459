"""How well functions are told for people who were not learned from, and by how little else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.dummy import DummyClassifier
from sklearn.model_selection import GroupKFold, StratifiedKFold

from manyvoices.errors import TooFewError
from manyvoices.models.citation.function import CitationFunction, CueRules
from manyvoices.uncertainty import FEWEST_PEOPLE, SEED, Interval, bootstrap

Floats = NDArray[np.float64]

FEWEST_CASES = 20
MOST_FOLDS = 20
FOLDS = 5
OURS = "words and cues"
COMMONEST = "always the commonest"
BASELINES = (COMMONEST, "words alone (TF-IDF)", "cues alone, not fitted")
SCORES = ["by", "cases", "people", "folds", "macro_f1", "low", "high", "accuracy", "method"]


def out_of_fold(cases: pd.DataFrame) -> pd.DataFrame:
    """One row per case, with what each classifier says of it that never saw its writer.

    `cases` has the columns text, label and, where writers are known, person. Columns: those of
    `cases`, fold, then one a classifier: `OURS`, and the `BASELINES`. A fold leaves out a person,
    several beyond 20; where fewer than two people are known, a stratified fifth. The cues were not
    fitted to anything, but whoever wrote them had read the texts of this book. Raises TooFewError
    for fewer than 20 cases, or where a label has fewer cases than there are stratified folds.
    """
    if len(cases) < FEWEST_CASES:
        raise TooFewError(
            f"{len(cases)} cases are too few to try a classifier.", "20 are the least."
        )
    texts = np.array(cases["text"].tolist(), object)
    labels = np.array(cases["label"].tolist(), object)
    said = {name: np.empty(len(cases), object) for name in (OURS, *BASELINES)}
    fold = np.zeros(len(cases), int)
    for number, (seen, unseen) in enumerate(_folds(cases), start=1):
        fold[unseen] = number
        for name, model in zip(said, _models(), strict=True):
            said[name][unseen] = _fitted(model, texts[seen], labels[seen]).predict(texts[unseen])
    return cases.assign(fold=fold, **said)


def _folds(cases: pd.DataFrame) -> list[tuple[Any, Any]]:
    rows = np.zeros(len(cases))
    people = cases["person"].nunique() if "person" in cases else 0
    if people > 1:
        return list(GroupKFold(min(people, MOST_FOLDS)).split(rows, groups=cases["person"]))
    if (fewest := int(cases["label"].value_counts().min())) < FOLDS:
        raise TooFewError(f"a label has {fewest} cases.", f"{FOLDS} are the least.")
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    return list(folds.split(rows, cases["label"]))


def _models() -> tuple[Any, ...]:
    """The classifiers, in the order of their names."""
    return (
        CitationFunction(),
        DummyClassifier(strategy="most_frequent"),
        CitationFunction(cues=False),
        CueRules(),
    )


def _fitted(model: Any, texts: NDArray[np.object_], labels: NDArray[np.object_]) -> Any:
    """The model fitted; where all that it may see has one label, what always says that."""
    if len(set(labels)) < 2:
        model = DummyClassifier(strategy="most_frequent")
    return model.fit(texts, labels)


@dataclass(frozen=True, slots=True)
class MacroF1:
    """The mean over labels of F1, as a function of sums over cases.

    Labels are those that stand on either side (scikit-learn's rule). `said` and `coded` name the
    columns to compare, `labels` all that can stand there.
    """

    labels: tuple[str, ...]
    said: str
    coded: str = "label"

    def columns(self, table: pd.DataFrame) -> Floats:
        """Per label: whether both, what was said, and what is coded have it."""
        said = _flags(table[self.said], self.labels)
        coded = _flags(table[self.coded], self.labels)
        return np.hstack([said & coded, said, coded]).astype(float)

    def finish(self, sums: Floats) -> Floats:
        """The mean of 2 hits / (said + coded)."""
        hits, said, coded = np.split(sums, 3, axis=-1)
        used = said + coded > 0
        f1 = np.where(used, 2 * hits / np.where(used, said + coded, 1), 0)
        count = used.sum(axis=-1)
        return np.where(count > 0, f1.sum(axis=-1) / np.where(count > 0, count, 1), np.nan)


@dataclass(frozen=True, slots=True)
class Gain:
    """The macro F1 of one classifier less that of another, over the same cases."""

    first: MacroF1
    second: MacroF1

    def columns(self, table: pd.DataFrame) -> Floats:
        """The sums of the one, then those of the other."""
        return np.hstack([self.first.columns(table), self.second.columns(table)])

    def finish(self, sums: Floats) -> Floats:
        """First less second."""
        first, second = np.split(sums, 2, axis=-1)
        return self.first.finish(first) - self.second.finish(second)


def _flags(values: pd.Series, labels: Sequence[str]) -> NDArray[np.bool_]:
    return np.asarray(values.to_numpy(object)[:, None] == np.array(labels, object), bool)


def trial(cases: pd.DataFrame) -> pd.DataFrame:
    """One row per classifier: its macro F1 on the cases of people whom it was not fitted to.

    `cases` as `out_of_fold` takes them. Columns: by, cases, people, folds, macro_f1, low, high
    (95 %), accuracy, method; last, for all but the first, gain, gain_low, gain_high: the macro F1
    of the first less that of this one. Intervals draw persons where there are five, and else single
    cases as though they had nothing to do with one another, which makes them too narrow; the method
    says which. Raises TooFewError as `out_of_fold`.
    """
    table = out_of_fold(cases).reset_index(names="case")
    people = table["person"].nunique() if "person" in table else 0
    by = "person" if people >= FEWEST_PEOPLE else "case"
    names = (OURS, *BASELINES)
    labels = tuple(sorted({*table["label"], *(label for name in names for label in table[name])}))
    measures = {name: MacroF1(labels, name) for name in names}
    rows = []
    for name, measure in measures.items():
        found = bootstrap(measure, table, by=by)
        gain = bootstrap(Gain(measures[OURS], measure), table, by=by) if name != OURS else None
        rows.append(_row(name, table, people, found) | _gained(gain))
    return pd.DataFrame(rows, columns=[*SCORES, "gain", "gain_low", "gain_high"])


def _row(name: str, table: pd.DataFrame, people: int, found: Interval) -> dict[str, object]:
    return {
        "by": name,
        "cases": len(table),
        "people": people,
        "folds": int(table["fold"].nunique()),
        "macro_f1": found.value,
        "low": found.low,
        "high": found.high,
        "accuracy": float((table[name] == table["label"]).mean()),
        "method": found.method,
    }


def _gained(gain: Interval | None) -> dict[str, float]:
    if gain is None:
        return {}
    return {"gain": gain.value, "gain_low": gain.low, "gain_high": gain.high}
