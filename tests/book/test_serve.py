"""Showing the book on this machine."""

import threading
import urllib.request
from pathlib import Path

import pytest

from manyvoices.book.build import BookError
from manyvoices.book.serve import open_server


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text("<h1>The book</h1>")
    return tmp_path


def test_pages_are_served_on_this_machine_only(pages: Path) -> None:
    with open_server(pages) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        with urllib.request.urlopen(address, timeout=10) as answer:
            page, caching = answer.read(), answer.headers["Cache-Control"]
        server.shutdown()
    assert server.server_address[0] == "127.0.0.1"
    assert page == b"<h1>The book</h1>"
    assert caching == "no-cache"


def test_a_port_in_use_is_passed_over(pages: Path) -> None:
    with open_server(pages) as first, open_server(pages) as second:
        assert first.server_port != second.server_port


def test_a_wished_port_in_use_is_told(pages: Path) -> None:
    with open_server(pages) as first, pytest.raises(BookError, match="Choose another"):
        open_server(pages, first.server_port)


def test_where_nothing_is_built_the_cure_is_told(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="manyvoices book"):
        open_server(tmp_path)
