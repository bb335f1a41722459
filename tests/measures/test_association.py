"""Association measures beside published tables and other programs, and at their edges."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics import BigramAssocMeasures
from scipy.stats import chi2, chi2_contingency
from scipy.stats.contingency import relative_risk

from manyvoices.measures import association
from manyvoices.measures.association import (
    MEASURES,
    Contingency,
    delta_p,
    dice,
    from_cells,
    from_margins,
    log_dice,
    log_likelihood,
    log_ratio,
    log_ratio_interval,
    mutual_information,
    mutual_information_3,
    p_value,
    t_score,
    z_score,
)

COUNTS = st.integers(0, 10**6)
CELLS = st.tuples(COUNTS, COUNTS, COUNTS, COUNTS)
NEWS_1990 = 14307668
SYMMETRIC = ("mi", "mi3", "t", "z", "g2", "dice", "log_dice")
RISING = ("mi", "mi3", "t", "z", "dice", "log_dice", "delta_p", "delta_p_back", "log_ratio")


def one(values: np.ndarray) -> float:
    return float(values)


@pytest.mark.parametrize(
    ("value", "cells"),
    [
        (270.72, (110, 2442, 111, 29114)),
        (263.90, (29, 13, 123, 31612)),
        (256.84, (31, 23, 139, 31584)),
        (167.23, (10, 0, 3, 31764)),
        (157.21, (76, 104, 2476, 29121)),
        (157.03, (16, 16, 51, 31694)),
        (146.80, (9, 0, 5, 31763)),
        (115.02, (16, 0, 865, 30896)),
        (104.53, (10, 9, 41, 31717)),
        (100.96, (8, 2, 27, 31740)),
    ],
)
def test_log_likelihood_is_dunnings(value: float, cells: tuple[int, int, int, int]) -> None:
    """Dunning (1993), "Accurate methods for the statistics of surprise", the table of bigrams."""
    assert one(log_likelihood(from_cells(*cells))) == pytest.approx(value, abs=0.005)


@pytest.mark.parametrize(
    ("t", "mi", "margins"),
    [
        (4.4721, 18.38, (20, 42, 20)),
        (4.4721, 17.98, (20, 41, 27)),
        (4.4720, 16.31, (20, 30, 117)),
        (4.4720, 15.94, (20, 77, 59)),
        (2.3714, 1.09, (20, 14907, 9017)),
        (2.2446, 1.01, (20, 13484, 10570)),
        (1.3685, 0.53, (20, 14734, 13478)),
        (1.2176, 0.46, (20, 14093, 14776)),
        (0.8036, 0.29, (20, 15019, 15629)),
    ],
)
def test_t_and_mutual_information_are_those_of_the_textbook(
    t: float, mi: float, margins: tuple[int, int, int]
) -> None:
    """Manning and Schütze (1999), tables 5.6 and 5.14, which cut digits off."""
    table = from_margins(*margins, NEWS_1990)

    assert one(t_score(table)) == pytest.approx(t, abs=1e-4)
    assert one(mutual_information(table)) == pytest.approx(mi, abs=0.006)


def test_delta_p_is_that_of_of_course() -> None:
    """Gries (2013), "50-something years of work on collocations": of → course, course → of."""
    of_course = from_cells(5610, 168938, 2257, 10233063)

    assert one(delta_p(of_course)) == pytest.approx(0.032, abs=0.0005)
    assert one(delta_p(of_course, "first")) == pytest.approx(0.697, abs=0.0005)


def test_t_score_is_that_of_another_program() -> None:
    """The example in the documentation of collogetr's `Tscore_compute`."""
    assert one(t_score(from_margins(702, 1183, 1251, 5763049))) == pytest.approx(26.48559, abs=5e-6)


def test_values_are_those_of_nltks_documentation() -> None:
    """NLTK's `collocations.doctest`, and the numbers that it prints."""
    new_companies = from_margins(8, 15828, 4675, NEWS_1990)

    assert f"{t_score(new_companies):.4f}" == "0.9999"
    assert f"{log_likelihood(from_margins(110, 2552, 221, 31777)):.2f}" == "270.72"
    assert f"{log_likelihood(from_margins(8, 13, 32, 31777)):.2f}" == "95.29"
    assert f"{mutual_information(from_margins(20, 42, 20, NEWS_1990)):.2f}" == "18.38"
    assert f"{mutual_information(from_margins(20, 15019, 15629, NEWS_1990)):.2f}" == "0.29"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_values_are_nltks(seed: int) -> None:
    draw = np.random.default_rng(seed)
    total = 1_000_000
    first, second = np.floor(10 ** draw.uniform(0, 4.7, (2, 2000)))
    both = np.maximum(1, np.floor(np.minimum(first, second) * 10 ** draw.uniform(-4, 0, 2000)))
    table = from_margins(both, first, second, total)
    theirs = {
        "g2": BigramAssocMeasures.likelihood_ratio,
        "mi": BigramAssocMeasures.pmi,
        "t": BigramAssocMeasures.student_t,
        "dice": BigramAssocMeasures.dice,
    }

    for name, score in theirs.items():
        rows = zip(both, first, second, strict=True)
        scores = [score(int(a), (int(b), int(c)), total) for a, b, c in rows]
        assert MEASURES[name](table) == pytest.approx(scores, rel=1e-12, abs=1e-12)


