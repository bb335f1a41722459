"""How often words are met in each voice, with how far that wavers."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd

from manyvoices.figures.drawing import Drawing, canvas, drawing, for_both_widths
from manyvoices.figures.palette import QUIET, voice_colours
from manyvoices.figures.rows import draw_rows, height, places

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Row: TypeAlias = "dict[Hashable, Any]"

NAME = "rates-by-voice"


@for_both_widths
def rates_by_voice(
    rates: pd.DataFrame, labels: dict[str, str], *, name: str = NAME, what: str = "a word"
) -> Drawing:
    """Points with intervals: a row a voice, under each word.

    `rates` has the columns word, voice, hits, per_10k, low and high, as `rate` returns them for
    one word; `labels` gives each voice’s name, `what` says what a row is. A rate without an
    interval is drawn hollow.
    """
    colours = voice_colours(labels)
    words = rates["word"].tolist()
    with canvas(name, 0.55 + height(words)) as figure:
        axes = figure.subplots()
        voices = [labels[voice] for voice in rates["voice"]]
        draw_rows(axes, words, voices, {labels[v]: colour for v, colour in colours.items()})
        for y, row in zip(places(words), rates.to_dict("records"), strict=True):
            _point(axes, row, y, colours[row["voice"]])
        axes.set_xlim(left=0)
        axes.grid(axis="x", color=QUIET, alpha=0.25, linewidth=0.6)
        axes.set_xlabel("times per 10,000 words")
        return drawing(figure, name, _alt(rates, labels), _caption(what))


def _point(axes: Axes, row: Row, y: float, colour: str) -> None:
    sure = pd.notna(row["low"])
    if sure:
        axes.plot([row["low"], row["high"]], [y, y], color=colour, linewidth=1.6)
    face = colour if sure else "none"
    axes.plot(
        row["per_10k"], y, "o", markersize=5.5, color=colour, markerfacecolor=face, clip_on=False
    )


def _alt(rates: pd.DataFrame, labels: dict[str, str]) -> str:
    if rates.empty:
        return "No word was counted."
    words = [
        f"{word}: " + ", ".join(_in_words(row, labels) for _, row in rows.iterrows())
        for word, rows in rates.groupby("word", sort=False)
    ]
    return f"Rates per 10,000 words. {'. '.join(words)}."


def _in_words(row: pd.Series, labels: dict[str, str]) -> str:
    if pd.isna(row["per_10k"]):
        return f"{labels[row['voice']]} says no word"
    if pd.isna(row["low"]):
        return (
            f"{labels[row['voice']]} {row['per_10k']:.0f} from {row['hits']} hits, too few to say"
        )
    return f"{labels[row['voice']]} {row['per_10k']:.0f} ({row['low']:.0f} to {row['high']:.0f})"


def _caption(what: str) -> str:
    return (
        f"How often each voice uses {what}, per 10,000 of its words. Lines show how far the rate "
        "wavers, over people or along a text; a hollow point rests on too little to say how far."
    )
