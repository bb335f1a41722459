"""Measures of keyness: how differently often a word is met in two bodies of text.

A word is met `o11` times among the `r1` words of the target and `o21` times among the `r2` of the
reference; `o12` and `o22` are their other words. Tests and sizes that know a direction are
positive where the word is the more frequent in the target, and turn their sign when the sides are
swapped; `percent_diff`, `simple_maths` and p values do not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from manyvoices.measures.association import (
    Contingency,
    Floats,
    from_cells,
    log_likelihood,
    log_ratio,
)

NOTHING = 1e-18
AS_LIKELY = 1e-7

Correction = Literal["none", "yates", "yates in full"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the formulas take beside frequencies.

    `level` and `family` (how many words are compared) are those of the conservative log ratio;
    `prior_words` is how many words the prior of the log odds is worth; `k`, per million words, is
    what SimpleMaths adds.
    """

    level: float = 0.95
    family: int = 1
    prior_words: float = 500.0
    k: float = 100.0


def two_corpora(
    target: ArrayLike, words: ArrayLike, reference: ArrayLike, reference_words: ArrayLike
) -> Contingency:
    """The tables of words met `target` times in `words` words and `reference` times in others."""
    one, other = np.asarray(target, float), np.asarray(reference, float)
    return from_cells(one, np.asarray(words) - one, other, np.asarray(reference_words) - other)


def direction(table: Contingency) -> Floats:
    """1 where the word is more frequent in the target, -1 in the reference, 0 where in neither."""
    return np.sign(table.o11 * table.r2 - table.o21 * table.r1)


def signed_g2(
    table: Contingency, cells: Literal["four cells", "two cells"] = "four cells"
) -> Floats:
    """G² (`log_likelihood` has the formula and the variants) with the sign of the direction."""
    return direction(table) * log_likelihood(table, cells)


def g2_williams(table: Contingency) -> Floats:
    """G² of four cells over the correction of Williams (1976), which makes it a little smaller.

    The divisor is 1 + (N/R1 + N/R2 - 1)(N/C1 + N/C2 - 1) / 6N.
    """
    n = table.n
    with np.errstate(divide="ignore", invalid="ignore"):
        rows = n / table.r1 + n / table.r2 - 1
        columns = n / table.c1 + n / table.c2 - 1
        return _finite(signed_g2(table) / (1 + rows * columns / (6 * n)))


def chi_squared(table: Contingency, correction: Correction = "none") -> Floats:
    """Pearson's chi-squared of the four cells, with the sign of the direction.

    With Yates' (1934) correction each difference from what is expected is made one half smaller.
    `yates` never takes more than there is, as R and scipy do; `yates in full` always takes one
    half, as quanteda does, and so may give differences of less than that a value again.
    """
    margins = table.r1 * table.r2 * table.c1 * table.c2
    off = np.abs(table.o11 - table.e11)
    match correction:
        case "yates":
            off = off - np.minimum(off, 0.5)
        case "yates in full":
            off = off - 0.5
    with np.errstate(divide="ignore", invalid="ignore"):
        return _finite(direction(table) * off**2 * table.n**3 / margins)


def fisher_p(table: Contingency) -> Floats:
    """The two-sided p of Fisher's (1935) exact test: all tables no likelier than this one.

    Two-sided as in R and scipy, by adding up what is at most as likely; tables count as equally
    likely if they are so to one in ten million. A p below 1e-300 may come out as nothing.
    """
    met = table.o11.ravel()
    margins = np.stack([table.c1.ravel(), table.r1.ravel(), table.n.ravel()])
    order = np.lexsort(margins)
    changes = np.flatnonzero((np.diff(margins[:, order]) != 0).any(axis=0)) + 1
    p = np.empty(met.shape)
    for alike in np.split(order, changes):
        if len(alike):
            p[alike] = _fisher_p(met[alike], *margins[:, alike[0]].tolist())
    return p.reshape(table.o11.shape)


def _fisher_p(met: Floats, hits: float, words: float, size: float) -> Floats:
    """The p values of tables that share their margins."""
    k = _thinkable(hits, words, size)
    up, down = (hits - k) * (words - k), k * (size - words - hits + k)
    logs = np.concatenate([[0.0], np.cumsum(np.log(up[:-1] / down[1:]))])
    chances = np.exp(logs - logs.max())
    rising = np.sort(chances)
    below = np.concatenate([[0.0], np.cumsum(rising)])
    place = (met - k[0]).astype(np.intp)
    inside = (place >= 0) & (place < len(k))
    own = np.where(inside, chances[np.clip(place, 0, len(k) - 1)], 0) * (1 + AS_LIKELY)
    return np.asarray(np.minimum(below[np.searchsorted(rising, own, "right")] / below[-1], 1))


