"""Arnstein's ladder, with the sentences that stand on its rungs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from manyvoices.figures.drawing import Drawing, canvas, drawing, for_both_widths
from manyvoices.figures.palette import INK, PAPER, QUIET, VOICES, voice_colours

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME = "ladder"
SIDES = {"described": -1, "called-for": 1}
TITLES = {"described": "as it is", "called-for": "as it should be"}
ACROSS = 12
MOST = 36
STEP = 0.055
RAIL = 0.24
GROUPS = {0: "no participation", 2: "tokenism", 5: "citizens’ power"}


@for_both_widths
def ladder_of_sentences(
    placed: pd.DataFrame, rungs: tuple[str, ...], labels: dict[str, str]
) -> Drawing:
    """The ladder: a dot for each sentence that passes of codes place on a rung, linked to it.

    `placed` is what `ladder` of `manyvoices.measures.ladder` returns, `rungs` are from the lowest
    up, `labels` names the voices in the order of their colours. To the left stands what a sentence
    describes, to the right what it calls for. A dot is full where all passes agree on rung and
    side, else hollow; a sentence on which they differ has one on each of its rungs. A side of a
    rung shows its first 36 sentences, and says how many more there are.
    """
    with canvas(NAME, 5.6) as figure:
        axes = figure.subplots()
        _rails(axes, rungs)
        for y, rung in enumerate(rungs):
            for mode, side in SIDES.items():
                rows = placed[(placed["rung"] == rung) & (placed["mode"] == mode)]
                _dots(axes, rows, y, side, labels)
        _key(axes, placed, labels)
        axes.set_xlim(-1.02, 1.02)
        axes.set_ylim(-1.35, len(rungs) + 0.15)
        axes.axis("off")
        return drawing(figure, NAME, _alt(placed, rungs, labels), _caption(placed))


def _rails(axes: Axes, rungs: tuple[str, ...]) -> None:
    top = len(rungs) - 0.45
    for x in (-RAIL, RAIL):
        axes.plot([x, x], [-0.55, top], color=INK, linewidth=2.6, solid_capstyle="round")
    for y, rung in enumerate(rungs):
        axes.plot([-RAIL, RAIL], [y - 0.32, y - 0.32], color=INK, linewidth=1.6)
        axes.text(0, y, rung.replace("-", " "), ha="center", va="center", fontsize=9.5)
    for start, name in GROUPS.items():
        axes.axhline(start - 0.5, color=QUIET, linewidth=0.6, linestyle=(0, (1, 3)))
        axes.text(1.02, start - 0.44, name, ha="right", va="bottom", fontsize=8, color=QUIET)
    for mode, side in SIDES.items():
        axes.text(
            side * (RAIL + 0.04),
            top + 0.25,
            TITLES[mode],
            ha="left" if side > 0 else "right",
            weight="bold",
        )


def _dots(axes: Axes, rows: pd.DataFrame, y: float, side: int, labels: dict[str, str]) -> None:
    """The sentences of one side of a rung, from the rail outwards, voice by voice, in rows."""
    colours = voice_colours(labels)
    order = {voice: i for i, voice in enumerate(labels)}
    rank = rows["voice"].map(order).fillna(len(order))
    shown = rows.loc[rank.sort_values(kind="stable").index].head(MOST)
    middle = (max(1, -(-len(shown) // ACROSS)) - 1) / 2
    for i, row in enumerate(shown.to_dict("records")):
        line, place = divmod(i, ACROSS)
        colour = colours.get(str(row["voice"]), QUIET)
        dot = axes.scatter(
            side * (RAIL + 0.06 + STEP * place),
            y + 0.26 * (middle - line),
            s=34,
            color=colour if row["passes"] == row["of"] else PAPER,
            edgecolor=colour,
            linewidth=1.3,
            zorder=3,
        )
        dot.set_urls([f"evidence:{row['sentence']}"])
    if len(rows) > len(shown):
        beyond = RAIL + 0.06 + STEP * ACROSS
        axes.text(side * beyond, y, f"+{len(rows) - len(shown)}", fontsize=8, va="center")


def _key(axes: Axes, placed: pd.DataFrame, labels: dict[str, str]) -> None:
    """The voices that have sentences here, in their colours, beneath the ladder."""
    present = [voice for voice in labels if voice in set(placed["voice"])]
    colours = voice_colours(labels)
    room = 2.04 / max(len(present), 1)
    for i, voice in enumerate(present[: len(VOICES)]):
        axes.text(
            -1.02 + room * i,
            -1.2,
            f"● {labels[voice]}",
            color=colours[voice],
            fontsize=9,
            weight="bold",
        )


def _alt(placed: pd.DataFrame, rungs: tuple[str, ...], labels: dict[str, str]) -> str:
    if placed.empty:
        return "An empty ladder of eight rungs: no sentence is coded to stand on it."
    parts = []
    for rung in reversed(rungs):
        for mode in SIDES:
            rows = placed[(placed["rung"] == rung) & (placed["mode"] == mode)]
            if len(rows):
                voices = rows["voice"].map(labels).fillna("others").value_counts(sort=False)
                told = ", ".join(f"{voice} {count}" for voice, count in voices.items())
                sure = int((rows["passes"] == rows["of"]).sum())
                parts.append(f"{rung}, {TITLES[mode]}: {told} (all passes agree on {sure})")
    return f"A ladder of {len(rungs)} rungs, from the highest. {'; '.join(parts)}."


def _caption(placed: pd.DataFrame) -> str:
    if placed.empty:
        return "No sentence of this corpus is coded for a rung of Arnstein’s ladder."
    return (
        f"Where {placed['sentence'].nunique()} sentences place citizens: to the left as they say "
        "that it is, to the right as it should be. Each dot leads to its sentence; it is full "
        "where all passes of codes agree, and hollow where only some of them put it there."
    )
