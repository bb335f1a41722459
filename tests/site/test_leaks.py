"""Nothing that must not be shown stands anywhere in what is published."""

from __future__ import annotations

import json
import shutil
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.site.books import NAMES, Book
from tests.site.leaks import Secrets, find_leaks, secrets_of, words

pytestmark = pytest.mark.book
Plant = Callable[[Path, Secrets], None]


@pytest.mark.parametrize("name", NAMES)
def test_no_name_and_no_withheld_passage_is_published(
    book: Callable[[str], Book], name: str
) -> None:
    built = book(name)

    assert find_leaks(built.site, the_secrets(built)) == []


def test_the_blog_has_every_kind_of_secret(book: Callable[[str], Book]) -> None:
    secrets = the_secrets(book("blog"))

    assert len(secrets.names) == 3
    assert len(secrets.runs) > 50
    assert len(secrets.words) > 10


def test_the_forum_hides_every_name_of_a_user(book: Callable[[str], Book]) -> None:
    built = book("forum")
    users = {words(document.author) for document in built.corpus.documents}

    assert len(users) == 8
    assert users <= the_secrets(built).names


@pytest.mark.parametrize("name", NAMES)
def test_only_files_that_a_reader_needs_are_published(
    book: Callable[[str], Book], name: str
) -> None:
    known = {".css", ".html", ".inv", ".ipynb", ".js", ".svg"}
    others = {file.name for file in book(name).files if file.suffix not in known}

    assert others <= {".buildinfo"}


def append(page: Path, text: str) -> None:
    page.write_text(page.read_text("utf-8").replace("</body>", f"{text}</body>"), "utf-8")


def a_run(secrets: Secrets) -> tuple[str, ...]:
    return max(secrets.runs)


def plant_passage(site: Path, secrets: Secrets) -> None:
    append(site / "index.html", f"<p>{' '.join(a_run(secrets))}</p>")


def plant_passage_between_tags(site: Path, secrets: Secrets) -> None:
    shouted = (word.upper() for word in a_run(secrets))
    append(site / "chapters" / "sources.html", "<b>&nbsp;\n</b>".join(shouted))


def plant_passage_in_an_attribute(site: Path, secrets: Secrets) -> None:
    append(site / "search.html", f'<p title="{"&#32;".join(a_run(secrets))}"></p>')


def plant_passage_in_a_script(site: Path, secrets: Secrets) -> None:
    text = " ".join(a_run(secrets))
    escaped = "".join(f"\\u{ord(c):04x}" if c.isalpha() else c for c in text)
    (site / "_static" / "data.js").write_text(f'page("{escaped}")', "utf-8")


def plant_passage_in_a_notebook(site: Path, secrets: Secrets) -> None:
    file = site / "notebooks" / "index.ipynb"
    notebook = json.loads(file.read_text("utf-8"))
    notebook["cells"][-1]["source"] = [word + "\n" for word in a_run(secrets)]
    file.write_text(json.dumps(notebook, indent=1), "utf-8")


def plant_passage_in_the_inventory(site: Path, secrets: Secrets) -> None:
    file = site / "objects.inv"
    head, body = file.read_bytes().split(b"zlib.\n", 1)
    text = zlib.decompress(body) + " ".join(a_run(secrets)).encode()
    file.write_bytes(head + b"zlib.\n" + zlib.compress(text))


def plant_passage_in_an_address(site: Path, secrets: Secrets) -> None:
    append(site / "index.html", f'<a href="#{"%20".join(a_run(secrets))}">x</a>')


def plant_name(site: Path, secrets: Secrets) -> None:
    name = " ".join(min(secrets.names))
    (site / "_static" / "drawing.svg").write_text(f"<svg><text>{name.title()}’s</text></svg>")


def plant_name_in_a_file_s_name(site: Path, secrets: Secrets) -> None:
    (site / f"about-{'-'.join(min(secrets.names))}.html").write_text("<html></html>")


def plant_word(site: Path, secrets: Secrets) -> None:
    append(site / "chapters" / "words-in-context.html", f"<td>{max(secrets.words)}</td>")


def plant_term(site: Path, secrets: Secrets) -> None:
    file = site / "searchindex.js"
    text = file.read_text("utf-8").replace('"terms": {', f'"terms": {{"{max(secrets.stems)}": 0, ')
    file.write_text(text, "utf-8")


def plant_filler(site: Path, secrets: Secrets) -> None:
    append(site / "chapters" / "glossary.html", "&#x2588;&#x2588;")


SCRIPTS_OF_OTHERS = shutil.ignore_patterns("scripts", "styles", "*.min.*", "api.html")
PLANTS = [value for name, value in list(globals().items()) if name.startswith("plant_")]


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
def test_a_planted_leak_is_found(book: Callable[[str], Book], tmp_path: Path, plant: Plant) -> None:
    built = book("blog")
    secrets = the_secrets(built)
    site = Path(shutil.copytree(built.site, tmp_path / "site", ignore=SCRIPTS_OF_OTHERS))
    assert find_leaks(site, secrets) == []

    plant(site, secrets)

    assert find_leaks(site, secrets)


@cache
def the_secrets(built: Book) -> Secrets:
    return secrets_of(built.corpus)
