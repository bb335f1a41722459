"""Forests of answers: which text stands above which, and whether that is a tree at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from manyvoices.corpus import Corpus
from manyvoices.documents import Document

Tree = Literal["reply_to", "indent_parent"]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Forest:
    """Texts, and for each the place of the text above it; -1 for a text that opens a thread.

    `names` holds the `size` texts of the corpus in order, then those that are named as parents and
    are not there. By `reply_to` the text above is the one that is answered, by `indent_parent` the
    one under which the page sets it.
    """

    names: tuple[str, ...]
    size: int
    parents: Ints

    @cached_property
    def tops(self) -> Ints:
        """Per text the one that opens its thread; for what hangs on a circle the circle's first."""
        up = np.where(self.parents < 0, np.arange(len(self.names)), self.parents)
        for circle in self.circles:
            up[circle] = circle[0]
        for _ in range(len(up).bit_length()):
            up = up[up]
        return up

    @cached_property
    def depths(self) -> Ints:
        """Per text how many others, each counted once, stand above it.

        In a circle that is the length of the circle, so that no walk upwards is endless.
        """
        parents, extra = self.parents.copy(), np.zeros(len(self.names), np.int64)
        for circle in self.circles:
            parents[circle], extra[circle] = -1, len(circle)
        depths, up = (parents >= 0).astype(np.int64), parents
        home = np.where(parents < 0, np.arange(len(parents)), parents)
        for _ in range(len(up).bit_length()):
            known = up >= 0
            depths = depths + np.where(known, depths[up], 0)
            up, home = np.where(known, up[up], -1), home[home]
        under = (extra[home] > 0) & (depths > 0)
        return depths + np.where(under, extra[home] - 1, extra)

    @cached_property
    def circles(self) -> list[Ints]:
        """The texts of each circle of answers, an answer to itself among them; sorted."""
        up = self.parents
        for _ in range(len(up).bit_length()):
            up = np.where(up >= 0, up[up], -1)
        if not (up >= 0).any():
            return []
        import networkx as nx

        rest = np.flatnonzero(up >= 0)
        graph = nx.DiGraph(zip(rest.tolist(), self.parents[rest].tolist(), strict=True))
        parts = (sorted(part) for part in nx.strongly_connected_components(graph))
        circles = (p for p in parts if len(p) > 1 or self.parents[p[0]] == p[0])
        return [np.array(p, np.int64) for p in sorted(circles)]

    @cached_property
    def answers(self) -> Ints:
        """Per text how many answer it."""
        return np.bincount(self.parents[self.parents >= 0], minlength=len(self.names))

    @cached_property
    def threaded(self) -> Flags:
        """Per text of the corpus whether it answers, or is answered by, another or itself."""
        return ((self.parents >= 0) | (self.answers > 0))[: self.size]

    def above(self) -> Ints:
        """Per text of the corpus the place of the one above, if that is in the corpus; else -1."""
        parents = self.parents[: self.size]
        return np.where(parents < self.size, parents, -1)


def forest(documents: Sequence[Document], by: Tree = "reply_to") -> Forest:
    """The forest of these texts."""
    place = {document.id: i for i, document in enumerate(documents)}
    size = len(place)
    parents = [getattr(document, by) for document in documents]
    for parent in parents:
        if parent is not None:
            place.setdefault(parent, len(place))
    ups = np.full(len(place), -1, np.int64)
    ups[:size] = [-1 if parent is None else place[parent] for parent in parents]
    return Forest(tuple(place), size, ups)


def problems(corpus: Corpus, by: Tree = "reply_to", *, one_root: bool = False) -> pd.DataFrame:
    """One row per fault in the tree; no document is dropped for any. A sound corpus has no row.

    A missing parent, an answer to itself, a circle of answers, and what hangs on one and so leads
    to no opening text. A corpus may hold several threads; with `one_root` every text is a fault
    that answers nothing and is not the first of its source to be answered, if another answers it.
    Columns: document, problem, source, line (of the file, or the number of the record; missing
    where a text was read from no file), in the corpus's order.
    """
    trees = forest(corpus.documents, by)
    lines = {fate.document: fate.line for r in reversed(corpus.readings) for fate in r.fates[::-1]}
    rows = [
        (document.id, fault, document.source, lines.get(document.id))
        for document, fault in zip(corpus.documents, _faults(trees), strict=True)
        if fault
    ]
    rows += _further_roots(corpus, trees, lines) if one_root else []
    table = pd.DataFrame(rows, columns=["document", "problem", "source", "line"])
    return table.astype({"line": "Int64"})


def _faults(trees: Forest) -> list[str]:
    """The fault of every text of the corpus; empty where there is none."""
    faults = np.full(len(trees.names), "", object)
    circling = np.zeros(len(trees.names), bool)
    for circle in trees.circles:
        circling[circle] = True
    faults[circling[trees.tops]] = "hangs on a circle of answers"
    faults[circling] = "stands in a circle of answers"
    faults[trees.parents == np.arange(len(trees.names))] = "answers itself"
    for i in np.flatnonzero(trees.parents >= trees.size).tolist():
        faults[i] = f"answers {trees.names[trees.parents[i]]}, which is not here"
    return list(faults[: trees.size])


def _further_roots(
    corpus: Corpus, trees: Forest, lines: dict[str, int]
) -> list[tuple[str, str, str, int | None]]:
    """The texts that open a thread in a source where another one was opened before."""
    opens = (trees.parents[: trees.size] < 0) & (trees.answers[: trees.size] > 0)
    openers = [corpus.documents[i] for i in np.flatnonzero(opens).tolist()]
    first: dict[str, str] = {}
    for document in openers:
        first.setdefault(document.source, document.id)
    fault = "opens another thread"
    return [(d.id, fault, d.source, lines.get(d.id)) for d in openers if first[d.source] != d.id]
