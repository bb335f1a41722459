"""A headline on agency or modality, under every combination of choices that can be defended."""

from __future__ import annotations

from functools import partial

import pandas as pd

from manyvoices.coding import in_documents
from manyvoices.corpus import Corpus
from manyvoices.measures.agency.counts import sentence_sizes
from manyvoices.measures.agency.hits import AGENTLESS
from manyvoices.multiverse import Multiverse, multiverse
from manyvoices.text.folding import fold

SHORT = 4
CODES = "agency/acted-upon.csv"
CHOICES = {
    "quoted": ["in", "out"],
    "headings": ["in", "out"],
    "short": ["in", "out"],
    "negations": ["in", "out"],
    "unit": ["hits by word", "sentences with one"],
    "weight": ["by word", "by person"],
}


def more_often(
    corpus: Corpus, hits: pd.DataFrame, kind: str, voice: str, other: str
) -> Multiverse | None:
    """Whether `voice` has hits of a kind more often than `other`.

    The value is the difference of the rates, per 10,000 words or in points of a share. `hits` is
    what `agency` returns. Choices: words between quotation marks in or out; headings and captions;
    sentences of fewer than four words; negated forms (*cannot*, *don't*); hits by word or
    sentences that have one; words or persons weighing alike. None where a voice has no sentence.
    """
    sentences = _described(corpus)
    sentences = sentences[sentences["voice"].isin([voice, other])]
    if sentences["voice"].nunique() < 2:
        return None
    return multiverse(
        partial(_difference, voice=voice, other=other),
        CHOICES,
        steps={
            "sentences": lambda: sentences,
            "of_kind": lambda: _of_kind(hits, kind),
            "kept": _kept,
            "counted": _counted,
        },
    )


def _of_kind(hits: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The hits of a kind, with whether each is negated."""
    rows = hits[hits["kind"] == kind]
    negated = rows["word"].map(lambda word: fold(word).endswith(("n't", "not")))
    return rows.assign(negated=negated.astype(bool))


def _kept(sentences: pd.DataFrame, headings: str, short: str) -> pd.DataFrame:
    out = sentences["heading"] & (headings == "out") | sentences["short"] & (short == "out")
    return sentences[~out]


def _counted(
    kept: pd.DataFrame, of_kind: pd.DataFrame, quoted: str, negations: str
) -> pd.DataFrame:
    out = of_kind["quoted"] & (quoted == "out") | of_kind["negated"] & (negations == "out")
    each = of_kind.loc[~out, "sentence"].value_counts()
    base = kept["words"] - (kept["quoted"] if quoted == "out" else 0)
    return kept.assign(base=base, found=kept["sentence"].map(each).fillna(0))


def _difference(counted: pd.DataFrame, unit: str, weight: str, *, voice: str, other: str) -> float:
    first, second = (
        _rate(counted[counted["voice"] == name], unit, weight) for name in (voice, other)
    )
    return first - second


def by_sentence(corpus: Corpus, hits: pd.DataFrame, kind: str) -> pd.DataFrame:
    """One row per sentence with its voice, person and words; found is 10,000 times its hits.

    So the ratio of the sums of found and words is the rate of `rates`, and `contrast` of
    `manyvoices.uncertainty` can say how the difference of two voices wavers.
    """
    each = hits.loc[hits["kind"] == kind, "sentence"].value_counts()
    table = sentence_sizes(corpus)
    return table.assign(found=1e4 * table["sentence"].map(each).fillna(0))


def acted_upon(corpus: Corpus, hits: pd.DataFrame) -> pd.DataFrame:
    """The passives without a doer that are coded for whom or what the deed is done to.

    The rows of `hits` (what `agency` returns) with the column acted_upon, in text order; those
    that the codes know as no passives are left out. The codes are those of `agency/acted-upon.csv`
    in the folder of codes.
    """
    codes = in_documents(corpus, CODES, ["acted_upon"])
    found = hits[hits["kind"] == AGENTLESS].merge(codes, on=["document", "start", "end"])
    return found[found["acted_upon"] != "none"].reset_index(drop=True)


def _rate(sentences: pd.DataFrame, unit: str, weight: str) -> float:
    """Hits per 10,000 words, or the share of sentences with one in points."""
    if unit == "hits by word":
        table = sentences[["person"]].assign(
            above=1e4 * sentences["found"], below=sentences["base"]
        )
    else:
        table = sentences[["person"]].assign(above=100.0 * (sentences["found"] > 0), below=1)
    if weight == "by word":
        return float(table["above"].sum() / table["below"].sum())
    sums = table.groupby("person")[["above", "below"]].sum()
    return float((sums["above"] / sums["below"])[sums["below"] > 0].mean())


def _described(corpus: Corpus) -> pd.DataFrame:
    """Sentences with their sizes, and whether they are headings or short."""
    table = sentence_sizes(corpus)
    kinds = table["sentence"].map(corpus.sentence_kinds)
    return table.assign(heading=kinds != "body", short=table["words"] < SHORT)
