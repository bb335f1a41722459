"""Displays that chapters share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import isnan
from typing import TYPE_CHECKING, Any

from manyvoices.book.markup import Html, escape
from manyvoices.book.numbers import MINUS, fixed, number_text
from manyvoices.book.tables import Table

if TYPE_CHECKING:
    import pandas as pd

CONTEXT = {"left": "right", "right": "left", "node": "centre"}


def result_name(text: str) -> str:
    """`text` as part of the name of a result: lower-case words joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))


def points(value: float, low: float, high: float) -> str:
    """A difference of shares and its interval in percentage points: "+8 points (−12 to +33)"."""
    first, second, third = (signed(100 * share) for share in (value, low, high))
    return f"{first} points ({second} to {third})"


def signed(value: float, places: int = 0) -> str:
    """A difference with its sign and so many decimals: "+8", "−12"."""
    text = fixed(value, places)
    return text if text.startswith(MINUS) else f"+{text}"


def with_interval(
    value: float, low: float, high: float, form: str = ".2f", *, missing: str = "none"
) -> str:
    """A value in this format and its interval, if it has one: "0.31 (0.12 to 0.46)".

    `missing` stands for a value that is not a number.
    """
    if isnan(value):
        return missing
    first, second, third = (f"{each:z{form}}".replace("-", MINUS) for each in (value, low, high))
    return first if isnan(low) else f"{first} ({second} to {third})"


def times(log_ratio: float) -> str:
    """How many times as frequent a word with this log ratio is, on whichever side: "16"."""
    ratio = 2 ** abs(log_ratio)
    return fixed(ratio, 0 if ratio >= 10 else 1)


def folded_tables(tables: Mapping[str, Table | Html]) -> Html:
    """Tables or other displays one after the other, each folded under its title in `tables`."""
    parts = [
        f'<details class="mv-folded"><summary>{escape(title)}</summary>'
        f"{one._repr_html_()}</details>"
        for title, one in tables.items()
    ]
    return Html("".join(parts), "\n\n".join(f"{title}\n{one!r}" for title, one in tables.items()))


def concordance_tables(
    lines: Mapping[str, pd.DataFrame], labels: Mapping[str, str], *, most: int
) -> Html:
    """One concordance after the other, folded; at most so many lines of each voice.

    `lines` are tables that `concordance` returns, by the name of their node; `labels` names the
    voices. Every line links to its sentence.
    """
    tables = dict(_titled(name, hits, labels, most) for name, hits in lines.items())
    return folded_tables(tables)


def voices_beside(cells: pd.DataFrame, by: str, labels: Mapping[str, str]) -> pd.DataFrame:
    """One row each value of the column `by`, in order, and one column each voice of `labels`.

    `cells` has the columns voice, cell and `by`, and at most one row for each pair of these; the
    result holds what is in `cell`, its columns are called as `labels` says.
    """
    wide = cells.pivot(index=by, columns="voice", values="cell")
    wide = wide.reindex(index=list(dict.fromkeys(cells[by])), columns=list(labels))
    return wide.rename(columns=dict(labels)).rename_axis(columns=None)


def measures_by_voice(found: pd.DataFrame, labels: Mapping[str, str], caption: str) -> Table:
    """One row a measure and one column a voice: values with their intervals, and cautions.

    `found` has a row a voice and measure, with value, low, high and caution, as `diversity` and
    `readability` return; `labels` names the voices. A value that is missing reads "too few", a
    caution that holds for any of the voices stands in the last column.
    """
    import pandas as pd

    cells = found.assign(cell=[_measure_text(row) for row in found.itertuples()])
    wide = voices_beside(cells, "measure", labels)
    told = found[found["caution"] != ""].groupby("measure")["caution"].agg(_each_once)
    wide["caution"] = told.reindex(wide.index).fillna("–").astype("str")
    return Table(pd.DataFrame(wide.reset_index()), caption, None, {}, {}, "measure")


def _each_once(cautions: pd.Series) -> str:
    return "; ".join(dict.fromkeys("; ".join(cautions).split("; ")))


def _measure_text(row: Any) -> str:
    if isnan(row.value):
        return "too few"
    if isnan(row.low):
        return number_text(float(row.value))
    return number_text(float(row.value), float(row.low), float(row.high))


def _titled(
    name: str, hits: pd.DataFrame, labels: Mapping[str, str], most: int
) -> tuple[str, Table]:
    shown = hits.groupby("voice", sort=False).head(most)
    cut = "" if len(shown) == len(hits) else f", {len(shown):,} of them shown"
    rows = shown[["sentence", "voice", "left", "node", "right"]].copy()
    rows["voice"] = rows["voice"].map(labels)
    for side in ("left", "right"):
        rows[side] = [" ".join(text.split()) for text in rows[side]]
    title = f"{name}: {len(hits):,} {'line' if len(hits) == 1 else 'lines'}{cut}"
    headers = {"sentence": "passage"}
    return title, Table(rows, f"Concordance of {name}", "sentence", headers, CONTEXT, "sentence")
