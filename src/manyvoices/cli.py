"""The `manyvoices` command. What is heavy is imported by the command that needs it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from manyvoices.errors import ManyVoicesError

app = typer.Typer(
    help="Discourse analysis with every number linked to the words it was counted from.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

CorpusFile = Annotated[
    Path | None,
    typer.Argument(metavar="[CORPUS_YML]", help="Default: $MANYVOICES_CORPUS, data/corpus.yml"),
]


def _fail(error: Exception) -> typer.Exit:
    typer.echo(f"manyvoices: {error}", err=True)
    return typer.Exit(1)


@app.command()
def book(
    corpus: CorpusFile = None,
    to: Annotated[Path | None, typer.Option(help="Folder to build in. Default: _build")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Forget what was built before")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say how it goes")] = False,
) -> None:
    """Build the book about a corpus; its pages go to the folder html of the one it builds in."""
    from manyvoices.book.build import build_book, find_book

    started = time.perf_counter()
    try:
        built = build_book(
            find_book(Path.cwd()), corpus=corpus, to=to, everything=everything, verbose=verbose
        )
    except ManyVoicesError as error:
        raise _fail(error) from None
    done = "Built" if built.anew else "Nothing has changed: found"
    typer.echo(f"{done} {built.index} in {time.perf_counter() - started:.1f} s")


@app.command()
def notebooks(
    to: Annotated[
        Path | None, typer.Option(help="Folder to write to. Default: _build/notebooks")
    ] = None,
) -> None:
    """Write every chapter as a Jupyter notebook, without outputs, to be run in place."""
    from manyvoices.book.build import find_book
    from manyvoices.book.notebooks import write_notebooks

    try:
        folder = find_book(Path.cwd())
    except ManyVoicesError as error:
        raise _fail(error) from None
    for notebook in write_notebooks(folder, to or folder / "_build" / "notebooks"):
        typer.echo(notebook)


@app.command()
def serve(
    to: Annotated[Path | None, typer.Option(help="Folder it was built in. Default: _build")] = None,
    port: Annotated[int | None, typer.Option(help="Default: the first free from 8000 on")] = None,
) -> None:
    """Show the built book to browsers on this machine."""
    from manyvoices.book.build import find_book
    from manyvoices.book.serve import open_server

    try:
        folder = to or find_book(Path.cwd()) / "_build"
        server = open_server(folder / "html", port)
    except ManyVoicesError as error:
        raise _fail(error) from None
    typer.echo(f"http://127.0.0.1:{server.server_port}/ (Ctrl-C ends it)")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


if __name__ == "__main__":
    app()
