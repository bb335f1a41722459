"""The figure of what noise yields: its words and what is drawn."""

import pandas as pd
import pytest

from manyvoices.figures import Drawing
from manyvoices.figures.recovery import yields_by_reliability

MARKS = {"retest of patients": 0.74, "alpha": 0.905}


@pytest.fixture
def grid() -> pd.DataFrame:
    """Two definitions and two intakes at three reliabilities."""
    rows = [
        (definition, intake, reliability, share := size * (1 - reliability), share, share)
        for definition, size in (("recovery", 0.2), ("improvement", 0.8))
        for intake, size in (("mild <1>", size), ("severe", size / 2))
        for reliability in (1.0, 0.75, 0.5)
    ]
    return pd.DataFrame(rows, columns=["definition", "intake", "phq9", "value", "low", "high"])


def draw(grid: pd.DataFrame) -> Drawing:
    return yields_by_reliability(grid, MARKS, bound=0.02)


def test_the_texts_are_computed_from_the_table(grid: pd.DataFrame) -> None:
    alt = draw(grid).alt
    assert "recovery, mild <1>: 0.0% at 1, 5.0% at 0.75, 10.0% at 0.5" in alt
    assert "improvement, severe: 0.0% at 1, 10.0% at 0.75, 20.0% at 0.5" in alt
    assert "Marked: retest of patients 0.74, alpha 0.905; a share of 2%" in alt


def test_every_panel_line_and_mark_is_named_in_the_drawing(grid: pd.DataFrame) -> None:
    svg = draw(grid).svg
    for text in ("recovery", "improvement", "mild &lt;1&gt;", "severe", "retest of patients"):
        assert f">{text}<" in svg


def test_the_caption_names_the_bound(grid: pd.DataFrame) -> None:
    assert "at 2%" in draw(grid).caption


def test_the_drawing_is_the_same_bytes_every_time(grid: pd.DataFrame) -> None:
    assert draw(grid) == draw(grid)


def test_an_empty_table_is_refused(grid: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        draw(grid.iloc[:0])
