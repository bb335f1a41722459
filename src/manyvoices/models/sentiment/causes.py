"""Why VADER and the codes part: a first guess from what stands in a sentence, and a trial of it.

A guess is a rule: the sentence has a word that names an institution, a word in scare quotes, and so
on. That does not make it the cause. So, where that can be done, the sentence is scored once more
without what is suspected; the guess gains weight if the sentence then comes out as it was coded.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from manyvoices.coding import read_quotations
from manyvoices.corpus import Corpus
from manyvoices.models.sentiment.adapted import adapted, lexicon_changes
from manyvoices.models.sentiment.evaluation import label
from manyvoices.models.sentiment.scorer import score_sentences
from manyvoices.models.sentiment.vader import Vader
from manyvoices.store import HIDDEN_WORD, Shard

CAUSES = ("no valued word", "domain word", "scare quote", "another’s words", "negation")
QUOTED = {"scare quote": ["scare-quote"], "another’s words": ["quotation", "echo"]}
OTHER = "other"


def features(corpus: Corpus) -> pd.DataFrame:
    """One row per sentence: which of the suspected causes stand in it.

    Index: sentence. Columns, true or false: no valued word (VADER finds none), domain word (one
    that the changed lexicon takes out), scare quote and another’s words (as quotations were coded),
    negation (a word that VADER takes for one, or *no*).
    """
    plain = score_sentences(corpus, Vader())
    changes = lexicon_changes(corpus)
    domain = set(changes.loc[changes["new"].isna(), "term"])
    quotations = read_quotations(corpus)
    negates = Vader().rules.package.negated
    found = {
        "no valued word": ((plain["neg"] == 0) & (plain["pos"] == 0)).to_numpy(),
        "domain word": _with_words(corpus, domain.__contains__),
        **{
            name: _overlapping(corpus, _of_kinds(quotations, kinds))
            for name, kinds in QUOTED.items()
        },
        "negation": _with_words(corpus, lambda word: word == "no" or negates([word])),
    }
    return pd.DataFrame(found, index=pd.Index(plain["sentence"], name="sentence"))


def guess(found: pd.DataFrame) -> pd.Series[str]:
    """The first cause, in the order of `CAUSES`, that stands in each sentence; else "other"."""
    names = np.array([*CAUSES, OTHER], object)
    flags = found[list(CAUSES)].assign(**{OTHER: True}).to_numpy(bool)
    return pd.Series(names[flags.argmax(axis=1)], found.index, dtype="str")


def trials(corpus: Corpus) -> pd.DataFrame:
    """One row per sentence: what VADER says of it without each suspected cause.

    Index: sentence. Columns: those causes that can be taken away, with labels: no valued word (with
    the words that the changed lexicon adds), domain word (without those that it takes out), scare
    quote and another’s words (without what stands in such marks). Negation cannot be tried so.
    """
    changes, quotations = lexicon_changes(corpus), read_quotations(corpus)
    scores = {
        "no valued word": score_sentences(corpus, adapted(changes[changes["new"].notna()])),
        "domain word": score_sentences(corpus, adapted(changes[changes["new"].isna()])),
        **{
            name: score_sentences(corpus, Vader(), without=_of_kinds(quotations, kinds))
            for name, kinds in QUOTED.items()
        },
    }
    labels = {name: label(table["compound"]) for name, table in scores.items()}
    return pd.DataFrame(labels).set_index(corpus.sentences["sentence"])


def errors(pairs: pd.DataFrame, found: pd.DataFrame, tried: pd.DataFrame) -> pd.DataFrame:
    """One row per sentence on which VADER and the code differ.

    `pairs` are those of `pair`, `found` and `tried` what `features` and `trials` return. Columns:
    those of `pairs`, cause (the first guess), mended (whether it comes out as coded without that
    cause; missing where that cannot be tried).
    """
    wrong = pairs[pairs["said"] != pairs["coded"]].reset_index(drop=True)
    cause = guess(found).loc[wrong["sentence"]].to_numpy()
    retried = [
        tried[name].loc[sentence] == coded if name in tried else pd.NA
        for name, sentence, coded in zip(cause, wrong["sentence"], wrong["coded"], strict=True)
    ]
    return wrong.assign(cause=cause, mended=pd.array(retried, dtype="boolean"))


def causes(pairs: pd.DataFrame, found: pd.DataFrame, wrong: pd.DataFrame) -> pd.DataFrame:
    """One row per cause: how often it stands where VADER and the codes differ, and where not.

    Columns: cause, errors (of which it is the first guess), reversed (those of them that have the
    opposite sign), mended (those that come out as coded without it), tried (those where that could
    be tried), of_errors and of_agreed (the share of all errors, and of
    all sentences on which both agree, in which it stands, first or not). Without pairs there are
    no rows.
    """
    agreed = pairs.loc[pairs["said"] == pairs["coded"], "sentence"]
    rows = []
    for name in (*CAUSES, OTHER) if len(pairs) else ():
        of_cause = wrong[wrong["cause"] == name]
        shares = [_share(found, name, part) for part in (wrong["sentence"], agreed)]
        tried = of_cause["mended"].dropna()
        opposed = (of_cause[["said", "coded"]] != "neutral").all(axis=1)
        rows.append((name, len(of_cause), opposed.sum(), tried.sum(), len(tried), *shares))
    columns = ["cause", "errors", "reversed", "mended", "tried", "of_errors", "of_agreed"]
    return pd.DataFrame(rows, columns=columns)


def _share(found: pd.DataFrame, name: str, sentences: pd.Series[str]) -> float:
    there = found[name] if name in found else ~found[list(CAUSES)].any(axis=1)
    return float(there.loc[sentences].mean()) if len(sentences) else np.nan


def _of_kinds(quotations: pd.DataFrame, kinds: list[str]) -> pd.DataFrame:
    return quotations[quotations["kind"].isin(kinds)]


def _overlapping(corpus: Corpus, spans: pd.DataFrame) -> np.ndarray:
    """Per sentence: whether it shares a character with a span of its document."""
    table = corpus.sentences.reset_index()
    both = table.merge(spans, on="document", suffixes=("", "_span"))
    shared = both[(both["start"] < both["end_span"]) & (both["end"] > both["start_span"])]
    return table["index"].isin(shared["index"]).to_numpy()


def _with_words(corpus: Corpus, wanted: Callable[[str], bool]) -> np.ndarray:
    """Per sentence: whether one of its words, folded, is wanted."""
    return np.concatenate([_flags(shard, wanted) for shard in corpus.selected])


def _flags(shard: Shard, wanted: Callable[[str], bool]) -> np.ndarray:
    types = np.array([HIDDEN_WORD not in name and wanted(name) for name in shard.folded], bool)
    hits = shard.token_sentences[types[shard.types]]
    return np.bincount(hits, minlength=len(shard.sentence_starts)) > 0
