"""What of a document is not shown: withheld passages, names, what stands between paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from manyvoices.documents import Document
from manyvoices.settings import Settings
from manyvoices.text.tokens import tokenise

LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Mask:
    """A stretch of a document that is not shown, made of whole tokens.

    `role` is what a hidden name appears as; it is empty for a withheld passage, which appears as
    the number of its words. What stands between paragraphs is hidden as `LEFT_OUT`.
    """

    start: int
    end: int
    role: str = ""


def find_masks(
    settings: Settings, documents: Sequence[Document], roles: Mapping[str, str]
) -> dict[str, tuple[Mask, ...]]:
    """The stretches to hide in each document, in order, without overlaps."""
    hidden = {p: person for p, person in settings.people.items() if not person.named}
    patterns = [
        (re.compile(rf"(?<!\w){re.escape(name)}(?!\w)"), roles[person])
        for person, entry in hidden.items()
        for name in entry.names
    ]
    masks = {}
    for document in documents:
        found = [Mask(w.start, w.end) for w in settings.withheld if w.document == document.id]
        for pattern, role in patterns:
            found += [Mask(*m.span(), role) for m in pattern.finditer(document.text)]
        found += _gaps(document)
        if found:
            masks[document.id] = _apart(_to_tokens(document.text, found))
    return masks


def _gaps(document: Document) -> Iterable[Mask]:
    """What stands between the paragraphs of a document and belongs to none of them."""
    for before, after in pairwise(document.paragraphs):
        gap = document.text[before.end : after.start]
        if inner := gap.strip():
            start = before.end + gap.index(inner)
            yield Mask(start, start + len(inner), LEFT_OUT)


def _to_tokens(text: str, masks: list[Mask]) -> list[Mask]:
    """The masks, widened where one cuts a token."""
    tokens = tokenise(text)
    widened = []
    for mask in masks:
        first = int(np.searchsorted(tokens.ends, mask.start, "right"))
        last = int(np.searchsorted(tokens.starts, mask.end, "left")) - 1
        if first <= last:
            start, end = int(tokens.starts[first]), int(tokens.ends[last])
            widened.append(replace(mask, start=min(mask.start, start), end=max(mask.end, end)))
        else:
            widened.append(mask)
    return widened


def _apart(masks: list[Mask]) -> tuple[Mask, ...]:
    """Masks in order; one that begins inside another, a passage before a name, is absorbed."""
    kept: list[Mask] = []
    for mask in sorted(masks, key=lambda m: (m.start, bool(m.role), -m.end)):
        if kept and mask.start < kept[-1].end:
            longer = max(kept[-1].end, mask.end)
            role = kept[-1].role if mask.role and longer == kept[-1].end else ""
            kept[-1] = Mask(kept[-1].start, longer, role)
        else:
            kept.append(mask)
    return tuple(kept)
