"""What a chapter's results depend on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from manyvoices.book.fingerprint import Hashes, files_under, results_fingerprint


@pytest.fixture
def places(tmp_path: Path) -> dict[str, Path]:
    """A library, a book with its lock, and a corpus."""
    files = {
        "library": tmp_path / "library" / "measures.py",
        "style": tmp_path / "library" / "book" / "static" / "style.css",
        "lock": tmp_path / "book" / "requirements.txt",
        "corpus": tmp_path / "data" / "corpus.yml",
        "source": tmp_path / "data" / "raw" / "letter.txt",
        "chapter": tmp_path / "book" / "chapters" / "one.md",
    }
    for file in files.values():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("first")
    return files


def fingerprint(places: dict[str, Path]) -> str:
    root = places["lock"].parents[1]
    hashes = Hashes(root / "hashes.json")
    result = results_fingerprint(root / "library", root / "book", places["corpus"], hashes)
    hashes.save()
    return result


@pytest.mark.parametrize("part", ["library", "lock", "corpus", "source"])
def test_a_change_of_what_results_depend_on_is_noticed(places: dict[str, Path], part: str) -> None:
    before = fingerprint(places)
    places[part].write_text("second")
    assert fingerprint(places) != before


@pytest.mark.parametrize("part", ["style", "chapter"])
def test_a_change_of_style_or_prose_is_none(places: dict[str, Path], part: str) -> None:
    before = fingerprint(places)
    places[part].write_text("second")
    assert fingerprint(places) == before


def test_a_file_that_is_touched_has_not_changed(places: dict[str, Path]) -> None:
    before = fingerprint(places)
    os.utime(places["source"], (1, 1))
    assert fingerprint(places) == before


def test_a_new_file_is_a_change(places: dict[str, Path]) -> None:
    before = fingerprint(places)
    (places["source"].parent / "another.txt").write_text("first")
    assert fingerprint(places) != before


def test_a_file_is_read_again_only_when_its_size_or_time_differ(tmp_path: Path) -> None:
    file = tmp_path / "big.txt"
    file.write_text("first")
    os.utime(file, (1, 1))
    hashes = Hashes(tmp_path / "hashes.json")
    before = hashes.of([file], tmp_path)
    hashes.save()
    file.write_text("other")
    os.utime(file, (1, 1))
    assert Hashes(tmp_path / "hashes.json").of([file], tmp_path) == before
    os.utime(file, (2, 2))
    assert Hashes(tmp_path / "hashes.json").of([file], tmp_path) != before


def test_a_broken_memory_is_no_memory(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("first")
    memory = tmp_path / "hashes.json"
    memory.write_text("{")
    assert Hashes(memory).of([file], tmp_path) == Hashes(tmp_path / "none").of([file], tmp_path)


def test_caches_and_what_is_left_out_are_not_walked(tmp_path: Path) -> None:
    for name in ("a.py", "__pycache__/a.pyc", ".cache/c", "out/b.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert list(files_under(tmp_path, without=[tmp_path / "out"])) == [tmp_path / "a.py"]
