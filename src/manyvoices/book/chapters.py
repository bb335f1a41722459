"""Displays that chapters share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from manyvoices.book.markup import Html, escape
from manyvoices.book.numbers import MINUS, fixed
from manyvoices.book.tables import Table

if TYPE_CHECKING:
    import pandas as pd

CONTEXT = {"left": "right", "right": "left", "node": "centre"}


def result_name(text: str) -> str:
    """`text` as part of the name of a result: lower-case words joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))


def points(value: float, low: float, high: float) -> str:
    """A difference of shares and its interval in percentage points: "+8 points (−12 to +33)"."""
    signed = [fixed(100 * share, 0) for share in (value, low, high)]
    first, second, third = (text if text.startswith(MINUS) else f"+{text}" for text in signed)
    return f"{first} points ({second} to {third})"


def folded_tables(tables: Mapping[str, Table]) -> Html:
    """Tables one after the other, each folded under the title that it has in `tables`."""
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