def test_log_ratio_counts_doublings() -> None:
    """Hardie (2014), "Log Ratio: an informal introduction": each point is twice as common."""
    table = from_cells([10, 20, 40, 80, 5], [990, 980, 960, 920, 995], 10, 990)

    assert log_ratio(table) == pytest.approx([0, 1, 2, 3, -1], abs=1e-12)


def test_log_ratio_takes_half_for_a_word_that_is_not_there() -> None:
    assert one(log_ratio(from_cells(8, 992, 0, 1000))) == pytest.approx(4)
    assert one(log_ratio(from_cells(0, 1000, 8, 992))) == pytest.approx(-4)


def test_log_ratio_with_half_added_to_all_is_the_ratio_of_the_greater_counts() -> None:
    value = one(log_ratio(from_cells(7, 93, 2, 198), "all"))

    assert value == pytest.approx(math.log2((7.5 / 100.5) / (2.5 / 200.5)))


@pytest.mark.parametrize("cells", [(30, 70, 10, 190), (5, 995, 2, 8998), (400, 600, 500, 500)])
def test_interval_of_the_log_ratio_is_scipys(cells: tuple[int, int, int, int]) -> None:
    """`scipy.stats.contingency.relative_risk` has the interval of Katz et al. (1978)."""
    o11, o12, o21, o22 = cells
    theirs = relative_risk(o11, o11 + o12, o21, o21 + o22).confidence_interval(0.9)

    low, high = log_ratio_interval(from_cells(*cells), level=0.9)

    assert (one(low), one(high)) == pytest.approx((math.log2(theirs.low), math.log2(theirs.high)))


@pytest.mark.parametrize("cells", [(30, 70, 10, 190), (1, 9, 99, 891), (8, 15820, 4667, 14287173)])
def test_z_squared_and_g2_are_read_off_the_expected_cells_of_scipy(
    cells: tuple[int, int, int, int],
) -> None:
    square = np.array(cells).reshape(2, 2)
    test = chi2_contingency(square, correction=False, lambda_="log-likelihood")

    assert one(log_likelihood(from_cells(*cells))) == pytest.approx(test.statistic, rel=1e-6)
    e11 = test.expected_freq[0, 0]
    assert one(z_score(from_cells(*cells))) == pytest.approx((cells[0] - e11) / math.sqrt(e11))
    assert one(p_value(test.statistic)) == pytest.approx(test.pvalue, rel=1e-9)


def test_two_cells_leave_out_the_words_that_are_something_else() -> None:
    """Rayson and Garside (2000): 2 (a ln(a / E1) + b ln(b / E2))."""
    a, b, c, d = 60, 20, 10_000, 12_000
    e1, e2 = c * (a + b) / (c + d), d * (a + b) / (c + d)
    table = from_cells(a, c - a, b, d - b)

    two = one(log_likelihood(table, "two cells"))

    assert two == pytest.approx(2 * (a * math.log(a / e1) + b * math.log(b / e2)))
    assert two < one(log_likelihood(table))


def test_mi3_weighs_what_meets_more_often() -> None:
    table = from_cells([1, 100], [0, 100], [0, 100], [9999, 9700])

    assert np.argmax(mutual_information(table)) == 0
    assert np.argmax(mutual_information_3(table)) == 1
    assert mutual_information_3(table)[1] == pytest.approx(math.log2(100**3 / 4))


def test_log_dice_is_fourteen_for_words_that_are_never_apart_and_knows_no_total() -> None:
    """Rychlý (2008): at most 14; a point less is half as often; the corpus does not matter."""
    together = from_margins(5, 5, 5, [10, 10**9])
    half = from_margins(5, 10, 10, 100)

    assert log_dice(together).tolist() == [14, 14]
    assert one(log_dice(half)) == 13
    assert one(dice(half)) == 0.5


