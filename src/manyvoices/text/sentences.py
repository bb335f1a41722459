"""Sentences as spans of a paragraph.

Each distinct chunk (see `tokens`) is judged once: what its end says about the end of a sentence,
and what its beginning says about the start of one. A small table then decides at every place
where two chunks meet.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from manyvoices.text.patterns import BEFORE_NUMBERS, CONNECTORS, TITLES, word_set
from manyvoices.text.tokens import Chunks, chunk, cut, is_word

# What a chunk's end says, from weak to strong: nothing; the end if a sentence plainly starts next
# ("U.K. The"); if no number follows ("No. 5"); if no small letter follows ("...", ".”"); the end.
NEVER, BEFORE_STARTER, BEFORE_NO_NUMBER, BEFORE_NO_SMALL, ALWAYS = range(5)
# What a chunk's beginning says.
SMALL, CAPITAL, STARTER, NUMBER, SIGN = range(5)
_SPLITS = np.array(
    [  # small, capital, starter, number, sign
        [False, False, False, False, False],
        [False, False, True, False, False],
        [True, True, True, False, True],
        [False, True, True, True, True],
        [True, True, True, True, True],
    ]
)
_VERDICT, _LEANS_LEFT, _LISTS, _BREAKS_INSIDE = 7, 64, 128, 256

_CLOSERS = frozenset("\"'\u2019\u201d\u00bb\u203a)]}*_~") | {"**", "__", "~~", "***"}
_NUMBERED = BEFORE_NUMBERS | word_set("no nos fig figs art sec ch")
_NUMBERED_LETTERS = word_set("p c")
_BEFORE_NAMES = (TITLES | CONNECTORS) - word_set("st mt")
_OPEN_ENDED = word_set("etc al")
_UNITS = word_set("min mins hr hrs secs lb lbs oz ft sq cm mm km kg tel ext ave blvd")
_STARTERS = word_set(
    "a after all although an and another any are as at because before but by can did do does "
    "even every for from had has have he her here his how however i if in is it its many maybe "
    "more most my no not now of on once one only or our perhaps she since so some still such "
    "than thank thanks that the their then there these they this those though to too until was "
    "we well were what when where which while who why will with without would yes yet you your"
)
_LIST_MARKER = re.compile(r"\(?(?:\d{1,3}|[^\W\d_]|[ivx]{1,4})[.)]", re.IGNORECASE)
_FIRST_PICTURE = 0x2600


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the sentences of one paragraph, `text[start:end]`, as spans in the whole text.

    Spans are [start, end) in code points, in order, without white space at their edges; together
    they cover every token, and no token crosses from one into the next.
    """
    low, high, _ = slice(start, end).indices(len(text))
    starts, ends = sentence_bounds(text, np.array([low]), np.array([high]))
    return list(zip(starts.tolist(), ends.tolist(), strict=True))


