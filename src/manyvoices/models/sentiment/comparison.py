"""All scorers against one pass of codes, and one scorer under every choice that was open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import get_args

import numpy as np
import pandas as pd

from manyvoices.coding import read_quotations, wavering
from manyvoices.corpus import Corpus
from manyvoices.models.sentiment.evaluation import (
    THRESHOLD,
    Agreement,
    Floats,
    Mixed,
    agreement,
    evaluations,
    label,
    pair,
)
from manyvoices.models.sentiment.scorer import Scorer, score_sentences
from manyvoices.settings import Voice

ALWAYS = "always negative"
SHOWN = {"macro F1": "macro_f1", "F1": "f1", "precision": "precision", "recall": "recall"}


def compare(
    labels: pd.DataFrame,
    codes: pd.DataFrame,
    voices: Mapping[str, Voice],
    mixed: Mixed = "left out",
) -> pd.DataFrame:
    """One row per column of labels and voice: its agreement with a pass of codes.

    `labels` are labels by sentence, such as those of `labelled`; a last row a voice is that of a
    scorer that calls every sentence negative. Columns: by, voice, sentences, people, macro_f1, low,
    high, f1 (of negative against the rest), f1_low, f1_high, precision, recall, method.
    """
    said = {**labels, ALWAYS: pd.Series("negative", labels.index)}
    rows = [
        {"by": name} | row
        for name, column in said.items()
        for row in _in_one_row(agreement(pair(column, codes, mixed), voices, tuple(SHOWN)))
    ]
    columns = ["by", "voice", "sentences", "people", "macro_f1", "low", "high", "f1"]
    return pd.DataFrame(
        rows, columns=[*columns, "f1_low", "f1_high", "precision", "recall", "method"]
    )


def _in_one_row(found: pd.DataFrame) -> list[dict[str, object]]:
    """The measures of a voice side by side."""
    rows = []
    for voice, part in found.groupby("voice", sort=False):
        value = part.set_index("measure")
        row = {"voice": voice, **value[["sentences", "people", "method"]].iloc[0]}
        row |= {column: value.loc[name, "value"] for name, column in SHOWN.items()}
        row |= {end: value.loc["macro F1", end] for end in ("low", "high")}
        row |= {f"f1_{end}": value.loc["F1", end] for end in ("low", "high")}
        rows.append(row)
    return rows


def varied(
    corpus: Corpus, scorer: Scorer, thresholds: tuple[float, ...] = (THRESHOLD,)
) -> pd.DataFrame:
    """One row per voice and way to compare: the macro F1 that comes out of it.

    Columns: voice, pass, mixed, quoted (whether quoted words are scored), typed (whether sentences
    are normalised), threshold, value, always (that of a scorer that calls everything negative).
    """
    codes = evaluations(corpus)
    quotations = read_quotations(corpus)
    rows = []
    for quoted, typed, threshold in product((True, False), (True, False), thresholds):
        scores = score_sentences(
            corpus, scorer, as_typed=typed, without=None if quoted else quotations
        )
        said = label(scores.set_index("sentence")["compound"], threshold)
        for (name, of_pass), mixed in product(codes.groupby("pass"), get_args(Mixed)):
            for voice, part in pair(said, of_pass, mixed).groupby("voice", sort=False):
                values = [macro_f1(part), macro_f1(part.assign(said="negative"))]
                rows.append((voice, name, mixed, quoted, typed, threshold, *values))
    columns = ["voice", "pass", "mixed", "quoted", "typed", "threshold", "value", "always"]
    return pd.DataFrame(rows, columns=columns)


@dataclass(frozen=True, slots=True)
class Gain:
    """A measure of what was said, less the same measure of calling every sentence negative."""

    measure: Agreement

    def columns(self, table: pd.DataFrame) -> Floats:
        """The cells of both confusion tables."""
        always = table.assign(said="negative")
        return np.hstack([self.measure.columns(table), self.measure.columns(always)])

    def finish(self, sums: Floats) -> Floats:
        """The difference of the measures."""
        said, always = np.split(sums, 2, axis=-1)
        return self.measure.finish(said) - self.measure.finish(always)


def gains(labels: pd.DataFrame, codes: pd.DataFrame, voices: Mapping[str, Voice]) -> pd.DataFrame:
    """One row per column of labels and voice: its macro F1 less that of "always negative".

    Columns: by, voice, value, low, high, method, as `agreement` has them; both are drawn together,
    so that the interval is that of the difference.
    """
    statistic = Gain(Agreement("macro F1"))
    rows = [
        {"by": by, "voice": voice} | wavering(statistic, part, voices[str(voice)].one_author)
        for by, column in labels.items()
        for voice, part in pair(column, codes).groupby("voice", sort=False)
    ]
    return pd.DataFrame(rows, columns=["by", "voice", "value", "low", "high", "method"])


def macro_f1(pairs: pd.DataFrame) -> float:
    """The macro F1 of what was said against what was coded."""
    statistic = Agreement("macro F1")
    return float(statistic.finish(statistic.columns(pairs).sum(axis=0)))
