"""The jackknife: how a statistic changes when each unit is left out in turn."""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from manyvoices.errors import TooFewError
from manyvoices.uncertainty.intervals import Interval, check_level
from manyvoices.uncertainty.units import FEWEST_PEOPLE


def jackknife(
    value: float, without: ArrayLike, *, method: str = "jackknife", level: float = 0.95
) -> Interval:
    """A statistic with its interval, from its values `without` each of its units.

    The standard error is Tukey's (1958): the root of (n - 1) / n times the sum of the squared
    deviations of these values from their mean; the interval is as many of them to either side as
    Student's t with n - 1 degrees of freedom has it. Its variance is on average no smaller than
    that of a symmetric statistic of independent units (Efron and Stein 1981). No unit is drawn
    twice, so that it serves where the bootstrap does not: for the number of different words,
    which any draw with replacement makes smaller. Units are to be as large as what hangs together
    in the text. Raises TooFewError for fewer than five units, and for values that are missing.
    """
    check_level(level)
    values = np.asarray(without, float)
    if (units := len(values)) < FEWEST_PEOPLE:
        raise TooFewError(f"{units} units are too few to leave out.", "Five are the least.")
    if not np.isfinite(value) or not np.isfinite(values).all():
        raise TooFewError("without one of the units the statistic has no value.")
    from scipy.special import stdtrit

    error = sqrt((units - 1) / units * float(((values - values.mean()) ** 2).sum()))
    far = float(stdtrit(units - 1, (1 + level) / 2)) * error
    return Interval(value, value - far, value + far, level, method, units)
