"""Find the browser that the browser tests drive; on Debian, as root, install one.

    python -m tools.browser     prints its path, or says how to get one

Needs Python 3.8 or newer and nothing else. The tests import `ensure` and `wanted` from here,
so that there is one place that knows where browsers stand.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Iterator

from tools.alone import alone

ON_PATH = (
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "microsoft-edge",
    "microsoft-edge-stable",
)
IN_APPLICATIONS = ("Google Chrome", "Chromium", "Microsoft Edge")
IN_PROGRAM_FILES = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
CURE = """\
No Chrome, Chromium or Edge was found, and the browser tests need one.
Cure: install one (Debian: sudo apt install chromium), or name one: BROWSER_BIN=/path/to/chrome,
      or leave the browser tests out: make test BROWSER=0"""


class BrowserMissingError(Exception):
    """No browser is here and none could be installed; says the cure."""


def wanted() -> bool:
    """Whether the browser tests are to run: always, but where BROWSER is set to 0."""
    return os.environ.get("BROWSER") != "0"


def places() -> Iterator[str]:
    """Paths at which a browser may stand on this system, in order of preference."""
    yield from (path for path in map(shutil.which, ON_PATH) if path)
    if sys.platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            yield from (str(folder / f"{n}.app/Contents/MacOS/{n}") for n in IN_APPLICATIONS)
    if sys.platform == "win32":
        for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
            folder = os.environ.get(name)
            yield from (str(Path(folder) / path) for path in IN_PROGRAM_FILES if folder)


def works(path: str) -> bool:
    """Whether `path` is a browser that starts, and not a shim that only complains."""
    if not Path(path).is_file():
        return False
    if sys.platform == "win32":  # there `--version` would open a window
        return True
    try:
        asked = [path, "--version"]
        return subprocess.run(asked, capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def find() -> str | None:
    """The path of a browser that works: the one $BROWSER_BIN names, or the first found.

    Raises BrowserMissingError where BROWSER_BIN names something that does not work.
    """
    named = os.environ.get("BROWSER_BIN")
    if not named:
        return next(filter(works, places()), None)
    if not works(named):
        raise BrowserMissingError(
            f"BROWSER_BIN={named} does not run.\nCure: correct it or unset it."
        )
    return named


def ensure() -> str:
    """The path of a browser, installed first if need be; else BrowserMissingError."""
    # Of several test processes one installs; the others then find it there.
    with alone(Path(tempfile.gettempdir()) / f"manyvoices-browser-{user()}.lock"):
        found = find()
        if found is None and may_install():
            install()
            found = find()
    if found is None:
        raise BrowserMissingError(CURE)
    return found


def may_install() -> bool:
    """Whether this is Debian itself, and we are its administrator."""
    if sys.platform == "win32" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    with contextlib.suppress(OSError):
        return "ID=debian" in Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    return False


def install() -> None:
    """Install Debian's Chromium; BrowserMissingError where the package system refuses."""
    print("No browser here: installing Debian's Chromium ...", file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    packages = ["chromium", "fonts-dejavu-core"]  # without any font a page has no widths
    commands = (["update"], ["install", "--yes", "--no-install-recommends", *packages])
    for command in commands:
        done = subprocess.run(
            ["apt-get", "--quiet", "--quiet", *command],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            raise BrowserMissingError(f"apt-get {command[0]} failed:\n{done.stdout}\n{CURE}")


def user() -> str:
    """A name for the lock file that other users of the machine do not share."""
    return str(os.geteuid()) if sys.platform != "win32" else "windows"


def main() -> int:
    """The exit code: 0 and the path on standard output, or 1 and the cure on standard error."""
    try:
        print(ensure())
    except BrowserMissingError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
