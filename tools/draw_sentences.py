"""Draw the sentences that are labelled by hand to check the detectors of chapter 6.

    python -m tools.draw_sentences [--corpus data/corpus.yml] [--size 100] [--seed 1969]

Written out as CSV: source, start, end (code points in the source file), sentence, voice, half.
The draw is made once, before there is a detector, and kept in data/codes/agency/sample.csv.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from random import Random

import numpy as np
import pandas as pd

from manyvoices.coding.passes import file_spans
from manyvoices.corpus import Corpus

DESCRIPTION = Path(__file__).resolve().parent.parent / "data" / "corpus.yml"
SIZE, SEED = 100, 1969
HALVES = ("development", "test")


def draw(corpus: Corpus, size: int = SIZE, seed: int = SEED) -> pd.DataFrame:
    """The drawn sentences in the order of the files, half of each voice in either half.

    Simple random sampling within each counted voice; a voice has as many as its share of all
    sentences, by the method of the largest remainder, and a voice's odd sentence goes to the test
    half. Sentences that touch a withheld passage are not drawn.
    """
    frame = eligible(corpus)
    rng = Random(seed)
    drawn = []
    for voice, take in shares(frame["voice"].value_counts(sort=False), size).items():
        chosen = rng.sample(frame.index[frame["voice"] == voice].tolist(), take)
        drawn += [(place, HALVES[i >= take // 2]) for i, place in enumerate(chosen)]
    halves = dict(drawn)
    rows = frame.loc[sorted(halves)]
    return rows.assign(half=[halves[place] for place in rows.index])[
        ["source", "start", "end", "sentence", "voice", "half"]
    ]


def eligible(corpus: Corpus) -> pd.DataFrame:
    """The counted sentences that touch no withheld passage, in the order of the files."""
    counted = corpus.counted()
    sentences = counted.sentences.set_index("sentence")
    spans = file_spans(counted)
    here = sentences.loc[spans["sentence"], ["document", "start", "end"]].itertuples(index=False)
    free = [not withheld(corpus, *span) for span in here]
    return spans[free].reset_index(drop=True)


def withheld(corpus: Corpus, document: str, start: int, end: int) -> bool:
    """Whether a withheld passage stands in `text[start:end]` of a document."""
    masks = corpus.masks.get(document, ())
    return any(not m.role and m.start < end and start < m.end for m in masks)


def shares(counts: pd.Series[int], size: int) -> dict[str, int]:
    """How many of `size` each stratum has: its share, whole, the largest remainders rounded up."""
    exact = counts.to_numpy() * size / counts.sum()
    whole = np.floor(exact).astype(int)
    order = np.argsort(whole - exact, kind="stable")
    whole[order[: size - whole.sum()]] += 1
    return dict(zip(counts.index, whole.tolist(), strict=True))


def main(arguments: list[str]) -> None:
    """Write the draw out."""
    parser = argparse.ArgumentParser(prog="tools.draw_sentences", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=DESCRIPTION)
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args(arguments)
    drawn = draw(Corpus.load(given.corpus), given.size, given.seed)
    drawn.to_csv(sys.stdout, index=False, lineterminator="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
