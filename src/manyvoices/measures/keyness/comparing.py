"""The two sides of a comparison, and how often each word is met on either."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.documents import Document
from manyvoices.errors import ManyVoicesError
from manyvoices.measures.association import Contingency
from manyvoices.measures.counts import Ints, WordCounts, word_counts
from manyvoices.measures.keyness.formulas import two_corpora
from manyvoices.store import Unit

Flags = NDArray[np.bool_]
Side: TypeAlias = "str | Sequence[str] | Callable[[Document], bool]"
"""Voices or groups by their ids, one or several, or what picks documents."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """Word counts of a target and of a reference, in parts.

    `in_target` says of each part on which side it stands. Where the reference is a list of
    frequencies all parts are the target's, and `listed` holds the list's count of every type,
    `listed_words` its size.
    """

    counts: WordCounts
    in_target: Flags
    listed: Ints
    listed_words: int = 0

    @cached_property
    def target(self) -> Ints:
        """How often each type stands in the target."""
        return _sums(self.counts, self.in_target)

    @cached_property
    def reference(self) -> Ints:
        """How often each type stands in the reference."""
        return self.counts.totals - self.target + self.listed

    @cached_property
    def target_words(self) -> int:
        """How many words the target has."""
        return int(self.counts.words[self.in_target].sum())

    @cached_property
    def reference_words(self) -> int:
        """How many words the reference has."""
        return int(self.counts.words[~self.in_target].sum()) + self.listed_words

    @cached_property
    def table(self) -> Contingency:
        """The frequencies of all types, as tables of two by two."""
        return two_corpora(self.target, self.target_words, self.reference, self.reference_words)

    def only(self, types: Flags) -> Comparison:
        """The comparison of some types alone (a flag a type); sizes stay."""
        return replace(self, counts=self.counts.only(types), listed=self.listed[types])

    def behind(self, column: str, side: Flags) -> Ints:
        """Under how many labels of a column of the parts each type stands on one side."""
        labels = self.counts.parts[column].where(pd.Series(side))
        return replace(self.counts, parts=pd.DataFrame({column: labels})).behind(column)


def compare(
    corpus: Corpus,
    target: Side,
    reference: Side | None = None,
    *,
    unit: Unit = "passage",
    lemma: bool = False,
    executor: engine.Executor | None = None,
) -> Comparison:
    """The words of two selections of the documents of a corpus, side by side.

    A side is a voice or a group by its id, several of them, or a function that says of a document
    whether it belongs there; without a reference it is whatever else is counted. Parts are those
    of `word_counts`; parts without a word are left out. Raises ManyVoicesError for an unknown id,
    for a document on both sides, and for a side without words.
    """
    one = _chooser(corpus, target)
    rest = (lambda d: d.voice in corpus.voices and not one(d)) if reference is None else None
    other = rest or _chooser(corpus, reference or ())
    sides = {d.id: one(d) for d in corpus.documents if one(d) or other(d)}
    _check_apart(d.id for d in corpus.documents if one(d) and other(d))
    chosen = corpus.select(lambda d: d.id in sides)
    _check_filled(chosen.documents, "either side")
    counts = _with_words(word_counts(chosen, unit=unit, lemma=lemma, executor=executor))
    in_target = counts.parts["document"].map(sides).to_numpy(bool)
    _check_filled(in_target.nonzero()[0], "the target")
    _check_filled((~in_target).nonzero()[0], "the reference")
    return Comparison(counts, in_target, np.zeros(len(counts), np.int64))


def compare_with_list(
    corpus: Corpus,
    target: Side,
    frequencies: pd.Series,
    *,
    words: int | None = None,
    unit: Unit = "passage",
    lemma: bool = False,
    executor: engine.Executor | None = None,
) -> Comparison:
    """The words of a selection beside a list of frequencies, as `read_frequency_list` gives it.

    `words` is the size of the corpus that was listed; if it is not known, the sum of the list.
    Raises ManyVoicesError for a side without words, and for fewer words than are listed.
    """
    chosen = corpus.select(_chooser(corpus, target))
    _check_filled(chosen.documents, "the target")
    counts = _with_words(word_counts(chosen, unit=unit, lemma=lemma, executor=executor))
    _check_filled(counts.words, "the target")
    total = int(frequencies.sum()) if words is None else words
    _check_filled(range(total), "the list")
    if total < frequencies.sum():
        raise ManyVoicesError(
            f"{frequencies.sum()} words are listed of a corpus of {total}.", "Mend the size."
        )
    counts = counts.among(frequencies.index)
    listed = frequencies.reindex(list(counts.types), fill_value=0).to_numpy(np.int64)
    return Comparison(counts, np.ones(len(counts.parts), bool), listed, total)


def _chooser(corpus: Corpus, side: Side) -> Callable[[Document], bool]:
    if callable(side):
        return side
    names = [side] if isinstance(side, str) else list(side)
    voices, groups = corpus.settings.voices, corpus.settings.groups
    for name in names:
        if name not in voices and name not in groups:
            known = ", ".join([*voices, *groups])
            raise ManyVoicesError(f"there is no voice or group `{name}`.", f"Known: {known}.")
    people = {p for name in names if name in groups for p in groups[name].people}
    return lambda document: document.voice in names or document.person in people


def _check_apart(both: Iterable[str]) -> None:
    if shared := list(both)[:3]:
        raise ManyVoicesError(
            f"{', '.join(shared)} would be on both sides.", "Choose sides that share no document."
        )


def _check_filled(found: Sequence[object] | NDArray[np.intp], side: str) -> None:
    if not len(found):
        raise ManyVoicesError(f"{side} has no words.", "Choose one that has documents.")


def _with_words(counts: WordCounts) -> WordCounts:
    return counts if (counts.words > 0).all() else counts.select(counts.words > 0)


def _sums(counts: WordCounts, parts: Flags) -> Ints:
    """How often each type stands in some parts."""
    running = np.concatenate([[0], np.cumsum(counts.count * parts[counts.part])])
    return np.diff(running[counts.bounds])
