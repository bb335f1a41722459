"""Readability by counts: formulas made for English, of sentences, words and syllables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.errors import TooFewError
from manyvoices.store import Shard
from manyvoices.text.syllables import syllables
from manyvoices.uncertainty import (
    FEWEST_PEOPLE,
    FEWEST_SENTENCES,
    Blocks,
    Interval,
    bootstrap,
)

Floats = NDArray[np.float64]

COLUMNS = ["voice", "measure", "variant", "value", "low", "high", "method"]
COLUMNS += ["sentences", "words", "caution"]
COUNTS = ["sentences", "words", "syllables", "long_words", "characters"]
MADE_FOR_SMOG = 30


@dataclass(frozen=True, slots=True)
class Formula:
    """A readability formula: its variant in words, and its value from sums of counts."""

    variant: str
    of: Callable[[Floats, Floats, Floats, Floats, Floats], Floats]

    def columns(self, table: pd.DataFrame) -> Floats:
        """The counts of each sentence."""
        return table[COUNTS].to_numpy(float)

    def finish(self, sums: Floats) -> Floats:
        """The formula's value for each row of sums; not a number where there are no words."""
        safe = np.where(sums[..., :2] > 0, sums[..., :2], np.nan)
        sentences, words = safe[..., 0], safe[..., 1]
        return np.asarray(self.of(sentences, words, *np.moveaxis(sums[..., 2:], -1, 0)))

    def __call__(self, table: pd.DataFrame) -> float:
        """The value for a table of counts, a row a sentence or a text."""
        return float(self.finish(self.columns(table).sum(axis=0)))


FORMULAS = {
    "Flesch": Formula(
        "206.835 - 1.015 words / sentences - 84.6 syllables / words (Flesch 1948)",
        lambda s, w, y, long, c: 206.835 - 1.015 * w / s - 84.6 * y / w,
    ),
    "Flesch-Kincaid": Formula(
        "0.39 words / sentences + 11.8 syllables / words - 15.59 (Kincaid and others 1975)",
        lambda s, w, y, long, c: 0.39 * w / s + 11.8 * y / w - 15.59,
    ),
    "Gunning fog": Formula(
        "0.4 (words / sentences + 100 long words / words), all words of three syllables or more"
        " (Gunning 1952)",
        lambda s, w, y, long, c: 0.4 * (w / s + 100 * long / w),
    ),
    "SMOG": Formula(
        "3.1291 + 1.043 root (30 long words / sentences) (McLaughlin 1969)",
        lambda s, w, y, long, c: 3.1291 + 1.043 * np.sqrt(30 * long / s),
    ),
    "ARI": Formula(
        "4.71 characters / words + 0.5 words / sentences - 21.43 (Smith and Senter 1967)",
        lambda s, w, y, long, c: 4.71 * c / w + 0.5 * w / s - 21.43,
    ),
}


def readability(corpus: Corpus, executor: engine.Executor | None = None) -> pd.DataFrame:
    """One row per counted voice and formula: how its sentences and words weigh in it.

    Columns: voice, measure, variant (the formula), value, low, high (95 %), method, sentences,
    words, caution (in words; empty where there is none). ``Flesch`` is high for what is easy to
    read; the others are grades of American schools, high for what is hard. A long word has three
    syllables or more: Gunning leaves out names, compounds and verbs in -es and -ed, which takes a
    reader. Syllables are counted by rule (`manyvoices.text.syllables`); characters are letters and
    digits. Sentences without words, and those with hidden ones, are left out.

    Intervals are as in `sentence_length`: from blocks of neighbouring sentences for a voice of one
    author, from whole persons for others. Below 5 people they are missing, and below 20 sentences
    the value too. The formulas see neither sense nor order, and say nothing of what readers make
    of a text.
    """
    counts = engine.run(_part, _merge, corpus, executor)
    english = corpus.settings.book.language.lower().split("-")[0] == "en"
    rows = []
    for name, voice in corpus.voices.items():
        own = counts[counts["voice"] == name]
        for measure, formula in FORMULAS.items():
            row = _row(formula, own, voice.one_author)
            caution = _caution(measure, len(own), english)
            rows.append({"voice": name, "measure": measure, **row, "caution": caution})
    return pd.DataFrame(rows, columns=COLUMNS)


def _part(shard: Shard) -> pd.DataFrame:
    """The counts of each sentence that is counted."""
    size = len(shard.sentence_starts)
    documents = shard.paragraph_documents[shard.sentence_paragraphs].tolist()
    spoken = np.fromiter(map(syllables, shard.vocabulary), np.int64, len(shard.vocabulary))
    letters = [sum(map(str.isalnum, name)) for name in shard.vocabulary]
    per_type = {
        "words": np.ones(len(spoken), np.int64),
        "syllables": spoken,
        "long_words": (spoken >= 3).astype(np.int64),
        "characters": np.array(letters, np.int64),
    }
    sentence, types = shard.token_sentences[shard.words], shard.types[shard.words]
    sums = {n: np.bincount(sentence, values[types], size) for n, values in per_type.items()}
    hidden = np.bincount(sentence, shard.hidden_types[types], size)
    table = pd.DataFrame(
        {
            "voice": [shard.documents[i].voice for i in documents],
            "person": [shard.documents[i].person for i in documents],
            "sentences": 1.0,
            **sums,
        }
    )
    return table.take(np.flatnonzero((sums["words"] > 0) & (hidden == 0)))


def _merge(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([left, right], ignore_index=True)


def _row(formula: Formula, sentences: pd.DataFrame, one_author: bool) -> dict[str, object]:
    interval = _interval(formula, sentences, one_author)
    method = interval.method.replace("by person", "over people") if interval else "too few to say"
    return {
        "variant": formula.variant,
        "value": formula(sentences) if len(sentences) >= FEWEST_SENTENCES else np.nan,
        "low": interval.low if interval else np.nan,
        "high": interval.high if interval else np.nan,
        "method": method,
        "sentences": len(sentences),
        "words": int(sentences["words"].sum()),
    }


def _interval(formula: Formula, sentences: pd.DataFrame, one_author: bool) -> Interval | None:
    enough = len(sentences) >= FEWEST_SENTENCES
    if not enough or (not one_author and sentences["person"].nunique() < FEWEST_PEOPLE):
        return None
    try:
        return bootstrap(formula, sentences, by=Blocks(of="sentences") if one_author else "person")
    except TooFewError:
        return None


def _caution(measure: str, sentences: int, english: bool) -> str:
    cautions = [] if english else ["made for English"]
    if measure == "SMOG" and sentences < MADE_FOR_SMOG:
        cautions.append(f"made for {MADE_FOR_SMOG} sentences")
    if sentences < FEWEST_SENTENCES:
        cautions.append(f"fewer than {FEWEST_SENTENCES} sentences")
    return "; ".join(cautions)
