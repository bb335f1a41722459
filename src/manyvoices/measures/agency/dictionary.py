"""The words that the detectors go by, from a file of ours or another one of the same form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from manyvoices.errors import SettingsError

FILE = Path(__file__).with_name("words.yml")
PARTS = ("lists", "persons", "ideologies", "forms")


@dataclass(frozen=True, slots=True)
class Listed:
    """Queries for what is found by its form, and for what of it is not meant."""

    find: tuple[str, ...]
    exceptions: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Words:
    """The words of the detectors: queries by name, and sets of folded forms by name."""

    lists: Mapping[str, Listed]
    persons: Mapping[str, str]
    ideologies: Mapping[str, str]
    forms: Mapping[str, frozenset[str]]


@cache
def read_words(file: Path = FILE) -> Words:
    """The words in a YAML file of the form that `words.yml` beside this module has.

    Raises SettingsError for a file that cannot be read or lacks a part.
    """
    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
        parts = {name: dict(found[name]) for name in PARTS}
        lists = {name: _listed(entry) for name, entry in parts["lists"].items()}
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise SettingsError(
            f"it is no list of words: {error}.",
            f"Give the parts {', '.join(PARTS)}, as {FILE.name} has them.",
            file=file,
        ) from None
    forms = {name: frozenset(str(words).split()) for name, words in parts["forms"].items()}
    return Words(lists, parts["persons"], parts["ideologies"], forms)


def _listed(entry: Mapping[str, Any]) -> Listed:
    return Listed(tuple(entry["find"]), tuple(entry.get("except", ())))


@cache
def lexicon() -> dict[str, str]:
    """The commonest part of speech of each English form (Penn Treebank tags), by folded form.

    It is Brill's (1992) lexicon, as TextBlob carries it; nothing is downloaded, and TextBlob is
    not imported. Capitalised entries stand behind small ones of the same form.
    """
    spec = find_spec("textblob")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("textblob")
    file = Path(spec.submodule_search_locations[0]) / "en" / "en-lexicon.txt"
    tags: dict[str, str] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        form, _, tag = line.partition(" ")
        if tag and not form.startswith(";"):
            if form.islower():
                tags[form] = tag
            else:
                tags.setdefault(form.lower(), tag)
    return tags
