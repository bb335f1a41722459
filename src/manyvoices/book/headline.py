"""A headline: a finding in one number, with all that was tried against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

CHOICES, PASSES, PEOPLE = "choices", "passes", "people"
KINDS = (CHOICES, PASSES, PEOPLE)


@dataclass(frozen=True)
class Trial:
    """In how many of the cases of a kind a headline comes out on the same side, and in which not.

    The kinds: other `choices` of the analyst, each of the `passes` of codes, without each of the
    `people`. `turning` names the cases that turn it, where they have names to go by.
    """

    kind: str
    agreeing: int
    of: int
    turning: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether it comes out on the same side in every case."""
        return self.agreeing == self.of


@dataclass(frozen=True)
class Headline:
    """What the result `name` is, in words; the value that would be no finding; what it withstood.

    `mind` says what would change our mind about it.
    """

    name: str
    what: str
    against: float
    trials: tuple[Trial, ...]
    mind: str

    @classmethod
    def of_record(cls, record: Mapping[str, Any]) -> Headline:
        """The headline that was written as JSON."""
        trials = (Trial(**t | {"turning": tuple(t["turning"])}) for t in record["trials"])
        return cls(**{**record, "trials": tuple(trials)})

    def trial(self, kind: str) -> Trial | None:
        """The trial of that kind, if it was made."""
        return next((trial for trial in self.trials if trial.kind == kind), None)


def try_cases(kind: str, cases: Iterable[tuple[str, float]], side: float) -> Trial | None:
    """The trial by named values (less what would be no finding); None without any case.

    A case whose value is missing agrees with nothing.
    """
    outcomes = [(name, isfinite(value) and value * side > 0) for name, value in cases]
    if not outcomes:
        return None
    turning = tuple(name for name, same in outcomes if not same and kind != CHOICES)
    return Trial(kind, sum(same for _, same in outcomes), len(outcomes), turning)
