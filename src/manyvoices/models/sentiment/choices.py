"""The headlines on evaluation, under every combination of choices that can be defended."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd

from manyvoices.coding import read_quotations
from manyvoices.corpus import Corpus
from manyvoices.models.sentiment.evaluation import LABELS, evaluations
from manyvoices.multiverse import Multiverse, multiverse
from manyvoices.uncertainty import Interval, Ratio, contrast, without_each

SHORT = 4
NEGATIVE = Ratio("negative", "sentence")
CHOICES = {
    "mixed": ["left out", "neutral", "negative"],
    "neutral": ["in the base", "left out"],
    "weight": ["by sentence", "by person"],
    "headings": ["in", "out"],
    "short": ["in", "out"],
    "quoted": ["in", "out"],
}


def more_negative(corpus: Corpus, voice: str, other: str) -> Multiverse | None:
    """Whether `voice` has the larger share of sentences coded negative than `other` has.

    The value is the difference of the shares. Choices: the pass of codes; what a mixed sentence
    counts as; whether neutral sentences stand in the base; whether sentences or persons weigh
    alike; whether headings and captions, sentences of fewer than four words, and sentences with
    words in coded quotation marks are in. None where a voice has no coded sentence.
    """
    codes = _described(corpus, evaluations(corpus))
    codes = codes[codes["voice"].isin([voice, other])]
    if codes.empty or codes["voice"].nunique() < 2:
        return None
    passes = {str(name): rows for name, rows in codes.groupby("pass")}
    return multiverse(
        partial(_difference, voice=voice, other=other),
        {"coding": passes, **CHOICES},
        steps={"kept": _kept, "labelled": _labelled},
    )


def _kept(coding: pd.DataFrame, headings: str, short: str, quoted: str) -> pd.DataFrame:
    inside = np.ones(len(coding), bool)
    for choice, flag in ((headings, "heading"), (short, "short"), (quoted, "quoted")):
        if choice == "out":
            inside &= ~coding[flag].to_numpy()
    return coding[inside]


def _labelled(kept: pd.DataFrame, mixed: str, neutral: str) -> pd.DataFrame:
    said = kept["evaluation"].replace("mixed", mixed)
    base = [name for name in LABELS if neutral == "in the base" or name != "neutral"]
    return kept.assign(said=said)[said.isin(base).to_numpy()]


def _difference(labelled: pd.DataFrame, weight: str, *, voice: str, other: str) -> float:
    first, second = (_share(labelled[labelled["voice"] == v], weight) for v in (voice, other))
    return first - second


def gap(corpus: Corpus, voice: str, other: str) -> Interval:
    """The difference of the shares as `more_negative` has it under the first of every choice.

    Its interval comes from drawing whole persons of a voice of several, and blocks of neighbouring
    sentences of a voice of one author. Raises TooFewError where there are too few to draw from.
    """
    return contrast(NEGATIVE, _first_pass(corpus), voice, other, corpus.one_author)


def gap_without(corpus: Corpus, voice: str, other: str) -> dict[str, float]:
    """The same difference without each person of a voice of several, by their ids.

    Raises TooFewError where without somebody a voice has no coded sentence.
    """
    return without_each(NEGATIVE, _first_pass(corpus), voice, other, corpus.one_author)


def _first_pass(corpus: Corpus) -> pd.DataFrame:
    codes = evaluations(corpus)
    clear = codes[(codes["pass"] == codes["pass"].min()) & codes["evaluation"].isin(LABELS)]
    found: pd.DataFrame = clear.assign(sentence=1)
    found["negative"] = (found["evaluation"] == "negative").astype(int)
    return found


def _share(sentences: pd.DataFrame, weight: str) -> float:
    negative = (sentences["said"] == "negative").astype(float)
    if weight == "by sentence":
        return float(negative.mean())
    return float(negative.groupby(sentences["person"]).mean().mean())


def _described(corpus: Corpus, codes: pd.DataFrame) -> pd.DataFrame:
    """The codes, with what kind of sentence each belongs to: heading, short, quoted."""
    sentences = corpus.sentences.set_index("sentence")
    own = sentences.loc[codes["sentence"]]
    return codes.assign(
        heading=codes["sentence"].map(corpus.sentence_kinds) != "body",
        short=(own["words"] < SHORT).to_numpy(),
        quoted=codes["sentence"].isin(_with_quotations(corpus, sentences)).to_numpy(),
    )


def _with_quotations(corpus: Corpus, sentences: pd.DataFrame) -> Sequence[str]:
    """The sentences in which a coded pair of quotation marks stands."""
    quotations = read_quotations(corpus)[["document", "start", "end"]]
    pairs = sentences.reset_index().merge(quotations, on="document", suffixes=("", "_mark"))
    inside = (pairs["start"] <= pairs["start_mark"]) & (pairs["end_mark"] <= pairs["end"])
    return pairs.loc[inside, "sentence"].unique().tolist()
