"""One claim under every combination of choices that can be defended.

A figure rests on choices that could have been made otherwise: which pass of codes, with or
without quoted words, counted by person or by sentence. A multiverse runs them all (Steegen et al.
2016; Simonsohn, Simmons and Nelson 2020). The shares it gives are *sensitivity*: how far a claim
depends on choices. They are no probability that it is true; universes are neither independent of
one another nor equally good, and what all of them have in common none of them tests.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import pairwise
from math import isfinite, prod
from random import Random
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from manyvoices.errors import TooFewError
from manyvoices.uncertainty import SEED, Executor

if TYPE_CHECKING:
    import pandas as pd

RUN, EXCLUDED, FAILED = "run", "excluded", "failed"
RESULTS = ("value", "sign", "holds", "status", "note")
PIECES = 8

Options: TypeAlias = Sequence[Any] | Mapping[str, Any]
Universe: TypeAlias = tuple[int, ...]
Outcome: TypeAlias = tuple[float | None, str]


def positive(value: float) -> bool:
    """Whether a value lies above nothing: what it takes for a claim to hold, by default."""
    return value > 0


@dataclass(frozen=True, eq=False)
class Multiverse:
    """The universes of a claim.

    `table` has one row per universe, in the order of the choices; the first is the one that the
    book itself chose. Columns: one per choice with the label of its option; value; sign (-1, 0,
    1); holds; status ("run", "excluded", "failed"); note (why it was excluded, or the error).
    Value, sign and holds are missing unless it was run. `total` is how many combinations there
    are; the table has fewer rows where they were sampled.
    """

    table: pd.DataFrame
    choices: tuple[str, ...]
    total: int

    @cached_property
    def ran(self) -> pd.DataFrame:
        """The universes that gave a value. Raises TooFewError where none did."""
        ran = self.table[self.table["status"] == RUN]
        if ran.empty:
            notes = "; ".join(dict.fromkeys(self.table["note"]))
            raise TooFewError(f"no universe gave a value: {notes}.")
        return ran

    @property
    def own(self) -> float:
        """The value under the first option of every choice. Raises TooFewError for none."""
        first = self.table.iloc[0]
        if first["status"] != RUN:
            raise TooFewError(f"the first universe gave no value: {first['note']}.")
        return float(first["value"])

    @property
    def agreeing(self) -> float:
        """The share of those that ran whose sign is that of the first: sensitivity only."""
        return float((self.ran["sign"] == np.sign(self.own)).mean())

    @property
    def holding(self) -> float:
        """The share of those that ran in which the claim holds: sensitivity, not probability."""
        return float(self.ran["holds"].mean())

    def summary(self) -> dict[str, float | int]:
        """The numbers for one row of a table of claims.

        Keys: choices, combinations, universes (rows), run, excluded, failed, own, smallest,
        median, largest, agreeing, holding.
        """
        values = self.ran["value"]
        counts = self.table["status"].value_counts()
        return {
            "choices": len(self.choices),
            "combinations": self.total,
            "universes": len(self.table),
            **{name: int(counts.get(name, 0)) for name in (RUN, EXCLUDED, FAILED)},
            "own": self.own,
            "smallest": float(values.min()),
            "median": float(values.median()),
            "largest": float(values.max()),
            "agreeing": self.agreeing,
            "holding": self.holding,
        }

    def by_choice(self) -> pd.DataFrame:
        """One row per option: what becomes of the claim when it is chosen.

        Columns: choice, option, universes (that ran with it), smallest, median, largest, holding.
        An option with which none ran has missing values.
        """
        import pandas as pd

        def numbers(choice: str, option: str) -> dict[str, object]:
            rows = self.ran[self.ran[choice] == option]
            found = (
                rows["value"]
                .agg(["min", "median", "max"])
                .set_axis(["smallest", "median", "largest"])
            )
            holding = float(rows["holds"].mean()) if len(rows) else np.nan
            return {"choice": choice, "option": option, "universes": len(rows), **found} | {
                "holding": holding
            }

        pairs = ((c, o) for c in self.choices for o in dict.fromkeys(self.table[c]))
        return pd.DataFrame([numbers(*pair) for pair in pairs])


def multiverse(
    claim: Callable[..., float],
    choices: Mapping[str, Options],
    *,
    steps: Mapping[str, Callable[..., Any]] | None = None,
    unless: Mapping[str, Callable[..., bool]] | None = None,
    holds: Callable[[float], bool] = positive,
    most: int = 10_000,
    seed: int = SEED,
    executor: Executor | None = None,
) -> Multiverse:
    """The claim in every combination of the options, or in a seeded sample of `most` of them.

    `choices` names each choice and its options, the one that the book makes first; options are a
    mapping from labels, or a list, where they are labelled by what they print as. `claim` is a
    function with a parameter for each choice that it depends on, and returns a number; `holds`
    says of this number whether the claim holds.

    `steps` are named functions on the way to the claim. Their parameters, and those of the claim,
    name choices or other steps. A step is worked out once for each combination of the choices that
    it depends on, and shared by the universes that have these in common (in memory, for one run).

    `unless` maps reasons to functions of some of the choices that are true of combinations which
    make no sense. These stand in the table as excluded, with the reason; a universe that raises
    stands there as failed, with the error. Sampled or not, the first universe is in.

    With an executor, universes run in eight pieces; those of processes need functions that can be
    pickled. Where they run does not change what is found. Raises ValueError for parameters that
    are neither choices nor steps, for choices that nothing depends on (they would multiply
    universes without changing any), for labels that are not unique, and for steps in a circle.
    """
    plan = _Plan(claim, _labelled(choices), dict(steps or {}), dict(unless or {}))
    plan.check()
    chosen = _universes(plan.sizes, most, seed)
    if executor is None:
        outcomes = _run(plan, chosen)
    else:
        pieces = [chosen[i] for i in _cuts(len(chosen))]
        outcomes = [o for piece in executor.map(partial(_run, plan), pieces) for o in piece]
    return Multiverse(_table(plan, chosen, outcomes, holds), tuple(plan.options), prod(plan.sizes))


@dataclass
class _Plan:
    """The claim, and what it depends on."""

    claim: Callable[..., float]
    options: dict[str, dict[str, Any]]
    steps: dict[str, Callable[..., Any]]
    unless: dict[str, Callable[..., bool]]
    needs: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(map(len, self.options.values()))

    def check(self) -> None:
        """Finds what each step depends on. Raises ValueError as `multiverse` says."""
        clash = self.options.keys() & {*self.steps, *RESULTS} | (self.steps.keys() & set(RESULTS))
        if clash:
            raise ValueError(f"names of more than one thing: {', '.join(sorted(clash))}")
        for reason, predicate in self.unless.items():
            if unknown := [x for x in self._parameters(predicate) if x not in self.options]:
                raise ValueError(f"{reason!r} asks for {', '.join(unknown)}: no choice")
        for step in self.steps:
            self._find_needs(step, ())
        used = {i for name in self._parameters(self.claim) for i in self._find_needs(name, ())}
        if idle := [name for i, name in enumerate(self.options) if i not in used]:
            raise ValueError(f"nothing in the claim depends on: {', '.join(idle)}")

    def arguments(
        self, function: Callable[..., Any], known: Callable[[str], Any]
    ) -> dict[str, Any]:
        """What to call the function with."""
        return {name: known(name) for name in self._parameters(function)}

    def _find_needs(self, name: str, above: tuple[str, ...]) -> tuple[int, ...]:
        """The places of the choices on which a choice or a step depends."""
        if name in self.options:
            return (list(self.options).index(name),)
        if name in above:
            raise ValueError(f"steps in a circle: {' > '.join((*above, name))}")
        if name not in self.needs:
            below = self._parameters(self.steps[name])
            found = {i for other in below for i in self._find_needs(other, (*above, name))}
            self.needs[name] = tuple(sorted(found))
        return self.needs[name]

    def _parameters(self, function: Callable[..., Any]) -> list[str]:
        """The parameters that are choices or steps. Raises ValueError for unknown ones."""
        names = []
        for name, parameter in inspect.signature(function).parameters.items():
            if parameter.kind is parameter.VAR_KEYWORD:
                names += [choice for choice in self.options if choice not in names]
            elif name in self.options or name in self.steps:
                names.append(name)
            elif parameter.default is parameter.empty:
                raise ValueError(f"`{name}` is neither a choice nor a step")
        return names


class _Memo:
    """What the steps of one universe came to, shared with the universes after it."""

    def __init__(self, plan: _Plan) -> None:
        self.plan = plan
        self.values = [list(options.values()) for options in plan.options.values()]
        self.places = {name: i for i, name in enumerate(plan.options)}
        self.known: dict[tuple[str, Universe], Any] = {}

    def value(self, universe: Universe, name: str) -> Any:
        """The option of a choice, or the result of a step."""
        if name in self.places:
            return self.values[place := self.places[name]][universe[place]]
        key = name, tuple(universe[i] for i in self.plan.needs[name])
        if key not in self.known:
            self.known[key] = self.call(universe, self.plan.steps[name])
        return self.known[key]

    def call(self, universe: Universe, function: Callable[..., Any]) -> Any:
        """What a function returns in a universe."""
        return function(**self.plan.arguments(function, partial(self.value, universe)))


def _labelled(choices: Mapping[str, Options]) -> dict[str, dict[str, Any]]:
    """The options of each choice by their labels. Raises ValueError where these are not unique."""
    if not choices:
        raise ValueError("no choices")
    found = {}
    for name, options in choices.items():
        if isinstance(options, Mapping):
            pairs = [(str(label), option) for label, option in options.items()]
        else:
            pairs = [(str(getattr(x, "__name__", x)), x) for x in options]
        if not pairs or len(dict(pairs)) < len(pairs):
            raise ValueError(f"the options of `{name}` need labels, each its own: {pairs}")
        found[name] = dict(pairs)
    return found


def _universes(sizes: tuple[int, ...], most: int, seed: int) -> list[Universe]:
    """All combinations as places of options, or the first and a sample of the rest, in order."""
    total = prod(sizes)
    if most < 1:
        raise ValueError(f"{most} universes")
    places: Iterable[int] = range(total)
    if total > most:
        places = [0, *sorted(Random(seed).sample(range(1, total), most - 1))]
    return [_digits(place, sizes) for place in places]


def _digits(place: int, sizes: tuple[int, ...]) -> Universe:
    """The options at a place, the last choice changing fastest."""
    digits = []
    for size in reversed(sizes):
        place, digit = divmod(place, size)
        digits.append(digit)
    return tuple(reversed(digits))


def _cuts(size: int) -> list[slice]:
    edges = np.linspace(0, size, min(PIECES, size) + 1).astype(int).tolist()
    return [slice(*pair) for pair in pairwise(edges)]


def _run(plan: _Plan, universes: list[Universe]) -> list[Outcome]:
    """The value of each universe, or none and why."""
    memo = _Memo(plan)
    return [_outcome(plan, memo, universe) for universe in universes]


def _outcome(plan: _Plan, memo: _Memo, universe: Universe) -> Outcome:
    for reason, predicate in plan.unless.items():
        if memo.call(universe, predicate):
            return None, f"{EXCLUDED}: {reason}"
    try:
        value = float(memo.call(universe, plan.claim))
    except Exception as error:  # noqa: BLE001 - whatever happens in a universe is its outcome
        return None, f"{FAILED}: {type(error).__name__}: {error}"
    return (value, "") if isfinite(value) else (None, f"{FAILED}: the value is {value}")


def _table(
    plan: _Plan, universes: list[Universe], outcomes: list[Outcome], holds: Callable[[float], bool]
) -> pd.DataFrame:
    import pandas as pd

    labels = [list(options) for options in plan.options.values()]
    rows = [[of[i] for of, i in zip(labels, universe, strict=True)] for universe in universes]
    table = pd.DataFrame(rows, columns=list(plan.options))
    values = [value for value, _ in outcomes]
    told = [note.partition(": ") for _, note in outcomes]
    table["value"] = pd.Series(values, dtype=float)
    table["sign"] = pd.Series(
        [None if v is None else int(np.sign(v)) for v in values], dtype="Int8"
    )
    table["holds"] = pd.Series(
        [None if v is None else bool(holds(v)) for v in values], dtype="boolean"
    )
    table["status"] = [status or RUN for status, _, _ in told]
    table["note"] = [note for _, _, note in told]
    return table
