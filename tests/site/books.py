"""The whole book, built about each corpus that the tests know, once for all test processes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import lxml.html
from lxml.html import HtmlElement

from manyvoices.corpus import Corpus
from tools.alone import alone

ROOT = Path(__file__).resolve().parents[2]
CORPORA = {
    "own": ROOT / "data" / "corpus.yml",
    **{
        name: ROOT / "tests" / "corpora" / name / "corpus.yml"
        for name in ("blog", "forum", "plain", "hostile")
    },
}
NAMES = tuple(CORPORA)
FOREIGN = NAMES[1:]
PUBLISHED = tuple(name for name in NAMES if name != "hostile")  # what people could really write


@dataclass(frozen=True)
class Book:
    """A built book: the corpus it is about, and the folder that is to be published."""

    name: str
    site: Path

    @cached_property
    def corpus(self) -> Corpus:
        """The whole corpus, with what must not be shown."""
        return Corpus.load(CORPORA[self.name])

    @cached_property
    def public(self) -> Corpus:
        """The corpus as it may be shown."""
        return self.corpus.public()

    @cached_property
    def files(self) -> tuple[Path, ...]:
        """Every file of the site."""
        return tuple(sorted(path for path in self.site.rglob("*") if path.is_file()))

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """Every page, as a path from the site's root."""
        found = (path for path in self.files if path.suffix == ".html")
        return tuple(path.relative_to(self.site).as_posix() for path in found)

    @cached_property
    def about_the_corpus(self) -> tuple[str, ...]:
        """The pages that are not the same, but for the navigation, in every book."""
        same = {"api", "genindex", "glossary", "how-to-rebuild", "search"}
        return tuple(page for page in self.pages if Path(page).stem not in same)

    @cache  # noqa: B019 (there are five books, and they live as long as the tests)
    def tree(self, page: str) -> HtmlElement:
        """A page, parsed."""
        return lxml.html.fromstring((self.site / page).read_bytes())

    def trees(self) -> Iterator[tuple[str, HtmlElement]]:
        """Every page with its tree."""
        return ((page, self.tree(page)) for page in self.pages)


def build(name: str, folder: Path, **environment: str) -> Path:
    """The site about the corpus `name`, built in `folder` as a user builds it.

    Raises AssertionError, with what was said, where the build fails or warns.
    """
    unset = {"MANYVOICES_CORPUS", "JUPYTER_PATH", "PYTHONDONTWRITEBYTECODE"}
    kept = {key: value for key, value in os.environ.items() if key not in unset}
    command = [sys.executable, "-m", "manyvoices.cli", "book", str(CORPORA[name])]
    done = subprocess.run(
        [*command, "--to", str(folder)],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, f"the book about {name} was not built:\n{done.stderr[-6000:]}"
    return folder / "html"


def built_once(name: str, shared: Path) -> Book:
    """The book about `name` below the folder `shared`, built by whichever process comes first."""
    folder, said = shared / f"book-{name}", shared / f"book-{name}.txt"
    with alone(shared / f"book-{name}.lock"):
        if not said.exists():
            try:
                build(name, folder)
            except AssertionError as error:
                said.write_text(str(error), encoding="utf-8")
            else:
                said.write_text("", encoding="utf-8")
    problem = said.read_text(encoding="utf-8")
    assert not problem, problem
    return Book(name, folder / "html")
