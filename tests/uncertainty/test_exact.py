"""The exact interval of a share."""

import pytest
from scipy import stats

from manyvoices.errors import TooFewError
from manyvoices.uncertainty import exact, wilson


@pytest.mark.parametrize(("hits", "total"), [(0, 10), (1, 10), (5, 10), (10, 10), (3, 104)])
def test_it_is_that_of_scipy(hits: int, total: int) -> None:
    theirs = stats.binomtest(hits, total).proportion_ci(method="exact")
    assert (exact(hits, total).low, exact(hits, total).high) == pytest.approx(tuple(theirs))


def test_it_is_the_closed_form_where_there_are_no_hits() -> None:
    # With no hit the upper end solves (1 - p) ** n = .025.
    assert exact(0, 20).low == 0
    assert exact(0, 20).high == pytest.approx(1 - 0.025 ** (1 / 20))


def test_it_is_wider_than_wilsons() -> None:
    assert exact(7, 30).high - exact(7, 30).low > wilson(7, 30).high - wilson(7, 30).low


def test_no_total_and_impossible_hits_are_refused() -> None:
    for method in (exact, wilson):
        with pytest.raises(TooFewError):
            method(0, 0)
        with pytest.raises(ValueError):
            method(3, 2)
        with pytest.raises(ValueError):
            method(1, 2, level=1.0)
