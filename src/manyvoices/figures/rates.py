"""How often words are met in each voice, with how far that wavers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from manyvoices.figures.drawing import Drawing, canvas, drawing, for_both_widths
from manyvoices.figures.palette import QUIET, voice_colours

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME = "rates-by-voice"


@for_both_widths
def rates_by_voice(
    rates: pd.DataFrame, labels: dict[str, str], *, name: str = NAME, what: str = "a word"
) -> Drawing:
    """Points with intervals: a row a word, a colour a voice.

    `rates` has the columns word, voice, hits, per_10k, low and high, as `rate` returns them for
    one word; `labels` gives each voice’s name, `what` says what a row is. A rate without an
    interval is drawn hollow.
    """
    words = list(dict.fromkeys(rates["word"]))
    colours = voice_colours(labels)
    with canvas(name, 0.8 + 0.22 * len(rates) + 0.15 * len(words)) as figure:
        axes = figure.subplots()
        ticks = []
        for i, (_, row) in enumerate(rates.iterrows()):
            y = i + words.index(row["word"]) * 0.8
            ticks.append(y)
            _point(axes, row, y, colours[row["voice"]])
            axes.annotate(
                labels[row["voice"]],
                (rates[["per_10k", "high"]].fillna(0).max().max(), y),
                (8, 0),
                textcoords="offset points",
                va="center",
                fontsize=9,
                color=colours[row["voice"]],
            )
        _axes(axes, rates, words, ticks)
        return drawing(figure, name, _alt(rates, labels), _caption(what))


def _point(axes: Axes, row: pd.Series, y: float, colour: str) -> None:
    sure = pd.notna(row["low"])
    if sure:
        axes.plot([row["low"], row["high"]], [y, y], color=colour, linewidth=1.6)
    face = colour if sure else "none"
    axes.plot(
        row["per_10k"], y, "o", markersize=5.5, color=colour, markerfacecolor=face, clip_on=False
    )


def _axes(axes: Axes, rates: pd.DataFrame, words: list[str], ticks: list[float]) -> None:
    middles = [
        sum(y for y, word in zip(ticks, rates["word"], strict=True) if word == name)
        / (rates["word"] == name).sum()
        for name in words
    ]
    axes.set_yticks(middles, words)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_xlim(left=0)
    axes.invert_yaxis()
    axes.grid(axis="x", color=QUIET, alpha=0.25, linewidth=0.6)
    axes.set_xlabel("times per 10,000 words")


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
