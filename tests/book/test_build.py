"""Whole builds of a tiny book."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.book.tiny import HEADER, build, edit, jupyter_book, make_book, page, run, runs

pytestmark = pytest.mark.book
LOADED = re.compile(
    r"<(?:script|img|iframe|source)\b[^>]*\ssrc=\"([^\"]*)\"|<link\b[^>]*\shref=\"([^\"]*)\""
    r"|url\(([^)]*)\)|@import\s+[\"']([^\"']*)"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny book, built once; the tests that use it change nothing."""
    folder = make_book(tmp_path_factory.mktemp("built") / "book")
    result = build(folder)
    assert (result.returncode, result.stderr) == (0, "")
    return folder


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The tiny book, not yet built, for one test to change."""
    return make_book(tmp_path / "book")


def soup(folder: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup(page(folder, name), "html.parser")


def text(folder: Path, name: str) -> str:
    article = soup(folder, name).select_one("article")
    assert article is not None
    return re.sub(r"\s+", " ", article.get_text())


def test_a_result_stands_in_the_prose_of_its_page_and_of_others(built: Path) -> None:
    assert "The letter has 2,032 words." in text(built, "chapters/counts")
    assert "Elsewhere 2,032 words were counted" in text(built, "chapters/uses")
    assert "at a rate of 2.3 (1.8 to 2.9)." in text(built, "index")


def test_a_result_leads_to_its_evidence_from_every_page(built: Path) -> None:
    def target(name: str) -> str:
        return str(soup(built, name).select_one("a.mv-n")["href"])

    assert target("chapters/counts") == "passages.html#letter-p1"
    assert target("index") == "chapters/passages.html#letter-p1"


def test_links_in_prose_and_in_tables_lead_to_the_passages(built: Path) -> None:
    links = soup(built, "chapters/counts").select("a.mv-evidence")
    assert [a["href"] for a in links] == [
        "passages.html#letter-p1-s2",
        "passages.html#letter-p1-s1",
    ]
    (link,) = soup(built, "chapters/uses").select("a.mv-evidence")
    assert (link.get_text(), link["href"]) == ("here", "passages.html#letter-p1")
    assert "evidence:" not in page(built, "chapters/counts")


def test_recording_a_result_leaves_no_trace_on_the_page(built: Path) -> None:
    shown = soup(built, "chapters/counts").select(".cell_output")
    assert len(shown) == 1
    assert "letter-words:" not in shown[0].get_text()


def test_a_reading_shows_where_its_conditions_hold(built: Path) -> None:
    readings = soup(built, "chapters/counts").select(".mv-reading")
    assert "A long letter, of 2,032 words" in readings[0].get_text()
    assert readings[0]["role"] == "note"


def test_a_reading_whose_condition_fails_gives_way_to_the_numbers(built: Path) -> None:
    reading = soup(built, "chapters/counts").select(".mv-reading")[1].get_text()
    assert "A very long letter" not in reading
    assert "to be written" in reading
    assert "letter-words > 10000" in reading
    assert "letter-words = 2,032" in reading


def test_a_reading_of_another_corpus_gives_way_and_unknown_names_are_no_mistake(
    built: Path,
) -> None:
    reading = soup(built, "chapters/counts").select(".mv-reading")[2].get_text()
    assert "another corpus (another)" in reading
    assert "letter-words = 2,032" in reading
    assert "A letter of another corpus" not in page(built, "chapters/counts")


def test_the_book_is_named_as_its_corpus_says(built: Path) -> None:
    assert soup(built, "index").title.get_text() == "A tiny book — A Tiny Book"
    assert "Nobody" in soup(built, "index").select_one(".component-author").get_text()


def test_cells_know_where_the_corpus_is(built: Path) -> None:
    found = json.loads((built / "_build/jupyter_execute/chapters/counts.glue.json").read_text())
    value = found["corpus-file"]["metadata"]["manyvoices"]["value"]
    assert value == str(built / "data" / "corpus.yml")


def test_cells_run_on_the_python_that_builds(built: Path) -> None:
    (spec,) = (built / "_build").rglob("kernels/python3/kernel.json")
    spec = Path(
        built / "_build" / ".manyvoices" / "jupyter" / "kernels" / "python3" / "kernel.json"
    )
    assert json.loads(spec.read_text())["argv"][0] == sys.executable


def test_every_page_has_its_policy_and_no_hidden_script(built: Path) -> None:
    pages = list((built / "_build" / "html").rglob("*.html"))
    assert {p.name for p in pages} >= {"index.html", "counts.html", "search.html", "genindex.html"}
    for file in pages:
        content = file.read_text(encoding="utf-8")
        assert content.count("Content-Security-Policy") == 1, file
        assert "<script>alert" not in content, file
        assert not re.search(r"<[^>]+\son[a-z]+=", content), file


def test_no_page_and_no_style_sheet_loads_from_elsewhere(built: Path) -> None:
    site = built / "_build" / "html"
    for file in [*site.rglob("*.html"), *site.rglob("*.css")]:
        for match in LOADED.finditer(file.read_text(encoding="utf-8")):
            address = next(filter(None, match.groups()), "").strip("'\"")
            assert not re.match(r"(?:[a-z]+:)?//", address), f"{file}: {address}"


def test_everything_that_a_page_loads_is_there(built: Path) -> None:
    for file in (built / "_build" / "html").rglob("*.html"):
        for match in LOADED.finditer(file.read_text(encoding="utf-8")):
            address = re.split("[?#]", next(filter(None, match.groups()), ""))[0]
            assert (file.parent / address).exists(), f"{file}: {address}"


def test_the_first_page_is_light(built: Path) -> None:
    import gzip

    file = built / "_build" / "html" / "index.html"
    loaded = {file}
    for match in LOADED.finditer(file.read_text(encoding="utf-8")):
        address = next(filter(None, match.groups()), "").partition("?")[0]
        loaded.add((file.parent / address).resolve())
    weight = sum(len(gzip.compress(path.read_bytes())) for path in loaded)
    assert weight < 250_000


def test_only_what_pages_show_is_published_of_the_sources(built: Path) -> None:
    site = built / "_build" / "html"
    assert not (site / "_sources").exists()
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    assert "chapters/counts" in index
    assert not re.search(r"\bvery\b", index), "a reading that gave way is in the search index"


def test_each_chapter_with_cells_lies_beside_its_page_as_a_notebook(built: Path) -> None:
    link = soup(built, "chapters/counts").select_one(".mv-notebook a")
    file = (built / "_build/html/chapters" / str(link["href"])).resolve()
    notebook = json.loads(file.read_text(encoding="utf-8"))
    assert all(not cell.get("outputs") for cell in notebook["cells"])
    assert not soup(built, "chapters/passages").select(".mv-notebook")


def test_each_chapter_is_executed_once_and_no_more_when_it_is_read(built: Path) -> None:
    assert runs(built) == ["counts", "uses"]


def test_jupyter_book_by_itself_builds_the_same_pages(built: Path, tmp_path: Path) -> None:
    other = make_book(tmp_path / "book")
    result = jupyter_book(other)
    assert result.returncode == 0, result.stderr
    assert "warning" not in result.stderr.lower()
    assert _site(other) == _site(built)
    assert runs(other) == ["counts", "uses"]


def _site(folder: Path) -> dict[str, str]:
    """The text of every file of the site, less the folder where it was made."""
    site = folder / "_build" / "html"
    return {
        file.relative_to(site).as_posix(): file.read_bytes().decode("utf-8", "replace")
        for file in sorted(site.rglob("*"))
        if file.is_file() and file.name != ".buildinfo"
    }


def test_nothing_is_built_when_nothing_has_changed(book: Path) -> None:
    assert "Built" in build(book).stdout
    index = book / "_build" / "html" / "index.html"
    before = index.stat().st_mtime_ns
    result = build(book)
    assert (result.returncode, result.stdout[:7]) == (0, "Nothing")
    assert index.stat().st_mtime_ns == before
    index.unlink()
    assert "Built" in build(book).stdout
    assert index.is_file()


def test_an_edit_of_prose_executes_nothing(book: Path) -> None:
    build(book)
    edit(book / "chapters" / "uses.md", "Elsewhere", "In another place")
    assert build(book).returncode == 0
    assert "In another place" in page(book, "chapters/uses")
    assert runs(book) == ["counts", "uses"]


def test_a_page_that_shows_a_changed_result_of_another_is_written_anew(book: Path) -> None:
    build(book)
    edit(book / "chapters" / "counts.md", "2032", "2033")
    assert build(book).returncode == 0
    assert "Elsewhere 2,033 words" in text(book, "chapters/uses")
    assert "2,033" in text(book, "index")
    assert runs(book) == ["counts", "counts", "uses"]


def test_a_page_follows_a_passage_that_moves(book: Path) -> None:
    build(book)
    edit(book / "chapters" / "passages.md", "letter-p1\n", "")
    edit(book / "index.md", "# A tiny book\n", "# A tiny book\n\n```{passages}\nletter-p1\n```\n")
    assert build(book).returncode == 0
    assert "../index.html#letter-p1" in page(book, "chapters/uses")


def test_a_change_of_the_corpus_executes_every_chapter_again(book: Path) -> None:
    build(book)
    (book / "data" / "raw" / "letter.txt").write_text("Another letter.\n", encoding="utf-8")
    assert build(book).returncode == 0
    assert runs(book) == ["counts", "counts", "uses", "uses"]


def test_a_change_of_the_library_executes_every_chapter_again(book: Path) -> None:
    """The lock stands for the library, whose own files a test leaves alone."""
    build(book)
    (book / "requirements.txt").write_text("pandas==3\n", encoding="utf-8")
    assert jupyter_book(book).returncode == 0
    assert runs(book) == ["counts", "counts", "uses", "uses"]


def test_another_corpus_gives_another_book_in_its_own_folder(book: Path) -> None:
    other = book / "elsewhere"
    other.mkdir()
    description = (book / "data" / "corpus.yml").read_text(encoding="utf-8")
    description = description.replace("id: tiny", "id: another").replace("A Tiny Book", "Other")
    (other / "corpus.yml").write_text(description.replace("raw/letter", "letter"), encoding="utf-8")
    (other / "letter.txt").write_text("A letter.\n", encoding="utf-8")
    edit(book / "chapters" / "counts.md", "essay-words > 5 ; ", "")
    result = build(book, "elsewhere/corpus.yml", "--to", str(book / "out"))
    assert result.returncode == 0, result.stderr
    assert "<title>Counts — Other</title>" in page(book, "chapters/counts", "out")
    readings = BeautifulSoup(page(book, "chapters/counts", "out"), "html.parser").select(
        ".mv-reading"
    )
    assert ["to be written" in reading.get_text() for reading in readings] == [True, True, False]
    assert not (book / "_build").exists()


def test_a_page_that_left_the_book_leaves_the_site(book: Path) -> None:
    build(book)
    edit(book / "_toc.yml", "  - file: chapters/uses\n", "")
    assert build(book).returncode == 0
    assert not (book / "_build/html/chapters/uses.html").exists()
    assert not (book / "_build/html/notebooks/chapters/uses.ipynb").exists()


def test_a_failing_cell_stops_the_build_and_is_named(book: Path) -> None:
    edit(book / "chapters" / "uses.md", '    print("uses", file=log)', "    1 / 0")
    for result in (build(book), jupyter_book(book)):
        assert result.returncode != 0
        assert "chapters/uses.md:14: code cell 1 failed: ZeroDivisionError" in result.stderr
        assert "    1 / 0" in result.stderr


MISTAKES = {
    "an unknown result": ("{n}`nobody`", "no cell records the result `nobody`"),
    "an unknown passage": ("{evidence}`there <nowhere>`", "no page has the passage `nowhere`"),
    "an unknown passage in a link": ("[there](evidence:nowhere)", "no page has the passage"),
    "a result in a heading": ("## Of {n}`rate`", "a heading cannot cite a result"),
    "a reading without conditions": ("```{reading}\n:corpus: tiny\nText\n```", "needs :holds:"),
    "a condition that is none": (
        "```{reading}\n:corpus: another\n:holds: rate > 1 + 1\n\nText\n```",
        "no condition",
    ),
    "a reading of an unknown result": (
        "```{reading}\n:corpus: tiny\n:holds: nobody > 1\n\nText\n```",
        "no cell records the result `nobody`",
    ),
    "a comparison that cannot be made": (
        "```{reading}\n:corpus: tiny\n:holds: corpus-file > 1\n\nText\n```",
        "compares",
    ),
}


def test_every_mistake_is_reported_with_its_line_and_again_by_the_next_build(book: Path) -> None:
    index = book / "index.md"
    start = index.read_text(encoding="utf-8")
    texts = [text for text, _ in MISTAKES.values()]
    index.write_text(start + "\n" + "\n\n".join(texts) + "\n", encoding="utf-8")
    first, second = build(book), build(book)
    assert first.returncode == second.returncode == 1
    for name, (_, message) in MISTAKES.items():
        lines = [line for line in first.stderr.splitlines() if message in line]
        assert lines, name
        assert any(re.search(r"index\.md:\d+: WARNING", line) for line in lines), name
        assert any(message in line for line in second.stderr.splitlines()), name


def test_a_name_that_two_cells_record_is_a_mistake(book: Path) -> None:
    cell = 'from manyvoices.book.show import say\n\nsay("rate", 3)\n'
    text = f"{HEADER}# More\n\n```{{code-cell}} ipython3\n{cell}```\n"
    (book / "chapters" / "passages.md").write_text(
        text + "\n```{passages}\nletter-p1\nletter-p1-s1\nletter-p1-s2\n```\n", encoding="utf-8"
    )
    result = build(book)
    assert result.returncode == 1
    assert "the result `rate` is recorded on several pages" in result.stderr


def test_a_mistake_in_the_description_is_reported_with_its_line(book: Path) -> None:
    edit(book / "data" / "corpus.yml", "  title: A Tiny Book\n", "  titel: A Tiny Book\n")
    result = build(book)
    assert result.returncode == 1
    assert re.search(r"corpus\.yml:\d+: `book\.tit", result.stderr)


def test_another_jupyter_book_is_refused(book: Path) -> None:
    program = (
        "import manyvoices.book.config as config; config.version = lambda name: '2.0.1'; "
        "from manyvoices.cli import app; app(['book'])"
    )
    result = run(book, "-c", program)
    assert result.returncode == 1
    assert "jupyter-book 1.0.4.post1; 2.0.1 is installed" in result.stderr


def test_the_single_page_resolves_the_same_links(book: Path) -> None:
    result = jupyter_book(book, "-W", "-n", "--builder", "singlehtml")
    assert result.returncode == 0, result.stderr
    content = (book / "_build" / "singlehtml" / "index.html").read_text(encoding="utf-8")
    tree = BeautifulSoup(content, "html.parser")
    links = [str(a["href"]) for a in tree.select("a.mv-n, a.mv-evidence")]
    assert links
    assert all(link.startswith("#letter-p1") and tree.find(id=link[1:]) for link in links)
    assert "Content-Security-Policy" in content


def test_notebooks_are_written_for_every_chapter_with_cells(book: Path) -> None:
    result = run(book, "-m", "manyvoices.cli", "notebooks", "--to", "out")
    assert result.returncode == 0, result.stderr
    written = sorted(
        p.relative_to(book / "out").as_posix() for p in (book / "out").rglob("*.ipynb")
    )
    assert written == ["chapters/counts.ipynb", "chapters/uses.ipynb"]
