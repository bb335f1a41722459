"""Make the project's virtual environment and keep it as the lock files say.

    python -m tools.environment book    what the book needs
    python -m tools.environment test    the same, and what the tests and checks need
    python -m tools.environment lab     the same, and JupyterLab

Needs Python 3.8 or newer and nothing else; `.venv` itself is made with the newest CPython
from `VERSIONS` that really works here, with the one that `PYTHON` names, or with one that uv
fetches. A second run finds everything in place and ends at once.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from tools.alone import alone
from tools.interpreters import (
    CURE,
    ROOT,
    VENV,
    VERSIONS,
    Interpreter,
    SetupError,
    candidates,
    clean_environment,
    named,
    newest,
    probe,
    unfit,
)

LOCKS = {
    "book": "requirements.txt",
    "test": "requirements-test.txt",
    "lab": "requirements-lab.txt",
}
SERVED_BY = {"book": ("book", "test", "lab"), "test": ("test",), "lab": ("lab",)}
UV_LOCK = "tools/uv.txt"
INDEX = "https://pypi.org/simple/"


def choose(wish: str = "") -> Interpreter:
    """The interpreter to build with: the wished one, the newest here, or one from uv."""
    if wish:
        return named(wish)
    looked = [found for found in map(probe, candidates(Path.home())) if found]
    return newest(looked) or fetched(looked)


def fetched(looked: list[Interpreter]) -> Interpreter:
    """A CPython that uv downloads into its own folder; SetupError where that fails too."""
    wanted = ".".join(map(str, VERSIONS[0]))
    say(f"No Python here fits; asking uv for Python {wanted} ...")
    with tempfile.TemporaryDirectory() as folder:
        try:
            uv = shutil.which("uv") or uv_in(Path(folder))
            run([uv, "python", "install", wanted])
            place = run([uv, "python", "find", "--no-project", wanted], capture=True).strip()
        except SetupError as error:
            raise SetupError(no_python(looked, str(error))) from error
    found = probe(place)
    if found is None or unfit(found):
        raise SetupError(no_python(looked, f"the Python that uv found does not fit: {place}"))
    return found


def uv_in(folder: Path) -> str:
    """The path of a pinned uv, installed by the running Python into a throwaway environment."""
    running = probe(sys.executable)
    if running is None or {"ensurepip", "venv"} & set(running.missing):
        raise SetupError("it is not installed, and nothing here can install it.")
    run([sys.executable, "-I", "-m", "venv", str(folder / "uv")])
    install_uv(script(folder / "uv", "python"))
    return script(folder / "uv", "uv")


def no_python(looked: list[Interpreter], reason: str) -> str:
    """The message for a machine on which no Python fits and none could be fetched."""
    seen = [f"  {python.label} {unfit(python)}" for python in dict.fromkeys(looked)]
    heading = "No Python on this machine can build the book. Looked at:"
    return "\n".join([heading, *seen, f"uv could not bring one: {reason}", CURE])


def script(folder: Path, name: str) -> str:
    """The path of a program inside the virtual environment in `folder`."""
    inside = f"Scripts/{name}.exe" if os.name == "nt" else f"bin/{name}"
    return str(folder / inside)


def run(command: list[str], *, capture: bool = False, **extra: str) -> str:
    """What `command` wrote, where captured; SetupError with its last lines where it failed."""
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**clean_environment(), **extra},
            stdout=subprocess.PIPE if capture else None,
            text=True,
            check=False,
        )
    except OSError as error:
        raise SetupError(f"{command[0]} does not run: {error.strerror}") from error
    if done.returncode:
        raise SetupError(f"`{' '.join(command)}` failed; its own message stands above.")
    return done.stdout or ""


def say(message: str) -> None:
    """Tell the user where things stand."""
    print(message, flush=True)


def digest(name: str) -> str:
    """A hash of everything that decides what the set `name` installs."""
    total = hashlib.sha256()
    for path in (LOCKS[name], UV_LOCK, "pyproject.toml", "tools/environment.py"):
        total.update((ROOT / path).read_bytes())
    return total.hexdigest()


def state_file() -> Path:
    """Where the environment notes what it holds; it goes when the environment goes."""
    return VENV / "manyvoices.json"


def read_state() -> dict[str, object]:
    """What the environment notes about itself; empty where there is none, or a broken note."""
    try:
        state = json.loads(state_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def write_state(base: str, sets: dict[str, str], *, complete: bool) -> None:
    """Note what the environment holds, and whether its installation came to an end."""
    state = {"root": str(ROOT), "base": base, "complete": complete, "sets": sets}
    state_file().parent.mkdir(parents=True, exist_ok=True)
    state_file().write_text(json.dumps(state, indent=1), encoding="utf-8")


def standing(wish: str) -> Interpreter | None:
    """The interpreter of a sound `.venv` in this very folder; None where it must be made anew.

    A moved folder, an interpreter that has gone, an installation that was interrupted and
    another `PYTHON=...` all call for a new one.
    """
    state = read_state()
    if not state.get("complete") or state.get("root") != str(ROOT):
        return None
    found = probe(script(VENV, "python"))
    if found is None or found.base != state.get("base") or unfit(found):
        return None
    return None if wish and named(wish).base != found.base else found


def installed_sets() -> dict[str, str]:
    """The sets that `.venv` notes as installed, each with the digest it was installed from."""
    sets = read_state().get("sets")
    return {str(name): str(value) for name, value in sets.items()} if isinstance(sets, dict) else {}


def is_current(name: str) -> bool:
    """Whether what is installed serves the set `name` as the lock files now stand."""
    sets = installed_sets()
    return any(sets.get(served) == digest(served) for served in SERVED_BY[name])


def ensure(name: str, wish: str = "") -> bool:
    """Make `.venv` serve the set `name`; whether anything had to be done."""
    with alone(ROOT / "pyproject.toml"):
        python = standing(wish)
        if python and is_current(name):
            return False
        started = time.monotonic()
        held = set(installed_sets()) if python else set()
        install(sorted(held | {name}), python or make_venv(choose(wish)))
        say(f"Ready after {time.monotonic() - started:.0f} s.")
        return True


def make_venv(python: Interpreter) -> Interpreter:
    """`python`, after a new and still empty `.venv` was made with it."""
    say(f"Making .venv with {python.label} ...")
    if VENV.is_symlink():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(VENV)
    # Noted first: an interrupted installation is recognised by it, and begun again.
    write_state(python.base, {}, complete=False)
    run([python.base, "-I", "-m", "venv", str(VENV)])
    return python


def install(names: list[str], python: Interpreter) -> None:
    """Install the locked sets `names` and the package itself, in place of what was there."""
    write_state(python.base, {}, complete=False)
    locks = [LOCKS[name] for name in names]
    say(f"Installing what is in {' and '.join(locks)} (the first time, it is downloaded) ...")
    try:
        install_uv(script(VENV, "python"))
        uv_pip("sync", "--require-hashes", "--compile-bytecode", *locks)
        uv_pip("install", "--no-deps", "--no-build-isolation", "-e", ".")
    except SetupError as error:
        raise SetupError(f"{error}\n{index_trouble()}") from error
    write_state(python.base, {name: digest(name) for name in names}, complete=True)


def uv_pip(action: str, *arguments: str) -> None:
    """Run one of uv's pip commands on `.venv`."""
    command = [script(VENV, "uv"), "pip", action, "--quiet", "--python", script(VENV, "python")]
    run([*command, *arguments], UV_DEFAULT_INDEX=package_index())


