"""A collocation network."""

from __future__ import annotations

from collections.abc import Hashable
from math import ceil, hypot, sqrt
from typing import TYPE_CHECKING, Any

import pandas as pd

from manyvoices.figures.drawing import (
    NARROW,
    WIDE,
    Drawing,
    canvas,
    drawing,
    for_both_widths,
    is_narrow,
)
from manyvoices.figures.palette import INK, PAPER, QUIET, VOICES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME = "collocation-network"
ROW, TALL = 0.36, 2.6
REACH = 0.95
CLEAR = 0.55
LONGEST = 16
SIZE, NARROW_SIZE = 13, 11
Place = tuple[float, float]


@for_both_widths
def network(
    ties: pd.DataFrame, measure: str = "log ratio", *, node: str = "", name: str = NAME
) -> Drawing:
    """A node in the middle, its collocates around it, and curves between those that are tied.

    `ties` is what `collocation_network` of `manyvoices.measures` returns, `measure` what its
    strengths are called, `node` what the node is, if not by its query, `name` the anchor. The
    strongest collocate stands at the upper right, the others follow as the hands of a clock go; a
    line is the wider, the stronger the tie. Each word links to the first passage behind it.
    Nothing is drawn at random.
    """
    query, spokes, curves = _parts(ties)
    node = node or query
    places = _places([str(word) for word in spokes["second"]])
    tall = max((y for _, y in places.values()), default=0.1) * 2 + 0.5
    left, right = (-0.85, NARROW - 0.85) if is_narrow() else (-WIDE / 2, WIDE / 2)
    with canvas(name, tall) as figure:
        axes = figure.subplots()
        _draw(axes, spokes, curves, places)
        _node(axes, node)
        axes.set_xlim(left, right)
        axes.set_ylim(-tall / 2, tall / 2)
        axes.axis("off")
        alt, caption = _alt(node, spokes, curves, measure), _caption(node, spokes, measure)
        return drawing(figure, name, alt, caption)


def _draw(axes: Axes, spokes: pd.DataFrame, curves: pd.DataFrame, places: dict[str, Place]) -> None:
    strongest = float(pd.concat([spokes, curves])["strength"].max())
    for row in spokes.to_dict("records"):
        _tie(axes, (0, 0), places[row["second"]], _wide(row, strongest), QUIET)
    for row in curves.to_dict("records"):
        ends = places[row["first"]], places[row["second"]]
        _tie(axes, *ends, _wide(row, strongest), VOICES[0])
    for row in spokes.to_dict("records"):
        _word(axes, row, places[row["second"]])


def _parts(ties: pd.DataFrame) -> tuple[str, pd.DataFrame, pd.DataFrame]:
    """The node, the ties to it, and those among its collocates."""
    if ties.empty:
        return "", ties, ties
    to_node = ties["first"] == ties["first"].iloc[0]
    own = to_node.cummin() & ~ties["second"].duplicated()
    return str(ties["first"].iloc[0]), ties[own], ties[~own]


def _places(words: list[str]) -> dict[str, Place]:
    """Where each word stands: on an oval, on the right from above, on the left from below.

    The words of a side stand in rows of their own, and lead outwards, so that none meets another.
    A narrow screen has room on the right alone.
    """
    right = len(words) if is_narrow() else ceil(len(words) / 2)
    row = max(ROW, TALL / max(right, 1)) if words else ROW
    sides = (words[:right], 1.0), (words[right:][::-1], -1.0)
    return {
        word: (side * _across(i, right), ((right - 1) / 2 - i) * row)
        for column, side in sides
        for i, word in enumerate(column)
    }


def _across(row: int, rows: int) -> float:
    """How far from the middle the oval is at a row."""
    height = (2 * row - rows + 1) / (rows + 1)
    return REACH * sqrt(1 - height**2)


def _wide(row: dict[Hashable, Any], strongest: float) -> float:
    """The width of a line, in points."""
    return 0.6 + 2.4 * max(float(row["strength"]), 0) / max(strongest, 1e-9)


def _tie(axes: Axes, one: Place, other: Place, width: float, colour: str) -> None:
    """A curve between two places, bent around the middle; straight from the middle itself."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    bend = _around(one, other) if one != (0, 0) else (other[0] / 2, other[1] / 2)
    path = Path([one, bend, other], [Path.MOVETO, Path.CURVE3, Path.CURVE3])
    axes.add_patch(
        PathPatch(path, facecolor="none", edgecolor=colour, linewidth=width, alpha=0.6, zorder=1)
    )


def _around(one: Place, other: Place) -> Place:
    """The point towards which a curve bends: inwards, but clear of the node."""
    x, y = 0.35 * (one[0] + other[0]), 0.35 * (one[1] + other[1])
    missing = max(CLEAR - hypot(x, y), 0)
    across, up = other[0] - one[0], other[1] - one[1]
    length = hypot(across, up) or 1.0
    side = 1 if x * -up + y * across >= 0 else -1
    return x - side * 2 * missing * up / length, y + side * 2 * missing * across / length


def _word(axes: Axes, row: dict[Hashable, Any], at: Place) -> None:
    side = 1 if at[0] > 0 else -1
    axes.plot(*at, "o", color=VOICES[0], markersize=5.5, markeredgecolor=PAPER, zorder=2)
    label = axes.annotate(
        _label(str(row["second"]), f" ({row['together']:,})"),
        at,
        (8 * side, 0),
        textcoords="offset points",
        ha="left" if side > 0 else "right",
        va="center",
        fontsize=NARROW_SIZE if is_narrow() else SIZE,
        annotation_clip=False,
        zorder=3,
    )
    label.set_url(f"evidence:{row['passage']}")


def _label(word: str, times: str = "") -> str:
    """A word, cut if there is no room for it, and how often it is met."""
    room = LONGEST - len(times)
    return f"{word if len(word) <= room else word[: room - 1] + '…'}{times}"


def _node(axes: Axes, node: str) -> None:
    box = {"facecolor": PAPER, "edgecolor": INK, "boxstyle": "round,pad=0.3", "linewidth": 1}
    axes.text(
        0,
        0,
        _label(node),
        ha="center",
        va="center",
        fontsize=NARROW_SIZE if is_narrow() else SIZE,
        weight="bold",
        bbox=box,
        zorder=4,
    )


def _alt(node: str, spokes: pd.DataFrame, curves: pd.DataFrame, measure: str) -> str:
    if spokes.empty:
        return "No word stands near the node often enough, and more often than elsewhere."
    words = [
        f"{row['second']} {row['strength']:.1f} ({row['together']} times)"
        for row in spokes.to_dict("records")
    ]
    pairs = [
        f"{row['first']} and {row['second']} {row['strength']:.1f}"
        for row in curves.to_dict("records")
    ]
    return (
        f"Network of {len(words)} collocates of {node}, by {measure}: {', '.join(words)}. "
        f"Ties among them: {', '.join(pairs) or 'none'}."
    )


def _caption(node: str, spokes: pd.DataFrame, measure: str) -> str:
    if spokes.empty:
        return "There is too little to draw: no word reaches the threshold near the node."
    return (
        f"What stands near “{node}” more often than elsewhere, and how often; the strongest at the "
        f"upper right, then with the clock. Wider lines are stronger ties, by {measure}; a curve "
        "joins words that are collocates of each other, too. Each word leads to a passage."
    )