def test_critical_values_of_g2_are_those_of_chi_square() -> None:
    assert p_value([3.84, 6.63, 10.83, 15.13]) == pytest.approx(
        chi2.sf([3.84, 6.63, 10.83, 15.13], 1)
    )
    assert p_value([3.84, 6.63, 10.83]) == pytest.approx([0.05, 0.01, 0.001], rel=0.01)


@given(CELLS)
def test_nothing_is_infinite_and_only_what_has_no_value_is_missing(
    cells: tuple[int, int, int, int],
) -> None:
    table = from_cells(*cells)
    for name, measure in MEASURES.items():
        value = one(measure(table))
        assert not math.isinf(value)
        if min(cells) > 0:
            assert not math.isnan(value), name
    ends = [one(end) for end in log_ratio_interval(table)]
    assert not any(map(math.isinf, ends))
    assert math.isnan(one(log_likelihood(table))) == (sum(cells) == 0)


@given(st.tuples(*[st.integers(1, 10**6)] * 4), st.integers(2, 100))
def test_larger_counts_in_the_same_proportions_change_only_the_evidence(
    cells: tuple[int, int, int, int], times: int
) -> None:
    table, larger = from_cells(*cells), from_cells(*(times * cell for cell in cells))

    for name in ("mi", "dice", "log_dice", "delta_p", "delta_p_back", "log_ratio"):
        assert one(MEASURES[name](larger)) == pytest.approx(one(MEASURES[name](table)), abs=1e-9)
    for name, power in (("g2", 1), ("t", 0.5), ("z", 0.5)):
        grown = times**power * one(MEASURES[name](table))
        assert one(MEASURES[name](larger)) == pytest.approx(grown, rel=1e-6, abs=1e-3)


@given(CELLS)
def test_most_measures_do_not_ask_which_comes_first(cells: tuple[int, int, int, int]) -> None:
    o11, o12, o21, o22 = cells
    table, turned = from_cells(*cells), from_cells(o11, o21, o12, o22)

    for name in SYMMETRIC:
        one_way, other = one(MEASURES[name](table)), one(MEASURES[name](turned))
        assert one_way == pytest.approx(other, rel=1e-9, abs=1e-6, nan_ok=True)
    back = one(delta_p(table, "first"))
    assert one(delta_p(turned)) == pytest.approx(back, abs=1e-12, nan_ok=True)


@given(st.integers(2, 500), st.integers(2, 500), st.integers(1001, 10**6))
def test_what_meets_more_often_scores_higher(first: int, second: int, total: int) -> None:
    both = np.arange(1, min(first, second) + 1)
    table = from_margins(both, first, second, total)

    for name in RISING:
        assert (np.diff(MEASURES[name](table)) > 0).all(), name
    attracted = log_likelihood(table)[both >= table.e11]
    assert (np.diff(attracted) > 0).all()


@given(CELLS)
def test_signs_agree_on_what_is_more_than_expected(cells: tuple[int, int, int, int]) -> None:
    o11, o12, o21, o22 = cells
    table = from_cells(*cells)
    if min(cells) > 0:
        more = np.sign(o11 * o22 - o12 * o21)
        for name in ("mi", "t", "z", "delta_p", "delta_p_back", "log_ratio"):
            assert np.sign(round(one(MEASURES[name](table)), 12)) in (more, 0)


@given(CELLS)
def test_the_interval_holds_the_log_ratio(cells: tuple[int, int, int, int]) -> None:
    table = from_cells(*cells)
    value, (low, high) = one(log_ratio(table)), map(one, log_ratio_interval(table))

    if not math.isnan(value):
        assert low <= value <= high


def test_counts_that_make_no_table_have_no_value_where_the_cell_is_needed() -> None:
    wide = from_margins(30, 10, 40, 1000)

    assert one(mutual_information(wide)) == pytest.approx(math.log2(30 / 0.4))
    for measure in (log_likelihood, delta_p, log_ratio):
        assert math.isnan(one(measure(wide)))


def test_a_level_must_be_one() -> None:
    with pytest.raises(ValueError, match="level"):
        log_ratio_interval(from_cells(1, 2, 3, 4), level=95)


def test_margins_are_those_of_the_cells() -> None:
    table = from_cells([1, 2], 3, 4, 5)

    assert isinstance(table, Contingency)
    assert [list(m) for m in (table.r1, table.r2, table.c1, table.c2, table.n)] == [
        [4, 5],
        [9, 9],
        [5, 6],
        [8, 8],
        [13, 14],
    ]
    again = from_margins(table.o11, table.r1, table.c1, table.n)
    assert np.array_equal(again.o22, table.o22)
    assert association.MEASURES["g2"] is log_likelihood
