"""What the rule counts where nobody has changed: two measurements of the same true scores.

The model is that of classical test theory. Each person has a true score on either questionnaire,
drawn from a bivariate normal distribution, and keeps it. Each measurement adds an error of its
own, normal, without bias and alike at all scores; what is measured is rounded to whole points and
cut at the ends of the questionnaire. A reliability is the share of the variance of the measured
scores, before rounding, that is that of the true ones, and so their correlation when measured
twice. Those who are at caseness the first time are chosen, and the rule is put to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from manyvoices.models.recovery.rule import DEFINITIONS, SCALES, caseness
from manyvoices.uncertainty import wilson

Floats = NDArray[np.float64]
Pair = tuple[float, float]
PEOPLE = 200_000
SEED = 20170307
TRUE_CORRELATION = 0.8
HIGHEST = np.array([scale.highest for scale in SCALES])


@dataclass(frozen=True, slots=True)
class Intake:
    """All whose scores are taken a first time, before anyone is chosen, in points.

    `means` and `sds` are those of what is measured, before rounding, PHQ-9 first.
    """

    means: Pair
    sds: Pair

    def widened(self, factor: float) -> Intake:
        """The same with standard deviations `factor` times as large."""
        return replace(self, sds=(self.sds[0] * factor, self.sds[1] * factor))


INTAKES: Mapping[str, Intake] = MappingProxyType(
    {
        "milder": Intake((10.7, 8.5), (6.7, 6.2)),
        "as in the services": Intake((14.5, 13.3), (6.3, 5.7)),
        "severer": Intake((17.0, 15.6), (6.3, 5.7)),
    }
)
"""Three intakes. At retest reliability those whom caseness chooses of the second have the means and
standard deviations published for the services in 2022-23, 15.4 (5.5) and 14.0 (4.5); those of the
first have these of a trial's participants on a waiting list, 13.6 (5.2) and 11.2 (4.7); both are
as Scott gives them. The third is assumed."""

RELIABILITIES: Mapping[str, Pair] = MappingProxyType(
    {
        "retest of patients": (0.74, 0.74),
        "retest": (0.84, 0.83),
        "internal consistency": (0.89, 0.92),
    }
)
"""Published reliabilities, PHQ-9 first. Retest within days, and internal consistency (Cronbach's
alpha): Kroenke et al. (2001) and Spitzer et al. (2006). Retest of depressed patients after two
weeks: Sun et al. (2020) for the PHQ-9; that the GAD-7 is alike is assumed."""


def measure_twice(
    intake: Intake,
    reliability: Pair,
    *,
    people: int = PEOPLE,
    seed: int = SEED,
    true_correlation: float = TRUE_CORRELATION,
    error_correlation: float = 0.0,
) -> tuple[Floats, Floats]:
    """Two measurements of people who do not change, before rounding: two arrays of people × 2.

    `true_correlation` is that of the true scores on the two questionnaires, `error_correlation`
    that of the errors made on one occasion; errors of two occasions are independent. The same
    `seed` gives the same people and the same luck under every setting, so that settings can be
    compared. Raises ValueError for a reliability outside 0 to 1 or a correlation outside -1 to 1.
    """
    share = _between(reliability, 0)
    _between((true_correlation, error_correlation), -1)
    draws = _draws(people, seed)
    true = _correlated(draws[0], true_correlation) * np.sqrt(share)
    errors = [_correlated(one, error_correlation) * np.sqrt(1 - share) for one in draws[1:]]
    first, last = (np.add(intake.means, np.multiply(intake.sds, true + one)) for one in errors)
    return first, last


def as_scores(measured: ArrayLike) -> Floats:
    """What is `measured` as the questionnaires give it: whole points, 0 to 27 and 0 to 21."""
    return np.clip(np.rint(np.asarray(measured, dtype=np.float64)), 0, HIGHEST)


def yields(first: ArrayLike, last: ArrayLike) -> pd.DataFrame:
    """What the rule counts among those at caseness the first time: one row a definition.

    Columns: definition, hits, cases, value (their quotient), low and high: the ends of Wilson's
    interval, which here is the error of the simulation, and of nothing else. Raises TooFewError
    where nobody is at caseness, and ValueError as `caseness` does.
    """
    case = caseness(first)
    first, last = np.asarray(first)[case], np.asarray(last)[case]
    counts = {name: int(of(first, last).sum()) for name, of in DEFINITIONS.items()}
    rows = [(name, wilson(hits, len(first)), hits) for name, hits in counts.items()]
    return pd.DataFrame(
        [(name, hits, one.units, one.value, one.low, one.high) for name, one, hits in rows],
        columns=["definition", "hits", "cases", "value", "low", "high"],
    )


def chosen(first: ArrayLike, last: ArrayLike) -> pd.DataFrame:
    """Those at caseness the first time: one row a questionnaire.

    Columns: scale, share (of all people that are at caseness), mean and sd of the first
    measurement, and later: the mean of the last, which lies nearer to that of all people for no
    other reason than that they were chosen by the first. Raises ValueError as `caseness` does.
    """
    case = caseness(first)
    first, last = np.asarray(first)[case], np.asarray(last)[case]
    return pd.DataFrame(
        {
            "scale": [scale.name for scale in SCALES],
            "share": case.mean(),
            "mean": first.mean(axis=0),
            "sd": first.std(axis=0),
            "later": last.mean(axis=0),
        }
    )


def yield_grid(
    intakes: Mapping[str, Intake],
    reliabilities: Mapping[str, Pair],
    *,
    widths: Iterable[float] = (1.0,),
    people: int = PEOPLE,
    seed: int = SEED,
) -> pd.DataFrame:
    """`yields` under every combination of intake, factor on its standard deviations, reliability.

    Columns: intake, width, reliability (the keys and the factor), phq9 and gad7 (the reliability
    itself), and those of `yields`. All share one `seed`. Raises ValueError as `measure_twice` does.
    """
    rows = []
    for label, intake in intakes.items():
        for width in widths:
            for name, pair in reliabilities.items():
                setting = (label, width, name, *pair)
                twice = measure_twice(intake.widened(width), pair, people=people, seed=seed)
                rows.append(_labelled(setting, yields(*map(as_scores, twice))))
    return pd.concat(rows, ignore_index=True)


def _labelled(setting: tuple[str, float, str, float, float], table: pd.DataFrame) -> pd.DataFrame:
    names = ("intake", "width", "reliability", "phq9", "gad7")
    labels = pd.DataFrame([setting] * len(table), columns=list(names))
    return pd.concat([labels, table], axis="columns")


@lru_cache(maxsize=1)
def _draws(people: int, seed: int) -> Floats:
    """Independent standard normal draws: true scores, then the errors of either occasion."""
    draws = np.random.default_rng(seed).standard_normal((3, people, len(SCALES)))
    draws.setflags(write=False)
    return draws


def _correlated(draws: Floats, correlation: float) -> Floats:
    """Independent standard normal columns as columns with this correlation."""
    second = correlation * draws[:, 0] + np.sqrt(1 - correlation**2) * draws[:, 1]
    return np.column_stack([draws[:, 0], second])


def _between(values: Pair, lowest: int) -> Floats:
    checked = np.asarray(values, dtype=np.float64)
    if not ((checked >= lowest) & (checked <= 1)).all():
        raise ValueError(f"{values} do not all lie between {lowest} and 1")
    return checked
