"""How much each voice says, and what became of every line of the sources."""

from __future__ import annotations

import numpy as np
import pandas as pd

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.store import Shard

COUNTS = ["documents", "paragraphs", "sentences", "words"]


def sizes(corpus: Corpus, executor: engine.Executor | None = None) -> pd.DataFrame:
    """One row per counted voice, in the description's order.

    Index: voice. Columns: label, people, documents, paragraphs, sentences, words, share (of the
    words of all counted voices). A word is a token with a letter or a digit; a withheld word is
    one word.
    """
    per_document = engine.run(_part, _merge, corpus, executor)
    counted = per_document[per_document["voice"].isin(corpus.voices)]
    table = counted.groupby("voice")[COUNTS].sum().reindex(list(corpus.voices))
    table.insert(0, "label", [voice.label for voice in corpus.voices.values()])
    table.insert(1, "people", counted.groupby("voice")["person"].nunique().reindex(table.index))
    table["share"] = table["words"] / table["words"].sum()
    return table


def line_fates(corpus: Corpus) -> pd.DataFrame:
    """One row per line (or record) of every source file, in order.

    Columns: source, line (from 1), start, end (code points in the file), fate, document, reason.
    """
    rows = [
        (reading.source, *(getattr(fate, name) for name in fate.__slots__))
        for reading in corpus.readings
        for fate in reading.fates
    ]
    return pd.DataFrame(
        rows, columns=["source", "line", "start", "end", "fate", "document", "reason"]
    )


def fate_runs(fates: pd.DataFrame) -> pd.DataFrame:
    """One row per run of neighbouring lines with the same fate, from what `line_fates` returns.

    Columns: source, lines (the first and the last, as text), count (of lines that are not blank),
    characters (on them), fate, document, reason. Blank lines end no run and are counted in none.
    """
    written = fates[fates["fate"] != "blank"]
    keys = ["source", "fate", "document", "reason"]
    number = (written[keys] != written[keys].shift()).any(axis=1).cumsum().rename("run")
    runs = written.assign(characters=written["end"] - written["start"]).groupby(number)
    table = runs[keys].first().assign(count=runs.size(), characters=runs["characters"].sum())
    ends = zip(runs["line"].min(), runs["line"].max(), strict=True)
    table["lines"] = [f"{first}" if first == last else f"{first}–{last}" for first, last in ends]
    order = ["source", "lines", "count", "characters", "fate", "document", "reason"]
    return table.reset_index()[order]


def _part(shard: Shard) -> pd.DataFrame:
    sentences = np.diff(shard.paragraph_sentences)
    words = np.bincount(shard.token_documents[shard.words], minlength=len(shard.documents))
    return pd.DataFrame(
        {
            "document": [document.id for document in shard.documents],
            "voice": [document.voice for document in shard.documents],
            "person": [document.person for document in shard.documents],
            "documents": 1,
            "paragraphs": np.bincount(
                shard.paragraph_documents[np.diff(shard.paragraph_sentences) > 0],
                minlength=len(shard.documents),
            ),
            "sentences": np.bincount(
                shard.paragraph_documents, weights=sentences, minlength=len(shard.documents)
            ).astype(np.int64),
            "words": words,
        }
    )


def _merge(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([left, right], ignore_index=True)
