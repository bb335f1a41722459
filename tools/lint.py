"""Check style, types, layers and spelling; the code in the chapters' cells included.

    python -m tools.lint [--fix]

Runs from the environment that `make lint` makes. Every check runs, and says what it found.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CHECKS = (
    ("ruff", "format", "--quiet", "--check"),
    ("ruff", "check", "--quiet"),
    ("mypy",),
    ("lint-imports", "--no-logo"),
    ("codespell",),
)


def pages(root: Path = ROOT) -> list[Path]:
    """The pages of the book that may hold code cells."""
    return sorted([*root.glob("*.md"), *root.glob("chapters/*.md")])


def cells(text: str) -> str:
    """The code of a page's cells, each on the line where it stands, with all else left blank.

    A cell's options (`:tags: ...`, or a block between `---` lines) are no code and stay out.
    """
    lines = text.splitlines()
    kept = [""] * len(lines)
    for token in MarkdownIt().parse(text):
        if token.type == "fence" and token.info.startswith("{code-cell}") and token.map:
            first, last = token.map[0] + 1, token.map[1] - 1
            first += options(lines[first:last])
            kept[first:last] = lines[first:last]
    return "\n".join(kept).rstrip("\n") + "\n" if any(kept) else ""


def options(cell: list[str]) -> int:
    """How many of a cell's first lines are options."""
    if cell and cell[0].strip() == "---":
        return next((n for n, line in enumerate(cell[1:], 2) if line.strip() == "---"), len(cell))
    return next((n for n, line in enumerate(cell) if not line.startswith(":")), len(cell))


def run(command: list[str], stdin: str | None = None) -> bool:
    """Whether the check passed; what it found goes to the terminal."""
    command = [str(BIN / command[0]), *command[1:]]
    return subprocess.run(command, cwd=ROOT, input=stdin, text=True, check=False).returncode == 0


def check_page(page: Path) -> bool:
    """Whether ruff finds nothing in a page's cells; it names the page and the line in it."""
    code = cells(page.read_text(encoding="utf-8"))
    # A name that ends in .py makes ruff read the text as Python; the line is the page's own.
    name = f"{page.relative_to(ROOT).as_posix()}.py"
    return not code or run(["ruff", "check", "--quiet", "--stdin-filename", name, "-"], code)


def main(arguments: list[str]) -> int:
    """The exit code: 0 where every check passed, else 1."""
    os.environ.setdefault("PYTHONUTF8", "1")
    if "--fix" in arguments:
        run(["ruff", "check", "--quiet", "--fix"])
        run(["ruff", "format", "--quiet"])
    results = {" ".join(check[:2]): run(list(check)) for check in CHECKS}
    results |= {page.name: check_page(page) for page in pages()}
    failed = [name for name, passed in results.items() if not passed]
    print("Failed: " + ", ".join(failed) if failed else f"{len(results)} checks passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
