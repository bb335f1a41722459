"""The words of a corpus one after the other: what measures of their order start from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.errors import ManyVoicesError
from manyvoices.store import Shard

Ints = NDArray[np.int64]

HIDDEN = -1


@dataclass(frozen=True, eq=False)
class RunningWords:
    """All words in text order, document after document.

    `types` are the word types, folded, in the order of their code points. Word `i` is of the type
    `type[i]`, or `HIDDEN`, and stands in the document `document[i]`; `voices` and `people` say
    whose each document is.
    """

    types: tuple[str, ...]
    type: Ints
    document: Ints
    voices: tuple[str | None, ...]
    people: tuple[str, ...]

    def of(self, voice: str) -> NDArray[np.intp]:
        """The places of the words of a voice."""
        own = np.fromiter((name == voice for name in self.voices), bool, len(self.voices))
        return np.flatnonzero(own[self.document])


@dataclass(frozen=True, eq=False)
class _Part:
    """The words of a shard; types and documents are numbered in it."""

    names: list[str]
    type: Ints
    document: Ints
    voices: list[str | None]
    people: list[str]


def running_words(corpus: Corpus, executor: engine.Executor | None = None) -> RunningWords:
    """The words of the selected documents. Raises ManyVoicesError if nothing is selected."""
    parts = engine.parts(_part, corpus, executor)
    if not parts:
        raise ManyVoicesError("no document is selected.", "Choose a voice that has documents.")
    return _joined(parts)


def _part(shard: Shard) -> _Part:
    codes = np.where(shard.hidden_types, HIDDEN, np.arange(len(shard.vocabulary)))
    used, types = np.unique(codes[shard.types[shard.words]], return_inverse=True)
    forms = ["" if code == HIDDEN else shard.folded[code] for code in used.tolist()]
    names = sorted(set(forms) - {""})
    number = {name: i for i, name in enumerate(names)} | {"": HIDDEN}
    return _Part(
        names,
        np.array([number[form] for form in forms], np.int64)[types],
        shard.token_documents[shard.words].astype(np.int64),
        [document.voice for document in shard.documents],
        [document.person for document in shard.documents],
    )


def _joined(parts: Sequence[_Part]) -> RunningWords:
    types = sorted({name for part in parts for name in part.names})
    number = {name: i for i, name in enumerate(types)}
    before = np.cumsum([0, *(len(part.voices) for part in parts)])
    return RunningWords(
        tuple(types),
        np.concatenate([_renumbered(part, number) for part in parts]),
        np.concatenate([p.document + shift for p, shift in zip(parts, before, strict=False)]),
        tuple(voice for part in parts for voice in part.voices),
        tuple(person for part in parts for person in part.people),
    )


def _renumbered(part: _Part, number: dict[str, int]) -> Ints:
    """The numbers of the words' types among those of all shards; the last one is for the hidden."""
    new = np.array([number[name] for name in part.names] + [HIDDEN], np.int64)
    return new[part.type]
