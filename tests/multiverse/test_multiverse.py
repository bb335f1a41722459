"""A claim under every combination of choices."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import numpy as np
import pandas as pd
import pytest

from manyvoices.errors import TooFewError
from manyvoices.multiverse import Multiverse, multiverse

CHOICES = {
    "coding": [1, 2, 3],
    "weight": {"by sentence": 1.0, "by person": 2.0},
    "quoted": [True, False],
    "mixed": ["out", "in"],
    "shortest": [0, 5, 10],
    "caption": ["with", "without"],
}


def base(coding: int, quoted: bool) -> float:
    return coding - (0.5 if quoted else 0.0)


def scaled(base: float, weight: float, mixed: str) -> float:
    return base * weight * (-1 if mixed == "in" else 1)


def claim(scaled: float, shortest: int, caption: str) -> float:
    return scaled + shortest / 100 + (0.001 if caption == "with" else 0.0)


STEPS = {"base": base, "scaled": scaled}


@pytest.fixture(scope="module")
def everything() -> Multiverse:
    return multiverse(claim, CHOICES, steps=STEPS)


def test_six_choices_and_over_a_hundred_universes_are_a_row_each(everything: Multiverse) -> None:
    assert len(everything.table) == everything.total == 144
    assert not everything.table[list(CHOICES)].duplicated().any()
    assert everything.choices == tuple(CHOICES)


def test_every_value_is_that_of_its_options(everything: Multiverse) -> None:
    for row in everything.table.itertuples(index=False):
        start = int(row.coding) - (0.5 if row.quoted == "True" else 0)
        start *= {"by sentence": 1, "by person": 2}[row.weight]
        start *= -1 if row.mixed == "in" else 1
        end = start + int(row.shortest) / 100 + (0.001 if row.caption == "with" else 0)
        assert row.value == pytest.approx(end)
        assert row.sign == np.sign(end)
        assert row.holds == (end > 0)


def test_the_first_universe_is_the_books_own(everything: Multiverse) -> None:
    first = everything.table.iloc[0][list(CHOICES)].tolist()
    assert first == ["1", "by sentence", "True", "out", "0", "with"]
    assert everything.own == pytest.approx(0.501)


def test_shares_count_the_universes_that_ran(everything: Multiverse) -> None:
    assert everything.holding == everything.agreeing == pytest.approx(0.5)
    negative = multiverse(lambda a: a, {"a": [-1, 2, 3, -4]})
    assert (negative.holding, negative.agreeing) == (0.5, 0.5)
    mostly = multiverse(lambda a: a, {"a": [-1, 2, 3, 4]})
    assert (mostly.holding, mostly.agreeing) == (0.75, 0.25)


def test_what_it_takes_to_hold_can_be_said() -> None:
    found = multiverse(lambda a: a, {"a": [1, 2, 3, 4]}, holds=lambda value: value > 2)
    assert found.holding == 0.5
    assert found.agreeing == 1


def test_a_step_is_worked_out_once_for_what_it_depends_on() -> None:
    calls: Counter[str] = Counter()

    def counted(coding: int, quoted: bool) -> float:
        calls["base"] += 1
        return base(coding, quoted)

    def counted_too(base: float, weight: float, mixed: str) -> float:
        calls["scaled"] += 1
        return scaled(base, weight, mixed)

    multiverse(claim, CHOICES, steps={"base": counted, "scaled": counted_too})
    assert calls == {"base": 6, "scaled": 24}


def test_steps_may_stand_in_any_order(everything: Multiverse) -> None:
    turned = multiverse(claim, CHOICES, steps={"scaled": scaled, "base": base})
    pd.testing.assert_frame_equal(turned.table, everything.table)


def processes(workers: int) -> Executor:
    """Fresh processes: forked ones would hold locks of the threads that pyarrow keeps."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


@pytest.mark.parametrize("pool", [ThreadPoolExecutor, processes])
def test_where_universes_run_does_not_change_them(
    everything: Multiverse, pool: Callable[[int], Executor]
) -> None:
    with pool(2) as executor:
        elsewhere = multiverse(claim, CHOICES, steps=STEPS, executor=executor)
    pd.testing.assert_frame_equal(elsewhere.table, everything.table)


def test_past_the_cap_a_seeded_sample_with_the_first_is_taken(everything: Multiverse) -> None:
    few, again, other = (
        multiverse(claim, CHOICES, steps=STEPS, most=30, seed=seed) for seed in (1, 1, 2)
    )
    assert len(few.table) == 30
    assert few.total == 144
    assert few.own == everything.own
    pd.testing.assert_frame_equal(few.table, again.table)
    assert not few.table.equals(other.table)
    merged = few.table.merge(everything.table, how="left", indicator=True)
    assert (merged["_merge"] == "both").all()


