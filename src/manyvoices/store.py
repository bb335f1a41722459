"""A shard: an immutable run of documents as columns of integers.

Four levels nest: document, paragraph, sentence, token. Each level is stored as the index at which
its members begin, one entry more than there are units, so that members of unit `i` are
`bounds[i]:bounds[i + 1]`. All arrays are int32, made to be mapped from disk unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from manyvoices.documents import Document, Paragraph
from manyvoices.text.folding import fold
from manyvoices.text.sentences import sentence_bounds
from manyvoices.text.tokens import is_word, tokenise

Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]
T = TypeVar("T")
Unit = Literal["passage", "paragraph", "sentence", "document"]
UnitRow = tuple[str, str, str | None, str, int]

HIDDEN_WORD = "\u2588"
HIDDEN_MARK = "\u2591"


@dataclass(frozen=True, eq=False)
class Postings:
    """For every type the tokens of it, in order: `tokens[bounds[i]:bounds[i + 1]]`."""

    tokens: Ints
    bounds: Ints

    def places(self, types: Ints, limit: int | None = None) -> NDArray[np.intp]:
        """The tokens of any of the types, in order; with `limit`, the first so many."""
        if len(types) == 1:
            start = self.bounds[types[0]]
            end = self.bounds[types[0] + 1]
            return self.tokens[start:end][:limit].astype(np.intp)
        pieces = [self.tokens[self.bounds[t] : self.bounds[t + 1]][:limit] for t in types.tolist()]
        return np.sort(np.concatenate(pieces or [self.tokens[:0]]))[:limit].astype(np.intp)


@dataclass(frozen=True, eq=False)
class Units:
    """Stretches of text that hold a sentence or more, in order, with the document of each.

    `of_sentence[s]` is the unit of sentence `s`; `names` are the units' anchors.
    """

    of_sentence: NDArray[np.intp]
    names: tuple[str, ...]
    documents: tuple[Document, ...]


@dataclass(frozen=True, eq=False)
class Shard:
    """Documents and their tokens.

    `types[t]` is the type of token `t`, an index into `vocabulary` (surface forms); `starts[t]`
    its first code point, counted from the start of its sentence. `sentence_starts` and
    `sentence_ends` are code points in the document's text, `sentence_numbers` counts from 1 in the
    paragraph. `document_paragraphs`, `paragraph_sentences` and `sentence_tokens` are the bounds of
    the levels.
    """

    documents: tuple[Document, ...]
    vocabulary: tuple[str, ...]
    types: Ints
    starts: Ints
    sentence_starts: Ints
    sentence_ends: Ints
    sentence_numbers: Ints
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
    def word_forms(self) -> tuple[tuple[str, ...], Ints]:
        """The folded forms of words, in the order of their code points, hidden ones not among them.

        And for each type the place of its form among these, or -1.
        """
        used = np.fromiter(map(is_word, self.vocabulary), bool, len(self.vocabulary))
        used &= ~self.hidden_types
        forms = [self.folded[code] for code in np.flatnonzero(used).tolist()]
        names = sorted(set(forms))
        number = {name: i for i, name in enumerate(names)}
        of_type = np.full(len(self.vocabulary), -1, np.int32)
        of_type[used] = [number[form] for form in forms]
        return tuple(names), of_type

    @cached_property
    def hidden_types(self) -> Flags:
        """Per type: whether it stands for hidden words or marks."""
        fillers = (HIDDEN_WORD in name or HIDDEN_MARK in name for name in self.vocabulary)
        return np.fromiter(fillers, bool, len(self.vocabulary))

    def keys(self, *, case: bool = False, accents: bool = True) -> tuple[str, ...]:
        """Per type: the key that it is looked up by; `case` and `accents` say what matters."""
        if (case, accents) == (False, True):
            return self.folded
        return self._memo(
            ("keys", case, accents),
            lambda: tuple(fold(s, case=not case, accents=not accents) for s in self.vocabulary),
        )

    def types_by_key(self, *, case: bool = False, accents: bool = True) -> dict[str, Ints]:
        """The types of each key that `keys` gives; hidden types have none."""
        return self._memo(
            ("types", case, accents),
            lambda: _grouped(self.keys(case=case, accents=accents), self.hidden_types),
        )

    def _memo(self, name: object, make: Callable[[], T]) -> T:
        """What `make` gives, made once for each name."""
        if name not in self._made:
            self._made[name] = make()
        return cast("T", self._made[name])

    @cached_property
    def _made(self) -> dict[object, object]:
        return {}

    @cached_property
    def postings(self) -> Postings:
        """The tokens of every type."""
        counts = np.bincount(self.types, minlength=len(self.vocabulary))
        return Postings(np.argsort(self.types, kind="stable").astype(np.int32), bounds(counts))

    @cached_property
    def document_tokens(self) -> Ints:
        """Where the tokens of each document begin, and where the last ones end."""
        return self.sentence_tokens[self.paragraph_sentences[self.document_paragraphs]]

    @cached_property
    def paragraph_tokens(self) -> Ints:
        """Where the tokens of each paragraph begin, and where the last ones end."""
        return self.sentence_tokens[self.paragraph_sentences]

    @cached_property
    def token_paragraphs(self) -> Ints:
        """Per token: its paragraph."""
        return self.sentence_paragraphs[self.token_sentences]

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
        return self.paragraph_documents[self.token_paragraphs]

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
        return tuple(
            f"{self.paragraph_ids[p]}-s{n}"
            for p, n in zip(
                self.sentence_paragraphs.tolist(), self.sentence_numbers.tolist(), strict=True
            )
        )

    def units(self, unit: Unit) -> Units:
        """Sentences, paragraphs, documents, or passages.

        A passage is a document that answers another one, whole; the others go by the paragraph.
        """
        if unit == "sentence":
            of_sentence = np.arange(len(self.sentence_starts))
            return Units(of_sentence, self.sentence_ids, self._documents_of(of_sentence))
        whole = np.array([_is_whole(document, unit) for document in self.documents], bool)
        paragraph = self.sentence_paragraphs
        document = self.paragraph_documents[paragraph]
        home = np.where(whole[document], self.document_paragraphs[document], paragraph)
        _, first, of_sentence = np.unique(home, return_index=True, return_inverse=True)
        documents = self._documents_of(first)
        names = tuple(
            one.id if _is_whole(one, unit) else self.paragraph_ids[i]
            for one, i in zip(documents, paragraph[first].tolist(), strict=True)
        )
        return Units(of_sentence, names, documents)

    def unit_rows(self, units: Units) -> list[UnitRow]:
        """Of each unit its name, document, voice, person, and how many words it has."""
        of_word = units.of_sentence[self.token_sentences[self.words]]
        words = np.bincount(of_word, minlength=len(units.names)).tolist()
        return [
            (name, one.id, one.voice, one.person, count)
            for name, one, count in zip(units.names, units.documents, words, strict=True)
        ]

    def _documents_of(self, sentences: NDArray[np.intp]) -> tuple[Document, ...]:
        of_sentence = self.paragraph_documents[self.sentence_paragraphs]
        return tuple(self.documents[i] for i in of_sentence[sentences].tolist())

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
            self.sentence_numbers[sentences],
            bounds(np.diff(self.sentence_tokens)[sentences]),
            bounds(np.diff(self.paragraph_sentences)[paragraphs]),
            bounds(np.diff(self.document_paragraphs)[chosen]),
        )

    def keep(self, sentences: Flags) -> Shard:
        """The shard with the flagged sentences only, and the documents that have one.

        Sentences keep their ids; paragraphs may be left empty.
        """
        kept = replace(
            self,
            types=self.types[sentences[self.token_sentences]],
            starts=self.starts[sentences[self.token_sentences]],
            sentence_starts=self.sentence_starts[sentences],
            sentence_ends=self.sentence_ends[sentences],
            sentence_numbers=self.sentence_numbers[sentences],
            sentence_tokens=bounds(np.diff(self.sentence_tokens)[sentences]),
            paragraph_sentences=bounds(
                np.bincount(
                    self.sentence_paragraphs[sentences], minlength=len(self.paragraph_sentences) - 1
                )
            ),
        )
        return kept.take(np.diff(kept.document_tokens) > 0)

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
            replace(
                self,
                documents=tuple(_black_out(self, i, spans) for i, spans in enumerate(hidden)),
                vocabulary=tuple(names),
                types=covered.astype(np.int32),
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
    """The shard of the given documents, tokenised and cut into sentences, all at once."""
    documents = tuple(documents)
    text = "\n".join(document.text for document in documents)
    origins = bounds([len(document.text) + 1 for document in documents])
    paragraphs = _paragraph_spans(documents, origins)
    starts, ends = sentence_bounds(text, paragraphs[:, 0], paragraphs[:, 1])
    tokens = tokenise(text)
    sentence = np.searchsorted(starts, tokens.starts, "right") - 1
    inside = (sentence >= 0) & (tokens.ends <= np.append(ends, 0)[sentence])
    sentence = sentence[inside]
    home = np.searchsorted(paragraphs[:, 0], starts, "right") - 1
    origin = origins[np.searchsorted(origins, starts, "right") - 1]
    return _compact(
        Shard(
            documents,
            tuple(tokens.types),
            tokens.codes[inside],
            (tokens.starts[inside] - starts[sentence]).astype(np.int32),
            (starts - origin).astype(np.int32),
            (ends - origin).astype(np.int32),
            (np.arange(len(starts)) - np.searchsorted(home, home) + 1).astype(np.int32),
            bounds(np.bincount(sentence, minlength=len(starts))),
            bounds(np.bincount(home, minlength=len(paragraphs))),
            bounds([len(document.paragraphs) for document in documents]),
        )
    )


def _is_whole(document: Document, unit: Unit) -> bool:
    """Whether a document is one unit, whatever its paragraphs."""
    answers = document.reply_to is not None or document.indent_parent is not None
    return unit == "document" or (unit == "passage" and answers)


def _paragraph_spans(documents: Sequence[Document], origins: Ints) -> Ints:
    """The spans of all paragraphs in the documents' texts set one after the other."""
    spans = [
        (origin + paragraph.start, origin + paragraph.end)
        for document, origin in zip(documents, origins.tolist(), strict=False)
        for paragraph in document.paragraphs
    ]
    return np.array(spans, np.int32).reshape(-1, 2)


def _grouped(keys: tuple[str, ...], hidden: Flags) -> dict[str, Ints]:
    """For every key, the types that have it."""
    groups: dict[str, list[int]] = {}
    for code, (key, skip) in enumerate(zip(keys, hidden.tolist(), strict=True)):
        if not skip:
            groups.setdefault(key, []).append(code)
    return {key: np.array(codes, np.int32) for key, codes in groups.items()}


def bounds(counts: Sequence[int] | NDArray[np.integer]) -> Ints:
    """Where each unit's members begin, given how many each has; one entry more than units."""
    result = np.zeros(len(counts) + 1, np.int32)
    np.cumsum(counts, out=result[1:])
    return result


def members(edges: Ints) -> Ints:
    """Per member: the unit that it belongs to."""
    return np.repeat(np.arange(len(edges) - 1, dtype=np.int32), np.diff(edges))


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
