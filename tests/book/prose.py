"""Finds numbers that stand in a chapter's prose as they were typed.

What may hold a number is taken out first: front matter, code, readings, roles, links' targets,
options of directives, comments, the markers of lists. Of the rest every digit and every number
word is a find, but for these, which count nothing:

- "one" as a pronoun: before "of", "another", "can" and the like, after "no", "each", "this" and
  the like, or at the end of a clause;
- "first" and "second", which put in order, and "once";
- the phrases in `PHRASES`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

UNREAD = {
    "code-cell",
    "code",
    "code-block",
    "literalinclude",
    "include",
    "eval-rst",
    "raw",
    "math",
    "reading",
    "bibliography",
    "toctree",
}
TITLED = {"admonition", "dropdown", "topic", "sidebar"}
FENCE = re.compile(r"^\s*(?P<fence>`{3,}|~{3,}|:{3,})(?P<info>.*)$")
DIRECTIVE = re.compile(r"^\{(?P<name>[^}]+)\}\s*(?P<argument>.*)$")

WORDS = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    "sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    "hundreds?|thousands?|millions?|billions?|dozens?|half|halves|thirds?|quarters?|fourth|fifth|"
    "sixth|seventh|eighth|ninth|tenth|twice|thrice|double|triple"
)
NUMBER = re.compile(rf"\b(?:{WORDS})\b|\d+(?:[.,]\d+)*", re.IGNORECASE)
BEFORE_PRONOUN = re.compile(
    r"\b(?:no|any|every|some|each|this|that|another|which|such)\s+$", re.IGNORECASE
)
AFTER_PRONOUN = re.compile(
    r"\s*(?:$|[,.;:!?)’]|(?:of|another|can|could|cannot|may|might|must|should|would|who|whom|whose|"
    r"which|that|is|has|does|reads|and|or|but|by|in|to|for|about|along|at|beside|on|over|under)\b)"
)
PHRASES = re.compile(
    r"\b(?:speak(?:s|ing)? with one voice|one by one|one another)\b", re.IGNORECASE
)
ANCHORED = r"\{[a-z:-]+\}"

# In order: each turns what it finds into blanks of the same length, so that columns stay true.
INLINE = tuple(
    re.compile(pattern)
    for pattern in (
        r"<!--.*?-->",
        rf"{ANCHORED}(`+)(?:(?!\1).)+\1",
        r"(`+)(?:(?!\1).)+\1",
        r"\{\{.*?\}\}",
        r"(?<=\])\([^)]*\)",
        r"\[\^[^\]]+\]",
        r"<[a-z]+:[^>]+>",
        r"https?://\S+",
        r"</?[a-zA-Z][^>]*>",
        r"\{[#.][^}]*\}",
        r"^\s*\([^)]+\)=\s*$",
        r"^\s*%.*$",
        r"^\s*\d+[.)](?=\s)",
    )
)
TEXTUAL = re.compile(r"\{(?:doc|ref|numref|abbr)\}`(?P<text>[^`<]*)(?:<[^`>]*>)?`")


@dataclass(frozen=True)
class Find:
    """A number in the prose: its line, and what stands there."""

    line: int
    number: str
    text: str


def typed_numbers(chapter: str) -> list[Find]:
    """Every number that is typed in the prose of a chapter's MyST text."""
    return [
        Find(line, match[0], text.strip())
        for line, text in prose_lines(chapter)
        for match in NUMBER.finditer(_without_inline(text))
        if not _counts_nothing(match, _without_inline(text))
    ]


def prose_lines(chapter: str) -> Iterator[tuple[int, str]]:
    """The lines that are prose, with their numbers, from 1."""
    lines = chapter.split("\n")
    start = lines.index("---", 1) + 1 if lines[0] == "---" else 0
    open_fences: list[tuple[str, bool]] = []
    options = False
    for number, line in enumerate(lines[start:], start + 1):
        unread = any(hidden for _, hidden in open_fences)
        if match := FENCE.match(line):
            fence, info = match["fence"], match["info"].strip()
            if open_fences and not info and fence.startswith(open_fences[-1][0]):
                open_fences.pop()
            elif not unread:
                hidden, title = _opened(info)
                open_fences.append((fence, hidden))
                options = True
                if title:
                    yield number, title
            continue
        options = options and bool(re.match(r"\s*:[\w-]+:", line))
        if not unread and not options:
            yield number, line


def _opened(info: str) -> tuple[bool, str]:
    """Whether the content of a fence is no prose, and the title that its argument is."""
    match = DIRECTIVE.match(info)
    if match is None:
        return True, ""
    return match["name"] in UNREAD, match["argument"] if match["name"] in TITLED else ""


def _without_inline(text: str) -> str:
    text = TEXTUAL.sub(lambda match: match["text"], text)
    for pattern in INLINE:
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return PHRASES.sub(lambda match: " " * len(match[0]), text)


def _counts_nothing(match: re.Match[str], text: str) -> bool:
    """Whether a find is the pronoun "one"."""
    if match[0].lower() != "one":
        return False
    before, after = text[: match.start()], text[match.end() :]
    return bool(BEFORE_PRONOUN.search(before) or AFTER_PRONOUN.match(after))
