"""Reader of a plain text: a paragraph a line, or a paragraph between blank lines."""

from pathlib import Path

from manyvoices.documents import Document, Locator, label_paragraphs
from manyvoices.errors import SourceError
from manyvoices.settings import Source
from manyvoices.sources.lines import Line, LineFate


def read_plain(
    source_id: str, source: Source, file: Path, text: str, lines: list[Line]
) -> tuple[Document, list[LineFate]]:
    """The file as one document, with the fate of each line.

    Lines that are not blank and stand together make one paragraph. Lines under `omit` stay out.
    Raises SourceError for a file without text.
    """
    fates = [_fate(line, source, source_id) for line in lines]
    spans = _paragraphs(lines, fates)
    if not spans:
        raise SourceError("no text was found in it.", "Is it the right file?", file=file)
    start, end = spans[0][0], spans[-1][1]
    document = Document(
        source_id,
        text[start:end],
        source_id,
        Locator(start, end),
        source.kind,
        label_paragraphs([(a - start, b - start) for a, b in spans]),
        author=source.author,
        date=source.date,
    )
    return document, fates


def _fate(line: Line, source: Source, document: str) -> LineFate:
    for omission in source.omit:
        if omission.lines[0] <= line.number <= omission.lines[1]:
            return LineFate(line.number, line.start, line.end, "left out", "", omission.reason)
    if line.blank:
        return LineFate(line.number, line.start, line.end, "blank")
    return LineFate(line.number, line.start, line.end, "body", document)


def _paragraphs(lines: list[Line], fates: list[LineFate]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    last = -1
    for line, fate in zip(lines, fates, strict=True):
        if fate.fate != "body":
            continue
        start, end = line.inner
        if last == line.number - 1:
            start = spans.pop()[0]
        spans.append((start, end))
        last = line.number
    return spans
