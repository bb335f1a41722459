"""How fast the detectors of agency are, on one core.

    python -m benchmarks.agency TEXT [--times 50]

TEXT is any file of text in UTF-8; it is read so many times over, as so many documents. Written out
as JSON: sentences, tokens and types, and how many sentences a second of processor time each of the
measures does, and how long the universes of a headline take.

On 22 November 2026, with Python 3.11 on one shared core of a small virtual machine, and the essay
with its comments as TEXT (33,908 code points, 50 times over; so few types make it faster than a
text of as many words by more hands): 14,650 sentences, 70,000 a second for all detectors but that
of clauses, 11,000 for that one, 145,000 for words for persons; 64 universes take 0.6 s, and 0.3 s
on the corpus itself.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from manyvoices.corpus import Corpus
from manyvoices.measures import agency

DESCRIPTION = """\
id: benchmark
book: {title: A benchmark, author: Nobody, contact: Nowhere}
sources:
"""
SOURCE = """\
  text-NUMBER: {file: text.txt, format: plain, title: T, citation: T., rights: R., publish: full}
"""
VOICES = """\
voices:
  one: {label: One, sources: [text-0]}
  two: {label: Two}
"""


def read(text: Path, times: int) -> Corpus:
    """The corpus of a text that is there so many times, the first time in a voice of its own."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "text.txt").write_text(text.read_text(encoding="utf-8"), encoding="utf-8")
        sources = "".join(SOURCE.replace("NUMBER", str(i)) for i in range(times))
        file = Path(folder, "corpus.yml")
        file.write_text(DESCRIPTION + sources + VOICES, encoding="utf-8")
        return Corpus.load(file)


def seconds(work: Callable[[], object]) -> float:
    """The processor time that a call takes, the better of two."""
    taken = []
    for _ in range(2):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def measure(text: Path, times: int) -> dict[str, object]:
    """The results, by name."""
    corpus = read(text, times)
    (shard,) = corpus.selected
    size = len(shard.sentence_starts)
    hits = agency.agency(corpus)
    works: dict[str, Callable[[], object]] = {
        "agency": lambda: agency.agency(corpus),
        "triples": lambda: agency.triples(corpus),
        "named persons": lambda: agency.named(corpus, "persons"),
    }
    universes = seconds(lambda: agency.more_often(corpus, hits, "negation", "one", "two"))
    return {
        "sentences": size,
        "tokens": len(shard.types),
        "types": len(shard.vocabulary),
        "sentences a second": {name: round(size / seconds(work)) for name, work in works.items()},
        "seconds for 64 universes": round(universes, 3),
    }


def main(arguments: list[str]) -> None:
    """Measure, and write the results out."""
    parser = argparse.ArgumentParser(prog="benchmarks.agency", description=__doc__)
    parser.add_argument("text", type=Path)
    parser.add_argument("--times", type=int, default=50)
    given = parser.parse_args(arguments)
    json.dump(measure(given.text, given.times), sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main(sys.argv[1:])
