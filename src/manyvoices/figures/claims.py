"""Claims by comments, and mentions by what they are used for: a mark for every single case."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from textwrap import fill
from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd

from manyvoices.figures.drawing import Drawing, canvas, drawing, for_both_widths, is_narrow
from manyvoices.figures.palette import INK, PAPER, QUIET, VOICES, voice_colours
from manyvoices.figures.rows import shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Row: TypeAlias = "dict[Hashable, Any]"

CLAIMS, MENTIONS = "claims-by-comment", "mentions-by-function"
MOST = 24
ACROSS = 6
COLUMN = ACROSS + 2.6
TINT = 0.5
LABEL, CLAIM = 18, 46
SIGNS = {"supporting": "+", "contrasting": "−", "mixed": "±", "no majority": "?"}
COLOURS = {"supporting": VOICES[0], "contrasting": VOICES[1], "mixed": VOICES[3]}
WORDS = {
    "supporting": "supported by",
    "contrasting": "disputed by",
    "mixed": "in part disputed by",
    "no majority": "read differently by the passes in",
}
NAMES = {"supporting": "as ally", "contrasting": "as opponent", "mentioning": "as mention"}


@for_both_widths
def claims_by_comment(
    stances: pd.DataFrame, claims: Mapping[str, str], labels: Mapping[str, str]
) -> Drawing:
    """A grid of claims and comments, a mark where a comment takes a claim up; each is a link.

    `stances` is from `manyvoices.coding.stances`; `claims` names the claims, `labels` the voices.
    The fuller a field, the more passes say so. Of more than 24 comments the first are drawn,
    those that take up a claim before the others.
    """
    rows, columns = [name for name in claims if name in set(stances["claim"])], _columns(stances)
    row_height, head = (0.42, 2.0) if is_narrow() else (0.36, 2.4)
    voices = columns["voice"].nunique()
    with canvas(CLAIMS, row_height * (head + 0.5 * voices + max(len(rows), 1))) as figure:
        axes = figure.subplots()
        shown = stances[stances["comment"].isin(columns["comment"])]
        place = dict(zip(columns["comment"], columns["x"], strict=True))
        for row in shown.to_dict("records"):
            _field(axes, row, place[row["comment"]], rows.index(row["claim"]))
        _heads(axes, columns, labels)
        _name_claims(axes, [_named(name, claims[name]) for name in rows])
        axes.set_ylim(len(rows) - 0.4, -head - 0.5 * voices + 0.3)
        axes.set_xlim(-0.6, columns["x"].max() + 0.6)
        _bare(axes)
        alt = _claims_alt(shown, rows, labels)
        return drawing(figure, CLAIMS, alt, _claims_caption(stances, columns))


def _name_claims(axes: Axes, names: list[str]) -> None:
    """The claims, beside their rows, or where there is no room for that, above them."""
    if not is_narrow():
        axes.set_yticks(range(len(names)), [fill(name, 24) for name in names])
        return
    axes.set_yticks([])
    for y, name in enumerate(names):
        axes.text(-0.46, y - 0.26, name, va="bottom", fontsize=9)


def _columns(stances: pd.DataFrame) -> pd.DataFrame:
    """The comments to draw, voice by voice, with their places; a gap between voices."""
    comments = stances.drop_duplicates("comment")[["comment", "voice"]]
    if len(comments) > MOST:
        taken = comments["comment"].isin(stances.loc[stances["stance"].isin(SIGNS), "comment"])
        comments = pd.concat([comments[taken], comments[~taken]]).head(MOST)
    voices = list(dict.fromkeys(comments["voice"]))
    number = comments["voice"].map(voices.index)
    comments = comments.assign(voice_number=number).sort_values("voice_number", kind="stable")
    return comments.assign(x=[i + 0.7 * n for i, n in enumerate(comments["voice_number"])])


def _field(axes: Axes, row: Row, x: float, y: int) -> None:
    """A cell: empty, full where all passes agree, or tinted by how many do, with its sign."""
    from matplotlib.patches import Rectangle

    stance = row["stance"]
    agreed = row[stance] / row["passes"] if stance in COLOURS else 0.0
    top, tall = (-0.2, 0.55) if is_narrow() else (-0.44, 0.88)
    box = Rectangle((x - 0.46, y + top), 0.92, tall, linewidth=0.7, edgecolor=QUIET)
    box.set_facecolor(COLOURS.get(stance, "none"))
    unanimous = agreed > 0.9
    box.set_alpha(1.0 if unanimous else TINT * agreed or TINT)
    sign = SIGNS.get(stance, "·" if row["passes"] > row["absent"] else "")
    if sign:
        box.set_url(f"evidence:{row['comment']}")
    axes.add_patch(box)
    ink = PAPER if unanimous else INK
    axes.text(
        x, y + top + tall / 2, sign, ha="center", va="center", color=ink, weight="bold",
        fontsize=9 if is_narrow() else 11,
    )  # fmt: skip


def _heads(axes: Axes, columns: pd.DataFrame, labels: Mapping[str, str]) -> None:
    """The comments' numbers, and over each run of them the voice that wrote them."""
    colours = voice_colours(labels)
    for row in columns.to_dict("records"):
        name = str(row["comment"]).rpartition("comment-")[2]
        text = axes.text(row["x"], -0.7, name, rotation=90, fontsize=8.5, ha="center", va="bottom")
        text.set_url(f"evidence:{row['comment']}")
    level = -1.5 if is_narrow() else -1.9
    runs = list(columns.groupby("voice", sort=False))
    for i, (voice, of_voice) in enumerate(runs):
        left, y = of_voice["x"].min() - 0.46, level - 0.5 * (len(runs) - 1 - i)
        colour = colours.get(str(voice), INK)
        axes.plot([left, left], [y, level + 0.3], color=colour, linewidth=1)
        name = shortened(labels.get(str(voice), str(voice)), LABEL)
        axes.text(left + 0.2, y, name, weight="bold", fontsize=9.5, va="center", color=colour)


