"""Every word of a corpus with its place: what uptake is looked for in."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
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
    forms = tuple(dict.fromkeys(chain.from_iterable(part.forms for part in parts)))
    place = {form: i for i, form in enumerate(forms)}
    shifts = np.cumsum([(0, 0), *(part.size for part in parts)], axis=0)
    columns = [part.columns(place, *shift) for part, shift in zip(parts, shifts, strict=False)]
    nothing = np.zeros((6, 0), np.int32)
    form, document, sentence, start, end, follows = np.concatenate([*columns, nothing], axis=1)
    terms, term_of = _terms(corpus, forms)
    size = len(corpus.documents)
    follows = follows.astype(bool)
    return Words(forms, terms, size, form, term_of[form], document, sentence, start, end, follows)


@dataclass(frozen=True, eq=False)
class _Part:
    """The folded forms of a shard's types, its documents and sentences, and its words.

    The rows of `words`: type, document, sentence, start, end, and whether it follows.
    """

    forms: tuple[str, ...]
    size: tuple[int, int]
    words: Ints32

    def columns(self, place: dict[str, int], documents: int, sentences: int) -> Ints32:
        """The words with forms, documents and sentences numbered for the whole corpus."""
        codes = np.array([place[form] for form in self.forms], np.int32)
        types, *middle, start, end, follows = self.words
        shifts = (documents, sentences)
        moved = [column + shift for column, shift in zip(middle, shifts, strict=True)]
        return np.stack([codes[types], *moved, start, end, follows]).astype(np.int32)


def _part(shard: Shard) -> _Part:
    tokens = np.flatnonzero(shard.words & ~shard.hidden_types[shard.types])
    sentence = shard.token_sentences[tokens]
    follows = np.zeros(len(tokens), np.int32)
    follows[1:] = (np.diff(tokens) == 1) & (np.diff(sentence) == 0)
    columns = [shard.types, shard.token_documents, shard.token_starts, shard.token_ends]
    types, document, start, end = (column[tokens] for column in columns)
    words = np.stack([types, document, sentence, start, end, follows]).astype(np.int32)
    return _Part(shard.folded, (len(shard.documents), len(shard.sentence_starts)), words)


def _terms(corpus: Corpus, forms: Sequence[str]) -> tuple[tuple[str, ...], Ints32]:
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
