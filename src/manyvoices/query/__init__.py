r"""The concordance query language, compiled to sets of types.

A query is one or more slots with spaces between, each for one token:

``therapy``
    a word. Case, and the shape of apostrophes and quotation marks, do not matter.

``behav*``, ``wom?n``
    ``*`` stands for any characters, or none, ``?`` for one. A ``*`` alone is any token.

``nudge|behaviour*``
    alternatives.

``@cope``
    any form of a lemma.

``/(de)?stigmati[sz]e/``
    a regular expression for the whole token, in a subset that cannot run away: no look-around,
    no backreference. Known are ``. [...] (...) | * + ? {m,n}`` and the classes ``\w`` and ``\d``.

``...`` or ``...3``
    a gap of at most five tokens, or of at most so many, as short as can be.

A backslash takes away a special meaning: ``\?``, ``\*``, ``\|``, ``\@``, ``\/``, ``\...``.
Words follow one another as tokens; a punctuation mark is a token of its own.
"""

from manyvoices.query.matching import Hits, find_hits
from manyvoices.query.parsing import Query, corpus_query, literal, parse_query

__all__ = ["Hits", "Query", "corpus_query", "find_hits", "literal", "parse_query"]
