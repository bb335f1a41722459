"""What becomes of a keyword when one document, or one person, is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from manyvoices.measures.association import Contingency, Floats, log_ratio
from manyvoices.measures.counts import Ints
from manyvoices.measures.keyness.comparing import Comparison, Flags
from manyvoices.measures.keyness.formulas import direction, signed_g2, two_corpora

CRITICAL = 6.63
"""G² at which chance alone would do as much once in a hundred times, were words independent."""
CELLS = 1 << 22


KINDS = {"carrier": "str", "carried": "float64", "weakest": "str", "log_ratio": "float64"}
KINDS |= {"g2": "float64", "survives": "bool"}
COLUMNS = list(KINDS)


def left_out(
    one: Comparison, *, by: str = "document", fewest: int = 5, critical: float = CRITICAL
) -> pd.DataFrame:
    """One row per type: what its keyness is at least, when one label of `by` is left out.

    `by` is a column of the parts, such as document or person. Where a side is all one document,
    or all by one person, its parts are left out instead, one at a time; what is a whole side is
    not left out. Index: type. Columns: carrier, which has most of its uses on the side where it
    is more frequent, and carried, the share of them; weakest, without which it is least key;
    log_ratio and g2 (four cells, signed) without that one; survives: whether, with all and
    whichever is left out, it has `fewest` uses, leans the same way and has a G² of `critical`.
    """
    units = _Units.of(one, by)
    block = max(1, CELLS // max(len(units.labels), 1))
    rows = [slice(i, i + block) for i in range(0, len(one.counts), block)]
    found = [pd.DataFrame(_without(one, units, r, fewest, critical)) for r in rows]
    table = pd.concat(found or [pd.DataFrame(columns=COLUMNS)], ignore_index=True)
    table.index = pd.Index(one.counts.types, name="type", dtype="str")
    return table.astype(KINDS)


def ratios_without(one: Comparison, name: str, *, by: str = "person") -> dict[str, float]:
    """The log ratio of a type without each label of `by` in turn, as `left_out` leaves them out.

    Who is on both sides is left out of the one and of the other, under one label: the smaller
    ratio in size stands. Raises KeyError for a type that is not there.
    """
    units, place = _Units.of(one, by), one.counts.place[name]
    rows = slice(place, place + 1)
    ratios = log_ratio(_tables(one, units, rows, units.counts(one, rows)))[0]
    found: dict[str, float] = {}
    for label, ratio in zip(units.labels.tolist(), ratios.tolist(), strict=True):
        if not np.isnan(ratio):
            found[label] = min(found.get(label, ratio), ratio, key=abs)
    return found


@dataclass(frozen=True, eq=False)
class _Units:
    """What is left out in turn: the unit of each part, and each unit's label, side and words."""

    of_part: Ints
    labels: NDArray[np.object_]
    in_target: Flags
    words: Ints

    @classmethod
    def of(cls, one: Comparison, by: str) -> _Units:
        parts = one.counts.parts
        names = parts[by].to_numpy(object)
        for side in (one.in_target, ~one.in_target):
            if len(set(names[side])) == 1:
                names = np.where(side, parts["part"].to_numpy(object), names)
        codes, labels = pd.factorize(pd.MultiIndex.from_arrays([names, one.in_target]))
        words = np.bincount(codes, one.counts.words, len(labels)).astype(np.int64)
        sides = labels.get_level_values(1).to_numpy(bool)
        return cls(codes, labels.get_level_values(0).to_numpy(object), sides, words)

    def counts(self, one: Comparison, rows: slice) -> Floats:
        """How often each of some types stands in each unit."""
        from scipy.sparse import csr_matrix

        ones, places = np.ones(len(self.of_part)), np.arange(len(self.of_part))
        member = csr_matrix((ones, (places, self.of_part)), (len(ones), len(self.labels)))
        return np.asarray((one.counts.matrix()[rows] @ member).toarray(), float)


def _without(
    one: Comparison, units: _Units, rows: slice, fewest: int, critical: float
) -> dict[str, NDArray[Any]]:
    """The columns of some types."""
    counts, lean = units.counts(one, rows), direction(one.table)[rows]
    table = _tables(one, units, rows, counts)
    g2 = np.where((table.r1 > 0) & (table.r2 > 0), signed_g2(table), np.nan)
    least = _first_least(g2 * np.where(lean < 0, -1, 1)[:, None])
    here = np.arange(len(lean))
    own = np.where(units.in_target == (lean >= 0)[:, None], counts, 0)
    most, uses = own.argmax(axis=1), own.sum(axis=1)
    enough = np.where(np.isnan(g2), True, table.c1 >= fewest).all(axis=1)
    whole = signed_g2(one.table)[rows]
    holds = np.fmin(g2[here, least] * lean, whole * lean) >= critical
    carried = own[here, most] / np.maximum(uses, 1)
    return {
        "carrier": units.labels[most],
        "carried": np.where(uses > 0, carried, np.nan),
        "weakest": units.labels[least],
        "log_ratio": log_ratio(table)[here, least],
        "g2": g2[here, least],
        "survives": holds & enough & (one.table.c1[rows] >= fewest),
    }


def _tables(one: Comparison, units: _Units, rows: slice, counts: Floats) -> Contingency:
    """Frequencies (types by units) of all but one unit each."""
    target, reference = counts * units.in_target, counts * ~units.in_target
    return two_corpora(
        one.target[rows, None] - target,
        one.target_words - units.words * units.in_target,
        one.reference[rows, None] - reference,
        one.reference_words - units.words * ~units.in_target,
    )


def _first_least(values: Floats) -> Ints:
    """In each row the first least value; the first of all where there is none."""
    return np.asarray(np.where(np.isnan(values), np.inf, values).argmin(axis=1), np.int64)
