"""From the text of a query to slots."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from manyvoices.corpus import Corpus
from manyvoices.errors import QueryError
from manyvoices.query.regex import to_re2
from manyvoices.text.folding import fold
from manyvoices.text.tokens import tokenise

LONGEST = 1000
GAP = re.compile(r"\.\.\.([0-9]{0,3})$")
SLOT = re.compile(r"/(?:\\.|[^/\\])*/(?=\s|$)|(?:\\.|\S)+", re.DOTALL)
PIECE = re.compile(r"\\(\.\.\.|.)|([*?|])|([^\\*?|]+)", re.DOTALL)
DANGLING = re.compile(r"(?<!\\)(?:\\\\)*\\$")
SPECIAL = re.compile(r"[\\*?|@/]|^\.\.\.")
WILD = {"*": ".*", "?": "."}
USUAL_GAP = 5


@dataclass(frozen=True, slots=True)
class Word:
    """A slot that one folded form fills."""

    key: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A slot that any form which the RE2 pattern matches as a whole fills."""

    re2: str


@dataclass(frozen=True, slots=True)
class Lemma:
    """A slot that any form of the lemma fills, in a language such as `en`."""

    lemma: str
    language: str


@dataclass(frozen=True, slots=True)
class Either:
    """A slot that whatever fills one of its alternatives fills."""

    slots: tuple[Word | Pattern | Lemma, ...]


Slot = Word | Pattern | Lemma | Either


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query: runs of slots with gaps between them.

    `case` and `accents` say whether these matter.
    """

    text: str
    runs: tuple[tuple[Slot, ...], ...]
    gaps: tuple[int, ...]
    case: bool = False
    accents: bool = True


def parse_query(
    text: str, *, case: bool = False, accents: bool = True, language: str = "en"
) -> Query:
    """The parsed query; `case` and `accents` say whether these matter; `language` has the lemmas.

    Raises QueryError, which says what is wrong and what to write, for a query that is empty, too
    long, or holds an empty alternative, a gap at its edge or a bad regular expression.
    """
    if len(text) > LONGEST:
        raise QueryError(f"the query has {len(text)} characters.", f"{LONGEST} are the most.")
    key = partial(fold, case=not case, accents=not accents)
    runs: list[list[Slot]] = [[]]
    gaps: list[int] = []
    for part in SLOT.findall(text):
        if gap := GAP.match(part):
            gaps.append(int(gap[1] or USUAL_GAP))
            runs.append([])
        else:
            runs[-1] += _Parser(text, key, language).slots(part)
    if runs == [[]]:
        raise QueryError("the query is empty.", "Give a word, such as therapy.")
    if not all(runs):
        raise QueryError(
            f"`{text}` has a gap with no word beside it.", r"Put words on both sides, or write \..."
        )
    return Query(text, tuple(map(tuple, runs)), tuple(gaps), case, accents)


def literal(word: str) -> str:
    """The query that finds this word and no other, whatever signs it has in it."""
    return SPECIAL.sub(r"\\\g<0>", word)


def corpus_query(corpus: Corpus, text: str) -> Query:
    """The parsed query, with the lemmas of the corpus' own language."""
    return parse_query(text, language=corpus.settings.book.language)


class _Parser:
    """The slots of one part of a query."""

    def __init__(self, query: str, key: partial[str], language: str) -> None:
        self.query, self.key, self.language = query, key, language

    def slots(self, part: str) -> list[Slot]:
        if len(part) > 1 and part[0] == part[-1] == "/":
            return [Pattern(to_re2(self.key(part[1:-1]) if self._folds_case(part) else part[1:-1]))]
        items = list(self._items(part))
        if len(items) == 1 and isinstance(items[0], str):
            return [Word(self.key(token)) for token in _tokens(items[0])]
        alternatives = [self._single(item) for item in items]
        return [alternatives[0] if len(alternatives) == 1 else Either(tuple(alternatives))]

    def _folds_case(self, part: str) -> bool:
        r"""Folding must not touch the classes \W and \D, whose meaning lies in their case."""
        return not re.search(r"\\[A-Z]", part)

    def _items(self, part: str) -> Iterator[str | Pattern | Lemma]:
        """The alternatives: a literal as text, a glob as a pattern."""
        if DANGLING.search(part):
            raise QueryError(f"`{self.query}` ends in a backslash.", r"Write \\ for one.")
        literal, pattern, wild, lemma = "", "", False, False
        for escaped, special, plain in PIECE.findall(part + "|"):
            if special == "|":
                yield self._item(literal, pattern, wild, lemma)
                literal, pattern, wild, lemma = "", "", False, False
            elif special:
                literal, pattern, wild = literal + special, pattern + WILD[special], True
            elif not (literal or lemma) and plain.startswith("@") and len(plain) > 1:
                lemma, literal = True, plain[1:]
            else:
                text = escaped or plain
                literal, pattern = literal + text, pattern + re.escape(self.key(text))

    def _item(self, literal: str, pattern: str, wild: bool, lemma: bool) -> str | Pattern | Lemma:
        if not literal:
            raise QueryError(
                f"`{self.query}` has an empty alternative.", "Put a word on both sides of each `|`."
            )
        if lemma:
            if wild:
                raise QueryError(f"`{self.query}` has a wildcard in a lemma.", "Write it out.")
            return Lemma(literal, self.language)
        return Pattern(pattern) if wild else literal

    def _single(self, item: str | Pattern | Lemma) -> Word | Pattern | Lemma:
        if not isinstance(item, str):
            return item
        tokens = _tokens(item)
        if len(tokens) != 1:
            raise QueryError(
                f"the alternative `{item}` is {len(tokens)} tokens: {' '.join(tokens)}.",
                "An alternative is one token.",
            )
        return Word(self.key(tokens[0]))


def _tokens(literal: str) -> list[str]:
    found = tokenise(literal)
    return [found.types[code] for code in found.codes.tolist()]
