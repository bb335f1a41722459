"""Key word in context."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.documents import Document
from manyvoices.errors import ManyVoicesError
from manyvoices.files import write_aside
from manyvoices.query import Query, find_hits, parse_query
from manyvoices.store import Ints, Shard
from manyvoices.uncertainty import SEED

COLUMNS = ["document", "voice", "sentence", "start", "end", "left", "node", "right"]
KEY = re.compile(r"(?P<side>[LR])(?P<place>[1-9]\d?)|node|position")
APART = " ‖ "
FORMULA = re.compile(r"\s*[=+\-@]")  # what a spreadsheet would calculate
Places = NDArray[np.intp]


class Span(StrEnum):
    """The unit at whose boundary a window stops, and within which a hit lies."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    DOCUMENT = "document"
    NOTHING = "nothing"


def concordance(  # noqa: PLR0913 (each is an option of its own, by keyword only)
    corpus: Corpus,
    query: str,
    *,
    window: int = 8,
    within: Span = Span.DOCUMENT,
    case: bool = False,
    accents: bool = True,
    sort: Sequence[str] = (),
    sample: int | None = None,
    seed: int = SEED,
    limit: int | None = None,
    executor: engine.Executor | None = None,
) -> pd.DataFrame:
    """One row per hit of `query`, in text order, of all selected documents.

    Columns: document, voice, sentence (in which the hit begins), start and end (code points in
    the document's text), left, node, right. The three texts are cut from the document, spaces and
    all; in the public view hidden words are no hits, and stand in the context as roles and
    numbers of words. The language of queries is that of `manyvoices.query`.

    - `window` counts tokens, punctuation among them, on each side, and stops at the boundary of
      `within`. A hit lies within that unit too; with `Span.NOTHING` hits stay in their document,
      and windows run on into the next one.
    - `case` and `accents` say whether these matter.
    - `sort` orders by keys: `L1`, `L2`, ... and `R1`, `R2`, ... (the folded tokens to the left and
      right in the same unit, nearest first; none sorts first), `node`, `position`. Equal rows
      stay in text order.
    - `sample` keeps so many hits, drawn without replacement with `seed`, before sorting; `limit`
      the first so many rows, after it.

    Raises QueryError for a query that cannot be parsed, ManyVoicesError for an unknown sort key.
    """
    keys = [_sort_key(name) for name in sort]
    early = limit if not keys and sample is None else None
    part = partial(
        _part,
        query=parse_query(
            query, case=case, accents=accents, language=corpus.settings.book.language
        ),
        within=Span(within),
        limit=early,
    )
    shards = corpus.selected
    hits = Found(shards, engine.parts(part, corpus, executor))
    if sample is not None:
        hits = hits.take(_drawn(len(hits), sample, seed))
    if keys:
        hits = hits.take(_order(hits, keys, Span(within)))
    return _table(corpus, hits.take(np.arange(len(hits))[:limit]), window, Span(within))


class Found:
    """Hits in several shards: which shard, and the first and the last token there."""

    def __init__(self, shards: tuple[Shard, ...], parts: Sequence[tuple[Places, Places]]) -> None:
        self.shards = shards
        self.shard = np.repeat(np.arange(len(parts)), [len(first) for first, _ in parts])
        none = [np.zeros(0, np.intp)]
        self.first = np.concatenate([first for first, _ in parts] or none)
        self.last = np.concatenate([last for _, last in parts] or none)

    def __len__(self) -> int:
        return len(self.first)

    def take(self, rows: Places) -> Found:
        """Those hits, in that order."""
        taken = Found(self.shards, [])
        taken.shard, taken.first, taken.last = self.shard[rows], self.first[rows], self.last[rows]
        return taken


def _part(shard: Shard, query: Query, within: Span, limit: int | None) -> tuple[Places, Places]:
    hits = find_hits(shard, query, token_units(shard, within), limit)
    return hits.first[:limit], hits.last[:limit]


def token_units(shard: Shard, within: Span) -> Ints:
    """Per token: the unit that a hit around it must lie in."""
    match within:
        case Span.SENTENCE:
            return shard.token_sentences
        case Span.PARAGRAPH:
            return shard.token_paragraphs
        case _:
            return shard.token_documents


