"""Displays that chapters share."""

import numpy as np
import pandas as pd

from manyvoices.book.chapters import measures_by_voice

COLUMNS = ["voice", "measure", "value", "low", "high", "caution"]


def test_measures_stand_in_rows_and_voices_in_columns_with_their_intervals() -> None:
    found = pd.DataFrame(
        [
            ("b", "TTR", 0.388, 0.365, 0.411, "unequal"),
            ("b", "K", 82.2, 70.1, 94.3, ""),
            ("a", "TTR", 0.4, np.nan, np.nan, "short; unequal"),
            ("a", "K", np.nan, np.nan, np.nan, "few; short"),
        ],
        columns=COLUMNS,
    )
    shown = measures_by_voice(found, {"a": "First", "b": "Second"}, "All").data

    assert shown.columns.tolist() == ["measure", "First", "Second", "caution"]
    assert shown.to_numpy().tolist() == [
        ["TTR", "0.40", "0.39 (0.36 to 0.41)", "unequal; short"],
        ["K", "too few", "82.2 (70.1 to 94.3)", "few; short"],
    ]


def test_no_voice_makes_an_empty_table() -> None:
    found = pd.DataFrame(columns=COLUMNS)

    assert "none" in repr(measures_by_voice(found, {}, "All"))
