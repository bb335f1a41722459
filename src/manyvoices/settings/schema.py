"""What a description may hold: the entries of `corpus.yml` and of the files that it names."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from manyvoices.documents import Confidence

Publish = Literal["full", "cited", "none"]
Format = Literal["wordpress-copy", "csv", "plain"]
Part = Literal["title", "caption", "notice", "related", "appeal"]

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9.-]*$")]
NameId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


def _in_order(lines: tuple[int, int]) -> tuple[int, int]:
    if not 1 <= lines[0] <= lines[1]:
        raise ValueError("give the first and the last line, counted from 1, in order")
    return lines


def _web_address(address: str) -> str:
    """The address itself, if it is one that a link may lead to."""
    if address and not re.fullmatch(r"https?://[^\s/\"<>\\]+(/[^\s\"<>\\]*)?", address):
        raise ValueError("give a web address that begins with https:// or http://")
    return address


Address = Annotated[str, AfterValidator(_web_address)]
LanguageTag = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Lines = Annotated[tuple[int, int], AfterValidator(_in_order)]


def _sayable(path: Path) -> Path:
    if "\0" in str(path):
        raise ValueError("a path holds no null character")
    return path


File = Annotated[Path, AfterValidator(_sayable)]


class Block(BaseModel):
    """Entries of a YAML file, of which none may be unknown."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, coerce_numbers_to_str=True, use_attribute_docstrings=True
    )


class Book(Block):
    """How the book about the corpus presents itself."""

    title: Text
    """The title of the book."""
    subtitle: str = ""
    """A line under it."""
    author: Text
    """Who signs the book."""
    language: LanguageTag = "en-GB"
    """A language tag, such as en-GB."""
    description: str = ""
    """A sentence or two for the front page."""
    repository: Address = ""
    """The address of the repository."""
    contact: Text
    """How somebody whose text is here can ask for its removal; [words](address) is a link."""
    help: str = ""
    """Where help can be found, with links; shown over documents with withheld passages."""
    bibliography: File | None = None
    """A BibTeX file beside the one of the chapters."""
    plan: File | None = None
    """The analysis plan, as Markdown."""
    deviations: File | None = None
    """A list of departures from the plan."""
    timeline: File | None = None
    """A list of events."""
    acronyms: File | None = None
    """A list of short forms."""
    interpreter: str = ""
    """Who wrote the readings, as each of them says: "a language model", "two of the authors"."""
    page_words: int = Field(default=40_000, ge=100)
    """So many words at most are on a page of *Sources*; the other texts follow on further pages."""


class PagePart(Block):
    """A run of lines of a copied page which is not plain body text."""

    lines: Lines
    """First and last line."""
    part: Part
    """What the lines are."""
    reason: str = ""
    """Why they are taken so."""


class Omission(Block):
    """Lines of a file that are not part of the text, and why."""

    lines: Lines
    """First and last line."""
    reason: Text
    """Why they are left out."""


class Columns(Block):
    """Which column of a table holds what."""

    id: Text
    """The id of a post."""
    text: Text
    """Its text."""
    author: str = ""
    """Who wrote it."""
    date: str = ""
    """When."""
    parent: str = ""
    """The id of the post that it answers; empty for none."""
    likes: str = ""
    """How many like it."""


class Source(Block):
    """One source file: where it is, what it is, whose it is, what may be shown of it."""

    file: File
    """The file as it was received."""
    format: Format
    """How the file is to be read."""
    title: Text
    """Its title."""
    author: str = ""
    """Who wrote it."""
    citation: Text
    """How it is cited."""
    bibkey: str = ""
    """Its key in the bibliography."""
    date: str = ""
    """When it was published."""
    retrieved: str = ""
    """When it was copied."""
    url: Address = ""
    """Where it stood."""
    rights: Text
    """Whose it is, and what may be done with it."""
    publish: Publish
    """How much of it may be shown: all, single sentences, or nothing."""
    sha256: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")] = ""
    """Its checksum; a file that differs is refused."""
    kind: Id = "text"
    """What its documents are called, for formats plain and csv."""
    parts: tuple[PagePart, ...] = ()
    """The parts of a copied page that are no body text."""
    omit: tuple[Omission, ...] = ()
    """Lines that are no part of the text."""
    columns: Columns | None = None
    """Which column of a table holds what."""

    @model_validator(mode="after")
    def _columns_go_with_tables(self) -> Source:
        if (self.format == "csv") != (self.columns is not None):
            raise ValueError("`columns` is needed for format csv, and only there")
        return self


