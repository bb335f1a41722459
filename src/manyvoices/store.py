"""A shard: an immutable run of documents as columns of integers.

Four levels nest: document, paragraph, sentence, token. Each level is stored as the index at which
its members begin, one entry more than there are units, so that members of unit `i` are
`bounds[i]:bounds[i + 1]`. All arrays are int32, made to be mapped from disk unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from manyvoices.documents import Document, Paragraph
from manyvoices.text.folding import fold
from manyvoices.text.sentences import split_sentences
from manyvoices.text.tokens import is_word, tokenise

Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]

HIDDEN_WORD = "\u2588"
HIDDEN_MARK = "\u2591"


@dataclass(frozen=True, eq=False)
class Shard:
    """Documents and their tokens.

    `types[t]` is the type of token `t`, an index into `vocabulary` (surface forms); `starts[t]`
    its first code point, counted from the start of its sentence. `sentence_starts` and
    `sentence_ends` are code points in the document's text. `document_paragraphs`,
    `paragraph_sentences` and `sentence_tokens` are the bounds of the levels.
    """

    documents: tuple[Document, ...]
    vocabulary: tuple[str, ...]
    types: Ints
    starts: Ints
    sentence_starts: Ints
    sentence_ends: Ints
    sentence_tokens: Ints
    paragraph_sentences: Ints
    document_paragraphs: Ints

    @cached_property
    def words(self) -> Flags:
        """Per token: whether it is a word (has a letter or a digit)."""
        per_type = np.fromiter(map(is_word, self.vocabulary), bool, len(self.vocabulary))
        return per_type[self.types]

    @cached_property
    def lengths(self) -> Ints:
        """Per token: its length in code points."""
        per_type = np.fromiter(map(len, self.vocabulary), np.int32, len(self.vocabulary))
        return per_type[self.types]

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """Per type: its form without case and typographic variants."""
        return tuple(map(fold, self.vocabulary))

    @cached_property
    def document_tokens(self) -> Ints:
        """Where the tokens of each document begin, and where the last ones end."""
        return self.sentence_tokens[self.paragraph_sentences[self.document_paragraphs]]

    @cached_property
    def token_sentences(self) -> Ints:
        """Per token: its sentence."""
        return members(self.sentence_tokens)

    @cached_property
    def sentence_paragraphs(self) -> Ints:
        """Per sentence: its paragraph."""
        return members(self.paragraph_sentences)

    @cached_property
    def paragraph_documents(self) -> Ints:
        """Per paragraph: its document."""
        return members(self.document_paragraphs)

    @cached_property
    def token_documents(self) -> Ints:
        """Per token: its document."""
        return self.paragraph_documents[self.sentence_paragraphs[self.token_sentences]]

    @cached_property
    def token_starts(self) -> Ints:
        """Per token: its first code point in the document's text."""
        return self.sentence_starts[self.token_sentences] + self.starts

    @cached_property
    def token_ends(self) -> Ints:
        """Per token: the code point after its last one in the document's text."""
        return self.token_starts + self.lengths

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All paragraphs, in order."""
        return tuple(p for document in self.documents for p in document.paragraphs)

    @cached_property
    def paragraph_ids(self) -> tuple[str, ...]:
        """The readable id of every paragraph."""
        return tuple(d.paragraph_id(p) for d in self.documents for p in d.paragraphs)

    @cached_property
    def sentence_ids(self) -> tuple[str, ...]:
        """The readable id of every sentence: its paragraph's, and its number in it."""
        first = self.paragraph_sentences[:-1][self.sentence_paragraphs]
        numbers = np.arange(len(self.sentence_starts)) - first + 1
        return tuple(
            f"{self.paragraph_ids[p]}-s{n}"
            for p, n in zip(self.sentence_paragraphs.tolist(), numbers.tolist(), strict=True)
        )

    def tokens_in(self, document: int, start: int, end: int) -> range:
        """The tokens, whole or in part, in `text[start:end]` of the document at an index."""
        low, high = self.document_tokens[document : document + 2].tolist()
        first = low + int(np.searchsorted(self.token_ends[low:high], start, "right"))
        last = low + int(np.searchsorted(self.token_starts[low:high], end, "left"))
        return range(first, max(first, last))

    def take(self, chosen: Flags) -> Shard:
        """The shard with the chosen documents only (one flag a document)."""
        if chosen.all():
            return self
        paragraphs = chosen[self.paragraph_documents]
        sentences = paragraphs[self.sentence_paragraphs]
        tokens = sentences[self.token_sentences]
        return Shard(
            tuple(d for d, keep in zip(self.documents, chosen, strict=True) if keep),
            self.vocabulary,
            self.types[tokens],
            self.starts[tokens],
            self.sentence_starts[sentences],
            self.sentence_ends[sentences],
            bounds(np.diff(self.sentence_tokens)[sentences]),
            bounds(np.diff(self.paragraph_sentences)[paragraphs]),
            bounds(np.diff(self.document_paragraphs)[chosen]),
        )

    def hide(self, hidden: Sequence[Sequence[tuple[int, int]]]) -> Shard:
        """The shard with stretches blacked out: the spans of each document, in code points.

        Every hidden code point but white space, and every token that a span touches, becomes a
        filler of the same length, so that ids, offsets and the number of words stay, and the
        words themselves are in no column.
        """
        marked = self._tokens_in(hidden)
        used, types = np.unique(self.types, return_inverse=True)
        surfaces = [self.vocabulary[code] for code in used]
        fillers = [_filler(surface) for surface in surfaces]
        names = {name: i for i, name in enumerate(dict.fromkeys([*surfaces, *fillers]))}
        filler_of = np.array([names[filler] for filler in fillers], np.int32)
        covered = np.where(marked, filler_of[types], types.astype(np.int32))
        return _compact(
            Shard(
                tuple(_black_out(self, i, spans) for i, spans in enumerate(hidden)),
                tuple(names),
                covered.astype(np.int32),
                self.starts,
                self.sentence_starts,
                self.sentence_ends,
                self.sentence_tokens,
                self.paragraph_sentences,
                self.document_paragraphs,
            )
        )

    def _tokens_in(self, spans: Sequence[Sequence[tuple[int, int]]]) -> Flags:
        marked = np.zeros(len(self.types), bool)
        for i, of_document in enumerate(spans):
            for span in of_document:
                tokens = self.tokens_in(i, *span)
                marked[tokens.start : tokens.stop] = True
        return marked


