"""Topics: their terms, how steady they are, where they stand."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd

from manyvoices.figures.drawing import Drawing, canvas, drawing, for_both_widths, is_narrow
from manyvoices.figures.palette import INK, QUIET, voice_colours
from manyvoices.figures.rows import draw_rows, height, places, shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Row: TypeAlias = "dict[Hashable, Any]"

ACROSS = 2
ROW = 0.2
LABEL = 40


@for_both_widths
def topic_terms(topics: pd.DataFrame, terms: pd.DataFrame) -> Drawing:
    """Bars of the top terms of each topic, as long as the share of runs that hold the term.

    `topics` and `terms` are what `describe_topics` and `describe_terms` return. The bars of a topic
    that is not stable are hollow.
    """
    across = 1 if is_narrow() else ACROSS
    down = -(-len(topics) // across)
    most = int(terms.groupby("topic").size().max())
    with canvas("topic-terms", down * (0.75 + ROW * most)) as figure:
        grid = figure.subplots(down, across, squeeze=False)
        for axes in grid.flat:
            axes.axis("off")
        for axes, (number, row) in zip(grid.flat, topics.iterrows(), strict=False):
            _panel(axes, row, terms[terms["topic"] == number], most)
        return drawing(figure, "topic-terms", _terms_alt(topics, terms), _terms_caption(topics))


@for_both_widths
def topic_stability(by_k: pd.DataFrame, chosen: int) -> Drawing:
    """The mean likeness of topics met again, by their number, and that of shuffled words.

    `by_k` is from `stability`; `chosen` is marked. Bars show the standard error of the difference.
    """
    with canvas("topic-stability", 2.6) as figure:
        axes = figure.subplots()
        lines = (("jaccard", "the texts", INK), ("null_jaccard", "shuffled words", QUIET))
        for column, name, colour in lines:
            axes.plot(by_k.index, by_k[column], "o-", color=colour, markersize=4, linewidth=1.4)
            _beside(axes, name, (by_k.index[-1], by_k[column].iloc[-1]), colour)
        axes.errorbar(
            by_k.index, by_k["jaccard"], by_k["error"], fmt="none", ecolor=INK, elinewidth=1
        )
        axes.axvline(chosen, color=QUIET, linewidth=0.8, linestyle=(0, (2, 2)), zorder=0)
        axes.set_xticks(by_k.index)
        axes.set_ylim(0, 1)
        axes.set_xlabel("number of topics")
        axes.set_ylabel("mean Jaccard index")
        return drawing(
            figure, "topic-stability", _stability_alt(by_k, chosen), _stability_caption(chosen)
        )


@for_both_widths
def topic_prevalence(
    prevalence: pd.DataFrame, topics: Mapping[int, str], labels: Mapping[str, str]
) -> Drawing:
    """Points with intervals: the share of each topic in each voice.

    `prevalence` is what the function of that name returns; `topics` and `labels` name topics and
    voices. A share without an interval is drawn hollow.
    """
    colours = voice_colours(labels)
    rows = [(topic, row) for topic in topics for row in _rows(prevalence, topic)]
    groups = [topics[topic] for topic, _ in rows]
    with canvas("topic-prevalence", 0.55 + height(groups)) as figure:
        axes = figure.subplots()
        names = [labels[row["voice"]] for _, row in rows]
        draw_rows(axes, groups, names, {labels[v]: colour for v, colour in colours.items()})
        for y, (_, row) in zip(places(groups), rows, strict=True):
            _point(axes, row, y, colours[row["voice"]])
        axes.set_xlim(0, 1)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25%", "50%", "75%", "100%"])
        axes.grid(axis="x", color=QUIET, alpha=0.25, linewidth=0.6)
        axes.set_xlabel("share of the voice’s terms")
        alt = _prevalence_alt(prevalence, topics, labels)
        return drawing(figure, "topic-prevalence", alt, _prevalence_caption())


@for_both_widths
def topics_along(shares: pd.DataFrame, topics: Mapping[int, str], title: str) -> Drawing:
    """The share of each topic along a document, a strip a topic.

    `shares` is what `along` returns; `topics` names the topics, `title` the document.
    """
    with canvas("topics-along", 0.6 + 0.62 * len(topics)) as figure:
        grid = figure.subplots(len(topics), 1, sharex=True, squeeze=False)[:, 0]
        for axes, (topic, name) in zip(grid, topics.items(), strict=True):
            rows = shares[shares["topic"] == topic]
            axes.fill_between(rows["place"], rows["share"].fillna(0), color=QUIET, linewidth=0)
            axes.set_ylim(0, 1)
            axes.set_yticks([0, 1], ["0", "100%"], fontsize=9)
            axes.set_title(
                shortened(name, LABEL), loc="left", fontsize=9.5, pad=2, parse_math=False
            )
        grid[-1].set_xlabel("sentence")
        alt, caption = _along_alt(shares, topics, title), _along_caption(title)
        return drawing(figure, "topics-along", alt, caption)


def _panel(axes: Axes, topic: pd.Series, terms: pd.DataFrame, most: int) -> None:
    """The bars of one topic, with its name and how often it was met again."""
    fill = QUIET if topic["stable"] else "none"
    for place, row in enumerate(terms.to_dict("records")):
        held = row["held"]
        axes.barh(place, held, height=0.62, facecolor=fill, edgecolor=QUIET, linewidth=0.9)
        _plain(axes, row["term"], (-0.03, place), INK, ha="right", fontsize=9)
        _beside(axes, f"{held:.0%}", (held, place), QUIET)
    axes.set_xlim(-0.62, 1.18)
    axes.set_ylim(most - 0.4, -0.6)
    again = f"met again in {topic['found']:.0%} of runs" + ("" if topic["stable"] else ": unstable")
    axes.set_title(
        f"{shortened(topic['label'], LABEL)}\n{again}", loc="left", fontsize=9.5, parse_math=False
    )


def _point(axes: Axes, row: Row, y: float, colour: str) -> None:
    share, low, high = row["share"], row["low"], row["high"]
    if pd.isna(share):
        _plain(axes, "no terms", (0, y), colour, fontsize=9)
        return
    sure = pd.notna(low)
    if sure:
        axes.plot([low, high], [y, y], color=colour, linewidth=1.6)
    face = colour if sure else "none"
    axes.plot(share, y, "o", markersize=5.5, color=colour, markerfacecolor=face, clip_on=False)


def _beside(axes: Axes, text: str, at: tuple[float, float], colour: str) -> None:
    """A text to the right of a point."""
    axes.annotate(
        text,
        at,
        (6, 0),
        textcoords="offset points",
        va="center",
        fontsize=9,
        color=colour,
        annotation_clip=False,
        parse_math=False,
    )


def _plain(axes: Axes, text: str, at: tuple[float, float], colour: str, **style: Any) -> None:
    """A text at a point."""
    axes.text(*at, text, va="center", color=colour, parse_math=False, **style)


def _rows(table: pd.DataFrame, topic: int) -> list[Row]:
    """The rows of a topic."""
    return table[table["topic"] == topic].to_dict("records")


def _terms_alt(topics: pd.DataFrame, terms: pd.DataFrame) -> str:
    parts = []
    for number, row in topics.iterrows():
        own = terms[terms["topic"] == number]
        bars = ", ".join(f"{one['term']} {one['held']:.0%}" for one in own.to_dict("records"))
        kind = "stable" if row["stable"] else "unstable"
        parts.append(f"{row['label']} (met again in {row['found']:.0%} of runs, {kind}): {bars}")
    return f"Bars of the top terms of {len(topics)} topics. {'. '.join(parts)}."


def _terms_caption(topics: pd.DataFrame) -> str:
    return (
        "The ten terms of largest weight of each topic, largest first. A bar is as long as the "
        "share of runs on 80% of the texts in which the topic, met again or not, holds the term; "
        f"the bars of unstable topics are hollow. {int(topics['stable'].sum())} of {len(topics)} "
        "are stable."
    )


def _stability_alt(by_k: pd.DataFrame, chosen: int) -> str:
    parts = [
        f"{k} topics: {row['jaccard']:.2f} against {row['null_jaccard']:.2f}"
        for k, row in by_k.iterrows()
    ]
    return (
        "Mean Jaccard index of topics and their partners in runs on 80% of the texts, against "
        f"that in shuffled words. {'; '.join(parts)}. Chosen: {chosen}."
    )


def _stability_caption(chosen: int) -> str:
    return (
        "How alike topics are when a fifth of the texts is left out, against shuffled words, in "
        "which there are no topics. The distance between the lines is what counts; bars show its "
        f"standard error. The dashed line marks the number chosen, {chosen}."
    )


def _prevalence_alt(
    prevalence: pd.DataFrame, topics: Mapping[int, str], labels: Mapping[str, str]
) -> str:
    parts = []
    for topic, name in topics.items():
        rows = _rows(prevalence, topic)
        voices = [_share_in_words(row, labels[row["voice"]]) for row in rows]
        parts.append(f"{name}: {', '.join(voices)}")
    return f"Shares of each voice’s terms. {'. '.join(parts)}."


def _share_in_words(row: Row, name: str) -> str:
    share, low, high = row["share"], row["low"], row["high"]
    if pd.isna(share):
        return f"{name} without terms"
    if pd.isna(low):
        return f"{name} {share:.0%}, too few to say how sure"
    return f"{name} {share:.0%} ({low:.0%} to {high:.0%})"


def _prevalence_caption() -> str:
    return (
        "What share of each voice’s terms is each topic’s. Lines show how far the share wavers, "
        "over people or along a text, the topics held as they are; a hollow point has no line "
        "because there is too little to say."
    )


def _along_alt(shares: pd.DataFrame, topics: Mapping[int, str], title: str) -> str:
    parts = []
    for topic, name in topics.items():
        rows = _rows(shares[shares["share"].notna()], topic)
        if rows:
            top = max(rows, key=lambda row: row["share"])
            parts.append(f"{name} is largest, {top['share']:.0%}, about sentence {top['place']}")
    return f"Strips of the shares of topics along: {title}. {'. '.join(parts)}."


def _along_caption(title: str) -> str:
    return (
        f"Where in the text each topic stands: {title}. Each point is the share of the topic among "
        "the terms of the sentences around it."
    )