class Voice(Block):
    """A voice: the documents of the given kinds, sources and people (all, where none is named)."""

    label: Text
    """What the voice is called."""
    short: str = ""
    """What it is called in a table."""
    kinds: tuple[Id, ...] = ()
    """Kinds of documents: essay, comment, or the `kind` of a source."""
    sources: tuple[Id, ...] = ()
    """Sources."""
    people: tuple[Id, ...] = ()
    """People."""
    one_author: bool = False
    """Whether one person wrote it all; its intervals then run along the text."""
    count: bool = True
    """Whether it is counted; otherwise it is only read."""

    @property
    def short_label(self) -> str:
        """What the voice is called in a table."""
        return self.short or self.label


class Person(Block):
    """A person as the book shows them: by role, or by name where `named`."""

    role: Text
    """What the person appears as."""
    named: bool = False
    """Whether their name may be shown."""
    wrote: tuple[Id, ...] = ()
    """Their documents."""
    names: tuple[Text, ...] = ()
    """How they are named in the texts, letter for letter; hidden unless `named`."""
    reason: str = ""
    """Why these documents are thought to be theirs."""
    confidence: Confidence = "stated"
    """Whether that is stated, certain or probable."""

    @model_validator(mode="after")
    def _inference_has_a_reason(self) -> Person:
        if self.confidence != "stated" and not self.reason:
            raise ValueError("an inferred identity needs a `reason`")
        return self


class Group(Block):
    """People taken together, and on what ground."""

    label: Text
    """What the group is called."""
    people: tuple[Id, ...]
    """Who is in it."""
    reason: Text
    """On what ground."""


class Reply(Block):
    """The document that one really answers, where the page does not say."""

    reply_to: Id
    """The document that is answered."""
    reason: Text
    """What shows it."""
    confidence: Confidence
    """How sure that is."""


class Withheld(Block):
    """A stretch of a document which is counted and not shown; offsets are code points in it."""

    document: Id
    """The document."""
    start: Annotated[int, Field(ge=0)]
    """The first code point."""
    end: Annotated[int, Field(ge=1)]
    """The code point after the last."""
    reason: Text
    """Why it is not shown."""
    help: bool = True
    """Whether *Sources* says over the document where help can be found."""

    @model_validator(mode="after")
    def _not_empty(self) -> Withheld:
        if self.end <= self.start:
            raise ValueError("`end` must lie after `start`")
        return self


class TopicName(Block):
    """A name for a topic of the fourth chapter, bound to the terms that it was given for."""

    name: Text
    """What the topic is called."""
    terms: tuple[Text, ...] = Field(min_length=1)
    """Its top terms when it was named; a topic that has too few of them does not get the name."""


class Event(Block):
    """An event of the history that the texts belong to; `source` is a key of the bibliography."""

    date: Text
    """When, as it is to be read."""
    text: Text
    """What happened."""
    source: str = ""
    """A key of the bibliography."""


class Acronym(Block):
    """A short form, or a name, and what it stands for."""

    term: Text
    """The short form."""
    text: Text
    """What it stands for."""
    source: str = ""
    """A key of the bibliography."""


class Deviation(Block):
    """Something that was done otherwise than the analysis plan had it."""

    what: Text
    """What was done."""
    why: Text
    """For what reason."""
    effect: Text
    """What it changes."""


class Settings(Block):
    """A whole `corpus.yml`."""

    id: Id
    """A short name of the corpus, which readings name."""
    book: Book
    """How the book presents itself."""
    sources: dict[Id, Source] = Field(min_length=1)
    """The source files, by id."""
    voices: dict[NameId, Voice] = Field(min_length=1)
    """The voices; a document speaks with the first that fits it."""
    people: dict[Id, Person] = {}
    """The people, by id."""
    groups: dict[Id, Group] = {}
    """Groups of people."""
    replies: dict[Id, Reply] = {}
    """Documents that answer another one than the page shows."""
    claims: dict[str, Text] = {}
    """Claims that comments are coded for."""
    withheld: tuple[Withheld, ...] = ()
    """Passages that are counted and not shown."""
    codes: File | None = None
    """The folder of codes."""
    lexicon: File | None = None
    """A table of changes to the words of VADER, for the chapter on feelings."""
    nodes: dict[NameId, Text] = {}
    """The words that the second chapter looks at: a name and a query."""
    topics: dict[NameId, TopicName] = {}
    """Names for topics that were fitted and read."""
    stop_words: tuple[Text, ...] = ()
    """Words that topics leave out, beside the English ones."""
