"""The written site: its style and script, a notebook beside every chapter, tidy pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from docutils import nodes
from markupsafe import escape
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

from manyvoices.book.notebooks import write_notebook
from manyvoices.book.pages import tidy

LOGGER = logging.getLogger(__name__)
STATIC = Path(__file__).parent / "static"
NOTEBOOKS = "notebooks"
# What themes and extensions copy to the site and no page of it loads.
LITTER = (
    "_static/scripts/fontawesome.js*",
    "_static/vendor",
    "_static/images/logo_*",
    "_static/locales",
    "_static/*webpack-macros.html",
    "_static/sphinx-thebe.*",
    "_static/togglebutton.*",
    "_static/design-tabs.js",
    "_static/copybutton_funcs.js",
    "_static/play-solid.svg",
    "_static/file.png",
    "_static/minus.png",
    "_static/plus.png",
    "_static/**/*.map",
    "_static/scripts/*.LICENSE.txt",
)


def add_files(app: Sphinx, config: Config) -> None:
    """Make the package's own files part of the site."""
    config.html_static_path = [*config.html_static_path, str(STATIC)]
    config.html_favicon = str(STATIC / "favicon.svg")
    app.add_css_file("manyvoices.css", priority=900)
    app.add_js_file("manyvoices.js", defer="defer")


def note_page(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Remember that the page is being written, and let a chapter offer itself as a notebook."""
    written: list[str] = app.env.temp_data.setdefault("manyvoices-written", [])
    written.append(page)
    for name in ("docstitle", "author"):  # the theme writes them as they are
        context[name] = escape(context[name])
    if app.builder.name != "html" or page not in app.env.all_docs:
        return
    target = f"{NOTEBOOKS}/{page}.ipynb"
    if write_notebook(Path(app.env.doc2path(page)), Path(app.outdir, target)):
        here = app.builder.get_target_uri(page)
        context["body"] += (
            '<p class="mv-notebook"><a download href="'
            f'{relative_uri(here, target)}">This chapter as a notebook (.ipynb)</a></p>'
        )


def escape_headings(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Escape headings in the search index, which the search page would set as HTML.

    Those of pages that are not written anew come out of the last index, and are escaped already.
    """
    indexer = getattr(app.builder, "indexer", None)
    if indexer is not None:
        indexer._all_titles = {
            page: [(str(escape(unescape(text))), anchor) for text, anchor in titles]
            for page, titles in indexer._all_titles.items()
        }
    return iter(())


def finish(app: Sphinx, error: Exception | None) -> None:
    """Tidy the pages that were written, and remove what no page needs.

    After a warning the next build starts anew, so that it warns again.
    """
    if error is None and app.builder.format == "html" and app.builder.name != "epub":
        for page in app.env.temp_data.pop("manyvoices-written", []):
            _tidy(app, page)
        _remove_litter(Path(app.outdir))
        if app.builder.name == "html":
            _remove_former_pages(app)
    if app._warncount:
        Path(app.doctreedir, "environment.pickle").unlink(missing_ok=True)


def _tidy(app: Sphinx, page: str) -> None:
    file = Path(app.builder.get_outfilename(page))  # type: ignore[attr-defined]
    text, complaints = tidy(
        file.read_text(encoding="utf-8"),
        description=app.config.manyvoices_description,
        searching=page == "search",
    )
    file.write_text(text, encoding="utf-8")
    for complaint in complaints:
        LOGGER.warning("%s", complaint, location=page)


def _remove_litter(site: Path) -> None:
    for pattern in LITTER:
        for path in site.glob(pattern):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


def _remove_former_pages(app: Sphinx) -> None:
    """Remove pages and notebooks of chapters that are no longer in the book."""
    site = Path(app.outdir)
    kept = {*app.env.all_docs, "genindex", "search", "py-modindex"}
    for file in [*site.rglob("*.html"), *(site / NOTEBOOKS).rglob("*.ipynb")]:
        root = site / NOTEBOOKS if file.suffix == ".ipynb" else site
        if file.relative_to(root).with_suffix("").as_posix() not in kept:
            file.unlink()


def setup(app: Sphinx) -> None:
    """Register for the beginning and the end of writing."""
    app.connect("config-inited", add_files, priority=2)
    app.connect("html-page-context", note_page, priority=900)
    app.connect("html-collect-pages", escape_headings)
    app.connect("build-finished", finish)
