"""Wilson's interval against published values and SciPy's; what draws of persons are for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from manyvoices.errors import TooFewError
from manyvoices.uncertainty import along_text, over_people, wilson

# Newcombe (1998), Two-sided confidence intervals for the single proportion: comparison of seven
# methods, Statistics in Medicine 17, 857-872, table I, method 3 (score, no continuity correction).
NEWCOMBE = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]
totals = st.integers(1, 10**6)


@pytest.mark.parametrize(("hits", "total", "low", "high"), NEWCOMBE)
def test_it_is_that_of_newcombes_examples(hits: int, total: int, low: float, high: float) -> None:
    found = wilson(hits, total)

    assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    assert (found.value, found.units, found.level) == (hits / total, total, 0.95)


@given(totals, st.data(), st.sampled_from([0.8, 0.95, 0.99]))
def test_it_is_that_of_scipy(total: int, data: st.DataObject, level: float) -> None:
    hits = data.draw(st.integers(0, total))

    found, theirs = wilson(hits, total, level=level), binomtest(hits, total)

    ends = theirs.proportion_ci(confidence_level=level, method="wilson")
    assert (found.low, found.high) == pytest.approx((ends.low, ends.high), rel=1e-9, abs=1e-12)


@given(totals, st.data())
def test_share_and_its_complement_mirror_each_other(total: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, total))

    one, other = wilson(hits, total), wilson(total - hits, total)

    assert 0 <= one.low <= one.value <= one.high <= 1
    assert (one.low, one.high) == pytest.approx((1 - other.high, 1 - other.low), abs=1e-12)


@pytest.mark.parametrize("total", [1, 2, 20, 10**6])
def test_none_and_all_end_at_the_very_edge(total: int) -> None:
    assert wilson(0, total).low == 0
    assert wilson(total, total).high == 1


@pytest.mark.parametrize(("hits", "total"), [(-1, 5), (6, 5)])
def test_impossible_hits_are_refused(hits: int, total: int) -> None:
    with pytest.raises(ValueError, match=f"{hits} hits of {total}"):
        wilson(hits, total)


@pytest.mark.parametrize(
    "none",
    [
        lambda: wilson(0, 0),
        lambda: over_people([0] * 6, [0] * 6, list("abcdef")),
        lambda: along_text([0] * 30, [0] * 30),
    ],
)
def test_share_of_nothing_is_refused(none: object) -> None:
    with pytest.raises(TooFewError):
        none()  # type: ignore[operator]  # a list of calls


def test_four_people_and_nineteen_sentences_are_too_few() -> None:
    with pytest.raises(TooFewError, match="4 people are too few"):
        over_people([1] * 40, [1] * 40, list("abcd") * 10)
    with pytest.raises(TooFewError, match="19 sentences are too few"):
        along_text([1] * 19, [1] * 19)
    assert over_people([1, 2, 3, 4, 5], [9] * 5, list("abcde")).units == 5
    assert along_text([1, 2] * 10, [9] * 20).units == 20


@pytest.mark.parametrize("block", [0, -1, 21])
def test_blocks_that_do_not_fit_the_text_are_refused(block: int) -> None:
    with pytest.raises(ValueError, match="block"):
        along_text([1, 2] * 10, [9] * 20, block=block)


@pytest.mark.parametrize("share", [0, 1])
def test_where_all_are_the_same_the_interval_has_no_width(share: int) -> None:
    people = over_people([share * 9] * 6, [9] * 6, list("abcdef"))
    text = along_text([share * 9] * 30, [9] * 30)

    assert (people.low, people.value, people.high) == (share, share, share)
    assert (text.low, text.value, text.high) == (share, share, share)


def made_up_people(seed: int) -> tuple[np.ndarray, np.ndarray, list[int]]:
    """Hits and words of 40 sentences each by 12 people who differ in how often they say a word."""
    generator = np.random.default_rng(seed)
    rates = generator.beta(2, 18, size=12)
    people = np.repeat(np.arange(12), 40)
    words = generator.integers(5, 25, size=len(people))
    return generator.binomial(words, rates[people]), words, people.tolist()


def slow_bootstrap(
    hits: np.ndarray, words: np.ndarray, people: list[int], draws: int
) -> tuple[float, float]:
    """The plain percentile interval, one person at a time."""
    generator = np.random.default_rng(1)
    names = sorted(set(people))
    shares = []
    for _ in range(draws):
        above = below = 0
        for name in generator.choice(names, size=len(names)):
            own = [i for i, person in enumerate(people) if person == name]
            above += int(hits[own].sum())
            below += int(words[own].sum())
        shares.append(above / below)
    low, high = np.quantile(shares, [0.025, 0.975])
    return float(low), float(high)


def test_draws_of_people_are_those_of_a_slow_loop() -> None:
    hits, words, people = made_up_people(seed=5)

    quick = over_people(hits, words, people, method="percentile", draws=4000)
    low, high = slow_bootstrap(hits, words, people, draws=600)

    width = high - low
    assert (quick.low, quick.high) == pytest.approx((low, high), abs=0.1 * width)


def test_sentences_taken_as_independent_hold_the_truth_far_too_seldom() -> None:
    """People differ by more than chance: what is drawn must be the person."""
    truth, held = 0.1, {"people": 0, "sentences": 0}
    for seed in range(150):
        hits, words, people = made_up_people(seed)
        rows = list(range(len(people)))
        for name, units in (("people", people), ("sentences", rows)):
            found = over_people(hits, words, units, draws=300)
            held[name] += found.low <= truth <= found.high

    assert held["people"] / 150 > 0.87
    assert held["sentences"] / 150 < 0.6
