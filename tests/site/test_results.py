"""The numbers on the pages are the library's; readings stay with the corpus they were made for."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml.html import HtmlElement

import manyvoices as mv
from manyvoices.book.bound import KEY, front_matter
from manyvoices.corpus import Corpus
from manyvoices.measures import node_queries
from tests.site.books import CORPORA, FOREIGN, NAMES, PUBLISHED, ROOT, Book, build

pytestmark = pytest.mark.book
Built = Callable[[str], Book]


def table(tree: HtmlElement, caption: str) -> list[dict[str, str]]:
    """The rows of the table with a given caption, by its heads."""
    (found,) = (t for t in tree.iter("table") if t.findtext("caption") == caption)
    heads = [cell.text_content().strip() for cell in found.findall("thead/tr/th")]
    return [
        dict(zip(heads, (cell.text_content().strip() for cell in row), strict=True))
        for row in found.findall("tbody/tr")
    ]


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_table_of_voices_has_the_library_s_counts(book: Built, name: str) -> None:
    rows = table(book(name).tree("chapters/the-texts.html"), "How large each voice is")
    sizes = mv.sizes(book(name).public)

    for column in ("people", "documents", "sentences", "words"):
        assert [row[column] for row in rows] == [f"{n:,}" for n in sizes[column]], column
    assert [row["voice"] for row in rows] == sizes["label"].tolist()


@pytest.mark.parametrize("name", PUBLISHED)
def test_withheld_words_are_counted(book: Built, name: str) -> None:
    built = book(name)
    shown = built.corpus.select(lambda d: built.corpus.publish(d) != "none")
    sizes, whole = mv.sizes(built.public), mv.sizes(shown)

    assert sizes["words"].tolist() == whole["words"].tolist()


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_table_of_words_has_the_library_s_hits(book: Built, name: str) -> None:
    built = book(name)
    corpus = built.public.counted()
    tree = built.tree("chapters/words-in-context.html")
    rows = table(tree, "How often each voice uses each word")
    hits = [
        f"{n:,}" for query in node_queries(corpus).values() for n in mv.rate(corpus, query)["hits"]
    ]

    assert [row["hits"] for row in rows] == hits


@pytest.mark.parametrize("name", PUBLISHED)
def test_each_line_of_a_concordance_stands_in_the_passage_it_leads_to(
    book: Built, name: str
) -> None:
    built = book(name)
    corpus = built.public.counted()
    tree = built.tree("chapters/words-in-context.html")
    for node, query in node_queries(corpus).items():
        lines = mv.concordance(corpus, query)
        rows = table(tree, f"Concordance of {node}")
        assert [row["node"] for row in rows] == lines["node"].tolist()[: len(rows)]
        assert [row["passage"] for row in rows] == lines["sentence"].tolist()[: len(rows)]


def readings(book: Book) -> list[HtmlElement]:
    return [found for _, tree in book.trees() for found in tree.find_class("mv-reading")]


def missing(reading: HtmlElement) -> bool:
    return "mv-reading-missing" in reading.get("class").split()


@pytest.mark.parametrize("name", FOREIGN)
def test_readings_of_another_corpus_step_back(book: Built, name: str) -> None:
    found = readings(book(name))

    assert len(found) == len(written_readings())
    for reading in found:
        assert missing(reading)
        assert "Reading to be written" in reading.text_content()
        assert "One was written for another corpus" in reading.text_content()


def test_the_readings_of_this_corpus_hold(book: Built, this_corpus: Corpus) -> None:
    found = readings(book("own"))

    assert len(found) == len(written_readings(bound=True))
    assert [" ".join(r.text_content().split()) for r in found if missing(r)] == []


def written_readings(*, bound: bool = False) -> list[str]:
    """The readings of all pages; with `bound`, also of those that only our own book has."""
    pages = [ROOT / "index.md", *sorted((ROOT / "chapters").glob("*.md"))]
    texts = [page.read_text("utf-8") for page in pages]
    texts = [text for text in texts if bound or KEY not in front_matter(text)]
    return [match for text in texts for match in re.findall(r"^`{3,}\{reading\}", text, re.M)]


@pytest.mark.parametrize("name", FOREIGN)
def test_a_foreign_book_speaks_of_its_own_corpus(book: Built, name: str) -> None:
    built = book(name)
    own = Corpus.load(CORPORA["own"]).settings
    titles = {own.book.title, *(source.title for source in own.sources.values())}
    for page, tree in built.trees():
        said = tree.text_content()
        assert not [title for title in titles if title in said], page


@pytest.mark.parametrize("name", NAMES)
def test_the_book_has_the_title_of_its_description(book: Built, name: str) -> None:
    built = book(name)
    heading = built.tree("index.html").findtext(".//h1")

    assert plain(heading) == plain(built.corpus.settings.book.title)


def plain(text: str) -> str:
    return re.sub('[“”"]', '"', text)


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_search_index_knows_the_words_of_the_texts(book: Built, name: str) -> None:
    index = (book(name).site / "searchindex.js").read_text("utf-8")

    assert '"chapters/sources"' in index
    assert index.count(":") > 500


def test_two_builds_are_the_same_byte_for_byte(book: Built, tmp_path: Path) -> None:
    first = book("own").site
    second = build("own", tmp_path / "second", PYTHONHASHSEED="7")
    names = {p.relative_to(first) for p in first.rglob("*") if p.is_file()}

    assert {p.relative_to(second) for p in second.rglob("*") if p.is_file()} == names
    assert [n for n in sorted(names) if (first / n).read_bytes() != (second / n).read_bytes()] == []
