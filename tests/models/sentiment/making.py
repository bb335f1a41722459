"""Corpora with planted evaluations."""

from __future__ import annotations

import pandas as pd

from manyvoices.corpus import Corpus
from tests.model.making import document, made_corpus


def planted(
    *, people: int = 6, each: int = 10, private: bool = False
) -> tuple[Corpus, pd.DataFrame]:
    """A corpus and its codes: every second sentence has a sad word and is coded negative.

    With `private` each person has sad and glad words of their own.
    """
    texts, labels = [], []
    for person in range(people):
        own = "abcdefghijklmnopqrstuvwxyzäöüß"[person] * 3 if private else ""
        sentences = [f"{('Grim', 'Glad')[i % 2]}{own} days." for i in range(each)]
        if private:
            sentences = [f"{one[:-6]}." for one in sentences]
        texts.append(
            document(f"t{person}", [" ".join(sentences)], voice="two", person=f"p{person}")
        )
        labels += ["negative", "positive"] * (each // 2)
    corpus = made_corpus(texts)
    return corpus, coded(corpus, labels)


def coded(corpus: Corpus, labels: list[str] | str) -> pd.DataFrame:
    """One pass of codes with these evaluations, a target each."""
    keys = corpus.sentences[["sentence", "document", "voice", "person"]]
    return keys.assign(evaluation=labels, target="weather", **{"pass": "pass-1"})
