"""Where scores and codes stand: by target, along a text, down the tree of answers."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from manyvoices.coding import shares
from manyvoices.corpus import Corpus
from manyvoices.errors import TooFewError
from manyvoices.models.sentiment.adapted import adapted, lexicon_changes
from manyvoices.models.sentiment.classifier import out_of_fold
from manyvoices.models.sentiment.evaluation import (
    LABELS,
    evaluations,
    label,
)
from manyvoices.models.sentiment.pattern import Pattern
from manyvoices.models.sentiment.scorer import KEYS, Scorer, score_sentences
from manyvoices.models.sentiment.vader import Vader
from manyvoices.settings import Voice

EVALUATIONS = ["negative", "mixed", "neutral", "positive"]
CLASSIFIER = "Classifier"
WINDOW = 15
AIMS = ["pass", "target", "voice", "hits", "sentences", "people", "value", "low", "high", "method"]


def scorers(corpus: Corpus) -> tuple[Scorer, ...]:
    """The scorers of the book: VADER, Pattern, and VADER adapted where the description says how."""
    changes = lexicon_changes(corpus)
    return (Vader(), Pattern(), *([adapted(changes)] if len(changes) else []))


def labelled(corpus: Corpus) -> pd.DataFrame:
    """One row per sentence: the label that each pass of codes and each scorer gives it.

    Index: sentence. Columns: document, voice, person; a column a pass (`codes (pass-1)`), missing
    where it did not code a sentence; a column a scorer; last, where codes are enough, the
    classifier that is fitted to the first pass, missing where that did not code a sentence.
    """
    scores = {scorer.name: score_sentences(corpus, scorer) for scorer in scorers(corpus)}
    codes = evaluations(corpus)
    table = next(iter(scores.values()))[KEYS].set_index("sentence")
    for name, of_pass in codes.groupby("pass"):
        table[code_name(str(name))] = of_pass.set_index("sentence")["evaluation"]
    for name, one in scores.items():
        table[name] = label(one["compound"]).to_numpy()
    return _with_classifier(corpus, table, codes[codes["pass"] == codes["pass"].min()])


def code_name(pass_name: str) -> str:
    """What the column of a pass is called."""
    return f"codes ({pass_name})"


def _with_classifier(corpus: Corpus, table: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    try:
        fitted = out_of_fold(corpus, codes).set_index("sentence")["compound"]
    except TooFewError:
        return table
    return table.join(label(fitted).rename(CLASSIFIER))


def by_voice(labels: pd.DataFrame, voices: Mapping[str, Voice]) -> pd.DataFrame:
    """One row per voice and column of labels: how many sentences have each sign.

    `labels` is what `labelled` returns. Columns: voice, by (who says so), sentences, negative,
    neutral (mixed among them), positive.
    """
    rows = [
        (voice, name, len(found), *_counts(found))
        for voice in voices
        for name in labels.columns[len(KEYS) - 1 :]
        if len(found := labels.loc[labels["voice"] == voice, name].dropna())
    ]
    return pd.DataFrame(rows, columns=["voice", "by", "sentences", *LABELS])


def _counts(found: pd.Series[str]) -> list[int]:
    counts = found.replace("mixed", "neutral").value_counts()
    return [int(counts.get(name, 0)) for name in LABELS]


def by_target(codes: pd.DataFrame) -> pd.DataFrame:
    """One row per pass, voice and target: the sentences of each evaluation.

    Columns: pass, voice, target, negative, mixed, neutral, positive. Targets stand by how many
    sentences are coded with them in all.
    """
    keys = ["pass", "voice", "target"]
    counts = codes.groupby([*keys, "evaluation"], sort=False).size().unstack(fill_value=0)
    counts = (
        counts.reindex(columns=EVALUATIONS, fill_value=0).rename_axis(columns=None).reset_index()
    )
    order = codes["target"].value_counts()
    counts = counts.sort_values(
        "target", key=lambda names: -names.map(order).astype(float), kind="stable"
    )
    return counts.sort_values("pass", kind="stable", ignore_index=True)


def aims(
    codes: pd.DataFrame, voices: Mapping[str, Voice], examples: pd.Series[bool]
) -> pd.DataFrame:
    """One row per pass, voice and target: how much of what is negative there is aimed at it.

    Columns: pass, target, voice, then those of `shares` (of the voice's negative sentences), and
    first (the first such sentence for which `examples` is true, if there is one). Targets stand by
    how many negative sentences they have in all; those that nothing in a voice is aimed at have no
    row.
    """
    negative = codes[(codes["evaluation"] == "negative") & (codes["target"] != "")]
    keys = ["pass", "target", "voice"]
    fit = negative[negative["sentence"].map(examples).astype(bool)]
    first = fit.groupby(keys)["sentence"].first().rename("first")
    rows = [
        {"pass": name, "target": target, "voice": voice, **row}
        for name, part in negative.groupby("pass")
        for target in negative["target"].value_counts().index
        for voice, row in shares(part, part["target"] == target, voices).iterrows()
        if row["hits"]
    ]
    return pd.DataFrame(rows, columns=AIMS).join(first, on=keys)


def examples(corpus: Corpus) -> pd.Series[bool]:
    """Per sentence: whether it may be made an example of: no passage of its text is withheld."""
    withheld = {name for name, masks in corpus.masks.items() if not all(m.role for m in masks)}
    table = corpus.sentences
    free = ~table["document"].isin(withheld)
    return pd.Series(free.to_numpy(), pd.Index(table["sentence"]), dtype=bool)


def signs(labels: pd.DataFrame) -> pd.DataFrame:
    """The labels as numbers: -1 negative, 1 positive, 0 neutral or mixed; missing stay missing."""
    values = dict(zip(LABELS, (-1.0, 0.0, 1.0), strict=True)) | {"mixed": 0.0}
    return pd.DataFrame({name: labels[name].map(values) for name in labels})


def along(
    corpus: Corpus, labels: pd.DataFrame, document: str, window: int = WINDOW
) -> pd.DataFrame:
    """One row per sentence of a document: the mean sign of the sentences around it.

    Index: sentence. Columns: place (from 1), then those of `labels` (labels by sentence): the mean
    over `window` sentences with this one in their middle, fewer at the ends, of -1 for negative and
    1 for positive.
    """
    rows = corpus.sentences.query("document == @document")["sentence"]
    of_document = signs(labels.reindex(rows))
    rolled = of_document.rolling(window, center=True, min_periods=window // 2 + 1).mean()
    rolled.insert(0, "place", range(1, len(rolled) + 1))
    return rolled.rename_axis("sentence")


def down_tree(
    labels: pd.DataFrame, people: pd.Series[str], depths: Mapping[str, int]
) -> pd.DataFrame:
    """One row per depth in the tree of answers: how much of what is said there is negative.

    `labels` are labels by sentence, `people` and `depths` the writer of a sentence and the depth
    of its document, both by sentence. Index: depth. Columns: sentences, people, then those of
    `labels`: the share of sentences that are negative.
    """
    at = pd.Series(labels.index.map(depths), labels.index, name="depth", dtype="Int64")
    negative = (labels == "negative").where(labels.notna()).astype(float)
    groups = negative[at.notna()].groupby(at.dropna())
    table = groups.mean()
    table.insert(0, "sentences", groups.size())
    table.insert(
        1, "people", people.reindex(labels.index)[at.notna()].groupby(at.dropna()).nunique()
    )
    return table
