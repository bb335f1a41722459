"""Words, marks and symbols as spans of a text.

A text is cut at white space into chunks; the token pattern then runs once on each distinct
chunk, and numpy spreads the answers over all places where the chunk stands. Every character
that is not white space belongs to exactly one token, so tokens and gaps rebuild the text.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Sized
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, count

import numpy as np
from numpy.typing import NDArray

from manyvoices.text.patterns import MASK, token_pattern

_LAST_SPACE = 0x3000
_FACES = frozenset(":;=<")
_PLAIN_MARKS = frozenset(",;:!?)\"'")
_BLOCK = 1 << 16
_SPACE = re.compile(r"\s")
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
    pieces = [cut(surface) for surface in chunks.types]
    surfaces = list(chain.from_iterable(pieces))
    lengths = _lengths(surfaces)
    ends = np.cumsum(lengths, dtype=np.int32)
    counts = _lengths(pieces)
    first = np.cumsum(counts, dtype=np.int32) - counts
    numbering = _numbering()
    codes = _numbers(numbering, surfaces)
    spread = counts[chunks.codes]
    where = _gather(first[chunks.codes], spread)
    shift = np.repeat(chunks.starts - (ends - lengths)[first][chunks.codes], spread)
    ends_here = shift + ends[where]
    return Tokens(ends_here - lengths[where], ends_here, codes[where], list(numbering))


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
    numbering = _numbering()
    codes, edges = [], []
    for low, high in _blocks(text, *slice(start, end).indices(len(text))[:2]):
        part = text[low:high]
        codes.append(_numbers(numbering, part.split()))
        edges.append(_edges(part) + np.int32(low))
    bounds = np.concatenate(edges)
    return Chunks(bounds[0::2], bounds[1::2], np.concatenate(codes), list(numbering))


def _numbering() -> defaultdict[str, int]:
    """Return a dict that numbers strings in the order in which they are first asked for."""
    return defaultdict(count().__next__)


def _numbers(numbering: defaultdict[str, int], strings: Sequence[str]) -> NDArray[np.int32]:
    return np.fromiter(map(numbering.__getitem__, strings), np.int32, len(strings))


def _lengths(sized: Sequence[Sized]) -> NDArray[np.int32]:
    return np.fromiter(map(len, sized), np.int32, len(sized))


def _blocks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a long text at white space into blocks that stay in the processor's cache."""
    while end - start > _BLOCK and (space := _SPACE.search(text, start + _BLOCK, end)):
        yield start, space.start()
        start = space.start()
    yield start, end


@lru_cache(maxsize=1 << 17)
def cut(surface: str) -> tuple[str, ...]:
    """Return the tokens of one chunk (a string without white space)."""
    if surface.isalpha():
        return (surface,)
    if surface[-1] in _PLAIN_MARKS and surface[:-1].isalpha():
        return surface[:-1], surface[-1]
    return tuple(found.group() for found in token_pattern().finditer(surface))


def _edges(part: str) -> NDArray[np.int32]:
    """Return the places where chunks start and end, by turns."""
    points = np.frombuffer(part.encode("utf-32-le", "surrogatepass"), np.uint32)
    inside = np.zeros(len(points) + 2, bool)
    inside[1:-1] = ~_space_table()[np.minimum(points, _LAST_SPACE + 1)]
    return np.flatnonzero(inside[1:] != inside[:-1]).astype(np.int32)


@cache
def _space_table() -> NDArray[np.bool_]:
    return np.array([chr(point).isspace() for point in range(_LAST_SPACE + 2)])


def _gather(first: NDArray[np.int32], spread: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return first, first + 1, ... for each chunk, `spread` numbers each, in one array."""
    before = np.cumsum(spread, dtype=np.int32) - spread
    total = int(spread.sum())
    return np.repeat(first - before, spread) + np.arange(total, dtype=np.int32)
