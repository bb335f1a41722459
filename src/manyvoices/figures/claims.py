"""Claims by comments, and mentions by what they are used for: a mark for every single case."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from textwrap import fill, shorten
from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd

from manyvoices.figures.drawing import Drawing, canvas, drawing, for_both_widths
from manyvoices.figures.palette import INK, PAPER, QUIET, VOICES, voice_colours

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Row: TypeAlias = "dict[Hashable, Any]"

CLAIMS, MENTIONS = "claims-by-comment", "mentions-by-function"
MOST = 24
ACROSS = 6
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
    with canvas(CLAIMS, 1.1 + 0.36 * max(len(rows), 1)) as figure:
        axes = figure.subplots()
        shown = stances[stances["comment"].isin(columns["comment"])]
        place = dict(zip(columns["comment"], columns["x"], strict=True))
        for row in shown.to_dict("records"):
            _field(axes, row, place[row["comment"]], rows.index(row["claim"]))
        _heads(axes, columns, labels)
        axes.set_yticks(range(len(rows)), [_named(name, claims[name]) for name in rows])
        axes.set_ylim(len(rows) - 0.4, -2.1)
        axes.set_xlim(-0.6, columns["x"].max() + 0.6)
        _bare(axes)
        alt = _claims_alt(shown, rows, labels)
        return drawing(figure, CLAIMS, alt, _claims_caption(stances, columns))


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
    box = Rectangle((x - 0.46, y - 0.44), 0.92, 0.88, linewidth=0.7, edgecolor=QUIET)
    box.set_facecolor(COLOURS.get(stance, "none"))
    unanimous = agreed > 0.9
    box.set_alpha(1.0 if unanimous else TINT * agreed or TINT)
    sign = SIGNS.get(stance, "·" if row["passes"] > row["absent"] else "")
    if sign:
        box.set_url(f"evidence:{row['comment']}")
    axes.add_patch(box)
    ink = PAPER if unanimous else INK
    axes.text(x, y, sign, ha="center", va="center", color=ink, fontsize=11, weight="bold")


def _heads(axes: Axes, columns: pd.DataFrame, labels: Mapping[str, str]) -> None:
    """The comments' numbers, and over each run of them the voice that wrote them."""
    colours = voice_colours(labels)
    for row in columns.to_dict("records"):
        name = str(row["comment"]).rpartition("comment-")[2]
        text = axes.text(row["x"], -0.65, name, rotation=60, fontsize=8.5, ha="left", va="bottom")
        text.set_rotation_mode("anchor")
        text.set_url(f"evidence:{row['comment']}")
    for voice, of_voice in columns.groupby("voice", sort=False):
        name = _short(labels.get(str(voice), str(voice)))
        axes.text(
            of_voice["x"].min() - 0.46, -1.75, name, weight="bold", fontsize=9.5, va="bottom",
            color=colours.get(str(voice), INK),
        )  # fmt: skip


def _named(claim: str, label: str) -> str:
    return fill(_short(label if label == claim else f"{claim} {label}", CLAIM), 24)


def _short(text: str, most: int = LABEL) -> str:
    """So much of a label as there is room for."""
    words = shorten(text, most, placeholder="…")
    return words if len(words) > 1 else f"{text[: most - 1]}…"


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
    colours = voice_colours(labels)
    depth = {v: 1 + _most(mentions[mentions["voice"] == v], functions) // ACROSS for v in voices}
    with canvas(MENTIONS, 0.55 + 0.28 * sum(depth.values()) + 0.12 * len(voices)) as figure:
        axes = figure.subplots()
        y = 0.0
        for voice in voices:
            _voice(axes, y, _short(labels[voice]), colours[voice])
            for column, function in enumerate(functions):
                chosen = (mentions["voice"] == voice) & (mentions["function"] == function)
                _dots(axes, mentions[chosen], (column * (ACROSS + 2.6), y), colours[voice])
            y += depth[voice] + 0.6
        for column, function in enumerate(functions):
            axes.text(
                column * (ACROSS + 2.6),
                -1.2,
                _short(NAMES.get(function, function), 14),
                va="bottom",
            )
        axes.set_xlim(-7.5, len(functions) * (ACROSS + 2.6))
        axes.set_ylim(y - 0.6, -1.6)
        axes.set_yticks([])
        _bare(axes)
        alt = _mentions_alt(mentions, voices, functions, labels)
        return drawing(figure, MENTIONS, alt, _mentions_caption(mentions))


def _voice(axes: Axes, y: float, name: str, colour: str) -> None:
    axes.text(-0.8, y, name, color=colour, weight="bold", ha="right", va="center", fontsize=10)


def _most(mentions: pd.DataFrame, functions: list[str]) -> int:
    """The most mentions of any function, less one."""
    return max(int((mentions["function"] == name).sum()) - 1 for name in functions)


def _dots(axes: Axes, mentions: pd.DataFrame, at: tuple[float, float], colour: str) -> None:
    """A run of dots, row below row, with their number after them."""
    for i, row in enumerate(mentions.to_dict("records")):
        sure = row["function_agreed"] == row["function_passes"]
        dot = axes.scatter(
            [at[0] + i % ACROSS], [at[1] + i // ACROSS], s=70, linewidth=1.4, edgecolors=colour,
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
