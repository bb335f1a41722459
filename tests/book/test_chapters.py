"""Displays that chapters share."""

import numpy as np
import pandas as pd

from manyvoices.book.chapters import measures_by_voice, points, signed, voices_beside, with_interval

NONE = float("nan")
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


def test_value_is_written_with_the_interval_that_it_has() -> None:
    assert with_interval(0.312, 0.118, 0.456) == "0.31 (0.12 to 0.46)"
    assert with_interval(0.312, NONE, NONE, ".0%") == "31%"
    assert with_interval(-0.4, -12.0, 3.0, ".0f") == "0 (−12 to 3)"


def test_difference_has_its_sign() -> None:
    assert (signed(8.2), signed(-12.4), signed(-0.2)) == ("+8", "−12", "+0")
    assert signed(1.26, 1) == "+1.3"
    assert points(0.08, -0.12, 0.33) == "+8 points (−12 to +33)"


def test_missing_value_is_told_in_words() -> None:
    assert with_interval(NONE, NONE, NONE) == "none"
    assert with_interval(NONE, NONE, NONE, missing="too few to say") == "too few to say"


def test_cells_of_a_voice_stand_below_its_label_in_the_order_in_which_they_came() -> None:
    rows = [("b", "two", "2b"), ("a", "one", "1a"), ("b", "one", "1b"), ("c", "one", "1c")]
    cells = pd.DataFrame(rows, columns=["voice", "kind", "cell"])
    wide = voices_beside(cells, "kind", {"a": "First", "b": "Second"})

    assert wide.columns.tolist() == ["First", "Second"]
    assert wide.index.tolist() == ["two", "one"]
    assert wide.fillna("").to_numpy().tolist() == [["", "2b"], ["1a", "1b"]]
