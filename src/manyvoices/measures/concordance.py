"""Key word in context."""

from __future__ import annotations

from enum import StrEnum
from functools import partial

import numpy as np
import pandas as pd

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.query import Query, parse_query
from manyvoices.store import Ints, Shard

COLUMNS = ["document", "voice", "sentence", "start", "end", "left", "node", "right"]


class Span(StrEnum):
    """The unit at whose boundary a window stops."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    DOCUMENT = "document"


def concordance(
    corpus: Corpus,
    query: str,
    *,
    window: int = 8,
    within: Span = Span.DOCUMENT,
    limit: int | None = None,
    executor: engine.Executor | None = None,
) -> pd.DataFrame:
    """One row per hit, in text order, of all selected documents.

    Columns: document, voice, sentence, start and end (code points in the document's text), left,
    node, right. `window` counts tokens, punctuation among them, on each side, and stops at the
    boundary of `within`. The three texts are cut from the document, spaces and all; in the public
    view hidden words are no hits, and stand in the context as roles and numbers of words.
    Raises QueryError for a query that cannot be parsed.
    """
    part = partial(_part, query=parse_query(query), window=window, within=Span(within), limit=limit)
    hits = engine.run(part, _merge, corpus, executor).head(limit)
    for name, start, end in (("left", "from", "start"), ("node", "start", "end"), ("right", "end", "to")):
        spans = zip(hits["document"], hits[start], hits[end], strict=True)
        hits[name] = [corpus.show(*span) for span in spans]
    return hits[COLUMNS]


def _part(
    shard: Shard, query: Query, window: int, within: Span, limit: int | None
) -> pd.DataFrame:
    first = query.starts(shard)[:limit]
    last = first + len(query) - 1
    low, high = _edges(shard, within)
    left, right = np.maximum(first - window, low[first]), np.minimum(last + window, high[last])
    documents = [shard.documents[i] for i in shard.token_documents[first].tolist()]
    return pd.DataFrame(
        {
            "document": [document.id for document in documents],
            "voice": [document.voice for document in documents],
            "sentence": [shard.sentence_ids[s] for s in shard.token_sentences[first].tolist()],
            "from": shard.token_starts[left],
            "start": shard.token_starts[first],
            "end": shard.token_ends[last],
            "to": shard.token_ends[right],
        }
    )


def _merge(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([left, right], ignore_index=True)


def _edges(shard: Shard, within: Span) -> tuple[Ints, Ints]:
    """Per token: the first and the last token of the unit that it stands in."""
    unit = {
        Span.SENTENCE: shard.token_sentences,
        Span.PARAGRAPH: shard.sentence_paragraphs[shard.token_sentences],
        Span.DOCUMENT: shard.token_documents,
    }[within]
    return (
        np.searchsorted(unit, unit, "left").astype(np.int32),
        (np.searchsorted(unit, unit, "right") - 1).astype(np.int32),
    )
