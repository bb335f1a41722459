"""Two ways to sort the same sentences, crossed: the darker a cell, the larger its share."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill
from typing import TYPE_CHECKING

import pandas as pd

from manyvoices.figures.drawing import Drawing, canvas, drawing, for_both_widths, is_narrow
from manyvoices.figures.palette import VOICES
from manyvoices.figures.rows import row_label, shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap

DARKEST = 0.45
WIDEST = 18
ABREAST, KEY = 5, 36


@for_both_widths
def crossed(table: pd.DataFrame, labels: Mapping[int, str], *, name: str, what: str) -> Drawing:
    """A heat map of codes (rows) by topics (columns), as `by_code` of the topics counts them.

    A cell has the number of sentences and leads to the one that has most of the topic; its shade is
    the share of the topic's sentences, so that columns add up to all. `labels` names the topics,
    `what` says what the codes are of. Rows are in the order of their totals.
    """
    order = table.groupby("code")["sentences"].sum().sort_values(ascending=False).index
    wide = table.pivot(index="code", columns="topic")
    wide = wide.reindex(index=order)
    keyed = is_narrow() or len(set(table["topic"])) > ABREAST
    heads = _numbered(labels) if keyed else labels
    with canvas(name, 0.7 + 0.34 * len(order) + 0.2 * len(labels) * keyed) as figure:
        axes = figure.subplots()
        _draw(axes, wide, heads, what)
        if keyed:
            key = "\n".join(
                f"{heads[topic]}  {shortened(name, KEY)}" for topic, name in labels.items()
            )
            figure.suptitle(key, x=0.01, ha="left", fontsize=10)
        return drawing(figure, name, _alt(table, labels, what), _caption(what))


def _numbered(labels: Mapping[int, str]) -> dict[int, str]:
    """A number for each topic, where there is no room for its name over a column."""
    return {topic: str(i) for i, topic in enumerate(labels, start=1)}


def _draw(axes: Axes, wide: pd.DataFrame, labels: Mapping[int, str], what: str) -> None:
    import seaborn

    shares, counts = wide["share"].fillna(0.0), wide["sentences"].fillna(0).astype(int)
    names = [fill(labels[int(topic)], WIDEST) for topic in shares.columns]
    seaborn.heatmap(
        shares, vmin=0, vmax=1, cmap=_tints(), cbar=False, linewidths=0, ax=axes,
        xticklabels=names, yticklabels=[row_label(str(code)) for code in shares.index],
    )  # fmt: skip
    for y, code in enumerate(shares.index):
        for x, topic in enumerate(shares.columns):
            count = int(counts.loc[code, topic])
            cell = axes.text(x + 0.5, y + 0.5, f"{count:,}", ha="center", va="center")
            if count:
                cell.set_url(f"evidence:{wide.loc[code, ('first', topic)]}")
    axes.set(xlabel="", ylabel=what)
    axes.xaxis.tick_top()
    axes.tick_params(length=0, labelrotation=0)


def _tints() -> Colormap:
    """From nothing to a tint on which letters can be read, in either theme."""
    from matplotlib.colors import LinearSegmentedColormap, to_rgba

    return LinearSegmentedColormap.from_list(
        "tints", [to_rgba(VOICES[0], 0), to_rgba(VOICES[0], DARKEST)]
    )


def _alt(table: pd.DataFrame, labels: Mapping[int, str], what: str) -> str:
    columns = []
    for topic, rows in table.groupby("topic"):
        cells = ", ".join(
            f"{row.code} {row.sentences:,} ({row.share:.0%})" for row in rows.itertuples()
        )
        columns.append(f"{labels[int(str(topic))]}: {cells}")
    return f"Sentences of each topic by {what}. {'; '.join(columns)}."


def _caption(what: str) -> str:
    return (
        f"Sentences by {what} and by topic. A number counts sentences and leads to the one that "
        "has most of the topic; the darker its cell, the larger a share of the topic’s sentences."
    )
