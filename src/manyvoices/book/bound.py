"""Pages that belong to one corpus, and are no part of a book about another.

A page names its corpus in its front matter:

    ---
    manyvoices: {corpus: iapt-page}
    ---
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from sphinx.application import Sphinx
from sphinx.config import Config

from manyvoices.book.readings import is_own

KEY = "manyvoices"


def front_matter(text: str) -> dict[str, Any]:
    """What the front matter of a MyST page says; nothing where it has none."""
    if not text.startswith("---\n") or "\n---" not in text[4:]:
        return {}
    matter = yaml.safe_load(text[4:].split("\n---", 1)[0])
    return matter if isinstance(matter, dict) else {}


def drop_pages(app: Sphinx, config: Config) -> None:
    """Take the pages of other corpora out of the table of contents, and parts left empty by it."""
    site = config.external_site_map
    book = Path(app.srcdir)
    dropped = [page for page in site if _of_another(book / f"{page}.md", config)]
    for page in site.values():
        for tree in page.subtrees:
            tree.items = [item for item in tree.items if str(item) not in dropped]
        page.subtrees = [tree for tree in page.subtrees if tree.items]
    for page in dropped:
        del site[page]
    config.exclude_patterns = [*config.exclude_patterns, *(f"{page}.md" for page in dropped)]


def _of_another(page: Path, config: Config) -> bool:
    if not page.is_file():
        return False
    said = front_matter(page.read_text(encoding="utf-8")).get(KEY) or {}
    return "corpus" in said and not is_own(str(said["corpus"]), config.manyvoices_corpus)


def setup(app: Sphinx) -> None:
    """Look at the pages when the table of contents has been read."""
    app.connect("config-inited", drop_pages, priority=910)