def _thinkable(hits: float, words: float, size: float) -> Floats:
    """How often the target may have the word; what is too unlikely for a float is left out."""
    mean = hits * words / size
    reach = 40 * np.sqrt(mean * (1 - words / size)) + 400
    first = max(0, hits - (size - words), np.floor(mean - reach))
    return np.arange(first, min(hits, words, np.ceil(mean + reach)) + 1)


def conservative_bounds(
    table: Contingency, *, level: float = 0.95, family: int = 1
) -> tuple[Floats, Floats]:
    """The interval that the conservative log ratio is the near end of (Evert 2022).

    Given how often the word is met in both together, how often in the target is binomial: the
    exact interval (Clopper and Pearson 1934) of that share, as a log ratio. The level holds for
    `family` words together (Bonferroni). It takes words as independent draws. Where the word is
    in one side alone the interval has no end on that side, and is infinite.
    """
    from scipy.special import betaincinv

    tail = (1 - level) / (2 * family)
    one, other = table.o11, table.o21
    met = one + other > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        shift = np.log2(table.r2 / table.r1)
        low = np.where(one > 0, betaincinv(np.maximum(one, 0.5), other + 1, tail), 0)
        rest = np.where(other > 0, betaincinv(np.maximum(other, 0.5), one + 1, tail), 0)
        ends = (shift + np.log2(low / (1 - low)), shift + np.log2((1 - rest) / rest))
    return np.where(met, ends[0], np.nan), np.where(met, ends[1], np.nan)


def conservative_log_ratio(table: Contingency, *, level: float = 0.95, family: int = 1) -> Floats:
    """LRC: the end of `conservative_bounds` that is nearer to no difference (Evert 2022).

    0 where the interval holds no difference.
    """
    low, high = conservative_bounds(table, level=level, family=family)
    return nearer(table, low, high)


def nearer(table: Contingency, low: Floats, high: Floats) -> Floats:
    """The end of an interval that is nearer to 0, and 0 where 0 lies inside."""
    more = table.o11 * table.r2 >= table.o21 * table.r1
    return np.where(more, np.maximum(low, 0), np.minimum(high, 0))


def percent_diff(table: Contingency) -> Floats:
    """%DIFF: by how many per cent the rate is higher in the target (Gabrielatos and Marchi 2011).

    A rate of nothing in the reference counts as 1e-18, as its authors have it, so that %DIFF is
    then huge, and tells no more than that.
    """
    one, other = table.o11 / table.r1, table.o21 / table.r2
    return 100 * (one - other) / np.where(other == 0, NOTHING, other)


def simple_maths(table: Contingency, *, k: float = 100.0) -> Floats:
    """SimpleMaths: the ratio of the rates per million words, `k` added to both (Kilgarriff 2009).

    A larger `k` prefers more frequent words; Sketch Engine has 1 unless told otherwise.
    """
    return (1e6 * table.o11 / table.r1 + k) / (1e6 * table.o21 / table.r2 + k)


def log_odds(table: Contingency, prior: ArrayLike, prior_total: float) -> tuple[Floats, Floats]:
    """The log odds ratio under a Dirichlet prior, and its z (Monroe, Colaresi and Quinn 2008).

    Natural logarithm; to every frequency `prior` is added (a number or one for each word), and
    `prior_total` to both totals. z divides by the root of the approximate variance, the sum of 1
    over each frequency with its prior.
    """
    added = np.asarray(prior, float)
    one, other = table.o11 + added, table.o21 + added
    rest = table.r1 + prior_total - one, table.r2 + prior_total - other
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.log(one / rest[0]) - np.log(other / rest[1])
        return _finite(value), _finite(value / np.sqrt(1 / one + 1 / other))


def informed_log_odds(table: Contingency, *, prior_words: float) -> tuple[Floats, Floats]:
    """`log_odds` with a prior of so many words, dealt out as words are in both sides together."""
    return log_odds(table, prior_words * table.c1 / table.n, prior_words)


def _finite(values: Floats) -> Floats:
    return np.where(np.isfinite(values), values, np.nan)


