"""How fast the detectors of agency are, on one core.

    python -m benchmarks.agency TEXT [--times 50]

TEXT is any file of text in UTF-8; it is read so many times over, as so many documents. Written out
as JSON: sentences, tokens and types, and how many sentences a second of processor time each of the
measures does, and how long the universes of a headline take.

On 22 November 2026, with Python 3.11 on one shared core of a small virtual machine, and the essay
with its comments as TEXT (33,908 code points, 50 times over; so few types make it faster than a
text of as many words by more hands): 14,700 sentences, 68,000 a second for all detectors but that
of clauses, 11,000 for that one, 147,000 for words for persons; 64 universes take 0.6 s, and 0.3 s
on the corpus itself.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.common import Work, arguments, corpus_of, seconds, taken, write
from manyvoices.corpus import Corpus
from manyvoices.measures import agency

DESCRIPTION = """\
id: benchmark
book: {title: A benchmark, author: Nobody, contact: Nowhere}
sources:
  texts:
    file: posts.csv
    format: csv
    title: T
    citation: T.
    rights: R.
    publish: full
    kind: post
    columns: {id: id, text: text, author: who}
voices:
  one: {label: One, people: [first]}
  two: {label: Two}
people:
  first: {role: the first, names: [writer 0]}
"""


def read(text: Path, times: int) -> Corpus:
    """The corpus of a text that is there so many times, the first time in a voice of its own."""
    content = text.read_text(encoding="utf-8")
    rows = ((i, content, f"writer {i}") for i in range(times))
    return corpus_of(DESCRIPTION, ["id", "text", "who"], rows)


def measure(text: Path, times: int) -> dict[str, object]:
    """The results, by name."""
    corpus = read(text, times)
    (shard,) = corpus.selected
    size = len(shard.sentence_starts)
    hits = agency.agency(corpus)
    works: dict[str, Work] = {
        "agency": lambda: agency.agency(corpus),
        "triples": lambda: agency.triples(corpus),
        "named persons": lambda: agency.named(corpus, "persons"),
    }
    universes = seconds(lambda: agency.more_often(corpus, hits, "negation", "one", "two"))
    return {
        "sentences": size,
        "tokens": len(shard.types),
        "types": len(shard.vocabulary),
        "sentences a second": {
            name: round(size / taken(work).processor) for name, work in works.items()
        },
        "seconds for 64 universes": universes,
    }


if __name__ == "__main__":
    given = arguments(__doc__, times=50)
    write(measure(given.text, given.times))
