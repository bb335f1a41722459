"""All pairs of neighbouring words beside NLTK, on one core and the same tokens.

    python -m benchmarks.collocations TEXT [--words 1000000] [--window 2]

TEXT is any file of text in UTF-8, one document a line, plain or compressed by xz. Written out as
JSON: the words and the pairs; how long NLTK's `BigramCollocationFinder` takes to count all pairs
within sentences and to order them by likelihood ratio, and how long `collocations` takes for the
same table with the documents behind each pair, in seconds of processor time, the best of some runs;
the most memory that each had from Python at one time, in megabytes; and by how much, at most and
relatively, the two G² of a pair differ. NLTK is given marks, and the ends of sentences, as its
None, and folded words; what the shards keep of their types was asked for once before.

22 November 2026, Python 3.11, NLTK 3.10.4, one of two shared cores, 1,000,891 words of comments:

    window    pairs        NLTK       ours      faster   memory, MB   difference of G²
    2           313,094     3.20 s    0.135 s    23.7    88 and 71    9e-14
    5         1,217,746    11.18 s    0.597 s    18.7    337 and 274  5e-13
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
from nltk.collocations import BigramCollocationFinder
from nltk.metrics import BigramAssocMeasures

from benchmarks.common import arguments, megabytes, read_corpus, seconds, write
from manyvoices.corpus import Corpus
from manyvoices.measures import collocations
from manyvoices.measures.association import MEASURES


def tokens_of(corpus: Corpus, window: int) -> list[str | None]:
    """The folded words in order, None for a mark, and as many after a sentence as part it."""
    tokens: list[str | None] = []
    for shard in corpus.selected:
        forms = [
            shard.folded[code] if word else None
            for code, word in zip(shard.types.tolist(), shard.words.tolist(), strict=True)
        ]
        edges = shard.sentence_tokens.tolist()
        for start, end in pairwise(edges):
            tokens += forms[start:end] + [None] * (window - 1)
    return tokens


def by_nltk(tokens: list[str | None], window: int) -> list[tuple[tuple[str, str], float]]:
    """All pairs, the highest likelihood ratio first."""
    finder = BigramCollocationFinder.from_words(tokens, window)
    return finder.score_ngrams(BigramAssocMeasures.likelihood_ratio)


def by_us(corpus: Corpus, window: int) -> pd.DataFrame:
    """The same table."""
    return collocations(corpus, window=window, minimum=1, floor=1, measures=["g2"])


def difference(ours: pd.DataFrame, theirs: list[tuple[tuple[str, str], float]]) -> float:
    """The largest relative difference between the two G² of a pair."""
    scores = dict(theirs)
    pairs = zip(ours["first"], ours["second"], strict=True)
    other = np.array([scores.pop(pair) for pair in pairs])
    if scores:
        raise AssertionError(f"{len(scores)} pairs are NLTK's alone")
    return float((np.abs(ours["g2"] - other) / other).max())


def measure(corpus: Corpus, window: int) -> dict[str, object]:
    """All that is to be reported."""
    tokens = tokens_of(corpus, window)
    ours, theirs = by_us(corpus, window), by_nltk(tokens, window)
    taken = {
        "NLTK": seconds(lambda: by_nltk(tokens, window)),
        "ours": seconds(lambda: by_us(corpus, window)),
    }
    everything = list(MEASURES)
    return {
        "words": sum(token is not None for token in tokens),
        "pairs": len(ours),
        "seconds": taken,
        "times faster": round(taken["NLTK"] / taken["ours"], 1),
        "seconds with all measures": seconds(
            lambda: collocations(corpus, window=window, minimum=1, floor=1, measures=everything)
        ),
        "megabytes": {
            "NLTK": megabytes(lambda: by_nltk(tokens, window)),
            "ours": megabytes(lambda: by_us(corpus, window)),
        },
        "largest relative difference of G²": difference(ours, theirs),
    }


if __name__ == "__main__":
    given = arguments(__doc__, words=1_000_000, window=2)
    write(measure(read_corpus(given.text, given.words), given.window))
