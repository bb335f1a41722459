"""Arnstein's ladder, with the sentences that stand on its rungs."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd

from manyvoices.figures.drawing import Drawing, canvas, drawing, for_both_widths, is_narrow
from manyvoices.figures.palette import INK, PAPER, QUIET, voice_colours
from manyvoices.figures.rows import row_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Row: TypeAlias = "dict[Hashable, Any]"

NAME = "ladder"
SIDES = {"described": -1, "called-for": 1}
TITLES = {"described": "as it is", "called-for": "as it should be"}
MOST, SHOWN = 36, 33
GAP = 0.45
GROUPS = {2: "no participation", 5: "tokenism", 8: "citizens’ power"}
MARKS = (
    ("o", "●", 34),
    ("s", "■", 30),
    ("D", "◆", 24),
    ("^", "▲", 38),
    ("v", "▼", 38),
    ("P", "✚", 40),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """How far the rails are from the middle, how dots stand, and how high a rung is, in inches."""

    rail: float
    across: int
    step: float
    line: float
    rung: float
    keys: int


WIDE, NARROW = Shape(0.24, 12, 0.055, 0.26, 0.52, 4), Shape(0.39, 8, 0.068, 0.21, 0.62, 2)


@for_both_widths
def ladder_of_sentences(
    placed: pd.DataFrame, rungs: tuple[str, ...], labels: dict[str, str]
) -> Drawing:
    """The ladder: a dot for each sentence that passes of codes place on a rung, linked to it.

    `placed` is what `ladder` of `manyvoices.measures.ladder` returns, `rungs` are from the lowest
    up, `labels` names the voices in the order of their colours. To the left stands what a sentence
    describes, to the right what it calls for. A dot is full where all passes agree on rung and
    side, else hollow; a sentence on which they differ has one on each of its rungs. A voice has a
    shape of its own. A side of a rung shows 36 sentences, or 33 and how many more there are.
    """
    shape = NARROW if is_narrow() else WIDE
    present = [voice for voice in labels if voice in set(placed["voice"])][: len(MARKS)]
    top, low = _level(len(rungs)) + 0.1, -0.7 - 0.5 * -(-len(present) // shape.keys)
    with canvas(NAME, shape.rung * (top - low)) as figure:
        axes = figure.subplots()
        _rails(axes, rungs, shape)
        for y, rung in enumerate(rungs):
            for mode, side in SIDES.items():
                rows = placed[(placed["rung"] == rung) & (placed["mode"] == mode)]
                _dots(axes, rows, _level(y), side, labels, shape)
        _key(axes, present, labels, shape)
        axes.set_xlim(-1.02, 1.02)
        axes.set_ylim(low, top)
        axes.axis("off")
        return drawing(figure, NAME, _alt(placed, rungs, labels), _caption(placed))


def _level(rung: int) -> float:
    """Where a rung stands, or what is above the last: over each group is room for its name."""
    return rung + GAP * sum(end <= rung for end in GROUPS)


def _rails(axes: Axes, rungs: tuple[str, ...], shape: Shape) -> None:
    rail, top = shape.rail, _level(len(rungs)) - 0.5
    for x in (-rail, rail):
        axes.plot([x, x], [-0.55, top], color=INK, linewidth=2.6, solid_capstyle="round")
    for i, rung in enumerate(rungs):
        y = _level(i)
        axes.plot([-rail, rail], [y - 0.32, y - 0.32], color=INK, linewidth=1.6)
        axes.text(0, y, rung.replace("-", " "), ha="center", va="center", fontsize=9.5)
    for end, name in GROUPS.items():
        line = _level(end) - 0.5
        axes.axhline(line, color=QUIET, linewidth=0.6, linestyle=(0, (1, 3)))
        axes.text(-1.02, line - GAP / 2, name, va="center", fontsize=8.5, color=QUIET)
    for mode, side in SIDES.items():
        align = "right" if side > 0 else "left"
        axes.text(side * 1.02, top + 0.25, TITLES[mode], ha=align, weight="bold")


def _dots(
    axes: Axes, rows: pd.DataFrame, y: float, side: int, labels: dict[str, str], shape: Shape
) -> None:
    """The sentences of one side of a rung, from the rail outwards, voice by voice, in rows."""
    order = {voice: i for i, voice in enumerate(labels)}
    rank = rows["voice"].map(order).fillna(len(order))
    most = SHOWN if len(rows) > MOST else MOST
    shown = rows.loc[rank.sort_values(kind="stable").index].head(most)
    middle = (-(-max(len(shown), 1) // shape.across) - 1) / 2

    def place(i: int) -> tuple[float, float]:
        line, across = divmod(i, shape.across)
        return side * (shape.rail + 0.07 + shape.step * across), y + shape.line * (middle - line)

    for i, row in enumerate(shown.to_dict("records")):
        _dot(axes, place(i), row, labels)
    if len(rows) > len(shown):
        align = "left" if side > 0 else "right"
        more = f"+{len(rows) - len(shown)}"
        axes.text(*place(len(shown)), more, fontsize=8.5, va="center", ha=align)


def _dot(axes: Axes, at: tuple[float, float], row: Row, labels: dict[str, str]) -> None:
    """A sentence, in the colour and shape of its voice."""
    voice = str(row["voice"])
    colour = voice_colours(labels).get(voice, QUIET)
    mark, _, size = MARKS[list(labels).index(voice) % len(MARKS) if voice in labels else 0]
    face = colour if row["passes"] == row["of"] else PAPER
    dot = axes.scatter(
        *at, s=size, marker=mark, color=face, edgecolor=colour, linewidth=1.3, zorder=3
    )
    dot.set_urls([f"evidence:{row['sentence']}"])


def _key(axes: Axes, voices: list[str], labels: dict[str, str], shape: Shape) -> None:
    """The mark of each voice that has sentences here, beneath the ladder."""
    colours, order = voice_colours(labels), list(labels)
    for i, voice in enumerate(voices):
        line, column = divmod(i, shape.keys)
        axes.text(
            -1.02 + 2.04 / shape.keys * column,
            -1.0 - 0.5 * line,
            f"{MARKS[order.index(voice) % len(MARKS)][1]} {row_label(labels[voice])}",
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
        "that it is, to the right as it should be. Each mark leads to its sentence; it is full "
        "where all passes of codes agree, and hollow where only some of them put it there."
    )
