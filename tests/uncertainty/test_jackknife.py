"""The jackknife against what it must be for a mean, and against scipy for another statistic."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from manyvoices.errors import TooFewError
from manyvoices.uncertainty import jackknife

values = st.lists(st.floats(-1e3, 1e3), min_size=5, max_size=30).map(np.array)


def leave_out(statistic, sample: np.ndarray) -> list[float]:
    return [float(statistic(np.delete(sample, i))) for i in range(len(sample))]


@given(values, st.sampled_from([0.5, 0.9, 0.95]))
def test_interval_of_a_mean_is_students(sample: np.ndarray, level: float) -> None:
    found = jackknife(float(sample.mean()), leave_out(np.mean, sample), level=level)
    error = sample.std(ddof=1) / np.sqrt(len(sample))
    far = stats.t.ppf((1 + level) / 2, len(sample) - 1) * error

    assert (found.low, found.high) == pytest.approx(
        (sample.mean() - far, sample.mean() + far), rel=1e-6, abs=1e-6
    )
    assert found.units == len(sample)


def test_standard_error_of_the_law_school_data_is_that_of_the_textbook() -> None:
    # Efron and Tibshirani (1993, chapters 3 and 11): the correlation of test scores and grades in
    # 15 schools is .776, and the jackknife estimate of its standard error .143.
    tests = [576, 635, 558, 578, 666, 580, 555, 661, 651, 605, 653, 575, 545, 572, 594]
    grades = [339, 330, 281, 303, 344, 307, 300, 343, 336, 313, 312, 274, 276, 288, 296]
    pairs = np.array([tests, grades], float).T
    rest = [np.corrcoef(np.delete(pairs, i, axis=0).T)[0, 1] for i in range(15)]
    whole = float(np.corrcoef(pairs.T)[0, 1])
    found = jackknife(whole, rest)

    assert whole == pytest.approx(0.776, abs=5e-4)
    error = (found.high - whole) / stats.t.ppf(0.975, 14)
    assert error == pytest.approx(0.143, abs=1e-3)


@given(values, st.floats(-100, 100))
def test_interval_moves_and_widens_with_its_values(sample: np.ndarray, shift: float) -> None:
    rest = np.array(leave_out(np.mean, sample))
    one = jackknife(float(sample.mean()), rest)
    moved = jackknife(float(sample.mean()) + shift, rest + shift)
    twice = jackknife(2 * float(sample.mean()), 2 * rest)

    assert moved.low == pytest.approx(one.low + shift, rel=1e-6, abs=1e-6)
    assert twice.high == pytest.approx(2 * one.high, rel=1e-6, abs=1e-6)


def test_too_few_units_or_missing_values_are_told() -> None:
    with pytest.raises(TooFewError, match="4 units"):
        jackknife(1.0, [1.0] * 4)
    with pytest.raises(TooFewError, match="without one"):
        jackknife(1.0, [1.0] * 5 + [np.nan])
    with pytest.raises(TooFewError, match="without one"):
        jackknife(np.nan, [1.0] * 5)
    with pytest.raises(ValueError, match="level"):
        jackknife(1.0, [1.0] * 5, level=1)
