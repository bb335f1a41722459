"""The description of a corpus, `corpus.yml`: read, checked, and given as one frozen object.

Every mistake becomes a `SettingsError` that names the file, the line, what was found and what
was expected.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9.-]*$")]
NameId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


def _in_order(lines: tuple[int, int]) -> tuple[int, int]:
    if not 1 <= lines[0] <= lines[1]:
        raise ValueError("give the first and the last line, counted from 1, in order")
    return lines


Lines = Annotated[tuple[int, int], AfterValidator(_in_order)]


class _Block(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class Book(_Block):
    """How the book about the corpus presents itself."""

    title: Text
    subtitle: str = ""
    author: Text
    language: str = "en-GB"
    description: str = ""
    repository: str = ""
    contact: Text
    help: str = ""
    bibliography: Path | None = None
    plan: Path | None = None
    deviations: Path | None = None
    timeline: Path | None = None
    acronyms: Path | None = None


class PagePart(_Block):
    """A run of lines of a copied page which is not plain body text."""

    lines: Lines
    part: Part
    reason: str = ""


class Omission(_Block):
    """Lines of a file that are not part of the text, and why."""

    lines: Lines
    reason: Text


class Columns(_Block):
    """Which column of a table holds what."""

    id: Text
    text: Text
    author: str = ""
    date: str = ""
    parent: str = ""
    likes: str = ""


class Source(_Block):
    """One source file: where it is, what it is, whose it is, what may be shown of it."""

    file: Path
    format: Format
    title: Text
    author: str = ""
    citation: Text
    bibkey: str = ""
    date: str = ""
    retrieved: str = ""
    url: str = ""
    rights: Text
    publish: Publish
    sha256: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")] = ""
    kind: Id = "text"
    parts: tuple[PagePart, ...] = ()
    omit: tuple[Omission, ...] = ()
    columns: Columns | None = None

    @model_validator(mode="after")
    def _columns_go_with_tables(self) -> Source:
        if (self.format == "csv") != (self.columns is not None):
            raise ValueError("`columns` is needed for format csv, and only there")
        return self


class Voice(_Block):
    """A voice: the documents of the given kinds, sources and people (all, where none is named)."""

    label: Text
    short: str = ""
    kinds: tuple[Id, ...] = ()
    sources: tuple[Id, ...] = ()
    people: tuple[Id, ...] = ()
    one_author: bool = False
    count: bool = True


class Person(_Block):
    """A person as the book shows them: by role, or by name where `named`."""

    role: Text
    named: bool = False
    wrote: tuple[Id, ...] = ()
    names: tuple[Text, ...] = ()
    reason: str = ""
    confidence: Confidence = "stated"

    @model_validator(mode="after")
    def _inference_has_a_reason(self) -> Person:
        if self.confidence != "stated" and not self.reason:
            raise ValueError("an inferred identity needs a `reason`")
        return self


class Group(_Block):
    """People taken together, and on what ground."""

    label: Text
    people: tuple[Id, ...]
    reason: Text


class Reply(_Block):
    """The document that one really answers, where the page does not say."""

    reply_to: Id
    reason: Text
    confidence: Confidence


class Withheld(_Block):
    """A stretch of a document which is counted and not shown; offsets are code points in it."""

    document: Id
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    reason: Text

    @model_validator(mode="after")
    def _not_empty(self) -> Withheld:
        if self.end <= self.start:
            raise ValueError("`end` must lie after `start`")
        return self


class Event(_Block):
    """An event of the history that the texts belong to; `source` is a key of the bibliography."""

    date: Text
    text: Text
    source: str = ""


class Acronym(_Block):
    """A short form, or a name, and what it stands for."""

    term: Text
    text: Text
    source: str = ""


class Deviation(_Block):
    """Something that was done otherwise than the analysis plan had it."""

    what: Text
    why: Text
    effect: Text


T = TypeVar("T")
Entry = TypeVar("Entry", Event, Acronym, Deviation)


class Settings(_Block):
    """A whole `corpus.yml`."""

    id: Id
    book: Book
    sources: dict[Id, Source] = Field(min_length=1)
    voices: dict[NameId, Voice] = Field(min_length=1)
    people: dict[Id, Person] = {}
    groups: dict[Id, Group] = {}
    replies: dict[Id, Reply] = {}
    claims: dict[str, Text] = {}
    withheld: tuple[Withheld, ...] = ()
    codes: Path | None = None
    nodes: dict[NameId, Text] = {}


@dataclass(frozen=True)
class Description:
    """A checked `corpus.yml`: its `settings`, the file, and the line of every entry."""

    settings: Settings
    file: Path
    lines: Mapping[Path_, int]

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
    settings, lines = _read(file, TypeAdapter(Settings))
    description = Description(settings, file.resolve(), lines)
    _check_names(description)
    return description


def load_entries(file: Path, model: type[Entry]) -> tuple[Entry, ...]:
    """The checked list of entries in a YAML file.

    Raises SettingsError, with file and line, for an entry that breaks the schema.
    """
    return _read(file, TypeAdapter(tuple[model, ...]))[0]  # type: ignore[valid-type]  # a run-time type


def _read(file: Path, schema: TypeAdapter[T]) -> tuple[T, dict[Path_, int]]:
    """What the file holds, checked, and the line of every entry."""
    root = _compose(file)
    lines = dict(_walk(root, (), file))
    data = _Loader("").construct_document(root)
    try:
        return schema.validate_python(data), lines
    except ValidationError as error:
        raise _first_mistake(error, lines, file) from None


class _Loader(yaml.SafeLoader):
    """YAML without dates: `2017-03-07` is text, as everywhere else in a description."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _compose(file: Path) -> yaml.Node:
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SettingsError(
            "there is no such file.", "Give the path of a corpus.yml.", file=file
        ) from None
    except UnicodeDecodeError as error:
        raise SettingsError(
            f"byte {error.start} is not UTF-8.", "Save the file as UTF-8.", file=file
        ) from None
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, _Loader)):
            raise SettingsError("it uses a YAML alias (`*name`).", "Write it out.", file=file)
        root = yaml.compose(text, _Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise SettingsError(
            f"it is not YAML: {error.problem}.", "Mend that line.", file=file, line=line
        ) from None
    except yaml.YAMLError as error:
        raise SettingsError(f"it is not YAML: {error}.", file=file) from None
    if root is None:
        raise SettingsError("it holds no entries.", file=file, line=1)
    return root


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


def _first_mistake(
    error: ValidationError, lines: Mapping[Path_, int], file: Path
) -> SettingsError:
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
            message, given = mistake["msg"], mistake["input"]
            shown = f"is {given!r}" if isinstance(given, str | int | float) else "was refused"
            return f"{shown}; expected: {message[0].lower()}{message[1:]}"


def _check_names(description: Description) -> None:
    """Every person, source and file that one entry names must exist."""
    settings = description.settings
    for voice_id, voice in settings.voices.items():
        _known(description, voice.people, settings.people, "people", "voices", voice_id, "people")
        _known(
            description, voice.sources, settings.sources, "sources", "voices", voice_id, "sources"
        )
    for group_id, group in settings.groups.items():
        _known(description, group.people, settings.people, "people", "groups", group_id, "people")
    for source_id, source in settings.sources.items():
        _check_file(description, source.file, "sources", source_id, "file")
    for key in ("plan", "deviations", "timeline", "acronyms", "bibliography"):
        if (file := getattr(settings.book, key)) is not None:
            _check_file(description, file, "book", key)


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
    if not description.path(file).is_file():
        raise description.error(
            f"there is no file {description.path(file)}.",
            "Paths are relative to the folder of this description.",
            *where,
        )
