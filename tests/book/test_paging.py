"""The texts of a large corpus stand on several pages, each whole, and are found from all others."""

from __future__ import annotations

import posixpath
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from manyvoices.book.paging import OF_A_DOCUMENT, Piece, parted
from manyvoices.corpus import Corpus
from tests.book.tiny import build, edit, jupyter_book, make_book, page, with_sources
from tests.site.leaks import find_leaks, secrets_of

POSTS = """id,text,who,parent
1,One two three. {long},annquill,
2,Four five six seven. {long},benmarrow,1
3,Eight nine <b>ten</b>. {long},catnettle,2
4,Another thread. {long},annquill,
5,Its answer. {long},benmarrow,4
6,Late to the first. {long},catnettle,1
7,Lost. {long},benmarrow,99
"""
DESCRIPTION = """
id: tiny
book: {title: A Tiny Forum, author: Nobody, contact: nobody@example.org, page_words: 300}
sources:
  posts:
    file: raw/posts.csv
    format: csv
    kind: post
    title: A forum
    citation: Nobody
    rights: public domain
    publish: full
    columns: {id: id, text: text, author: who, parent: parent}
voices:
  members: {label: Members}
"""
WITHHELD = """
withheld:
  - {document: posts-5, start: 0, end: 11, reason: Try.}
"""
CELL = """
```{code-cell} ipython3
import pandas as pd
from manyvoices.book.show import layer, say

say("last", 7, evidence="posts-7-p1-s1")
ids = ["posts-1-p1-s1", "posts-2-p1-s1", "posts-7-p1-s1"]
layer("one", "One", pd.DataFrame({"sentence": ids, "category": "x"}), note="By nobody.")
```

The last is {n}`last`; {evidence}`the third <posts-3-p1>`.
"""


def posts(words: int) -> str:
    return POSTS.format(long=" ".join(["word"] * (words - 4)) + ".")


def corpus(folder: Path, text: str) -> Corpus:
    for name, content in {"corpus.yml": DESCRIPTION, "raw/posts.csv": text}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return Corpus.load(folder / "corpus.yml").public()


def names(pages: list[list[Piece]]) -> list[list[str]]:
    return [[piece.document.id.removeprefix("posts-") for piece in page] for page in pages]


def test_texts_that_fit_a_page_stay_on_it_in_their_order(tmp_path: Path) -> None:
    made = corpus(tmp_path, posts(10))
    assert names(parted(made, 7 * (10 + OF_A_DOCUMENT))) == [["1", "2", "3", "4", "5", "6", "7"]]


def test_a_thread_that_fits_a_page_is_not_parted(tmp_path: Path) -> None:
    made = corpus(tmp_path, posts(10))
    assert names(parted(made, 4 * (10 + OF_A_DOCUMENT))) == [["1", "2", "3", "6"], ["4", "5", "7"]]


def test_of_a_larger_thread_an_answer_stays_with_what_answers_it(tmp_path: Path) -> None:
    made = corpus(tmp_path, posts(10))
    pages = names(parted(made, 2 * (10 + OF_A_DOCUMENT) + 10))
    assert pages == [["1"], ["2", "3"], ["6"], ["4", "5"], ["7"]]


def test_a_text_is_cut_between_paragraphs_only_where_it_would_fill_more_than_a_page(
    tmp_path: Path,
) -> None:
    paragraphs = "\n\n".join("word " * size for size in (40, 40, 90, 5, 5))
    made = corpus(
        tmp_path, f'id,text,who,parent\n1,"{paragraphs}",annquill,\n2,Short.,benmarrow,1\n'
    )
    pages = parted(made, 80)
    assert [[(p.document.id[-1], p.start, p.end) for p in page] for page in pages] == [
        [("1", 0, 1)],
        [("1", 1, 2)],
        [("1", 2, 3)],
        [("1", 3, 5), ("2", 0, 1)],
    ]


def test_every_paragraph_stands_on_one_page(tmp_path: Path) -> None:
    made = corpus(tmp_path, posts(60))
    for most in range(30, 500, 47):
        found = [name for part in parted(made, most) for piece in part for name in piece.paragraphs]
        assert sorted(found) == sorted(made.sentences["paragraph"].unique()), most


@pytest.fixture
def book(tmp_path: Path) -> Path:
    files = with_sources(CELL) | {
        "data/corpus.yml": DESCRIPTION + WITHHELD,
        "data/raw/posts.csv": posts(100),
    }
    toc = "format: jb-book\nroot: index\nchapters:\n  - file: chapters/passages\n"
    return make_book(tmp_path / "book", **files, **{"_toc.yml": f"{toc}  - file: chapters/uses\n"})


def parts(book: Path) -> dict[str, BeautifulSoup]:
    found = sorted((book / "_build" / "html" / "chapters").glob("passages*.html"))
    return {file.name: BeautifulSoup(file.read_text("utf-8"), "html.parser") for file in found}


