"""The concordance query language, compiled to sets of types.

A query is one or more words with spaces between. A word may hold `*` (any characters, or none)
and `?` (one character), and alternatives with `|`: `nudge|behaviour*`. Case, and the shape of
apostrophes and quotation marks, do not matter. Words must follow one another as tokens; a
punctuation mark is a token of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from manyvoices.errors import QueryError
from manyvoices.store import HIDDEN_MARK, HIDDEN_WORD, Flags, Shard
from manyvoices.text.folding import fold
from manyvoices.text.tokens import tokenise

WILD = re.compile(r"[*?]")


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query: for each token in turn, the RE2 pattern that its folded type must match."""

    text: str
    slots: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.slots)

    def starts(self, shard: Shard) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
        """The tokens of a shard at which a hit begins, in order; hits stay in one document."""
        size = len(shard.types) - len(self) + 1
        if size <= 0:
            return np.zeros(0, np.intp)
        hit = np.ones(size, bool)
        for i, slot in enumerate(self.slots):
            hit &= _matching(shard, slot)[shard.types[i : i + size]]
        documents = shard.token_documents
        hit &= documents[:size] == documents[len(self) - 1 :]
        return np.flatnonzero(hit)


def parse_query(text: str) -> Query:
    """The parsed query. Raises QueryError if it is empty or has an empty alternative."""
    words = text.split()
    if not words:
        raise QueryError("the query is empty.", "Give a word, such as therapy.")
    return Query(text, tuple(slot for word in words for slot in _slots(word, text)))


def _slots(word: str, query: str) -> list[str]:
    alternatives = word.split("|")
    if not all(alternatives):
        raise QueryError(
            f"`{query}` has an empty alternative.", "Put a word on both sides of each `|`."
        )
    if len(alternatives) == 1 and not WILD.search(word):
        tokens = tokenise(word)
        return [re.escape(fold(tokens.types[code])) for code in tokens.codes.tolist()]
    return ["|".join(_glob(fold(alternative)) for alternative in alternatives)]


def _glob(pattern: str) -> str:
    """An RE2 pattern for a glob; a bare `*` needs at least one character, as a token has."""
    wild = {"*": ".*", "?": "."}
    return "".join(wild.get(c, re.escape(c)) for c in pattern)


def _matching(shard: Shard, slot: str) -> Flags:
    """Per type of the shard: whether its folded form matches; hidden words never do."""
    return _match_types(shard.folded, slot)


@lru_cache(maxsize=256)
def _match_types(folded: tuple[str, ...], slot: str) -> Flags:
    import pyarrow as pa
    import pyarrow.compute as pc

    found = pc.match_substring_regex(pa.array(folded, pa.string()), f"^(?s:{slot})$")
    hidden = np.fromiter((HIDDEN_WORD in name or HIDDEN_MARK in name for name in folded), bool)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool) & ~hidden
