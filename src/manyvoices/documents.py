"""What a document is: a stretch of text, kept verbatim, and where it came from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

Confidence = Literal["stated", "certain", "probable"]


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a text lies in its source file.

    `start` and `end` are code points of the decoded file where the text is a slice of it;
    `record` is the number of the record (from 1, the heading not counted) where it is a field.
    """

    start: int | None = None
    end: int | None = None
    record: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: `text[start:end]` of its document, without white space at either end."""

    label: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One text by one hand: an essay, a comment, a post, a notice.

    `text` is verbatim; every paragraph, sentence and token is a span of code points in it.
    `indent_parent` is the document that the layout of the page puts this one under;
    `reply_to` the one that it answers, as far as is known. The two may differ.
    """

    id: str
    text: str
    source: str
    locator: Locator
    kind: str
    paragraphs: tuple[Paragraph, ...]
    number: str = ""
    author: str = ""
    date: str = ""
    likes: int | None = None
    indent_parent: str | None = None
    reply_to: str | None = None
    reply_reason: str = ""
    reply_confidence: Confidence = "stated"
    person: str = ""
    voice: str | None = None
    record: dict[str, str] = field(default_factory=dict, compare=False)

    def paragraph_id(self, paragraph: Paragraph) -> str:
        """The readable id and anchor of one of its paragraphs, such as `essay-p7`."""
        return f"{self.id}-{paragraph.label}"


def label_paragraphs(spans: list[tuple[int, int]]) -> tuple[Paragraph, ...]:
    """Body paragraphs `p1`, `p2`, ... for the given spans."""
    return tuple(
        Paragraph(f"p{i}", "body", start, end) for i, (start, end) in enumerate(spans, start=1)
    )


def in_threads(parents: Mapping[str, str | None]) -> Iterator[str]:
    """The texts, each followed by those that answer it; such as answer in a circle, once.

    `parents` holds the text that each answers; one that is not there opens a thread, as does one
    that answers nothing or itself.
    """
    answers: dict[str | None, list[str]] = {}
    for name, parent in parents.items():
        known = parent if parent in parents and parent != name else None
        answers.setdefault(known, []).append(name)
    seen: set[str] = set()
    for root in [*answers.get(None, []), *parents]:
        waiting = [root]
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                yield name
                waiting += reversed(answers.get(name, []))
