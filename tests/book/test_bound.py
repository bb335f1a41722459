"""Pages that belong to one corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.book.tiny import build, edit, make_book, page

BOUND = "---\nmanyvoices:\n  corpus: {}\n---\n\n# Bound\n\nOnly of this letter.\n"
READING = """
```{reading}
:corpus: another
:holds: letter-words > 1

As {doc}`another page <bound>` says.
```
"""


def book(folder: Path, corpus: str) -> Path:
    made = make_book(folder / "book", **{"chapters/bound.md": BOUND.format(corpus)})
    toc = (made / "_toc.yml").read_text(encoding="utf-8")
    toc = toc.replace("\nchapters:\n", "\nparts:\n- caption: Chapters\n  chapters:\n")
    toc += "- caption: Appendix\n  chapters:\n  - file: chapters/bound\n"
    (made / "_toc.yml").write_text(toc, encoding="utf-8")
    return made


@pytest.mark.book
def test_a_page_of_another_corpus_is_no_part_of_the_book(tmp_path: Path) -> None:
    folder = book(tmp_path, "another")
    with (folder / "chapters/uses.md").open("a", encoding="utf-8") as uses:
        uses.write(READING)

    done = build(folder)

    assert done.returncode == 0, done.stderr
    assert not (folder / "_build/html/chapters/bound.html").exists()
    assert "Appendix" not in page(folder, "index")
    assert "Bound" not in page(folder, "index")


@pytest.mark.book
def test_a_page_of_this_corpus_is_there_and_goes_when_it_is_bound_elsewhere(tmp_path: Path) -> None:
    folder = book(tmp_path, "tiny")
    assert build(folder).returncode == 0
    assert "Only of this letter." in page(folder, "chapters/bound")
    assert "Appendix" in page(folder, "index")

    edit(folder / "chapters/bound.md", "corpus: tiny", "corpus: another")

    done = build(folder)
    assert done.returncode == 0, done.stderr
    assert "Appendix" not in page(folder, "index")
    assert not (folder / "_build/html/chapters/bound.html").exists()
