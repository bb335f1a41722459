"""How large each voice is."""

from __future__ import annotations

import pandas as pd

from manyvoices.figures.drawing import Drawing, canvas, drawing, for_both_widths, is_narrow
from manyvoices.figures.palette import voice_colours
from manyvoices.figures.rows import heading_label

NAME = "words-per-voice"


@for_both_widths
def words_per_voice(table: pd.DataFrame) -> Drawing:
    """Bars of the words of each voice, from the table that `sizes` returns."""
    colours = voice_colours(table.index)
    with canvas(NAME, 0.4 + 0.55 * max(len(table), 1)) as figure:
        axes = figure.subplots()
        for place, (voice, row) in enumerate(table.iterrows()):
            axes.barh(place, row["words"], height=0.34, color=colours[str(voice)])
            axes.text(0, place - 0.24, heading_label(row["label"]), va="bottom", weight="bold")
            axes.annotate(
                f"{row['words']:,} words",
                (row["words"], place),
                (4, 0),
                textcoords="offset points",
                va="center",
            )
        axes.set_xlim(0, max([1, *table["words"]]) * (1.5 if is_narrow() else 1.25))
        axes.set_ylim(max(len(table), 1) - 0.5, -0.7)
        axes.axis("off")
        return drawing(figure, NAME, _alt(table), _caption(table))


def _alt(table: pd.DataFrame) -> str:
    if not table["words"].any():
        return "No voice that is counted says a word."
    parts = [
        f"{row['label']}, {row['words']:,} words, {row['share']:.0%} of all"
        for _, row in table.iterrows()
    ]
    return f"Bar chart of words per voice. {'; '.join(parts)}."


def _caption(table: pd.DataFrame) -> str:
    if not table["words"].any():
        return "No voice that is counted says a word."
    largest = table.iloc[int(table["words"].argmax())]
    return (
        f"Words of each voice that is counted. The largest share, {largest['share']:.0%}, "
        f"is that of: {largest['label']}."
    )
