"""The words that the chapters look at."""

from __future__ import annotations

import re

from manyvoices.corpus import Corpus
from manyvoices.errors import QueryError
from manyvoices.measures.frequencies import WITHHELD, frequency
from manyvoices.query import corpus_query

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
MOST = 6
SHORTEST = 5


def node_queries(corpus: Corpus) -> dict[str, str]:
    """The named queries of the description, by name.

    Where it has none: the six most frequent words of five letters or more over all counted
    voices, each under its own name (or as `node-1` and so on where that makes no name), ties in
    alphabetical order. Raises SettingsError, with file and line, for a query that cannot be parsed.
    """
    if corpus.settings.nodes:
        return {name: _checked(corpus, name) for name in corpus.settings.nodes}
    table = frequency(corpus)
    counts = table[table["type"] != WITHHELD].groupby("type")["count"].sum()
    words = [word for word in counts.index if len(word) >= SHORTEST and word.isalpha()]
    chosen = sorted(words, key=lambda word: (-counts[word], word))[:MOST]
    return {
        word if NAME.fullmatch(word) else f"node-{i}": word
        for i, word in enumerate(chosen, start=1)
    }


def _checked(corpus: Corpus, name: str) -> str:
    query = corpus.settings.nodes[name]
    try:
        corpus_query(corpus, query)
    except QueryError as error:
        raise corpus.description.error(error.found, error.cure, "nodes", name) from None
    return query
