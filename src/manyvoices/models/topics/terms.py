"""Which terms stand in which unit of text: what topic models are fitted to.

Types are judged once each, and the answers gathered for all tokens; no text is tokenised anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.errors import TooFewError
from manyvoices.store import Shard, Unit, UnitRow
from manyvoices.text.content import content_form, english_stop_words
from manyvoices.text.lemmas import lemmas

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

StopWords: TypeAlias = "Literal['english'] | Sequence[str] | None"
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TermRules:
    """What counts as a unit and as a term.

    A term is a folded word of at least two letters; hyphens and apostrophes may stand between
    letters. So numbers, words with digits in them, web addresses, hashtags, names with @, emoji
    and withheld words are no terms. English endings (*'s*, *'ve*) are cut off, contracted
    negations (*don't*) left out; then stop words are left out, and words take the form of their
    lemma in the language `lemmas`, if one is given. With `ngrams` above 1, up to so many
    neighbouring terms of a sentence are a term too; a stop word or a comma between parts them. A
    term must stand in at least `min_df` units.

    Units: `sentence`, `paragraph`, `document`, or `passage`: a document that answers another one
    whole, the others by the paragraph.
    """

    unit: Unit = "passage"
    stop_words: frozenset[str] = frozenset()
    lemmas: str | None = None
    ngrams: int = 1
    min_df: int = 3

    def forms(self, folded: Sequence[str]) -> list[str]:
        """For each folded type the term that it counts as; empty for none."""
        bare = [content_form(form) for form in folded]
        kept = ["" if form in self.stop_words else form for form in bare]
        if self.lemmas is None:
            return kept
        found = lemmas(kept, self.lemmas)
        return ["" if len(form) < 2 or form in self.stop_words else form for form in found]


@dataclass(frozen=True, eq=False)
class Terms:
    """Where each term occurs.

    `units` has a row a unit (unit: its anchor; document, voice, person, words), `sentences` the
    corpus's rows with the number of their unit in the column `unit`. Occurrence `i` is of the term
    `names[term[i]]`, stands in unit `unit[i]` and sentence `sentence[i]`, and is the word number
    `position[i]` of its unit.
    """

    rules: TermRules
    names: tuple[str, ...]
    units: pd.DataFrame
    sentences: pd.DataFrame
    unit: Ints
    term: Ints
    sentence: Ints
    position: Ints

    @cached_property
    def counts(self) -> csr_matrix:
        """How often each term (column) stands in each unit (row)."""
        from scipy.sparse import csr_matrix

        shape = (len(self.units), len(self.names))
        ones = np.ones(len(self.unit), np.float32)
        return csr_matrix((ones, (self.unit, self.term)), shape=shape)

    @property
    def filled(self) -> Ints:
        """The units in which a term stands."""
        return np.unique(self.unit)

    def only(self, names: Sequence[str]) -> Terms:
        """The occurrences of the given terms, in their order, whatever `min_df` they have."""
        place = {name: i for i, name in enumerate(names)}
        number = np.array([place.get(name, -1) for name in self.names], np.int64)
        term = number[self.term] if len(self.names) else self.term
        kept = term >= 0
        return replace(
            self,
            names=tuple(names),
            unit=self.unit[kept],
            term=term[kept],
            sentence=self.sentence[kept],
            position=self.position[kept],
        )


def stop_words(corpus: Corpus, chosen: StopWords) -> frozenset[str]:
    """The words to leave out: the chosen ones, and those that the corpus's description names.

    `english` is the list of `english_stop_words`.
    """
    own = frozenset(word.casefold() for word in corpus.settings.stop_words)
    return own | (english_stop_words() if chosen == "english" else frozenset(chosen or ()))


def count_terms(corpus: Corpus, rules: TermRules, executor: engine.Executor | None = None) -> Terms:
    """The terms of the selected documents of a corpus, in alphabetical order.

    Give it the public view: what is withheld is then no term. Raises TooFewError if no document
    is selected.
    """
    parts = engine.parts(partial(_part, rules=rules), corpus, executor)
    if not parts:
        raise TooFewError("no document is selected.", "Choose a voice that has documents.")
    return frequent(_joined(parts, corpus.sentences, rules))


def frequent(terms: Terms) -> Terms:
    """The terms that stand in as many units as the rules ask for."""
    if not terms.names:
        return terms
    pairs = np.unique(np.column_stack([terms.term, terms.unit]), axis=0)
    enough = np.bincount(pairs[:, 0], minlength=len(terms.names)) >= terms.rules.min_df
    return terms.only([name for name, keep in zip(terms.names, enough, strict=True) if keep])


@dataclass(frozen=True, eq=False)
class _Part:
    """What one shard holds; units and sentences are numbered in it."""

    names: list[str]
    units: list[UnitRow]
    unit_of_sentence: Ints
    term: Ints
    sentence: Ints
    position: Ints


def _part(shard: Shard, rules: TermRules) -> _Part:
    forms = rules.forms(shard.folded)
    words = list(dict.fromkeys(form for form in forms if form))
    place = {word: i for i, word in enumerate(words)}
    codes = np.array([place.get(form, -1) for form in forms], np.int64)[shard.types]
    names: list[str] = []
    terms, tokens = [], []
    for n in range(1, rules.ngrams + 1):
        grams, which, first = _grams(codes, shard.token_sentences, n)
        terms.append(which + len(names))
        tokens.append(first)
        names += [" ".join(words[code] for code in gram) for gram in grams.tolist()]
    units = shard.units(rules.unit)
    unit = units.of_sentence
    token = np.concatenate(tokens)
    sentence = shard.token_sentences[token].astype(np.int64)
    position = _word_numbers(shard, unit)[token]
    return _Part(names, shard.unit_rows(units), unit, np.concatenate(terms), sentence, position)


def _grams(codes: Ints, sentences: NDArray[np.int32], n: int) -> tuple[Ints, Ints, Ints]:
    """The different runs of `n` terms, the run of each occurrence, and its first token."""
    size = max(len(codes) - n + 1, 0)
    runs = np.column_stack([codes[i : i + size] for i in range(n)])
    whole = (runs >= 0).all(axis=1) & (sentences[:size] == sentences[n - 1 : n - 1 + size])
    grams, which = np.unique(runs[whole], axis=0, return_inverse=True)
    return grams, which.reshape(-1), np.flatnonzero(whole)


def _word_numbers(shard: Shard, unit: Ints) -> Ints:
    """For each token how many words of its unit stand before it."""
    before: Ints = np.cumsum(shard.words, dtype=np.int64) - shard.words
    starts = shard.sentence_tokens[:-1][np.unique(unit, return_index=True)[1]]
    return before - before[starts][unit[shard.token_sentences]]


def _joined(parts: Sequence[_Part], sentences: pd.DataFrame, rules: TermRules) -> Terms:
    """The parts as one, terms in alphabetical order."""
    names = sorted(set().union(*(part.names for part in parts)))
    place = {name: i for i, name in enumerate(names)}
    units = np.cumsum([0, *(len(part.units) for part in parts)])
    before = np.cumsum([0, *(len(part.unit_of_sentence) for part in parts)])
    unit_of_sentence = np.concatenate(
        [part.unit_of_sentence + shift for part, shift in zip(parts, units, strict=False)]
    )
    sentence = np.concatenate(
        [part.sentence + shift for part, shift in zip(parts, before, strict=False)]
    )
    term = [np.array([place[name] for name in part.names], np.int64)[part.term] for part in parts]
    columns = ["unit", "document", "voice", "person", "words"]
    return Terms(
        rules,
        tuple(names),
        pd.DataFrame([row for part in parts for row in part.units], columns=columns),
        sentences.assign(unit=unit_of_sentence),
        unit_of_sentence[sentence],
        np.concatenate(term),
        sentence,
        np.concatenate([part.position for part in parts]),
    )
