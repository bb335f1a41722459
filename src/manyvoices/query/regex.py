"""A documented subset of regular expressions, written for RE2, which matches in linear time."""

from __future__ import annotations

import re

from manyvoices.errors import QueryError

CLASSES = {
    "w": r"\p{L}\p{M}_\p{N}",  # what a `-` after it could make a range with stands inside
    "d": r"\p{Nd}",
}
PLAIN = re.compile(r"[.|*+?)^$]|\{[0-9]{1,3}(?:,[0-9]{0,3})?\}")
MEMBER = re.compile(r"\\.|[^\\\]]", re.DOTALL)


def to_re2(pattern: str) -> str:
    """The RE2 pattern that means the same.

    Raises QueryError for look-around, backreferences, flags and all else outside of the subset.
    """
    pieces, at, depth = [], 0, 0
    while at < len(pattern):
        piece, at = _piece(pattern, at)
        pieces.append(piece)
        depth += {"(?:": 1, ")": -1}.get(piece, 0)
        if depth < 0:
            raise _refused(pattern, "has a `)` without its `(`")
    if depth:
        raise _refused(pattern, "has a `(` without its `)`")
    return "".join(pieces)


def _piece(pattern: str, at: int) -> tuple[str, int]:
    """The translation of what begins at `at`, and where the next piece begins."""
    if pattern[at] == "\\":
        return _escape(pattern, at, "[{}]"), at + 2
    if pattern[at] == "[":
        return _class(pattern, at)
    if pattern[at] == "(":
        return _group(pattern, at)
    if known := PLAIN.match(pattern, at):
        return known.group(), known.end()
    return re.escape(pattern[at]), at + 1


def _escape(pattern: str, at: int, form: str) -> str:
    following = pattern[at + 1 : at + 2]
    if not following:
        raise _refused(pattern, "ends in a backslash")
    if following in CLASSES:
        return form.format(CLASSES[following])
    if following.upper() == following and following.lower() in CLASSES and form != "{}":
        return f"[^{CLASSES[following.lower()]}]"
    if following.isalnum():
        kind = "a backreference" if following.isdigit() else "an escape that is not known here"
        raise _refused(pattern, f"has `\\{following}`, {kind}")
    return re.escape(following)


def _class(pattern: str, at: int) -> tuple[str, int]:
    negated = pattern[at + 1 : at + 2] == "^"
    begin = at + 1 + negated
    members, end = [], begin
    while end < len(pattern) and (pattern[end] != "]" or end == begin):
        member = MEMBER.match(pattern, end) if pattern[end] != "]" else re.match("]", "]")
        if member is None:
            raise _refused(pattern, "ends in a backslash")
        text = member.group()
        members.append(_member(pattern, end, text))
        end += len(text)
    if end >= len(pattern):
        raise _refused(pattern, "has a `[` without its `]`")
    return f"[{'^' * negated}{''.join(members)}]", end + 1


def _member(pattern: str, at: int, text: str) -> str:
    if text.startswith("\\"):
        return _escape(pattern, at, "{}")
    return text if text == "-" else re.escape(text)


def _group(pattern: str, at: int) -> tuple[str, int]:
    if pattern.startswith("(?:", at):
        return "(?:", at + 3
    if pattern.startswith("(?", at) or pattern.startswith("(*", at):
        raise _refused(pattern, f"has `{pattern[at : at + 4]}`: look-around, names and flags")
    return "(?:", at + 1


def _refused(pattern: str, what: str) -> QueryError:
    return QueryError(
        f"the regular expression /{pattern}/ {what}; that is outside of the subset.",
        "Known are . [...] (...) | * + ? {m,n} \\w \\d.",
    )
