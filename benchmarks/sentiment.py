"""VADER in bulk beside the package that it follows, on one core and the same sentences.

    python -m benchmarks.sentiment TEXT [--check 100000] [--most 500000]

TEXT is any file of text in UTF-8, one document a line, plain or compressed by xz. Its sentences are
shuffled, with a fixed seed. Written out as JSON: how many sentences a second (of processor time,
and of time on the clock) the package scores, and how many the bulk scorer, when it meets every word
for the first time and when it has met them; on how many of the sentences checked any of the four
scores differs; and for which share of the sentences the package's own code was needed.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from benchmarks.common import Work, arguments, read_lines, taken, write
from manyvoices.models.sentiment import Vader
from manyvoices.models.sentiment.vader import COLUMNS
from manyvoices.text import split_sentences

SEED = 20170307


def read_sentences(file: Path, most: int) -> list[str]:
    """At most so many sentences of the file, shuffled."""
    lines = [line.strip() for line in read_lines(file)]
    found = [
        line[start:end] for line in lines for start, end in split_sentences(line, 0, len(line))
    ]
    random.Random(SEED).shuffle(found)
    return found[:most]


def by_the_package(texts: Sequence[str]) -> np.ndarray:
    """The package's scores, one row a text."""
    analyser = SentimentIntensityAnalyzer()
    rows = [analyser.polarity_scores(text) for text in texts]
    return np.array([[row[column] for column in COLUMNS] for row in rows])


def speed(work: Work, size: int) -> dict[str, int]:
    """Sentences a second, of processor time and on the clock: the best of some runs."""
    best = taken(work)
    return {
        "of processor time": round(size / best.processor),
        "on the clock": round(size / best.clock),
    }


def measure(texts: Sequence[str], check: int) -> dict[str, object]:
    """All that is to be reported."""
    few = texts[: min(check, 20_000)]
    warm = Vader()
    scores = warm.score(texts).to_numpy()
    checked = texts[:check]
    differ = (by_the_package(checked) != scores[: len(checked)]).any(axis=1)
    slow = warm.by_hand(texts)
    return {
        "sentences": len(texts),
        "tokens a sentence": round(sum(len(text.split()) for text in texts) / len(texts), 1),
        "sentences a second": {
            "package": speed(lambda: by_the_package(few), len(few)),
            "bulk, words not met before": speed(lambda: Vader().score(texts), len(texts)),
            "bulk, words met before": speed(lambda: warm.score(texts), len(texts)),
        },
        "checked": len(checked),
        "differ": int(differ.sum()),
        "share that needs the package": {
            **{cause: round(float(slow[cause].mean()), 5) for cause in slow},
            "any": round(float(slow.any(axis=1).mean()), 5),
        },
    }


if __name__ == "__main__":
    given = arguments(__doc__, check=100_000, most=100_000)
    write(measure(read_sentences(given.text, given.most), given.check))
