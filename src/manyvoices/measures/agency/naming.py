"""Words for persons and ways of thinking, and the words that evaluate, by what they are about."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from manyvoices import engine
from manyvoices.coding import read_passes
from manyvoices.corpus import Corpus
from manyvoices.measures.agency.dictionary import FILE, lexicon, read_words
from manyvoices.measures.agency.forms import ADJECTIVE_ENDINGS, Forms, is_adverb
from manyvoices.measures.agency.hits import hits_table, merge, named_hits, speaks_english, typed
from manyvoices.query import find_hits, parse_query
from manyvoices.store import Shard

NAMED = ["name", "document", "voice", "person", "sentence", "start", "end", "word", "quoted"]
WORDS = ["target", "word", "own", "quoted", "sentences", "elsewhere", "log_ratio", "first"]
USED = ["document", "voice", "sentence", "word", "quoted"]
FEWEST = 2
QUALIFIERS = ("JJ", "JJR", "JJS", "VBN", "VBG")


def named(
    corpus: Corpus,
    part: Literal["persons", "ideologies"],
    executor: engine.Executor | None = None,
    *,
    words: Path = FILE,
) -> pd.DataFrame:
    """One row per word for a person, or for an ideology, that the file of words lists.

    Columns: name (the entry's), document, voice, person, sentence, start, end (code points in the
    document's text), word, quoted (between quotation marks). Rows stand in the order of the
    entries, then of the text. It goes by form: who is meant is not asked.
    """
    queries = dict(getattr(read_words(words), part))
    if not speaks_english(corpus) or not corpus.selected:
        return typed(pd.DataFrame(columns=NAMED))
    found = engine.run(partial(_named_part, queries=queries), merge, corpus, executor)
    order = {name: i for i, name in enumerate(queries)}
    rank = found["name"].map(order)
    return typed(found.iloc[np.argsort(rank, kind="stable")].reset_index(drop=True)[NAMED])


def evaluative_words(corpus: Corpus, executor: engine.Executor | None = None) -> pd.DataFrame:
    """One row per target and word: the adjectives, participles and adverbs of evaluations of it.

    Looked at are sentences that the first pass codes as negative, positive or mixed. Columns:
    target, word (folded), own and quoted (uses outside and between quotation marks), sentences
    (with that target that have it), elsewhere (uses in evaluations of other targets), log_ratio
    (of the rates by sentence here and elsewhere, to the base 2, half a use added to both; Hardie
    2014), first (the first such sentence). Words of fewer than two uses are left out; the most
    frequent in own words come first. No rows without such codes.
    """
    codes = read_passes(corpus)
    if not {"evaluation", "target"} <= set(codes) or not speaks_english(corpus):
        return pd.DataFrame(columns=WORDS)
    codes = codes[(codes["pass"] == codes["pass"].min()) & codes["voice"].isin(corpus.voices)]
    codes = codes[~codes["evaluation"].isin(["", "neutral"]) & (codes["target"] != "")]
    used = engine.run(_words_part, merge, corpus, executor)
    used = used.merge(codes[["sentence", "target"]], on="sentence")
    sizes = codes["target"].value_counts()
    rows = [
        _word_row(str(target), str(word), rows, used, sizes)
        for (target, word), rows in used.groupby(["target", "word"], sort=False)
        if len(rows) >= FEWEST
    ]
    table = pd.DataFrame(rows, columns=WORDS)
    order = table["target"].map({name: i for i, name in enumerate(sizes.index)})
    keys = [table["word"], -table["log_ratio"], -table["own"], order]
    return table.iloc[np.lexsort([key.to_numpy() for key in keys])].reset_index(drop=True)


def _word_row(
    target: str, word: str, rows: pd.DataFrame, used: pd.DataFrame, sizes: pd.Series[int]
) -> dict[str, object]:
    elsewhere = int(((used["word"] == word) & (used["target"] != target)).sum())
    here, there = int(sizes[target]), int(sizes.sum() - sizes[target])
    ratio = np.log2(((len(rows) + 0.5) / (here + 0.5)) / ((elsewhere + 0.5) / (there + 0.5)))
    return {
        "target": target,
        "word": word,
        "own": int((~rows["quoted"]).sum()),
        "quoted": int(rows["quoted"].sum()),
        "sentences": rows["sentence"].nunique(),
        "elsewhere": elsewhere,
        "log_ratio": float(ratio),
        "first": rows["sentence"].iloc[0],
    }


def _named_part(shard: Shard, queries: dict[str, str]) -> pd.DataFrame:
    found = {
        name: find_hits(shard, parse_query(query), shard.token_sentences)
        for name, query in queries.items()
    }
    return named_hits(shard, found, "name")


def _words_part(shard: Shard) -> pd.DataFrame:
    flags = Forms(shard, read_words()).each(is_qualifier)
    places = np.flatnonzero(flags)
    table = hits_table(shard, places, places)
    table["word"] = [shard.folded[code] for code in shard.types[places].tolist()]
    return table[USED]


@cache
def is_qualifier(form: str) -> bool:
    """Whether a form is an adjective, a participle or an adverb in -ly, and no word of grammar."""
    forms = read_words().forms
    if not form[:1].isalpha() or any(form in forms[name] for name in GRAMMAR):
        return False
    tag = lexicon().get(form)
    if tag is None:
        return form.endswith((*ADJECTIVE_ENDINGS, "ed", "ing", "ly"))
    return tag in QUALIFIERS or is_adverb(form)


GRAMMAR = ("be", "have", "do", "get", "modal", "between", "determiner", "preposition", "pronoun")