Formula = Callable[[Contingency, Settings], Floats]


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of keyness: its name, which variant of it, whose it is, and the formula."""

    name: str
    variant: str
    source: str
    formula: Formula


def _plain(formula: Callable[[Contingency], Floats]) -> Formula:
    return lambda table, settings: formula(table)


MEASURES: dict[str, Measure] = {
    "g2_four_cells": Measure("G²", "four cells, signed", "Dunning 1993", _plain(signed_g2)),
    "g2_two_cells": Measure(
        "G²",
        "two cells, signed",
        "Rayson and Garside 2000",
        _plain(partial(signed_g2, cells="two cells")),
    ),
    "g2_williams": Measure(
        "G²", "four cells with Williams' correction, signed", "Williams 1976", _plain(g2_williams)
    ),
    "chi2": Measure("χ²", "four cells, signed", "Pearson 1900", _plain(chi_squared)),
    "chi2_yates": Measure(
        "χ²",
        "Yates' correction, never beyond nothing, signed",
        "Yates 1934; R, scipy",
        _plain(partial(chi_squared, correction="yates")),
    ),
    "chi2_yates_full": Measure(
        "χ²",
        "Yates' correction, always one half, signed",
        "Yates 1934; quanteda",
        _plain(partial(chi_squared, correction="yates in full")),
    ),
    "fisher_p": Measure(
        "Fisher's exact test", "two-sided p, by likelihood", "Fisher 1935", _plain(fisher_p)
    ),
    "log_ratio": Measure(
        "log ratio", "one half for a frequency of nothing", "Hardie 2014", _plain(log_ratio)
    ),
    "log_ratio_all": Measure(
        "log ratio",
        "one half added to every frequency and total",
        "Walter 1975; Evert 2022",
        _plain(partial(log_ratio, smoothing="all")),
    ),
    "lrc": Measure(
        "conservative log ratio",
        "exact, Bonferroni over the words compared",
        "Evert 2022",
        lambda table, s: conservative_log_ratio(table, level=s.level, family=s.family),
    ),
    "lrc_low": Measure(
        "conservative log ratio",
        "lower end of its interval",
        "Evert 2022",
        lambda table, s: conservative_bounds(table, level=s.level, family=s.family)[0],
    ),
    "lrc_high": Measure(
        "conservative log ratio",
        "upper end of its interval",
        "Evert 2022",
        lambda table, s: conservative_bounds(table, level=s.level, family=s.family)[1],
    ),
    "percent_diff": Measure(
        "%DIFF",
        "1e-18 for a rate of nothing",
        "Gabrielatos and Marchi 2011",
        _plain(percent_diff),
    ),
    "log_odds": Measure(
        "log odds ratio",
        "Dirichlet prior, dealt out as words are in both sides",
        "Monroe, Colaresi and Quinn 2008",
        lambda table, s: informed_log_odds(table, prior_words=s.prior_words)[0],
    ),
    "log_odds_z": Measure(
        "log odds ratio",
        "z of it",
        "Monroe, Colaresi and Quinn 2008",
        lambda table, s: informed_log_odds(table, prior_words=s.prior_words)[1],
    ),
    "simple_maths": Measure(
        "SimpleMaths",
        "k added to rates per million",
        "Kilgarriff 2009",
        lambda table, s: simple_maths(table, k=s.k),
    ),
}
"""The measures by the names of their columns."""


def measured(
    target: NDArray[np.int64],
    words: int,
    reference: NDArray[np.int64],
    reference_words: int,
    names: tuple[str, ...] = tuple(MEASURES),
    settings: Settings | None = None,
) -> dict[str, Floats]:
    """The named measures of many words at once.

    Each is worked out once for every different pair of frequencies: most words of a large corpus
    are rare, and share theirs.
    """
    settings = settings or Settings()
    base = int(reference.max(initial=0)) + 1
    pairs, place = np.unique(target * base + reference, return_inverse=True)
    table = two_corpora(pairs // base, words, pairs % base, reference_words)
    found = _bounds_once(table, names, settings)
    for name in names:
        if name not in found:
            found[name] = MEASURES[name].formula(table, settings)
    return {name: found[name][place] for name in names}


def _bounds_once(
    table: Contingency, names: tuple[str, ...], settings: Settings
) -> dict[str, Floats]:
    """LRC and both ends of its interval, which cost most, from one working out."""
    if "lrc" not in names or not {"lrc_low", "lrc_high"} & set(names):
        return {}
    low, high = conservative_bounds(table, level=settings.level, family=settings.family)
    return {"lrc": nearer(table, low, high), "lrc_low": low, "lrc_high": high}