def unit_edges(shard: Shard, within: Span) -> Ints:
    """Where the tokens of each unit begin, and where the last ones end."""
    match within:
        case Span.SENTENCE:
            return shard.sentence_tokens
        case Span.PARAGRAPH:
            return shard.paragraph_tokens
        case _:
            return shard.document_tokens


def windows(
    shard: Shard, first: Places, last: Places, window: int, within: Span
) -> tuple[Places, Places]:
    """The first and the last token of the window around each hit, within its unit."""
    units, edges = token_units(shard, within)[first], unit_edges(shard, within)
    return np.maximum(first - window, edges[units]), np.minimum(last + window, edges[units + 1] - 1)


def _drawn(size: int, sample: int, seed: int) -> Places:
    chosen = np.random.default_rng(seed).choice(size, size=min(sample, size), replace=False)
    return np.sort(chosen).astype(np.intp)


def _sort_key(name: str) -> tuple[str, int]:
    """A sort key as `node`, `position`, or an offset from the edge of the node."""
    match = KEY.fullmatch(name)
    if not match:
        raise ManyVoicesError(
            f"`{name}` is no sort key.", "Known: L1, L2, ..., R1, R2, ..., node, position."
        )
    if match["side"] is None:
        return name, 0
    return match["side"], int(match["place"])


def _order(hits: Found, keys: list[tuple[str, int]], within: Span) -> Places:
    """The rows in order of the keys, the first key first."""
    columns = [
        np.arange(len(hits)) if side == "position" else _ranks(hits, side, n, within)
        for side, n in keys
    ]
    return np.lexsort([np.arange(len(hits)), *reversed(columns)])


def _ranks(hits: Found, side: str, place: int, within: Span) -> Places:
    """The alphabetical rank of each hit's key."""
    texts = np.empty(len(hits), object)
    for i, shard in enumerate(hits.shards):
        here = np.flatnonzero(hits.shard == i)
        texts[here] = _key_texts(shard, hits.first[here], hits.last[here], side, place, within)
    return np.unique(texts.astype(str), return_inverse=True)[1] if len(texts) else texts.astype(int)


def _key_texts(
    shard: Shard, first: Places, last: Places, side: str, place: int, within: Span
) -> list[str]:
    forms = _sort_forms(shard)
    if side == "node":
        return [
            " ".join(forms[code] for code in shard.types[a : b + 1].tolist())
            for a, b in zip(first.tolist(), last.tolist(), strict=True)
        ]
    at = first - place if side == "L" else last + place
    edges, units = unit_edges(shard, within), token_units(shard, within)[first]
    inside = (at >= edges[units]) & (at < edges[units + 1])
    codes = shard.types[np.where(inside, at, 0)]
    return [forms[c] if ok else "" for c, ok in zip(codes.tolist(), inside.tolist(), strict=True)]


def _sort_forms(shard: Shard) -> list[str]:
    """Per type its folded form; of a hidden one no more than that it is hidden."""
    hidden = shard.hidden_types.tolist()
    return [f[:1] if hide else f for f, hide in zip(shard.folded, hidden, strict=True)]


def _table(corpus: Corpus, hits: Found, window: int, within: Span) -> pd.DataFrame:
    """The rows of the hits, in their order."""
    if not len(hits):
        return _no_rows().copy()
    rows: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    by_shard = np.argsort(hits.shard, kind="stable")
    for i in np.unique(hits.shard).tolist():
        here = np.flatnonzero(hits.shard == i)
        columns = _columns(corpus, i, hits.first[here], hits.last[here], window, within)
        for name, values in columns.items():
            rows[name] += values
    table = pd.DataFrame(rows)
    if (np.diff(by_shard) < 0).any():
        table = table.iloc[np.argsort(by_shard)].reset_index(drop=True)
    if table["voice"].dtype == object:  # no document of these has a voice
        table["voice"] = table["voice"].astype("str")
    return table


@cache
def _no_rows() -> pd.DataFrame:
    """A table of the same kinds of columns, without rows."""
    kinds = dict.fromkeys(COLUMNS, "str") | dict.fromkeys(("start", "end"), "int64")
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})


