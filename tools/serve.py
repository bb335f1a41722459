"""Show a built book on this machine alone.

    python -m tools.serve [FOLDER] [--port PORT]

Prints the address; Ctrl+C ends it. Nothing outside this machine can reach it.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "_build" / "html"
FIRST_PORT = 8000


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a line for every request, and never from the browser's cache."""

    def end_headers(self) -> None:
        """Ask the browser to look again each time: the book may have been rebuilt."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Leave the terminal to the address."""


def open_server(folder: Path, port: int | None = None) -> http.server.ThreadingHTTPServer:
    """A server of `folder` on `port`, or on the first free one from 8000; OSError if none is."""
    handler = functools.partial(Quiet, directory=str(folder))
    tried = [port] if port is not None else [*range(FIRST_PORT, FIRST_PORT + 20), 0]
    for number in tried[:-1]:
        try:
            return http.server.ThreadingHTTPServer(("127.0.0.1", number), handler)
        except OSError:
            continue
    return http.server.ThreadingHTTPServer(("127.0.0.1", tried[-1]), handler)


def main(arguments: list[str] | None = None) -> int:
    """The exit code: 0 after Ctrl+C, 1 where there is nothing to show."""
    parser = argparse.ArgumentParser(description="Show a built book on this machine.")
    parser.add_argument("folder", nargs="?", type=Path, default=BUILT)
    parser.add_argument("--port", type=int)
    asked = parser.parse_args(arguments)
    if not (asked.folder / "index.html").is_file():
        print(f"No index.html in {asked.folder}. Cure: run `make book` first.", file=sys.stderr)
        return 1
    try:
        server = open_server(asked.folder, asked.port)
    except OSError as error:
        print(f"Port {asked.port}: {error.strerror}. Cure: choose another.", file=sys.stderr)
        return 1
    print(f"The book is at http://127.0.0.1:{server.server_port}/ (Ctrl+C ends)", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