def _named(claim: str, label: str) -> str:
    return shortened(label if label == claim else f"{claim} {label}", CLAIM)


def _bare(axes: Axes) -> None:
    axes.set_xticks([])
    axes.tick_params(axis="both", length=0, labelsize=9)
    axes.spines[["left", "bottom"]].set_visible(False)


def _claims_alt(stances: pd.DataFrame, rows: list[str], labels: Mapping[str, str]) -> str:
    parts = []
    for claim in rows:
        mine = stances[stances["claim"] == claim]
        said = [
            f"{words} {_comments(mine[mine['stance'] == stance], labels)}"
            for stance, words in WORDS.items()
            if (mine["stance"] == stance).any()
        ]
        parts.append(f"{claim}: {'; '.join(said) or 'taken up by none'}")
    size = stances["comment"].nunique()
    return f"A grid of {len(rows)} claims by {size} comments. {'. '.join(parts)}."


def _comments(rows: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """The comments by voice: "Commenters 6, 9; Replies 2.1"."""
    parts = []
    for voice, of_voice in rows.groupby("voice", sort=False):
        numbers = [name.rpartition("comment-")[2] for name in of_voice["comment"]]
        parts.append(f"{labels.get(str(voice), str(voice))} {', '.join(numbers)}")
    return " and ".join(parts)


def _claims_caption(stances: pd.DataFrame, columns: pd.DataFrame) -> str:
    passes = int(stances["passes"].max())
    all_of_them = stances["comment"].nunique()
    cut = f" {len(columns)} of {all_of_them} are drawn." if len(columns) < all_of_them else ""
    return (
        "Which comment takes up which claim: + supports it, − disputes it, ± does both in part, by "
        f"most of {passes} passes of codes; the paler, the fewer. A dot: fewer than most passes "
        f"find it there. Each mark leads to its comment.{cut}"
    )


@for_both_widths
def mentions_by_function(mentions: pd.DataFrame, labels: Mapping[str, str]) -> Drawing:
    """A dot for every mention of a source, by voice and by what it is used for; each is a link.

    `mentions` is from `manyvoices.coding.coded_mentions`; `labels` names the voices. A dot is full
    where all passes agree on the function, else hollow.
    """
    functions = [*NAMES, *sorted(set(mentions["function"]) - set(NAMES) - {""})]
    voices = [name for name in labels if name in set(mentions["voice"])]
    depth = {v: 1 + _most(mentions[mentions["voice"] == v], functions) // ACROSS for v in voices}
    with canvas(MENTIONS, 0.55 + 0.28 * sum(depth.values()) + 0.4 * len(voices)) as figure:
        axes = figure.subplots()
        end = _voices(axes, mentions, functions, depth, labels)
        for column, function in enumerate(functions):
            name = shortened(NAMES.get(function, function), 14)
            axes.text(column * COLUMN - 0.4, -1.2, name, va="bottom", fontsize=9.5)
        axes.set_xlim(-0.6 if is_narrow() else -7.5, len(functions) * COLUMN)
        axes.set_ylim(end, -1.6)
        axes.set_yticks([])
        _bare(axes)
        alt = _mentions_alt(mentions, voices, functions, labels)
        return drawing(figure, MENTIONS, alt, _mentions_caption(mentions))


def _voices(
    axes: Axes,
    mentions: pd.DataFrame,
    functions: list[str],
    depth: dict[str, int],
    labels: Mapping[str, str],
) -> float:
    """Draw the dots of each voice, in as many rows as `depth` says; the end of the last row."""
    y, colours = 0.0, voice_colours(labels)
    above = 1.1 if is_narrow() else 0.0  # where the name of a voice stands
    for voice, rows in depth.items():
        y += above
        _voice(axes, y - above, shortened(labels[voice], LABEL), colours[voice])
        for column, function in enumerate(functions):
            chosen = (mentions["voice"] == voice) & (mentions["function"] == function)
            _dots(axes, mentions[chosen], (column * COLUMN, y), colours[voice])
        y += rows + 0.6
    return y - 0.6


def _voice(axes: Axes, y: float, name: str, colour: str) -> None:
    x, align = (-0.4, "left") if is_narrow() else (-0.8, "right")
    axes.text(x, y, name, color=colour, weight="bold", ha=align, va="center", fontsize=10)


def _most(mentions: pd.DataFrame, functions: list[str]) -> int:
    """The most mentions of any function, less one."""
    return max(int((mentions["function"] == name).sum()) - 1 for name in functions)


def _dots(axes: Axes, mentions: pd.DataFrame, at: tuple[float, float], colour: str) -> None:
    """A run of dots, row below row, with their number after them."""
    size = 28 if is_narrow() else 70
    for i, row in enumerate(mentions.to_dict("records")):
        sure = row["function_agreed"] == row["function_passes"]
        dot = axes.scatter(
            [at[0] + i % ACROSS], [at[1] + i // ACROSS], s=size, linewidth=1.4, edgecolors=colour,
            facecolors=colour if sure else "none",
        )  # fmt: skip
        if isinstance(row["sentence"], str):
            dot.set_urls([f"evidence:{row['sentence']}"])
    x = at[0] + min(len(mentions), ACROSS) - (0.2 if len(mentions) else 0)
    axes.text(x, at[1], str(len(mentions)), va="center", fontsize=9.5, color=QUIET)


def _mentions_alt(
    mentions: pd.DataFrame, voices: list[str], functions: list[str], labels: Mapping[str, str]
) -> str:
    parts = []
    for voice in voices:
        mine = mentions[mentions["voice"] == voice]
        counts = [
            f"{(mine['function'] == name).sum()} {NAMES.get(name, name)}" for name in functions
        ]
        size = mine["person"].nunique()
        who = "one person" if size == 1 else f"{size} people"
        parts.append(f"{labels[voice]}, by {who}: {', '.join(counts)}")
    return f"Dots, one for each mention of an outside source. {'. '.join(parts)}."


def _mentions_caption(mentions: pd.DataFrame) -> str:
    sure = int((mentions["function_agreed"] == mentions["function_passes"]).sum())
    return (
        "Every outside source that a voice brings in, by what it is used for. A full dot: all "
        f"passes of codes agree on that, as on {sure} of {len(mentions)}; a hollow one: most do. "
        "Each leads to its passage."
    )
