"""The grammar of a reading's conditions."""

import pytest

from manyvoices.book.conditions import ConditionError, parse_conditions

VALUES = {"essay-words": 2032, "comments-words": 3000, "rate": 0.5, "kind": "blog", "none": None}


def holds(text: str) -> bool:
    return all(condition.holds(VALUES) for condition in parse_conditions(text))


@pytest.mark.parametrize(
    "text",
    [
        "essay-words < comments-words",
        "essay-words == 2032 ; rate <= .5",
        "rate >= 5e-1;rate!=1",
        "rate > -1 ; rate < +1.5",
    ],
)
def test_a_true_condition_holds(text: str) -> None:
    assert holds(text)


@pytest.mark.parametrize("text", ["essay-words > comments-words", "rate == 0.5 ; rate > 1"])
def test_one_false_condition_is_enough_to_fail(text: str) -> None:
    assert not holds(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "essay-words",
        "essay-words > ",
        "2 < rate",
        "rate > 1 + 1",
        "rate >> 1",
        "rate = 1",
        "rate > 1 and rate < 2",
        "__import__('os').system('true') == 0",
        "Rate > 1",
        "rate > 1 ;",
        "rate > 1e",
    ],
)
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(ConditionError, match="no condition"):
        parse_conditions(text)


@pytest.mark.parametrize("text", ["kind > 3", "kind == rate"])
def test_what_cannot_be_compared_is_refused(text: str) -> None:
    with pytest.raises(ConditionError, match="compares"):
        holds(text)


@pytest.mark.parametrize("text", ["none > 1", "rate < none", "none == none", "none != 1"])
def test_nothing_holds_of_a_result_without_a_value(text: str) -> None:
    assert not holds(text)


def test_an_unknown_name_is_told_apart_from_a_false_condition() -> None:
    with pytest.raises(KeyError):
        holds("nobody > 3")


def test_a_condition_is_written_as_it_was_read() -> None:
    (condition,) = parse_conditions("  rate>=18 ")
    assert str(condition) == "rate >= 18"
    assert condition.names == ("rate",)
