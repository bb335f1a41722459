"""Who does what to whom: subject, verb and object of plain clauses in the active voice.

The rules look at forms and places, not at meaning; they miss more than they find. What they find
is there to be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from manyvoices.measures.agency.dictionary import Words, lexicon
from manyvoices.measures.agency.forms import is_adverb, is_noun, is_verb
from manyvoices.store import Shard

MARKS = frozenset("\"'")
FINITE = ("VBD", "VBP", "VBZ", "VB", "MD")
ADJECTIVES = ("JJ", "JJR", "JJS", "CD", "VBN", "VBG", "NN", "NNS", "NNP", "NNPS")


class Triple(NamedTuple):
    """The tokens of a subject's head, a verb and its object's head."""

    actor: int
    process: int
    goal: int


def find_triples(shard: Shard, words: Words) -> list[Triple]:
    """The triples of every sentence, in text order. Hidden words are in none."""
    edges = shard.sentence_tokens.tolist()
    hidden = shard.hidden_types.tolist()
    forms = ["" if hide else form for form, hide in zip(shard.folded, hidden, strict=True)]
    found = []
    for start, end in pairwise(edges):
        sentence = _Clause([forms[code] for code in shard.types[start:end].tolist()], words)
        found += [Triple(*(start + place for place in triple)) for triple in sentence.triples()]
    return found


class _Clause:
    """One sentence, as folded forms."""

    def __init__(self, forms: list[str], words: Words) -> None:
        self.forms, self.lists = forms, words.forms

    def triples(self) -> Iterator[Triple]:
        at = 0
        while at < len(self.forms):
            verb = self.main_verb(at)
            actor = self.subject(at) if verb is not None else None
            goal = self.object(verb + 1) if verb is not None and actor is not None else None
            if verb is not None and actor is not None and goal is not None:
                yield Triple(actor, verb, goal)
                at = verb
            at += 1

    def is_(self, at: int, *names: str) -> bool:
        """Whether the form at a place is in any of the lists."""
        inside = 0 <= at < len(self.forms)
        return inside and any(self.forms[at] in self.lists[name] for name in names)

    def main_verb(self, at: int) -> int | None:
        """The lexical verb of the group that begins here, if one does."""
        if self.is_(at, "modal", "do"):
            return self.infinitive(self.skip(at + 1))
        if self.is_(at, "be"):
            return self.after_be(self.skip(at + 1))
        if self.is_(at, "have"):
            following = self.skip(at + 1)
            return following if self.participle(following) else self.plain(at)
        return self.plain(at)

    def infinitive(self, at: int) -> int | None:
        if self.is_(at, "be"):
            return self.after_be(self.skip(at + 1))
        if self.is_(at, "have") and self.participle(self.skip(at + 1)):
            return self.skip(at + 1)
        return at if at < len(self.forms) and can_be_verb(self.forms[at]) else None

    def after_be(self, at: int) -> int | None:
        """A verb in -ing, or the infinitive of *are to* and *meant to*."""
        if at < len(self.forms) and self.forms[at].endswith("ing") and not self.is_(at, "be"):
            return at
        if self.is_(at, "half_modal"):
            at += 1
        if at < len(self.forms) and self.forms[at] == "to":
            return self.infinitive(at + 1)
        return None

    def plain(self, at: int) -> int | None:
        """A finite verb without an auxiliary; a form that could be a noun needs more around it."""
        form = self.forms[at]
        if self.is_(at, "pronoun", "pronoun_object", "determiner", "preposition", "coordinator"):
            return None
        if self.is_(at, "raising") and at + 1 < len(self.forms) and self.forms[at + 1] == "to":
            return self.infinitive(at + 2)
        if form in self.lists["have"]:
            return at if form.isalpha() else None
        tag = lexicon().get(form)
        if tag in ("VBD", "VBZ", "VBP") or (tag is None and form.endswith("ed")):
            return at
        if not can_be_verb(form) or form.endswith("ing"):
            return None
        opens = self.is_(at + 1, "determiner", "pronoun_object")
        return at if tag == "VB" or opens or self.is_(self.back(at - 1), "pronoun") else None

    def participle(self, at: int) -> bool:
        inside = at < len(self.forms)
        return inside and (
            self.is_(at, "irregular")
            or (self.forms[at].endswith("ed") and not self.is_(at, "not_participle"))
        )

    def subject(self, at: int) -> int | None:
        """The head of the noun phrase that ends before a place, out of its prepositional ones."""
        place = self.back(at - 1)
        if self.is_(place, "pronoun", "pronoun_object"):
            return place if not self.is_(place - 1, "preposition") else None
        if place < 0 or not is_noun(self.forms[place]):
            return None
        for _ in range(3):
            begin = self.begin(place)
            if not self.is_(begin - 1, "preposition"):
                break
            if begin < 2 or not is_noun(self.forms[begin - 2]):
                return None
            place = begin - 2
        return place

    def begin(self, place: int) -> int:
        """Where the noun phrase of a head begins."""
        while place > 0 and (
            self.modifies(place - 1) or self.is_(place - 1, "determiner") or self.mark(place - 1)
        ):
            place -= 1
        return place

    def object(self, at: int) -> int | None:
        """The head of the noun phrase that begins at a place."""
        at = self.skip(at)
        if self.is_(at, "pronoun_object") and not self.head(at + 1):
            return None if self.verb_follows(at + 1) else at
        opened = self.is_(at, "determiner")
        while self.is_(at, "determiner") or (at < len(self.forms) and self.mark(at)):
            at += 1
        head = None
        while at < len(self.forms) and self.goes_on(at, opened):
            head = at if self.heads(at, opened) else head
            at += 1
        return None if head is None or self.verb_follows(at) else head

    def goes_on(self, at: int, opened: bool) -> bool:
        """Whether the noun phrase of an object goes on: a word, a mark, or a joined adjective."""
        joined = self.is_(at, "coordinator") and self.adjective(at - 1) and self.adjective(at + 1)
        inside = self.modifies(at) or self.mark(at) or self.adverb(at)
        return inside or joined or self.heads(at, opened)

    def heads(self, at: int, opened: bool) -> bool:
        """Whether a form can be the head: a noun, or after a determiner what ends the phrase."""
        if is_noun(self.forms[at]):
            return True
        known = lexicon().get(self.forms[at], "")
        return opened and known == "VB" and not self.head(at + 1) and not self.opens(at + 1)

    def opens(self, at: int) -> bool:
        """Whether a further noun phrase begins at a place."""
        return self.is_(at, "determiner", "pronoun", "pronoun_object")

    def adjective(self, at: int) -> bool:
        return 0 <= at < len(self.forms) and not is_noun(self.forms[at]) and self.modifies(at)

    def head(self, at: int) -> bool:
        return at < len(self.forms) and is_noun(self.forms[at])

    def modifies(self, at: int) -> bool:
        """Whether a form can stand in a noun phrase behind its determiner."""
        form = self.forms[at]
        tag = lexicon().get(form)
        known = tag in ADJECTIVES if tag else form[:1].isalpha()
        return known and not self.is_(at, "be", "have", "do", "modal", "preposition", "coordinator")

    def verb_follows(self, at: int) -> bool:
        """Whether what looked like an object is the subject of a further clause."""
        return self.is_(at, "be", "have", "do", "modal")

    def skip(self, at: int) -> int:
        while at < len(self.forms) and (
            self.is_(at, "between") or self.adverb(at) or self.mark(at)
        ):
            at += 1
        return at

    def back(self, at: int) -> int:
        while at >= 0 and (self.is_(at, "between") or self.adverb(at) or self.mark(at)):
            at -= 1
        return at

    def adverb(self, at: int) -> bool:
        return is_adverb(self.forms[at])

    def mark(self, at: int) -> bool:
        return self.forms[at] in MARKS


@cache
def can_be_verb(form: str) -> bool:
    """Whether a form can be a verb and is a word."""
    return form[:1].isalpha() and is_verb(form)
