"""The directive {concordancer}: a search of the published texts, which the reader's browser does.

The page holds a sentence for readers without JavaScript, and says what is not searched. The form,
the worker and the texts are scripts of this page alone.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from manyvoices.book.config import corpus_path
from manyvoices.book.domain import domain_of
from manyvoices.book.markup import escape
from manyvoices.book.nodes import Concordancer
from manyvoices.errors import ManyVoicesError

if TYPE_CHECKING:  # what is heavy is loaded only by a build that writes the page anew
    from manyvoices.corpus import Corpus

FOLDER = "concordance"
MARK = 'id="mv-concordancer"'
SCRIPTS = ("concordancer-search.js", "concordancer.js")
STYLE = "concordancer.css"
MORE_EXAMPLES = ("no|not *", "@be", "the ... of", "/.*(tion|ment)s?/")
LONG = 6  # letters, so that no word of grammar is an example
LOOKED_AT = 200_000  # tokens, in which examples are sought
WITHOUT = (
    "The search runs in your browser and needs JavaScript, which is switched off or not there. "
    "Lines for some words stand in the chapter on words in context, "
    "and manyvoices.concordance() searches without a browser."
)


class ConcordancerDirective(SphinxDirective):
    """A place for the search."""

    def run(self) -> list[nodes.Node]:
        """A node that stands for the search until it is known where every passage stands."""
        from manyvoices.corpus import Corpus

        for document in _load(Path(self.env.srcdir), Corpus).by_id:
            domain_of(self.env).note_use("anchor", document)
        node = Concordancer()
        self.set_source_info(node)
        return [node]


class ResolveConcordancer(SphinxPostTransform):
    """Put the search in its place, and its data beside the page."""

    default_priority = 4

    def run(self, **kwargs: Any) -> None:
        """Fill every place of the page."""
        for node in list(self.document.findall(Concordancer)):
            node.replace_self(list(self._search()))

    def _search(self) -> Iterable[nodes.Node]:
        from manyvoices.corpus import Corpus

        corpus = _load(Path(self.env.srcdir), Corpus)
        yield self._place(corpus)
        yield from _left_out(corpus)

    def _place(self, corpus: Corpus) -> nodes.Node:
        """Where the search will stand; a sentence on a page, or of a corpus, that can have none."""
        if self.app.builder.name != "html":
            return nodes.paragraph("", WITHOUT)
        try:
            return nodes.raw("", self._markup(corpus), format="html")
        except ManyVoicesError as error:
            return nodes.paragraph("", str(error))

    def _markup(self, corpus: Corpus) -> str:
        from manyvoices.book.concordance_data import as_script, pack, searchable

        scripts = [as_script(i, part) for i, part in enumerate(pack(corpus, self._page_of))]
        written = {
            "parts": json.dumps([self._write(i, text) for i, text in enumerate(scripts)]),
            "bytes": sum(len(text.encode()) for text in scripts),
            "examples": json.dumps(examples(searchable(corpus))),
        }
        data = " ".join(f'data-{name}="{escape(value)}"' for name, value in written.items())
        return f'<div {MARK} class="mv-kc" {data}><p>{escape(WITHOUT)}</p></div>'

    def _page_of(self, document: str) -> str:
        """The address, from this page, of the one on which a document stands."""
        address = domain_of(self.env).uri(document, self.env.docname) or ""
        return address.partition("#")[0]

    def _write(self, index: int, text: str) -> str:
        """Write a script; its address from this page, which changes with what it holds."""
        builder = self.app.builder
        folder = Path(builder.outdir, FOLDER)
        if not index:
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        name = f"part-{index}.js"
        (folder / name).write_text(text, encoding="utf-8")
        here = builder.get_target_uri(self.env.docname)
        digest = hashlib.sha256(text.encode()).hexdigest()[:8]
        return f"{relative_uri(here, f'{FOLDER}/{name}')}?v={digest}"


def _load(book: Path, kind: type[Corpus]) -> Corpus:
    return kind.load(corpus_path(book)).public()


def _left_out(corpus: Corpus) -> Iterable[nodes.Node]:
    """A sentence on the texts that may be quoted from, and not searched as a whole."""
    sources = corpus.settings.sources
    present = dict.fromkeys(document.source for document in corpus.documents)
    cited = [sources[name].title for name in present if sources[name].publish == "cited"]
    if cited:
        titles = "; ".join(cited)
        text = f"Not searched here, since it may be quoted and not reproduced: {titles}."
        yield nodes.paragraph("", text)


def examples(corpus: Corpus) -> dict[str, list[str]]:
    """Queries that find something: `first` words, a phrase, a beginning; `more` of other kinds."""
    from manyvoices.measures import concordance

    words, phrases = _frequent(corpus)
    beginnings = Counter(word[:LONG] for word in words if len(word) > LONG)
    usual = [query for query in corpus.settings.nodes.values() if query.isalpha()]
    first = [
        *[*usual, *(word for word, _ in words.most_common(2))][:2],
        *(f'"{phrase}"' for phrase, _ in phrases.most_common(1)),
        *(f"{beginning}*" for beginning, _ in beginnings.most_common(1)),
    ]
    more = [query for query in MORE_EXAMPLES if _is_met(concordance, corpus, query)]
    return {"first": list(dict.fromkeys(first)), "more": more}


def _frequent(corpus: Corpus) -> tuple[Counter[str], Counter[str]]:
    """How often the long words of the first texts stand there, and two of them side by side."""
    from manyvoices.text.folding import fold

    def long_words() -> Iterator[str]:
        for shard in corpus.selected:
            shown = [
                fold(name) if len(name) >= LONG and name.isalpha() and not hide else ""
                for name, hide in zip(shard.vocabulary, shard.hidden_types.tolist(), strict=True)
            ]
            yield from (shown[kind] for kind in shard.types.tolist())

    run = list(islice(long_words(), LOOKED_AT))
    phrases = Counter(f"{one} {two}" for one, two in pairwise(run) if one and two)
    return Counter(filter(None, run)), phrases


def _is_met(concordance: Any, corpus: Corpus, query: str) -> bool:
    try:
        return bool(len(concordance(corpus, query, limit=1)))
    except ManyVoicesError:  # a language without lemmas has no example of one
        return False


def add_scripts(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Load the scripts and the style on the page that has the search, and on no other."""
    if MARK in context.get("body", ""):
        app.add_css_file(STYLE, priority=910)
        for script in SCRIPTS:
            app.add_js_file(script, defer="defer")


def setup(app: Sphinx) -> None:
    """Register the directive, the transform that fills its place, and the page's scripts."""
    app.add_directive("concordancer", ConcordancerDirective)
    app.add_post_transform(ResolveConcordancer)
    app.connect("html-page-context", add_scripts)
