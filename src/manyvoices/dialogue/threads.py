"""Turns: who answers whom, how deep, how often, and who comes back."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.dialogue.trees import Forest, Ints, Tree, forest
from manyvoices.store import Shard
from manyvoices.uncertainty import ratio_interval

Objects = NDArray[np.object_]
COLUMNS = ["voice", "person", "role", "number", "reply_to", "indent_parent", "reason"]
COLUMNS += ["confidence", "depth", "likes", "words"]
TOO_FEW = "too few to say"
LIKES = ["texts", "shown", "likes", "median", "most", "first"]
TURNS = ["thread", "parent", "voice", "person", "role", "depth", "answers", "below"]
TURNS += ["host", "returned", "likes", "words"]


def replies(corpus: Corpus) -> pd.DataFrame:
    """One row per document of a thread, in the page's order.

    Index: document. Columns: voice, person, role, number, reply_to, indent_parent, reason and
    confidence (of reply_to), depth (answers between it and the root; 0 for the root), likes,
    words. A document is in a thread if it answers, or is answered by, another.
    """
    trees = forest(corpus.documents)
    words = words_of_documents(corpus)
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
            "depth": int(trees.depths[i]),
            "likes": d.likes,
            "words": int(words[i]),
        }
        for i, d in enumerate(corpus.documents)
        if trees.threaded[i]
    ]
    table = pd.DataFrame(rows, columns=["document", *COLUMNS]).set_index("document")
    return table.astype({"likes": "Int64"})


def turns(corpus: Corpus, by: Tree = "reply_to") -> pd.DataFrame:
    """One row per text of a thread, in the page's order, by true reply or by indentation.

    Index: document. Columns: thread (the text that opens it), parent (missing for that one, and
    where it is not here), voice, person, role, depth, answers (direct ones), below (all texts
    further down), host (the first direct answer by the person who opened the thread), returned
    (the first direct answer by the person whom this text answers), likes, words.
    """
    trees, documents = forest(corpus.documents, by), corpus.documents
    names = np.array(trees.names, object)
    people: Objects = np.array([d.person for d in documents], object)
    above, tops = trees.above(), trees.tops[: trees.size]
    table = pd.DataFrame(
        {
            "document": [d.id for d in documents],
            "thread": names[tops],
            "parent": [names[i] if i >= 0 else None for i in above.tolist()],
            "voice": [d.voice for d in documents],
            "person": people,
            "role": [corpus.roles[d.person] for d in documents],
            "depth": trees.depths[: trees.size],
            "answers": trees.answers[: trees.size],
            "below": _below(trees)[: trees.size],
            "host": _first_answer_by(trees, people, tops),
            "returned": _first_answer_by(trees, people, above),
            "likes": pd.array([d.likes for d in documents], "Int64"),
            "words": words_of_documents(corpus),
        }
    )
    return table[trees.threaded].set_index("document")[TURNS]


def threads(corpus: Corpus, by: Tree = "reply_to") -> pd.DataFrame:
    """One row per thread, in the order of their openings.

    Index: thread (the text that opens it). Columns: texts (its own included), people, answers,
    direct (answers to the opening), deepest (answers one below another), branching (answers to a
    text that has any, mean), most (answers to one text), by_host (answers by who opened it),
    words.
    """
    table = turns(corpus, by)
    hosts = table["person"].reindex(table["thread"]).to_numpy()
    table = table.assign(
        answering=table["depth"] > 0,
        direct=table["parent"] == table["thread"],
        answered=table["answers"].where(table["answers"] > 0),
        by_host=(table["depth"] > 0) & (table["person"].to_numpy() == hosts),
    )
    return table.groupby("thread", sort=False).agg(
        texts=("person", "size"),
        people=("person", "nunique"),
        answers=("answering", "sum"),
        direct=("direct", "sum"),
        deepest=("depth", "max"),
        branching=("answered", "mean"),
        most=("answers", "max"),
        by_host=("by_host", "sum"),
        words=("words", "sum"),
    )


def exchanges(corpus: Corpus, by: Tree = "reply_to") -> pd.DataFrame:
    """One row per pair of voices of which one answers the other, most answers first.

    Columns: voice (that answers), toward (the voice answered), answers, people (who answer),
    answered (people answered), first (the first such answer). Voices that are not counted are
    left out.
    """
    table = turns(corpus, by).reset_index()
    other = table.set_index("document")[["voice", "person"]].reindex(table["parent"])
    table["toward"], table["whom"] = other["voice"].to_numpy(), other["person"].to_numpy()
    known = table[table["voice"].isin(corpus.voices) & table["toward"].isin(corpus.voices)]
    found = known.groupby(["voice", "toward"], sort=False).agg(
        answers=("document", "size"),
        people=("person", "nunique"),
        answered=("whom", "nunique"),
        first=("document", "first"),
    )
    return found.reset_index().sort_values("answers", ascending=False, kind="stable")


def answered(corpus: Corpus, by: Tree = "reply_to") -> pd.DataFrame:
    """One row per counted voice: how many of its texts in threads were answered, and by whom.

    Index: voice. Columns: texts, people, answered, by_host (answered by who opened the thread),
    returned (answered by the person whom it had answered), share (answered of texts), low, high
    (95 %, drawing whole persons), method. Below five people these are missing, and the method says
    "too few to say".
    """
    table = turns(corpus, by)
    table = table.assign(
        any=table["answers"] > 0,
        hosted=table["host"].notna(),
        back=table["returned"].notna(),
    )
    rows = {v: _answered(table[table["voice"] == v]) for v in corpus.voices}
    columns = ["texts", "people", "answered", "by_host", "returned", "share", "low", "high"]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=[*columns, "method"])
    return frame.rename_axis("voice")


def returning(corpus: Corpus, by: Tree = "reply_to") -> pd.DataFrame:
    """One row per person and thread with more than one turn: who came back, and so could change.

    Columns: thread, role, voice, person, turns, first, last (documents). Who opened the thread is
    left out.
    """
    table = turns(corpus, by).reset_index()
    hosts = table.set_index("document")["person"].reindex(table["thread"]).to_numpy()
    guests = table[table["person"].to_numpy() != hosts]
    found: pd.DataFrame = guests.groupby(["thread", "person"], sort=False).agg(
        role=("role", "first"),
        voice=("voice", "first"),
        turns=("document", "size"),
        first=("document", "first"),
        last=("document", "last"),
    )
    return found.loc[found["turns"] > 1].reset_index()


def likes(corpus: Corpus) -> pd.DataFrame:
    """One row per counted voice with a text in a thread: the likes that the page shows.

    Index: voice. Columns: texts, shown (texts with a number of likes), likes (their sum), median
    and most (of the texts that show any), first (the text with most). A page that shows a number
    only where somebody liked a text tells nothing of the others: nought and unknown look the same
    there. Nobody can say by this who liked, how many saw a text, or how many did not like it.
    """
    table = turns(corpus)
    rows = {voice: _likes(table[table["voice"] == voice]) for voice in corpus.voices}
    found = pd.DataFrame.from_dict(rows, orient="index", columns=LIKES).rename_axis("voice")
    return found[found["texts"] > 0].astype({"most": "Int64"})


def _likes(texts: pd.DataFrame) -> dict[str, object]:
    """The row of one voice."""
    shown = texts["likes"].dropna().astype(int)
    return {
        "texts": len(texts),
        "shown": len(shown),
        "likes": int(shown.sum()),
        "median": float(shown.median()),
        "most": int(shown.max()) if len(shown) else pd.NA,
        "first": shown.idxmax() if len(shown) else None,
    }


def words_of_documents(corpus: Corpus, executor: engine.Executor | None = None) -> Ints:
    """The number of words of every document of a corpus, in order."""
    parts = engine.parts(_words, corpus, executor)
    return np.concatenate([*parts, np.zeros(0, np.int64)])


def _words(shard: Shard) -> Ints:
    counts: Ints = np.bincount(
        shard.token_documents[shard.words], minlength=len(shard.documents)
    ).astype(np.int64)
    return counts


def _below(trees: Forest) -> Ints:
    """How many texts stand under each, at whatever depth; in a circle, those that hang on it."""
    below = np.zeros(len(trees.names), np.int64)
    circling = {i for circle in trees.circles for i in circle.tolist()}
    for i in np.argsort(-trees.depths, kind="stable").tolist():
        if i not in circling and (parent := trees.parents[i]) >= 0:
            below[parent] += below[i] + 1
    return below


def _first_answer_by(trees: Forest, people: Objects, wanted: Ints) -> Objects:
    """Per text the first answer by whoever wrote the text at the place `wanted`; None for none.

    What somebody answers to a text of their own is not counted.
    """
    above = trees.above()
    child = np.flatnonzero(above >= 0)
    parent = above[child]
    whose = wanted[parent]
    known = (whose >= 0) & (whose < trees.size)
    by = people[np.where(known, whose, 0)]
    fits = known & (people[child] == by) & (people[parent] != by)
    parents, first = np.unique(parent[fits], return_index=True)
    found = np.full(trees.size, None, object)
    found[parents] = np.array(trees.names, object)[child[fits][first]]
    return found


def _answered(texts: pd.DataFrame) -> dict[str, object]:
    """The row of one voice."""
    found = {
        "texts": len(texts),
        "people": texts["person"].nunique(),
        "answered": int(texts["any"].sum()),
        "by_host": int(texts["hosted"].sum()),
        "returned": int(texts["back"].sum()),
    }
    people, ones = texts["person"].tolist(), np.ones(len(texts))
    interval = ratio_interval(texts["any"].to_numpy(float), ones, people, one_author=False)
    if interval is None:
        return found | dict.fromkeys(("share", "low", "high"), np.nan) | {"method": TOO_FEW}
    ends = {"share": interval.value, "low": interval.low, "high": interval.high}
    return found | ends | {"method": interval.method}
