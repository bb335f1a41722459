"""The description of a corpus, `corpus.yml`: read, checked, and given as one frozen object.

Every mistake becomes a `SettingsError` that names the file, the line, what was found and what
was expected.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from manyvoices.documents import Confidence
from manyvoices.errors import SettingsError

Publish = Literal["full", "cited", "none"]
Format = Literal["wordpress-copy", "csv", "plain"]
Part = Literal["title", "caption", "notice", "related", "appeal"]
Path_ = tuple[str | int, ...]

PAGE_KINDS = ("essay", "comment", "notice", "related", "appeal")
DEEPEST = 40
LONGEST = 80
WANTED = {
    "string_type": "a text",
    "tuple_type": "a list",
    "dict_type": "a block of entries",
    "model_type": "a block of entries",
}

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
    """How somebody whose text is here can ask for its removal."""
    help: str = ""
    """Where help can be found; shown beside withheld passages."""
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


T = TypeVar("T")
B = TypeVar("B", bound=Block)
Entry = TypeVar("Entry", Event, Acronym, Deviation)


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


@dataclass(frozen=True)
class Description:
    """A checked `corpus.yml`: its `settings`, the file, and the line of every entry."""

    settings: Settings
    file: Path
    lines: Mapping[Path_, int]

    def without_hidden_names(self) -> Description:
        """The same description without the names of people who appear as roles."""
        people = {
            name: person if person.named else person.model_copy(update={"names": ()})
            for name, person in self.settings.people.items()
        }
        return replace(self, settings=self.settings.model_copy(update={"people": people}))

    def path(self, relative: Path) -> Path:
        """The absolute path of a file that the description names."""
        return (self.file.parent / relative).resolve()

    def error(self, found: str, cure: str, *where: str | int) -> SettingsError:
        """An error at the line of the entry `where`, or of the nearest entry around it."""
        return SettingsError(found, cure, file=self.file, line=_nearest(self.lines, where))

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256, in hex, over the description, the sources and the codes."""
        digest = hashlib.sha256()
        for path in (self.file, *self._inputs()):
            content = path.read_bytes()
            digest.update(f"{path.name}\0{len(content)}\0".encode())
            digest.update(content)
        return digest.hexdigest()

    def _inputs(self) -> Iterator[Path]:
        yield from (self.path(source.file) for source in self.settings.sources.values())
        if self.settings.lexicon:
            yield self.path(self.settings.lexicon)
        if self.settings.codes:
            yield from sorted(p for p in self.path(self.settings.codes).rglob("*") if p.is_file())


def find_description() -> Path:
    """The description that the book is about.

    It is the file in $MANYVOICES_CORPUS, or else `data/corpus.yml` of this folder or of the
    nearest one above it. Raises SettingsError if there is neither.
    """
    if named := os.environ.get("MANYVOICES_CORPUS"):
        return Path(named)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (file := folder / "data" / "corpus.yml").is_file():
            return file
    raise SettingsError(
        f"there is no data/corpus.yml in {here} or above it.",
        "Go into the book's folder, or set MANYVOICES_CORPUS to the path of a corpus.yml.",
    )


def load_settings(file: Path | str) -> Description:
    """The checked description in `file`.

    Raises SettingsError for a file that is missing, is not YAML, or breaks the schema.
    """
    file = Path(file)
    settings, lines = read_yaml(file, TypeAdapter(Settings))
    description = Description(settings, file.resolve(), lines)
    _check_names(description)
    return description


def load_entries(file: Path, model: type[Entry]) -> tuple[Entry, ...]:
    """The checked list of entries in a YAML file.

    Raises SettingsError, with file and line, for an entry that breaks the schema.
    """
    return read_yaml(file, TypeAdapter(tuple[model, ...]))[0]  # type: ignore[valid-type]  # a run-time type


def load_block(file: Path, model: type[B]) -> B:
    """The checked entries of a YAML file that is one block.

    Raises SettingsError, with file and line, for an entry that breaks the schema.
    """
    return read_yaml(file, TypeAdapter(model))[0]


def read_yaml(file: Path, schema: TypeAdapter[T]) -> tuple[T, dict[Path_, int]]:
    """What a YAML file holds, checked, and the line of every entry.

    Raises SettingsError, with file and line, for what is not YAML or breaks the schema.
    """
    root = _compose(file)
    lines = dict(_walk(root, (), file))
    data = _Loader("").construct_document(root)
    try:
        return schema.validate_python(data), lines
    except ValidationError as error:
        raise _first_mistake(error, lines, file) from None


class _Loader(yaml.SafeLoader):
    """YAML whose plain values are text, but for true, false, null and whole numbers.

    So `2017-03-07`, `12:30`, `1.10`, `010` and `No` are text, as they look.
    """


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"-?(?:0|[1-9][0-9]{0,17})", "-0123456789"),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})\Z"), list(_first)
    )


