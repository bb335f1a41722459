"""A checked description, and where to find one."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from manyvoices.errors import SettingsError
from manyvoices.settings.schema import Settings
from manyvoices.settings.yaml_files import EntryLines, nearest_line


@dataclass(frozen=True)
class Description:
    """A checked `corpus.yml`: its `settings`, the file, and the line of every entry."""

    settings: Settings
    file: Path
    lines: EntryLines

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
        return SettingsError(found, cure, file=self.file, line=nearest_line(self.lines, where))

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
