"""What the benchmarks share: their arguments, the corpora they read, time, memory, and JSON."""

from __future__ import annotations

import argparse
import csv
import json
import lzma
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from manyvoices.corpus import Corpus

RUNS = 3
LINES = """\
id: benchmark
book: {title: none, author: none, contact: none}
sources:
  lines:
    file: posts.csv
    format: csv
    title: none
    citation: none
    rights: none
    publish: full
    kind: post
    columns: {id: id, text: text}
voices: {all: {label: All}}
"""
Work = Callable[[], object]


class Taken(NamedTuple):
    """The seconds that a piece of work took, the best of some runs."""

    processor: float
    clock: float


def arguments(description: str | None, *, text: bool = True, **numbers: int) -> argparse.Namespace:
    """What the command line says: the file `text`, and whole numbers, else as they are here."""
    name = f"benchmarks.{Path(sys.argv[0]).stem}"
    parser = argparse.ArgumentParser(prog=name, description=description)
    if text:
        parser.add_argument("text", type=Path)
    for option, default in numbers.items():
        parser.add_argument(f"--{option}", type=int, default=default)
    return parser.parse_args()


def write(results: dict[str, object]) -> None:
    """Write the results out as JSON."""
    json.dump(results, sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")


def read_lines(file: Path) -> list[str]:
    """The lines of a text in UTF-8, plain or compressed by xz."""
    data = file.read_bytes()
    return (lzma.decompress(data) if file.suffix == ".xz" else data).decode("utf-8").splitlines()


def read_corpus(file: Path, words: int) -> Corpus:
    """The first lines of the file, of about so many words, a document each."""
    rows = ((str(i), line) for i, line in enumerate(_first(read_lines(file), words)))
    return corpus_of(LINES, ["id", "text"], rows)


def _first(lines: Iterable[str], words: int) -> Iterator[str]:
    for line in lines:
        if words <= 0:
            return
        words -= len(line.split())
        yield line


def corpus_of(description: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Corpus:
    """The corpus of a description whose source is a table of posts, `posts.csv`."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "corpus.yml").write_text(description, encoding="utf-8")
        with (folder / "posts.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows(rows)
        return Corpus.load(folder / "corpus.yml")


def taken(work: Work, runs: int = RUNS) -> Taken:
    """How long it takes."""
    found = []
    for _ in range(runs):
        clock, processor = time.perf_counter(), time.process_time()
        work()
        found.append((time.process_time() - processor, time.perf_counter() - clock))
    return Taken(*map(min, zip(*found, strict=True)))


def seconds(work: Work, runs: int = RUNS) -> float:
    """Of processor time."""
    return round(taken(work, runs).processor, 3)


def megabytes(work: Work) -> int:
    """The most that Python had given at one time, over what it had given before."""
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return round(peak / 1e6)
