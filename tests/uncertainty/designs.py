"""Worlds like ours, made up, in which the true value is known: how often do intervals hold it?

    python -m tests.uncertainty.designs [replications]

prints every design under every method, those that were turned down among them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator
from scipy import stats
from scipy.signal import lfilter

from manyvoices.coding.coefficients import Alpha
from manyvoices.errors import TooFewError
from manyvoices.uncertainty import Blocks, Difference, OfSums, Ratio, Within, bootstrap

# Sentences of each commenter of the book's corpus, the numbers alone.
SIZES = np.array([6, 8, 12, 6, 2, 8, 23, 11, 2])
DRAWS = 1000
RATIO = Ratio("hits", "n")
MEAN = Ratio("hits", "n", "person")
CONTRAST = Difference(RATIO, "voice", "essay", "commenters")
BOTH = Within("voice", {"essay": Blocks(), "commenters": "person"})


@dataclass(frozen=True)
class Design:
    """A world: how its tables come about, what is asked of them, and the true answer."""

    name: str
    make: Callable[[Generator], pd.DataFrame]
    truth: float
    statistic: OfSums = RATIO
    by: str | Blocks | Within = "person"


def people(count: int, share: float, *, correlation: float = 0.15) -> Callable[..., pd.DataFrame]:
    """Persons whose sentences share a chance of their own (beta-binomial)."""
    spread = (1 - correlation) / correlation

    def make(rng: Generator) -> pd.DataFrame:
        sizes = rng.choice(SIZES, count)
        own = rng.beta(share * spread, (1 - share) * spread, count)
        return pd.DataFrame(
            {"hits": rng.binomial(sizes, own), "n": sizes, "person": range(count)}
        ).assign(voice="commenters")

    return make


def talkative(count: int) -> Callable[..., pd.DataFrame]:
    """Persons who are the more negative the more they write: .6 above ten sentences, else .3."""

    def make(rng: Generator) -> pd.DataFrame:
        sizes = rng.choice(SIZES, count)
        centre = np.where(sizes > 10, 0.6, 0.3)
        own = rng.beta(centre * 6, (1 - centre) * 6)
        return pd.DataFrame({"hits": rng.binomial(sizes, own), "n": sizes, "person": range(count)})

    return make


def rates(count: int, rate: float = 0.006, variation: float = 0.7) -> Callable[..., pd.DataFrame]:
    """Persons with a rate of their own for a word (gamma-Poisson), writing 20 to 600 words."""

    def make(rng: Generator) -> pd.DataFrame:
        words = np.round(np.exp(rng.normal(4.8, 0.7, count))) + 20
        own = rng.gamma(1 / variation**2, rate * variation**2, count)
        return pd.DataFrame({"hits": rng.poisson(words * own), "n": words, "person": range(count)})

    return make


def sequence(rng: Generator, size: int, memory: float) -> np.ndarray:
    """Standard normal values of which each remembers its predecessor."""
    noise = rng.standard_normal(size) * np.sqrt(1 - memory**2)
    noise[0] = rng.standard_normal()
    return np.asarray(lfilter([1], [1, -memory], noise))


def stretch(size: int, share: float, memory: float) -> Callable[..., pd.DataFrame]:
    """Sentences of one author, each more like its neighbours than like others."""
    threshold = stats.norm.ppf(1 - share)

    def make(rng: Generator) -> pd.DataFrame:
        hits = (sequence(rng, size, memory) > threshold).astype(float)
        return pd.DataFrame({"hits": hits, "n": 1.0, "voice": "essay", "person": "author"})

    return make


def words_along(size: int, memory: float, rate: float = 0.006) -> Callable[..., pd.DataFrame]:
    """Sentences of one author in which a word comes in stretches."""

    def make(rng: Generator) -> pd.DataFrame:
        own = rate * np.exp(0.8 * sequence(rng, size, memory) - 0.32)
        words = np.maximum(2, np.round(rng.gamma(2.2, 9, size)))
        return pd.DataFrame({"hits": rng.poisson(words * own), "n": words})

    return make


def two_voices(rng: Generator) -> pd.DataFrame:
    """An essay of 104 sentences and nine commenters."""
    return pd.concat([stretch(104, 0.6, 0.5)(rng), people(9, 0.4)(rng)], ignore_index=True)


def passes(size: int, memory: float, copied: float = 0.9) -> Callable[..., pd.DataFrame]:
    """Three passes, each of which takes the unit's code with the chance `copied`, or else guesses.

    Guesses have the frequencies of the codes. Two passes then agree, beyond chance, where both
    have copied: Krippendorff's alpha of the world is the square of `copied`.
    """
    edges = stats.norm.ppf([0.6, 0.9])

    def code(values: np.ndarray) -> np.ndarray:
        return np.array(["a", "b", "c"], object)[np.digitize(values, edges)]

    def make(rng: Generator) -> pd.DataFrame:
        true = code(sequence(rng, size, memory))
        guesses = [code(rng.standard_normal(size)) for _ in range(3)]
        codes = [np.where(rng.random(size) < copied, true, guess) for guess in guesses]
        return pd.DataFrame(dict(enumerate(codes)))

    return make


TALKATIVE = float((np.where(SIZES > 10, 0.6, 0.3) * SIZES).sum() / SIZES.sum())

DESIGNS = (
    *(Design(f"share .4, {n} people", people(n, 0.4), 0.4) for n in (9, 15, 30)),
    *(Design(f"share .1, {n} people", people(n, 0.1), 0.1) for n in (9, 15, 30)),
    *(Design(f"rate of a word, {n} people", rates(n), 0.006) for n in (9, 15, 30)),
    Design("the talkative differ, 9 people", talkative(9), TALKATIVE),
    Design("mean of persons' shares .4, 9 people", people(9, 0.4), 0.4, MEAN),
    *(
        Design(f"share .4, {n} sentences, memory {m}", stretch(n, 0.4, m), 0.4, by=Blocks())
        for n in (73, 104, 265)
        for m in (0.0, 0.3, 0.6)
    ),
    Design("share .1, 104 sentences, memory 0.5", stretch(104, 0.1, 0.5), 0.1, by=Blocks()),
    Design("rate of a word, 104 sentences", words_along(104, 0.5), 0.006, by=Blocks()),
    Design("alpha .81, 265 sentences", passes(265, 0.5), 0.81, Alpha(("a", "b", "c")), Blocks()),
    Design("alpha .81, 25 mentions", passes(25, 0.0), 0.81, Alpha(("a", "b", "c")), Blocks(1)),
    Design("essay .6 less 9 commenters .4", two_voices, 0.2, CONTRAST, BOTH),
)
BY_NAME = {design.name: design for design in DESIGNS}


def coverage(name: str, method: str, replications: int = 1000, seed: int = 1) -> float:
    """The share of made-up tables whose interval holds the truth.

    Tables on which no interval can be given (nobody uses the word) do not count.
    """
    design = BY_NAME[name]
    return float(
        np.mean(
            [low <= design.truth <= high for low, high in _all(design, method, replications, seed)]
        )
    )


def _all(
    design: Design, method: str, replications: int, seed: int
) -> Iterator[tuple[float, float]]:
    for generator in np.random.default_rng(seed).spawn(replications):
        table = design.make(generator)
        if "hits" in table and not table["hits"].any():
            continue
        with suppress(TooFewError):
            yield METHODS[method](design, table)


def percentile(design: Design, table: pd.DataFrame) -> tuple[float, float]:
    """The ends of the percentile interval."""
    found = bootstrap(design.statistic, table, by=design.by, draws=DRAWS, method="percentile")
    return found.low, found.high


def expanded(design: Design, table: pd.DataFrame) -> tuple[float, float]:
    """The ends of the expanded percentile interval."""
    found = bootstrap(design.statistic, table, by=design.by, draws=DRAWS)
    return found.low, found.high


def short_blocks(design: Design, table: pd.DataFrame) -> tuple[float, float]:
    """The percentile interval with blocks of the cube root of the number of sentences."""
    blocks = Blocks(round(len(table) ** (1 / 3)))
    found = bootstrap(design.statistic, table, by=blocks, draws=DRAWS, method="percentile")
    return found.low, found.high


def accelerated(design: Design, table: pd.DataFrame) -> tuple[float, float]:
    """The BCa interval (Efron and Tibshirani 1993, chapter 14), for ratios by person."""
    columns = design.statistic.columns(table)
    values = _draws(columns)
    whole = design.statistic.finish(columns.sum(axis=0))
    without = design.statistic.finish(columns.sum(axis=0) - columns)
    apart = np.nanmean(without) - without
    skew = np.nansum(apart**3) / (6 * np.nansum(apart**2) ** 1.5)
    below = ((values < whole).mean() + 0.5 * (values == whole).mean()).clip(0.001, 0.999)
    start = stats.norm.ppf(below)
    ends = start + stats.norm.ppf([0.025, 0.975])
    low, high = np.quantile(values, stats.norm.cdf(start + ends / (1 - skew * ends)))
    return float(low), float(high)


def studentised(design: Design, table: pd.DataFrame) -> tuple[float, float]:
    """The bootstrap-t interval (same, chapter 12), its errors from the linearised ratio."""
    columns = design.statistic.columns(table)
    chosen = _chosen(len(columns))
    whole, error = _linear(columns[None])
    values, errors = _linear(columns[chosen])
    usable = errors > 1e-12
    if usable.mean() < 0.5 or not error[0] > 0:
        raise TooFewError("the draws do not differ.")
    far = np.quantile((values[usable] - whole) / errors[usable], [0.975, 0.025])
    low, high = whole - far * error
    return float(low), float(high)


def _chosen(size: int) -> np.ndarray:
    return np.random.default_rng(7).integers(size, size=(DRAWS, size))


def _draws(columns: np.ndarray) -> np.ndarray:
    sums = columns[_chosen(len(columns))].sum(axis=1)
    return sums[:, 0] / sums[:, 1]


def _linear(drawn: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    above, below = drawn[..., 0], drawn[..., 1]
    ratio = above.sum(axis=1) / below.sum(axis=1)
    left = ((above - ratio[:, None] * below) ** 2).sum(axis=1)
    size = drawn.shape[1]
    return ratio, np.sqrt(size / (size - 1) * left) / below.sum(axis=1)


METHODS = {
    "percentile": percentile,
    "expanded": expanded,
    "short blocks": short_blocks,
    "BCa": accelerated,
    "bootstrap-t": studentised,
}


def fitting(design: Design) -> list[str]:
    """The methods that the design can be put to."""
    if isinstance(design.by, Blocks) and design.statistic == RATIO:
        return ["percentile", "expanded", "short blocks"]
    if design.by == "person":
        return ["percentile", "expanded", "BCa", "bootstrap-t"]
    return ["percentile", "expanded"]


def survey(replications: int) -> pd.DataFrame:
    """One row per design, one column per method."""
    rows = {
        design.name: {
            method: coverage(design.name, method, replications) for method in fitting(design)
        }
        for design in DESIGNS
    }
    return pd.DataFrame.from_dict(rows, orient="index")


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    sys.stdout.write(survey(number).round(3).to_string(na_rep="") + "\n")