def install_uv(python: str) -> None:
    """Install the pinned uv beside `python` with its own pip."""
    quiet = ["--quiet", "--disable-pip-version-check", "--retries", "2"]
    checked = ["--require-hashes", "--only-binary", ":all:", "-r", UV_LOCK]
    run([python, "-I", "-m", "pip", "install", *quiet, *checked])


def package_index() -> str:
    """The address of the package index: uv's own setting, else pip's, else the public one."""
    set_by_hand = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL")
    url = next((os.environ[name] for name in set_by_hand if os.environ.get(name)), "")
    if not url:
        command = [script(VENV, "python"), "-I", "-m", "pip", "config", "get", "global.index-url"]
        asked = subprocess.run(command, capture_output=True, text=True, check=False)
        url = asked.stdout.strip()
    return url or INDEX


def index_trouble() -> str:
    """What to do about a failed installation: reach the package index, or try again."""
    url = package_index()
    try:
        with contextlib.closing(urllib.request.urlopen(url, timeout=10)):
            return "The package index answers; the next run begins the installation anew."
    except (OSError, ValueError) as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        return (
            f"The package index {url} cannot be reached: {reason}.\n"
            "Cure: connect to the internet and run the same command again.\n"
            "      Behind a proxy set HTTPS_PROXY; for a mirror set PIP_INDEX_URL."
        )


def main(arguments: list[str] | None = None) -> int:
    """The exit code: 0 when `.venv` is ready, 1 after a message about what is missing."""
    parser = argparse.ArgumentParser(description="Make .venv as the lock files say.")
    parser.add_argument("set", choices=list(LOCKS))
    wanted = parser.parse_args(arguments).set
    try:
        ensure(wanted, os.environ.get("PYTHON", ""))
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted; the next run begins the installation again.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
