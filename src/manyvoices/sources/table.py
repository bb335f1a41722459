"""Reader of a table of posts: CSV with a heading row, one post a record."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from manyvoices.documents import Document, Locator, label_paragraphs
from manyvoices.errors import SourceError
from manyvoices.settings import Columns, Source
from manyvoices.sources.lines import BOM, LineFate

PARAGRAPH = re.compile(r"\S(?:[^\n]*\S)?")
NUMBER = re.compile(r"[0-9]{1,15}")
UNSAFE = re.compile(r"[^a-z0-9.]+")


def read_table(
    source_id: str, source: Source, file: Path, text: str
) -> Iterator[tuple[Document | None, LineFate]]:
    """Each record as a document (None where it has no text), with its fate.

    The text is the field as the CSV parser gives it. Raises SourceError, with the line, for a
    missing column, a record of the wrong width, an id that is empty or stands twice.
    """
    assert source.columns is not None
    rows = _rows(text, file)
    heading = _heading(next(rows, (1, []))[1], source.columns, file)
    seen: dict[str, int] = {}
    for record, (begin, row) in enumerate(rows, start=1):
        if len(row) != len(heading):
            raise SourceError(
                f"the record has {len(row)} fields, the heading {len(heading)}.",
                "Is a quotation mark missing?",
                file=file,
                line=begin,
            )
        fields = dict(zip(heading, row, strict=True))
        document = _document(source_id, source, file, begin, record, fields)
        if document.id in seen:
            raise SourceError(
                f"the id of `{document.id}` stands already on line {seen[document.id]}.",
                "Ids must differ.",
                file=file,
                line=begin,
            )
        seen[document.id] = begin
        yield _with_fate(document, begin)


def _rows(text: str, file: Path) -> Iterator[tuple[int, list[str]]]:
    """Every record that is no blank line, with the line on which it begins."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    rows = csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), strict=True)
    begin = 1
    try:
        for row in rows:
            if row:
                yield begin, row
            begin = rows.line_num + 1
    except csv.Error as error:
        raise SourceError(
            f"the record that begins here is not CSV: {error}.",
            "A quotation mark inside a field is written twice, and the field in quotation marks.",
            file=file,
            line=begin,
        ) from None


def _heading(heading: list[str], columns: Columns, file: Path) -> list[str]:
    wanted = [name for name in columns.model_dump().values() if name]
    if twice := [name for name in wanted if heading.count(name) > 1]:
        raise SourceError(
            f"there are several columns {', '.join(map(repr, twice))}.",
            "Rename all but one.",
            file=file,
            line=1,
        )
    missing = [name for name in wanted if name not in heading]
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

    key = post_id(source_id, field(columns.id))
    if key == post_id(source_id, ""):
        raise SourceError(
            f"the id {field(columns.id)!r} is empty.",
            "Give each record an id of its own, with a letter or digit of ASCII in it.",
            file=file,
            line=line,
        )
    text = field(columns.text)
    parent = field(columns.parent).strip()
    parent_id = post_id(source_id, parent) if parent else None
    return Document(
        key,
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
    if not value.strip():
        return None
    if not NUMBER.fullmatch(value.strip()):
        raise SourceError(
            f"likes are {value!r}.", "Give a whole number or nothing.", file=file, line=line
        )
    return int(value)


def _with_fate(document: Document, line: int) -> tuple[Document | None, LineFate]:
    if document.paragraphs:
        return document, LineFate(line, 0, len(document.text), "record", document.id)
    return None, LineFate(line, 0, len(document.text), "left out", "", "the record has no text")
