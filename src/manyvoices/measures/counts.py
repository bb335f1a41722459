"""How often every word stands in every part: what measures of all words at once start from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.errors import ManyVoicesError
from manyvoices.settings import Settings
from manyvoices.store import Shard, Unit, UnitRow
from manyvoices.text.lemmas import lemmas

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Ints = NDArray[np.int64]

COLUMNS = ["part", "document", "voice", "group", "person", "words"]


@dataclass(frozen=True, eq=False)
class WordCounts:
    """How often each word type stands in each part.

    `types` are the words, folded for case and typography, in the order of their code points.
    `parts` has a row a part, in text order: part (its anchor), document, voice, group (the first
    of the description that names the person; may be missing), person, words (all that are
    counted, those of withheld passages among them, which are in no type). Type `i` stands in the
    parts `part[bounds[i] : bounds[i + 1]]`, which ascend, so often as `count` says there.
    """

    types: tuple[str, ...]
    parts: pd.DataFrame
    bounds: Ints
    part: Ints
    count: Ints

    def __len__(self) -> int:
        """How many types there are."""
        return len(self.types)

    @cached_property
    def words(self) -> Ints:
        """The size of each part: its words, withheld ones among them."""
        return self.parts["words"].to_numpy(np.int64)

    @cached_property
    def totals(self) -> Ints:
        """How often each type stands in all parts."""
        return np.diff(np.concatenate([[0], np.cumsum(self.count)])[self.bounds])

    @cached_property
    def range(self) -> Ints:
        """In how many parts each type stands."""
        return np.diff(self.bounds)

    @cached_property
    def type(self) -> Ints:
        """The type of every entry of `part` and `count`."""
        return np.repeat(np.arange(len(self.types)), self.range)

    @cached_property
    def place(self) -> dict[str, int]:
        """The number of each type."""
        return {name: i for i, name in enumerate(self.types)}

    def matrix(self) -> csr_matrix:
        """The counts as a sparse matrix of its own, a row a type and a column a part."""
        from scipy.sparse import csr_matrix

        shape = (len(self.types), len(self.parts))
        return csr_matrix((self.count, self.part, self.bounds), shape=shape, copy=True)

    def of(self, name: str) -> Ints:
        """How often one type, given as it is folded, stands in each part; nowhere if unknown."""
        found = np.zeros(len(self.parts), np.int64)
        if (i := self.place.get(name)) is not None:
            here = slice(self.bounds[i], self.bounds[i + 1])
            found[self.part[here]] = self.count[here]
        return found

    def by(self, column: str) -> tuple[list[str], Ints, Ints]:
        """Counts by a column of `parts`, such as voice or person.

        Its labels, in order of appearance; how often each type (row) stands under each label; and
        the words under each. Parts without a label are under none.
        """
        codes, labels = pd.factorize(self.parts[column])
        codes = np.where(codes < 0, len(labels), codes)
        cells = self.type * (len(labels) + 1) + codes[self.part]
        counts = _sums(cells, self.count, len(self.types) * (len(labels) + 1))
        table = counts.reshape(len(self.types), len(labels) + 1)[:, : len(labels)]
        words = _sums(codes, self.words, len(labels) + 1)[: len(labels)]
        return [str(label) for label in labels], table, words

    def behind(self, column: str) -> Ints:
        """Under how many labels of a column of `parts`, such as document, each type stands."""
        codes, labels = pd.factorize(self.parts[column])
        cells = self.type * max(len(labels), 1) + codes[self.part]
        used = np.sort(cells[codes[self.part] >= 0])  # np.unique's table of hashes is slow here
        apart = np.diff(used, prepend=-1) > 0
        return np.bincount(used[apart] // max(len(labels), 1), minlength=len(self.types))

    def select(self, parts: NDArray[np.bool_]) -> WordCounts:
        """The counts of some parts alone (a flag a part), of the types that stand there."""
        entries = parts[self.part]
        found = np.unique(self.type[entries])
        number = np.cumsum(parts) - 1
        sizes = np.bincount(self.type[entries], minlength=len(self.types))[found]
        return WordCounts(
            tuple(self.types[i] for i in found.tolist()),
            self.parts[parts].reset_index(drop=True),
            _edges(sizes),
            number[self.part[entries]],
            self.count[entries],
        )

    def only(self, types: NDArray[np.bool_]) -> WordCounts:
        """The counts of some types alone (a flag a type); the parts and their sizes stay."""
        entries = types[self.type]
        names = tuple(self.types[i] for i in np.flatnonzero(types).tolist())
        return WordCounts(
            names, self.parts, _edges(self.range[types]), self.part[entries], self.count[entries]
        )

    def among(self, others: Iterable[str]) -> WordCounts:
        """The same counts with further types, which stand nowhere here."""
        names = sorted({*self.types, *others})
        sizes = np.zeros(len(names), np.int64)
        sizes[np.searchsorted(np.array(names, object), np.array(self.types, object))] = self.range
        return replace(self, types=tuple(names), bounds=_edges(sizes))


def word_counts(
    corpus: Corpus,
    *,
    unit: Unit = "passage",
    lemma: bool = False,
    executor: engine.Executor | None = None,
) -> WordCounts:
    """How often each word type stands in each part of the selected documents.

    A part is a `unit`: a sentence, a paragraph, a document, or a passage, which is a document that
    answers another one, whole, and of the others a paragraph. Types are folded; with `lemma` they
    are the lemmas, in the language of the book, of the folded forms. Words are counted as
    everywhere: tokens with a letter or a digit. Raises ManyVoicesError if nothing is selected.
    """
    language = corpus.settings.book.language if lemma else None
    parts = engine.parts(partial(_part, unit=unit, language=language), corpus, executor)
    if not parts:
        raise ManyVoicesError("no document is selected.", "Choose a voice that has documents.")
    return _joined(parts, corpus.settings)


@dataclass(frozen=True, eq=False)
class _Part:
    """The counts of one shard: entries in the order of type, then part, both numbered in it."""

    names: list[str]
    rows: list[UnitRow]
    type: Ints
    part: Ints
    count: Ints


def _part(shard: Shard, unit: Unit, language: str | None) -> _Part:
    units = shard.units(unit)
    of_token = units.of_sentence[shard.token_sentences]
    forms = shard.folded if language is None else lemmas(shard.folded, language)
    names = sorted(set(forms))
    number = {name: i for i, name in enumerate(names)}
    codes = np.fromiter((number[form] for form in forms), np.int64, len(forms))
    shown = shard.words & ~shard.hidden_types[shard.types]
    size = max(len(units.names), 1)
    cells, count = np.unique(codes[shard.types[shown]] * size + of_token[shown], return_counts=True)
    return _Part(names, shard.unit_rows(units), cells // size, cells % size, count)


def _joined(parts: Sequence[_Part], settings: Settings) -> WordCounts:
    """The parts as one: the types that are counted, in order, whatever the shards were."""
    names = [_used(part) for part in parts]
    types = sorted({name for own in names for name in own.values()})
    number = {name: i for i, name in enumerate(types)}
    before = np.cumsum([0, *(len(part.rows) for part in parts)])
    type_ = np.concatenate(
        [_renumbered(part.type, own, number) for part, own in zip(parts, names, strict=True)]
    )
    part_ = np.concatenate([part.part + shift for part, shift in zip(parts, before, strict=False)])
    count = np.concatenate([part.count for part in parts])
    order = np.argsort(type_, kind="stable")
    table = _table([row for part in parts for row in part.rows], settings)
    bounds = _edges(np.bincount(type_, minlength=len(types)))
    return WordCounts(tuple(types), table, bounds, part_[order], count[order])


def _used(part: _Part) -> dict[int, str]:
    """The types of a shard that have an entry: hidden ones and marks have none."""
    return {i: part.names[i] for i in np.unique(part.type).tolist()}


def _renumbered(codes: Ints, names: dict[int, str], number: dict[str, int]) -> Ints:
    """The numbers that the types have among those of all shards."""
    new = np.zeros(max(names, default=-1) + 1, np.int64)
    new[list(names)] = [number[name] for name in names.values()]
    return new[codes]


def _table(rows: list[UnitRow], settings: Settings) -> pd.DataFrame:
    groups = {p: name for name, g in reversed(settings.groups.items()) for p in g.people}
    table = pd.DataFrame(rows, columns=["part", "document", "voice", "person", "words"])
    table["group"] = table["person"].map(groups)
    kinds = dict.fromkeys(COLUMNS, "str") | {"words": "int64"}
    return table[COLUMNS].astype(kinds)


def _edges(sizes: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(sizes)])


def _sums(codes: Ints, values: Ints, size: int) -> Ints:
    """The sum of the values under each code; whole numbers below 2**53 are exact in floats."""
    return np.bincount(codes, weights=values, minlength=size).astype(np.int64)
