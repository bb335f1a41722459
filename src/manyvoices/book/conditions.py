"""The conditions of a reading: `essay-words > comments-words ; n-comments == 18`.

A condition compares a recorded result with another one or with a number. Nothing is evaluated
as code, and there is no arithmetic.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
}
NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
NAME = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
CONDITION = re.compile(
    rf"\s*(?P<left>{NAME})\s*(?P<op><=|>=|==|!=|<|>)\s*(?P<right>{NAME}|{NUMBER})\s*"
)


class ConditionError(ValueError):
    """A condition that cannot be parsed, or that compares what cannot be compared."""


@dataclass(frozen=True)
class Condition:
    """`left op right`: the name of a result, a comparison, and another name or a number."""

    left: str
    op: str
    right: str | int | float

    def __str__(self) -> str:
        return f"{self.left} {self.op} {self.right}"

    @property
    def names(self) -> tuple[str, ...]:
        """The results that it compares."""
        return (self.left, self.right) if isinstance(self.right, str) else (self.left,)

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Whether it holds for `values`; it does not where a result has no value.

        Raises KeyError for a name that is not among them, and ConditionError where the two cannot
        be compared, as a text and a number.
        """
        left = values[self.left]
        right = values[self.right] if isinstance(self.right, str) else self.right
        if left is None or right is None:
            return False
        try:
            if isinstance(left, str) != isinstance(right, str):
                raise TypeError
            return OPERATORS[self.op](left, right)
        except TypeError:
            raise ConditionError(f"`{self}` compares {left!r} with {right!r}") from None


def parse_conditions(text: str) -> tuple[Condition, ...]:
    """The conditions in `text`, which `;` separates.

    Raises ConditionError with the piece that is no condition; there must be at least one.
    """
    pieces = text.split(";")
    return tuple(_parse(piece) for piece in pieces)


def _parse(piece: str) -> Condition:
    match = CONDITION.fullmatch(piece)
    if not match:
        raise ConditionError(
            f"`{piece.strip()}` is no condition: write `name > name` or `name > number`, "
            f"with one of {' '.join(OPERATORS)}, and `;` between conditions"
        )
    left, op, right = match.group("left", "op", "right")
    return Condition(left, op, right if re.fullmatch(NAME, right) else _number(right))


def _number(text: str) -> int | float:
    return int(text) if re.fullmatch(r"[-+]?\d+", text) else float(text)
