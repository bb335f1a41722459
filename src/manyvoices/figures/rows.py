"""Rows under headings: what figures that go from group to group and voice to voice share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from manyvoices.figures.drawing import is_narrow
from manyvoices.figures.palette import INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LABEL, NARROW_LABEL = 44, 18
HEADING_LABEL, NARROW_HEADING = 66, 32
HEADING = 1.5
TOP = 1.3


def places(groups: Sequence[object]) -> list[float]:
    """Where each row stands, from the top: room for a heading is left wherever a group begins."""
    order = list(dict.fromkeys(groups))
    return [i + HEADING * order.index(group) for i, group in enumerate(groups)]


def height(groups: Sequence[object], row: float = 0.2) -> float:
    """How high the rows and their headings are, in inches, if a row is `row` high."""
    return row * (len(groups) + HEADING * len(set(groups)) + 0.3)


def draw_rows(
    axes: Axes, groups: Sequence[str], names: Iterable[str], colours: Mapping[str, str]
) -> None:
    """Name the rows at the left, and their groups in lines of their own; nothing frames them.

    A row whose name has one of `colours` is written in it.
    """
    ys, names = places(groups), list(names)
    for group in dict.fromkeys(groups):
        top = ys[list(groups).index(group)]
        heading = axes.annotate(
            heading_label(group), (0.01, top - 1),
            xycoords=("figure fraction", "data"), va="center", weight="bold", annotation_clip=False,
        )  # fmt: skip
        heading.set_in_layout(False)
    axes.set_yticks(ys, [row_label(name) for name in names], fontsize=9.5)
    for tick, name in zip(axes.get_yticklabels(), names, strict=True):
        tick.set_color(colours.get(name, INK))
    axes.tick_params(axis="y", length=0, pad=7)
    axes.spines["left"].set_visible(False)
    axes.set_ylim(max(ys, default=0) + 0.6, -TOP - 0.2)


def linked_label(axes: Axes, y: float, text: str, anchor: str, **style: Any) -> None:
    """Write what a row is called to the left of the axes, as a link to the passage `anchor`."""
    label = axes.annotate(
        text,
        (0, y),
        (-6, 0),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        ha="right",
        va="center",
        parse_math=False,
        **style,
    )
    label.set_url(f"evidence:{anchor}")


def row_label(name: str) -> str:
    """So much of a name as there is room for beside a row."""
    return shortened(name, NARROW_LABEL if is_narrow() else LABEL)


def heading_label(name: str) -> str:
    """So much of a name as there is room for in a line of its own."""
    return shortened(name, NARROW_HEADING if is_narrow() else HEADING_LABEL)


def shortened(text: str, most: int) -> str:
    """So much of a text as `most` characters hold, in whole words if it can be."""
    if len(text) <= most:
        return text
    words = shorten(text, most, placeholder="…")
    return words if len(words) > 1 else f"{text[: most - 1]}…"
