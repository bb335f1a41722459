"""Keywords of two sides, by how many times as frequent they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from manyvoices.figures.drawing import Drawing, canvas, drawing, for_both_widths, is_narrow
from manyvoices.figures.palette import INK, QUIET, VOICES
from manyvoices.figures.rows import draw_rows, height, linked_label, places, shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME = "keywords"
MOST = 12
LONGEST = 20
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
    """Log ratios with intervals: a row a keyword, those of the target first and to the right.

    `found` is what `keywords` of `manyvoices.measures` returns; `target` and `reference` name the
    sides. Drawn are the first `most` of each side; a word that does not survive when something is
    left out is hollow. Each word links to the part in which it first stands.
    """
    shown = _shown(found, most)
    groups = [{"target": target, "reference": reference}[side] for side in shown["side"]]
    with canvas(name, 0.7 + height(groups)) as figure:
        axes = figure.subplots()
        draw_rows(axes, [f"more often in {side}" for side in groups], [""] * len(groups), {})
        for y, (word, row) in zip(places(groups), shown.iterrows(), strict=True):
            _row(axes, y, str(word), row, colours)
        _axes(axes, shown)
        alt = _alt(shown, target, reference)
        caption = _caption(shown, found, f"{target} against {reference}")
        return drawing(figure, name, alt, caption)


def _shown(found: pd.DataFrame, most: int) -> pd.DataFrame:
    """The first of each side, those of the target from the largest ratio down, then the others."""
    more = found[found["side"] == "target"].head(most)
    less = found[found["side"] == "reference"].tail(most)
    sides = (side.sort_values("log_ratio", ascending=False, kind="stable") for side in (more, less))
    return pd.concat(list(sides))


def _row(axes: Axes, y: float, word: str, row: pd.Series, colours: tuple[str, str]) -> None:
    colour = colours[0] if row["side"] == "target" else colours[1]
    axes.plot([row["low"], row["high"]], [y, y], color=colour, linewidth=1.6)
    face = colour if row["survives"] else "none"
    axes.plot(row["log_ratio"], y, "o", markersize=6, color=colour, markerfacecolor=face, zorder=3)
    text = f"{shortened(word, LONGEST)}  {row['target']}:{row['reference']}"
    linked_label(axes, y, text, row["first"], color=colour)


def _axes(axes: Axes, shown: pd.DataFrame) -> None:
    """How many times as frequent, from the middle out to where the intervals end."""
    reach = max([4.0, *shown[["low", "high"]].abs().max()]) + 0.5
    left, right = (side in set(shown["side"]) for side in ("reference", "target"))
    axes.set_xlim(-reach if left else -0.5, reach if right or not left else 0.5)
    within = axes.get_xlim()
    steps = [step for step in range(-8, 9, 4 if is_narrow() else 2) if within[0] < step < within[1]]
    axes.set_xticks(steps, [f"{2 ** abs(step)}×" if step else "even" for step in steps])
    axes.grid(axis="x", color=QUIET, alpha=0.25, linewidth=0.6)
    axes.axvline(0, color=QUIET, linewidth=0.8)
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
