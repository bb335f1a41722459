"""A made-up book, small enough to be built over and over.

Its chapters leave a line in a file beside the book whenever they are executed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

HEADER = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  name: python3
  display_name: Python 3
---

"""

FILES = {
    "_toc.yml": """
format: jb-book
root: index
chapters:
  - file: chapters/counts
  - file: chapters/uses
  - file: chapters/passages
""",
    "data/corpus.yml": """
id: tiny
book:
  title: A Tiny Book
  author: Nobody
  contact: nobody@example.org
  description: What can be counted in a letter.
sources:
  letter:
    file: raw/letter.txt
    format: plain
    title: A letter
    citation: Nobody
    rights: public domain
    publish: full
voices:
  letter:
    label: The letter
""",
    "data/raw/letter.txt": "One sentence. Another <b>sentence</b>.\n",
    "chapters/references.bib": "",
    # A directive that knows passages, so that the machinery is tried without the texts' own page.
    "passages.py": """
from docutils import nodes
from manyvoices.book.domain import domain_of
from sphinx.util.docutils import SphinxDirective


class Passages(SphinxDirective):
    has_content = True

    def run(self):
        for anchor in self.content:
            domain_of(self.env).note_anchor(anchor)
        return [nodes.paragraph("", anchor, ids=[anchor]) for anchor in self.content]


def setup(app):
    app.add_directive("passages", Passages)
""",
    "index.md": "# A tiny book\n\nIt counts {n}`letter-words` words, at a rate of {n}`rate`.\n",
    "chapters/counts.md": HEADER
    + """# Counts

```{code-cell} ipython3
:tags: [hide-input]

import os
from manyvoices.book.show import link, quote, say, table

with open("../../runs.log", "a") as log:
    print("counts", file=log)
say("letter-words", 2032, evidence="letter-p1")
say("rate", 2.31, low=1.83, high=2.88)
say("corpus-file", os.environ["MANYVOICES_CORPUS"])
```

```{code-cell} ipython3
import pandas as pd

rows = pd.DataFrame({"node": ["<script>alert(1)</script>"], "sentence": ["letter-p1-s2"]})
table(rows, "Hits", evidence={"node": "sentence"})
```

The letter has {n}`letter-words` words.

```{reading}
:corpus: tiny
:holds: letter-words > 2000 ; rate < 3

A long letter, of {n}`letter-words` words; {evidence}`it begins so <letter-p1-s1>`.
```

```{reading}
:corpus: tiny
:holds: letter-words > 10000

A very long letter.
```

```{reading}
:corpus: another
:holds: essay-words > 5 ; letter-words > 2000

A letter of another corpus.
```
""",
    "chapters/uses.md": HEADER
    + """# Uses

```{code-cell} ipython3
with open("../../runs.log", "a") as log:
    print("uses", file=log)
```

Elsewhere {n}`letter-words` words were counted, as [here](evidence:letter-p1).
""",
    "chapters/passages.md": """
# Passages

```{passages}
letter-p1
letter-p1-s1
letter-p1-s2
```
""",
}


def make_book(folder: Path, **files: str) -> Path:
    """The book in `folder`; `files` replace or add to its own, by path."""
    config = (ROOT / "_config.yml").read_text(encoding="utf-8")
    local = "  local_extensions: {passages: .}\n  extra_extensions:"
    config = config.replace("  extra_extensions:", local, 1)
    for name, text in {"_config.yml": config, **FILES, **files}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.lstrip("\n"), encoding="utf-8")
    return folder


def with_sources(cell: str) -> dict[str, str]:
    """Files of a book of two pages beside the front page: the sources, and one with this cell."""
    return {
        "chapters/uses.md": f"{HEADER}# Uses\n{cell}",
        "chapters/passages.md": "# Sources\n\n```{sources}\n```\n",
        "chapters/counts.md": "# Counts\n",
        "index.md": "# A tiny book\n",
    }


def edit(file: Path, old: str, new: str) -> None:
    """Replace `old`, which must be there, by `new`."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def run(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The outcome of Python with `command` in `folder`, on its own corpus and kernels."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in {"MANYVOICES_CORPUS", "JUPYTER_PATH"}
    }
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def build(folder: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The outcome of `manyvoices book`."""
    return run(folder, "-m", "manyvoices.cli", "book", *options, **environment)


def jupyter_book(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The outcome of `jupyter-book build`."""
    program = "from jupyter_book.cli.main import main; main()"
    return run(folder, "-c", program, "build", ".", *options)


def runs(folder: Path) -> list[str]:
    """Which chapters were executed, in order of their names."""
    log = folder.parent / "runs.log"
    return sorted(log.read_text().split()) if log.exists() else []


def page(folder: Path, name: str, build_folder: str = "_build") -> str:
    """The HTML of a built page."""
    return (folder / build_folder / "html" / f"{name}.html").read_text(encoding="utf-8")
