"""The shell script that finds a Python to begin with."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.interpreters import CURE, ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no shell to run it")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the script, a module to run, and a PATH that holds next to nothing."""
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools/with-python", tmp_path / "tools")
    (tmp_path / "tools/__init__.py").touch()
    (tmp_path / "tools/told.py").write_text("import sys; print('ran', *sys.argv[1:])\n")
    (tmp_path / "bin").mkdir()
    for name in ("sh", "dirname", "cat"):
        (tmp_path / "bin" / name).symlink_to(shutil.which(name) or name)
    return tmp_path


def add(folder: Path, name: str, text: str) -> None:
    (folder / "bin" / name).write_text(text)
    (folder / "bin" / name).chmod(0o755)


def run(folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(folder / "tools/with-python"), "tools.told", "a", "b c"],
        env={"PATH": str(folder / "bin"), "HOME": str(folder), **settings},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_any_python_the_cure_is_told(folder: Path) -> None:
    done = run(folder)

    assert done.returncode == 1
    assert "No Python was found" in done.stderr
    assert CURE in done.stderr


def test_a_shim_is_passed_over_for_a_python_that_runs(folder: Path) -> None:
    add(folder, "python3", "#!/bin/sh\nexit 127\n")
    (folder / "bin/python3.12").symlink_to(sys.executable)

    done = run(folder)

    assert (done.returncode, done.stdout) == (0, "ran a b c\n")


def test_a_python_that_only_its_path_names_is_used(folder: Path) -> None:
    assert run(folder, PYTHON=sys.executable).stdout == "ran a b c\n"


def test_uv_brings_one_where_there_is_none(folder: Path) -> None:
    add(folder, "uv", '#!/bin/sh\necho "uv $*"\n')

    done = run(folder)

    assert done.stdout.startswith("uv run")
    assert "--python 3.13" in done.stdout
    assert done.stdout.endswith("-m tools.told a b c\n")
