"""The browser answers queries as Python does: the same rows, in the same order, or an error."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from manyvoices import concordance
from manyvoices.book import concordance_data as data
from manyvoices.corpus import Corpus
from manyvoices.errors import ManyVoicesError
from tests.browser.queries import Asked, Grammar
from tests.site.books import CORPORA

pytestmark = pytest.mark.browser
SCRIPT = Path(data.__file__).parent / "static" / "concordancer-search.js"
COLUMNS = ["document", "voice", "sentence", "start", "end", "left", "node", "right"]
QUERIES = 150  # for each corpus, beside those that are always asked
MOST_ROWS = 400
ASK = """([parts, asked, most]) => {
  const search = manyvoicesSearch();
  search.answer({ ask: "open", head: parts[0], parts: parts.slice(1) });
  return asked.map((options) => {
    const told = search.answer({ ask: "search", options, rows: most });
    if (told.refused) return null;
    const rows = told.answer.first.map((row) =>
      [row.document, row.voice, row.sentence, row.start, row.end, row.left, row.node, row.right]);
    return { hits: told.answer.hits, rows, voices: told.answer.voices };
  });
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page with the page's own script."""
    page = browser.new_page()
    page.add_script_tag(path=SCRIPT)
    yield page
    page.close()


def packed(corpus: Corpus) -> list[data.Json]:
    return data.pack(corpus, lambda document: "sources.html")


def by_python(corpus: Corpus, asked: Asked) -> dict[str, Any] | None:
    """The number of hits and the first rows; None where the query is refused."""
    options = {name: value for name, value in asked.items() if name != "query"}
    try:
        found = concordance(corpus, str(asked["query"]), **options)  # type: ignore[arg-type]
    except ManyVoicesError:
        return None
    found["voice"] = found["voice"].fillna("")
    return {"hits": len(found), "rows": found.head(MOST_ROWS)[COLUMNS].to_numpy().tolist()}


@pytest.mark.parametrize("name", ["own", "forum", "hostile", "blog", "plain"])
def test_the_browser_finds_what_python_finds(page: Page, name: str) -> None:
    whole = Corpus.load(CORPORA[name])
    corpus = data.searchable(whole)
    asked = list(Grammar(corpus, seed=20170307).queries(QUERIES))
    told = page.evaluate(ASK, [packed(whole), asked, MOST_ROWS])
    wanted = [by_python(corpus, one) for one in asked]

    differing = [
        one
        for one, here, there in zip(asked, told, wanted, strict=True)
        if (here and {"hits": here["hits"], "rows": here["rows"]}) != there
    ]
    assert len(asked) > 200
    assert sum(bool(one and one["hits"]) for one in wanted) > 50
    assert sum(one is None for one in wanted) > 20
    assert differing == []
