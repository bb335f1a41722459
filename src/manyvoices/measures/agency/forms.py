"""What the rules ask of a token, decided once per type and gathered per token."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from manyvoices.measures.agency.dictionary import Words, lexicon
from manyvoices.store import Flags, Shard

Places = NDArray[np.intp]

QUOTES = frozenset("\"'()[]")
CLOSERS = frozenset(".?!,;:()[]-\u2013\u2014\u2026=")
VERB_TAGS = ("VB", "VBD", "VBN", "VBP", "VBZ")
ADJECTIVE_ENDINGS = ("ous", "ful", "less", "ive", "able", "ible", "ical", "ial", "ic", "al", "ary")
VERB_ENDINGS = ("ise", "ises", "ize", "izes", "ify", "ifies")
SHORTEST_PARTICIPLE = 4


class Forms:
    """The tokens of a shard, with what the rules ask of each.

    Every attribute is one flag a token; `hard[i]` is the last token before `i` in its sentence
    that is no adverb, quotation mark or bracket, or -1.
    """

    def __init__(self, shard: Shard, words: Words) -> None:
        self.shard, self.words = shard, words
        self.sentence = shard.token_sentences
        self.size = len(shard.types)
        self._made: dict[str, Flags] = {}

    def each(self, decide: Callable[[str], bool]) -> Flags:
        """A flag per token, from a decision per folded type; hidden types have none."""
        shard = self.shard
        per_type = np.fromiter(map(decide, shard.folded), bool, len(shard.folded))
        shown: Flags = (per_type & ~shard.hidden_types)[shard.types]
        return shown

    def listed(self, name: str) -> Flags:
        """Whether a token is among the forms of that name."""
        if name not in self._made:
            self._made[name] = self.each(self.words.forms[name].__contains__)
        return self._made[name]

    @cached_property
    def participle(self) -> Flags:
        """Whether a token can be a past participle, by its ending or as an irregular one."""
        irregular, others = self.words.forms["irregular"], self.words.forms["not_participle"]
        return self.each(
            lambda form: form in irregular or (_ends_as_participle(form) and form not in others)
        )

    @cached_property
    def state(self) -> Flags:
        """Whether a participle tells of a state: it is listed, or an adjective by the lexicon."""
        states, tags = self.words.forms["state"], lexicon()
        return self.each(lambda form: form in states or tags.get(form) == "JJ")

    @cached_property
    def between(self) -> Flags:
        """Whether a token may stand between an auxiliary and its verb."""
        listed = self.words.forms["between"]
        return self.each(lambda form: form in listed or is_adverb(form) or form in QUOTES)

    @cached_property
    def noun(self) -> Flags:
        """Whether a token is a noun, by the lexicon or for want of any other mark."""
        return self.each(is_noun)

    @cached_property
    def gerund(self) -> Flags:
        """Whether a token ends in -ing and is no noun by the lexicon."""
        return self.each(lambda form: form.endswith("ing") and lexicon().get(form, "VBG") == "VBG")

    @cached_property
    def closer(self) -> Flags:
        """Whether a token is a mark at which a clause or a parenthesis ends."""
        return self.each(lambda form: form[:1] in CLOSERS)

    @cached_property
    def hard(self) -> Places:
        """The last token before each one, in its sentence, that is none of `between`."""
        return self.before(~self.between)

    def before(self, flags: Flags) -> Places:
        """The last flagged token before each one in its sentence, or -1."""
        at = np.maximum.accumulate(np.where(flags, np.arange(self.size), -1))
        last = np.concatenate([[-1], at[:-1]]).astype(np.intp)[: self.size]
        return np.where(self.together(last, np.arange(self.size)), last, -1)

    def after(self, flags: Flags) -> Places:
        """The first flagged token after each one in its sentence, or -1."""
        at = np.where(flags, np.arange(self.size), self.size)
        first = np.minimum.accumulate(at[::-1])[::-1]
        following = np.concatenate([first[1:], [self.size]]).astype(np.intp)[: self.size]
        following = np.where(following < self.size, following, -1)
        return np.where(self.together(following, np.arange(self.size)), following, -1)

    def together(self, left: Places, right: Places) -> Flags:
        """Whether two tokens stand in the same sentence; -1 stands in none."""
        if not self.size:
            return np.zeros(0, bool)
        same: Flags = self.sentence[left] == self.sentence[right]
        return same & (left >= 0) & (right >= 0)

    def at(self, flags: Flags, places: Places) -> Flags:
        """The flags at places; nothing at -1."""
        if not self.size:
            return np.zeros(0, bool)
        found: Flags = flags[places] & (places >= 0)
        return found


def is_adverb(form: str) -> bool:
    """Whether a form is an adverb in -ly."""
    return form.endswith("ly") and len(form) > 4 and lexicon().get(form, "RB") == "RB"


def is_noun(form: str) -> bool:
    """Whether a form is a noun by the lexicon, or unknown to it and without an ending of others."""
    tag = lexicon().get(form)
    if tag is not None:
        return tag.startswith("NN")
    if not form[:1].isalpha() or form.endswith(("ed", "ing", "ly")):
        return False
    return not form.endswith(ADJECTIVE_ENDINGS)


def is_verb(form: str) -> bool:
    """Whether a form can be a verb: the lexicon has it as one, or has its participle."""
    tags = lexicon()
    if tags.get(form, "").startswith("VB") and tags[form] != "VBG":
        return True
    if form not in tags and form.endswith(VERB_ENDINGS):
        return True
    return any(tags.get(other, "") in VERB_TAGS for other in _participles(form))


def _participles(form: str) -> list[str]:
    """The regular participles of a form taken as a verb, with or without its ending in -s."""
    stems = [form, form[:-1], form[:-2]] if form.endswith("s") else [form]
    if form.endswith("ies"):
        stems.append(form[:-3] + "y")
    found = [stem + "ed" for stem in stems] + [stem + "d" for stem in stems if stem.endswith("e")]
    return found + [stem[:-1] + "ied" for stem in stems if stem.endswith("y")]


def _ends_as_participle(form: str) -> bool:
    return form.endswith("ed") and len(form) >= SHORTEST_PARTICIPLE and form[0].isalpha()