def _compose(file: Path) -> yaml.Node:
    text = _read_text(file)
    try:
        _check_events(text, file)
        root = yaml.compose(text, _Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise SettingsError(
            f"it is not YAML: {error.problem}.", "Mend that line.", file=file, line=line
        ) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise SettingsError(
            f"it holds the control character U+{error.character:04X}.",
            "Take it out.",
            file=file,
            line=line,
        ) from None
    if root is None:
        raise SettingsError("it holds no entries.", file=file, line=1)
    return root


def _read_text(file: Path) -> str:
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        raise SettingsError(
            "there is no such file.", "Give the path of a corpus.yml.", file=file
        ) from None
    except (OSError, ValueError) as error:
        raise SettingsError(f"it cannot be read: {error}.", file=file) from None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SettingsError(
            f"byte {error.start} is not UTF-8.",
            "Save the file as UTF-8.",
            file=file,
            line=content.count(b"\n", 0, error.start) + 1,
        ) from None


def _check_events(text: str, file: Path) -> None:
    """Refuse what YAML knows and a description does not: aliases, tags, and bottomless nesting."""
    depth = 0
    for event in yaml.parse(text, _Loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            found, cure = f"it uses a YAML alias (`*{event.anchor}`).", "Write it out."
        elif tag := getattr(event, "tag", None):
            found, cure = f"it uses a YAML tag (`{tag}`).", "Write the plain value."
        elif depth > DEEPEST:
            found, cure = f"it nests deeper than {DEEPEST} levels.", "Is a bracket missing?"
        else:
            continue
        line = event.start_mark.line + 1 if event.start_mark else None
        raise SettingsError(found, cure, file=file, line=line)


def _walk(node: yaml.Node, where: Path_, file: Path) -> Iterator[tuple[Path_, int]]:
    """The place of every entry, with its line."""
    yield where, node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for i, child in enumerate(node.value):
            yield from _walk(child, (*where, i), file)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, child in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise SettingsError("a list or block is no key.", file=file, line=line)
            if key.value in seen:
                raise SettingsError(
                    f"`{key.value}` stands twice.", "Keep one.", file=file, line=line
                )
            seen.add(key.value)
            yield from _walk(child, (*where, key.value), file)
            yield (*where, key.value), line


def _nearest(lines: Mapping[Path_, int], where: Path_) -> int | None:
    where = tuple(where)
    while where and where not in lines:
        where = where[:-1]
    return lines.get(where)


def _first_mistake(error: ValidationError, lines: Mapping[Path_, int], file: Path) -> SettingsError:
    mistakes = error.errors(include_url=False)
    first = min(mistakes, key=lambda m: _nearest(lines, m["loc"]) or 0)
    where = ".".join(str(part) for part in first["loc"] if part != "[key]")
    more = f" ({len(mistakes) - 1} more mistakes follow.)" if len(mistakes) > 1 else ""
    found = f"`{where or 'the whole'}` {_in_words(first)}."
    return SettingsError(found + more, file=file, line=_nearest(lines, first["loc"]))


def _in_words(mistake: Any) -> str:
    match mistake["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return "is not a key that is known here"
        case "value_error":
            return f"was refused: {mistake['ctx']['error']}"
        case _:
            message = mistake["msg"]
            expected = WANTED.get(mistake["type"], f"{message[0].lower()}{message[1:]}")
            return f"is {_shown(mistake['input'])}; expected: {expected}"


def _shown(given: object) -> str:
    match given:
        case None:
            return "empty"
        case list() | tuple():
            return "a list"
        case dict():
            return "a block of entries"
        case _:
            text = repr(given)
            return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def _check_names(description: Description) -> None:
    """Every person, source, kind and file that one entry names must exist, and only once."""
    settings = description.settings
    for voice_id, voice in settings.voices.items():
        _known(description, voice.people, settings.people, "people", "voices", voice_id, "people")
        _known(
            description, voice.sources, settings.sources, "sources", "voices", voice_id, "sources"
        )
        _check_kinds(description, voice_id, voice)
    for group_id, group in settings.groups.items():
        _known(description, group.people, settings.people, "people", "groups", group_id, "people")
    _check_once(description, "wrote", "A document has one writer.")
    _check_once(description, "names", "Give a name to one of them.")
    _check_files(description)


def _check_files(description: Description) -> None:
    settings = description.settings
    for source_id, source in settings.sources.items():
        _check_file(description, source.file, "sources", source_id, "file")
    if settings.lexicon is not None:
        _check_file(description, settings.lexicon, "lexicon")
    for key in ("plan", "deviations", "timeline", "acronyms", "bibliography"):
        if (file := getattr(settings.book, key)) is not None:
            _check_file(description, file, "book", key)
    folder = description.path(settings.codes) if settings.codes else None
    if folder and not os.path.isdir(folder):  # noqa: PTH112  # is_dir fails on odd names
        raise description.error(
            f"there is no folder {folder}.",
            "Paths are relative to the folder of this description.",
            "codes",
        )


def _check_kinds(description: Description, voice_id: str, voice: Voice) -> None:
    sources = description.settings.sources.values()
    kinds = dict.fromkeys(
        kind
        for source in sources
        for kind in (PAGE_KINDS if source.format == "wordpress-copy" else (source.kind,))
    )
    for i, kind in enumerate(voice.kinds):
        if kind not in kinds:
            cure = f"There are: {', '.join(kinds)}."
            where = ("voices", voice_id, "kinds", i)
            raise description.error(f"no source has documents of kind `{kind}`.", cure, *where)


def _check_once(description: Description, key: Literal["wrote", "names"], cure: str) -> None:
    """What is listed under one person stands under no other, nor twice."""
    seen: dict[str, str] = {}
    for person_id, person in description.settings.people.items():
        for i, name in enumerate(getattr(person, key)):
            if name in seen:
                found = f"`{name}` stands under `{seen[name]}` already."
                raise description.error(found, cure, "people", person_id, key, i)
            seen[name] = person_id


def _known(
    description: Description,
    names: tuple[str, ...],
    known: Mapping[str, object],
    block: str,
    *where: str,
) -> None:
    for i, name in enumerate(names):
        if name not in known:
            raise description.error(
                f"`{name}` is not under `{block}`.", f"Known: {', '.join(known)}.", *where, i
            )


def _check_file(description: Description, file: Path, *where: str) -> None:
    if not os.path.isfile(description.path(file)):  # noqa: PTH113  # is_file fails on odd names
        raise description.error(
            f"there is no file {description.path(file)}.",
            "Paths are relative to the folder of this description.",
            *where,
        )
