"""Dictionaries: categories of words and phrases, counted by voice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import TypeAdapter

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.errors import QueryError, SettingsError
from manyvoices.measures.rates import COLUMNS as RATE_COLUMNS
from manyvoices.measures.rates import rate_row
from manyvoices.query import Hits, Query, find_hits, parse_query
from manyvoices.settings import read_yaml
from manyvoices.store import Shard

Where = tuple[str | int, ...]
Categories = dict[str, tuple[Query, ...]]

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
COLUMNS = ["voice", "category", "level", "entries", *RATE_COLUMNS]


def dictionary(
    corpus: Corpus, file: Path | str, executor: engine.Executor | None = None
) -> pd.DataFrame:
    """One row per counted voice and category: how often its entries are met.

    Columns: voice, category (its names from the top, with a slash between), level (1 at the top),
    entries (how many it has, those of its categories among them), and those of `rate`: hits,
    words, per_10k, low, high (95 %), method, people, with the same floors.

    The file is YAML: a name for each category (small letters, digits, hyphens), under it a list of
    entries or a block of categories. Entries are queries (`manyvoices.query`): words, phrases,
    globs, lemmas, alternatives, gaps. ::

        address:
          we: [we, us, our, ours, ourselves]
          you: ["you|your|yours", thank you]
        thanks: [thank you, "thank*"]

    Within a category hits do not overlap: from left to right, of those that begin at a token the
    longest counts. A category counts what its own categories do under the same rule, so that it
    may have fewer hits than they together. Hits of different categories may overlap, as *thank
    you* does above. Raises SettingsError, with file and line, for a file that is not of that form.
    """
    categories = load_dictionary(file, corpus.settings.book.language)
    found = engine.run(partial(_part, categories=categories), _merge, corpus, executor)
    rows = [
        {
            "voice": name,
            "category": category,
            "level": category.count("/") + 1,
            "entries": len(queries),
            **rate_row(own.assign(hits=own[category]), voice.one_author),
        }
        for name, voice in corpus.voices.items()
        for own in (found[found["voice"] == name],)
        for category, queries in categories.items()
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def load_dictionary(file: Path | str, language: str = "en") -> Categories:
    """The entries of every category, those of its categories among them; the outer ones first.

    Raises SettingsError, with file and line, for a file that is not as `dictionary` wants it.
    """
    file = Path(file)
    if not file.is_file():
        raise SettingsError("there is no such file.", "Give the path of a dictionary.", file=file)
    data, lines = read_yaml(file, TypeAdapter(dict[str, Any]))
    return dict(_Reader(file, lines, language).categories(data, ()))


class _Reader:
    """Turns the blocks of a file into categories, and mistakes into errors with their lines."""

    def __init__(self, file: Path, lines: Mapping[Where, int], language: str) -> None:
        self.file, self.lines, self.language = file, lines, language

    def categories(self, block: Any, where: Where) -> Iterator[tuple[str, tuple[Query, ...]]]:
        if not block:
            raise self._error("is empty", "Give it entries, or take it out.", where)
        for name, content in block.items():
            here = (*where, name)
            if not NAME.fullmatch(name):
                raise self._error(
                    "is no name for a category", "Use small letters, digits and hyphens.", here
                )
            inner = dict(self.categories(content, here)) if isinstance(content, dict) else {}
            own = () if inner else self._entries(content, here)
            leaves = [q for path, q in inner.items() if path.count("/") == len(here)]
            yield "/".join(map(str, here)), tuple(query for one in (own, *leaves) for query in one)
            yield from inner.items()

    def _entries(self, content: Any, where: Where) -> tuple[Query, ...]:
        if not isinstance(content, list) or not content:
            cure = "Give a list of entries, as in [we, us], or a block of categories."
            raise self._error("has no entries", cure, where)
        return tuple(self._entry(text, (*where, i)) for i, text in enumerate(content))

    def _entry(self, text: Any, where: Where) -> Query:
        if not isinstance(text, str):
            raise self._error("holds what is no text", "Put each entry in quotes.", where)
        try:
            return parse_query(text, language=self.language)
        except QueryError as error:
            raise SettingsError(
                error.found, error.cure, file=self.file, line=self.lines[where]
            ) from None

    def _error(self, what: str, cure: str, where: Where) -> SettingsError:
        name = "/".join(part for part in where if isinstance(part, str)) or "the dictionary"
        return SettingsError(f"`{name}` {what}.", cure, file=self.file, line=self.lines[where])


def _part(shard: Shard, categories: Categories) -> pd.DataFrame:
    """One row a sentence: its voice, person and words, and its hits of each category."""
    queries = {query: None for own in categories.values() for query in own}
    hits = {query: find_hits(shard, query, shard.token_documents) for query in queries}
    documents = shard.paragraph_documents[shard.sentence_paragraphs].tolist()
    size = len(shard.sentence_starts)
    counts = {
        category: np.bincount(
            shard.token_sentences[first_tokens([hits[query] for query in own])], minlength=size
        )
        for category, own in categories.items()
    }
    return pd.DataFrame(
        {
            "voice": [shard.documents[i].voice for i in documents],
            "person": [shard.documents[i].person for i in documents],
            "words": np.bincount(shard.token_sentences[shard.words], minlength=size),
            **counts,
        }
    )


def _merge(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([left, right], ignore_index=True)


def first_tokens(hits: list[Hits]) -> NDArray[np.intp]:
    """The first token of each hit that counts: from left to right the longest, without overlaps."""
    first = np.concatenate([one.first for one in hits])
    last = np.concatenate([one.last for one in hits])
    if (first == last).all():
        return np.unique(first)
    kept, end = [], -1
    for i in np.lexsort([-last, first]).tolist():
        if first[i] > end:
            kept.append(first[i])
            end = last[i]
    return np.array(kept, np.intp)