def sentence_bounds(
    text: str, starts: NDArray[np.integer], ends: NDArray[np.integer]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the starts and the ends of the sentences of many paragraphs at once.

    Paragraphs are spans in text order, bounded by white space; what lies between them is left
    out. The answer is that of `split_sentences` on each paragraph, several times faster.
    """
    low, high = (int(starts[0]), int(ends[-1])) if len(starts) else (0, 0)
    chunks, heads = _inside(chunk(text, low, high), starts, ends)
    if not len(heads):
        return chunks.starts, chunks.ends
    marks = np.fromiter(map(_judge, chunks.types), np.int32, len(chunks.types))[chunks.codes]
    first = _first_chunks(marks, heads)
    last = np.append(first[1:], len(marks)) - 1
    inside = _breaks_inside(chunks, np.flatnonzero(marks & _BREAKS_INSIDE))
    return _merged(chunks.starts[first], inside), _merged(chunks.ends[last], inside)


def _inside(
    chunks: Chunks, starts: NDArray[np.integer], ends: NDArray[np.integer]
) -> tuple[Chunks, NDArray[np.bool_]]:
    """Return the chunks inside paragraphs, and for each whether it is the first of one."""
    paragraphs = np.searchsorted(starts, chunks.starts, "right") - 1
    keep = chunks.ends <= ends[paragraphs]
    kept = Chunks(chunks.starts[keep], chunks.ends[keep], chunks.codes[keep], chunks.types)
    paragraphs = paragraphs[keep]
    heads = np.ones(len(paragraphs), bool)
    heads[1:] = paragraphs[1:] != paragraphs[:-1]
    return kept, heads


def _first_chunks(marks: NDArray[np.int32], heads: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return the chunks that begin a sentence. Signs that lean left stay with the chunk before."""
    stands = np.flatnonzero(heads | ((marks & _LEANS_LEFT) == 0))
    verdicts = np.maximum.reduceat(marks & _VERDICT, stands)
    begins = heads[stands]
    openings = _openings(marks[stands], begins)
    lists = (marks[stands] & _LISTS) > 0
    begins[1:] |= _SPLITS[verdicts[:-1], openings[1:]]
    begins[1:] &= heads[stands[1:]] | ~(lists & begins)[:-1]
    return stands[begins]


def _merged(bounds: NDArray[np.int32], more: list[int]) -> NDArray[np.int32]:
    return np.sort(np.append(bounds, np.array(more, np.int32))) if more else bounds


def _openings(marks: NDArray[np.int32], heads: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Return how each chunk begins; a dash or other sign begins as the next word here does."""
    kinds = (marks >> 3) & 7
    stops = np.append(heads[1:], True) | (kinds != SIGN)
    places = np.where(stops, np.arange(len(kinds)), len(kinds))
    return kinds[np.minimum.accumulate(places[::-1])[::-1]]


def _breaks_inside(chunks: Chunks, where: NDArray[np.intp]) -> list[int]:
    return [
        int(chunks.starts[place]) + offset
        for place in where
        for offset in _inner_ends(cut(chunks.types[chunks.codes[place]]))
    ]


@lru_cache(maxsize=1 << 17)
def _judge(surface: str) -> int:
    """Return what a chunk says about sentences, packed: its end, its beginning, three flags."""
    if surface.isalpha():
        return _opening(surface) << 3
    tokens = cut(surface)
    word = next(filter(is_word, tokens), None)
    kind = SIGN if word is None else _opening(word)
    flags = _LISTS if _LIST_MARKER.fullmatch(surface) else 0
    flags |= _BREAKS_INSIDE if _inner_ends(tokens) else 0
    flags |= _LEANS_LEFT if word is None and _leans_left(tokens) else 0
    return _verdict(tokens) | kind << 3 | flags


def _opening(word: str) -> int:
    first = next(filter(str.isalnum, word), "x")
    if first.isdigit():
        return NUMBER
    if first.islower():
        return SMALL
    stem = word.replace("\u2019", "'").partition("'")[0]
    return STARTER if stem.lower() in _STARTERS else CAPITAL


def _verdict(tokens: Sequence[str]) -> int:
    """Return what the end of a chunk says, from its last tokens."""
    size = len(tokens)
    while size and tokens[size - 1] in _CLOSERS:
        size -= 1
    if not size:
        return NEVER
    last, before = tokens[size - 1], tokens[size - 2] if size > 1 else ""
    if is_word(last):
        return _verdict_of_abbreviation(last)
    strength = BEFORE_NO_SMALL if size < len(tokens) else ALWAYS
    if last == ".":
        return min(strength, _verdict_of_stop(before))
    if last[0] in "!?":
        return strength
    return BEFORE_NO_SMALL if last[0] in ".\u2026" else _verdict_of_sign(last)


def _verdict_of_abbreviation(word: str) -> int:
    if not word.endswith("."):
        return NEVER
    name = word[:-1].lower()
    if name in _BEFORE_NAMES:
        return NEVER
    if name in _NUMBERED:
        return BEFORE_NO_NUMBER
    return BEFORE_NO_SMALL if name in _OPEN_ENDED else BEFORE_STARTER


def _verdict_of_stop(before: str) -> int:
    """Return what a full stop says after a word: initials, "No." and "min." may go on."""
    if before.lower() in _NUMBERED or before in _NUMBERED_LETTERS:
        return BEFORE_NO_NUMBER
    if before in _UNITS or (len(before) == 1 and before.islower() and before != "v"):
        return BEFORE_NO_SMALL
    if before == "v" or (len(before) == 1 and before.isupper() and before != "I"):
        return BEFORE_STARTER
    return ALWAYS


def _verdict_of_sign(sign: str) -> int:
    """Return what an emoji or emoticon says: a sentence may end there."""
    picture = ord(sign[0]) >= _FIRST_PICTURE and unicodedata.category(sign[0]) == "So"
    return BEFORE_STARTER if picture or (len(sign) > 1 and sign[0] in ":;=<^") else NEVER


def _leans_left(tokens: Sequence[str]) -> bool:
    """Return whether a chunk without words closes what stands before it."""
    return _verdict(tokens) > NEVER or all(token in "\u2019\u201d\u00bb)]}" for token in tokens)


def _inner_ends(tokens: Sequence[str]) -> list[int]:
    """Return where sentences end inside a chunk, as in "again.Then" (the space was forgotten)."""
    ends = []
    place = 0
    for before, stop, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        place += len(before)
        if _is_forgotten_space(before, stop, after):
            ends.append(place + len(stop))
    return ends


def _is_forgotten_space(before: str, stop: str, after: str) -> bool:
    if stop[0] not in ".!?" or len(before) < 2 or not before[-1].islower():
        return False
    if stop[0] == ".":
        return after in ("I", "A") or (after[:1].isupper() and after[1:2].islower())
    return after[:1].isalpha()
