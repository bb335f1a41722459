"""Marks that words leave of what a turn does: agree, object, ask, address somebody.

A family is a list of queries, as concordances take them; one that begins with ``^`` is met at the
first word of a sentence only. The lists are our own, short and made to be read hit by hit: they
find wordings, and a wording does not always do what it mostly does. They were made after this
book's corpus had been read, so that what they find in it is no test of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import numpy as np
import pandas as pd

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.dialogue.trees import Flags, Ints
from manyvoices.documents import Document
from manyvoices.masks import LEFT_OUT
from manyvoices.query import Query, find_hits, parse_query
from manyvoices.store import Shard

Families = Mapping[str, Sequence[str]]
Queries = tuple[tuple[str, bool, Query], ...]

START = "^"
YOU = "you|your|yours|yourself|yourselves|you're|you've|you'll|you'd"
STANCES: Families = {
    "agreement": (
        "i|we agree",
        "i|we also|fully|completely|totally|quite|certainly agree",
        "^ agreed|exactly|indeed|precisely|absolutely",
        "^ yes",
        "you are|were right",
        "you're right",
        "as you say|said|note|noted|wrote|write|suggest",
        "as you point|pointed out",
        "good|fair|valid|excellent point",
        "your point ...8 good|fair|valid|excellent one",
        "well said|put",
        "so|very|that's|too true",
        "me too",
        "same here",
    ),
    "disagreement": (
        "i|we disagree",
        "i|we don't|cannot|can't|wouldn't agree",
        "i|we do|would|can not agree|recognise|recognize|accept|believe|think",
        "i|we don't|cannot|can't recognise|recognize|accept|believe|think",
        "^ no",
        "not|isn't true|correct|so",
        "you are|were wrong|mistaken",
        "you're wrong|mistaken",
        "on the contrary",
        "you have to be careful",
        "doesn't sit well",
    ),
    "concession": (
        "fair enough",
        "^ granted|admittedly",
        "i ...2 concede|grant|admit",
        "you may|might|could be right",
        "i ...1 no doubt",
        "i've no doubt",
        "i am|was sure",
        "i'm sure",
        "i do see|understand|defend",
        "^ i understand|see",
    ),
    "contrast": (
        "^ but|however|yet|though|although",
        "however",
        "on the other hand",
        "regardless of",
    ),
    "thanks": ("thanks|thank|thankyou", "grateful|gratitude", "much appreciated"),
    "care": (
        "i am|i'm ...1 sorry",
        "best|kind|warm wishes|regards",
        "be well",
        "take care",
        "hope ...3 helps|help",
    ),
}


def marks(
    corpus: Corpus, families: Families = STANCES, executor: engine.Executor | None = None
) -> pd.DataFrame:
    """One row per hit of a family's queries, in text order.

    Columns: family, document, voice, person, sentence, start, end (code points), text (as it may
    be shown). Two queries of a family that are met at the same word are one hit. Give it the
    public view. Raises QueryError for a query that cannot be parsed.
    """
    queries = parsed(families)
    parts = engine.parts(partial(_part, queries=queries), corpus, executor)
    rows = [row for part in parts for row in part]
    columns = ["family", "document", "voice", "person", "sentence", "start", "end"]
    table = pd.DataFrame(rows, columns=columns)
    texts = [
        " ".join(corpus.show(document, start, end).split())
        for document, start, end in zip(
            table["document"], table["start"].tolist(), table["end"].tolist(), strict=True
        )
    ]
    return table.assign(text=texts)


def having(corpus: Corpus, families: Families, executor: engine.Executor | None = None) -> Flags:
    """Whether each document (row) has a hit of each family (column), in their orders."""
    work = partial(_having, queries=parsed(families), names=tuple(families))
    parts = engine.parts(work, corpus, executor)
    return np.concatenate([*parts, np.zeros((0, len(families)), bool)])


def address(corpus: Corpus) -> pd.DataFrame:
    """One row per place where a text turns to somebody, in text order.

    Kinds: `you` (the pronoun and its forms; at times it means anybody), `name` (the name of a
    person whom the description knows), `handle` (a name with @). Columns: kind, document, voice,
    person, sentence, start, end, text (as it may be shown: a hidden name appears as a role).
    """
    found = marks(corpus, {"you": (YOU,), "handle": (r"\@*",)}).rename(columns={"family": "kind"})
    rows = [row for document in corpus.documents for row in _names(corpus, document)]
    table = pd.concat([found, pd.DataFrame(rows, columns=found.columns)], ignore_index=True)
    order = {document.id: i for i, document in enumerate(corpus.documents)}
    place = table["document"].map(order)
    return (
        table.assign(place=place)
        .sort_values(["place", "start"], kind="stable")
        .drop(columns="place")
        .reset_index(drop=True)
    )


def parsed(families: Families) -> Queries:
    """The queries of all families: the family, whether a sentence must begin so, the query."""
    return tuple(
        (family, text.startswith(START), parse_query(text.removeprefix(START).strip()))
        for family, texts in families.items()
        for text in texts
    )


def _hits(shard: Shard, queries: Queries) -> Iterator[tuple[str, Ints, Ints]]:
    """The first and last tokens of each query's hits, within sentences."""
    words = np.flatnonzero(shard.words)
    sentences = shard.token_sentences[words]
    opening = np.zeros(len(shard.types), bool)
    opening[words[np.unique(sentences, return_index=True)[1]]] = True
    for family, at_start, query in queries:
        hits = find_hits(shard, query, shard.token_sentences)
        kept = opening[hits.first] if at_start else np.ones(len(hits.first), bool)
        yield family, hits.first[kept], hits.last[kept]


