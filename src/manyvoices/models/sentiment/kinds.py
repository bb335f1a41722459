"""What VADER's rules ask of a token, found out once per distinct chunk between spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]

MOST_CHUNKS = 1 << 20  # chunks that are remembered, so that memory has a bound
SURROGATE = re.compile("[\ud800-\udfff]")

# The words that the rules name, first the absence of any; the package lists those of phrases.
NAMED = (
    *("", "no", "or", "nor", "kind", "of", "never", "so", "this", "without", "doubt"),
    *("least", "at", "very", "but"),
)


class Kind(NamedTuple):
    """What the rules ask of a token; tokens that answer alike are of one kind.

    `word` is the number of the word among those that rules or phrases name, `blank` the absence
    of any token.
    """

    valence: float = 0.0
    boost: float = 0.0
    known: bool = False
    upper: bool = False
    negates: bool = False
    blank: bool = False
    word: int = 0


KIND = np.dtype(list(zip(Kind._fields, ("f8", "f8", "?", "?", "?", "?", "i1"), strict=True)))
BLANK, PLAIN, CAPITALS = Kind(blank=True), Kind(), Kind(upper=True)


class Rules:
    """The package's constants, and its lexicon with changes; the chunks met so far."""

    def __init__(self, changes: Mapping[str, float | None]) -> None:
        from vaderSentiment import vaderSentiment  # type: ignore[import-untyped]

        self.package = package = vaderSentiment
        self.analyser = package.SentimentIntensityAnalyzer()
        self.lexicon: dict[str, float] = self.analyser.lexicon
        for word, valence in changes.items():
            self.lexicon.pop(word, None)
            if valence is not None:
                self.lexicon[word] = valence
        phrases = [*package.SPECIAL_CASES, *package.BOOSTER_DICT]
        self.phrases = [phrase.split() for phrase in phrases if " " in phrase]
        of_phrases = (word for phrase in self.phrases for word in phrase)
        self.words = tuple(dict.fromkeys([*NAMED, *of_phrases]))
        self.numbers = {word: number for number, word in enumerate(self.words)}
        self.asked = {*self.lexicon, *package.BOOSTER_DICT, *package.NEGATE, *self.words}
        self.emoji = frozenset(char for char in self.analyser.emojis if len(char) == 1)
        self.chunks = Chunks(self)

    @cached_property
    def pairs(self) -> Flags:
        """By the numbers of two words: whether they are neighbours in a phrase."""
        pairs = np.zeros((len(self.words), len(self.words)), bool)
        for phrase in self.phrases:
            numbers = [self.numbers[word] for word in phrase]
            pairs[numbers[:-1], numbers[1:]] = True
        return pairs

    def kind(self, chunk: str) -> Kind:
        """What the rules ask of the token in a chunk."""
        if not chunk:
            return BLANK
        token = self.package.SentiText._strip_punc_if_word(chunk)
        lower = token.lower()
        if lower not in self.asked and "n't" not in lower:
            return CAPITALS if token.isupper() else PLAIN
        return Kind(
            valence=self.lexicon.get(lower, 0.0),
            boost=self.package.BOOSTER_DICT.get(lower, 0.0),
            known=lower in self.lexicon,
            upper=token.isupper(),
            negates=self.package.negated([lower]),
            word=self.numbers.get(lower, 0),
        )

    def plain(self, text: str) -> str:
        """The text as Arrow splits it rightly, with emoji put into words as the package does it.

        Arrow cannot hold a lone surrogate; the mark that replaces it means as little to the rules.
        At white space that ends a text, Arrow reads on behind it, so there must be none; and only
        plain spaces stand between the words of what is not ASCII.
        """
        if text.isascii():
            return text.strip()
        text = SURROGATE.sub("\ufffd", text)
        if not self.emoji.isdisjoint(text):
            text = "".join(self._described(text))
        return " ".join(text.split())

    def _described(self, text: str) -> Iterator[str]:
        after_space = True
        for char in text:
            known = char in self.emoji
            if known and not after_space:
                yield " "
            yield self.analyser.emojis[char] if known else char
            after_space = char == " "


class Chunks(dict[str, int]):
    """The number of the kind of every chunk; a new chunk is looked at when it is asked for."""

    def __init__(self, rules: Rules) -> None:
        super().__init__()
        self.rules = rules
        self.numbers = {BLANK: 0}
        self._table = np.zeros(0, KIND)

    def __missing__(self, chunk: str) -> int:
        number = self.numbers.setdefault(self.rules.kind(chunk), len(self.numbers))
        if len(self) < MOST_CHUNKS:
            self[chunk] = number
        return number

    @property
    def table(self) -> NDArray[np.void]:
        """One record a kind, under its number."""
        if len(self._table) < len(self.numbers):
            new = list(self.numbers)[len(self._table) :]
            self._table = np.concatenate([self._table, np.array(new, KIND)])
        return self._table
