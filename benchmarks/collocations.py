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

import argparse
import csv
import json
import lzma
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
from nltk.collocations import BigramCollocationFinder
from nltk.metrics import BigramAssocMeasures

from manyvoices.corpus import Corpus
from manyvoices.measures import collocations
from manyvoices.measures.association import MEASURES

RUNS = 3
DESCRIPTION = """\
id: benchmark
book: {title: none, author: none, contact: none}
sources:
  lines:
    file: lines.csv
    format: csv
    title: none
    citation: none
    rights: none
    publish: full
    kind: post
    columns: {id: id, text: text}
voices: {all: {label: All}}
"""


def read_corpus(file: Path, words: int) -> Corpus:
    """The first lines of the file, of about so many words, a document each."""
    data = file.read_bytes()
    text = (lzma.decompress(data) if file.suffix == ".xz" else data).decode("utf-8")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "corpus.yml").write_text(DESCRIPTION, encoding="utf-8")
        with (folder / "lines.csv").open("w", newline="", encoding="utf-8") as out:
            rows = csv.writer(out)
            rows.writerow(["id", "text"])
            rows.writerows((str(i), line) for i, line in enumerate(_first(text, words)))
        return Corpus.load(folder / "corpus.yml")


def _first(text: str, words: int) -> Iterator[str]:
    for line in text.splitlines():
        if words <= 0:
            return
        words -= len(line.split())
        yield line


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


def seconds(work: Callable[[], object]) -> float:
    """Of processor time, the best of some runs."""
    taken = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return round(min(taken), 3)


def megabytes(work: Callable[[], object]) -> int:
    """The most that Python had given at one time, over what it had given before."""
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return round(peak / 1e6)


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


def main(arguments: list[str]) -> None:
    """Measure, and write the results out."""
    parser = argparse.ArgumentParser(prog="benchmarks.collocations", description=__doc__)
    parser.add_argument("text", type=Path)
    parser.add_argument("--words", type=int, default=1_000_000)
    parser.add_argument("--window", type=int, default=2)
    given = parser.parse_args(arguments)
    results = measure(read_corpus(given.text, given.words), given.window)
    json.dump(results, sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main(sys.argv[1:])
