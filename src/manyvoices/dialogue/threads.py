"""The reply tree, by the layout of the page and by what is really answered."""

from __future__ import annotations

import pandas as pd

from manyvoices.corpus import Corpus


def replies(corpus: Corpus) -> pd.DataFrame:
    """One row per document of a thread, in the page's order.

    Index: document. Columns: voice, person, role, number, reply_to, indent_parent, reason and
    confidence (of reply_to), depth (answers between it and the root; 0 for the root), likes,
    words. A document is in a thread if it answers, or is answered by, another.
    """
    words = corpus.sentences.groupby("document")["words"].sum()
    parents = {d.id: d.reply_to for d in corpus.documents}
    in_thread = {*(d for d, p in parents.items() if p), *(p for p in parents.values() if p)}
    rows = [
        {
            "document": d.id,
            "voice": d.voice,
            "person": d.person,
            "role": corpus.roles[d.person],
            "number": d.number,
            "reply_to": d.reply_to,
            "indent_parent": d.indent_parent,
            "reason": d.reply_reason,
            "confidence": d.reply_confidence,
            "depth": _depth(d.id, parents),
            "likes": d.likes,
            "words": int(words[d.id]),
        }
        for d in corpus.documents
        if d.id in in_thread
    ]
    columns = ["voice", "person", "role", "number", "reply_to", "indent_parent", "reason"]
    columns += ["confidence", "depth", "likes", "words"]
    table = pd.DataFrame(rows, columns=["document", *columns]).set_index("document")
    return table.astype({"likes": "Int64"})


def problems(corpus: Corpus) -> pd.DataFrame:
    """One row per fault in the tree: a missing parent, an answer to itself, a circle.

    Columns: document, problem. No document is dropped for it. A sound corpus gives no row.
    """
    parents = {d.id: d.reply_to for d in corpus.documents}
    found = [(d, fault) for d, p in parents.items() if (fault := _fault(d, p, parents))]
    return pd.DataFrame(found, columns=["document", "problem"])


def _fault(document: str, parent: str | None, parents: dict[str, str | None]) -> str:
    if parent is None:
        return ""
    if parent == document:
        return "answers itself"
    if parent not in parents:
        return f"answers {parent}, which is not here"
    return "stands in a circle of answers" if document in _above(document, parents) else ""


def _above(document: str, parents: dict[str, str | None]) -> list[str]:
    """The documents above one, nearest first; ends at a root, a gap, or where a circle closes."""
    above: list[str] = []
    parent = parents.get(document)
    while parent is not None and parent not in above:
        above.append(parent)
        parent = parents.get(parent)
    return above


def _depth(document: str, parents: dict[str, str | None]) -> int:
    return len(_above(document, parents))