def _columns(
    corpus: Corpus, index: int, first: Places, last: Places, window: int, within: Span
) -> dict[str, list[Any]]:
    shard = corpus.selected[index]
    documents = [shard.documents[i] for i in shard.token_documents[first].tolist()]
    low, high = windows(shard, first, last, window, within)
    edges = [shard.token_starts[low], shard.token_starts[first], shard.token_ends[last]]
    cuts = [edge.tolist() for edge in (*edges, shard.token_ends[high])]
    texts = [_cut(corpus, documents, starts, ends) for starts, ends in pairwise(cuts)]
    if within is Span.NOTHING:
        texts[0] = _run_on(corpus, documents, texts[0], window - (first - low), -1)
        texts[2] = _run_on(corpus, documents, texts[2], window - (high - last), 1)
    return {
        "document": [document.id for document in documents],
        "voice": [document.voice for document in documents],
        "sentence": [shard.sentence_ids[s] for s in shard.token_sentences[first].tolist()],
        "start": cuts[1],
        "end": cuts[2],
        "left": texts[0],
        "node": texts[1],
        "right": texts[2],
    }


def _cut(
    corpus: Corpus, documents: list[Document], starts: list[int], ends: list[int]
) -> list[str]:
    """The stretches of the documents as they may be shown."""
    masks = corpus.masks if corpus.is_public else {}
    stretches = zip(documents, starts, ends, strict=True)
    if not masks:
        return [document.text[start:end] for document, start, end in stretches]
    return [
        corpus.show(document, start, end) if document.id in masks else document.text[start:end]
        for document, start, end in stretches
    ]


def _run_on(
    corpus: Corpus, documents: list[Document], texts: list[str], missing: Places, step: int
) -> list[str]:
    """The contexts, continued into the neighbouring documents by the tokens that are missing."""
    homes = [(shard, i) for shard in corpus.selected for i in range(len(shard.documents))]
    places = {document.id: i for i, document in enumerate(corpus.documents)}
    return [
        _continued(corpus, homes, places[document.id], text, tokens, step) if tokens else text
        for document, text, tokens in zip(documents, texts, missing.tolist(), strict=True)
    ]


def _continued(
    corpus: Corpus, homes: list[tuple[Shard, int]], at: int, text: str, tokens: int, step: int
) -> str:
    while tokens and 0 <= (at := at + step) < len(homes):
        shard, index = homes[at]
        first, end = (int(shard.document_tokens[index + i]) for i in (0, 1))
        taken = min(tokens, end - first)
        first, last = (end - taken, end - 1) if step < 0 else (first, first + taken - 1)
        span = int(shard.token_starts[first]), int(shard.token_ends[last])
        piece = corpus.show(shard.documents[index], *span)
        text = f"{piece}{APART}{text}" if step < 0 else f"{text}{APART}{piece}"
        tokens -= taken
    return text


def subcorpus(corpus: Corpus, hits: pd.DataFrame, unit: Span = Span.SENTENCE) -> Corpus:
    """The sentences, paragraphs or documents in which the hits stand, as a corpus of its own.

    Ids and offsets stay as they are. Raises ManyVoicesError for `Span.NOTHING`.
    """
    if unit is Span.NOTHING:
        raise ManyVoicesError("hits stand in something.", "Choose sentence, paragraph or document.")
    sentences = corpus.sentences.reset_index()
    pairs = sentences.merge(
        hits[["document", "start", "end"]], on="document", suffixes=("", "_hit")
    )
    met = pairs[(pairs["start"] < pairs["end_hit"]) & (pairs["end"] > pairs["start_hit"])]
    wanted = sentences[sentences[str(unit)].isin(met[str(unit)])]
    return corpus.only(wanted["sentence"])


def write_concordance(hits: pd.DataFrame, file: Path | str) -> None:
    """Write the rows as CSV in UTF-8, aside and then into place.

    An apostrophe is set before a text that a spreadsheet would take for a formula.
    """
    texts = [name for name in hits.columns if not pd.api.types.is_numeric_dtype(hits[name])]
    safe = hits.assign(**{name: hits[name].map(_inert, na_action="ignore") for name in texts})
    write_aside(file, safe.to_csv(index=False, lineterminator="\n"))


def _inert(text: object) -> object:
    return f"'{text}" if isinstance(text, str) and FORMULA.match(text) else text
