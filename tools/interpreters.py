"""Find the Pythons of this machine and tell which of them can build the book.

    python -m tools.interpreters    lists them; fails where none can

Needs Python 3.8 or newer and nothing else.
"""

from __future__ import annotations

import json
import os
import shutil
import ssl
import subprocess
import sys
from pathlib import Path
from typing import Iterable, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VERSIONS = ((3, 13), (3, 12), (3, 11))
BY_HAND = ("/opt/homebrew/bin", "/usr/local/bin", "/usr/bin")  # where PATH may not lead

# Settings of the user's shell that would send an installation elsewhere, or leave it slow.
UNWANTED = (
    "PIP_PREFIX",
    "PIP_ROOT",
    "PIP_TARGET",
    "PIP_USER",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONHOME",
    "PYTHONPATH",
    "UV_SYSTEM_PYTHON",
    "VIRTUAL_ENV",
)

# A Python built without one of these libraries starts well and fails in the middle of the book.
NEEDED_MODULES = ("bz2", "ctypes", "ensurepip", "lzma", "sqlite3", "ssl", "venv", "zlib")
PROBE = f"""
import importlib, json, os, sys, sysconfig
missing = []
for name in {NEEDED_MODULES!r}:
    try:
        importlib.import_module(name)
    except ImportError:
        missing.append(name)
base = getattr(sys, "_base_executable", None) or sys.executable
print(json.dumps({{
    "base": os.path.realpath(base),
    "version": list(sys.version_info[:3]),
    "name": sys.implementation.name,
    "bits": 64 if sys.maxsize > 2**32 else 32,
    "threads": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
    "missing": missing,
}}))
"""

CURE = """\
Cure: install Python 3.13 from https://www.python.org/downloads/
      (Debian and Ubuntu: sudo apt install python3 python3-venv),
      or uv from https://docs.astral.sh/uv/, which fetches one; then run the same command again.
      PYTHON=/path/to/python names one that stands elsewhere."""


class SetupError(Exception):
    """What is missing, and the cure, in plain words."""


class Interpreter(NamedTuple):
    """One Python that ran and told about itself."""

    base: str
    version: tuple[int, ...]
    name: str = "cpython"
    bits: int = 64
    threads: bool = False
    missing: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The version and the place, for messages."""
        return f"Python {'.'.join(map(str, self.version))} ({self.base})"


def probe(python: str) -> Interpreter | None:
    """What `python` tells about itself; None where it does not run."""
    try:
        answer = subprocess.run(
            [python, "-I", "-c", PROBE],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
            env=clean_environment(),
        )
        told = json.loads(answer.stdout)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    told["version"], told["missing"] = tuple(told["version"]), tuple(told["missing"])
    return Interpreter(**told)


def unfit(python: Interpreter) -> str:
    """Why the book cannot use `python`; empty where it can."""
    if python.name != "cpython" or python.threads:
        return "is not the ordinary build of CPython"
    if python.version[:2] not in VERSIONS:
        return "is not 3.11, 3.12 or 3.13"
    if python.bits != 64:
        return "is a 32-bit build"
    if {"ensurepip", "venv"} & set(python.missing):
        return "cannot make virtual environments (Debian and Ubuntu: sudo apt install python3-venv)"
    if python.missing:
        return "was built without " + ", ".join(python.missing)
    return ""


def candidates(home: Path) -> list[str]:
    """Paths under which a Python may stand here, some of which may not run."""
    short = [f"{major}.{minor}" for major, minor in VERSIONS]
    on_path = [Path(folder) for folder in os.get_exec_path() if folder]
    names = [*(f"python{s}" for s in short), "python3", "python", "python.exe"]
    pyenv = [home / ".pyenv", *(path.parent for path in on_path if path.name == "shims")]
    macos = Path("/Library/Frameworks/Python.framework/Versions")
    places = [(folder, name) for name in names for folder in on_path]
    places += [(root / "versions", f"{s}*/bin/python") for root in pyenv for s in short]
    places += [(home / ".local/share/uv/python", f"cpython-{s}*/bin/python3") for s in short]
    places += [(home / "AppData/Local/Programs/Python", "Python3*/python.exe")]
    places += [(Path(folder), f"python{s}") for folder in BY_HAND for s in short]
    places += [(macos, f"{s}/bin/python3") for s in short]
    found = [str(path) for folder, pattern in places for path in sorted(folder.glob(pattern))]
    found.append(sys.executable)
    return list(dict.fromkeys(path for path in found if VENV not in Path(path).parents))


def newest(pythons: Iterable[Interpreter]) -> Interpreter | None:
    """The newest of those that fit; the first found of two equals."""
    fitting = [python for python in pythons if not unfit(python)]
    return max(fitting, key=lambda python: python.version, default=None)


def named(python: str) -> Interpreter:
    """The interpreter that the user named by `PYTHON=...`; SetupError where it will not do."""
    found = probe(shutil.which(python) or python)
    if found is None:
        raise SetupError(f"PYTHON={python} does not run.\nCure: name another, or leave it out.")
    if unfit(found):
        raise SetupError(f"PYTHON={python}: {found.label} {unfit(found)}.\n{CURE}")
    return found


def clean_environment() -> dict[str, str]:
    """The caller's environment variables without those that would misdirect an installation.

    uv brings its own list of certificate authorities; where the system has one, it is used
    instead, so that a company's or a university's own certificate is trusted as pip trusts it.
    """
    kept = {name: value for name, value in os.environ.items() if name not in UNWANTED}
    kept.setdefault("UV_PYTHON_INSTALL_BIN", "0")
    if system_certificates():
        kept.setdefault("UV_SYSTEM_CERTS", "1")
    return kept


def system_certificates() -> bool:
    """Whether the operating system keeps a list of certificate authorities."""
    if sys.platform in ("darwin", "win32"):
        return True
    places = ssl.get_default_verify_paths()
    return bool(places.cafile) or bool(places.capath and any(Path(places.capath).iterdir()))


def main() -> int:
    """The exit code: 0 where a Python here can build the book, else 1."""
    looked = list(dict.fromkeys(filter(None, map(probe, candidates(Path.home())))))
    for python in looked:
        print(f"{python.label} {unfit(python) or 'can build the book'}")
    return 0 if newest(looked) else 1


if __name__ == "__main__":
    sys.exit(main())
