"""Places that may bring in an outside source: candidates for a reader, not findings.

The patterns are our own. `tests/models/citation` measures how many of the coded mentions of this
book they find, and how many of the places they find a reading took for a source.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import pandas as pd

from manyvoices import engine
from manyvoices.coding import sentences_at
from manyvoices.corpus import Corpus
from manyvoices.documents import Document
from manyvoices.models.citation.contexts import HIDDEN
from manyvoices.store import Shard

PLAIN = (
    "The|This|That|These|Those|It|They|We|You|He|She|There|What|When|Where|Who|How|If|In|As|But|And|"
    "A|An|My|Your|Our|Their|I|January|February|March|April|May|June|July|August|September|October|"
    "November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Monday|Tuesday|Wednesday|"
    "Thursday|Friday|Saturday|Sunday"
)
"""Words that are written with a capital for other reasons than being names."""
NAME = rf"(?!(?:{PLAIN})s?\b)[A-Z][\w’'&-]{{1,30}}"
NAMES = rf"{NAME}(?: (?:(?:of|and|for|the) ){{0,2}}{NAME}){{0,4}}"
SAYING = (
    "says?|said|argues?|argued|claims?|claimed|writes?|wrote|notes?|noted|reports?|reported|"
    "proposes?|proposed|recommends?|told|points? out|puts? it"
)
SHOWING = "shows?|showed|indicates?|suggests?|finds?|found|confirms?|links?|demonstrates?|proves?"
WORKS = "report|stud(?:y|ies)|article|book|paper|survey|review|trial|findings"
BODIES = (
    "Team|Trust|Department|Ministry|Institute|University|College|Council|Foundation|Network|Society|"
    "Association|Committee|Commission|Centre|Agency|Union|Alliance|Board|Bank|Press"
)
TOPICAL: Final = 0.2
"""A name that stands in more than this share of documents, and in three, is what they are about."""
TOPICS: Final = ("short form", "name")
COLUMNS = ["document", "sentence", "start", "end", "kind", "text"]

PATTERNS: Final = {
    "address": re.compile(r"(?:https?://|www\.)[^\s<>\"”]{3,400}"),
    "quotation": re.compile(rf"[”\"]\s{{1,4}}[–—-]? ?(?P<hit>{NAME} {NAME})(?=[.,]?\s*(?:\n|$))"),
    "attribution": re.compile(
        rf"\b[Aa]ccording to (?P<hit>(?:the |an? )?[\w’'-]+(?: [\w’'-]+){{0,2}})"
        rf"|\b(?P<hit2>{NAMES}) (?:who |which |have |has )?(?:{SAYING})\b"
    ),
    "research": re.compile(
        rf"\b[Rr]esearch(?:ers)? (?:\w+ )?(?:{SHOWING})\b(?: \w+){{0,6}}"
        rf"|\b(?:[Ss]tud(?:y|ies)|[Ee]vidence|[Ss]urveys?|[Ss]tatistics|[Dd]ata) (?:{SHOWING})\b"
        r"|\b(?:[Ii]t(?:’s|'s| is| has been) )?(?:historically [^.]{0,30})?"
        r"(?:well[- ]established|widely (?:accepted|held|known|agreed))\b(?: \w+){0,4}"
        rf"|\b(?:[Tt]his|[Tt]hat|[Aa]n?|[Aa]nother|[Ll]atest|[Rr]ecent|[Ff]unded|green|white) "
        rf"(?:[\w’'-]+ ){{0,4}}?(?:{WORKS})\b"
        r"|\b[\w’'-]+ (?:economics? )?theor(?:y|ies)\b"
    ),
    "body": re.compile(rf"\b(?:{NAME} ){{0,4}}(?:{BODIES})\b(?: (?:of|for) {NAMES})?"),
    "short form": re.compile(r"\b(?:[A-Z]{2,6}\d{0,3}|[A-Z]\d[A-Z])\b"),
    "possessive": re.compile(
        r"\b(?!(?i:it|that|there|what|let|he|she|who|here|where|how)[’'])"
        r"[A-Z][a-z]{2,20}[’']s [a-z]{3,20}\b"
    ),
    "name": re.compile(rf"(?<=[a-z,;–-] ){NAMES}"),
}


class Hit(NamedTuple):
    """A candidate: where it stands, what kind of pattern found it, and its words."""

    document: str
    start: int
    end: int
    kind: str
    text: str


@dataclass(frozen=True)
class Part:
    """The candidates of a shard, how many documents it has, and in how many each name stands."""

    hits: tuple[Hit, ...]
    documents: int
    names: Counter[str]


def find_mentions(corpus: Corpus, executor: engine.Executor | None = None) -> pd.DataFrame:
    """One row per place that may bring in an outside source, in text order.

    Columns: document, sentence, start, end (code points in the document's text), kind (of the
    pattern: address, quotation, attribution, research, body, short form, possessive, name), text.
    Where patterns overlap, the one that comes first in this list is kept. Names and short forms
    that stand in more than a fifth of the documents, and in three of them, are taken for what the
    texts are about, and left out. English only; of the published view.
    """
    public = corpus.public()
    found = engine.parts(_part, public, executor)
    size = sum(part.documents for part in found)
    names = sum((part.names for part in found), Counter[str]())
    topical = {name for name, n in names.items() if n >= 3 and n > TOPICAL * size}
    hits = [hit for part in found for hit in part.hits if not _is_topical(hit, topical)]
    table = pd.DataFrame(hits, columns=Hit._fields)
    table["sentence"] = sentences_at(public, table)
    return table[COLUMNS]


def _is_topical(hit: Hit, topical: set[str]) -> bool:
    return hit.kind in TOPICS and hit.text in topical


def _part(shard: Shard) -> Part:
    hits = [hit for document in shard.documents for hit in _of_document(document)]
    names = {(hit.document, hit.text) for hit in hits if hit.kind in TOPICS}
    return Part(tuple(hits), len(shard.documents), Counter(name for _, name in names))


def _of_document(document: Document) -> list[Hit]:
    """The candidates of a text, without those that overlap an earlier kind."""
    kept: list[Hit] = []  # apart from one another, in text order
    for hit in _candidates(document):
        place = bisect_left(kept, hit.start, key=lambda other: other.end - 1)
        if place == len(kept) or hit.end <= kept[place].start:
            kept.insert(place, hit)
    return kept


def _candidates(document: Document) -> Iterator[Hit]:
    for kind, pattern in PATTERNS.items():
        for found in pattern.finditer(document.text):
            group = next((g for g in ("hit", "hit2") if _has(found, g)), 0)
            text = found[group].rstrip(".,;:!?)’'") if kind == "address" else found[group]
            start = found.start(group)
            if text and not HIDDEN.search(text):
                yield Hit(document.id, start, start + len(text), kind, " ".join(text.split()))


def _has(found: re.Match[str], group: str) -> bool:
    return found.groupdict().get(group) is not None
