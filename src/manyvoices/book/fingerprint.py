"""Hashes of everything that a chapter's results depend on.

Only the standard library is used, so that a build which has nothing to do stays quick.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

SKIPPED = {"__pycache__", "_build"}
JUST_NOW = 2.0  # seconds in which a file may change again without a new time stamp


class Hashes:
    """SHA-256 of files, kept in `memory` with their sizes and times so that none is read twice."""

    def __init__(self, memory: Path) -> None:
        self.memory = memory
        self._old: dict[str, list[object]] = _read_json(memory)
        self._new: dict[str, list[object]] = {}

    def of(self, files: Iterable[Path], root: Path) -> str:
        """One hash over the names, relative to `root`, and the contents of `files`."""
        digest = hashlib.sha256()
        for file in sorted(files):
            name = os.path.relpath(file, root) if file.is_relative_to(root) else file.name
            digest.update(f"{Path(name).as_posix()}\0{self._of_file(file)}\n".encode())
        return digest.hexdigest()

    def save(self) -> None:
        """Keep the hashes for the next build."""
        self.memory.parent.mkdir(parents=True, exist_ok=True)
        self.memory.write_text(json.dumps(self._new), encoding="utf-8")

    def _of_file(self, file: Path) -> str:
        stat = file.stat()
        known = self._old.get(str(file))
        if known and known[:2] == [stat.st_size, stat.st_mtime_ns]:
            sha = str(known[2])
        else:
            with file.open("rb") as stream:
                sha = hashlib.file_digest(stream, "sha256").hexdigest()
        if time.time() - stat.st_mtime > JUST_NOW:
            self._new[str(file)] = [stat.st_size, stat.st_mtime_ns, sha]
        return sha


def files_under(*places: Path, without: Iterable[Path] = ()) -> Iterator[Path]:
    """The files at or below `places`, except below `without`, in caches and in hidden folders."""
    shunned = set(without)
    for place in places:
        if place.is_file():
            yield place
        for folder, folders, names in os.walk(place):
            here = Path(folder)
            folders[:] = [f for f in folders if _is_walked(f) and here / f not in shunned]
            yield from (here / name for name in names)


def _is_walked(folder: str) -> bool:
    return folder not in SKIPPED and not folder.startswith(".")


def results_fingerprint(package: Path, book: Path, corpus: Path, hashes: Hashes) -> str:
    """The hash of the library, the corpus' folder, the locked requirements and the Python version.

    What a chapter's cells give can change only with it, or with the cells themselves.
    """
    library = files_under(package, without=[package / "book" / "static"])
    lock = files_under(book / "requirements.txt")
    parts = [
        hashes.of(library, package),
        hashes.of(files_under(corpus.parent), corpus.parent),
        hashes.of(lock, book),
        str(corpus),
        sys.version,
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _read_json(file: Path) -> dict[str, list[object]]:
    """What an earlier build kept; nothing if it kept nothing, or was stopped while writing."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return content if isinstance(content, dict) else {}
