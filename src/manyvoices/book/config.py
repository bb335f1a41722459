"""What the corpus' description and the book's needs add to `_config.yml`."""

from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError
from sphinx.util import logging

import manyvoices
from manyvoices.book.fingerprint import Hashes, files_under, results_fingerprint
from manyvoices.errors import ManyVoicesError
from manyvoices.settings import Description, load_settings

LOGGER = logging.getLogger(__name__)
JUPYTER_BOOK = "1.0.4.post1"
CORPUS = "MANYVOICES_CORPUS"


def corpus_path(book: Path) -> Path:
    """The corpus.yml that the build is about: $MANYVOICES_CORPUS, or the book's own."""
    return Path(os.environ.get(CORPUS) or book / "data" / "corpus.yml").resolve()


def check_jupyter_book() -> None:
    """Raises ConfigError unless the pinned Jupyter Book is the one that is installed."""
    found = version("jupyter-book")
    if found != JUPYTER_BOOK:
        raise ConfigError(
            f"this book is built with jupyter-book {JUPYTER_BOOK}; {found} is installed. "
            "Run: pip install -r requirements.txt"
        )


def configure(app: Sphinx, config: Config) -> None:
    """Take title, author, language and bibliography from the description of the corpus.

    The corpus and the fingerprint of all that its results depend on become configuration values,
    so that Sphinx reads every page again when either changes.
    """
    check_jupyter_book()
    book = Path(app.srcdir)
    path = corpus_path(book)
    os.environ[CORPUS] = str(path)  # kernels start in the chapters' folder
    try:
        description = load_settings(path)
    except ManyVoicesError as error:
        raise ConfigError(str(error)) from None
    _name_book(config, description)
    _add_bibliography(config, book, description)
    hashes = Hashes(build_folder(app) / ".manyvoices" / "hashes.json")
    package = Path(manyvoices.__file__).parent
    config.manyvoices_corpus = (description.settings.id, description.fingerprint)
    config.manyvoices_fingerprint = results_fingerprint(package, book, path, hashes)
    static = package / "book" / "static"
    config.manyvoices_static = hashes.of(files_under(static), static)
    hashes.save()


def build_folder(app: Sphinx) -> Path:
    """The folder that holds the pages, the execution cache and everything else that is made."""
    return Path(app.outdir).parent


def _name_book(config: Config, description: Description) -> None:
    book = description.settings.book
    config.project = config.html_title = book.title
    config.author = book.author
    config.copyright = book.author
    config.language = book.language
    config.version = config.release = version("manyvoices")
    options = {
        "repository_url": book.repository,
        "repository_provider": _provider(book.repository),
        "extra_footer": "",
    }
    config.html_theme_options = {**config.html_theme_options, **options}
    config.manyvoices_interpreter = book.interpreter
    config.manyvoices_description = book.description or book.subtitle or book.title


def _provider(repository: str) -> str:
    """What the theme takes a repository’s host for; it refuses one whose kind it cannot guess."""
    return next((name for name in ("gitlab", "bitbucket") if name in repository), "github")


def _add_bibliography(config: Config, book: Path, description: Description) -> None:
    """Cite from the bibliography of the chapters and from that of the corpus."""
    own = description.settings.book.bibliography
    files = [book / "chapters" / "references.bib", *([description.path(own)] if own else [])]
    config.bibtex_bibfiles = [str(file) for file in dict.fromkeys(files) if file.is_file()]


def setup(app: Sphinx) -> None:
    """Register the values that are set here."""
    app.add_config_value("manyvoices_corpus", ("", ""), "env")
    app.add_config_value("manyvoices_fingerprint", "", "env")
    app.add_config_value("manyvoices_static", "", "html")
    app.add_config_value("manyvoices_description", "", "html")
    app.add_config_value("manyvoices_interpreter", "", "env")
    app.connect("config-inited", configure, priority=1)
