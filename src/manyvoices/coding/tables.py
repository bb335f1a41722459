"""Tables in CSV that people write."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from manyvoices.errors import SettingsError


def read_table(file: Path, needed: Sequence[str] = ()) -> pd.DataFrame:
    """The rows of a CSV file in UTF-8 whose first line names the columns; every cell is text.

    Raises SettingsError for a file that is none, and unless it has the needed columns.
    """
    try:
        table = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8")
    except ValueError as error:
        cure = "Save it as CSV in UTF-8, with the names of the columns on its first line."
        raise SettingsError(f"it is not CSV: {str(error).strip()}.", cure, file=file) from None
    if missing := [name for name in needed if name not in table.columns]:
        raise SettingsError(
            f"there is no column {', '.join(missing)}.",
            f"Its columns are: {', '.join(table.columns)}.",
            file=file,
            line=1,
        )
    return table


def line_of(file: Path, record: int) -> int:
    """The line of the file on which a row of `read_table` begins; 0 is the first row.

    A row may be several lines long, and blank lines may stand before it.
    """
    begins, begin = [], 1
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.reader(stream)
        for row in rows:
            begins += [begin] if row else []
            begin = rows.line_num + 1
    return begins[record + 1]
