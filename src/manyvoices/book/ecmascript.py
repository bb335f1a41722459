"""What the browser needs in order to read text as Python does: patterns and case folding.

A pattern is translated from how Python has parsed it, so that the rules of tokens have one home.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count
from re import _constants as ops  # type: ignore[attr-defined]  # typeshed does not know it
from re import _parser  # type: ignore[attr-defined]  # nor this
from typing import Any

SPACES = r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
CATEGORIES = {
    ops.CATEGORY_DIGIT: r"\p{Nd}",
    ops.CATEGORY_NOT_DIGIT: r"\P{Nd}",
    ops.CATEGORY_WORD: r"[\p{L}\p{N}_]",
    ops.CATEGORY_NOT_WORD: r"[^\p{L}\p{N}_]",
    ops.CATEGORY_SPACE: f"[{SPACES}]",
    ops.CATEGORY_NOT_SPACE: f"[^{SPACES}]",
}
WORD = CATEGORIES[ops.CATEGORY_WORD]
POSITIONS = {
    ops.AT_BEGINNING: "^",
    ops.AT_BOUNDARY: f"(?:(?<={WORD})(?!{WORD})|(?<!{WORD})(?={WORD}))",
}
SPECIAL = frozenset(r"^$\.*+?()[]{}|/-&!#%,:;<=>@`~")
# What a letter of ASCII meets, beside its other case, where case does not matter.
MORE_CASES = "\u0130\u0131\u017f\u212a"
HIGHEST = 0x10FFFF
LONG = 200  # letters: so long a set is written once


def to_ecmascript(pattern: re.Pattern[str]) -> tuple[str, list[str]]:
    """The source of a RegExp with the flags `s` and `v` that finds what `pattern` finds.

    In it `~0~` stands for the first of the long sets of characters that come with it, and so on.
    It takes what the rules of tokens use: no conditions, no names of groups, no lazy repetition.
    Raises ValueError for anything else.
    """
    writer = _Writer()
    source = writer.sequence(_parser.parse(pattern.pattern, pattern.flags), pattern.flags)
    return source, writer.sets


class _Writer:
    """Writes a parsed pattern; groups of its own make atomic what JavaScript would try again."""

    def __init__(self) -> None:
        self.numbers = count()
        self.sets: list[str] = []

    def sequence(self, items: Iterable[tuple[Any, Any]], flags: int) -> str:
        return "".join(self.item(op, value, flags) for op, value in items)

    def item(self, op: Any, value: Any, flags: int) -> str:
        name = str(op).lower()
        if not hasattr(self, f"_{name}"):
            raise ValueError(f"{op} is not translated")
        return str(getattr(self, f"_{name}")(value, flags))

    def _literal(self, point: int, flags: int) -> str:
        if flags & re.IGNORECASE and len(cases := _cases(point)) > 1:
            return f"[{''.join(map(_point, cases))}]"
        return _point(point)

    def _not_literal(self, point: int, flags: int) -> str:
        return f"[^{_point(point)}]"

    def _any(self, value: None, flags: int) -> str:
        return "."

    def _at(self, value: Any, flags: int) -> str:
        return POSITIONS[value]

    def _in(self, members: list[tuple[Any, Any]], flags: int) -> str:
        negated = members[0][0] is ops.NEGATE
        inside = "".join(_member(*one, flags) for one in members[negated:])
        return self._short(f"[{'^' * negated}{inside}]")

    def _short(self, text: str) -> str:
        """A set of characters, or its number among the long ones."""
        if len(text) < LONG:
            return text
        if text not in self.sets:
            self.sets.append(text)
        return f"~{self.sets.index(text)}~"

    def _branch(self, value: tuple[None, list[Any]], flags: int) -> str:
        return f"(?:{'|'.join(self.sequence(one, flags) for one in value[1])})"

    def _subpattern(self, value: tuple[int | None, int, int, Any], flags: int) -> str:
        number, more, fewer, inner = value
        text = self.sequence(inner, (flags | more) & ~fewer)
        return f"(?:{text})" if number is None else f"(?<p{number}>{text})"

    def _groupref(self, number: int, flags: int) -> str:
        return rf"\k<p{number}>"

    def _max_repeat(self, value: tuple[int, Any, Any], flags: int) -> str:
        low, high, inner = value
        most = "" if high is ops.MAXREPEAT else str(high)
        return f"(?:{self.sequence(inner, flags)}){{{low},{most}}}"

    def _possessive_repeat(self, value: tuple[int, Any, Any], flags: int) -> str:
        name = f"a{next(self.numbers)}"
        return rf"(?=(?<{name}>{self._max_repeat(value, flags)}))\k<{name}>"

    def _assert(self, value: tuple[int, Any], flags: int) -> str:
        return f"(?{'<' * (value[0] < 0)}={self.sequence(value[1], flags)})"

    def _assert_not(self, value: tuple[int, Any], flags: int) -> str:
        return f"(?{'<' * (value[0] < 0)}!{self.sequence(value[1], flags)})"


def _member(op: Any, value: Any, flags: int) -> str:
    if op is ops.CATEGORY:
        return CATEGORIES[value]
    low, high = value if op is ops.RANGE else (value, value)
    text = _point(low) if low == high else f"{_point(low)}-{_point(high)}"
    if flags & re.IGNORECASE and high < 0x80:
        points = {case for point in range(low, high + 1) for case in _cases(point)}
        return text + "".join(_point(p) for p in sorted(points) if not low <= p <= high)
    return text


def _cases(point: int) -> list[int]:
    """The code points that one of ASCII meets where case does not matter."""
    if point >= 0x80:
        return [point]
    char = chr(point)
    pattern = re.compile(re.escape(char), re.IGNORECASE)
    return sorted({ord(c) for c in {char.lower(), char.upper(), *MORE_CASES} if pattern.match(c)})


def _point(point: int) -> str:
    char = chr(point)
    if char in SPECIAL:
        return f"\\u{{{point:x}}}"
    return char if 0x20 < point < 0x7F else f"\\u{{{point:x}}}"


def case_folding() -> dict[str, object]:
    """Python's full case folding as a table: `runs` of [first, step, length, shift], `longer`.

    A code point of a run folds to itself plus the shift; those in `longer` to several.
    """
    runs: list[list[int]] = []
    longer: dict[str, str] = {}
    for point in range(0x80, HIGHEST + 1):
        folded = chr(point).casefold()
        if len(folded) > 1:
            longer[chr(point)] = folded
        elif ord(folded) != point:
            _lengthen(runs, point, ord(folded) - point)
    return {"runs": [[ord("A"), 1, 26, 32], *runs], "longer": longer}


def _lengthen(runs: list[list[int]], point: int, shift: int) -> None:
    """Add a code point to the last run, if it goes on there, or begin another."""
    if runs and runs[-1][3] == shift:
        first, step, length, _ = runs[-1]
        last = first + step * (length - 1)
        if point - last == step or (length == 1 and point - last == 2):
            runs[-1][1:3] = [point - last, length + 1]
            return
    runs.append([point, 1, 1, shift])
