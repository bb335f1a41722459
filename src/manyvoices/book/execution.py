"""Chapters are executed before they are read: several at once, by this very Python.

myst-nb executes one page after another while it reads them. Here all pages that are to be read and
are not in its cache are executed first, and put there under the keys by which it looks them up.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import indent
from typing import Any, cast

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn, JupyterCacheAbstract
from myst_nb.core.read import create_nb_reader
from myst_nb.sphinx_ import SphinxEnvType
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, DeadKernelError
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging

from manyvoices.book.config import build_folder

LOGGER = logging.getLogger(__name__)
KERNEL = "python3"
STAMP = "manyvoices.fingerprint"
ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Chapter:
    """A page with code: its name, its file, its notebook, and what went wrong in it."""

    page: str
    file: Path
    notebook: NotebookNode
    problem: str = ""
    cell: int = field(default=0)

    def note_error(self, cell: NotebookNode, cell_index: int, execute_reply: Any) -> None:
        """Called by nbclient where a cell fails: keep which it was and what it said."""
        content = execute_reply["content"]
        self.cell = cell_index
        self.problem = ANSI.sub("", f"{content.get('ename')}: {content.get('evalue')}")

    def report(self, error: Exception) -> str:
        """`file:line: cell: error` with the cell's code."""
        lines = self.notebook.metadata.get("source_map", [])
        line = f":{lines[self.cell] + 1}" if self.cell < len(lines) else ""
        codes = [i for i, cell in enumerate(self.notebook.cells) if cell.cell_type == "code"]
        place = f"{os.path.relpath(self.file)}{line}: code cell {_rank(codes, self.cell)} failed"
        source = indent(self.notebook.cells[self.cell].source, "    ")
        return f"{place}: {self.problem or f'{type(error).__name__}: {error}'}\n{source}"


def _rank(codes: list[int], cell: int) -> int:
    return sum(index <= cell for index in codes)


def prepare(app: Sphinx) -> None:
    """Drop the cache if its results are of another library or corpus; choose the kernel."""
    cache = Path(_cache_path(app.env))
    stamp = cache / STAMP
    fingerprint = app.config.manyvoices_fingerprint
    if cache.exists() and (not stamp.is_file() or stamp.read_text("utf-8") != fingerprint):
        LOGGER.info("the library, the corpus or the lock has changed: every chapter runs again")
        shutil.rmtree(cache)
    cache.mkdir(parents=True, exist_ok=True)
    stamp.write_text(fingerprint, encoding="utf-8")
    app.env.mystnb_config = app.env.mystnb_config.copy(  # type: ignore[attr-defined]
        kernel_rgx_aliases={".*": KERNEL}
    )
    install_kernel(build_folder(app) / ".manyvoices" / "jupyter")


def install_kernel(folder: Path) -> None:
    """Make `python3` mean this interpreter, with no start-up files of the user's and fixed hashes.

    $JUPYTER_PATH comes before every other place where a kernel of that name may lie. The level of
    the log silences the kernel's remark on its connection, which no one else can reach.
    """
    spec = {
        "argv": [
            *(sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"),
            "--log-level=40",
        ],
        "display_name": "Python 3",
        "language": "python",
        "env": {"IPYTHONDIR": str(folder / "ipython"), "PYTHONHASHSEED": "0"},
    }
    place = folder / "kernels" / KERNEL
    place.mkdir(parents=True, exist_ok=True)
    (place / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    others = os.environ.get("JUPYTER_PATH", "").split(os.pathsep)
    paths = [str(folder), *(path for path in others if path and path != str(folder))]
    os.environ["JUPYTER_PATH"] = os.pathsep.join(paths)


def execute_missing(app: Sphinx, env: BuildEnvironment, pages: list[str]) -> None:
    """Execute those of `pages` that the cache does not hold.

    Raises ExtensionError with the chapter, line and code of every cell that failed.
    """
    if cast(SphinxEnvType, env).mystnb_config.execution_mode != "cache":
        return
    cache = get_cache(_cache_path(env))
    chapters = [c for p in pages if (c := _chapter(env, p)) and not _held(cache, c)]
    if not chapters:
        return
    started = time.perf_counter()
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:  # as ZeroMQ needs it
        failures = runner.run(_execute_all(chapters, cache, _timeout(env)))
    LOGGER.info("executed %d chapters in %.1f s", len(chapters), time.perf_counter() - started)
    if failures:
        raise ExtensionError("\n".join(failures), modname="chapters")


def _cache_path(env: BuildEnvironment) -> str:
    return str(cast(SphinxEnvType, env).mystnb_config.execution_cache_path)


def _timeout(env: BuildEnvironment) -> int | None:
    return cast("int | None", cast(SphinxEnvType, env).mystnb_config.execution_timeout)


def _chapter(env: BuildEnvironment, page: str) -> Chapter | None:
    """The page as the notebook that myst-nb will make of it, or None if it has no code."""
    notebook_env = cast(SphinxEnvType, env)
    file = Path(env.doc2path(page))
    text = file.read_text(encoding="utf-8")
    config = notebook_env.mystnb_config
    reader = create_nb_reader(str(file), notebook_env.myst_config, config, text)
    if reader is None:
        return None
    notebook = reader.read(text)
    if notebook.metadata.get("kernelspec", {}).get("name"):
        notebook.metadata["kernelspec"]["name"] = KERNEL
    return Chapter(page, file, notebook)


def _held(cache: JupyterCacheAbstract, chapter: Chapter) -> bool:
    try:
        cache.match_cache_notebook(chapter.notebook)
    except KeyError:
        return False
    return True


async def _execute_all(
    chapters: list[Chapter], cache: JupyterCacheAbstract, timeout: int | None
) -> list[str]:
    """Execute the chapters, as many at once as there are processors; what failed, in words."""
    places = asyncio.Semaphore(max(2, os.cpu_count() or 2))
    longest_first = sorted(chapters, key=lambda chapter: -len(chapter.notebook.cells))
    reports = await asyncio.gather(*(_execute(c, cache, timeout, places) for c in longest_first))
    return sorted(filter(None, reports))


async def _execute(
    chapter: Chapter, cache: JupyterCacheAbstract, timeout: int | None, places: asyncio.Semaphore
) -> str:
    async with places:
        started = time.perf_counter()
        try:
            try:
                await _client(chapter, timeout).async_execute()
            except DeadKernelError:
                raise
            except RuntimeError:  # it did not start: another program took its port meanwhile
                await _client(chapter, timeout).async_execute()
        except (CellControlSignal, DeadKernelError, RuntimeError, TimeoutError) as error:
            return chapter.report(error)
        seconds = time.perf_counter() - started
    bundle = CacheBundleIn(chapter.notebook, str(chapter.file), data={"execution_seconds": seconds})
    cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
    return ""


def _client(chapter: Chapter, timeout: int | None) -> NotebookClient:
    return NotebookClient(
        chapter.notebook,
        timeout=timeout,
        kernel_name=KERNEL,
        record_timing=False,  # time stamps in the cells would be part of the key
        resources={"metadata": {"path": str(chapter.file.parent)}},
        on_cell_start=lambda cell, cell_index: setattr(chapter, "cell", cell_index),
        on_cell_error=chapter.note_error,
    )


def setup(app: Sphinx) -> None:
    """Run after myst-nb has its configuration, and before the first page is read."""
    app.connect("builder-inited", prepare, priority=900)
    app.connect("env-before-read-docs", execute_missing)
