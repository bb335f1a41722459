"""The concordancer's page about a corpus of a million words, in a real browser.

    python -m benchmarks.concordancer TEXT [--words 1000000]

TEXT is any file of text in UTF-8, one document a line, plain or compressed by xz. Written out as
JSON: the words, tokens and types; the seconds of processor time that it takes to pack them; the
kilobytes to be downloaded, as they are and compressed by gzip; the milliseconds from the page's
beginning to load them until the first query could be asked; and for each of some queries the hits
and the milliseconds from Enter until the first lines were painted, the median of some runs, and
the same sorted by the word to the right. The page is opened from a folder, and needs no book.
"""

from __future__ import annotations

import gzip
import json
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.common import arguments, read_corpus, write
from manyvoices.book import concordance_data as data
from manyvoices.book.concordancer import SCRIPTS, STYLE
from manyvoices.corpus import Corpus
from tools.browser import ensure

RUNS = 5
STATIC = Path(data.__file__).parent / "static"
QUERIES = (
    *("therapy", "the", "*", "of the", "behav*", "@go", "/.*(tion|ment)s?/", "not ... the"),
    *("the|a|an *ing", "xylophone"),
)
# From Enter to the frame after the one in which the lines were first there.
ASK = """([query, sort]) => new Promise((done) => {
  const field = document.getElementById("mv-kc-query");
  const results = document.querySelector(".mv-kc-results");
  const status = document.querySelector(".mv-kc-status");
  document.getElementById("mv-kc-sort").value = sort;
  results.replaceChildren();
  status.textContent = "";
  field.value = query;
  const began = performance.now();
  const seen = new MutationObserver(() => {
    if (!/hit|No hits/.test(status.textContent)) return;
    seen.disconnect();
    const told = () => done([performance.now() - began, status.textContent]);
    requestAnimationFrame(() => setTimeout(told));
  });
  seen.observe(status, { childList: true, characterData: true, subtree: true });
  document.querySelector(".mv-kc-form").requestSubmit();
})"""


def write_page(corpus: Corpus, folder: Path) -> tuple[Path, dict[str, object]]:
    """The page in a folder, and what its data weigh and took."""
    began = time.process_time()
    parts = data.pack(corpus, lambda document: "sources.html")
    scripts = [data.as_script(i, part) for i, part in enumerate(parts)]
    seconds = time.process_time() - began
    for i, script in enumerate(scripts):
        (folder / f"part-{i}.js").write_text(script, encoding="utf-8")
    size = sum(len(script.encode()) for script in scripts)
    names = json.dumps([f"part-{i}.js" for i in range(len(scripts))])
    sources = "".join(f"<script src='{STATIC / name}'></script>" for name in SCRIPTS)
    page = folder / "index.html"
    page.write_text(
        f"<!doctype html><meta charset=utf-8><link rel=stylesheet href='{STATIC / STYLE}'>"
        f"<article class=bd-article><div id=mv-concordancer class=mv-kc data-parts='{names}' "
        f"data-bytes={size} data-examples='[]'></div></article>{sources}",
        encoding="utf-8",
    )
    packed = sum(len(gzip.compress(script.encode())) for script in scripts)
    return page, {
        "seconds to pack": round(seconds, 2),
        "kilobytes": round(size / 1000),
        "kilobytes compressed": round(packed / 1000),
    }


def in_browser(page: Page) -> dict[str, object]:
    """How long the texts take to load, and each query to be answered."""
    began = time.perf_counter()
    page.evaluate(ASK, ["xylophone", "position"])
    loaded = round(1000 * (time.perf_counter() - began))
    return {
        "milliseconds to load": loaded,
        "milliseconds to the first lines": {
            query: asked(page, query, "position") for query in QUERIES
        },
        "milliseconds sorted by the word to the right": {
            query: asked(page, query, "R1") for query in QUERIES[:4]
        },
    }


def asked(page: Page, query: str, sort: str) -> dict[str, object]:
    """The median of some runs, the first, and what the page said."""
    runs = [page.evaluate(ASK, [query, sort]) for _ in range(RUNS)]
    times = [round(taken, 1) for taken, _ in runs]
    return {"median": statistics.median(times), "first": times[0], "said": runs[0][1]}


def measure(corpus: Corpus) -> dict[str, object]:
    """All that is to be reported."""
    (shard,) = corpus.selected
    sizes = {
        "words": int(shard.words.sum()),
        "tokens": len(shard.types),
        "types": len(shard.vocabulary),
    }
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file, weights = write_page(corpus, Path(folder))
        browser = playwright.chromium.launch(executable_path=ensure())
        page = browser.new_page()
        page.goto(file.as_uri())
        times = in_browser(page)
        browser.close()
    return {**sizes, **weights, **times}


if __name__ == "__main__":
    given = arguments(__doc__, words=1_000_000)
    write(measure(read_corpus(given.text, given.words)))
