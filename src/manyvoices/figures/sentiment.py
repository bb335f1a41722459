"""Signs of sentences: by voice, by target, and along a text."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

import pandas as pd
from numpy.typing import NDArray

from manyvoices.figures.drawing import Drawing, canvas, drawing, for_both_widths, is_narrow
from manyvoices.figures.palette import GROUNDS, INK, ON_SIGNS, QUIET, VOICES, voice_colours
from manyvoices.figures.rows import draw_rows, height, places, row_label, shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BY_VOICE, BY_TARGET, ALONG = "signs-by-voice", "targets-by-voice", "signs-along-text"
SIGNS = {"negative": "negative", "neutral": "neutral or mixed", "positive": "positive"}
STYLES = ("solid", (0, (5, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2)))
MOST_VOICES = 4
TITLE = 22


@for_both_widths
def signs_by_voice(counts: pd.DataFrame, labels: dict[str, str]) -> Drawing:
    """Bars of how many sentences are negative, neutral and positive: a row a scorer or pass.

    `counts` is what `by_voice` of `manyvoices.models.sentiment` returns; `labels` names the voices.
    """
    voices = [labels[voice] for voice in counts["voice"]]
    with canvas(BY_VOICE, 0.3 + height(voices)) as figure:
        axes = figure.subplots()
        for y, row in zip(places(voices), counts.to_dict("records"), strict=True):
            _stack(axes, y, row)
        draw_rows(axes, voices, counts["by"], {})
        _bare(axes)
        axes.set_xlim(0, 1)
        axes.set_xticks([])
        _key(axes)
        return drawing(figure, BY_VOICE, _alt_by_voice(counts, labels), _caption_by_voice(counts))


def _key(axes: Axes) -> None:
    """What each part of a bar is, on its own ground, above all of them."""
    axes.set_ylim(top=-2.9)
    for x, align, (sign, name) in zip(
        (0.02, 0.5, 0.98), ("left", "center", "right"), SIGNS.items(), strict=True
    ):
        words = axes.annotate(
            name, (x, -2.3), xycoords=("figure fraction", "data"), ha=align, va="center",
            fontsize=9, color=ON_SIGNS[sign], annotation_clip=False,
            bbox={"facecolor": GROUNDS[sign], "edgecolor": "none", "boxstyle": "square,pad=0.3"},
        )  # fmt: skip
        words.set_in_layout(False)


def _stack(axes: Axes, y: float, row: dict[Hashable, Any]) -> None:
    """One bar of three parts, each with its number where there is room for it."""
    begin, total = 0.0, float(row["sentences"])
    for name, ground in GROUNDS.items():
        width = row[name] / total
        axes.barh(y, width, left=begin, height=0.8, color=ground)
        if width > (0.09 if is_narrow() else 0.06):
            axes.text(
                begin + width / 2, y, str(row[name]), ha="center", va="center", fontsize=8.5,
                color=ON_SIGNS[name],
            )  # fmt: skip
        begin += width


def _bare(axes: Axes) -> None:
    axes.tick_params(axis="both", length=0)
    axes.spines[["left", "bottom"]].set_visible(False)


def _alt_by_voice(counts: pd.DataFrame, labels: dict[str, str]) -> str:
    parts = [
        f"{labels[str(voice)]}: "
        + "; ".join(
            f"{row['by']} {row['negative']} negative, {row['neutral']} neutral, "
            f"{row['positive']} positive"
            for row in rows.to_dict("records")
        )
        for voice, rows in counts.groupby("voice", sort=False)
    ]
    return f"Bars of the signs of sentences. {'. '.join(parts)}."


def _caption_by_voice(counts: pd.DataFrame) -> str:
    coded = counts["by"].str.startswith("codes").any()
    who = "by each pass of codes and by each scorer" if coded else "by each scorer; none are coded"
    return (
        f"Sentences of each voice, {who}; from left to right those that are negative, neutral or "
        "mixed, and positive. Where rows of a voice differ, they differ about the same sentences."
    )


@for_both_widths
def targets_by_voice(counts: pd.DataFrame, labels: dict[str, str]) -> Drawing:
    """Bars to the left for what is coded negative, to the right for positive: a row a target.

    `counts` are rows of one pass of what `by_target` of `manyvoices.models.sentiment` returns;
    `labels` names the voices, of which the first four are drawn.
    """
    voices = [voice for voice in labels if voice in set(counts["voice"])][:MOST_VOICES]
    targets = list(dict.fromkeys(counts["target"]))
    number = max(len(voices), 1)
    down, across = (number, 1) if is_narrow() else (1, number)
    with canvas(BY_TARGET, down * (0.5 + 0.24 * max(len(targets), 1))) as figure:
        panels = figure.subplots(down, across, sharex=True, sharey=True, squeeze=False)
        for axes, voice in zip(panels.flat, voices, strict=False):
            rows = counts[counts["voice"] == voice].set_index("target")[["negative", "positive"]]
            rows = rows.reindex(targets, fill_value=0)
            name = shortened(labels[voice], TITLE if is_narrow() else 2 * TITLE // across)
            _mirror(axes, rows, voice_colours(labels)[voice], name)
        _frame(panels, targets)
        alt, caption = _alt_by_target(counts, voices, labels), _caption_by_target(voices, labels)
        return drawing(figure, BY_TARGET, alt, caption)


def _frame(panels: NDArray[Any], targets: list[str]) -> None:
    """Bare panels, with the targets at the left of each row of them."""
    for axes in panels.flat:
        _bare(axes)
        axes.set_xticks([])
    for axes in panels[:, 0]:
        axes.set_yticks(range(len(targets)), [row_label(target) for target in targets])
    panels[0, 0].set_ylim(len(targets) - 0.4, -0.6)


def _mirror(axes: Axes, rows: pd.DataFrame, colour: str, title: str) -> None:
    axes.axvline(0, color=QUIET, linewidth=0.8)
    for y, (negative, positive) in enumerate(zip(rows["negative"], rows["positive"], strict=True)):
        for value, side, filled in ((negative, -1, True), (positive, 1, False)):
            if value:
                face = colour if filled else "none"
                axes.barh(y, side * value, 0.62, color=face, edgecolor=colour, linewidth=1.2)
                axes.annotate(
                    str(value),
                    (side * value, y),
                    (3 * side, 0),
                    textcoords="offset points",
                    ha="left" if side > 0 else "right",
                    va="center",
                    fontsize=8.5,
                )
    axes.margins(x=0.22)
    axes.set_title(title, fontsize=10, color=colour, weight="bold")


def _alt_by_target(counts: pd.DataFrame, voices: list[str], labels: dict[str, str]) -> str:
    if not voices:
        return "An empty drawing: no sentence is coded for evaluation and target."
    parts = []
    for voice in voices:
        rows = counts[
            (counts["voice"] == voice) & (counts[["negative", "positive"]].sum(axis=1) > 0)
        ]
        told = [
            f"{r['target']} {r['negative']} negative, {r['positive']} positive"
            for r in rows.to_dict("records")
        ]
        parts.append(f"{labels[voice]}: {'; '.join(told) or 'none'}")
    return f"Coded negative and positive sentences by target. {'. '.join(parts)}."


def _caption_by_target(voices: list[str], labels: dict[str, str]) -> str:
    if not voices:
        return "No sentence of this corpus is coded for evaluation and target."
    cut = f" The first {MOST_VOICES} voices are drawn." if len(labels) > MOST_VOICES else ""
    return (
        "What is evaluated, and how, as one pass coded it: sentences that are negative (filled, to "
        f"the left) and positive (outlined, to the right), by what they are about.{cut}"
    )


@for_both_widths
def signs_along_text(rolled: pd.DataFrame, title: str, window: int) -> Drawing:
    """Lines of the mean sign around each sentence, a line a scorer or pass, the first drawn bold.

    `rolled` is what `along` of `manyvoices.models.sentiment` returns; at most four lines.
    """
    names = list(rolled.columns[1 : 1 + len(STYLES)])
    with canvas(ALONG, 3.1) as figure:
        axes = figure.subplots()
        axes.axhline(0, color=QUIET, linewidth=0.8)
        for i, name in enumerate(names):
            colour = INK if i == 0 else VOICES[(i + 1) % len(VOICES)]
            width = 2.2 if i == 0 else 1.4
            axes.plot(
                rolled["place"], rolled[name], color=colour, linestyle=STYLES[i], linewidth=width
            )
        _ends(axes, rolled, names)
        axes.set_ylim(-1.05, 1.05)
        if is_narrow():
            axes.set_yticks([-1, 0, 1], ["−1", "0", "1"])
            axes.set_ylabel("from all negative to all positive", fontsize=9)
        else:
            axes.set_yticks([-1, 0, 1], ["all\nnegative", "even", "all\npositive"])
        axes.set_xlabel(f"sentences of: {shortened(title, TITLE)}")
        return drawing(
            figure, ALONG, _alt_along(rolled, names, title), _caption_along(names, title, window)
        )


def _ends(axes: Axes, rolled: pd.DataFrame, names: list[str]) -> None:
    """The name of each line at its end, moved apart where lines end together."""
    ends = {name: rolled[name].dropna().iloc[-1] for name in names if rolled[name].notna().any()}
    lowest = -9.0
    for name in sorted(ends, key=ends.__getitem__):
        lowest = max(float(ends[name]), lowest + 0.16)
        i = names.index(name)
        axes.annotate(
            name,
            (rolled["place"].max(), lowest),
            (6, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
            annotation_clip=False,
            color=INK if i == 0 else VOICES[(i + 1) % len(VOICES)],
        )


def _alt_along(rolled: pd.DataFrame, names: list[str], title: str) -> str:
    parts = []
    for name in names:
        line = rolled.dropna(subset=[name]).set_index("place")[name]
        if len(line):
            parts.append(
                f"{name}: mean {line.mean():.2f}, lowest {line.min():.2f} at sentence "
                f"{line.idxmin()}, highest {line.max():.2f} at sentence {line.idxmax()}"
            )
    return f"Lines of the mean sign along {title}; {len(rolled)} sentences. {'. '.join(parts)}."


def _caption_along(names: list[str], title: str, window: int) -> str:
    who = names[0] if names else "nobody"
    return (
        f"The mean sign of {window} neighbouring sentences, from all negative to all positive, "
        f"along: {title}. The bold line is that of {who}. Where the lines lie apart, they read "
        "the same sentences differently."
    )
