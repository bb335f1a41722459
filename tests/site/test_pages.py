"""What holds on every page of every book: links, names, weights, protection, accessibility."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import unquote, urlsplit

import pytest
from lxml.html import HtmlElement

from tests.site.books import NAMES, PUBLISHED, Book

pytestmark = pytest.mark.book
FIRST_PAGE = 700_000  # bytes, compressed
FURTHER_PAGE = 300_000
SEARCHED_TEXTS = 100_000  # of corpora as small as these; no page waits for them
CSS_ADDRESS = re.compile(r"url\(\s*([\"']?)(.*?)\1\s*\)|@import\s+([\"'])(.*?)\3")
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LOADED = (
    ("script", "src"),
    ("img", "src"),
    ("img", "srcset"),
    ("source", "src"),
    ("source", "srcset"),
    ("video", "src"),
    ("audio", "src"),
    ("track", "src"),
    ("embed", "src"),
    ("iframe", "src"),
    ("frame", "src"),
    ("object", "data"),
    ("input", "src"),
    ("use", "href"),
    ("use", "xlink:href"),
    ("image", "href"),
    ("image", "xlink:href"),
    ("form", "action"),
    ("button", "formaction"),
    ("a", "ping"),
)
Built = Callable[[str], Book]
every_book = pytest.mark.parametrize("name", NAMES)


def addresses(tree: HtmlElement, *names: tuple[str, str]) -> Iterator[str]:
    """The values of attributes, given as pairs of element and attribute."""
    for element, attribute in names:
        for found in tree.iter(element):
            if (value := found.get(attribute)) is not None:
                yield value.strip()


def loaded(book: Book, page: str) -> Iterator[str]:
    """Every address that a page loads without being asked."""
    tree = book.tree(page)
    yield from addresses(tree, *LOADED)
    for link in tree.iter("link"):
        if "canonical" not in link.get("rel", "") and link.get("rel") not in NAVIGATION:
            yield link.get("href", "")
    for element in tree.iter("*"):
        yield from in_css(element.get("style", ""))
    for style in tree.iter("style"):
        yield from in_css(style.text or "")


NAVIGATION = {"index", "search", "next", "prev", "author", "top"}


def in_css(text: str) -> Iterator[str]:
    for match in CSS_ADDRESS.finditer(CSS_COMMENT.sub("", text)):
        yield (match[2] or match[4] or "").strip()


def is_local(address: str) -> bool:
    parts = urlsplit(address)
    return not parts.netloc and parts.scheme in {"", "data"}


def resolve(page: str, address: str) -> tuple[str, str]:
    """The file, from the site's root, and the anchor that an address on a page leads to."""
    parts = urlsplit(address)
    path = unquote(parts.path)
    file = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
    return file, unquote(parts.fragment)


def evidence_links(tree: HtmlElement) -> list[HtmlElement]:
    """Numbers, cells and parts of drawings that lead to a passage."""
    marked = [*tree.find_class("mv-n"), *tree.find_class("mv-evidence")]
    return [*(e for e in marked if e.tag == "a"), *tree.xpath("//figure//svg//a")]


def ids(tree: HtmlElement) -> list[str]:
    return [found for element in tree.iter("*") if (found := element.get("id")) is not None]


@every_book
def test_every_link_within_the_book_leads_somewhere(book: Built, name: str) -> None:
    built = book(name)
    anchors = {page: set(ids(tree)) for page, tree in built.trees()}
    lost = []
    for page, tree in built.trees():
        links = addresses(tree, ("a", "href"), ("link", "href"), ("area", "href"))
        for address in links:
            if urlsplit(address).scheme or address.startswith("//"):
                continue
            file, anchor = resolve(page, address)
            if not (built.site / file).is_file() or (anchor and anchor not in anchors[file]):
                lost.append(f"{page}: {address}")

    assert not lost


