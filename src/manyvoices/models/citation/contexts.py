"""The words around a mention, as they may be shown and learned from."""

from __future__ import annotations

import re

import pandas as pd

from manyvoices.corpus import Corpus
from manyvoices.documents import Document
from manyvoices.store import HIDDEN_MARK, HIDDEN_WORD

WORDS = 15
ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
HIDDEN = re.compile(f"[{HIDDEN_WORD}{HIDDEN_MARK}]+")
STANDS_FOR = "webaddress"


def contexts(corpus: Corpus, places: pd.DataFrame, words: int = WORDS) -> pd.Series[str]:
    """For each row, with document, start and end: the text there with so many words on each side.

    A context stays in its paragraph. It is taken from the public view, without hidden words, and a
    web address is the word "webaddress" in it. Index: that of `places`.
    """
    public = corpus.public().by_id
    spans = zip(places["document"], places["start"], places["end"], strict=True)
    found = [_plain(_around(public[name], start, end, words)) for name, start, end in spans]
    return pd.Series(found, index=places.index, name="context", dtype="str")


def _around(document: Document, start: int, end: int, words: int) -> str:
    """The mention, whole words of it, and what stands around it in its paragraph."""
    text = document.text
    inside = [(p.start, p.end) for p in document.paragraphs if p.start <= start < p.end]
    first, last = inside[0] if inside else (0, len(text))
    while start > first and not text[start - 1].isspace():
        start -= 1
    while end < last and not text[end].isspace():
        end += 1
    before, after = text[first:start].split(), text[end:last].split()
    return " ".join([*before[-words:], text[start:end], *after[:words]])


def _plain(text: str) -> str:
    return " ".join(ADDRESS.sub(STANDS_FOR, HIDDEN.sub(" ", text)).split())
