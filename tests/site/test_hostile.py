"""A corpus of attacks: whatever a text or a description holds, it stays text."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from manyvoices.book.pages import tidy
from manyvoices.errors import SettingsError
from manyvoices.settings import load_settings
from tests.site.books import CORPORA, Book

pytestmark = pytest.mark.book
Built = Callable[[str], Book]
FORBIDDEN = {"applet", "base", "embed", "frame", "iframe", "math", "object", "template"}
ADDRESSES = {
    "href",
    "xlink:href",
    "src",
    "srcset",
    "srcdoc",
    "data",
    "action",
    "formaction",
    "ping",
}
UNSAFE = re.compile(r"\s*(javascript|data|vbscript|file):", re.IGNORECASE)


def test_every_place_that_holds_text_is_attacked() -> None:
    texts = [p.read_text("utf-8") for p in CORPORA["hostile"].parent.rglob("*") if p.is_file()]
    payloads = re.findall(r"pwned=(\d+)", " ".join(texts))

    assert len(set(payloads)) > 120


def test_no_attack_becomes_an_element_or_an_attribute(book: Built) -> None:
    for page, tree in book("hostile").trees():
        for element in tree.iter("*"):
            where = (page, element.tag, dict(element.attrib))
            assert element.tag not in FORBIDDEN, where
            assert not [name for name in element.attrib if name.startswith("on")], where
            for name in ADDRESSES:
                assert not UNSAFE.match(element.get(name, "")), where
            if element.tag == "script":
                assert "pwned" not in (element.text or ""), where
            if element.tag == "style":
                assert "evil" not in (element.text or ""), where
            if element.tag == "meta":
                assert element.get("http-equiv", "").lower() != "refresh", where


def test_the_attacks_can_be_read_on_the_pages(book: Built) -> None:
    said = " ".join(tree.text_content() for _, tree in book("hostile").trees())

    for number in (1, 4, 8, 13, 26, 42, 71, 90, 96, 110, 200, 204, 205, 211, 220, 240, 245, 260):
        assert f"pwned={number}" in said


def test_a_link_from_a_description_leads_to_the_web_or_is_none(book: Built) -> None:
    links = [a for _, tree in book("hostile").trees() for a in tree.iter("a")]

    assert not [a.get("href") for a in links if "javascript" in a.get("href", "").lower()]


def test_a_link_into_a_script_fails_the_build() -> None:
    for page in ('<a href=" JavaScript:x">x</a>', '<form action="data:x"></form>', "<base href=x>"):
        _, complaints = tidy(f"<html><head></head><body>{page}</body></html>", description="")

        assert len(complaints) == 1, page


def test_a_script_in_the_text_of_a_page_is_not_let_run() -> None:
    script = "DOCUMENTATION_OPTIONS.pwned = 1"
    markup = f"<html><head></head><body><script>{script}</script></body></html>"
    page, complaints = tidy(markup, description="", searching=True)

    assert "sha256" not in page
    assert len(complaints) == 1


def test_scripts_and_notebooks_of_the_site_are_whole(book: Built) -> None:
    site = book("hostile").site
    index = (site / "searchindex.js").read_text("utf-8")

    json.loads(index[index.index("(") + 1 : index.rindex(")")])
    for notebook in site.rglob("*.ipynb"):
        json.loads(notebook.read_text("utf-8"))


@pytest.mark.parametrize(
    ("found", "instead"),
    [
        ("language: en\n", "language: 'en\"><script>'\n"),
        ("language: en\n", "language: ../../en\n"),
        ("  repository: ", "  repository: javascript:x #"),
        ("    url: ", "    url: javascript:x #"),
        ("    url: ", "    url: 'data:text/html,x' #"),
        ("    url: ", "    url: ' https://example.org/\" onclick=\"x' #"),
        ("    url: ", "    url: //example.org/ #"),
        ("    kind: post", "    kind: 'a b'"),
        ("id: hostile", "id: '<script>'"),
    ],
)
def test_what_must_be_a_name_or_an_address_is_refused_as_anything_else(
    tmp_path: Path, found: str, instead: str
) -> None:
    shutil.copytree(CORPORA["hostile"].parent, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "corpus.yml"
    text = file.read_text("utf-8")
    assert found in text
    file.write_text(text.replace(found, instead, 1), "utf-8")

    with pytest.raises(SettingsError) as error:
        load_settings(file)

    assert error.value.line == text[: text.index(found)].count("\n") + 1
