"""Chapters as notebooks."""

from __future__ import annotations

import json

from manyvoices.book.notebooks import is_notebook, notebook_text
from tests.book.tiny import HEADER

CHAPTER = f"""{HEADER}# Title

Prose.

```{{code-cell}} ipython3
:tags: [hide-input]

1 + 1
```
"""


def test_a_chapter_becomes_a_notebook_with_its_cells_and_no_outputs() -> None:
    notebook = json.loads(notebook_text(CHAPTER) or "")
    kinds = [(cell["cell_type"], "".join(cell["source"])) for cell in notebook["cells"]]
    assert kinds == [("markdown", "# Title\n\nProse."), ("code", "1 + 1")]
    assert notebook["cells"][1]["outputs"] == []
    assert notebook["cells"][1]["metadata"]["tags"] == ["hide-input"]
    assert notebook["metadata"]["kernelspec"]["display_name"] == "Python 3"


def test_the_same_chapter_gives_the_same_bytes() -> None:
    assert notebook_text(CHAPTER) == notebook_text(CHAPTER)


def test_a_page_without_cells_is_no_notebook() -> None:
    assert not is_notebook("# Title\n")
    assert not is_notebook("---\ntitle: x\n---\n# Title\n")
    assert notebook_text("# Title\n") is None
