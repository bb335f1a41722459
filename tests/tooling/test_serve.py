"""Showing the book on this machine."""

import threading
import urllib.request
from pathlib import Path

import pytest

from tools import serve


def test_pages_are_served_on_this_machine_only(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<h1>The book</h1>")

    with serve.open_server(tmp_path) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        with urllib.request.urlopen(address, timeout=10) as answer:
            page, caching = answer.read(), answer.headers["Cache-Control"]
        server.shutdown()

    assert server.server_address[0] == "127.0.0.1"
    assert page == b"<h1>The book</h1>"
    assert caching == "no-cache"


def test_a_port_in_use_is_passed_over(tmp_path: Path) -> None:
    with serve.open_server(tmp_path) as first, serve.open_server(tmp_path) as second:
        assert first.server_port != second.server_port


def test_a_wished_port_in_use_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "index.html").touch()
    with serve.open_server(tmp_path) as first:
        assert serve.main([str(tmp_path), "--port", str(first.server_port)]) == 1

    assert "Cure: choose another" in capsys.readouterr().err


def test_where_nothing_is_built_the_cure_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert serve.main([str(tmp_path)]) == 1
    assert "make book" in capsys.readouterr().err
