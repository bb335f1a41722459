"""A web server for the built pages, for this machine only."""

from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from manyvoices.book.build import BookError

PORTS = (*range(8000, 8020), 0)


class _Handler(SimpleHTTPRequestHandler):
    """Serves files without a line for every request, and asks browsers to look for new ones."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


def open_server(pages: Path, port: int | None = None) -> ThreadingHTTPServer:
    """A server of `pages` on 127.0.0.1, ready to serve.

    It takes `port`, or the first free one from 8000 on. Raises BookError if no book has been built
    there, or if the port is taken.
    """
    if not (pages / "index.html").is_file():
        raise BookError("no book has been built here.", "Run: manyvoices book", file=pages)
    for number in PORTS if port is None else (port,):
        try:
            return ThreadingHTTPServer(
                ("127.0.0.1", number), partial(_Handler, directory=str(pages))
            )
        except OSError:
            continue
    raise BookError(f"port {port} is taken.", "Choose another with --port, or leave it out.")
