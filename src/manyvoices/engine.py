"""Running a measure over a corpus: `part(shard)`, `merge`, `finish`.

A part sees one shard and nothing else. Parts are merged in manifest order, so that one shard and
seven give the same table. Where the parts run is the caller's choice: here, in the processes of a
`concurrent.futures` executor, or on Dask (`client.get_executor()`), which has the same `map`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from typing import Protocol, TypeVar

from manyvoices.corpus import Corpus
from manyvoices.errors import ManyVoicesError
from manyvoices.store import Shard

P = TypeVar("P")


class Executor(Protocol):
    """What `engine` needs of an executor: an ordered `map`."""

    def map(self, fn: Callable[[Shard], P], *iterables: Iterable[Shard]) -> Iterable[P]:
        """The results of `fn`, in the order of the shards."""
        ...


def parts(part: Callable[[Shard], P], corpus: Corpus, executor: Executor | None = None) -> list[P]:
    """The part of every selected shard, in manifest order."""
    run = map if executor is None else executor.map
    return list(run(part, corpus.selected))


def some_parts(
    part: Callable[[Shard], P], corpus: Corpus, executor: Executor | None = None
) -> list[P]:
    """The part of every selected shard, of one at least.

    Raises ManyVoicesError if nothing is selected.
    """
    done = parts(part, corpus, executor)
    if not done:
        raise ManyVoicesError("no document is selected.", "Choose a voice that has documents.")
    return done


def run(
    part: Callable[[Shard], P],
    merge: Callable[[P, P], P],
    corpus: Corpus,
    executor: Executor | None = None,
) -> P:
    """All parts merged into one, from left to right.

    Raises ManyVoicesError if nothing is selected.
    """
    return reduce(merge, some_parts(part, corpus, executor))
