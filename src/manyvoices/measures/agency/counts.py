"""What the detectors find, counted where they can be believed, and withheld where not."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.measures.agency.hits import AGENTLESS, PASSIVE, WITH_AGENT, merge, quoted_tokens
from manyvoices.store import Shard
from manyvoices.uncertainty import FEWEST_HITS, ratio_interval

COLUMNS = ["kind", "voice", "hits", "words", "per_10k", "low", "high", "method", "people"]


def rates(
    corpus: Corpus, hits: pd.DataFrame, checks: pd.DataFrame, *, quoted: bool = True
) -> pd.DataFrame:
    """One row per kind and counted voice: how often it is met, if its detector may be counted.

    `hits` is what `agency` returns, `checks` what `check` does. Columns: kind, voice, hits, words,
    per_10k, low, high (95 %), method, people (who use it). Where a detector falls short, hits and
    all that rests on them are missing, and the method says why. Intervals are those of
    `manyvoices.measures.rate`. Without `quoted`, neither hits nor words between quotation marks
    are counted.
    """
    sentences = sentence_sizes(corpus)
    sentences = sentences.assign(base=sentences["words"] - (0 if quoted else sentences["quoted"]))
    kept = hits if quoted else hits[~hits["quoted"]]
    rows = [
        {"kind": kind, "voice": voice}
        | _row(of_voice, kept[kept["kind"].isin(_members(kind))], checks.loc[kind], one_author)
        for kind in checks.index
        for voice, of_voice, one_author in _voices(corpus, sentences)
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"hits": "Int64", "people": "Int64"})


def sentence_sizes(corpus: Corpus, executor: engine.Executor | None = None) -> pd.DataFrame:
    """One row per sentence: sentence, document, voice, person, words, quoted.

    `quoted` is how many of the words stand between quotation marks that close in their paragraph.
    """
    table = engine.run(_part, merge, corpus, executor)
    return table.astype(dict.fromkeys(["sentence", "document", "voice", "person"], "str"))


def _part(shard: Shard) -> pd.DataFrame:
    size = len(shard.sentence_starts)
    homes = shard.paragraph_documents[shard.sentence_paragraphs].tolist()
    inside = shard.words & quoted_tokens(shard)
    return pd.DataFrame(
        {
            "sentence": shard.sentence_ids,
            "document": [shard.documents[i].id for i in homes],
            "voice": [shard.documents[i].voice for i in homes],
            "person": [shard.documents[i].person for i in homes],
            "words": np.bincount(shard.token_sentences[shard.words], minlength=size),
            "quoted": np.bincount(shard.token_sentences[inside], minlength=size),
        }
    )


def _members(kind: str) -> tuple[str, ...]:
    return (WITH_AGENT, AGENTLESS) if kind == PASSIVE else (kind,)


def _voices(corpus: Corpus, sentences: pd.DataFrame) -> Iterable[tuple[str, pd.DataFrame, bool]]:
    for name, voice in corpus.voices.items():
        yield name, sentences[sentences["voice"] == name], voice.one_author


def _row(
    sentences: pd.DataFrame, hits: pd.DataFrame, verdict: pd.Series, one_author: bool
) -> dict[str, object]:
    words = int(sentences["base"].sum())
    row: dict[str, object] = {"words": words} | dict.fromkeys(("per_10k", "low", "high"), np.nan)
    if not verdict["counted"]:
        return row | {"hits": pd.NA, "people": pd.NA, "method": f"read: {verdict['why']}"}
    each = sentences["sentence"].map(hits["sentence"].value_counts()).fillna(0).to_numpy(int)
    total = int(each.sum())
    people = sentences["person"].tolist()
    interval = (
        ratio_interval(each, sentences["base"].to_numpy(), people, one_author=one_author)
        if total >= FEWEST_HITS
        else None
    )
    ends = {"low": 1e4 * interval.low, "high": 1e4 * interval.high} if interval else {}
    return (
        row
        | ends
        | {
            "hits": total,
            "per_10k": 1e4 * total / words if words else np.nan,
            "method": interval.method if interval else "too few to say",
            "people": int(sentences.loc[each > 0, "person"].nunique()),
        }
    )
