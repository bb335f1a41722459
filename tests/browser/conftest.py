"""A browser, and the built books in it, served and from files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, sync_playwright

from manyvoices.book.serve import open_server
from tests.browser.visits import Visit
from tests.site.books import Book
from tests.site.fixtures import book, shared_folder
from tools.browser import BrowserMissingError, ensure

__all__ = ["book", "shared_folder"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of this machine; one for each test process."""
    try:
        program = ensure()
    except BrowserMissingError as error:
        pytest.fail(str(error), pytrace=False)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def address(book: Callable[[str], Book]) -> Iterator[Callable[[str], str]]:
    """Where the book about a corpus is served, on this machine only."""
    with ExitStack() as stack:

        @cache
        def serve(name: str) -> str:
            server = stack.enter_context(open_server(book(name).site, 0))
            Thread(target=server.serve_forever, daemon=True).start()
            stack.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_port}/"

        yield serve


@pytest.fixture
def visit(
    browser: Browser, book: Callable[[str], Book], address: Callable[[str], str]
) -> Iterator[Callable[..., Visit]]:
    """Opens a book: `visit("blog", width=360)`; options are those of a browser context."""
    with ExitStack() as stack:

        def open_book(
            name: str,
            *,
            width: int = 1280,
            height: int = 800,
            files: bool = False,
            **options: object,
        ) -> Visit:
            size = {"width": width, "height": height}
            context = browser.new_context(viewport=size, **options)
            stack.callback(context.close)
            built = book(name)
            root = f"{built.site.as_uri()}/" if files else address(name)
            context.set_default_timeout(10_000)
            return Visit(context.new_page(), built, root)

        yield open_book


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    import axe_playwright_python

    folder = Path(axe_playwright_python.__file__).parent
    return (folder / "axe.min.js").read_text(encoding="utf-8")
