"""Texts whose diversity is known: how often do intervals hold it?

    python -m tests.measures.worlds [replications]

prints, for texts of several lengths, how often each measure's jackknife interval held the truth,
how wide it was beside one from the true standard deviation, and what the bootstrap of the same
blocks did. The words are independent, by a law like Zipf's, so that the number of types to expect
is known; of the other measures the mean of all replications is taken as the truth.
"""

from __future__ import annotations

import sys

import numpy as np
from numpy.typing import NDArray

from manyvoices.measures.diversity import _Options, _Text, blocks
from manyvoices.uncertainty import jackknife

Ints = NDArray[np.int64]

CHANCES = 1 / (np.arange(3000) + 2.7)
CHANCES /= CHANCES.sum()
OPTIONS = _Options(window=100, sample=42, threshold=0.72, least=1)
MEASURES = ("types", "TTR", "Yule K", "HD-D", "MATTR", "MSTTR", "MTLD", "MTLD-MA")


def text_of(words: int, seed: int) -> Ints:
    """So many words, as codes."""
    drawn = np.random.default_rng(seed).choice(len(CHANCES), words, p=CHANCES)
    return drawn.astype(np.int64)


def expected_types(words: int) -> float:
    """The number of types to expect among so many words."""
    return float((1 - (1 - CHANCES) ** words).sum())


def bootstrapped_types(codes: Ints, draws: int = 200) -> tuple[float, float]:
    """The percentile interval of the number of types when blocks are drawn with replacement."""
    rng, units = np.random.default_rng(1), blocks(len(codes))
    size = int(units.max()) + 1
    met = np.zeros((size, len(CHANCES)), bool)
    met[units, codes] = True
    types = met[rng.integers(size, size=(draws, size))].any(axis=1).sum(axis=1)
    low, high = np.quantile(types, [0.025, 0.975])
    return float(low), float(high)


def intervals(words: int, replications: int) -> dict[str, NDArray[np.float64]]:
    """For each measure a row a text: value, low, high."""
    rows: dict[str, list[tuple[float, float, float]]] = {name: [] for name in MEASURES}
    for seed in range(replications):
        codes = np.unique(text_of(words, seed), return_inverse=True)[1]
        values = _Text(codes, blocks(words), "").values(OPTIONS)
        for name in MEASURES:
            found = jackknife(*values[name])
            rows[name].append((found.value, found.low, found.high))
    return {name: np.array(found) for name, found in rows.items()}


def report(words: int, replications: int) -> str:
    """A line a measure."""
    lines = []
    for name, found in intervals(words, replications).items():
        value, low, high = found.T
        truth = {"types": expected_types(words), "TTR": expected_types(words) / words}
        held = (
            (low <= truth.get(name, value.mean())) & (truth.get(name, value.mean()) <= high)
        ).mean()
        width = (high - low).mean() / (2 * 1.96 * value.std())
        lines.append(f"{words:5} {name:8} held {held:.3f}, {width:.2f} times as wide")
    ends = [bootstrapped_types(text_of(words, seed)) for seed in range(replications)]
    held = np.mean([low <= expected_types(words) <= high for low, high in ends])
    return "\n".join([*lines, f"{words:5} types    held {held:.3f} by the bootstrap"])


if __name__ == "__main__":
    for length in (500, 1000, 2000, 4000):
        sys.stdout.write(report(length, int((sys.argv[1:] or ["150"])[0])) + "\n")
