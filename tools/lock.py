"""Write the lock files anew from pyproject.toml.

    python -m tools.lock [--upgrade | --upgrade-package NAME]

Each lock serves every Python and system that the book supports, with one set of pins and the
hash of every file that may be installed. Pins that still fit stay as they are; the test and lab
locks take theirs from the book's, so that adding them never changes what the book was built with.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BOOK_LOCK = "requirements.txt"
# Output file, then what goes into it.
LOCKS = {
    "tools/uv.txt": ["--group", "bootstrap"],
    BOOK_LOCK: ["pyproject.toml"],
    "requirements-test.txt": ["pyproject.toml", "--group", "test", "--constraints", BOOK_LOCK],
    "requirements-lab.txt": ["pyproject.toml", "--group", "lab", "--constraints", BOOK_LOCK],
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
    """The exit code of the first lock that could not be written, else 0."""
    uv = Path(sys.executable).with_name("uv.exe" if os.name == "nt" else "uv")
    for output, sources in LOCKS.items():
        command = [str(uv), "pip", "compile", *sources, *OPTIONS, *extra, "--output-file", output]
        done = subprocess.run(command, cwd=ROOT, check=False)
        if done.returncode:
            return done.returncode
        print(f"{output} written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
