"""Chapters as .ipynb files: the same cells, without outputs, byte for byte the same each time."""

from __future__ import annotations

from pathlib import Path

import nbformat

from manyvoices.book.bound import front_matter

MYST = "myst"


def notebook_text(chapter: str) -> str | None:
    """The notebook, as JSON, of a chapter's MyST text; None if it is a page without cells."""
    if not is_notebook(chapter):
        return None
    from myst_nb.core.read import read_myst_markdown_notebook

    notebook = read_myst_markdown_notebook(chapter)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook.metadata = nbformat.from_dict({"kernelspec": kernel})  # type: ignore[no-untyped-call]
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"
    return str(nbformat.writes(notebook))  # type: ignore[no-untyped-call]


def is_notebook(chapter: str) -> bool:
    """Whether the front matter says that jupytext made the file from a notebook."""
    return MYST in str(front_matter(chapter).get("jupytext", ""))


def write_notebook(chapter: Path, target: Path) -> bool:
    """Write the notebook of `chapter` to `target`; whether there was one to write."""
    text = notebook_text(chapter.read_text(encoding="utf-8"))
    if text is None:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return True


def write_notebooks(book: Path, to: Path) -> list[Path]:
    """Write a notebook below `to` for every chapter of the book with cells; their paths."""
    from sphinx_external_toc.parsing import parse_toc_yaml

    pages = parse_toc_yaml(book / "_toc.yml")
    pairs = ((book / f"{page}.md", to / f"{page}.ipynb") for page in pages)
    return [target for chapter, target in pairs if write_notebook(chapter, target)]
