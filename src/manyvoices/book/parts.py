"""The pages that follow *Sources* where the texts are too many for one.

They are pages like any other, in the table of contents below the one with {sources}, but that their
files lie in the build folder: nothing is written beside the chapters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError
from sphinx.project import Project
from sphinx_external_toc.api import Document, FileItem, TocTree

from manyvoices.book.config import build_folder, corpus_path
from manyvoices.book.paging import pages_of, published
from manyvoices.errors import ManyVoicesError

DIRECTIVE = re.compile(r"^(```+|:::+)\s*\{sources\}", re.MULTILINE)
HEADING = re.compile(r"^# (.+)$", re.MULTILINE)
PAGE = "# {heading}, part {number}\n\n```{{sources}}\n:part: {number}\n```\n"


class PagedProject(Project):
    """The source files of a book, and files that lie elsewhere, by the names of their pages."""

    def __init__(self, project: Project, elsewhere: dict[str, str]) -> None:
        super().__init__(project.srcdir, project.source_suffix)
        self.restore(project)
        self.elsewhere = elsewhere

    def discover(
        self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)
    ) -> set[str]:
        """Find the pages of the source folder, and add the others."""
        found = super().discover(exclude_paths, include_paths)
        found.update(self.elsewhere)
        return found

    def doc2path(self, docname: str, absolute: bool) -> str:
        """The file of a page; relative to the source folder, where it would lie there."""
        if absolute and docname in self.elsewhere:
            return self.elsewhere[docname]
        return super().doc2path(docname, absolute)


def add_parts(app: Sphinx, config: Config) -> None:
    """Write the pages that follow *Sources*, and put them into the table of contents."""
    site, book = config.external_site_map, Path(app.srcdir)
    folder = build_folder(app) / ".manyvoices"
    files: dict[str, str] = {}
    if page := next((page for page in site if _sets_texts(book / f"{page}.md")), None):
        text = (book / f"{page}.md").read_text(encoding="utf-8")
        heading = HEADING.search(text)
        for number in range(2, _count(book, folder, config.manyvoices_fingerprint) + 1):
            content = PAGE.format(heading=heading[1] if heading else "", number=number)
            files[part_name(page, number)] = _write(folder / f"sources-{number}.md", content)
    for name in files:
        site[name] = Document(name)
    if files:
        site[page].subtrees.append(TocTree([FileItem(name) for name in files]))
    config.manyvoices_parts = files


def part_name(page: str, number: int) -> str:
    """The name of a part, of which the first is the page itself."""
    return page if number == 1 else f"{page}-{number}"


def _sets_texts(page: Path) -> bool:
    return page.is_file() and bool(DIRECTIVE.search(page.read_text(encoding="utf-8")))


def _count(book: Path, folder: Path, fingerprint: str) -> int:
    """How many parts there are; counted anew only for another library or corpus."""
    memory = folder / "parts.json"
    if memory.is_file() and (known := json.loads(memory.read_text("utf-8")))[0] == fingerprint:
        return int(known[1])
    try:
        count = len(pages_of(published(corpus_path(book), fingerprint)))
    except ManyVoicesError as error:
        raise ConfigError(str(error)) from None
    _write(memory, json.dumps([fingerprint, count]))
    return count


def _write(file: Path, content: str) -> str:
    """The path of the file, which is touched only if its content is another."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.is_file() or file.read_text(encoding="utf-8") != content:
        file.write_text(content, encoding="utf-8")
    return str(file)


def find_parts(app: Sphinx) -> None:
    """Let Sphinx find the files of the parts."""
    if app.config.manyvoices_parts:
        project = PagedProject(app.project, app.config.manyvoices_parts)
        app.project = app.env.project = project


def setup(app: Sphinx) -> None:
    """Register for the table of contents, when the pages of other corpora are out of it."""
    app.add_config_value("manyvoices_parts", {}, "")
    app.connect("config-inited", add_parts, priority=920)
    app.connect("builder-inited", find_parts)
