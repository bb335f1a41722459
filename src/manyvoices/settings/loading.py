"""Descriptions, read and checked: whatever an entry names must be there."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from manyvoices.settings.description import Description
from manyvoices.settings.schema import Settings, Voice
from manyvoices.settings.yaml_files import read_yaml

PAGE_KINDS = ("essay", "comment", "notice", "related", "appeal")


def load_settings(file: Path | str) -> Description:
    """The checked description in `file`.

    Raises SettingsError for a file that is missing, is not YAML, or breaks the schema.
    """
    file = Path(file)
    settings, lines = read_yaml(file, TypeAdapter(Settings))
    description = Description(settings, file.resolve(), lines)
    _check_names(description)
    return description


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