def test_a_multiverse_too_large_to_list_can_be_sampled() -> None:
    choices = {f"c{i}": list(range(10)) for i in range(12)}
    found = multiverse(lambda **chosen: sum(chosen.values()), choices, most=50)
    assert found.total == 10**12
    assert len(found.table) == 50


def test_combinations_that_make_no_sense_are_listed_with_the_reason() -> None:
    found = multiverse(
        claim,
        CHOICES,
        steps=STEPS,
        unless={
            "persons have no captions": lambda weight, caption: (weight, caption) == (2, "with")
        },
    )
    out = found.table[found.table["status"] == "excluded"]
    assert len(out) == 36
    assert set(out["note"]) == {"persons have no captions"}
    assert out[["value", "sign", "holds"]].isna().all(axis=None)
    assert found.summary()["excluded"] == 36
    assert len(found.ran) == found.summary()["run"] == 108


def test_a_universe_that_fails_is_a_row_with_the_error_named() -> None:
    found = multiverse(lambda a, b: a / b, {"a": [1, 2], "b": [1, 0, 4]})
    failed = found.table[found.table["status"] == "failed"]
    assert failed["note"].tolist() == ["ZeroDivisionError: division by zero"] * 2
    assert found.holding == 1
    assert found.summary()["failed"] == 2


def test_a_value_that_is_no_number_is_a_failure_and_told() -> None:
    found = multiverse(lambda a: a, {"a": [1.0, float("nan")]})
    assert found.table["note"].tolist() == ["", "the value is nan"]
    assert found.table["status"].tolist() == ["run", "failed"]


def test_where_nothing_ran_there_is_no_share() -> None:
    found = multiverse(lambda a: 1 / a, {"a": [0]})
    with pytest.raises(TooFewError, match="ZeroDivisionError"):
        _ = found.holding
    with pytest.raises(TooFewError, match="first universe"):
        _ = multiverse(lambda a: 1 / a, {"a": [0, 1]}).agreeing


def test_by_choice_shows_what_becomes_of_the_claim_with_each_option(everything: Multiverse) -> None:
    found = everything.by_choice().set_index(["choice", "option"])
    assert len(found) == 14
    assert found.loc[("mixed", "in"), "holding"] == 0
    assert found.loc[("mixed", "out"), "holding"] == 1
    assert found.loc[("coding", "2"), "universes"] == 48
    assert found.loc[("coding", "3"), "largest"] == pytest.approx(6.101)


def test_an_option_with_which_none_ran_has_missing_values() -> None:
    found = multiverse(lambda a: 1 / a, {"a": [1, 0]}).by_choice().set_index("option")
    assert found.loc["0", "universes"] == 0
    assert found.loc["0", ["smallest", "median", "largest", "holding"]].isna().all()


@pytest.mark.parametrize(
    ("arguments", "match"),
    [
        ((lambda a: a, {}), "no choices"),
        ((lambda a: a, {"a": []}), "need labels"),
        ((lambda a: a, {"a": [1, "1"]}), "each its own"),
        ((lambda a, b: a, {"a": [1]}), "`b` is neither a choice nor a step"),
        ((lambda a: a, {"a": [1], "b": [1, 2]}), "nothing in the claim depends on: b"),
        ((lambda value: value, {"value": [1]}), "more than one thing"),
    ],
)
def test_choices_that_do_not_fit_the_claim_are_refused(arguments: tuple, match: str) -> None:
    with pytest.raises(ValueError, match=match):
        multiverse(*arguments)


def test_steps_and_reasons_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="circle: s > t > s"):
        multiverse(lambda s: s, {"a": [1]}, steps={"s": lambda t: t, "t": lambda s, a: s})
    with pytest.raises(ValueError, match="more than one thing: a"):
        multiverse(lambda a: a, {"a": [1]}, steps={"a": lambda: 1})
    with pytest.raises(ValueError, match="'odd' asks for b: no choice"):
        multiverse(lambda a: a, {"a": [1]}, steps={"b": lambda a: a}, unless={"odd": lambda b: b})
    with pytest.raises(ValueError, match="0 universes"):
        multiverse(lambda a: a, {"a": [1]}, most=0)


def test_parameters_with_a_default_need_be_no_choice() -> None:
    assert multiverse(lambda a, power=2: a**power, {"a": [3]}).own == 9
