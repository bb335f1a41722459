"""Where in the texts a word stands: a strip a voice, and a stroke a hit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from manyvoices.figures.drawing import Drawing, canvas, drawing, for_both_widths
from manyvoices.figures.palette import QUIET, voice_colours

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME = "barcode"
STEP = 1.0
GAP = 0.55
FINEST = 800


@for_both_widths
def barcode(found: Mapping[str, pd.DataFrame], labels: dict[str, str]) -> Drawing:
    """The dispersion plot: for each word a strip a voice, along its words, with a stroke a hit.

    `found` gives for each word the table that `hit_places` returns; `labels` names the voices, in
    the order of their colours. A stroke leads to the sentence of its hit; dots beneath a strip
    mark where documents begin. Keyboards pass the strokes by, which a concordance
    has as lines.
    """
    rows = [(word, voice) for word in found for voice in labels]
    longest = max(
        (_end(own[own["voice"] == v]) for own in found.values() for v in labels), default=0
    )
    with canvas(NAME, 0.9 + 0.2 * len(rows) + 0.12 * len(found)) as figure:
        axes = figure.subplots()
        heights = {row: i * STEP + list(found).index(row[0]) * GAP for i, row in enumerate(rows)}
        for (word, voice), y in heights.items():
            own = found[word]
            _strip(axes, own[own["voice"] == voice], y, voice_colours(labels)[voice], longest)
        if rows:
            _axes(axes, found, labels, heights)
        else:
            axes.axis("off")
        return drawing(figure, NAME, _alt(found, labels), _caption(), stops=False)


def _strip(axes: Axes, parts: pd.DataFrame, y: float, colour: str, longest: int) -> None:
    axes.plot([0, _end(parts)], [y, y], color=QUIET, linewidth=0.7, alpha=0.6, zorder=1)
    begins = parts.drop_duplicates("document")["start"].to_numpy()[1:]
    begins = _apart(begins, longest)[0]
    axes.plot(begins, np.full(len(begins), y + 0.42), ".", color=QUIET, markersize=1.8, zorder=1)
    places, first = _apart(_places(parts), longest)
    sentences = [name for own in parts["sentences"] for name in own]
    strokes = axes.vlines(places, y - 0.36, y + 0.36, color=colour, linewidth=1.7, zorder=2)
    strokes.set_urls([f"evidence:{sentences[i]}" for i in first.tolist()])


def _end(parts: pd.DataFrame) -> int:
    """How many words the parts have."""
    return int(parts["words"].sum())


def _places(parts: pd.DataFrame) -> NDArray[np.int64]:
    """The place of each hit."""
    return np.array([place for own in parts["places"] for place in own], np.int64)


def _apart(places: NDArray[np.int64], longest: int) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """The places that can be told apart on the strip, and which they are of those given."""
    first = np.unique(places * FINEST // max(longest, 1), return_index=True)[1]
    return places[first], first


def _axes(
    axes: Axes,
    found: Mapping[str, pd.DataFrame],
    labels: dict[str, str],
    heights: dict[tuple[str, str], float],
) -> None:
    middles = [float(np.mean([heights[word, voice] for voice in labels])) for word in found]
    axes.set_yticks(middles, list(found))
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_xlim(left=0)
    axes.set_ylim(max(heights.values(), default=0) + 0.7, -0.7)
    axes.set_xlabel("words of each voice, in the order of its texts")
    for voice, colour in voice_colours(labels).items():
        word, parts = next(iter(found.items()))
        end = _end(parts[parts["voice"] == voice])
        _label(axes, end, heights[word, voice], labels[voice], colour)


def _label(axes: Axes, end: int, y: float, text: str, colour: str) -> None:
    """The name of a voice, behind the end of its strip."""
    axes.annotate(
        text, (end, y), (6, 0), textcoords="offset points", va="center", fontsize=9, color=colour
    )


def _alt(found: Mapping[str, pd.DataFrame], labels: dict[str, str]) -> str:
    if not found or not labels:
        return "No word was looked for."
    words = [
        f"{word}: " + ", ".join(_in_words(parts, voice, labels) for voice in labels)
        for word, parts in found.items()
    ]
    return f"Where each word stands along the words of each voice. {'. '.join(words)}."


def _in_words(parts: pd.DataFrame, voice: str, labels: dict[str, str]) -> str:
    own = parts[parts["voice"] == voice]
    places = _places(own)
    if not len(places):
        return f"{labels[voice]} nowhere"
    thirds = np.bincount((places * 3 // max(_end(own), 1)).clip(max=2), minlength=3)
    shares = f"{thirds[0]}, {thirds[1]} and {thirds[2]} in its thirds"
    return f"{labels[voice]} {len(places)} {'time' if len(places) == 1 else 'times'}, {shares}"


def _caption() -> str:
    return (
        "Where each word stands: a strip for each voice, as long as its words, and a stroke for "
        "each hit, or several too near to be told apart, which leads to the first passage. Dots "
        "mark where a text begins. Strokes close together are a word that stands in one place; "
        "strokes all along, one that runs through."
    )