def build_shard(documents: Iterable[Document]) -> Shard:
    """The shard of the given documents, tokenised and cut into sentences."""
    documents = tuple(documents)
    builder = _Builder()
    for document in documents:
        builder.add(document)
    return builder.shard(documents)


class _Builder:
    """Columns while they grow."""

    def __init__(self) -> None:
        self.codes: dict[str, int] = {}
        self.types: list[Ints] = []
        self.starts: list[Ints] = []
        self.sentences: list[Ints] = []
        self.tokens_in: list[NDArray[np.intp]] = []
        self.sentences_in: list[int] = []

    def add(self, document: Document) -> None:
        spans: list[tuple[int, int]] = []
        for paragraph in document.paragraphs:
            cut = split_sentences(document.text, paragraph.start, paragraph.end)
            self.sentences_in.append(len(cut))
            spans += cut
        self._add_tokens(document.text, np.array(spans, np.int32).reshape(-1, 2))

    def _add_tokens(self, text: str, spans: Ints) -> None:
        """The tokens of the text that lie in its sentences; what is between them is no text."""
        tokens = tokenise(text)
        of_type = [self.codes.setdefault(surface, len(self.codes)) for surface in tokens.types]
        sentence = np.searchsorted(spans[:, 0], tokens.starts, "right") - 1
        inside = (sentence >= 0) & (tokens.ends <= spans[sentence, 1]) if len(spans) else []
        sentence = sentence[inside]
        self.types.append(np.array(of_type, np.int32)[tokens.codes[inside]])
        self.starts.append(tokens.starts[inside] - spans[sentence, 0])
        self.sentences.append(spans)
        self.tokens_in.append(np.bincount(sentence, minlength=len(spans)))

    def shard(self, documents: tuple[Document, ...]) -> Shard:
        spans = np.concatenate(self.sentences) if self.sentences else np.zeros((0, 2), np.int32)
        return Shard(
            documents,
            tuple(self.codes),
            _joined(self.types),
            _joined(self.starts),
            np.ascontiguousarray(spans[:, 0]),
            np.ascontiguousarray(spans[:, 1]),
            bounds(_joined(self.tokens_in)),
            bounds(self.sentences_in),
            bounds([len(document.paragraphs) for document in documents]),
        )


def bounds(counts: Sequence[int] | NDArray[np.integer]) -> Ints:
    """Where each unit's members begin, given how many each has; one entry more than units."""
    result = np.zeros(len(counts) + 1, np.int32)
    np.cumsum(counts, out=result[1:])
    return result


def members(edges: Ints) -> Ints:
    """Per member: the unit that it belongs to."""
    return np.repeat(np.arange(len(edges) - 1, dtype=np.int32), np.diff(edges))


def _joined(pieces: Sequence[NDArray[np.integer]]) -> Ints:
    return np.concatenate(pieces).astype(np.int32) if pieces else np.zeros(0, np.int32)


def _filler(surface: str) -> str:
    return (HIDDEN_WORD if is_word(surface) else HIDDEN_MARK) * len(surface)


def _black_out(shard: Shard, index: int, spans: Sequence[tuple[int, int]]) -> Document:
    """The document with its hidden stretches overwritten, code point for code point."""
    document = shard.documents[index]
    if not spans:
        return document
    text = list(document.text)
    for start, end in spans:
        text[start:end] = [c if c.isspace() else HIDDEN_MARK for c in text[start:end]]
    for t in {t for span in spans for t in shard.tokens_in(index, *span)}:
        filler = _filler(shard.vocabulary[shard.types[t]])
        text[shard.token_starts[t] : shard.token_ends[t]] = filler
    return replace(document, text="".join(text))


def _compact(shard: Shard) -> Shard:
    """The shard with a vocabulary of only the types that occur."""
    used, types = np.unique(shard.types, return_inverse=True)
    vocabulary = tuple(shard.vocabulary[code] for code in used)
    return replace(shard, vocabulary=vocabulary, types=types.astype(np.int32))
