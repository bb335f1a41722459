"""Safe pieces of HTML: everything that is not already `Html` is escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

EVIDENCE = "evidence:"
VOICE_COLOURS = 6
ANCHOR = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")
# [Words](address), or the address of a page alone, without the mark that ends its sentence.
ADDRESSED = re.compile(
    r"\[([^\[\]]+)\]\(((?:https?://|mailto:|tel:)[^\s()<>\"\\]+)\)"
    r"|(https?://[^\s<>\"]*[^\s<>\"').,:;?!\]])"
)


def voice_colour(place: int) -> int:
    """The number, from 1, of the colour of the voice at a place, from 0, among all."""
    return place % VOICE_COLOURS + 1


@dataclass(frozen=True)
class Html:
    """Markup that may stand in a page as it is, and what it says in plain text."""

    markup: str
    text: str

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.markup


def escape(value: object) -> str:
    """The markup of an `Html`; the text of anything else, escaped for elements and attributes."""
    return value.markup if isinstance(value, Html) else html.escape(str(value), quote=True)


def checked_anchor(anchor: str) -> str:
    """`anchor` itself. Raises ValueError if it could not be the id of a passage."""
    if not ANCHOR.fullmatch(anchor):
        raise ValueError(f"{anchor!r} is no anchor: a letter, then letters, digits, '.', '-', '_'")
    return anchor


def link(text: object, anchor: str) -> Html:
    """`text` as a link to the passage `anchor`, wherever in the book that stands."""
    href = EVIDENCE + checked_anchor(anchor)
    return Html(f'<a class="mv-evidence" href="{href}">{escape(text)}</a>', str(text))


def linked(text: str) -> Iterator[tuple[str, str]]:
    """The parts of a text of the description, each with the address that it leads to, or "".

    An address stands alone, or as [words](address), which may call or write to somebody too.
    """
    at = 0
    for found in ADDRESSED.finditer(text):
        yield text[at : found.start()], ""
        yield (found[1], found[2]) if found[1] else (found[3], found[3])
        at = found.end()
    yield text[at:], ""
