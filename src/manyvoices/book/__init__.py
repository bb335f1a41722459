"""The Sphinx extension of the book, and (in `show`) what its chapters use.

`_config.yml` names it among Sphinx's extensions; nothing of Sphinx is imported before it is set up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# Each is a module with a `setup(app)`; a new part of the book's machinery is added here.
PARTS = (
    "manyvoices.book.config",
    "manyvoices.book.bound",
    "manyvoices.book.parts",
    "manyvoices.book.nodes",
    "manyvoices.book.domain",
    "manyvoices.book.references",
    "manyvoices.book.readings",
    "manyvoices.book.standing",
    "manyvoices.book.margin",
    "manyvoices.book.execution",
    "manyvoices.book.background",
    "manyvoices.book.sources_page",
    "manyvoices.book.layering",
    "manyvoices.book.concordancer",
    "manyvoices.book.citing",
    "manyvoices.book.site",
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Set up every part of the extension."""
    for part in PARTS:
        app.setup_extension(part)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": False,
    }