@pytest.mark.book
def test_a_large_corpus_stands_on_several_pages(book: Path) -> None:
    before = sorted(path for path in book.rglob("*") if path.is_file())
    done = build(book)
    assert done.returncode == 0, done.stderr
    found = parts(book)
    order = ["passages.html", *(f"passages-{n}.html" for n in range(2, len(found) + 1))]
    assert len(found) > 2
    assert sorted(found) == sorted(order)
    left = (p for p in book.rglob("*") if p.is_file() and "_build" not in p.parts)
    assert sorted(p for p in left if "__pycache__" not in p.parts) == before

    for here, following in pairwise(order):
        assert found[here].select_one("a.right-next")["href"] == following
        assert found[following].select_one("a.left-prev")["href"] == here
        assert [a["href"] for a in found[here].select(".mv-parts a")] == [
            name for name in order if name != here
        ]
    for name, soup in found.items():
        for link in soup.select("article a[href], .bd-toc a[href]"):
            file, _, anchor = str(link["href"]).partition("#")
            if file.startswith("http"):
                continue
            target = found.get(posixpath.basename(file) or name)
            assert target is None or not anchor or target.find(id=anchor), (name, link)


@pytest.mark.book
def test_numbers_the_search_and_the_layers_know_every_part(book: Path) -> None:
    done = build(book)
    assert done.returncode == 0, done.stderr
    found = parts(book)
    where = {tag["id"]: name for name, soup in found.items() for tag in soup.select("[id]")}

    uses = BeautifulSoup(page(book, "chapters/uses"), "html.parser")
    number, third = uses.select_one("a.mv-n"), uses.select_one("a.mv-evidence")
    assert number["href"] == f"{where['posts-7']}#posts-7-p1-s1"
    assert third["href"] == f"{where['posts-3']}#posts-3-p1"
    index = (book / "_build/html/searchindex.js").read_text("utf-8")
    assert all(f'"chapters/{name.removesuffix(".html")}"' in index for name in found)
    marked = {name: len(soup.select(".mv-l1-c1[id]")) for name, soup in found.items()}
    counted = {name: s.select_one(".mv-layer-legend li").get_text() for name, s in found.items()}
    assert sum(marked.values()) == 3
    assert all(f" {marked[name]}" in text for name, text in counted.items())
    assert all(
        "of this part" in s.select_one(".mv-layer-legend p:last-child").get_text()
        for s in found.values()
    )

    answer = found[where["posts-6"]].select_one("#posts-6 .mv-facts a")
    assert answer["href"].endswith("#posts-1")
    assert where["posts-6"] != where["posts-1"]
    beside = [a["href"] for a in found[where["posts-6"]].select(".bd-toc a, .page-toc a")]
    assert f"{where['posts-1']}#posts-1" in beside
    further = {a["href"] for a in found[where["posts-1"]].select("#posts-1 .mv-facts a")}
    assert any(address.startswith(where["posts-6"]) for address in further)


@pytest.mark.book
def test_no_part_shows_a_name_or_what_is_withheld(book: Path) -> None:
    done = build(book)
    assert done.returncode == 0, done.stderr
    whole = Corpus.load(book / "data/corpus.yml")
    assert "Its answer" in whole.by_id["posts-5"].text
    assert find_leaks(book / "_build" / "html", secrets_of(whole)) == []
    held = [name for name, soup in parts(book).items() if soup.select(".mv-withheld")]
    assert held
    assert "passages.html" not in held


@pytest.mark.book
def test_parts_go_when_the_texts_fit_a_page_and_an_edit_leaves_them_alone(book: Path) -> None:
    assert build(book).returncode == 0
    written = {
        file.name: file.stat().st_mtime_ns for file in (book / "_build/html/chapters").iterdir()
    }
    edit(book / "chapters/counts.md", "# Counts", "# Counted")
    edit(book / "index.md", "tiny", "small")
    assert build(book).returncode == 0
    now = {file.name: file.stat().st_mtime_ns for file in (book / "_build/html/chapters").iterdir()}
    assert {name for name in now if "passages-" in name and now[name] != written[name]} == set()

    edit(book / "data/corpus.yml", "page_words: 300", "page_words: 30000")
    assert build(book).returncode == 0
    assert list(parts(book)) == ["passages.html"]
    assert "mv-parts" not in page(book, "chapters/passages")


@pytest.mark.book
def test_on_the_single_page_all_parts_are_there(book: Path) -> None:
    done = jupyter_book(book, "-W", "-n", "--builder", "singlehtml")
    assert done.returncode == 0, done.stderr
    soup = BeautifulSoup((book / "_build/singlehtml/index.html").read_text("utf-8"), "html.parser")
    anchors = {tag["id"] for tag in soup.select("[id]")}
    wanted = {str(a["href"])[1:] for a in soup.select("a.mv-evidence, a.mv-n")}
    assert {f"posts-{n}" for n in range(1, 8)} <= anchors
    assert wanted <= anchors
