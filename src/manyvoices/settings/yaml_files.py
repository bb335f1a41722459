"""YAML files, read and checked: every mistake with its file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from manyvoices.errors import SettingsError
from manyvoices.settings.schema import Acronym, Block, Deviation, Event

Place = tuple[str | int, ...]
EntryLines = Mapping[Place, int]
T = TypeVar("T")
B = TypeVar("B", bound=Block)
Entry = TypeVar("Entry", Event, Acronym, Deviation)

DEEPEST = 40
LONGEST = 80
WANTED = {
    "string_type": "a text",
    "tuple_type": "a list",
    "dict_type": "a block of entries",
    "model_type": "a block of entries",
}


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


def read_yaml(file: Path, schema: TypeAdapter[T]) -> tuple[T, dict[Place, int]]:
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


def _walk(node: yaml.Node, where: Place, file: Path) -> Iterator[tuple[Place, int]]:
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


def nearest_line(lines: EntryLines, where: Place) -> int | None:
    """The line of an entry, or of the nearest one around it."""
    where = tuple(where)
    while where and where not in lines:
        where = where[:-1]
    return lines.get(where)


def _first_mistake(error: ValidationError, lines: EntryLines, file: Path) -> SettingsError:
    mistakes = error.errors(include_url=False)
    first = min(mistakes, key=lambda m: nearest_line(lines, m["loc"]) or 0)
    where = ".".join(str(part) for part in first["loc"] if part != "[key]")
    more = f" ({len(mistakes) - 1} more mistakes follow.)" if len(mistakes) > 1 else ""
    found = f"`{where or 'the whole'}` {_in_words(first)}."
    return SettingsError(found + more, file=file, line=nearest_line(lines, first["loc"]))


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
