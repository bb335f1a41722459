"""The specification curve: what a claim comes to under every combination of choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from manyvoices.figures.drawing import Drawing, canvas, drawing, for_both_widths
from manyvoices.figures.palette import INK, QUIET, VOICES
from manyvoices.figures.rows import row_label
from manyvoices.multiverse import Multiverse

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = 1000
ROW = 0.19
CURVE = 1.9
FAILS = VOICES[1]

Floats = NDArray[np.float64]


@for_both_widths
def specification_curve(
    universes: Multiverse, *, name: str, claim: str, measure: str, digits: int = 2
) -> Drawing:
    """The values of all universes in order of size and, below each, the options that made it.

    `name` is the drawing's anchor, `claim` a sentence without its full stop, `measure` what the
    values are, in words; the texts give values to so many `digits`. Universes that were excluded
    or failed are not drawn, and counted in the caption; past a thousand, evenly spaced ones are
    drawn. The book's own universe, the first, is marked. Raises TooFewError where none has run.
    """
    ran = universes.ran.sort_values("value", kind="stable")
    shown = ran.iloc[np.unique(np.linspace(0, len(ran) - 1, min(MOST, len(ran))).astype(int))]
    options = _options(universes)
    height = CURVE + 0.4 + ROW * (len(options) + len(universes.choices))
    with canvas(name, height) as figure:
        ratio = [CURVE, height - CURVE]
        upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=ratio)
        _curve(upper, shown, universes, measure)
        _dashboard(lower, shown, options)
        alt = _alt(universes, claim, measure, digits)
        return drawing(figure, name, alt, _caption(universes, len(shown), claim))


def _options(universes: Multiverse) -> list[tuple[str, str]]:
    """Each choice with each of its options."""
    return [(c, str(o)) for c in universes.choices for o in dict.fromkeys(universes.table[c])]


def _curve(axes: Axes, shown: pd.DataFrame, universes: Multiverse, measure: str) -> None:
    values, holds = shown["value"].to_numpy(float), shown["holds"].to_numpy(bool)
    _dashes(axes, np.flatnonzero(holds), values[holds], INK)
    _dashes(axes, np.flatnonzero(~holds), values[~holds], FAILS)
    axes.axhline(0, color=QUIET, linewidth=0.8)
    own = int(np.abs(values - universes.own).argmin())
    axes.plot(own, values[own], "o", markersize=7, color=INK, markerfacecolor="none")
    side = 1 if own < len(values) / 2 else -1
    axes.annotate(
        "as in the book",
        (own, values[own]),
        (6 * side, -9 * side),
        textcoords="offset points",
        ha="left" if side > 0 else "right",
        va="center",
        fontsize=9,
    )
    _labels(axes, holds)
    axes.set_ylabel(measure)
    axes.tick_params(axis="x", length=0, labelbottom=False)
    axes.spines["bottom"].set_visible(False)


def _labels(axes: Axes, holds: NDArray[np.bool_]) -> None:
    """Which colour is which, in words, where there are two."""
    if holds.all() or not holds.any():
        return
    axes.text(0.01, 0.97, "does not hold", color=FAILS, transform=axes.transAxes, va="top")
    axes.text(0.01, 0.84, "holds", color=INK, transform=axes.transAxes, va="top")


def _dashboard(axes: Axes, shown: pd.DataFrame, options: list[tuple[str, str]]) -> None:
    places, y, last = [], 0.0, ""
    for choice, option in options:
        y += 1.0 if choice == last else 2.0
        if choice != last:
            axes.text(-0.01 * len(shown), y - 1, choice, ha="right", va="center", fontsize=9)
        places.append(y)
        used = np.flatnonzero((shown[choice] == option).to_numpy())
        _ticks(axes, used, y, QUIET)
        last = choice
    axes.set_yticks(places, [row_label(option) for _, option in options], fontsize=9, color=QUIET)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", length=0, labelbottom=False)
    axes.set_ylim(y + 0.8, 0.4)
    axes.set_xlim(-0.01 * len(shown) - 0.5, len(shown) - 0.5)
    for spine in ("left", "bottom"):
        axes.spines[spine].set_visible(False)


def _dashes(axes: Axes, places: ArrayLike, values: Floats, colour: str) -> None:
    """A short level line at each place: one path for all, to keep the drawing small."""
    x = np.asarray(places, float)
    axes.plot(_broken(x - 0.45, x + 0.45), _broken(values, values), color=colour, linewidth=2.4)


def _ticks(axes: Axes, places: ArrayLike, y: float, colour: str) -> None:
    """A short upright line at each place."""
    x = np.asarray(places, float)
    level = np.full(len(x), y)
    axes.plot(_broken(x, x), _broken(level - 0.36, level + 0.36), color=colour, linewidth=0.9)


def _broken(begin: Floats, end: Floats) -> Floats:
    """Begin, end and a gap, for each."""
    return np.column_stack([begin, end, np.full(len(begin), np.nan)]).ravel()


def _alt(universes: Multiverse, claim: str, measure: str, digits: int) -> str:
    found = universes.summary()
    span = " ".join(
        f"{word} {found[key]:.{digits}f}"
        for word, key in (("from", "smallest"), ("to", "largest"), ("with the median at", "median"))
    )
    by_choice = universes.by_choice().dropna()
    medians = [
        f"{choice}: "
        + ", ".join(f"{row.option} {row.median:.{digits}f}" for row in rows.itertuples(index=False))
        for choice, rows in by_choice.groupby("choice", sort=False)
    ]
    return (
        f"Specification curve of the claim: {claim}. {found['run']:,} universes in order of their "
        f"value ({measure}), {span}; as in the book {found['own']:.{digits}f}. "
        f"The claim holds in {_count(universes)} of them. Medians by choice. {'. '.join(medians)}."
    )


def _caption(universes: Multiverse, shown: int, claim: str) -> str:
    found = universes.summary()
    return (
        f"{claim}: what comes of it under {found['run']:,} combinations of choices, in order of "
        f"size; the marks below show the options of each. It holds in {_count(universes)} "
        f"({universes.holding:.0%}), and {universes.agreeing:.0%} have the sign of the book’s own. "
        f"These shares are sensitivity, not probability.{_omitted(universes, shown)}"
    )


def _count(universes: Multiverse) -> str:
    return f"{int(universes.ran['holds'].sum()):,}"


def _omitted(universes: Multiverse, shown: int) -> str:
    """What is not drawn, and why."""
    found = universes.summary()
    parts = []
    if found["universes"] < found["combinations"]:
        parts.append(
            f"{found['universes']:,} of {found['combinations']:,} combinations were sampled"
        )
    if found["excluded"]:
        parts.append(f"{found['excluded']:,} make no sense and are left out")
    if found["failed"]:
        parts.append(f"{found['failed']:,} gave no value")
    if shown < found["run"]:
        parts.append(f"{shown:,} of those that ran, evenly spaced, are shown")
    return f" Of note: {'; '.join(parts)}." if parts else ""
