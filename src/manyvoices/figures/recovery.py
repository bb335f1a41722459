"""What the rule of recovery counts where nobody has changed, by the reliability of the scores."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill
from typing import TYPE_CHECKING

import pandas as pd

from manyvoices.figures.drawing import Drawing, canvas, drawing, for_both_widths, is_narrow
from manyvoices.figures.palette import INK, QUIET, VOICES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME = "yields-by-reliability"
PANEL = 1.9
LABEL, NARROW_LABEL = 40, 11
BELOW = (
    "reliability of both questionnaires, falling to the right",
    "reliability of both questionnaires,\nfalling to the right",
)


@for_both_widths
def yields_by_reliability(
    grid: pd.DataFrame, published: Mapping[str, float], *, bound: float
) -> Drawing:
    """A panel a definition, a line an intake: the share counted, against reliability.

    `grid` has the columns definition, intake, phq9 (the reliability of both questionnaires),
    value, low and high, as `yield_grid` of `manyvoices.models.recovery` returns them; `published`
    names reliabilities to mark, and `bound` is a share to mark. Raises ValueError for no rows.
    """
    if grid.empty:
        raise ValueError("there is nothing to draw")
    panels = list(dict.fromkeys(grid["definition"]))
    with canvas(NAME, 0.7 + PANEL * len(panels)) as figure:
        drawn = figure.subplots(len(panels), 1, sharex=True, squeeze=False)[:, 0]
        for axes, definition in zip(drawn, panels, strict=True):
            _panel(axes, grid[grid["definition"] == definition], published, bound)
        _marks(drawn[0], published)
        _below(drawn[-1])
        return drawing(figure, NAME, _alt(grid, published, bound), _caption(bound))


def _panel(axes: Axes, rows: pd.DataFrame, published: Mapping[str, float], bound: float) -> None:
    axes.axhline(bound * 100, color=QUIET, linewidth=0.8, linestyle=(0, (4, 3)))
    for at in published.values():
        axes.axvline(at, color=QUIET, linewidth=0.6, alpha=0.6)
    for i, (_, line) in enumerate(rows.groupby("intake", sort=False)):
        colour = VOICES[i % len(VOICES)]
        axes.fill_between(
            line["phq9"], line["low"] * 100, line["high"] * 100, color=colour, alpha=0.3, lw=0
        )
        axes.plot(line["phq9"], line["value"] * 100, color=colour, linewidth=1.4)
    _ends(axes, rows)
    axes.set_title(rows["definition"].iloc[0], fontsize=10.5, loc="left", weight="bold", color=INK)
    axes.set_xlim(rows["phq9"].max(), rows["phq9"].min())
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter("{x:.0f}%")
    axes.tick_params(axis="x", length=0)


def _ends(axes: Axes, rows: pd.DataFrame) -> None:
    """The name of each line at its end, moved apart where lines end together."""
    last = rows[rows["phq9"] == rows["phq9"].min()].sort_values("value")
    colours = dict(zip(dict.fromkeys(rows["intake"]), VOICES, strict=False))
    line, end = rows["value"].max() * 100 * 0.13, -1.0
    for row in last.itertuples():
        name = fill(row.intake, NARROW_LABEL if is_narrow() else LABEL)
        half = line * (name.count("\n") + 1) / 2
        middle = max(row.value * 100, end + half)
        end = middle + half
        axes.annotate(
            name,
            (row.phq9, middle),
            (5, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
            annotation_clip=False,
            color=colours[row.intake],
        )


def _marks(axes: Axes, published: Mapping[str, float]) -> None:
    """What the upright lines are, over the first panel, each name in a line of its own."""
    ordered = sorted(published.items(), key=lambda mark: -mark[1])
    for i, (name, at) in enumerate(ordered):
        axes.annotate(
            name,
            (at, 1),
            (0, 18 + 12 * (len(ordered) - 1 - i)),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            ha="center",
            fontsize=9,
            color=QUIET,
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": QUIET, "linewidth": 0.6, "alpha": 0.6},
        )


def _below(axes: Axes) -> None:
    axes.tick_params(axis="x", pad=7)
    axes.set_xlabel(BELOW[is_narrow()])
    axes.xaxis.set_major_formatter("{x:.2f}")


def _alt(grid: pd.DataFrame, published: Mapping[str, float], bound: float) -> str:
    parts = [
        f"{definition}, {intake}: {_told(line)}"
        for definition, rows in grid.groupby("definition", sort=False)
        for intake, line in rows.groupby("intake", sort=False)
    ]
    marks = ", ".join(f"{name} {at:.3g}" for name, at in published.items())
    return (
        "Lines of the share that is counted although nobody has changed, by reliability. "
        f"{'. '.join(parts)}. Marked: {marks}; a share of {bound:.0%}."
    )


def _told(line: pd.DataFrame) -> str:
    """Both ends of a line and its middle, in words."""
    ordered = line.sort_values("phq9", ascending=False).to_dict("records")
    told = [ordered[i] for i in sorted({0, len(ordered) // 2, len(ordered) - 1})]
    return ", ".join(f"{row['value']:.1%} at {row['phq9']:.3g}" for row in told)


def _caption(bound: float) -> str:
    return (
        "The less reliable the scores, the more people the rule counts though none has changed; "
        "and the nearer to the cut-offs people are at the start, the more of them recover. "
        "A line is an intake, its band the error of the simulation; the broken level line lies at "
        f"{bound:.0%}, upright ones at published reliabilities."
    )
