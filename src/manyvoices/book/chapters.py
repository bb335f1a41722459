"""Displays that chapters share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from manyvoices.book.markup import Html, escape
from manyvoices.book.tables import Table

if TYPE_CHECKING:
    import pandas as pd

CONTEXT = {"left": "right", "right": "left", "node": "centre"}


def result_name(text: str) -> str:
    """`text` as part of the name of a result: lower-case words joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))


def concordance_tables(
    lines: Mapping[str, pd.DataFrame], labels: Mapping[str, str], *, most: int
) -> Html:
    """One concordance after the other, folded; at most so many lines of each voice.

    `lines` are tables that `concordance` returns, by the name of their node; `labels` names the
    voices. Every line links to its sentence.
    """
    parts = [_folded(name, hits, labels, most) for name, hits in lines.items()]
    return Html("".join(part.markup for part in parts), "\n\n".join(part.text for part in parts))


def _folded(name: str, hits: pd.DataFrame, labels: Mapping[str, str], most: int) -> Html:
    shown = hits.groupby("voice", sort=False).head(most)
    cut = "" if len(shown) == len(hits) else f", {len(shown):,} of them shown"
    title = f"{name}: {len(hits):,} {'line' if len(hits) == 1 else 'lines'}{cut}"
    rows = shown[["voice", "left", "node", "right", "sentence"]].copy()
    rows["voice"] = rows["voice"].map(labels)
    for side in ("left", "right"):
        rows[side] = [" ".join(text.split()) for text in rows[side]]
    lines = Table(
        rows, f"Concordance of {name}", "sentence", {"sentence": "passage"}, CONTEXT, "sentence"
    )
    markup = (
        f'<details class="mv-concordance"><summary>{escape(title)}</summary>'
        f"{lines._repr_html_()}</details>"
    )
    return Html(markup, repr(lines))
