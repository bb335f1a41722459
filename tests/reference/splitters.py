"""Where our sentences differ from other splitters' and from the coded units, on both sources.

Run `python -m tests.reference.splitters` after a change of rules: it rewrites `splitters.csv`,
keeps the judgements on differences that are still there, and leaves new ones empty to be written.
"""

import csv
import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pysbd
import syntok.segmenter

from manyvoices.text import split_sentences

ROOT = Path(__file__).parents[2]
JUDGEMENTS = Path(__file__).with_name("splitters.csv")
UNITS = ROOT / "data" / "codes" / "units.csv"
SOURCES = {"essay-and-comments": "essay-and-comments.txt", "abstract": "article-abstract.txt"}
COLUMNS = ["source", "start", "end", "system", "difference", "right", "explanation"]

Span = tuple[int, int]
_COMMENT_NUMBER = re.compile(r"\s+\d+\. ")
_PYSBD = pysbd.Segmenter(language="en", clean=False, char_span=True)


class Difference(NamedTuple):
    """A sentence that begins where none of the other side does, or ends elsewhere than there.

    Only ours begins there: "split"; only theirs: "joined"; both, but ours ends elsewhere: "edge".
    """

    source: str
    start: int
    end: int
    system: str
    difference: str


def path_of(source: str) -> Path:
    """The file of a source."""
    return ROOT / "data" / "raw" / SOURCES[source]


def read_source(source: str) -> str:
    """The text of a source, every character as it stands."""
    return path_of(source).read_bytes().decode("utf-8")


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_units(source: str) -> list[Span]:
    """The coded sentences of a source."""
    rows = read_rows(UNITS)
    return [(int(row["start"]), int(row["end"])) for row in rows if row["source"] == source]


def paragraphs(text: str) -> Iterator[Span]:
    """Each line of a file without its margins and without the number of a comment."""
    start = 0
    for line in text.split("\n"):
        number = _COMMENT_NUMBER.match(line)
        low = start + (number.end() if number else 0)
        yield from trimmed(text, (low, start + len(line)))
        start += len(line) + 1


def trimmed(text: str, span: Span) -> Iterator[Span]:
    """The span without white space at its edges, if anything is left."""
    part = text[slice(*span)]
    if part.strip():
        yield span[0] + len(part) - len(part.lstrip()), span[0] + len(part.rstrip())


def by_pysbd(text: str, start: int, end: int) -> list[Span]:
    """What pysbd finds in a paragraph."""
    return [(start + part.start, start + part.end) for part in _PYSBD.segment(text[start:end])]


def by_syntok(text: str, start: int, end: int) -> list[Span]:
    """What syntok finds in a paragraph."""
    found = syntok.segmenter.analyze(text[start:end])
    return [
        (start + sentence[0].offset, start + sentence[-1].offset + len(sentence[-1].value))
        for paragraph in found
        for sentence in paragraph
    ]


def by_units(source: str) -> Callable[[str, int, int], list[Span]]:
    """What the coded units make of a paragraph."""
    units = read_units(source)
    return lambda text, start, end: [span for span in units if start <= span[0] < end]


def differences(source: str) -> Iterator[Difference]:
    """Every difference between our sentences and another system's."""
    text = read_source(source)
    systems = {"pysbd": by_pysbd, "syntok": by_syntok, "units": by_units(source)}
    for start, end in paragraphs(text):
        ours = split_sentences(text, start, end)
        for system, split in systems.items():
            theirs = [kept for span in split(text, start, end) for kept in trimmed(text, span)]
            if theirs or system != "units":  # lines that nobody coded have no units
                yield from compare(source, system, ours, theirs)


def compare(source: str, system: str, ours: list[Span], theirs: list[Span]) -> Iterator[Difference]:
    """The differences in one paragraph; an end that another start explains is not told again."""
    for kind, here, there in (("split", ours, theirs), ("joined", theirs, ours)):
        known = {start for start, _ in there}
        yield from (
            Difference(source, *span, system, kind) for span in here if span[0] not in known
        )
    for start, end in ours:
        if _end_before(theirs, _next_start(ours, start)) not in (end, None):
            yield Difference(source, start, end, system, "edge")


def _next_start(spans: list[Span], start: int) -> float:
    return min((low for low, _ in spans if low > start), default=math.inf)


def _end_before(spans: list[Span], start: float) -> int | None:
    """The end of the last sentence before a place where another begins; None if none does there."""
    if start < math.inf and start not in {low for low, _ in spans}:
        return None
    return max((end for low, end in spans if low < start), default=None)


def judgements() -> dict[Difference, tuple[str, str]]:
    """What `splitters.csv` says: per difference, who is right and why."""
    return {
        Difference(
            row["source"], int(row["start"]), int(row["end"]), row["system"], row["difference"]
        ): (row["right"], row["explanation"])
        for row in read_rows(JUDGEMENTS)
    }


def main() -> None:
    """Rewrite the table."""
    known = judgements() if JUDGEMENTS.exists() else {}
    found = sorted(difference for source in SOURCES for difference in differences(source))
    with JUDGEMENTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([*difference, *known.get(difference, ("", ""))] for difference in found)


if __name__ == "__main__":
    main()
