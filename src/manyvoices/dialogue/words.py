"""Every word of a corpus with its place: what uptake is looked for in."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.errors import ManyVoicesError
from manyvoices.store import Shard
from manyvoices.text.content import content_form, english_stop_words
from manyvoices.text.lemmas import lemmas

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Ints32 = NDArray[np.int32]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Words:
    """The words of a corpus that may be shown, in order.

    Word `i` has the folded form `forms[form[i]]` and counts as the term `terms[term[i]]` (-1 for a
    word without content); it stands in the document at place `document[i]`, in the sentence at
    place `sentence[i]` of the corpus, at the code points `start[i]` to `end[i]` of the document's
    text. `follows[i]` says whether the word before it is the token before it, in one sentence.
    """

    forms: tuple[str, ...]
    terms: tuple[str, ...]
    documents: int
    form: Ints32
    term: Ints32
    document: Ints32
    sentence: Ints32
    start: Ints32
    end: Ints32
    follows: Flags

    @cached_property
    def present(self) -> csr_matrix:
        """Whether each term (column) stands in each document (row): 1 or nothing."""
        from scipy.sparse import csr_matrix

        rows, columns = self.firsts[1:]
        shape = (self.documents, len(self.terms))
        return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)

    @cached_property
    def firsts(self) -> tuple[NDArray[np.intp], NDArray[np.int64], NDArray[np.int64]]:
        """For every term of every document: its first word, the document, the term."""
        content = np.flatnonzero(self.term >= 0)
        size = max(len(self.terms), 1)
        keys = self.document[content].astype(np.int64) * size + self.term[content]
        found, first = np.unique(keys, return_index=True)
        return content[first], found // size, found % size

    @cached_property
    def rarity(self) -> Floats:
        """Per term ln(N / n): n of the N documents with any term have this one.

        The inverse document frequency of Spärck Jones (1972), with the natural logarithm.
        """
        _, documents, terms = self.firsts
        counts = np.bincount(terms, minlength=len(self.terms))
        return np.asarray(np.log(len(np.unique(documents)) / np.maximum(counts, 1)))


def words_of(corpus: Corpus, executor: engine.Executor | None = None) -> Words:
    """The words of the selected documents; withheld words and hidden names are left out.

    Terms are words of content, as `manyvoices.text.content` has them, without the stop words of
    English and those of the description, as lemmas of the book's language where there is a
    dictionary of it, else as they stand.
    """
    parts = engine.parts(_part, corpus, executor)
    forms = list(dict.fromkeys(name for names, _ in parts for name in names))
    place = {name: i for i, name in enumerate(forms)}
    codes = [np.array([place[name] for name in names], np.int32) for names, _ in parts]
    columns = [
        np.concatenate([part[column] for _, part in parts] or [np.zeros(0, np.int32)])
        for column in range(6)
    ]
    form = [code[part[0]] for code, (_, part) in zip(codes, parts, strict=True)]
    document = _shifted([part[1] for _, part in parts], corpus.selected, "documents")
    sentence = _shifted([part[2] for _, part in parts], corpus.selected, "sentence_starts")
    all_forms = np.concatenate([*form, np.zeros(0, np.int32)])
    terms, term_of = _terms(corpus, forms)
    return Words(
        tuple(forms),
        terms,
        len(corpus.documents),
        all_forms,
        term_of[all_forms],
        document,
        sentence,
        columns[3],
        columns[4],
        columns[5].astype(bool),
    )


def _part(shard: Shard) -> tuple[tuple[str, ...], list[Ints32]]:
    """The folded form of every type, and columns of the shard's words."""
    tokens = np.flatnonzero(shard.words & ~shard.hidden_types[shard.types])
    sentence = shard.token_sentences[tokens]
    follows = np.zeros(len(tokens), np.int32)
    follows[1:] = (np.diff(tokens) == 1) & (np.diff(sentence) == 0)
    types, document = shard.types[tokens], shard.token_documents[tokens]
    starts, ends = shard.token_starts[tokens], shard.token_ends[tokens]
    return shard.folded, [types, document, sentence, starts, ends, follows]


def _shifted(columns: list[Ints32], shards: Sequence[Shard], level: str) -> Ints32:
    """Places in shards as places in the corpus."""
    sizes = [len(getattr(shard, level)) for shard in shards]
    starts = np.cumsum([0, *sizes])[: len(sizes)]
    moved = [column + start for column, start in zip(columns, starts, strict=True)]
    return np.concatenate([*moved, np.zeros(0)]).astype(np.int32)


def _terms(corpus: Corpus, forms: list[str]) -> tuple[tuple[str, ...], Ints32]:
    """The terms in alphabetical order, and the term of every form; -1 for none."""
    stop = english_stop_words() | {word.casefold() for word in corpus.settings.stop_words}
    bare = [content_form(form) for form in forms]
    kept = ["" if form in stop else form for form in bare]
    with suppress(ManyVoicesError):  # a language without a dictionary: forms as they stand
        kept = lemmas(kept, corpus.settings.book.language)
    kept = ["" if len(form) < 2 or form in stop else form for form in kept]
    terms = sorted({form for form in kept if form})
    place = {term: i for i, term in enumerate(terms)} | {"": -1}
    return tuple(terms), np.array([place[form] for form in kept], np.int32).reshape(-1)
