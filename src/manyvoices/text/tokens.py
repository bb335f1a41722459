"""Words, marks and symbols as spans of a text.

A text is cut at white space into chunks; the token pattern then runs once on each distinct
chunk, and numpy spreads the answers over all places where the chunk stands. Every character
that is not white space belongs to exactly one token, so tokens and gaps rebuild the text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from manyvoices.text.patterns import MASK, token_pattern

_LAST_SPACE = 0x3000
_LONGEST_CACHED = 64
_FACES = frozenset(":;=<")
_KEYCAP = "\u20e3"


@dataclass(frozen=True, slots=True)
class Chunks:
    """The stretches between white space: spans, and codes into the distinct strings `types`."""

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    codes: NDArray[np.int32]
    types: list[str]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Token spans in text order: code points [start, end), and codes into the distinct `types`."""

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    codes: NDArray[np.int32]
    types: list[str]

    def __len__(self) -> int:
        """Return the number of tokens."""
        return len(self.starts)


def tokenise(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """Return the tokens of `text[start:end]`, with offsets in the whole text.

    `types` lists the distinct surface strings in order of first appearance. No token crosses
    white space (in the sense of `str.isspace`), and only white space is outside tokens.
    """
    chunks = chunk(text, start, end)
    cuts = [cut(surface) for surface in chunks.types]
    counts = np.fromiter(map(len, cuts), np.int32, len(cuts))
    ends = _flat(cuts, int(counts.sum()))
    first = np.cumsum(counts, dtype=np.int32) - counts
    starts = np.zeros_like(ends)
    starts[1:] = ends[:-1]
    starts[first] = 0
    codes, types = _surfaces(chunks.types, cuts)
    spread, where = _gather(counts, first, chunks.codes)
    base = np.repeat(chunks.starts, spread)
    return Tokens(base + starts[where], base + ends[where], codes[where], types)


def is_word(surface: str) -> bool:
    """Return whether the token has a letter or a digit and is no emoticon such as ":D".

    Withheld text counts as a word.
    """
    if surface.isalnum():
        return True
    if surface[:1] in _FACES or surface.endswith(_KEYCAP):
        return False
    return any(map(str.isalnum, surface)) or MASK in surface


def chunk(text: str, start: int = 0, end: int | None = None) -> Chunks:
    """Return the white-space separated chunks of `text[start:end]`, as `str.split` finds them."""
    part = text[start:end]
    strings = part.split()
    numbers = {surface: code for code, surface in enumerate(dict.fromkeys(strings))}
    codes = np.fromiter(map(numbers.__getitem__, strings), np.int32, len(strings))
    edges = _edges(part) + np.int32(slice(start, end).indices(len(text))[0])
    return Chunks(edges[0::2], edges[1::2], codes, list(numbers))


def cut(surface: str) -> tuple[int, ...]:
    """Return the ends of the tokens in one chunk (a string without white space)."""
    if surface.isalpha():
        return (len(surface),)
    return _cut_known(surface) if len(surface) <= _LONGEST_CACHED else _cut(surface)


def _cut(surface: str) -> tuple[int, ...]:
    return tuple(found.end() for found in token_pattern().finditer(surface))


_cut_known = lru_cache(maxsize=1 << 16)(_cut)


def _edges(part: str) -> NDArray[np.int32]:
    """Return the places where chunks start and end, by turns."""
    points = np.frombuffer(part.encode("utf-32-le", "surrogatepass"), np.uint32)
    inside = np.zeros(len(points) + 2, bool)
    inside[1:-1] = ~_space_table()[np.minimum(points, _LAST_SPACE + 1)]
    return np.flatnonzero(inside[1:] != inside[:-1]).astype(np.int32)


@cache
def _space_table() -> NDArray[np.bool_]:
    return np.array([chr(point).isspace() for point in range(_LAST_SPACE + 2)])


def _flat(cuts: Sequence[tuple[int, ...]], size: int) -> NDArray[np.int32]:
    return np.fromiter(chain.from_iterable(cuts), np.int32, size)


def _surfaces(
    chunks: Sequence[str], cuts: Sequence[tuple[int, ...]]
) -> tuple[NDArray[np.int32], list[str]]:
    numbers: dict[str, int] = {}
    codes: list[int] = []
    for surface, ends in zip(chunks, cuts, strict=True):
        start = 0
        for end in ends:
            codes.append(numbers.setdefault(surface[start:end], len(numbers)))
            start = end
    return np.array(codes, np.int32), list(numbers)


def _gather(
    counts: NDArray[np.int32], first: NDArray[np.int32], codes: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return, per chunk in the text, its number of tokens; per token, its row in the flat lists."""
    spread = counts[codes]
    ends = np.cumsum(spread, dtype=np.int32)
    total = int(ends[-1]) if len(ends) else 0
    return spread, np.repeat(first[codes] - (ends - spread), spread) + np.arange(
        total, dtype=np.int32
    )
