"""Reader of a table of posts: CSV with a heading row, one post a record."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from manyvoices.documents import Document, Locator, label_paragraphs
from manyvoices.errors import SourceError
from manyvoices.settings import Columns, Source
from manyvoices.sources.lines import LineFate

PARAGRAPH = re.compile(r"\S(?:[^\n]*\S)?")
UNSAFE = re.compile(r"[^a-z0-9.]+")


def read_table(
    source_id: str, source: Source, file: Path, text: str
) -> Iterator[tuple[Document | None, LineFate]]:
    """Each record as a document (None where it has no text), with its fate.

    The text is the field as the CSV parser gives it. Raises SourceError, with the line, for a
    missing column, a record of the wrong width, an id that is empty or stands twice.
    """
    assert source.columns is not None
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    heading = _heading(rows, source.columns, file)
    seen: dict[str, int] = {}
    begin = rows.line_num + 1
    for record, row in enumerate(_rows(rows, file), start=1):
        document = _document(source_id, source, file, begin, record, dict(zip(heading, row, strict=False)))
        if len(row) != len(heading):
            raise SourceError(
                f"the record has {len(row)} fields, the heading {len(heading)}.",
                "Is a quotation mark missing?",
                file=file,
                line=begin,
            )
        if document.id in seen:
            raise SourceError(
                f"the id of `{document.id}` stands already on line {seen[document.id]}.",
                "Ids must differ.",
                file=file,
                line=begin,
            )
        seen[document.id] = begin
        yield _with_fate(document, begin)
        begin = rows.line_num + 1


def _rows(rows: Iterator[list[str]], file: Path) -> Iterator[list[str]]:
    try:
        yield from (row for row in rows if row)
    except csv.Error as error:
        line = rows.line_num  # type: ignore[attr-defined]  # csv.reader is not in typeshed's Iterator
        raise SourceError(f"it is not CSV: {error}.", file=file, line=line) from None


def _heading(rows: Iterator[list[str]], columns: Columns, file: Path) -> list[str]:
    heading = next(rows, [])
    if heading:
        heading[0] = heading[0].removeprefix("\ufeff")
    missing = [name for name in columns.model_dump().values() if name and name not in heading]
    if missing:
        raise SourceError(
            f"there is no column {', '.join(map(repr, missing))}.",
            f"Its columns are: {', '.join(heading)}.",
            file=file,
            line=1,
        )
    return heading


def _document(
    source_id: str, source: Source, file: Path, line: int, record: int, row: dict[str, str]
) -> Document:
    columns = source.columns
    assert columns is not None

    def field(name: str) -> str:
        return row.get(name, "") if name else ""

    text = field(columns.text)
    parent = field(columns.parent)
    parent_id = post_id(source_id, parent) if parent else None
    return Document(
        post_id(source_id, field(columns.id)),
        text,
        source_id,
        Locator(record=record),
        source.kind,
        label_paragraphs([match.span() for match in PARAGRAPH.finditer(text)]),
        author=field(columns.author),
        date=field(columns.date),
        likes=_likes(field(columns.likes), file, line),
        indent_parent=parent_id,
        reply_to=parent_id,
    )


def post_id(source_id: str, key: str) -> str:
    """The readable id of a post: its source, and its own id in letters, digits, dots, hyphens."""
    return f"{source_id}-{UNSAFE.sub('-', key.lower()).strip('-')}"


def _likes(value: str, file: Path, line: int) -> int | None:
    if not value:
        return None
    if not value.strip().isdecimal():
        raise SourceError(
            f"likes are {value!r}.", "Give a whole number or nothing.", file=file, line=line
        )
    return int(value)


def _with_fate(document: Document, line: int) -> tuple[Document | None, LineFate]:
    if document.paragraphs:
        return document, LineFate(line, 0, len(document.text), "record", document.id)
    return None, LineFate(line, 0, len(document.text), "left out", "", "the record has no text")
