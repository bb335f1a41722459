"""All pairs of words that meet in a corpus."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.errors import ManyVoicesError
from manyvoices.measures.association import MEASURES, Contingency, Floats, from_margins
from manyvoices.measures.kwic import Span
from manyvoices.measures.tallies import (
    Tally,
    highest_first,
    joined,
    tally_companions,
    tally_neighbours,
    tally_units,
)
from manyvoices.uncertainty import FEWEST_HITS

COLUMNS = ["first", "second", "count", "documents", "first_frequency", "second_frequency"]
Margins = Literal["words", "pairs"]
Rows = NDArray[np.intp]


def collocations(
    corpus: Corpus,
    *,
    window: int | None = 2,
    within: Span = Span.SENTENCE,
    minimum: int = FEWEST_HITS,
    measures: Sequence[str] = ("g2", "log_dice"),
    margins: Margins = "words",
    floor: int = FEWEST_HITS,
    executor: engine.Executor | None = None,
) -> pd.DataFrame:
    """One row per pair of words that is met `minimum` times or more, by the first measure.

    Columns: first, second (folded), count, documents (in which they meet), first_frequency and
    second_frequency, expected (as the count would be, were the two strangers), the `measures`,
    variant (what the table of two by two counts). The highest of the first measure stands first,
    ties in alphabetical order. Measures are those of `manyvoices.measures.association`: mi, mi3,
    t, z, g2, dice, log_dice, delta_p (first to second), delta_p_back, log_ratio; below `floor`
    they are missing. Mind that g2 is high, too, for pairs that meet less than expected.

    - With a `window`, the second stands fewer than `window` tokens behind the first, marks
      among them, in the same unit `within`: the count of NLTK's `BigramCollocationFinder`, with
      marks and ends as its None.
    - Without one, the two are different words, in alphabetical order, and stand anywhere in the
      same unit; counts and frequencies are of units.
    - `margins` of `words` sets the frequencies of the words, and their number N, beside the count
      divided by `window` - 1: the table of NLTK, after Church and Hanks (1990). `pairs` sets how
      many of all N pairs begin with the first and end with the second (Evert 2005), which is a
      table of two by two in the strict sense; then first_frequency and second_frequency are these.

    Raises ManyVoicesError for a window below 2, an unknown measure, or if nothing is selected.
    """
    _check(window, within, measures)
    tally = _tallied(corpus, window, Span(within), minimum, executor)
    first, second = _margins(tally, margins if window else "units")
    kept = np.flatnonzero(tally.count >= minimum)
    scale = window - 1 if window and margins == "words" else 1
    total = int(tally.count.sum()) if window and margins == "pairs" else tally.total
    table = from_margins(tally.count[kept] / scale, first[kept], second[kept], total)
    scores = _scores(table, measures, tally.count[kept] >= floor)
    order = highest_first(scores[measures[0]])
    rows = kept[order]
    columns = _columns(tally, rows, first[rows], second[rows])
    columns["expected"] = table.e11[order] * scale
    columns |= {name: values[order] for name, values in scores.items()}
    return pd.DataFrame(columns).assign(variant=margins if window else f"{within}s")


def _check(window: int | None, within: Span, measures: Sequence[str]) -> None:
    if window is not None and window < 2:
        raise ManyVoicesError(
            f"in a window of {window} no two words meet.", "Neighbours are in one of 2."
        )
    if window is None and Span(within) is Span.NOTHING:
        raise ManyVoicesError("words meet in something.", "Give a window, or another unit.")
    for name in measures:
        if name not in MEASURES:
            raise ManyVoicesError(f"`{name}` is no measure.", f"Known: {', '.join(MEASURES)}.")
    if not measures:
        raise ManyVoicesError("no measure is named.", f"Known: {', '.join(MEASURES)}.")


def _tallied(
    corpus: Corpus,
    window: int | None,
    within: Span,
    minimum: int,
    executor: engine.Executor | None,
) -> Tally:
    if window is not None:
        part = partial(tally_neighbours, window=window, within=within)
        return joined(engine.some_parts(part, corpus, executor))
    wanted = _frequent(corpus, within, minimum, executor)
    companions = partial(tally_companions, within=within, wanted=wanted)
    return joined(engine.some_parts(companions, corpus, executor))


def _frequent(
    corpus: Corpus, within: Span, minimum: int, executor: engine.Executor | None
) -> Collection[str]:
    """The words in so many units: rarer ones are in no pair that is wanted."""
    units = joined(engine.some_parts(partial(tally_units, within=within), corpus, executor))
    often = np.flatnonzero(units.frequency >= minimum).tolist()
    return frozenset(units.types[code] for code in often)


def _margins(tally: Tally, margins: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For every pair, how often the first is there and how often the second."""
    first, second = tally.codes.T
    if margins != "pairs":
        return tally.frequency[first], tally.frequency[second]
    size = len(tally.types)
    begin, end = (np.bincount(c, tally.count, size).astype(np.int64) for c in (first, second))
    return begin[first], end[second]


def _columns(
    tally: Tally, rows: Rows, first: NDArray[np.int64], second: NDArray[np.int64]
) -> dict[str, object]:
    names = pd.array(tally.types, dtype="str")
    words = [names.take(column) for column in tally.codes[rows].T]
    values = [*words, tally.count[rows], tally.documents[rows], first, second]
    return dict(zip(COLUMNS, values, strict=True))


def _scores(
    table: Contingency, measures: Sequence[str], enough: NDArray[np.bool_]
) -> dict[str, Floats]:
    return {name: np.where(enough, MEASURES[name](table), np.nan) for name in measures}
