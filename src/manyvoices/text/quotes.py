"""Quotation marks, paired within a paragraph; marks without a partner are told, not dropped."""

import re
from dataclasses import dataclass

from manyvoices.text.patterns import ELISION

_MARK = re.compile("[\u201c\u201d\u2018\u2019\"']")
_STYLES = {mark: style for style in ("\u201c\u201d", "\u2018\u2019", '""', "''") for mark in style}
_SINGLE = "\u2019'"
_ELISION = re.compile(ELISION)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between quotation marks: code points [start, end), the marks included.

    `marks` are the opening and the closing mark. Where `closed` is false the span holds a single
    mark that has no partner, and `marks` is that mark.
    """

    start: int
    end: int
    marks: str
    closed: bool

    @property
    def inner(self) -> tuple[int, int]:
        """The span without the marks; for a single mark, the empty span after it."""
        return (self.start + 1, self.end - 1) if self.closed else (self.end, self.end)


def find_quotations(text: str, start: int = 0, end: int | None = None) -> list[Quotation]:
    """Return the quotations in one paragraph, `text[start:end]`, in text order, outer ones first.

    Marks: curly and straight, double and single. Apostrophes are never quotation marks: a single
    mark inside a word, one that opens an elision ('tis), one that nothing opened (citizens'), and
    a straight one that nothing closes are apostrophes. Marks of one style do not nest: an opening
    mark leaves an earlier one of its style, still open, without a partner.
    """
    low, high, _ = slice(start, end).indices(len(text))
    pairs = _Pairs(low)
    part = text[low:high]
    for found in _MARK.finditer(part):
        pairs.read(part, found.start())
    return pairs.finish()


class _Pairs:
    """Reads marks from left to right and keeps those that wait for a partner."""

    def __init__(self, offset: int) -> None:
        self.offset = offset
        self.waiting: list[tuple[int, str]] = []
        self.found: list[Quotation] = []

    def read(self, part: str, place: int) -> None:
        mark = part[place]
        style = _STYLES[mark]
        if _is_inside_word(part, place):
            return
        if self._may_close(part, place) and not _is_possessive(part, place):
            self._close(place, style)
        elif _may_open(part, place):
            self._open(place, style)
        elif mark not in _SINGLE and not _is_inch(part, place):
            self._report(place, mark)

    def finish(self) -> list[Quotation]:
        while self.waiting:
            self._abandon()
        return sorted(self.found, key=lambda quotation: (quotation.start, -quotation.end))

    def _may_close(self, part: str, place: int) -> bool:
        mark = part[place]
        if mark in "\u201c\u2018" or (mark == '"' and _looks_opening(part, place)):
            return False
        styles = [style for _, style in self.waiting]
        if mark in _SINGLE:
            return styles[-1:] == [_STYLES[mark]] and not part[place - 1].isspace()
        return _STYLES[mark] in styles

    def _open(self, place: int, style: str) -> None:
        while any(waiting == style for _, waiting in self.waiting):
            self._abandon()
        self.waiting.append((place, style))

    def _close(self, place: int, style: str) -> None:
        while self.waiting[-1][1] != style:
            self._abandon()
        first, _ = self.waiting.pop()
        self.found.append(
            Quotation(self.offset + first, self.offset + place + 1, style, closed=True)
        )

    def _abandon(self) -> None:
        place, style = self.waiting.pop()
        if style != "''":
            self._report(place, style[0])

    def _report(self, place: int, mark: str) -> None:
        at = self.offset + place
        self.found.append(Quotation(at, at + 1, mark, closed=False))


def _is_inside_word(part: str, place: int) -> bool:
    return (
        part[place] in _SINGLE
        and _is_word_character(part, place - 1)
        and (_is_word_character(part, place + 1))
    )


def _may_open(part: str, place: int) -> bool:
    mark = part[place]
    if mark in "\u201d\u2019":
        return False
    if mark == "'":
        return _looks_opening(part, place) and not _ELISION.match(part, place)
    return mark != '"' or not _is_inch(part, place)


def _looks_opening(part: str, place: int) -> bool:
    """Return whether a straight mark stands after a space or bracket and before a word."""
    before, after = part[place - 1] if place else " ", part[place + 1 : place + 2]
    free = before.isspace() or before in "([{\u2013\u2014-/\u201c\u2018\"'"
    return free and bool(after) and not after.isspace() and after not in ".,;:!?)]}"


def _is_possessive(part: str, place: int) -> bool:
    """Return whether the mark, after s and before a word, is of a plural owner inside a quotation.

    It is if the next single mark is plainly a closing one, and no other mark comes before that.
    """
    if not _may_be_possessive(part, place):
        return False
    for found in _MARK.finditer(part, place + 1):
        if _is_inside_word(part, found.start()):
            continue
        return found.group() == part[place] and not (
            _may_be_possessive(part, found.start()) or _looks_opening(part, found.start())
        )
    return False


def _may_be_possessive(part: str, place: int) -> bool:
    return (
        part[place] in _SINGLE
        and part[place - 1 : place].lower() == "s"
        and part[place + 1 : place + 2].isspace()
        and _is_word_character(part, place + 2)
    )


def _is_inch(part: str, place: int) -> bool:
    return part[place] == '"' and part[place - 1 : place].isdigit()


def _is_word_character(part: str, place: int) -> bool:
    return 0 <= place < len(part) and part[place].isalnum()
