"""Passives, with and without a doer, and participles that stand without an auxiliary."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from manyvoices.measures.agency.forms import Forms, Places
from manyvoices.store import Flags

REACH = 9
CHAIN = 3
FOLLOWS = frozenset(
    ["by", "as", "at", "in", "to", "for", "with", "from", "on", "only", "here", "through"]
)


@dataclass(frozen=True, eq=False)
class Passives:
    """Participles as tokens, in order, and the "by" of the doer of each; -1 where it has none."""

    participles: Places
    by: Places


def find_passives(forms: Forms) -> Passives:
    """The participles of passives with *be* or *get*, those that share an auxiliary among them.

    A participle is one by its form; before it, adverbs and quotation marks aside, stands the
    auxiliary, or another participle of a passive and a coordinator, or the subject of a question
    and the auxiliary before that. One of a state, or with an adverb of degree, is a passive only
    if its doer is named, or after *being*.
    """
    by = _doers(forms)
    verbal = forms.participle & ~_half_modal(forms)
    states = forms.state | _graded(forms)
    first = verbal & (_after_auxiliary(forms) | _after_subject(forms))
    relation = forms.listed("relation")
    kept = first & (~states | ((by >= 0) & ~relation) | (_after_being(forms) & ~forms.state))
    kept = _coordinated(forms, kept, verbal & ~states)
    places = np.flatnonzero(kept)
    return Passives(places, by[places])


def find_participles(forms: Forms, passives: Passives) -> Places:
    """Participles without an auxiliary that follow a noun or a pronoun and precede a preposition.

    A past tense has the same form; those with "by" are hardly ever one, others may be.
    """
    taken = np.zeros(forms.size, bool)
    taken[passives.participles] = True
    carrier = forms.noun | forms.listed("pronoun_object")
    following = forms.each(FOLLOWS.__contains__)
    near = forms.after(np.ones(forms.size, bool))
    before = forms.before(np.ones(forms.size, bool))
    open_ = forms.participle & ~taken & ~forms.state & ~forms.listed("relation")
    return np.flatnonzero(open_ & forms.at(carrier, before) & forms.at(following, near))


def _after_auxiliary(forms: Forms) -> Flags:
    return forms.at(forms.listed("be") | forms.listed("get"), forms.hard)


def _after_being(forms: Forms) -> Flags:
    """Whether *being*, which is told of deeds rather than of states, stands right before."""
    near = forms.before(np.ones(forms.size, bool))
    return forms.at(forms.each("being".__eq__), near)


def _after_subject(forms: Forms) -> Flags:
    """Whether a pronoun, and before it the auxiliary that opens a question, stands before."""
    subject = forms.hard
    auxiliary = np.where(subject >= 0, forms.hard[subject], -1) if forms.size else forms.hard
    opener = np.where(auxiliary >= 0, forms.hard[auxiliary], -1) if forms.size else forms.hard
    opens = (auxiliary >= 0) & (
        (opener < 0) | forms.at(forms.listed("wh") | forms.listed("coordinator"), opener)
    )
    return (
        forms.at(forms.listed("subject"), subject) & forms.at(forms.listed("be"), auxiliary) & opens
    )


def _graded(forms: Forms) -> Flags:
    """Whether an adverb of degree stands right before."""
    near = forms.before(np.ones(forms.size, bool))
    return forms.at(forms.listed("degree"), near)


def _half_modal(forms: Forms) -> Flags:
    """Whether *to* follows a participle that makes a half-modal with it: *meant to*."""
    near = forms.after(np.ones(forms.size, bool))
    return forms.listed("half_modal") & forms.at(forms.each("to".__eq__), near)


def _coordinated(forms: Forms, kept: Flags, candidates: Flags) -> Flags:
    """The participles kept, and those that share their auxiliary: *organised and governed*."""
    joint = forms.listed("coordinator") | forms.each(",".__eq__)
    last = forms.before(~(forms.between | joint))
    joined = candidates & forms.at(joint, forms.hard)
    for _ in range(CHAIN):
        kept = kept | (joined & forms.at(kept, last))
    return kept


def _doers(forms: Forms) -> Places:
    """For each token the "by" that names a doer after it and before its clause ends, or -1."""
    by = forms.after(_by(forms))
    end = forms.after(forms.listed("stop") | forms.closer | forms.listed("be"))
    near = (by >= 0) & (by - np.arange(forms.size) <= REACH) & ((end < 0) | (by < end))
    return np.where(near, by, -1)


def _by(forms: Forms) -> Flags:
    """Whether a token is a "by" that a doer follows: no gerund, date, number or manner."""
    following = forms.after(~forms.between)
    number = forms.each(lambda form: form[:1].isdigit())
    none = forms.gerund | forms.listed("no_doer") | number | forms.closer
    return forms.each("by".__eq__) & (following >= 0) & ~forms.at(none, following)
