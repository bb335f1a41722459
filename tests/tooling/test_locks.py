"""The lock files: complete, hashed, and of one mind."""

import re
import tomllib
from collections.abc import Callable

import pytest

from tools.environment import LOCKS, UV_LOCK
from tools.interpreters import ROOT, VERSIONS

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS = PROJECT["dependency-groups"]


def requirements(file: str) -> dict[str, str]:
    """Each requirement of a lock, by its name, with its version, marker and hashes."""
    text = (ROOT / file).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {re.split(r"[=\s;]", line)[0]: line for line in lines}


def pins(file: str) -> dict[str, str]:
    """Each requirement's name with its version, without the systems it is for."""
    return {name: line.split()[0] for name, line in requirements(file).items()}


def named(wanted: list[str]) -> dict[str, str]:
    """Requirements as pyproject.toml writes them, by the name that a lock gives them."""
    return {re.sub(r"[-_.]+", "-", line.partition("==")[0]).lower(): line for line in wanted}


@pytest.mark.parametrize("file", [*LOCKS.values(), UV_LOCK])
def test_every_requirement_is_pinned_and_hashed(file: str) -> None:
    for line in requirements(file).values():
        assert re.match(r"\S+==\S+", line)
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", line), line


def files(file: str) -> dict[str, set[str]]:
    """The hashes of the files that each requirement may be installed from."""
    return {name: set(re.findall(r"--hash=(\S+)", r)) for name, r in requirements(file).items()}


@pytest.mark.parametrize("read", [pins, files])
@pytest.mark.parametrize("name", ["test", "lab"])
def test_the_other_locks_hold_what_the_book_s_holds(
    name: str, read: Callable[[str], dict[str, object]]
) -> None:
    book, other = read(LOCKS["book"]), read(LOCKS[name])

    assert book == {requirement: other.get(requirement) for requirement in book}


def test_test_and_lab_can_stand_in_one_environment() -> None:
    test, lab = pins(LOCKS["test"]), pins(LOCKS["lab"])
    both = test.keys() & lab.keys()

    assert {name: test[name] for name in both} == {name: lab[name] for name in both}


@pytest.mark.parametrize(
    ("file", "wanted"),
    [
        (LOCKS["book"], PROJECT["project"]["dependencies"]),
        (LOCKS["book"], PROJECT["build-system"]["requires"]),
        (LOCKS["test"], GROUPS["test"]),
        (LOCKS["lab"], GROUPS["lab"]),
        (UV_LOCK, GROUPS["bootstrap"]),
    ],
    ids=["book", "build", "test", "lab", "bootstrap"],
)
def test_locks_hold_the_pins_of_pyproject(file: str, wanted: list[str]) -> None:
    locked = pins(file)
    expected = {name: f"{name}=={line.partition('==')[2]}" for name, line in named(wanted).items()}

    assert expected == {name: locked.get(name) for name in expected}


def test_one_version_of_each_package_serves_every_python() -> None:
    lines = (ROOT / LOCKS["book"]).read_text(encoding="utf-8").splitlines()
    names = [line.partition("==")[0] for line in lines if "==" in line and line[0].isalpha()]

    assert len(names) == len(set(names))


def test_pythons_are_the_same_for_the_package_and_the_tools() -> None:
    oldest, newest = min(VERSIONS), max(VERSIONS)
    after = f"{newest[0]}.{newest[1] + 1}"

    assert PROJECT["project"]["requires-python"] == f">={oldest[0]}.{oldest[1]},<{after}"
