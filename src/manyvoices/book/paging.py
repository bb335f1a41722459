"""How the texts of a large corpus are parted between pages, so that none is too heavy to open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from manyvoices.documents import Document, in_threads

if TYPE_CHECKING:
    from manyvoices.corpus import Corpus

OF_A_DOCUMENT = 30  # what its heading, facts and entry in the contents weigh, in words


class Piece(NamedTuple):
    """A document, or a run of its paragraphs: from `start` to before `end`."""

    document: Document
    start: int
    end: int

    @property
    def begins(self) -> bool:
        """Whether the document begins here."""
        return self.start == 0

    @property
    def paragraphs(self) -> list[str]:
        """The ids of its paragraphs."""
        return [
            self.document.paragraph_id(p) for p in self.document.paragraphs[self.start : self.end]
        ]


@lru_cache(maxsize=1)
def published(file: Path, fingerprint: str) -> Corpus:
    """The public view of a corpus; read once for all pages while nothing has changed."""
    from manyvoices.corpus import Corpus

    return Corpus.load(file).public()


def pages_of(corpus: Corpus) -> list[list[Piece]]:
    """The pages as the description of the corpus wants them."""
    return parted(corpus, corpus.settings.book.page_words)


def parted(corpus: Corpus, most: int) -> list[list[Piece]]:
    """The pages, each of at most `most` words and its pieces in the order of the corpus.

    A document counts for its words and 30 more. A thread that fits a page is not parted; of a
    larger one each answer is kept with what answers it, as far as that fits. A document is cut,
    between paragraphs, only where it would fill more than a page; a paragraph never is.
    """
    words: Counter[str] = Counter()
    for paragraph, count in corpus.sentences[["paragraph", "words"]].to_numpy().tolist():
        words[paragraph] += count
    pages: list[list[Piece]] = [[]]
    room = most
    for unit in _units(corpus.documents, words, most):
        size = sum(_weight(piece, words) for piece in unit)
        if size > room and pages[-1]:
            pages.append([])
            room = most
        pages[-1] += unit
        room -= size
    rank = {document.id: i for i, document in enumerate(corpus.documents)}
    return [sorted(page, key=lambda p: (rank[p.document.id], p.start)) for page in pages]


def _weight(piece: Piece, words: Mapping[str, int]) -> int:
    return OF_A_DOCUMENT + sum(words.get(paragraph, 0) for paragraph in piece.paragraphs)


def _units(
    documents: Sequence[Document], words: Mapping[str, int], most: int
) -> Iterator[list[Piece]]:
    """What stays on one page: a thread; of one that is too large, a document, or a run of that."""
    by_id = {document.id: document for document in documents}
    names = in_threads({document.id: document.reply_to for document in documents})
    order = [Piece(by_id[name], 0, len(by_id[name].paragraphs)) for name in names]
    weights = [_weight(piece, words) for piece in order]
    threads = _threads([piece.document for piece in order], weights)
    at = 0
    while at < len(order):
        size, weight = threads[at]
        taken = size if weight <= most else 1
        if taken > 1 or weights[at] <= most:
            yield order[at : at + taken]
        else:
            yield from ([piece] for piece in _cut(order[at], words, most))
        at += taken


def _threads(order: Sequence[Document], weights: Iterable[int]) -> list[tuple[int, int]]:
    """Of each document with all that answers it: how many there are, and their weight."""
    rank = {document.id: i for i, document in enumerate(order)}
    sizes, totals = [1] * len(order), list(weights)
    for i in reversed(range(len(order))):
        above = rank.get(order[i].reply_to or "", i)
        if above < i:
            sizes[above] += sizes[i]
            totals[above] += totals[i]
    return list(zip(sizes, totals, strict=True))


def _cut(piece: Piece, words: Mapping[str, int], most: int) -> Iterator[Piece]:
    """The document in runs of paragraphs, each as long as fits a page."""
    start, weight = 0, OF_A_DOCUMENT
    for i, paragraph in enumerate(piece.paragraphs):
        weight += words.get(paragraph, 0)
        if weight > most and i > start:
            yield piece._replace(start=start, end=i)
            start, weight = i, OF_A_DOCUMENT + words.get(paragraph, 0)
    yield piece._replace(start=start)
