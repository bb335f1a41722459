"""One entry to all readers."""

from dataclasses import dataclass

from manyvoices.documents import Document
from manyvoices.settings import Description
from manyvoices.sources.lines import LineFate, read_text, split_lines
from manyvoices.sources.plain import read_plain
from manyvoices.sources.table import read_table
from manyvoices.sources.wordpress import Page


@dataclass(frozen=True)
class Reading:
    """What one source file gave: documents, the fate of every line or record, stated counts."""

    source: str
    documents: tuple[Document, ...]
    fates: tuple[LineFate, ...]
    stated_comments: int | None = None


def read_source(description: Description, source_id: str) -> Reading:
    """The documents of one source, in the order of its file, and what became of its lines.

    Raises SourceError, with file and line, for a file that is not what the description says.
    """
    source = description.settings.sources[source_id]
    file = description.path(source.file)
    text = read_text(file, source.sha256)
    match source.format:
        case "wordpress-copy":
            page = Page(source_id, source, file, text, split_lines(text))
            return Reading(
                source_id, tuple(page.documents()), tuple(page.fates), page.stated_comments
            )
        case "plain":
            document, fates = read_plain(source_id, source, file, text, split_lines(text))
            return Reading(source_id, (document,), tuple(fates))
        case "csv":
            records = list(read_table(source_id, source, file, text))
            return Reading(
                source_id,
                tuple(document for document, _ in records if document),
                tuple(fate for _, fate in records),
            )
