"""Several tests at once: p values adjusted for how many there are."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from manyvoices.uncertainty.sums import Floats


def holm(ps: ArrayLike) -> Floats:
    """The p values adjusted after Holm (1979), in the order given, from statsmodels.

    Those at or below a level are false, by any amount of dependence, with at most that chance of
    even one false. Raises ValueError for values outside 0 to 1, or none.
    """
    from statsmodels.stats.multitest import multipletests

    return np.asarray(multipletests(_checked(ps), method="holm")[1], float)


def benjamini_hochberg(ps: ArrayLike) -> Floats:
    """The p values adjusted after Benjamini and Hochberg (1995), in the order given, from scipy.

    Of those at or below a level, the share that is false is at most that level on average, where
    tests are independent or positively dependent. Raises ValueError for values outside 0 to 1, or
    none.
    """
    from scipy.stats import false_discovery_control

    return np.asarray(false_discovery_control(_checked(ps), method="bh"), float)


def _checked(ps: ArrayLike) -> Floats:
    values = np.asarray(ps, float)
    if values.ndim != 1 or not len(values):
        raise ValueError("a list of p values, with at least one, is needed")
    if not ((values >= 0) & (values <= 1)).all():
        raise ValueError("p values lie between 0 and 1, and none may be missing")
    return values
