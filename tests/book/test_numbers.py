"""How results are written."""

import pytest

from manyvoices.book.numbers import number_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2032, "2,032"),
        (0, "0"),
        (-3, "−3"),
        (True, "yes"),
        ("none", "none"),
        (0.0312, "0.031"),
        (0.5, "0.50"),
        (2.31, "2.3"),
        (99.94, "99.9"),
        (1234.5, "1,234"),
        (-0.031, "−0.031"),
        (0.0, "0"),
        (-0.0, "0"),
    ],
)
def test_a_number_is_written_with_the_digits_that_it_bears(value: float, text: str) -> None:
    assert number_text(value) == text


def test_an_interval_has_as_many_decimals_as_its_value() -> None:
    assert number_text(2.31, 1.83, 2.88) == "2.3 (1.8 to 2.9)"
    assert number_text(0.031, 0.012, 0.0551) == "0.031 (0.012 to 0.055)"
    assert number_text(120, 99.6, 130.2) == "120 (100 to 130)"


def test_the_decimals_of_a_zero_are_those_of_its_interval() -> None:
    assert number_text(0.0, 0.0, 0.034) == "0.000 (0.000 to 0.034)"


def test_a_zero_that_rounding_made_has_no_minus_sign() -> None:
    assert number_text(2.0, -0.04, 3.0) == "2.0 (0.0 to 3.0)"


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_not_finite_needs_words(value: float) -> None:
    with pytest.raises(ValueError, match="text="):
        number_text(value)
