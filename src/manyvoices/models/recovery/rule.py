"""The rule by which England's talking therapies count recovery and reliable change.

Scores are arrays whose last axis holds the PHQ-9 and the GAD-7, in this order; a single person is
an array of two numbers. Where a disorder has a questionnaire of its own, services put that in the
place of the GAD-7; that is not done here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

Truths = NDArray[np.bool_]
CERTAINTY = 1.96  # standard errors on either side of no change; Jacobson and Truax's choice


@dataclass(frozen=True, slots=True)
class Scale:
    """A questionnaire: its highest score, the lowest that is a case, and what change is reliable.

    `case` and `change` are points: a score of `case` or more is at caseness, a change of `change`
    or more is reliable.
    """

    name: str
    highest: int
    case: int
    change: int


PHQ9 = Scale("PHQ-9", 27, 10, 6)
"""Depression: nine questions of 0 to 3 points (Kroenke, Spitzer and Williams 2001)."""
GAD7 = Scale("GAD-7", 21, 8, 4)
"""Anxiety: seven questions of 0 to 3 points (Spitzer et al. 2006)."""
SCALES = (PHQ9, GAD7)
CASES = np.array([scale.case for scale in SCALES])
CHANGES = np.array([scale.change for scale in SCALES])


def caseness(scores: ArrayLike) -> Truths:
    """Who is at caseness: at the cut-off or above on either questionnaire, or on both.

    The cut-offs are 10 on the PHQ-9 and 8 on the GAD-7, as Gyani et al. (2013) and the programme
    use them. Raises ValueError where the last axis does not hold two scores, or one is missing.
    """
    return _either(_checked(scores) >= CASES)


def recovery(first: ArrayLike, last: ArrayLike) -> Truths:
    """Who was at caseness the first time and, the last time, is below both cut-offs.

    Raises ValueError as `caseness` does.
    """
    return np.asarray(caseness(first) & ~caseness(last))


def reliable_improvement(first: ArrayLike, last: ArrayLike) -> Truths:
    """Who fell reliably on one questionnaire or both, and rose reliably on neither.

    A fall of 6 points on the PHQ-9 or of 4 on the GAD-7 is reliable, and so is such a rise
    (Gyani et al. 2013). Raises ValueError as `caseness` does.
    """
    fell, rose = _moved(first, last), _moved(last, first)
    return np.asarray(fell & ~rose)


def reliable_deterioration(first: ArrayLike, last: ArrayLike) -> Truths:
    """Who rose reliably on one questionnaire or both, and fell reliably on neither.

    The mirror image of `reliable_improvement`. Raises ValueError as `caseness` does.
    """
    return reliable_improvement(last, first)


def reliable_recovery(first: ArrayLike, last: ArrayLike) -> Truths:
    """Who shows both `recovery` and `reliable_improvement`. Raises ValueError as they do."""
    return np.asarray(recovery(first, last) & reliable_improvement(first, last))


DEFINITIONS: Mapping[str, Callable[[ArrayLike, ArrayLike], Truths]] = MappingProxyType(
    {
        "recovery": recovery,
        "reliable improvement": reliable_improvement,
        "reliable recovery": reliable_recovery,
        "reliable deterioration": reliable_deterioration,
    }
)
"""The four ways of counting, by name."""


def reliable_change_index(sd: float, reliability: float) -> float:
    """The change in points that noise alone exceeds, to either side, once in twenty times.

    1.96 standard errors of a difference: 1.96 · sd · √(2 · (1 - reliability)) (Jacobson and
    Truax 1991), for errors that are normal and alike at all scores. Raises ValueError for a
    negative sd or a reliability outside 0 to 1.
    """
    if sd < 0 or not 0 <= reliability <= 1:
        raise ValueError(f"an sd of {sd} and a reliability of {reliability}")
    return CERTAINTY * sd * sqrt(2 * (1 - reliability))


def _moved(high: ArrayLike, low: ArrayLike) -> Truths:
    """Who lies reliably higher in `high` than in `low`, on one questionnaire or both."""
    return _either(_checked(high) - _checked(low) >= CHANGES)


def _either(truths: Truths) -> Truths:
    """Whether one or both of each pair are true."""
    # NumPy's `any` takes twenty times as long over so short an axis.
    return np.asarray(truths[..., 0] | truths[..., 1])


def _checked(scores: ArrayLike) -> NDArray[np.float64]:
    checked = np.asarray(scores, dtype=np.float64)
    if checked.shape[-1:] != (len(SCALES),):
        raise ValueError(f"scores of shape {checked.shape}; the last axis holds PHQ-9 and GAD-7")
    if np.isnan(checked).any():
        raise ValueError("a score is missing; who lacks one is neither a case nor recovered")
    return checked
