"""The directive {citation}: how the book is cited, from its description and its CITATION.cff.

Nothing is made up: what neither of them says is left out. A CITATION.cff whose title does not hold
that of the book is about something else, and says nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docutils import nodes
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from manyvoices.book.config import corpus_path
from manyvoices.errors import ManyVoicesError
from manyvoices.settings import Description, load_settings, read_yaml

FILE = "CITATION.cff"
PAGE = "chapters/how-to-cite"
SPECIAL = re.compile(r"([\\{}$&#^_~%])")
IN_LATEX = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


class Author(BaseModel):
    """A person by their names, or a body by its name."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    name: str = ""
    family: str = Field("", alias="family-names")
    given: str = Field("", alias="given-names")

    @property
    def formatted(self) -> str:
        """The name as a list of references has it, with initials: Doe, J. M."""
        initials = " ".join(f"{name[0]}." for name in self.given.split())
        return ", ".join(part for part in (self.family, initials) if part) or self.name

    @property
    def in_bibtex(self) -> str:
        """The name as BibTeX wants it; that of a body is not to be taken apart."""
        person = ", ".join(escaped(part) for part in (self.family, self.given) if part)
        return person or f"{{{escaped(self.name)}}}"


class Work(BaseModel):
    """What a CITATION.cff says of a work, as far as it is used here."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    title: str = ""
    authors: tuple[Author, ...] = ()
    version: str = ""
    year: int | None = None
    released: str = Field("", alias="date-released")
    doi: str = ""
    url: str = ""
    repository: str = Field("", alias="repository-code")

    @property
    def address(self) -> str:
        """Where it is, the most lasting address first."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url or self.repository


class CitationFile(Work):
    """A CITATION.cff."""

    preferred: Work = Field(Work(), alias="preferred-citation")


@dataclass(frozen=True)
class Citation:
    """How a book is cited; what is not known is empty."""

    key: str
    authors: tuple[Author, ...]
    title: str
    year: str = ""
    version: str = ""
    address: str = ""

    def formatted(self) -> list[nodes.Node]:
        """The reference as text: authors (year). Title (Version). Address."""
        year = f" ({self.year})" if self.year else ""
        version = f" (Version {self.version})" if self.version else ""
        shown: list[nodes.Node] = [
            nodes.Text(f"{_sentence(_listed(self.authors) + year)} "),
            nodes.emphasis("", self.title),
            nodes.Text(f"{version}." if version or self.title[-1] not in "?!." else ""),
        ]
        if self.address:
            shown += [nodes.Text(" "), nodes.reference("", self.address, refuri=self.address)]
        return shown

    def bibtex(self) -> str:
        """The reference as an entry for a bibliography program."""
        fields = {
            "author": " and ".join(author.in_bibtex for author in self.authors),
            "title": f"{{{escaped(self.title)}}}",
            "year": self.year,
            "note": f"Version {escaped(self.version)}" if self.version else "",
            "url": self.address,
        }
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
        return f"@misc{{{self.key},\n" + ",\n".join(lines) + "\n}"


def escaped(text: str) -> str:
    """Text as LaTeX has to write it."""
    return SPECIAL.sub(lambda sign: IN_LATEX.get(sign[0], f"\\{sign[0]}"), text)


def _listed(authors: tuple[Author, ...]) -> str:
    *names, last = (author.formatted for author in authors)
    return f"{', '.join(names)} & {last}" if names else last


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def citation(description: Description, file: CitationFile | None) -> Citation:
    """How the book is cited; its title is that of the description, and its subtitle follows."""
    book, settings = description.settings.book, description.settings
    file = file or CitationFile()
    works = (file.preferred, file)
    authors = next((work.authors for work in works if work.authors), (Author(name=book.author),))
    version = next((work.version for work in works if work.version), "")
    dates = [str(work.year or work.released[:4]) for work in works if work.year or work.released]
    address = next((work.address for work in works if work.address), book.repository)
    joint = "" if not book.subtitle else " " if book.title[-1] in "?!." else ": "
    title = f"{book.title}{joint}{book.subtitle}"
    year = dates[0] if dates else ""
    return Citation(f"{settings.id}{year}", authors, title, year, version, address)


def read_citation_file(book: Path, title: str) -> CitationFile | None:
    """The CITATION.cff in the folder of the book, if it is about the book called `title`.

    Raises SettingsError for a file that is not one.
    """
    file = book / FILE
    if not file.is_file():
        return None
    found, _ = read_yaml(file, TypeAdapter(CitationFile))
    return found if title in found.title or title in found.preferred.title else None


class CitationDirective(SphinxDirective):
    """{citation}: the reference, then the entry for BibTeX, then the file for programs."""

    def run(self) -> list[nodes.Node]:
        """The three, each with what it is; the file only where it is about this book."""
        book = Path(self.env.srcdir)
        self.env.note_dependency(str(book / FILE))
        try:
            description = load_settings(corpus_path(book))
            file = read_citation_file(book, description.settings.book.title)
        except (ManyVoicesError, ValidationError) as error:
            raise self.error(str(error)) from None
        cited = citation(description, file)
        shown = nodes.container(classes=["mv-citation"])
        shown += nodes.paragraph("", "", *cited.formatted(), classes=["mv-reference"])
        shown += nodes.paragraph("", "For a bibliography program, as BibTeX:")
        shown += nodes.literal_block("", cited.bibtex(), language="text")
        if file:
            shown += list(_folded(book / FILE))
        return [shown]


def _folded(file: Path) -> Iterator[nodes.Node]:
    fold = f'<details class="mv-code"><summary>For programs: {file.name}</summary>'
    yield nodes.raw("", fold, format="html")
    yield nodes.literal_block("", file.read_text(encoding="utf-8"), language="yaml")
    yield nodes.raw("", "</details>", format="html")


def add_link(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Let the foot of every page lead to how the book is cited, if the book has such a page."""
    if app.builder.name == "html" and PAGE in app.env.all_docs:
        here, there = app.builder.get_target_uri(page), app.builder.get_target_uri(PAGE)
        link = f'<a class="mv-cite" href="{relative_uri(here, there)}">How to cite</a>'
        context["theme_extra_footer"] = link


def setup(app: Sphinx) -> None:
    """Register the directive and the link."""
    app.add_directive("citation", CitationDirective)
    app.connect("html-page-context", add_link)
