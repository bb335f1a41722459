"""What is found by its form: modality, negation, generic actors; and nouns made of verbs."""

from __future__ import annotations

from functools import cache

import numpy as np

from manyvoices.measures.agency.dictionary import Listed, lexicon
from manyvoices.measures.agency.forms import Forms, Places, is_verb
from manyvoices.query import Query, find_hits, parse_query
from manyvoices.store import Shard

POSSESSIVE_ENDINGS = ("'s", "s'")
# An ending of a noun, and what stands in its place in the verb.
ENDINGS = {
    "ification": ("ify",),
    "anation": ("ain",),
    "umption": ("ume",),
    "ntion": ("nd", "ne", "nt"),
    "isation": ("ise",),
    "ization": ("ize",),
    "ation": ("", "e", "ate"),
    "ition": ("e", "it", "ite"),
    "ption": ("be", "ve", "pt"),
    "sion": ("d", "de", "se", "t", "s"),
    "tion": ("t", "te", "ct"),
    "ment": ("",),
    "ance": ("", "e", "y"),
    "ence": ("", "e"),
    "al": ("", "e", "y"),
    "ure": ("", "e"),
    "very": ("ver",),
}
SHORTEST_STEM = 3


def find_listed(shard: Shard, listed: Listed) -> tuple[Places, Places]:
    """The first and the last token of every hit of a list, none of which lies over another.

    Of hits that overlap the first and longest stays; those that an exception overlaps go.
    """
    first, last = _all(shard, listed.find)
    out = np.zeros(len(shard.types) + 1, np.int64)
    for begin, end in zip(*_all(shard, listed.exceptions), strict=True):
        out[begin : end + 1] = 1
    cover = np.concatenate([[0], np.cumsum(out)])
    free = cover[last + 1] == cover[first] if len(first) else np.zeros(0, bool)
    return _apart(first[free], last[free])


def find_nominalisations(forms: Forms) -> Places:
    """Nouns made from a verb with an ending, whose doer is not named right beside them.

    Such a noun has an ending of the list, and without it a form that the lexicon has as a verb.
    A doer is named by a possessive before the noun, with adjectives between, by a listed word, or
    by a "by" after it.
    """
    listed = forms.words.forms["no_act"]
    act = forms.each(lambda form: singular(form) not in listed and is_act(form))
    owner = forms.listed("possessive") | forms.listed("actor")
    owner |= forms.each(lambda form: form.endswith(POSSESSIVE_ENDINGS))
    adjective = forms.each(lambda form: lexicon().get(form, "").startswith("JJ"))
    before = forms.before(~(adjective | forms.between))
    after = forms.after(np.ones(forms.size, bool))
    named = forms.at(owner, before) | forms.at(forms.each("by".__eq__), after)
    return np.flatnonzero(act & ~named)


@cache
def is_act(form: str) -> bool:
    """Whether a form is a noun that is made from a verb with one of the endings."""
    if not lexicon().get(form, "NN").startswith("NN"):
        return False
    single = singular(form)
    for ending, stems in ENDINGS.items():
        if single.endswith(ending):
            stem = single.removesuffix(ending)
            return len(stem) >= SHORTEST_STEM and any(is_verb(stem + end) for end in stems)
    return False


def singular(form: str) -> str:
    """A noun without the ending of its regular plural."""
    return form[:-3] + "y" if form.endswith("ies") else form.removesuffix("s")


@cache
def _parsed(query: str) -> Query:
    return parse_query(query)


def _all(shard: Shard, queries: tuple[str, ...]) -> tuple[Places, Places]:
    """The hits of any of the queries, in text order, the longest first at each place."""
    hits = [find_hits(shard, _parsed(query), shard.token_sentences) for query in queries]
    none = [np.zeros(0, np.intp)]
    first = np.concatenate([hit.first for hit in hits] or none)
    last = np.concatenate([hit.last for hit in hits] or none)
    order = np.lexsort([-last, first])
    return first[order], last[order]


def _apart(first: Places, last: Places) -> tuple[Places, Places]:
    """Those hits that begin behind the end of all before them."""
    if not len(first):
        return first, last
    reach = np.concatenate([[-1], np.maximum.accumulate(last)[:-1]])
    apart = first > reach
    return first[apart], last[apart]
