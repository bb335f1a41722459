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
    places = 0 if isinstance(value, int) and low is None else _decimals(value, low, high)
    text = _fixed(value, places)
    if low is None or high is None:
        return text
    return f"{text} ({_fixed(low, places)} to {_fixed(high, places)})"


def _decimals(value: float, low: float | None, high: float | None) -> int:
    """Decimals by the size of the value; of the wider end of its interval when it is zero."""
    size = abs(value) or max(abs(low or 0.0), abs(high or 0.0))
    if not math.isfinite(size):
        raise ValueError(f"{size} is not a finite number: give its text with text=")
    if size >= 100 or size == 0:
        return 0
    return 1 if size >= 1 else 1 - math.floor(math.log10(size))


def _fixed(value: float, places: int) -> str:
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a finite number: give its text with text=")
    text = f"{value:,.{places}f}"
    return MINUS + text[1:] if text.startswith("-") and text.strip("-0.,") else text.lstrip("-")
