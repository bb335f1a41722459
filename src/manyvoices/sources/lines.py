"""Lines of a source file, with their place in it."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from manyvoices.errors import SourceError

BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number from 1, its span of code points (line end not counted), its text.

    A byte order mark at its start counts as white space.
    """

    number: int
    start: int
    end: int
    text: str

    @property
    def blank(self) -> bool:
        """Whether nothing but white space stands on it."""
        return not self._unmarked.strip()

    @property
    def indent(self) -> int:
        """How many spaces it begins with."""
        return len(self.text) - len(self.text.lstrip(" "))

    @property
    def inner(self) -> tuple[int, int]:
        """The span of its text without white space at either end."""
        left = len(self.text) - len(self._unmarked.lstrip())
        return self.start + left, self.start + max(left, len(self.text.rstrip()))

    @property
    def _unmarked(self) -> str:
        return self.text.removeprefix(BOM)


@dataclass(frozen=True, slots=True)
class LineFate:
    """What became of one line of a source file."""

    line: int
    start: int
    end: int
    fate: str
    document: str = ""
    reason: str = ""


def read_text(file: Path, sha256: str = "") -> str:
    """The file's text, code point for code point.

    Raises SourceError if it is not UTF-8 or is not the file whose SHA-256 was recorded.
    """
    content = file.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if sha256 and found != sha256:
        raise SourceError(
            f"its SHA-256 is {found}, not the recorded {sha256}.",
            "Restore the file as received, or record the new sum if the change is meant.",
            file=file,
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SourceError(
            f"byte {error.start} is not UTF-8.", "Save the file as UTF-8.", file=file, line=line
        ) from None


def split_lines(text: str) -> list[Line]:
    """The lines of a text, cut at line feeds; a carriage return before one is left out."""
    lines, start = [], 0
    for number, piece in enumerate(text.split("\n"), start=1):
        content = piece.removesuffix("\r")
        lines.append(Line(number, start, start + len(content), content))
        start += len(piece) + 1
    return lines
