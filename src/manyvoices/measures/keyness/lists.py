"""Frequency lists from elsewhere, to compare with."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from manyvoices.errors import ManyVoicesError
from manyvoices.text.folding import fold


def read_frequency_list(file: Path | str) -> pd.Series:
    """The frequencies in a CSV file, by word; words are folded, and equal ones added up.

    The first row names the columns, among them `word` and `count`, in UTF-8. Raises
    ManyVoicesError with file and line for another heading, a count that is no whole number from 0
    on, or a word that is missing.
    """
    counts: dict[str, int] = {}
    with Path(file).open(newline="", encoding="utf-8-sig") as lines:
        rows = csv.DictReader(lines)
        if not {"word", "count"} <= set(rows.fieldnames or ()):
            raise ManyVoicesError(f"{file}:1: no columns `word` and `count`.", "Name them so.")
        for row in rows:
            word, count = _checked(row, f"{file}:{rows.line_num}")
            counts[word] = counts.get(word, 0) + count
    return pd.Series(counts, dtype="int64", name="count").rename_axis("word")


def _checked(row: dict[str, str | None], where: str) -> tuple[str, int]:
    word, count = (row["word"] or "").strip(), (row["count"] or "").strip()
    if not word:
        raise ManyVoicesError(f"{where}: there is no word.", "Every row needs one.")
    if not (count.isascii() and count.isdigit()):
        raise ManyVoicesError(f"{where}: `{count}` is no count.", "Counts are whole numbers.")
    return fold(word), int(count)