@every_book
def test_links_out_of_the_book_are_of_the_web_mail_or_telephone(book: Built, name: str) -> None:
    schemes = {
        urlsplit(address).scheme.lower()
        for _, tree in book(name).trees()
        for address in addresses(tree, ("a", "href"), ("area", "href"), ("a", "xlink:href"))
    }

    assert schemes <= {"", "http", "https", "mailto", "tel"}


@every_book
def test_numbers_and_lines_lead_to_passages_in_the_sources(book: Built, name: str) -> None:
    """At once, or by a note on their own page with all the passages."""
    built = book(name)
    anchors = set(ids(built.tree("chapters/sources.html")))
    evidence = []
    for page, tree in built.trees():
        notes = {element.get("id") for element in tree.find_class("mv-note-words")}
        for link in evidence_links(tree):
            if link.get("href").startswith("#words-"):
                assert link.get("href")[1:] in notes, page
            else:
                evidence.append(resolve(page, link.get("href")))

    assert len(evidence) > 20
    assert {file for file, _ in evidence} == {"chapters/sources.html"}
    assert {anchor for _, anchor in evidence} <= anchors


@every_book
def test_every_document_paragraph_and_sentence_has_its_anchor(book: Built, name: str) -> None:
    built = book(name)
    sentences = built.public.sentences
    wanted = {*built.public.by_id, *sentences["paragraph"], *sentences["sentence"]}

    assert wanted <= set(ids(built.tree("chapters/sources.html")))


@every_book
def test_no_address_is_left_to_be_resolved(book: Built, name: str) -> None:
    for _, tree in book(name).trees():
        assert not [a for a in addresses(tree, ("a", "href")) if a.startswith("evidence:")]


@every_book
def test_nothing_is_loaded_from_elsewhere(book: Built, name: str) -> None:
    built = book(name)
    pages = [(page, address) for page in built.pages for address in loaded(built, page)]
    sheets = [
        (file.name, address)
        for file in built.files
        if file.suffix in {".css", ".svg"}
        for address in in_css(file.read_text("utf-8"))
    ]

    assert [(where, address) for where, address in pages + sheets if not is_local(address)] == []


@every_book
def test_every_file_that_a_page_loads_is_there(book: Built, name: str) -> None:
    built = book(name)
    missing = [
        (page, address)
        for page in built.pages
        for address in loaded(built, page)
        if not address.startswith("data:") and not (built.site / resolve(page, address)[0]).exists()
    ]

    assert not missing


@every_book
def test_every_page_says_which_scripts_may_run(book: Built, name: str) -> None:
    for page, tree in book(name).trees():
        (meta,) = tree.xpath("/html/head/meta[@http-equiv='Content-Security-Policy']")
        policy = dict(part.split(None, 1) for part in meta.get("content").split("; "))
        inline = {hashed(script.text) for script in tree.iter("script") if script.text}

        assert policy["default-src"] == "'none'", page
        assert set(policy["script-src"].split()) <= {"'self'", "file:", *inline}, page
        assert {"'self'", *inline} <= set(policy["script-src"].split()), page
        assert policy["base-uri"] == "'none'", page
        assert not meta.xpath("preceding::script"), page


def hashed(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@every_book
def test_no_identifier_stands_twice_on_a_page(book: Built, name: str) -> None:
    for page, tree in book(name).trees():
        assert [one for one, count in Counter(ids(tree)).items() if count > 1] == [], page


@every_book
def test_what_an_element_refers_to_is_on_its_page(book: Built, name: str) -> None:
    attributes = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "aria-owns")
    for page, tree in book(name).trees():
        known = set(ids(tree))
        named = {
            one
            for element in tree.iter("*")
            for attribute in attributes
            for one in element.get(attribute, "").split()
        }
        in_drawings = {
            address.removeprefix("#")
            for element in tree.iter("*")
            for value in element.values()
            for address in in_css(value)
            if address.startswith("#")
        }
        used = addresses(tree, ("use", "xlink:href"), ("use", "href"))

        assert {*named, *in_drawings, *(a.removeprefix("#") for a in used)} <= known, page


