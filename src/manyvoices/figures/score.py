"""All texts at a glance: a stroke for each sentence, as long as its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from manyvoices.figures.drawing import Drawing, canvas, drawing, for_both_widths, is_narrow
from manyvoices.figures.palette import QUIET, voice_colours
from manyvoices.figures.rows import shortened
from manyvoices.figures.tree import from_the_top

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME = "score"
LINE = 110
STEP = 5
SPACE = 1.6
GAP = 0.7
MOST = 1000
NAME_ROW = 0.21
SHORT = 11


@dataclass(frozen=True, slots=True)
class Stroke:
    """A piece of a sentence on a line: from where to where, in words, and which sentence it is."""

    row: float
    start: float
    end: float
    sentence: str
    voice: str


@for_both_widths
def score(sentences: pd.DataFrame, replies: pd.DataFrame, labels: Mapping[str, str]) -> Drawing:
    """The texts as strokes, in the order of the tree of answers, answers set in by their depth.

    Texts that neither answer nor are answered stand behind the others, as in their files.

    `sentences` is `Corpus.sentences`, `replies` the table of `manyvoices.dialogue.replies`,
    `labels` names the voices in the order of their colours; texts of no such voice are left out.
    A stroke leads to its sentence. Past 1,000 sentences whole texts are left out from the end,
    and the caption says so; a first text that is longer than that is cut.
    """
    shown = sentences[sentences["voice"].isin(list(labels))]
    there = dict.fromkeys(shown["document"])
    texts = [text for text in dict.fromkeys([*from_the_top(replies), *there]) if text in there]
    drawn = _fitting(shown, texts)
    strokes = list(_strokes(drawn, replies["depth"]))
    rows = strokes[-1].row + 1 if strokes else 1.0
    named = [voice for voice in labels if voice in set(drawn["voice"])]
    short = all(len(labels[voice]) <= SHORT for voice in named)
    row, across = (0.062, 2 + short) if is_narrow() else (0.082, 3)
    name_row = NAME_ROW / row
    head = 1.6 + name_row * -(-len(named) // across)
    with canvas(NAME, 0.1 + row * (rows + head)) as figure:
        axes = figure.subplots()
        _draw(axes, strokes, labels, 44 * row)
        _name_voices(axes, named, labels, across, name_row)
        axes.set_xlim(0, LINE)
        axes.set_ylim(rows - 0.3, -head)
        axes.axis("off")
        alt = _alt(shown, labels)
        caption = _caption(drawn["document"].nunique(), len(texts))
        return drawing(figure, NAME, alt, caption, stops=False)


def _fitting(sentences: pd.DataFrame, texts: list[str]) -> pd.DataFrame:
    """The sentences of as many texts as there is room for, text by text."""
    order = pd.Series(range(len(texts)), index=texts, dtype="int64")
    ordered = sentences.assign(order=sentences["document"].map(order)).dropna(subset="order")
    ordered = ordered.sort_values("order", kind="stable")
    ends = ordered.groupby("order").size().cumsum()
    return ordered[ordered["order"] < max(int((ends <= MOST).sum()), 1)].head(MOST)


def _strokes(sentences: pd.DataFrame, depths: pd.Series) -> Iterator[Stroke]:
    """Each sentence in as many pieces as there are lines that it stands on."""
    row = -1 - GAP
    for _, rows in sentences.groupby("order", sort=False):
        name = str(rows["document"].iloc[0])
        left = min(STEP * int(depths.get(name, 0)), LINE // 2)
        row, at = row + 1 + GAP, float(left)
        for sentence, voice, words in rows[["sentence", "voice", "words"]].itertuples(index=False):
            todo = float(words)
            while todo > 0:
                piece = min(todo, LINE - at)
                yield Stroke(row, at, at + piece, sentence, voice)
                todo, at = todo - piece, at + piece + SPACE
                if at >= LINE - SPACE and todo >= 0:
                    row, at = row + 1, float(left)


def _draw(axes: Axes, strokes: Iterable[Stroke], labels: Mapping[str, str], width: float) -> None:
    for voice, colour in voice_colours(labels).items():
        own = [stroke for stroke in strokes if stroke.voice == voice]
        rows = [stroke.row for stroke in own]
        lines = axes.hlines(
            rows, [s.start for s in own], [s.end for s in own], color=colour, linewidth=width
        )
        lines.set_urls([f"evidence:{stroke.sentence}" for stroke in own])


def _name_voices(
    axes: Axes, voices: list[str], labels: Mapping[str, str], across: int, high: float
) -> None:
    """The names of the voices in their colours, so many in a line, above the strokes."""
    last = (len(voices) - 1) // across
    for i, voice in enumerate(voices):
        axes.text(
            LINE * (i % across) / across,
            -2.6 - high * (last - i // across),
            shortened(labels[voice], 17),
            color=voice_colours(labels).get(voice, QUIET),
            fontsize=10.5,
            fontweight="bold",
            va="center",
        )


def _alt(sentences: pd.DataFrame, labels: Mapping[str, str]) -> str:
    parts = [
        f"{label}: {len(own):,} sentences, {own['words'].sum():,} words"
        for voice, label in labels.items()
        if len(own := sentences[sentences["voice"] == voice])
    ]
    return f"All texts as strokes, one a sentence. {'; '.join(parts)}." if parts else "No text."


def _caption(drawn: int, texts: int) -> str:
    cut = f" The first {drawn:,} of {texts:,} texts are drawn." if drawn < texts else ""
    return (
        "The whole conversation at a glance: a stroke is a sentence, as long as its words; texts "
        f"stand in the order of the answers, and are set in by how deep they answer.{cut}"
    )
