"""Builds the whole book, or finds in a moment that there is nothing to build.

Only the standard library is imported before it is known that there is work to do.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import manyvoices
from manyvoices.book.fingerprint import files_under
from manyvoices.errors import ManyVoicesError

CORPUS = "MANYVOICES_CORPUS"
CONFIG = "_config.yml"
TOC = "_toc.yml"
NOT_INPUT = ("_build", "build", "dist", "node_modules")
State = dict[str, object]


class BookError(ManyVoicesError):
    """The book cannot be built: it is not here, or something in it is at fault."""


@dataclass(frozen=True)
class Built:
    """Where the first page is, and whether it had to be built."""

    index: Path
    anew: bool


def find_book(start: Path) -> Path:
    """The folder of the book: the nearest at or above `start` with a `_config.yml`, or our own.

    Raises BookError where there is none.
    """
    own = Path(manyvoices.__file__).resolve().parents[2]
    for folder in (start, *start.parents, own):
        if (folder / CONFIG).is_file() and (folder / TOC).is_file():
            return folder
    raise BookError(f"no book is here: no {CONFIG} with {TOC} at or above {start}.", "Go to one.")


def build_book(
    book: Path,
    *,
    corpus: Path | None = None,
    to: Path | None = None,
    everything: bool = False,
    verbose: bool = False,
) -> Built:
    """Build the pages of `book` about `corpus` into the folder `html` of `to`, warnings as errors.

    By default the corpus is $MANYVOICES_CORPUS or data/corpus.yml, and `to` is `_build`.
    `everything` forgets what was built before; `verbose` prints how it goes. Raises BookError if
    the build fails; what failed has been written to the standard error by then.
    """
    corpus = (corpus or Path(os.environ.get(CORPUS) or book / "data" / "corpus.yml")).resolve()
    to = (to or book / "_build").resolve()
    stamp = Stamp(to)
    index = to / "html" / "index.html"
    inputs = _inputs(book, corpus, to)
    if not everything and stamp.fits(inputs):
        return Built(index, anew=False)
    if everything or not stamp.whole():
        for part in ("html", ".doctrees", *([".jupyter_cache"] if everything else [])):
            shutil.rmtree(to / part, ignore_errors=True)
    stamp.file.unlink(missing_ok=True)
    _run(book, corpus, to, verbose=verbose)
    stamp.write(inputs)
    return Built(index, anew=True)


class Stamp:
    """What the last good build was made from, and what it wrote."""

    def __init__(self, to: Path) -> None:
        self.to = to
        self.file = to / ".manyvoices" / "built.json"

    def fits(self, inputs: State) -> bool:
        """Whether that build was made from just these `inputs`, and all of it is still there."""
        return self._read().get("inputs") == inputs and self.whole()

    def whole(self) -> bool:
        """Whether everything that the last good build wrote is there and as it was."""
        outputs = self._read().get("outputs")
        return outputs is not None and outputs == _state(files_under(self.to / "html"))

    def write(self, inputs: State) -> None:
        """Record a good build from `inputs`."""
        content = {"inputs": inputs, "outputs": _state(files_under(self.to / "html"))}
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(json.dumps(content), encoding="utf-8")

    def _read(self) -> State:
        try:
            content: State = json.loads(self.file.read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return {}
        return content


def _inputs(book: Path, corpus: Path, to: Path) -> State:
    """The state of all files of the book and its corpus, of the library and of what it needs."""
    aside = [to, *(book / name for name in NOT_INPUT)]
    package = Path(manyvoices.__file__).parent
    libraries = Path(sysconfig.get_path("purelib"))
    return {
        **_state(files_under(book, package, corpus.parent, without=aside)),
        "": [str(corpus), sys.version, libraries.stat().st_mtime_ns],
    }


def _state(files: Iterable[Path]) -> State:
    """The size and time of every file."""
    states = ((file, file.stat()) for file in files)
    return {str(file): [state.st_size, state.st_mtime_ns] for file, state in states}


def _run(book: Path, corpus: Path, to: Path, *, verbose: bool) -> None:
    """What `jupyter-book build -W -n --keep-going` does; only `verbose` says more than is wrong.

    Raises BookError for any warning or error.
    """
    from jupyter_book.sphinx import build_sphinx  # type: ignore[import-untyped]  # it has no types
    from sphinx.util.console import color_terminal, nocolor

    if not color_terminal():
        nocolor()
    if not corpus.is_file():
        raise BookError("there is no such file.", "Give the path of a corpus.yml.", file=corpus)
    os.environ[CORPUS] = str(corpus)
    status = build_sphinx(
        book,
        to / "html",
        noconfig=True,
        path_config=book / CONFIG,
        confoverrides={
            "external_toc_path": (book / TOC).as_posix(),
            "latex_individualpages": False,
            "nitpicky": True,
        },
        warningiserror=True,
        keep_going=True,
        quiet=not verbose,
    )
    if status:
        raise BookError("the book was not built.", "What is wrong stands above.")
