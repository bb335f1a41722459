"""The rule of recovery at its borders; scores are written as (PHQ-9, GAD-7)."""

import numpy as np
import pytest

from manyvoices.models.recovery import (
    GAD7,
    PHQ9,
    caseness,
    recovery,
    reliable_change_index,
    reliable_deterioration,
    reliable_improvement,
    reliable_recovery,
)


def test_the_points_are_the_published_ones() -> None:
    # Saunders et al. (2021, table 1) print them, after NHS Digital; so do Gyani et al. (2013).
    assert (PHQ9.highest, PHQ9.case, PHQ9.change) == (27, 10, 6)
    assert (GAD7.highest, GAD7.case, GAD7.change) == (21, 8, 4)


def test_ten_on_depression_is_a_case_and_nine_is_none() -> None:
    assert caseness((10, 0))
    assert not caseness((9, 0))


def test_eight_on_anxiety_is_a_case_and_seven_is_none() -> None:
    assert caseness((0, 8))
    assert not caseness((0, 7))


def test_one_point_from_the_cut_off_to_below_it_is_recovery_but_not_reliable() -> None:
    assert recovery((10, 0), (9, 0))
    assert not reliable_recovery((10, 0), (9, 0))


def test_below_one_cut_off_but_not_below_the_other_is_no_recovery() -> None:
    assert not recovery((20, 15), (9, 8))
    assert not recovery((20, 15), (10, 7))
    assert recovery((20, 15), (9, 7))


def test_who_was_a_case_on_one_questionnaire_must_end_below_both() -> None:
    assert not recovery((12, 3), (5, 8))


def test_who_was_no_case_cannot_recover_but_can_improve() -> None:
    assert not recovery((9, 7), (0, 0))
    assert reliable_improvement((9, 7), (0, 0))


def test_a_fall_of_exactly_six_on_depression_is_reliable_and_of_five_is_not() -> None:
    assert reliable_improvement((16, 0), (10, 0))
    assert not reliable_improvement((16, 0), (11, 0))


def test_a_fall_of_exactly_four_on_anxiety_is_reliable_and_of_three_is_not() -> None:
    assert reliable_improvement((0, 12), (0, 8))
    assert not reliable_improvement((0, 12), (0, 9))


def test_reliably_down_on_one_and_up_on_the_other_is_neither_better_nor_worse() -> None:
    for first, last in [((20, 5), (10, 9)), ((10, 15), (16, 5))]:
        assert not reliable_improvement(first, last)
        assert not reliable_deterioration(first, last)


def test_an_unreliable_rise_on_the_other_does_not_hinder_improvement() -> None:
    assert reliable_improvement((20, 5), (14, 8))
    assert reliable_improvement((5, 15), (10, 11))


def test_who_ends_below_both_may_have_risen_reliably_on_one_and_then_recovers_unreliably() -> None:
    assert recovery((10, 3), (4, 7))
    assert not reliable_recovery((10, 3), (4, 7))


def test_deterioration_is_improvement_backwards() -> None:
    assert reliable_deterioration((10, 0), (16, 0))
    assert not reliable_deterioration((10, 0), (15, 0))
    assert reliable_deterioration((0, 4), (0, 8))


def test_no_change_is_nothing() -> None:
    for definition in (recovery, reliable_improvement, reliable_deterioration, reliable_recovery):
        assert not definition((15, 14), (15, 14))


def test_many_people_are_counted_at_once() -> None:
    first = np.array([[10, 0], [16, 8], [9, 7]])
    last = np.array([[9, 0], [9, 7], [3, 3]])
    assert recovery(first, last).tolist() == [True, True, False]
    assert reliable_recovery(first, last).tolist() == [False, True, False]


@pytest.mark.parametrize("scores", [(10,), 10, (10, 8, 3), (10, float("nan"))])
def test_scores_that_are_not_two_or_are_missing_are_refused(scores: object) -> None:
    with pytest.raises(ValueError, match=r"scores of shape|missing"):
        caseness(scores)


def test_the_index_is_that_of_jacobson_and_truax() -> None:
    # Jacobson and Truax (1991): an sd of 7.5 and a reliability of .80 give a standard error of
    # difference of 4.74, so that a change from 32.5 to 47.5 has an index of 3.16.
    index = reliable_change_index(7.5, 0.80)
    assert index / 1.96 == pytest.approx(4.74, abs=0.005)
    assert 15 / (index / 1.96) == pytest.approx(3.16, abs=0.005)


@pytest.mark.parametrize(("sd", "reliability"), [(-1, 0.8), (5, 1.1), (5, -0.1)])
def test_an_index_of_nonsense_is_refused(sd: float, reliability: float) -> None:
    with pytest.raises(ValueError, match="reliability"):
        reliable_change_index(sd, reliability)
