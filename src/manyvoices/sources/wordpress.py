"""Reader of a WordPress page copied as plain text: an article and its numbered comments.

The comments carry their number and their nesting (two spaces a level); all else on the page is
told apart by the line ranges that the corpus description names. Two blank lines, or a line of
likes, stand before every comment. The last line that reads `Leave a Reply` opens the reply form.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from manyvoices.documents import Document, Locator, Paragraph, label_paragraphs
from manyvoices.errors import SourceError
from manyvoices.settings import Source
from manyvoices.sources.lines import Line, LineFate

HEADING = re.compile(
    r"^\s*(?:(?P<count>\d+)|One) (?:thoughts?|comments?|responses?|replies) (?:on|to) [“\"]"
)
COMMENT = re.compile(r"^(?P<indent> *)(?P<number>\d+)\. (?P<text>\S.*)$")
LIKES = re.compile(r"^\s*Liked by (?P<count>\d+) (?:person|people)\s*$")
FORM = re.compile(r"^\s*Leave a (?:Reply|Comment)(?: Cancel reply)?\s*$", re.IGNORECASE)
STEP = 2


@dataclass
class _Comment:
    """A comment while it is being gathered."""

    number: str
    indent: int
    lines: list[tuple[int, int]] = field(default_factory=list)
    likes: int | None = None

    @property
    def id(self) -> str:
        return f"comment-{self.number}"

    @property
    def parent(self) -> str:
        above, _, _ = self.number.rpartition(".")
        return f"comment-{above}" if above else "essay"


class Page:
    """A copied page taken apart: its documents, and the fate of each of its lines."""

    def __init__(self, source_id: str, source: Source, file: Path, text: str, lines: list[Line]):
        self.source_id, self.source, self.file = source_id, source, file
        self.text, self.lines = text, lines
        self.stated_comments: int | None = None
        self.comments: list[_Comment] = []
        self.fates = list(self._sort_lines())

    def documents(self) -> Iterator[Document]:
        """The essay, the other parts above the comments, the comments, in the page's order."""
        yield self._essay()
        parts: dict[str, list[LineFate]] = {}
        for fate in self.fates:
            if fate.fate in OTHER_PARTS:
                parts.setdefault(fate.document, []).append(fate)
        for name, fates in parts.items():
            yield self._part(name, fates)
        for comment in self.comments:
            yield self._comment(comment)

    def _sort_lines(self) -> Iterator[LineFate]:
        region, form = "article", self._form()
        for line in self.lines:
            if line.number == form:
                region = "form"
            elif (
                region == "article"
                and not self._is_named(line)
                and (heading := HEADING.match(line.text))
            ):
                region = "comments"
                self.stated_comments = int(heading["count"] or 1)
                yield _fate(line, "heading of the comments")
                continue
            yield self._fate_in(region, line)

    def _form(self) -> int:
        """The line at which the reply form begins: the last that looks so, or 0."""
        forms = (n.number for n in self.lines if FORM.match(n.text) and not self._is_named(n))
        return max(forms, default=0)

    def _is_named(self, line: Line) -> bool:
        """Whether the description says what the line is."""
        named = [
            *(omission.lines for omission in self.source.omit),
            *(part.lines for part in self.source.parts),
        ]
        return any(first <= line.number <= last for first, last in named)

    def _fate_in(self, region: str, line: Line) -> LineFate:
        if line.blank:
            return _fate(line, "blank")
        for omission in self.source.omit:
            if omission.lines[0] <= line.number <= omission.lines[1]:
                return _fate(line, "left out", reason=omission.reason)
        for part in self.source.parts:
            if part.lines[0] <= line.number <= part.lines[1]:
                document = "essay" if part.part in ESSAY_PARTS else part.part
                return _fate(line, part.part, document, part.reason)
        if region == "article":
            return self._article_line(line)
        if region == "comments":
            return self._comment_line(line)
        return _fate(line, "reply form")

    def _article_line(self, line: Line) -> LineFate:
        before = self.lines[: line.number - 1]
        first = all(other.blank or self._is_named(other) for other in before)
        titled = any(part.part == "title" for part in self.source.parts)
        return _fate(line, "title" if first and not titled else "body", "essay")

    def _comment_line(self, line: Line) -> LineFate:
        if (match := COMMENT.match(line.text)) and self._begins_comment(line):
            comment = self._open(line, match)
            comment.lines.append((line.start + match.start("text"), line.inner[1]))
        elif not self.comments:
            raise SourceError(
                "text stands between the heading of the comments and the first one.",
                "Name the line under `omit`, or mend the copy.",
                file=self.file,
                line=line.number,
            )
        elif likes := LIKES.match(line.text):
            self.comments[-1].likes = int(likes["count"])
            return _fate(line, "likes", self.comments[-1].id)
        else:
            self.comments[-1].lines.append(line.inner)
        return _fate(line, "comment", self.comments[-1].id)

    def _begins_comment(self, line: Line) -> bool:
        """A number opens a comment after a heading, after likes, or after two blank lines."""
        before = self.lines[: line.number - 1]
        if len(before) > 1 and before[-1].blank and before[-2].blank:
            return True
        last = next((other for other in reversed(before) if not other.blank), None)
        return last is not None and bool(HEADING.match(last.text) or LIKES.match(last.text))

    def _open(self, line: Line, match: re.Match[str]) -> _Comment:
        number = self._number(line, len(match["indent"]), int(match["number"]))
        self.comments.append(_Comment(number, len(match["indent"])))
        return self.comments[-1]

    def _number(self, line: Line, indent: int, number: int) -> str:
        """The comment's full number; it must be the next one at its level."""
        for other in reversed(self.comments):
            if other.indent == indent:
                above, _, last = other.number.rpartition(".")
                expected = int(last) + 1
                break
            if other.indent == indent - STEP:
                above, expected = other.number, 1
                break
            if other.indent < indent:
                raise self._misnumbered(line, f"its indent of {indent} skips a level")
        else:
            above, expected = "", 1
        if number != expected:
            raise self._misnumbered(line, f"{number} stands where {expected} would follow")
        return f"{above}.{number}" if above else str(number)

    def _misnumbered(self, line: Line, found: str) -> SourceError:
        return SourceError(
            f"a comment is out of order: {found}.",
            "Compare the copy with the page; a numbered list inside a comment has no blank "
            "lines before it.",
            file=self.file,
            line=line.number,
        )

    def _essay(self) -> Document:
        own = [fate for fate in self.fates if fate.document == "essay"]
        if not own:
            raise SourceError("no article was found.", "See `parts`.", file=self.file, line=1)
        start = self._inner(own[0])[0]
        return self._document("essay", "essay", start, self._inner(own[-1])[1], self._labels(own))

    def _labels(self, own: list[LineFate]) -> list[tuple[str, str, int, int]]:
        named, seen = [], Counter[str]()
        for fate in own:
            seen[fate.fate] += 1
            number = seen[fate.fate]
            label = f"p{number}" if fate.fate == "body" else _numbered(fate.fate, number)
            named.append((label, fate.fate, *self._inner(fate)))
        return named

    def _part(self, name: str, fates: list[LineFate]) -> Document:
        spans = [self._inner(fate) for fate in fates]
        labels = [(f"p{i}", "body", *span) for i, span in enumerate(spans, start=1)]
        return self._document(name, fates[0].fate, spans[0][0], spans[-1][1], labels)

    def _document(
        self, name: str, kind: str, start: int, end: int, labels: list[tuple[str, str, int, int]]
    ) -> Document:
        paragraphs = tuple(Paragraph(a, b, c - start, d - start) for a, b, c, d in labels)
        text = self.text[start:end]
        return Document(name, text, self.source_id, Locator(start, end), kind, paragraphs)

    def _comment(self, comment: _Comment) -> Document:
        start, end = comment.lines[0][0], comment.lines[-1][1]
        return Document(
            comment.id,
            self.text[start:end],
            self.source_id,
            Locator(start, end),
            "comment",
            label_paragraphs([(a - start, b - start) for a, b in comment.lines]),
            number=comment.number,
            likes=comment.likes,
            indent_parent=comment.parent,
            reply_to=comment.parent,
        )

    def _inner(self, fate: LineFate) -> tuple[int, int]:
        return self.lines[fate.line - 1].inner


ESSAY_PARTS = ("title", "caption")
OTHER_PARTS = ("notice", "related", "appeal")


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}-{number}"


def _fate(line: Line, fate: str, document: str = "", reason: str = "") -> LineFate:
    return LineFate(line.number, line.start, line.end, fate, document, reason)
