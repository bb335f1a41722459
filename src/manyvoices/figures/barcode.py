"""Where in the texts a word stands: a strip a voice, and a stroke a hit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from manyvoices.figures.drawing import Drawing, canvas, drawing, for_both_widths, is_narrow
from manyvoices.figures.palette import QUIET, voice_colours
from manyvoices.figures.rows import draw_rows, height, places

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME = "barcode"
ALONG = ("words of each voice, in the order of its texts", "words of each voice")
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
    words, colours = [word for word, _ in rows], voice_colours(labels)
    longest = max((_end(_own(found, *row)) for row in rows), default=0)
    with canvas(NAME, 0.5 + height(words)) as figure:
        axes = figure.subplots()
        for (word, voice), y in zip(rows, places(words), strict=True):
            _strip(axes, _own(found, word, voice), y, colours[voice], longest)
        names = [labels[voice] for _, voice in rows]
        draw_rows(axes, words, names, {labels[v]: colour for v, colour in colours.items()})
        axes.set_xlim(left=0)
        if rows:
            figure.supxlabel(ALONG[is_narrow()], fontsize=10.5)
        else:
            axes.axis("off")
        return drawing(figure, NAME, _alt(found, labels), _caption(), stops=False)


def _own(found: Mapping[str, pd.DataFrame], word: str, voice: str) -> pd.DataFrame:
    """The parts of a voice, as one word is found in them."""
    parts = found[word]
    return parts[parts["voice"] == voice]


def _strip(axes: Axes, parts: pd.DataFrame, y: float, colour: str, longest: int) -> None:
    axes.plot([0, _end(parts)], [y, y], color=QUIET, linewidth=0.7, alpha=0.6, zorder=1)
    begins = parts.drop_duplicates("document")["start"].to_numpy()[1:]
    begins = _apart(begins, longest)[0]
    axes.plot(begins, np.full(len(begins), y + 0.42), ".", color=QUIET, markersize=1.8, zorder=1)
    at, first = _apart(_places(parts), longest)
    sentences = [name for own in parts["sentences"] for name in own]
    strokes = axes.vlines(at, y - 0.36, y + 0.36, color=colour, linewidth=1.7, zorder=2)
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
    found = _places(own)
    if not len(found):
        return f"{labels[voice]} nowhere"
    thirds = np.bincount((found * 3 // max(_end(own), 1)).clip(max=2), minlength=3)
    shares = f"{thirds[0]}, {thirds[1]} and {thirds[2]} in its thirds"
    return f"{labels[voice]} {len(found)} {'time' if len(found) == 1 else 'times'}, {shares}"


def _caption() -> str:
    return (
        "Where each word stands: a strip for each voice, as long as its words, and a stroke for "
        "each hit, or several too near to be told apart, which leads to the first passage. Dots "
        "mark where a text begins. Strokes close together are a word that stands in one place; "
        "strokes all along, one that runs through."
    )
