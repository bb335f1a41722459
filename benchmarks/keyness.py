"""Keyness of all words beside NLTK, on one core and the same tokens.

    python -m benchmarks.keyness TEXT [--words 1000000]

TEXT is any file of text in UTF-8, one document a line, plain or compressed by xz; every other line
is the target. Written out as JSON: the words and the types; how long it takes, in seconds of
processor time, the best of some runs, to count every word in every part; then, given these counts,
to work out G² of every type, all measures but Fisher's exact test, and all with it, whatever the
types' frequency; the whole table with parts, documents and people, and also with intervals and
shuffles; how long NLTK takes to count (two `FreqDist`) and to work out its likelihood ratio in a
loop; the most memory that each had from Python at one time, in megabytes; and by how much, at most
and relatively, the two G² of a type differ.
"""

from __future__ import annotations

import numpy as np
from nltk import FreqDist
from nltk.metrics import BigramAssocMeasures

from benchmarks.common import arguments, megabytes, read_corpus, seconds, write
from manyvoices.corpus import Corpus
from manyvoices.measures import word_counts
from manyvoices.measures.keyness import Comparison, Rules, keyness_table, measured
from manyvoices.measures.keyness.formulas import MEASURES

USUAL = tuple(name for name in MEASURES if name != "fisher_p")


def comparison(corpus: Corpus) -> Comparison:
    """Every other document against the rest."""
    counts = word_counts(corpus)
    odd = counts.parts["document"].factorize()[0] % 2 == 0
    return Comparison(counts, odd, np.zeros(len(counts), np.int64))


def tokens_of(corpus: Corpus) -> tuple[list[str], list[str]]:
    """The folded words of every other document, and those of the rest."""
    sides: tuple[list[str], list[str]] = ([], [])
    number = 0
    for shard in corpus.selected:
        folded, words = shard.folded, shard.words.tolist()
        types, homes = shard.types.tolist(), shard.token_documents.tolist()
        for code, word, home in zip(types, words, homes, strict=True):
            if word:
                sides[(number + home) % 2].append(folded[code])
        number += len(shard.documents)
    return sides


def by_nltk(target: FreqDist, reference: FreqDist) -> dict[str, float]:
    """The likelihood ratio of every type."""
    one, both = target.N(), target.N() + reference.N()
    return {
        word: BigramAssocMeasures.likelihood_ratio(
            target[word], (one, target[word] + reference[word]), both
        )
        for word in {**target, **reference}
    }


def difference(one: Comparison, theirs: dict[str, float]) -> float:
    """The largest relative difference between the two G² of a type."""
    ours = np.abs(values(one, ("g2_four_cells",))["g2_four_cells"])
    other = np.array([theirs[name] for name in one.counts.types])
    return float((np.abs(ours - other) / np.maximum(np.abs(other), 1)).max())


def values(one: Comparison, names: tuple[str, ...]) -> dict[str, np.ndarray]:
    """The named measures of every type."""
    return measured(one.target, one.target_words, one.reference, one.reference_words, names)


def measure(corpus: Corpus) -> dict[str, object]:
    """All that is to be reported."""
    one, tokens = comparison(corpus), tokens_of(corpus)
    dists = FreqDist(tokens[0]), FreqDist(tokens[1])
    plain, doubts = Rules(draws=0), Rules()
    ours = {
        "counts of every word in every part": lambda: word_counts(corpus),
        "G² of all types": lambda: values(one, ("g2_four_cells",)),
        "all measures but Fisher's": lambda: values(one, USUAL),
        "all measures": lambda: values(one, tuple(MEASURES)),
        "the table": lambda: keyness_table(one, plain),
        "the table with intervals and shuffles": lambda: keyness_table(one, doubts),
    }
    theirs = {
        "counts": lambda: (FreqDist(tokens[0]), FreqDist(tokens[1])),
        "G² of all types": lambda: by_nltk(*dists),
    }
    return {
        "words": sum(map(len, tokens)),
        "types": len(one.counts),
        "types above the floor": int((one.target + one.reference >= plain.fewest).sum()),
        "seconds": {name: seconds(work) for name, work in ours.items()},
        "seconds of NLTK": {name: seconds(work) for name, work in theirs.items()},
        "megabytes": {name: megabytes(work) for name, work in ours.items()},
        "megabytes of NLTK": {name: megabytes(work) for name, work in theirs.items()},
        "largest relative difference of G²": difference(one, by_nltk(*dists)),
    }


if __name__ == "__main__":
    given = arguments(__doc__, words=1_000_000)
    write(measure(read_corpus(given.text, given.words)))
