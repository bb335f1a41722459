"""How the book is cited: only what its description and its CITATION.cff say."""

from __future__ import annotations

from pathlib import Path

import pytest
from docutils import nodes

from manyvoices.book.citing import Citation, citation, escaped, read_citation_file
from manyvoices.errors import SettingsError
from manyvoices.settings import load_settings
from tests.book.tiny import build, edit, make_book, page

FILE = """cff-version: 1.2.0
message: Cite it.
title: "A Tiny Book, with a program"
authors:
  - family-names: Doe
    given-names: Jane Mary
    orcid: https://orcid.org/0000-0000-0000-0000
  - name: "The R&D Group"
version: 2.1.0
date-released: 2025-03-04
repository-code: https://example.org/repository
"""


def cited(book: Path) -> Citation:
    description = load_settings(book / "data" / "corpus.yml")
    return citation(description, read_citation_file(book, description.settings.book.title))


def formatted(found: Citation) -> str:
    return nodes.paragraph("", "", *found.formatted()).astext()


def test_what_is_missing_is_left_out(tmp_path: Path) -> None:
    found = cited(make_book(tmp_path / "book"))

    assert formatted(found) == "Nobody. A Tiny Book."
    assert found.bibtex() == "@misc{tiny,\n  author = {{Nobody}},\n  title = {{A Tiny Book}}\n}"


def test_the_citation_file_says_who_when_which_and_where(tmp_path: Path) -> None:
    found = cited(make_book(tmp_path / "book", **{"CITATION.cff": FILE}))

    assert formatted(found) == (
        "Doe, J. M. & The R&D Group (2025). A Tiny Book (Version 2.1.0). "
        "https://example.org/repository"
    )
    assert "@misc{tiny2025,\n" in found.bibtex()
    assert "author = {Doe, Jane Mary and {The R\\&D Group}}" in found.bibtex()
    assert "url = {https://example.org/repository}" in found.bibtex()


def test_a_preferred_citation_and_a_doi_go_first(tmp_path: Path) -> None:
    preferred = "preferred-citation:\n  type: book\n  title: A Tiny Book\n  year: 2024\n"
    file = FILE + preferred + "  doi: 10.5555/tiny\n  url: https://example.org/book\n"

    found = cited(make_book(tmp_path / "book", **{"CITATION.cff": file}))

    assert (found.year, found.address) == ("2024", "https://doi.org/10.5555/tiny")
    assert found.version == "2.1.0"


def test_a_citation_file_about_something_else_says_nothing(tmp_path: Path) -> None:
    file = FILE.replace("A Tiny Book", "Another book")

    found = cited(make_book(tmp_path / "book", **{"CITATION.cff": file}))

    assert formatted(found) == "Nobody. A Tiny Book."


def test_the_repository_of_the_description_is_the_address_of_last_resort(tmp_path: Path) -> None:
    book = make_book(tmp_path / "book")
    edit(book / "data/corpus.yml", "  author:", "  repository: https://example.org/r\n  author:")

    assert cited(book).address == "https://example.org/r"


def test_a_citation_file_that_is_none_is_told_with_its_line(tmp_path: Path) -> None:
    book = make_book(tmp_path / "book", **{"CITATION.cff": "title: A Tiny Book\nauthors: Doe\n"})

    with pytest.raises(SettingsError) as error:
        read_citation_file(book, "A Tiny Book")

    assert (error.value.file, error.value.line) == (book / "CITATION.cff", 2)


def test_signs_that_latex_takes_for_its_own_are_escaped() -> None:
    assert escaped("50 % of {A_B} ~ \\x") == (
        r"50 \% of \{A\_B\} \textasciitilde{} \textbackslash{}x"
    )


@pytest.mark.book
def test_every_page_leads_to_how_the_book_is_cited(tmp_path: Path) -> None:
    chapter = "# How to cite\n\n```{citation}\n```\n"
    toc = (
        "format: jb-book\nroot: index\nchapters:\n  - file: chapters/how-to-cite\n"
        "  - file: chapters/counts\n  - file: chapters/passages\n"
    )
    book = make_book(tmp_path / "book", **{"chapters/how-to-cite.md": chapter, "_toc.yml": toc})

    done = build(book)

    assert done.returncode == 0, done.stderr
    assert 'href="chapters/how-to-cite.html">How to cite</a>' in page(book, "index")
    assert 'href="how-to-cite.html">How to cite</a>' in page(book, "chapters/counts")
    assert "A Tiny Book" in page(book, "chapters/how-to-cite")
    assert "For programs" not in page(book, "chapters/how-to-cite")