@every_book
def test_every_figure_is_described_in_words(book: Built, name: str) -> None:
    built, found = book(name), 0
    for page, tree in built.trees():
        for drawing in tree.iter("svg"):
            if drawing.get("aria-hidden") == "true":
                continue
            found += 1
            label = drawing.get("aria-labelledby", "")
            words = " ".join(e.text_content() for e in tree.xpath("//*[@id=$id]", id=label))
            assert drawing.get("role") in {"img", "group"}, page
            assert len(words.split()) >= 4, (page, label)
        for image in tree.iter("img"):
            assert image.get("alt") is not None, page

    assert found >= 3


@every_book
def test_every_figure_and_table_has_a_caption(book: Built, name: str) -> None:
    for page, tree in book(name).trees():
        for figure in tree.iter("figure"):
            assert figure.findtext(".//figcaption"), page
        for region in tree.find_class("mv-table"):
            assert region.findtext(".//table/caption"), page


@every_book
def test_every_heading_of_a_table_says_what_it_heads(book: Built, name: str) -> None:
    for page, tree in book(name).trees():
        for cell in tree.iter("th"):
            assert cell.get("scope") in {"row", "col", "rowgroup", "colgroup"}, page
            assert cell.text_content().strip(), page


@every_book
def test_every_page_has_one_heading_of_the_first_rank_and_says_its_language(
    book: Built, name: str
) -> None:
    built = book(name)
    for page, tree in built.trees():
        assert len(list(tree.iter("h1"))) == 1, page
        assert tree.get("lang") == built.corpus.settings.book.language, page


@every_book
def test_the_keyboard_goes_in_the_order_of_the_page(book: Built, name: str) -> None:
    for page, tree in book(name).trees():
        assert {e.get("tabindex") for e in tree.iter("*")} <= {None, "0", "-1"}, page


@every_book
def test_every_page_has_a_title_of_its_own(book: Built, name: str) -> None:
    titles = [tree.findtext("head/title") for _, tree in book(name).trees()]

    assert all(titles)
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("name", PUBLISHED)
def test_pages_are_light(
    book: Built, name: str, record_property: Callable[[str, object], None]
) -> None:
    built = book(name)
    index = assets(built, "index.html") | {"index.html"}
    first = weight(built, index)
    more = {
        page: weight(built, (assets(built, page) | {page}) - index)
        for page in built.pages
        if page != "index.html"
    }
    heaviest = max(more, key=more.__getitem__)
    texts = weight(built, searched(built))
    record_property(
        "weight",
        f"{name}: first page {first:,} bytes in {len(index)} files; "
        f"of the others {heaviest} adds most, {more[heaviest]:,}; "
        f"the texts that are searched weigh {texts:,} more",
    )

    assert 0 < texts < SEARCHED_TEXTS
    assert not searched(built) & {file for page in built.pages for file in assets(built, page)}
    assert first < FIRST_PAGE
    assert {page: size for page, size in more.items() if size >= FURTHER_PAGE} == {}


def searched(book: Book) -> set[str]:
    """The texts that the concordancer's page asks for once it is there; no page loads them."""
    (root,) = book.tree("chapters/concordancer.html").xpath("//*[@id='mv-concordancer']")
    files = {
        resolve("chapters/concordancer.html", a)[0] for a in json.loads(root.get("data-parts"))
    }
    assert int(root.get("data-bytes")) == sum((book.site / f).stat().st_size for f in files)
    return files


def assets(book: Book, page: str) -> set[str]:
    """The files that a page loads, and those that its style sheets load."""
    files = {resolve(page, a)[0] for a in loaded(book, page) if not a.startswith("data:")}
    files = {file for file in files if (book.site / file).is_file()}
    for sheet in [file for file in files if file.endswith(".css")]:
        for address in in_css((book.site / sheet).read_text("utf-8")):
            if not address.startswith(("data:", "#")):
                files |= {resolve(sheet, address)[0]}
    return {file for file in files if (book.site / file).is_file()}


def weight(book: Book, files: set[str]) -> int:
    return sum(len(gzip.compress((book.site / file).read_bytes())) for file in files)
