"""When .venv is made, kept, added to and made anew."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from tools import environment, interpreters
from tools.interpreters import Interpreter, SetupError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links to the interpreter stand for .venv")

BASE = os.path.realpath(sys._base_executable)  # type: ignore[attr-defined]  # CPython has it


class Project:
    """A folder with lock files, in which installing is only written down."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.commands: list[list[str]] = []
        (root / "tools").mkdir(parents=True)
        files = [*environment.LOCKS.values(), environment.UV_LOCK, "pyproject.toml"]
        for file in [*files, "tools/environment.py"]:
            (root / file).write_text(f"{file} as it was\n")

    def run(self, command: list[str], *, capture: bool = False, **extra: str) -> str:
        self.commands.append(command)
        if command[-2:-1] == ["venv"]:
            (self.root / ".venv/bin").mkdir(parents=True, exist_ok=True)
            (self.root / ".venv/bin/python").symlink_to(command[0])
        return ""

    def done(self, word: str) -> list[list[str]]:
        return [command for command in self.commands if word in command]

    def forget(self) -> None:
        self.commands.clear()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    made = Project(tmp_path / "project")
    move_to(made.root, monkeypatch)
    monkeypatch.setattr(environment, "run", made.run)
    monkeypatch.setattr(environment, "package_index", lambda: environment.INDEX)
    monkeypatch.setattr(environment, "candidates", lambda home: [BASE])
    return made


def move_to(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (environment, interpreters):
        monkeypatch.setattr(module, "ROOT", root)
        monkeypatch.setattr(module, "VENV", root / ".venv")


def test_first_run_installs_and_second_does_nothing(project: Project) -> None:
    assert environment.ensure("book")
    assert project.done("sync")[0][-1] == "requirements.txt"
    project.forget()

    assert not environment.ensure("book")
    assert project.commands == []


def test_everything_is_checked_against_its_hash(project: Project) -> None:
    environment.ensure("book")

    installing = [*project.done("sync"), *project.done(environment.UV_LOCK)]
    assert len(installing) == 2
    assert all("--require-hashes" in command for command in installing)
    assert "--no-deps" in project.done("-e")[0]


def test_environment_of_the_tests_serves_the_book(project: Project) -> None:
    environment.ensure("test")
    project.forget()

    assert not environment.ensure("book")
    assert project.commands == []


def test_a_second_set_is_added_without_a_new_environment(project: Project) -> None:
    environment.ensure("book")
    project.forget()
    environment.ensure("test")
    environment.ensure("lab")

    assert not project.done("venv")
    assert {"requirements.txt", "requirements-test.txt"} <= set(project.done("sync")[0])
    assert "requirements-lab.txt" in project.done("sync")[1]
    assert not any(environment.ensure(name) for name in environment.LOCKS)


@pytest.mark.parametrize("file", ["requirements.txt", "pyproject.toml", "tools/uv.txt"])
def test_a_changed_lock_is_installed_in_place(project: Project, file: str) -> None:
    environment.ensure("book")
    (project.root / file).write_text("changed\n")
    project.forget()

    assert environment.ensure("book")
    assert project.done("sync")
    assert not project.done("venv")


def test_an_interrupted_installation_is_begun_again(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(action: str, *arguments: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(environment, "uv_pip", interrupted)
        with pytest.raises(KeyboardInterrupt):
            environment.ensure("book")
    assert not environment.is_current("book")
    project.forget()

    assert environment.ensure("book")
    assert project.done("venv")


def test_a_moved_folder_gets_a_new_environment(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.ensure("book")
    project.root = project.root.rename(project.root.with_name("elsewhere"))
    move_to(project.root, monkeypatch)
    project.forget()

    assert environment.ensure("book")
    assert project.done("venv")


def test_an_interpreter_that_has_gone_gets_a_new_environment(project: Project) -> None:
    environment.ensure("book")
    link = project.root / ".venv/bin/python"
    link.unlink()
    link.symlink_to(project.root / "gone")
    project.forget()

    assert environment.ensure("book")
    assert project.done("venv")


def test_another_named_python_gets_a_new_environment(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.ensure("book")
    other = Interpreter(str(project.root / "other"), (3, 12, 0))
    monkeypatch.setattr(environment, "named", lambda wish: other)

    assert environment.standing("other") is None
    assert environment.standing("") is not None


def test_a_broken_note_counts_as_none(project: Project) -> None:
    environment.ensure("book")
    environment.state_file().write_text("{")

    assert environment.standing("") is None


def test_uv_is_asked_where_no_python_fits(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(command: list[str], **settings: object) -> str:
        project.commands.append(command)
        return f"{BASE}\n"

    monkeypatch.setattr(environment, "run", run)
    monkeypatch.setattr(environment, "candidates", lambda home: [])
    monkeypatch.setattr(shutil, "which", lambda name: "/opt/uv" if name == "uv" else None)

    assert environment.choose().base == BASE
    assert project.commands[0] == ["/opt/uv", "python", "install", "3.13"]
    assert "asking uv" in capsys.readouterr().out


def test_where_uv_fails_too_the_message_lists_what_was_seen(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(command: list[str], **settings: object) -> str:
        raise SetupError("no way out")

    monkeypatch.setattr(environment, "run", fail)
    monkeypatch.setattr(environment, "candidates", lambda home: ["old"])
    monkeypatch.setattr(environment, "probe", lambda path: Interpreter("/usr/bin/old", (3, 9, 2)))

    with pytest.raises(SetupError) as told:
        environment.choose()
    for words in ("Python 3.9.2 (/usr/bin/old) is not 3.11", "no way out", "Cure: install Python"):
        assert words in str(told.value)


def test_uv_is_not_tried_where_nothing_could_install_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = Interpreter("/usr/bin/python3", (3, 11, 2), missing=("ensurepip",))
    monkeypatch.setattr(environment, "probe", lambda path: bare)
    monkeypatch.setattr(shutil, "which", lambda name: None)

    with pytest.raises(SetupError, match=r"(?s)apt install python3-venv.*nothing here can install"):
        environment.choose()
    assert project.commands == []


def test_an_index_that_cannot_be_reached_is_told_with_the_cure(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(action: str, *arguments: str) -> None:
        raise SetupError("uv failed")

    monkeypatch.setattr(environment, "uv_pip", unreachable)
    monkeypatch.setattr(environment, "package_index", lambda: "http://127.0.0.1:9/simple/")

    with pytest.raises(SetupError, match=r"(?s)uv failed.*cannot be reached.*HTTPS_PROXY"):
        environment.ensure("book")


@pytest.mark.parametrize("name", ["UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"])
def test_a_mirror_is_taken_from_the_settings(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for other in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setenv(name, "https://mirror.example/simple")

    assert environment.package_index() == "https://mirror.example/simple"


def test_main_says_what_is_missing_and_fails(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PYTHON", str(project.root / "nowhere"))

    assert environment.main(["book"]) == 1
    assert "Cure:" in capsys.readouterr().err
