"""How far scores agree with codes, and what stands in the way where they do not.

The codes are a machine's. Agreement with them is no validity, and disagreement no error of the
scorer's alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from manyvoices.coding import read_passes, wavering
from manyvoices.corpus import Corpus
from manyvoices.settings import Voice

Floats = NDArray[np.float64]
Mixed = Literal["left out", "neutral", "negative"]

LABELS = ("negative", "neutral", "positive")
MEASURES = ("macro F1", "F1", "precision", "recall", "agreement")
THRESHOLD = 0.05
CODES = ["pass", "sentence", "document", "voice", "person", "evaluation", "target"]


def label(compound: pd.Series[float], threshold: float = THRESHOLD) -> pd.Series[str]:
    """The sign of each score: negative, neutral or positive.

    A score at the threshold or beyond it has a sign; 0.05 is what the authors of VADER recommend
    (Hutto and Gilbert 2014, in the package's own documentation).
    """
    sign = np.sign(compound.to_numpy()) * (np.abs(compound.to_numpy()) >= threshold)
    return pd.Series(np.array(LABELS, object)[sign.astype(int) + 1], compound.index, dtype="str")


def evaluations(corpus: Corpus) -> pd.DataFrame:
    """One row per counted sentence and pass that coded its evaluation.

    Columns: pass, sentence, document, voice, person, evaluation (negative, neutral, positive,
    mixed), target (empty where none was coded). A corpus without such codes gives no rows.
    """
    codes = read_passes(corpus)
    if "evaluation" not in codes:
        return pd.DataFrame({name: pd.array([], dtype="str") for name in CODES})
    people = {document.id: document.person for document in corpus.documents}
    counted = codes[codes["voice"].isin(corpus.voices) & (codes["evaluation"] != "")]
    person = counted["document"].map(people)
    return (
        counted.assign(person=person).reindex(columns=CODES, fill_value="").reset_index(drop=True)
    )


def pair(said: pd.Series[str], codes: pd.DataFrame, mixed: Mixed = "left out") -> pd.DataFrame:
    """One row per coded sentence that was also labelled: sentence, voice, person, said, coded.

    `said` is a label by sentence, from a scorer or from another pass; `codes` a pass of those that
    `evaluations` returns. Where either has `mixed`, the sentence is left out, or it counts as
    neutral or as negative.
    """
    table = codes[["sentence", "voice", "person"]].assign(
        said=codes["sentence"].map(said), coded=codes["evaluation"]
    )
    if mixed != "left out":
        table = table.replace({"said": "mixed", "coded": "mixed"}, mixed)
    kept = table["said"].isin(LABELS) & table["coded"].isin(LABELS)
    return table[kept].reset_index(drop=True)


def confusion(pairs: pd.DataFrame) -> pd.DataFrame:
    """Sentences by code (rows) and by what was said (columns), all three labels in each."""
    table = pd.crosstab(pairs["coded"], pairs["said"])
    return table.reindex(index=list(LABELS), columns=list(LABELS), fill_value=0)


@dataclass(frozen=True, slots=True)
class Agreement:
    """One measure of agreement, as a function of the sums of a confusion table.

    `macro F1` is the mean of F1 over the labels that stand on either side (scikit-learn's rule);
    `F1`, `precision` and `recall` are those of negative against the rest; `agreement` is the share
    of sentences on which both agree.
    """

    measure: str

    def __post_init__(self) -> None:
        if self.measure not in MEASURES:
            raise ValueError(f"no measure {self.measure!r}; there are: {', '.join(MEASURES)}")

    def columns(self, table: pd.DataFrame) -> Floats:
        """One row a pair, with a one in the cell of the confusion table that it falls in."""
        said, coded = (pd.Categorical(table[name], LABELS).codes for name in ("said", "coded"))
        cells: Floats = np.eye(9)[coded.astype(int) * 3 + said]
        return cells

    def finish(self, sums: Floats) -> Floats:
        """The measure of each row of sums; not a number where it has no value."""
        cells = sums.reshape(*sums.shape[:-1], 3, 3)
        hits = np.diagonal(cells, axis1=-2, axis2=-1)
        coded, said = cells.sum(axis=-1), cells.sum(axis=-2)
        f1 = _ratio(2 * hits, coded + said)
        if self.measure == "macro F1":
            used = np.isfinite(f1)
            return _ratio(np.where(used, f1, 0).sum(axis=-1), used.sum(axis=-1))
        return {
            "F1": f1[..., 0],
            "precision": _ratio(hits, said)[..., 0],
            "recall": _ratio(hits, coded)[..., 0],
            "agreement": _ratio(hits.sum(axis=-1), cells.sum(axis=(-2, -1))),
        }[self.measure]


def agreement(
    pairs: pd.DataFrame, voices: Mapping[str, Voice], measures: Sequence[str] = MEASURES
) -> pd.DataFrame:
    """One row per voice and measure: voice, measure, sentences, people, value, low, high, method.

    Intervals are drawn by person, or from blocks of neighbouring sentences where one person wrote
    it all. Below 20 sentences or 5 people, or where a measure has no value, low and high are
    missing and the method says "too few to say".
    """
    rows = [
        {
            "voice": name,
            "measure": measure,
            "sentences": len(part),
            "people": part["person"].nunique(),
        }
        | wavering(Agreement(measure), part, voice.one_author)
        for name, voice in voices.items()
        if len(part := pairs[pairs["voice"] == name])
        for measure in measures
    ]
    columns = ["voice", "measure", "sentences", "people", "value", "low", "high", "method"]
    return pd.DataFrame(rows, columns=columns)


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.where(below > 0, above / np.where(below > 0, below, 1), np.nan)
