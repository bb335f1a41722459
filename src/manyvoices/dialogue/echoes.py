"""Echoes: quotations of what somebody else said further up."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.dialogue.trees import Forest, Ints, forest
from manyvoices.dialogue.words import Words, words_of
from manyvoices.documents import Document
from manyvoices.text import find_quotations

MARKS = "\"'“‘"
COLUMNS = ["document", "start", "end", "text", "sentence", "source", "source_sentence", "relation"]


def echoes(corpus: Corpus, executor: engine.Executor | None = None) -> pd.DataFrame:
    """One row per quotation, in an answer, of words that somebody else's text above has in a row.

    What stands between quotation marks is looked for, marks left out: in the text answered, then
    further up, to the opening; words of content as terms, so that a plural is found, but first as
    they stand. Columns: document, start, end (code points, marks included), text, sentence, source,
    source_sentence, relation (`turn` for the text answered, `opening` for the one that opens the
    thread, if that is another, `above` for one between). A word in scare quotes that both use
    counts, too: whether it is an echo has to be read.
    """
    search = _Search(corpus, words_of(corpus, executor), forest(corpus.documents))
    rows = [row for i, d in enumerate(corpus.documents) for row in search.rows(i, d)]
    return pd.DataFrame(rows, columns=COLUMNS)


class _Search:
    """Looks for quoted words in the texts above an answer, nearest first."""

    def __init__(self, corpus: Corpus, words: Words, trees: Forest) -> None:
        self.corpus, self.words = corpus, words
        self.above, self.opens = trees.above(), trees.parents < 0
        forms = words.form.astype(np.int64)
        self.forms, self.terms = forms, np.where(words.term >= 0, -1 - words.term, forms)
        self.bounds = np.searchsorted(words.document, np.arange(words.documents + 1))
        self.people = [document.person for document in corpus.documents]
        self.sentences = corpus.sentences["sentence"].to_numpy(object)

    def rows(self, answer: int, document: Document) -> Iterator[tuple[object, ...]]:
        """The rows of one document."""
        if self.above[answer] < 0 or not any(mark in document.text for mark in MARKS):
            return
        chain = self._chain(answer)
        places = self._words_in([i for i in chain if self.people[i] != document.person])
        for start, end in _quoted(document):
            own = self._within(answer, start, end)
            if (at := self._find(own, places)) >= 0:
                text = " ".join(document.text[start + 1 : end - 1].split())
                source = int(self.words.document[at])
                names = self.sentences[self.words.sentence[[own.start, at]]]
                how = self._relation(chain, source)
                name = self.corpus.documents[source].id
                yield document.id, start, end, text, names[0], name, names[1], how

    def _chain(self, answer: int) -> list[int]:
        """The texts above one, nearest first; ends at a root, a gap, or where a circle closes."""
        chain: dict[int, None] = {}
        at = int(self.above[answer])
        while at >= 0 and at not in chain and at != answer:
            chain[at] = None
            at = int(self.above[at])
        return list(chain)

    def _relation(self, chain: list[int], source: int) -> str:
        if source == chain[0]:
            return "turn"
        return "opening" if self.opens[source] else "above"

    def _words_in(self, documents: list[int]) -> Ints:
        """The words of the documents, one document after the other."""
        spans = (np.arange(self.bounds[i], self.bounds[i + 1]) for i in documents)
        return np.concatenate([*spans, np.zeros(0, np.int64)])

    def _within(self, document: int, start: int, end: int) -> range:
        """The words of a document in a stretch of its text."""
        low, high = self.bounds[document : document + 2].tolist()
        first, last = np.searchsorted(self.words.start[low:high], [start, end])
        return range(low + int(first), low + int(last))

    def _find(self, wanted: range, places: Ints) -> int:
        """The word, of those at the places, from which on the wanted ones stand; -1 for none.

        It is in the first document that has them, as they stand there if they do.
        """
        hits = self._hits(self.terms, wanted, places)
        if not len(hits):
            return -1
        there = hits[self.words.document[hits] == self.words.document[hits[0]]]
        exact = self._hits(self.forms, wanted, there)
        return int(exact[0] if len(exact) else there[0])

    def _hits(self, keys: Ints, wanted: range, places: Ints) -> Ints:
        """The places from which on the keys of the wanted words stand in a row."""
        if not len(wanted):
            return places[:0]
        document = self.words.document
        for i, key in enumerate(keys[wanted.start : wanted.stop]):
            at = places + i
            inside = at < len(keys)
            places, at = places[inside], at[inside]
            places = places[(keys[at] == key) & (document[at] == document[places])]
        return places


def _quoted(document: Document) -> Iterator[tuple[int, int]]:
    """Where the quotations of a document begin and end."""
    for paragraph in document.paragraphs:
        for quotation in find_quotations(document.text, paragraph.start, paragraph.end):
            if quotation.closed:
                yield quotation.start, quotation.end
