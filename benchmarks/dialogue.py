"""All measures of dialogue on a made forum, in one process; and the test of uptake without uptake.

    python -m benchmarks.dialogue [--comments 100000] [--draws 199]
    python -m benchmarks.dialogue --null 1000

The forum is made anew from a fixed seed: threads that people open and answer, some much more than
others; words by Zipf's law; answers that take words and phrases, and quote, from what they answer.
It is written as a table of posts, read as any corpus is, and measured. Written out as JSON: the
processor time of each measure and of all, in seconds, and the largest memory that the process
had, before the measures (forum and corpus) and after them, in megabytes.

With `--null`, so many small forums are made whose answers are unrelated to what they answer, and
for some levels the share of tests is written out whose p is at most that.
"""

from __future__ import annotations

import gc
import resource
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

import numpy as np

from benchmarks.common import arguments, corpus_of, seconds, write
from manyvoices import dialogue
from manyvoices.corpus import Corpus

SEED = 20170307
PEOPLE = 8_000
VOCABULARY = 20_000
GRAMMAR = ["the", "of", "and", "to", "a", "in", "is", "that", "it", "you", "for", "i", "was", "on"]
GRAMMAR += ["are", "with", "as", "be", "this", "not", "but", "they"]
PHRASES = [
    "I agree.",
    "But why do you say so?",
    "Thanks!",
    "As you say, it is.",
    "I don’t think so.",
]
DESCRIPTION = """\
id: made-forum
book: {title: A made forum, author: Nobody, contact: Nowhere}
sources:
  posts:
    file: posts.csv
    format: csv
    kind: post
    title: A made forum
    citation: A made forum.
    rights: Nobody's.
    publish: full
    columns: {id: id, text: text, author: who, parent: parent, likes: likes}
voices:
  hosts: {label: Hosts, people: [host]}
  members: {label: Members}
people:
  host: {role: the host, names: [m0]}
"""
Measure = Callable[[Corpus], object]


def posts(size: int) -> Iterator[tuple[str, ...]]:
    """So many posts: id, text, writer, parent, likes."""
    rng = np.random.default_rng(SEED)
    words = [*GRAMMAR, *made_words(rng)]
    chances = 1 / (np.arange(len(words)) + 2.7)
    pool = rng.choice(len(words), 4_000_000, p=chances / chances.sum())
    writers = rng.zipf(1.5, size) % PEOPLE
    texts: list[list[str]] = []
    for i in range(size):
        opens = i == 0 or rng.random() < 0.02
        parent = -1 if opens else i - 1 - int(rng.integers(0, min(i, 60)))
        begin = int(rng.integers(0, len(pool) - 400))
        text = [words[code] for code in pool[begin : begin + int(rng.geometric(1 / 45)) + 3]]
        if parent >= 0:
            text = taking(text, texts[parent], rng)
        texts.append(text)
        likes = str(rng.geometric(0.4) - 1) if rng.random() < 0.5 else ""
        above = "" if parent < 0 else f"p{parent}"
        yield f"p{i}", written(text, rng), f"m{writers[i]}", above, likes


def made_words(rng: np.random.Generator) -> list[str]:
    """Pronounceable words of two to four syllables, all different."""
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    found = {"".join(rng.choice(syllables, rng.integers(2, 5))) for _ in range(2 * VOCABULARY)}
    return sorted(found)[:VOCABULARY]


def taking(text: list[str], source: list[str], rng: np.random.Generator) -> list[str]:
    """The words, with some of the source's among them: alone, in a row, or in quotation marks."""
    taken = [source[i] for i in rng.integers(0, len(source), rng.integers(0, 4))]
    start, length = int(rng.integers(0, len(source))), int(rng.integers(1, 7))
    run = source[start : start + length]
    if rng.random() < 0.1:
        run = [f"“{run[0]}", *run[1:]]
        run[-1] += "”"
    return [*text, *taken, *(run if rng.random() < 0.4 else [])]


def written(words: list[str], rng: np.random.Generator) -> str:
    """The words as sentences, with now and then a phrase of assent or dissent."""
    sentences = [" ".join(words[i : i + 14]).capitalize() for i in range(0, len(words), 14)]
    extra = [PHRASES[int(rng.integers(len(PHRASES)))]] if rng.random() < 0.2 else []
    return " ".join([*extra, ". ".join(sentences) + "."])


def made_forum(size: int) -> Corpus:
    """The made forum, read as a corpus."""
    columns = ["id", "text", "who", "parent", "likes"]
    return corpus_of(DESCRIPTION, columns, posts(size)).public()


def measures(draws: int) -> dict[str, Measure]:
    """Every measure of dialogue."""
    return {
        "problems": dialogue.problems,
        "replies": dialogue.replies,
        "turns": dialogue.turns,
        "turns by indentation": lambda corpus: dialogue.turns(corpus, "indent_parent"),
        "threads": dialogue.threads,
        "exchanges": dialogue.exchanges,
        "answered": dialogue.answered,
        "returning": dialogue.returning,
        "likes": dialogue.likes,
        "questions": dialogue.questions,
        "marks": dialogue.marks,
        "address": dialogue.address,
        "uptake from the turn": dialogue.uptake,
        "uptake from the opening": lambda corpus: dialogue.uptake(corpus, "opening"),
        f"uptake_test, {draws} draws": lambda c: dialogue.uptake_test(c, draws=draws),
        "taken from the turn": dialogue.taken,
        "taken from the opening": lambda corpus: dialogue.taken(corpus, "opening"),
        "echoes": dialogue.echoes,
        "coordination": dialogue.coordination,
        "politeness": dialogue.politeness,
    }


def measure(size: int, draws: int) -> dict[str, object]:
    """All that is to be reported of a forum of so many comments."""
    made: list[Corpus] = []
    making = seconds(lambda: made.append(made_forum(size)), runs=1)
    (corpus,) = made
    before, found = peak(), {}
    for name, work in measures(draws).items():
        found[name] = seconds(partial(work, corpus), runs=1)
        gc.collect()
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "comments": size,
        "words": sum(int(shard.words.sum()) for shard in corpus.shards),
        "making and reading the forum": making,
        "processor time": found,
        "all measures": round(sum(found.values()), 1),
        "largest memory before": before,
        "largest memory": peak(),
    }


def peak() -> int:
    """The largest memory of this process so far, in megabytes."""
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(size / (1 << 20 if sys.platform == "darwin" else 1 << 10))


def null(runs: int, draws: int) -> dict[str, object]:
    """How the p of the test of uptake is spread where there is no uptake."""
    from scipy import stats

    from tests.dialogue.null import null_ps

    found = null_ps(runs, draws)
    levels = (0.01, 0.05, 0.1, 0.2, 0.5, 0.8)
    return {
        "forums": runs,
        "draws": draws,
        "share of p at most": {level: float((found <= level + 1e-9).mean()) for level in levels},
        "Kolmogorov and Smirnov, p": round(float(stats.kstest(found, "uniform").pvalue), 3),
    }


if __name__ == "__main__":
    given = arguments(__doc__, text=False, comments=100_000, draws=199, null=0)
    write(null(given.null, given.draws) if given.null else measure(given.comments, given.draws))
