"""Frequency lists."""

from __future__ import annotations

from collections import Counter
from functools import partial

import numpy as np
import pandas as pd

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.store import HIDDEN_WORD, Shard
from manyvoices.text.lemmas import lemmas
from manyvoices.uncertainty import wilson

Part = tuple[Counter[tuple[str, str]], Counter[tuple[str, str]], Counter[str]]

WITHHELD = "[withheld]"


def frequency(
    corpus: Corpus,
    executor: engine.Executor | None = None,
    *,
    lemma: bool = False,
    minimum: int = 1,
) -> pd.DataFrame:
    """One row per counted voice and word type, the most frequent first within a voice.

    Columns: voice, type (folded for case and typography; its lemma, in the language of the book,
    with `lemma`), count (of `minimum` or more), documents (in which it stands),
    per_10k (occurrences per 10,000 words of the voice, withheld ones among them), low and high
    (Wilson's 95 % interval of per_10k, which takes words as independent). Ties stand in
    alphabetical order. In the public view hidden words make one row, `[withheld]`.
    """
    part = partial(_part, language=corpus.settings.book.language if lemma else None)
    counts, documents, totals = engine.run(part, _merge, corpus, executor)
    rows = [
        (voice, name, count, documents[voice, name], *_rate(count, totals[voice]))
        for (voice, name), count in counts.items()
        if voice in corpus.voices and count >= minimum
    ]
    columns = ["voice", "type", "count", "documents", "per_10k", "low", "high"]
    table = pd.DataFrame(rows, columns=columns)
    table["voice"] = pd.Categorical(table["voice"], list(corpus.voices), ordered=True)
    order = ["voice", "count", "type"]
    return table.sort_values(order, ascending=[True, False, True], ignore_index=True)


def _rate(count: int, total: int) -> tuple[float, float, float]:
    share = wilson(count, total)
    return share.value * 1e4, share.low * 1e4, share.high * 1e4


def _part(shard: Shard, language: str | None) -> Part:
    forms = shard.folded if language is None else lemmas(shard.folded, language)
    folded = [
        WITHHELD if HIDDEN_WORD in name else form
        for name, form in zip(shard.vocabulary, forms, strict=True)
    ]
    voices = [document.voice or "" for document in shard.documents]
    size = len(shard.vocabulary)
    cell = shard.token_documents[shard.words].astype(np.int64) * size + shard.types[shard.words]
    cells, found = np.unique(cell, return_counts=True)
    per_document: Counter[tuple[int, str]] = Counter()
    for place, count in zip(cells.tolist(), found.tolist(), strict=True):
        per_document[place // size, folded[place % size]] += count
    counts: Counter[tuple[str, str]] = Counter()
    documents: Counter[tuple[str, str]] = Counter()
    totals: Counter[str] = Counter()
    for (document, name), count in per_document.items():
        counts[voices[document], name] += count
        documents[voices[document], name] += 1
        totals[voices[document]] += count
    return counts, documents, totals


def _merge(left: Part, right: Part) -> Part:
    return left[0] + right[0], left[1] + right[1], left[2] + right[2]