def _part(shard: Shard, queries: Queries) -> list[tuple[object, ...]]:
    found: dict[tuple[int, str], int] = {}
    for family, first, last in _hits(shard, queries):
        for begin, end in zip(first.tolist(), last.tolist(), strict=True):
            found[begin, family] = max(end, found.get((begin, family), end))
    return [_row(shard, family, begin, end) for (begin, family), end in sorted(found.items())]


def _row(shard: Shard, family: str, first: int, last: int) -> tuple[object, ...]:
    document = shard.documents[shard.token_documents[first]]
    sentence = shard.sentence_ids[shard.token_sentences[first]]
    start, end = int(shard.token_starts[first]), int(shard.token_ends[last])
    return family, document.id, document.voice, document.person, sentence, start, end


def _having(shard: Shard, queries: Queries, names: tuple[str, ...]) -> Flags:
    found = np.zeros((len(shard.documents), len(names)), bool)
    place = {name: i for i, name in enumerate(names)}
    for family, first, _ in _hits(shard, queries):
        found[shard.token_documents[first], place[family]] = True
    return found


def _names(corpus: Corpus, document: Document) -> Iterator[tuple[object, ...]]:
    """Where a document has the name of a person, hidden or shown, other than its writer's."""
    own = corpus.roles[document.person]
    masks = [(m.start, m.end) for m in corpus.masks.get(document.id, ()) if _is_name(m.role, own)]
    known = [hit.span() for hit in _pattern(corpus, document.person).finditer(document.text)]
    sentences = corpus.sentences
    for start, end in sorted({*masks, *known}):
        of = sentences[(sentences["document"] == document.id) & (sentences["start"] <= start)]
        text = corpus.show(document, start, end)
        voice, person = document.voice, document.person
        yield "name", document.id, voice, person, of["sentence"].iloc[-1], start, end, text


def _is_name(role: str, own: str) -> bool:
    return role not in ("", LEFT_OUT, own)


def _pattern(corpus: Corpus, writer: str) -> re.Pattern[str]:
    """The names that are shown, as whole words, but for the writer's own; else what never fits."""
    people = corpus.settings.people.items()
    names = [re.escape(n) for p, who in people if who.named and p != writer for n in who.names]
    longest_first = "|".join(sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)" if names else r"(?!)")
