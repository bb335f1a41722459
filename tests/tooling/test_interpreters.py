"""Which Python builds the book."""

import json
import os
import sys
from pathlib import Path

import pytest

from tools import interpreters
from tools.interpreters import Interpreter, SetupError


def python(version: str, **told: object) -> Interpreter:
    return Interpreter(f"/somewhere/python{version}", tuple(map(int, version.split("."))), **told)


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def shim(path: Path) -> Path:
    """What a version manager leaves on PATH for a version that is not chosen."""
    return program(path, "#!/bin/sh\necho 'command not found' >&2\nexit 127\n")


def pretender(path: Path, version: str) -> Path:
    """A program that tells about itself what a Python of that version would."""
    told = {**python(version)._asdict(), "base": str(path)}
    return program(path, f"#!/bin/sh\necho '{json.dumps(told)}'\n")


def test_newest_that_fits_is_chosen() -> None:
    found = [python("3.11.9"), python("3.13.1"), python("3.14.0"), python("3.12.4")]

    assert interpreters.newest(found) == python("3.13.1")


def test_newest_passes_over_one_that_cannot_make_environments() -> None:
    found = [python("3.12.4"), python("3.13.1", missing=("ensurepip",))]

    assert interpreters.newest(found) == python("3.12.4")


def test_nothing_fits_where_all_are_too_old_or_too_new() -> None:
    assert interpreters.newest([python("3.10.13"), python("3.14.0")]) is None


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (python("3.10.13"), "is not 3.11, 3.12 or 3.13"),
        (python("3.12.0", name="pypy"), "ordinary build"),
        (python("3.13.0", threads=True), "ordinary build"),
        (python("3.13.0", bits=32), "32-bit"),
        (python("3.11.2", missing=("ensurepip", "venv")), "apt install python3-venv"),
        (python("3.11.2", missing=("sqlite3",)), "without sqlite3"),
    ],
)
def test_reason_is_told_why_a_python_does_not_fit(found: Interpreter, reason: str) -> None:
    assert reason in interpreters.unfit(found)


def test_the_python_that_runs_these_tests_fits() -> None:
    found = interpreters.probe(sys.executable)

    assert found is not None
    assert found.version == sys.version_info[:3]
    assert not interpreters.unfit(found)


def test_a_shim_that_only_complains_is_no_python(tmp_path: Path) -> None:
    assert interpreters.probe(str(shim(tmp_path / "python3.13"))) is None
    assert interpreters.probe(str(tmp_path / "nowhere")) is None


@pytest.mark.skipif(os.name == "nt", reason="shell scripts stand for programs")
def test_a_real_python_is_found_behind_shims(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shim(tmp_path / "pyenv/shims/python3.13")
    real = pretender(tmp_path / "pyenv/versions/3.13.0/bin/python", "3.13.0")
    older = pretender(tmp_path / "bin/python3", "3.12.1")
    monkeypatch.setenv("PATH", f"{tmp_path}/pyenv/shims{os.pathsep}{tmp_path}/bin")

    found = interpreters.candidates(home=tmp_path)
    told = [interpreters.probe(path) for path in found]

    assert str(older) in found
    assert interpreters.newest(filter(None, told)).base == str(real)


def test_the_environment_itself_is_no_candidate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interpreters, "VENV", Path(sys.executable).parent.parent)
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))

    assert sys.executable not in interpreters.candidates(home=Path("/nowhere"))


def test_a_named_python_that_does_not_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"does not run.\nCure"):
        interpreters.named(str(shim(tmp_path / "python3.12")))


@pytest.mark.skipif(os.name == "nt", reason="shell scripts stand for programs")
def test_a_named_python_that_does_not_fit_is_told_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"(?s)is not 3\.11.*Cure: install Python 3\.13"):
        interpreters.named(str(pretender(tmp_path / "python3.9", "3.9.18")))


def test_settings_that_misdirect_an_installation_are_dropped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")

    kept = interpreters.clean_environment()

    assert kept["HTTPS_PROXY"] == "http://proxy.example:3128"
    assert not {"PYTHONDONTWRITEBYTECODE", "PIP_USER"} & set(kept)
