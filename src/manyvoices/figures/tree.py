"""The reply tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from manyvoices.documents import in_threads
from manyvoices.figures.drawing import Drawing, canvas, drawing, for_both_widths, is_narrow
from manyvoices.figures.palette import PAPER, QUIET, voice_colours
from manyvoices.figures.rows import row_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME = "reply-tree"
MOST = 80
ROW = 0.27
NARROW_STEPS = 18  # into so many is the width cut, of which a text is set in by its depth
REPLIES = (
    "Who answers whom. A line leads from each text to the one that it answers; a dashed line "
    "shows the page’s indentation where that differs; a larger dot has more words."
)
ANSWERED = (
    "Who was answered. A filled dot was answered, a hollow one was not; likes stand beside a text "
    "where the page shows any. A dashed line shows the page’s indentation where that differs from "
    "what is answered."
)


@for_both_widths
def reply_tree(replies: pd.DataFrame, labels: dict[str, str]) -> Drawing:
    """The tree of answers, from the table that `replies` of `manyvoices.dialogue` returns.

    `labels` names the voices, in the order of their colours. A line leads from a text to the one
    that it answers; a dashed one shows the layout of the page where that differs. Past 80 texts
    the first 80 are drawn, and the caption says so.
    """
    return _tree(NAME, replies, labels, _alt(replies, labels), _caption(replies, REPLIES))


@for_both_widths
def answered_tree(replies: pd.DataFrame, labels: dict[str, str]) -> Drawing:
    """The same tree, with likes in the place of words, and hollow dots for what nobody answered."""
    table = replies.assign(open=~replies.index.isin(replies["reply_to"]))
    alt = _alt(replies, labels)
    if replies["reply_to"].notna().any():
        alt = f"{alt} {_answered(table, labels)} {_liked(table, labels)}"
    return _tree("answered-tree", table, labels, alt, _caption(table, ANSWERED))


def _tree(
    name: str, replies: pd.DataFrame, labels: dict[str, str], alt: str, caption: str
) -> Drawing:
    shown = replies.loc[from_the_top(replies)].head(MOST)
    with canvas(name, 0.5 + ROW * max(len(shown), 1)) as figure:
        axes = figure.subplots()
        _draw(axes, shown, labels)
        return drawing(figure, name, alt, caption)


def from_the_top(replies: pd.DataFrame) -> list[str]:
    """The texts in the order of the tree: each, then those that answer it, as they stand."""
    return list(in_threads({str(name): above for name, above in replies["reply_to"].items()}))


def _draw(axes: Axes, replies: pd.DataFrame, labels: dict[str, str]) -> None:
    place = {name: (row["depth"], i) for i, (name, row) in enumerate(replies.iterrows())}
    for name, row in replies.iterrows():
        if (parent := row["reply_to"]) in place:
            _elbow(axes, place[parent], place[name], "solid")
        if row["indent_parent"] != parent and row["indent_parent"] in place:
            _elbow(axes, place[row["indent_parent"]], place[name], (0, (2, 2)))
    for name, row in replies.iterrows():
        _node(axes, str(name), row, place[name], labels)
    deepest = replies["depth"].max() if len(replies) else 0
    ends = (-0.9, max(deepest + 8, NARROW_STEPS)) if is_narrow() else (-0.4, deepest + 4.2)
    axes.set_xlim(*ends)
    axes.set_ylim(max(len(replies), 1) - 0.4, -0.7)
    axes.axis("off")


def _elbow(
    axes: Axes,
    parent: tuple[int, int],
    child: tuple[int, int],
    style: str | tuple[int, tuple[int, int]],
) -> None:
    (x, y), (u, v) = parent, child
    shift = 0.0 if style == "solid" else 0.12
    axes.plot(
        [x + shift, x + shift, u], [y, v, v], color=QUIET, linewidth=1, linestyle=style, zorder=1
    )


def _node(
    axes: Axes, name: str, row: pd.Series, at: tuple[int, int], labels: dict[str, str]
) -> None:
    colour = voice_colours(labels).get(str(row["voice"]), QUIET)
    hollow = bool(row.get("open", False))
    axes.scatter(
        *at,
        s=10 + 5 * float(np.sqrt(row["words"])),
        color=PAPER if hollow else colour,
        edgecolor=colour if hollow else PAPER,
        linewidth=1.8 if hollow else 1,
        zorder=2,
    )
    label = axes.annotate(
        " · ".join(filter(None, [row["number"], row_label(_writer(row, labels)), _last(row)])),
        at,
        (11, 0),
        textcoords="offset points",
        va="center",
        fontsize=9.5,
        zorder=3,
    )
    label.set_url(f"evidence:{name}")


def _writer(row: pd.Series, labels: dict[str, str]) -> str:
    """The opening text by its voice, an answer by the role of its writer."""
    return str(row["role"] if row["depth"] else labels.get(row["voice"], row["role"]))


def _last(row: pd.Series) -> str:
    """The size of a text; where open ends are shown, its likes, if the page shows any."""
    kind = "likes" if "open" in row else "words"
    if pd.isna(row[kind]):
        return ""
    return f"{row[kind]:,} {kind[:-1] if row[kind] == 1 else kind}"


def _alt(replies: pd.DataFrame, labels: dict[str, str]) -> str:
    answers = replies[replies["reply_to"].notna()]
    if answers.empty:
        return "No text answers another."
    by_voice = answers["voice"].value_counts()
    voices = [f"{count} by: {labels.get(str(voice), voice)}" for voice, count in by_voice.items()]
    return (
        f"Tree of {len(answers)} answers ({', '.join(voices)}). "
        f"{int((answers['depth'] == 1).sum())} answer the opening text directly; "
        f"the longest chain is {int(answers['depth'].max())} answers deep. "
        f"For {int((answers['reply_to'] != answers['indent_parent']).sum())} "
        "the page’s indentation shows another parent than the text that is answered."
    )


def _caption(replies: pd.DataFrame, shown: str) -> str:
    """These words on what is shown, and how much of it there is."""
    if replies["reply_to"].isna().all():
        return "No text of this corpus answers another."
    cut = f" The first {MOST} of {len(replies):,} texts are drawn." if len(replies) > MOST else ""
    return f"{shown}{cut}"


def _answered(replies: pd.DataFrame, labels: dict[str, str]) -> str:
    counts = replies.groupby("voice")["open"].agg(["size", "sum"]).reindex(list(labels)).dropna()
    parts = [
        f"{labels[str(voice)]}, {int(row['size'] - row['sum'])} of {int(row['size'])}"
        for voice, row in counts.iterrows()
    ]
    return f"Texts that were answered: {'; '.join(parts)}." if parts else ""


def _liked(replies: pd.DataFrame, labels: dict[str, str]) -> str:
    shown = replies.dropna(subset="likes")
    if shown.empty:
        return "The page shows no likes."
    best = shown.iloc[int(shown["likes"].astype(int).argmax())]
    return (
        f"{len(shown)} texts show likes, {int(shown['likes'].sum())} in all; "
        f"most, {best['likes']}, has {' '.join([best['number'], 'by', _writer(best, labels)])}."
    )
