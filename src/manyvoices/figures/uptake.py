"""What answers take up, beside what they share with texts that they do not answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from manyvoices.figures.drawing import Drawing, canvas, drawing, for_both_widths, is_narrow
from manyvoices.figures.palette import INK, QUIET
from manyvoices.figures.rows import linked_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME = "uptake"
MOST = 30
BINS = 40
MEANS = ("the mean, were sources dealt anew", "the mean, were sources\ndealt anew")
SHARE = (
    "share of an answer’s words, rare ones weighing more",
    "share of an answer’s words,\nrare ones weighing more",
)
Floats = NDArray[np.float64]


@for_both_widths
def uptake_against_shuffled(
    pairings: pd.DataFrame,
    mean: float,
    shuffled: Floats,
    names: Mapping[str, str],
    colours: Mapping[str, str],
) -> Drawing:
    """A row an answer, with its own source and the others; below, the mean against all shuffles.

    `pairings` is of the function of that name in `manyvoices.dialogue`; `mean` and `shuffled` are
    of `uptake_test`; `names` are what texts are called, `colours` those of answers. Past 30 answers
    the first 30 have rows.
    """
    answers = list(dict.fromkeys(pairings["document"]))
    rows = answers[:MOST]
    with canvas(NAME, 1.9 + 0.27 * len(rows)) as figure:
        upper, lower = figure.subplots(
            2, 1, sharex=True, height_ratios=[0.27 * len(rows) + 0.2, 1.2]
        )
        for place, answer in enumerate(rows):
            of = pairings[pairings["document"] == answer]
            _row(upper, of, place, names, colours[answer])
        _frame(upper, len(rows))
        _means(lower, mean, shuffled)
        figure.supxlabel(SHARE[is_narrow()], fontsize=10.5)
        alt = _alt(pairings, mean, shuffled, names)
        return drawing(figure, NAME, alt, _caption(len(answers)))


def _row(
    axes: Axes, pairs: pd.DataFrame, place: int, names: Mapping[str, str], colour: str
) -> None:
    others, own = pairs[~pairs["own"]], pairs[pairs["own"]].iloc[0]
    axes.plot(others["size"], [place] * len(others), "|", color=QUIET, markersize=9, zorder=1)
    axes.scatter([own["size"]], [place], s=42, color=colour, zorder=2, clip_on=False)
    text = f"{names[own['document']]} ← {names[own['source']]}"
    linked_label(axes, place, text, own["document"], fontsize=9.5)


def _frame(axes: Axes, rows: int) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.set_ylim(rows - 0.5, -0.6)
    axes.set_yticks([])
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.tick_params(axis="x", length=0)
    axes.grid(axis="x", color=QUIET, alpha=0.25, linewidth=0.6)
    axes.set_xlim(left=0)
    axes.xaxis.set_major_locator(MaxNLocator(4 if is_narrow() else 6, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.3g}%")


def _means(axes: Axes, mean: float, shuffled: Floats) -> None:
    axes.hist(shuffled, bins=BINS, color=QUIET, alpha=0.55)
    axes.axvline(mean, color=INK, linewidth=1.6)
    right = mean < axes.get_xlim()[1] / 2 or mean >= shuffled.mean()
    axes.annotate(
        "mean",
        (mean, 1),
        (4 if right else -4, -2),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        ha="left" if right else "right",
        va="top",
        fontsize=9,
    )
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_title(MEANS[is_narrow()], loc="left", fontsize=9.5)


def _alt(pairings: pd.DataFrame, mean: float, shuffled: Floats, names: Mapping[str, str]) -> str:
    own = pairings[pairings["own"]].head(MOST)
    other = pairings[~pairings["own"]].groupby("document")["size"].mean()
    parts = [
        f"{names[document]} from {names[source]} {size:.0%}, from others {elsewhere:.0%}"
        for document, source, size, elsewhere in zip(
            own["document"].tolist(),
            own["source"].tolist(),
            own["size"].tolist(),
            other.reindex(own["document"]).tolist(),
            strict=True,
        )
    ]
    above = float((shuffled >= mean).mean())
    return (
        f"What answers share with their source, and on average with other sources of their writer: "
        f"{'; '.join(parts)}. The mean is {mean:.1%}; dealt anew it is {shuffled.mean():.1%} on "
        f"average, and as large or larger in {above:.1%} of deals."
    )


def _caption(answers: int) -> str:
    cut = f" The first {MOST} of {answers:,} answers have rows." if answers > MOST else ""
    return (
        "Each dot is what an answer shares with the text that it answers, each stroke what it "
        "shares with one that its writer answered elsewhere. Below, the mean of the dots (line) "
        f"among the means of all deals.{cut}"
    )
