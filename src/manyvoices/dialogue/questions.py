"""Questions: where a question mark stands, whom it may ask, and whether that person answered."""

from __future__ import annotations

import numpy as np
import pandas as pd

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.dialogue.markers import YOU, parsed
from manyvoices.dialogue.threads import turns
from manyvoices.query import find_hits
from manyvoices.store import Shard
from manyvoices.uncertainty import FEWEST_HITS, wilson

ASKED = "asked"
MARKS = frozenset("\"'“”‘’")
COLUMNS = ["sentence", "document", "voice", "person", "start", "end", "last", "addressed", "quoted"]
CHECK = ["rule", "found", "right", "asked", "precision", "low", "high", "recall"]


def questions(corpus: Corpus, executor: engine.Executor | None = None) -> pd.DataFrame:
    """One row per sentence with a question mark, in text order.

    Columns: sentence, document, voice, person, start, end, last (whether the mark ends the
    sentence, but for quotation marks, brackets and signs), addressed (the sentence holds *you* or
    a form of it), quoted (it holds a quotation mark), asks (the rule: it is addressed, not quoted,
    and its document answers another one), whom (that document), answers (direct answers to the
    question's document), answered_by (the first of them by the person asked). A mark inside a web
    address is none. That an answer was written does not say that it answers the question, and many
    questions are asked to say something: `check_questions` sets the rule beside a reading.
    """
    rows = [row for part in engine.parts(_part, corpus, executor) for row in part]
    table = pd.DataFrame(rows, columns=COLUMNS).astype(dict.fromkeys(COLUMNS[6:], bool))
    thread = turns(corpus).reindex(table["document"])
    table["whom"] = thread["parent"].to_numpy()
    table["asks"] = table["addressed"] & ~table["quoted"] & table["whom"].notna()
    table["answers"] = thread["answers"].fillna(0).astype(int).to_numpy()
    table["answered_by"] = thread["returned"].to_numpy()
    return table


def check_questions(found: pd.DataFrame, reading: pd.DataFrame) -> pd.DataFrame:
    """One row per rule: how far it finds what a reader took for a question to somebody.

    `found` is of `questions`, `reading` has the columns document, start, end and kind (`asked` for
    a question that seeks an answer), as `manyvoices.coding.read_questions` gives them, and lists
    questions without a mark as well. Columns: rule, found (of those that were read), right (of
    these read as asked), asked (all that were read so), precision with low and high (95 %, Wilson),
    recall. Below five hits a share is missing.
    """
    kinds = [_kind(row, reading) for row in found[["document", "start", "end"]].to_numpy()]
    read = found.assign(kind=np.array(kinds, object)).dropna(subset="kind")
    asked = int((reading["kind"] == ASKED).sum())
    rules = {"a question mark": read, "a question mark, and the rule": read[read["asks"]]}
    rows = [_check(rule, rows["kind"] == ASKED, asked) for rule, rows in rules.items()]
    return pd.DataFrame(rows, columns=CHECK)


def _check(rule: str, right: pd.Series, asked: int) -> tuple[object, ...]:
    hits, found = int(right.sum()), len(right)
    interval = wilson(hits, found) if found >= FEWEST_HITS else None
    ends = (interval.value, interval.low, interval.high) if interval else (np.nan,) * 3
    return rule, found, hits, asked, *ends, hits / asked if asked >= FEWEST_HITS else np.nan


def _kind(place: np.ndarray, reading: pd.DataFrame) -> str | None:
    """What the sentence at a place was read as: the stretch that was read begins in it."""
    document, start, end = place
    inside = (reading["document"] == document) & reading["start"].between(start, end - 1)
    return str(reading.loc[inside, "kind"].iloc[0]) if inside.any() else None


def _part(shard: Shard) -> list[tuple[object, ...]]:
    """The rows of one shard, without what the thread tells."""
    asking = _flags(shard, [set(s) <= set("?!") and "?" in s for s in shard.vocabulary])
    tokens = np.flatnonzero(asking)
    if not len(tokens):
        return []
    you = _sentences(shard, _addressed(shard))
    quoted = _sentences(
        shard, np.flatnonzero(_flags(shard, [s in MARKS for s in shard.vocabulary]))
    )
    sentences, last = np.unique(shard.token_sentences[tokens][::-1], return_index=True)
    ends = _last_words(shard)[sentences] < tokens[::-1][last]
    return [
        (*_where(shard, s), bool(end), bool(you[s]), bool(quoted[s]))
        for s, end in zip(sentences.tolist(), ends.tolist(), strict=True)
    ]


def _flags(shard: Shard, of_types: list[bool]) -> np.ndarray:
    """Per token what is said of its type."""
    return np.array(of_types, bool)[shard.types]


def _addressed(shard: Shard) -> np.ndarray:
    ((_, _, query),) = parsed({"you": (YOU,)})
    return find_hits(shard, query, shard.token_sentences).first


def _sentences(shard: Shard, tokens: np.ndarray) -> np.ndarray:
    """Per sentence whether any of the tokens stands in it."""
    return np.bincount(shard.token_sentences[tokens], minlength=len(shard.sentence_starts)) > 0


def _last_words(shard: Shard) -> np.ndarray:
    """Per sentence its last word; -1 for none."""
    last = np.full(len(shard.sentence_starts), -1)
    words = np.flatnonzero(shard.words)
    last[shard.token_sentences[words]] = words
    return last


def _where(shard: Shard, sentence: int) -> tuple[object, ...]:
    document = shard.documents[shard.paragraph_documents[shard.sentence_paragraphs[sentence]]]
    start, end = int(shard.sentence_starts[sentence]), int(shard.sentence_ends[sentence])
    return shard.sentence_ids[sentence], document.id, document.voice, document.person, start, end
