"""What the chapter on authority shows: cards of mentions and of claims, passages side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from manyvoices.book.cards import Card, beside, cards, in_context, joined, listed, passage
from manyvoices.book.chapters import folded_tables
from manyvoices.book.markup import Html, escape, link
from manyvoices.coding import ROLES, Codebook
from manyvoices.corpus import Corpus

if TYPE_CHECKING:
    import pandas as pd

TITLES = {"supporting": "As ally", "contrasting": "As opponent", "mentioning": "As mention"}
TAKEN = {"supporting": "Support", "contrasting": "Dispute", "mixed": "In part"}
MOST = 60
SHOWN = 2


def mention_cards(corpus: Corpus, mentions: pd.DataFrame, labels: Mapping[str, str]) -> Html:
    """A card for every mention, in its sentence, folded by function.

    `mentions` is what `coded_mentions` returns; of each function the first sixty are shown.
    """
    parts = {}
    for function in (*ROLES, *sorted(set(mentions["function"]) - set(ROLES) - {""})):
        rows = mentions[mentions["function"] == function]
        if len(rows):
            title = TITLES.get(function, f"With {function}")
            cut = f", {MOST} of them shown" if len(rows) > MOST else ""
            found = [_mention(corpus, row, labels) for row in rows.head(MOST).to_dict("records")]
            parts[f"{title}: {len(rows):,}{cut}"] = cards(found, title)
    return folded_tables(parts)


def _mention(corpus: Corpus, row: Mapping[Any, Any], labels: Mapping[str, str]) -> Card:
    place = row["sentence"] if isinstance(row["sentence"], str) else row["document"]
    alone = corpus.settings.voices[row["voice"]].one_author
    return Card(
        str(row["mention"]).replace("-", " "),
        in_context(corpus, row["document"], row["sentence"], row["start"], row["end"]),
        {
            "Brought in by": labels[row["voice"]] if alone else corpus.roles[row["person"]],
            "Used as": _coded(row, "function", ROLES),
            "For": _coded(row, "intent", {}),
            "Kind": _coded(row, "kind", {}),
            "Passage": link(place, place),
        },
        list(labels).index(row["voice"]) + 1,
    )


def _coded(row: Mapping[Any, Any], variable: str, names: Mapping[str, str]) -> str:
    """A code, and how many passes gave it, where not all did."""
    code = row[variable]
    agreed, passes = row[f"{variable}_agreed"], row[f"{variable}_passes"]
    if not code:
        return ""
    split = f" ({agreed:.0f} of {passes:.0f} passes)" if agreed < passes else ""
    return f"{names.get(code, code)}{split}"


def claim_cards(
    corpus: Corpus,
    sentences: pd.DataFrame,
    stances: pd.DataFrame,
    labels: Mapping[str, str],
    codebook: Codebook,
) -> Html:
    """A card for every claim: what it says, who makes it where, which comments take it up how.

    `sentences` and `stances` are what `claim_sentences` and `stances` return.
    """
    found = [
        Card(
            f"{claim} {codebook.label('comments', claim)}",
            joined([Html(f"<p>{escape(text)}</p>", text), _made(corpus, sentences, claim)]),
            _taken(stances[stances["claim"] == claim], labels, corpus),
        )
        for claim, text in corpus.settings.claims.items()
    ]
    return cards(found, "Claims")


def _made(corpus: Corpus, sentences: pd.DataFrame, claim: str) -> Html:
    """The sentences that make a claim: those stated by all passes first, the rest folded."""
    rows = sentences[sentences["claim"] == claim]
    first = rows[rows["stated"] == rows["passes"]].head(SHOWN)
    quoted = [passage(_text(corpus, name), name) for name in first["sentence"]]
    rest = [_sentence(corpus, row) for row in rows.drop(index=first.index).to_dict("records")]
    more = f"{'more ' if quoted else ''}sentence{'' if len(rest) == 1 else 's'}"
    return joined([*quoted, listed(rest, f"{len(rest)} {more} for it")], "")


def _text(corpus: Corpus, sentence: str) -> str:
    """A sentence as it may be printed."""
    row = corpus.sentences[corpus.sentences["sentence"] == sentence].iloc[0]
    return corpus.show(str(row["document"]), int(row["start"]), int(row["end"]))


def _sentence(corpus: Corpus, row: Mapping[Any, Any]) -> Html:
    """A sentence with its link, and how many passes say that it does what."""
    text = _text(corpus, row["sentence"])
    said = [
        f"{name} by {row[name]} of {row['passes']}" for name in ("stated", "argued") if row[name]
    ]
    return joined([text, link(row["sentence"], row["sentence"]), f"({', '.join(said)} passes)"])


def _taken(stances: pd.DataFrame, labels: Mapping[str, str], corpus: Corpus) -> dict[str, object]:
    """For each stance and voice the comments that take it, and who does so alone."""
    facts: dict[str, object] = {}
    for stance, name in TAKEN.items():
        of_stance = stances[stances["stance"] == stance]
        for voice, label in labels.items():
            if len(rows := of_stance[of_stance["voice"] == voice]):
                links = [link(c.removeprefix("comment-"), c) for c in rows["comment"]]
                parts = [joined(links, ", "), _alone(rows, corpus)]
                facts[f"{name}: {label}"] = joined(parts, "")
    return facts or {"Taken up": "by no comment, as most passes see it"}


def _alone(rows: pd.DataFrame, corpus: Corpus) -> str:
    """Who takes a stance alone; nothing is said of a voice that has one author anyway."""
    if (
        rows["person"].nunique() > 1
        or corpus.settings.voices[str(rows["voice"].iloc[0])].one_author
    ):
        return ""
    what = "one comment" if len(rows) == 1 else "one person"
    return f" ({what}, by {corpus.roles[rows['person'].iloc[0]]})"


def oppositions_beside(corpus: Corpus, chosen: pd.DataFrame) -> Html:
    """The chosen passages on each opposition, side by side: what `read_oppositions` returns."""
    sides = list(dict.fromkeys(chosen["side"]))
    parts = []
    for opposition, rows in chosen.groupby("opposition", sort=False):
        columns = {
            side: [_passage(corpus, row) for row in rows[rows["side"] == side].to_dict("records")]
            for side in sides
        }
        title = Html(f'<p class="mv-beside-title">{escape(opposition)}</p>', str(opposition))
        parts += [title, beside(columns, str(opposition))]
    if not parts:
        none = "No passages of these texts were chosen to be read side by side."
        return Html(f'<p class="mv-none">{none}</p>', none)
    return joined(parts, "\n")


def _passage(corpus: Corpus, row: Mapping[Any, Any]) -> Html:
    text = _text(corpus, row["sentence"])
    note = f"{row['pole']}: {row['note']}" if row["note"] else str(row["pole"])
    return passage(text, row["sentence"], note)
