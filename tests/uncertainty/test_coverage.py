"""How often the intervals hold the truth, in made-up worlds like ours (`designs.py`).

Of intervals at 95 %, measured over 2,000 tables a world (one standard error is .005), by

    python -m tests.uncertainty.designs 2000

the expanded percentile interval, the default, held the truth in

    9 people:     share .4 .948, share .1 .898, rate of a word .915, the talkative differ .916,
                  mean of persons' shares .946
    15 people:    share .4 .942, share .1 .907, rate of a word .927
    30 people:    share .4 .946, share .1 .922, rate of a word .939
    a text:       73 sentences .962, .958, .929 (as these depend on neighbours not at all, some,
                  much), 104 sentences .957, .958, .938, 265 sentences .946, .939, .929;
                  share .1 .910, rate of a word .926
    two voices:   essay less nine commenters .963
    alpha:        265 sentences .945, 25 mentions .936

and the plain percentile interval in less, by four to five hundredths with 9 people (share .4 .898,
share .1 .855, rate .866) and by two to five along a text. Rare things among few people stay below
the nominal .95: an interval for a tenth of the sentences of nine people is right nine times in
ten, and is to be read so. The tests below repeat this with fewer tables, seeded.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from manyvoices.uncertainty import Difference, Ratio, exact, permutation, wilson
from tests.uncertainty.designs import DESIGNS, coverage

HARD = {"share .1, 9 people": 0.87, "share .1, 15 people": 0.87}


@pytest.mark.parametrize("name", [design.name for design in DESIGNS])
def test_the_default_interval_is_near_its_level_in_every_world(name: str) -> None:
    assert HARD.get(name, 0.89) <= coverage(name, "expanded", replications=300) <= 0.99


@pytest.mark.parametrize(
    "name",
    ["share .4, 9 people", "rate of a word, 9 people", "share .4, 104 sentences, memory 0.6"],
)
def test_the_plain_percentile_interval_holds_the_truth_less_often(name: str) -> None:
    plain, expanded = (coverage(name, method, 500) for method in ("percentile", "expanded"))
    assert plain < 0.92
    assert expanded - plain > 0.02


@pytest.mark.parametrize("total", [20, 50, 104])
def test_wilson_is_near_its_level_on_average_and_exact_never_below_it(total: int) -> None:
    shares = np.linspace(0.01, 0.99, 197)
    held = {
        method: np.array([_held(method, total, share) for share in shares])
        for method in (wilson, exact)
    }
    assert held[wilson].mean() == pytest.approx(0.95, abs=0.01)
    assert held[wilson].min() > 0.83
    assert held[exact].min() >= 0.95


def _held(method, total: int, share: float) -> float:
    """The chance that the interval holds the share: all outcomes, each with its probability."""
    outcomes = np.arange(total + 1)
    found = [method(int(hits), total) for hits in outcomes]
    holds = np.array([one.low <= share <= one.high for one in found])
    return float(stats.binom.pmf(outcomes, total, share)[holds].sum())


def test_a_permutation_of_persons_keeps_its_level_and_one_of_their_sentences_does_not() -> None:
    kept = [_p(seed, by="person") for seed in range(120)]
    shuffled = [_p(seed, by=None) for seed in range(120)]
    assert np.mean(np.array(kept) <= 0.05) <= 0.09
    assert np.mean(np.array(shuffled) <= 0.05) > 0.15


def _p(seed: int, by: str | None) -> float:
    """The p of a difference between two groups of persons who do not differ but by person."""
    rng = np.random.default_rng(seed)
    sizes = rng.choice([6, 8, 12, 23], 10)
    hits = np.concatenate(
        [rng.random(n) < p for n, p in zip(sizes, rng.beta(1, 1, 10), strict=True)]
    )
    people = np.repeat(np.arange(10), sizes)
    table = pd.DataFrame({"hits": hits.astype(int), "n": 1, "person": people, "group": people % 2})
    statistic = Difference(Ratio("hits", "n"), "group", 0, 1)
    return permutation(statistic, table, "group", by=by, draws=199, seed=seed).p
