"""Write the lock files anew from pyproject.toml.

    python -m tools.lock [--upgrade | --upgrade-package NAME]

Each lock serves every Python and system that the book supports, with one set of pins and the
hash of every file that may be installed. Pins that still fit stay as they are; the test and lab
locks take theirs from the book's, so that adding them never changes what the book was built with.
"""

from __future__ import annotations

import sys

from tools import environment
from tools.environment import UV_LOCK, package_index, run, script
from tools.interpreters import VENV, SetupError

BOOK = environment.LOCKS["book"]
# The file to write, then what goes into it.
LOCKS = {
    UV_LOCK: ["--group", "bootstrap"],
    BOOK: ["pyproject.toml"],
    environment.LOCKS["test"]: ["pyproject.toml", "--group", "test", "--constraints", BOOK],
    environment.LOCKS["lab"]: ["pyproject.toml", "--group", "lab", "--constraints", BOOK],
}
OPTIONS = [
    "--universal",
    "--python-version",
    "3.11",
    "--fork-strategy",
    "fewest",  # one version of each package for all Pythons
    "--generate-hashes",
    "--no-annotate",
    "--custom-compile-command",
    "make lock",
    "--quiet",
]


def main(extra: list[str]) -> int:
    """The exit code: 0 when every lock is written, 1 after a message."""
    uv = script(VENV, "uv")
    try:
        for output, sources in LOCKS.items():
            command = [uv, "pip", "compile", *sources, *OPTIONS, *extra, "--output-file", output]
            run(command, UV_DEFAULT_INDEX=package_index())
            print(f"{output} written")
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
