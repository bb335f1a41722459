"""How a result is written: thousands grouped, few digits, and its interval after it."""

from __future__ import annotations

import math

MINUS = "\N{MINUS SIGN}"


def number_text(
    value: int | float | str | bool, low: float | None = None, high: float | None = None
) -> str:
    """`value` as a reader sees it: "2,032", "0.031", or "2.3 (1.8 to 2.9)" with an interval.

    A fraction keeps two significant digits below one, one decimal below a hundred, none above;
    the ends of its interval get as many decimals. Raises ValueError for one that is not finite.
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if low is None or high is None:
        return fixed(value, 0 if isinstance(value, int) else decimals(value))
    places = decimals(value or max(abs(low), abs(high)))
    return f"{fixed(value, places)} ({fixed(low, places)} to {fixed(high, places)})"


def decimals(value: float) -> int:
    """How many decimals a fraction of the size of `value` is written with.

    Raises ValueError for one that is not finite.
    """
    size = abs(_finite(value))
    if size >= 100 or size == 0:
        return 0
    return 1 if size >= 1 else 1 - math.floor(math.log10(size))


def fixed(value: float, places: int) -> str:
    """`value` with so many decimals, thousands grouped and a true minus sign."""
    text = f"{_finite(value):,.{places}f}"
    return MINUS + text[1:] if text.startswith("-") and text.strip("-0.,") else text.lstrip("-")


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a finite number: give its text with text=")
    return value
