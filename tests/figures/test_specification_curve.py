"""The specification curve: its words and what is drawn."""

import re

import pytest

from manyvoices.errors import TooFewError
from manyvoices.figures import Drawing, specification_curve
from manyvoices.figures.multiverse import MOST
from manyvoices.multiverse import Multiverse, multiverse

CHOICES = {"coding": [1, 2, 3], "side": {"plus": 1, "minus": -1}, "shift": [0.0, 0.5]}


def signed(coding: int, side: int, shift: float) -> float:
    return side * coding + shift


def draw(universes: Multiverse) -> Drawing:
    return specification_curve(
        universes, name="curve-test", claim="One is more than <two>", measure="difference & more"
    )


@pytest.fixture
def universes() -> Multiverse:
    return multiverse(signed, CHOICES)


def test_the_texts_are_computed_from_the_universes(universes: Multiverse) -> None:
    found = draw(universes)
    assert "12 universes in order of their value" in found.alt
    assert "from -3.00 to 3.50 with the median at 0.25; as in the book 1.00" in found.alt
    assert "The claim holds in 6 of them" in found.alt
    assert "side: plus 2.25, minus -1.75" in found.alt
    assert "It holds in 6 (50%), and 50% have the sign of the book’s own" in found.caption


def test_the_caption_says_that_shares_are_sensitivity(universes: Multiverse) -> None:
    assert "sensitivity, not probability" in draw(universes).caption


def test_the_drawing_is_the_same_bytes_every_time(universes: Multiverse) -> None:
    assert draw(universes) == draw(universes)


def test_every_option_and_both_colours_are_named_in_the_drawing(universes: Multiverse) -> None:
    svg = draw(universes).svg
    for text in ("coding", "side", "plus", "minus", "as in the book", "does not hold", "holds"):
        assert f">{text}<" in svg
    assert "difference &amp; more" in svg
    assert "<two>" not in svg


def test_where_all_hold_no_second_colour_is_named() -> None:
    svg = draw(multiverse(lambda a: a, {"a": [1, 2, 3]})).svg
    assert "does not hold" not in svg


def test_what_is_not_drawn_is_told() -> None:
    universes = multiverse(
        lambda a, b: a / b,
        {"a": list(range(1, 60)), "b": list(range(60))[::-1]},
        unless={"too large": lambda a: a > 57},
        most=2000,
    )
    found = draw(universes)
    assert "2,000 of 3,540 combinations were sampled" in found.caption
    assert re.search(r"[\d,]+ make no sense and are left out", found.caption)
    assert re.search(r"[\d,]+ gave no value", found.caption)
    assert f"{MOST:,} of those that ran, evenly spaced, are shown" in found.caption


def test_a_thousand_universes_make_no_huge_drawing() -> None:
    choices = {f"c{i}": list(range(4)) for i in range(5)}
    assert len(draw(multiverse(lambda **chosen: sum(chosen.values()), choices)).svg) < 600_000


def test_nothing_is_drawn_where_nothing_ran() -> None:
    with pytest.raises(TooFewError):
        draw(multiverse(lambda a: 1 / a, {"a": [0]}))
