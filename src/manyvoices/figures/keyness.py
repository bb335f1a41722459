"""Keywords of two sides, by how many times as frequent they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from manyvoices.figures.drawing import Drawing, canvas, drawing, for_both_widths
from manyvoices.figures.palette import INK, QUIET, VOICES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME = "keywords"
MOST = 12
GAP = 0.25
LONGEST = 20
WIDTH = 4.2
ROW = 0.26
EITHER = (VOICES[0], INK)


@for_both_widths
def keyword_ratios(
    found: pd.DataFrame,
    target: str,
    reference: str,
    *,
    name: str = NAME,
    colours: tuple[str, str] = EITHER,
    most: int = MOST,
) -> Drawing:
    """Log ratios with intervals: a row a keyword, those of the target to the right of the middle.

    `found` is what `keywords` of `manyvoices.measures` returns; `target` and `reference` name the
    sides. Drawn are the first `most` of each side; a word that does not survive when something is
    left out is hollow. Each word links to the part in which it first stands.
    """
    shown = _shown(found, most)
    with canvas(name, 1.0 + ROW * (2 + max(len(shown), 1))) as figure:
        axes = figure.subplots()
        for y, (word, row) in enumerate(shown.iterrows()):
            _row(axes, y, str(word), row, colours)
        _axes(axes, shown, (target, reference), colours)
        alt = _alt(shown, target, reference)
        caption = _caption(shown, found, f"{target} against {reference}")
        return drawing(figure, name, alt, caption)


def _shown(found: pd.DataFrame, most: int) -> pd.DataFrame:
    """The first of each side, those of the target from the largest ratio down, then the others."""
    more = found[found["side"] == "target"].head(most)
    less = found[found["side"] == "reference"].tail(most)
    sides = (side.sort_values("log_ratio", ascending=False, kind="stable") for side in (more, less))
    return pd.concat(list(sides))


def _row(axes: Axes, y: int, word: str, row: pd.Series, colours: tuple[str, str]) -> None:
    target = row["side"] == "target"
    colour = colours[0] if target else colours[1]
    axes.plot([row["low"], row["high"]], [y, y], color=colour, linewidth=1.6)
    face = colour if row["survives"] else "none"
    axes.plot(row["log_ratio"], y, "o", markersize=6, color=colour, markerfacecolor=face, zorder=3)
    label = axes.text(
        -GAP if target else GAP,
        y,
        f"{_short(word)}  {row['target']}:{row['reference']}",
        ha="right" if target else "left",
        va="center",
        color=colour,
    )
    label.set_url(f"evidence:{row['first']}")


def _short(text: str, longest: int = LONGEST) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _axes(
    axes: Axes, shown: pd.DataFrame, sides: tuple[str, str], colours: tuple[str, str]
) -> None:
    reach = max([4.0, *shown[["low", "high"]].abs().max()]) + 0.5
    end = max(len(shown), 1) - 0.4
    for side, x, align, colour in zip(
        sides, (reach, -reach), ("right", "left"), colours, strict=True
    ):
        axes.text(x, -1.9, "more often in", ha=align, va="center", color=colour, fontsize=9)
        axes.text(
            x, -1.2, _short(side, LONGEST + 4), ha=align, va="center", color=colour, weight="bold"
        )
    steps = [step for step in range(-8, 9, 2) if abs(step) < reach]
    axes.set_xticks(steps, [f"{2 ** abs(step)}×" if step else "even" for step in steps])
    axes.set_xlim(-reach, reach)
    axes.set_ylim(end, -2.4)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.vlines(steps, -0.6, end, color=QUIET, alpha=0.2, linewidth=0.6)
    axes.vlines(0, -0.6, end, color=QUIET, linewidth=0.8)
    axes.set_xlabel("times as frequent")


def _alt(shown: pd.DataFrame, target: str, reference: str) -> str:
    if shown.empty:
        return f"An empty drawing: no word is a keyword of {target} or of {reference}."
    parts = [
        f"More often in {name}: " + "; ".join(_in_words(str(word), row) for word, row in rows)
        for side, name in (("target", target), ("reference", reference))
        if (rows := list(shown[shown["side"] == side].iterrows()))
    ]
    return (
        f"Log ratios of keywords, each step of 1 a doubling, with uses in {target} and in "
        f"{reference}. {'. '.join(parts)}."
    )


def _in_words(word: str, row: pd.Series) -> str:
    ends = f"{row['log_ratio']:.1f} ({row['low']:.1f} to {row['high']:.1f})"
    kept = "" if row["survives"] else ", does not survive"
    return f"{word} {ends}, {row['target']} to {row['reference']}{kept}"


def _caption(shown: pd.DataFrame, found: pd.DataFrame, sides: str) -> str:
    if shown.empty:
        return f"{sides}: no word passes both bars, and there is no keyword on either side."
    cut = f" {len(shown)} of {len(found)} are drawn." if len(shown) < len(found) else ""
    return (
        f"{sides}: how many times as frequent each keyword is on the one side as on the other, "
        "with its uses on both. Lines show how far that wavers when passages are drawn anew; a "
        f"hollow point is no keyword once a single text or passage is left out.{cut}"
    )
