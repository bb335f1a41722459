"""The directives that set the texts themselves: {sources}, each passage under its own anchor.

Everything comes from the public view of the corpus. A source that may be cited, and not
reproduced, is set as anchors without its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bs4 import BeautifulSoup
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from manyvoices.book.config import corpus_path
from manyvoices.book.domain import domain_of
from manyvoices.book.nodes import EvidenceReference, LayersPlace, Run
from manyvoices.documents import Document
from manyvoices.settings import Source

if TYPE_CHECKING:  # what is heavy is loaded only by a build that sets the texts anew
    from manyvoices.corpus import Corpus

WITHHELD = "mv-withheld"
KINDS = {
    "quotation": "a quotation",
    "echo": "an echo of another’s words",
    "scare-quote": "a scare quote",
    "title": "a title",
}


class Span(NamedTuple):
    """A stretch of a document, by code points."""

    start: int
    end: int


class Sentence(NamedTuple):
    """A sentence with its anchor and its words."""

    id: str
    paragraph: str
    start: int
    end: int
    words: int


class Quotation(NamedTuple):
    """A coded pair of quotation marks."""

    start: int
    end: int
    kind: str
    whose: str


class SourcesDirective(SphinxDirective):
    """{sources}: all texts that may be shown, in the order of their files."""

    def run(self) -> list[nodes.Node]:
        """A legend, then a section for each source."""
        from manyvoices.corpus import Corpus

        corpus = Corpus.load(corpus_path(Path(self.env.srcdir))).public()
        page = SourcesPage(corpus)
        self._note_anchors(corpus)
        return [*page.legend(), LayersPlace(), *page.sections()]

    def _note_anchors(self, corpus: Corpus) -> None:
        domain = domain_of(self.env)
        sentences = corpus.sentences
        for anchors in (corpus.by_id, sentences["paragraph"].unique(), sentences["sentence"]):
            for anchor in anchors:
                domain.note_anchor(anchor)


class SourcesPage:
    """The nodes of the texts of a corpus."""

    def __init__(self, corpus: Corpus) -> None:
        from manyvoices.coding import read_quotations

        self.corpus = corpus
        self.sentences = {
            document: [Sentence(*row) for row in rows[list(Sentence._fields)[1:]].itertuples()]
            for document, rows in corpus.sentences.set_index("sentence").groupby("document")
        }
        self.quotations = {
            document: [Quotation(*row) for row in rows[list(Quotation._fields)].to_numpy()]
            for document, rows in read_quotations(corpus).groupby("document")
        }

    def legend(self) -> list[nodes.paragraph]:
        """How the kinds of quotation marks that were coded look."""
        coded = {quotation.kind for of in self.quotations.values() for quotation in of}
        if not coded:
            return []
        legend = nodes.paragraph("", "Words in quotation marks are marked as ")
        for i, kind in enumerate(kind for kind in KINDS if kind in coded):
            legend += [nodes.Text(", ")] if i else []
            legend += nodes.inline("", KINDS[kind], classes=["mv-quoted", f"mv-{kind}"])
        legend += nodes.Text(".")
        return [legend]

    def sections(self) -> Iterator[nodes.section]:
        """One section a source: what it is, whose it is, then its documents."""
        for name, documents in groupby(self.corpus.documents, key=lambda document: document.source):
            source = self.corpus.settings.sources[name]
            section = _section(f"source-{name}", source.title)
            section += _source_facts(source)
            for document in documents:
                section += self._document(document, source)
            yield section

    def _document(self, document: Document, source: Source) -> nodes.section:
        section = _section(document.id, self._heading(document))
        section["support_smartquotes"] = False  # the text stays as its writer typed it
        section["answers"] = document.reply_to
        section["classes"] += ["mv-document", f"mv-kind-{document.kind}", *self._voice(document)]
        section += self._facts(document)
        section += self._help(document)
        if source.publish == "cited":
            section += self._without_words(document)
            return section
        for paragraph in document.paragraphs:
            anchor = document.paragraph_id(paragraph)
            node = nodes.paragraph(ids=[anchor], classes=["mv-passage", f"mv-{paragraph.kind}"])
            node += _permalink(anchor, paragraph.label)
            for i, sentence in enumerate(self._in_paragraph(document, anchor)):
                node += [nodes.Text(" ")] if i else []
                node += self._sentence(document, sentence)
            section += node
        return section

    def _in_paragraph(self, document: Document, anchor: str) -> list[Sentence]:
        return [s for s in self.sentences[document.id] if s.paragraph == anchor]

    def _heading(self, document: Document) -> str:
        voice = self.corpus.settings.voices.get(document.voice or "")
        role = self.corpus.roles[document.person]
        if document.number:
            return f"Comment {document.number}, by {role}"
        if voice:
            return voice.label if voice.one_author else f"{document.id}, by {role}"
        return document.id.replace("-", " ").capitalize()

    def _voice(self, document: Document) -> list[str]:
        """The class of the document’s colour."""
        voices = list(self.corpus.settings.voices)
        return [f"mv-voice-{voices.index(document.voice) % 6 + 1}"] if document.voice else []

    def _facts(self, document: Document) -> nodes.paragraph:
        """A line on the document: what it answers, its date, its likes, whether it is counted."""
        facts = nodes.paragraph(classes=["mv-facts"])
        for i, fact in enumerate(self._list_facts(document)):
            facts += [nodes.Text(" · ")] if i else []
            facts += fact
        return facts

    def _help(self, document: Document) -> list[nodes.paragraph]:
        """Beside a withheld passage: where help can be found."""
        passages = any(not mask.role for mask in self.corpus.masks.get(document.id, ()))
        text = self.corpus.settings.book.help if passages else ""
        return [nodes.paragraph("", text, classes=["mv-help"])] if text else []

    def _list_facts(self, document: Document) -> Iterator[list[nodes.Node]]:
        words = sum(sentence.words for sentence in self.sentences[document.id])
        yield [nodes.Text(f"{words:,} {'word' if words == 1 else 'words'}")]
        if document.voice not in self.corpus.voices:
            yield [nodes.Text("shown, not counted")]
        if document.reply_to:
            yield [nodes.Text("answers "), self._other(document.reply_to)]
        if document.indent_parent and document.indent_parent != document.reply_to:
            yield [
                nodes.Text("indented on the page under "),
                self._other(document.indent_parent),
                nodes.Text(f" ({document.reply_confidence}: {document.reply_reason})"),
            ]
        if document.likes is not None:
            yield [nodes.Text(f"liked by {document.likes}")]
        if document.date:
            yield [nodes.Text(document.date)]

    def _other(self, document: str) -> nodes.Node:
        """A link to another text, if that is shown: a post may answer one that was deleted."""
        if document in self.corpus.by_id:
            return _evidence(document)
        return nodes.Text(f"{document}, which is not here")

    def _without_words(self, document: Document) -> nodes.paragraph:
        node = nodes.paragraph(
            "", "The text is not reproduced; it is quoted by the sentence. Its sentences: "
        )
        by_paragraph = groupby(self.sentences[document.id], key=lambda s: s.paragraph)
        for paragraph, sentences in by_paragraph:
            part = nodes.inline(ids=[paragraph])
            for sentence in sentences:
                label = f"{sentence.id.removeprefix(document.id + '-')} ({sentence.words} words) "
                part += nodes.inline("", label, ids=[sentence.id])
            node += part
        return node

    def _sentence(self, document: Document, sentence: Sentence) -> nodes.inline:
        node = nodes.inline(ids=[sentence.id], classes=["mv-sentence"])
        node["document"], node["voice"] = document.id, self._voice_label(document)
        at = sentence.start
        for quotation in self._quoted(document, sentence):
            node += self._text(document, Span(at, quotation.start))
            node += self._quotation(document, quotation)
            at = quotation.end
        node += self._text(document, Span(at, sentence.end))
        return node

    def _quoted(self, document: Document, sentence: Sentence) -> Iterator[Quotation]:
        """The outermost quotations that lie within the sentence, in order."""
        at = sentence.start
        for quotation in sorted(self.quotations.get(document.id, [])):
            if at <= quotation.start and quotation.end <= sentence.end:
                yield quotation
                at = quotation.end

    def _quotation(self, document: Document, quotation: Quotation) -> nodes.inline:
        node = nodes.inline(classes=["mv-quoted", f"mv-{quotation.kind}"])
        node += self._text(document, Span(quotation.start, quotation.end))
        whose = f", {quotation.whose}" if quotation.whose else ""
        node += nodes.inline(
            "", f" ({KINDS.get(quotation.kind, quotation.kind)}{whose})", classes=["mv-hidden"]
        )
        return node

    def _text(self, document: Document, span: Span) -> Iterator[nodes.Node]:
        at = span.start
        for text, mask in self.corpus.pieces(document, span.start, span.end):
            if mask:
                yield nodes.inline("", text, classes=["mv-role" if mask.role else WITHHELD])
                at = mask.end
            elif text:
                yield Run("", text, start=at)
                at += len(text)

    def _voice_label(self, document: Document) -> str:
        voice = self.corpus.settings.voices.get(document.voice or "")
        return (voice.short or voice.label) if voice else ""


def _section(anchor: str, title: str) -> nodes.section:
    section = nodes.section(ids=[anchor])
    section += nodes.title("", title)
    return section


def _source_facts(source: Source) -> Iterator[nodes.paragraph]:
    yield nodes.paragraph("", source.citation)
    yield nodes.paragraph("", f"Rights: {source.rights}")
    if source.url:
        paragraph = nodes.paragraph("", "Found at ")
        paragraph += nodes.reference("", source.url, refuri=source.url)
        yield paragraph


def _permalink(anchor: str, label: str) -> nodes.inline:
    """The passage’s own address, beside it."""
    node = nodes.inline(classes=["mv-permalink"])
    node += nodes.reference("", label, refid=anchor, internal=True)
    return node


def _evidence(anchor: str) -> EvidenceReference:
    return EvidenceReference(anchor, anchor, anchor=anchor)


def nest_contents(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Let the contents beside the texts be the tree of answers."""
    sections = doctree.findall(nodes.section) if doctree else ()
    answers = {
        section["ids"][0]: section["answers"] for section in sections if "answers" in section
    }
    if any(answers.values()):
        context["toc"] = nested(context["toc"], answers)


def nested(contents: str, answers: Mapping[str, str | None]) -> str:
    """A list of contents in which every text stands below the one that it answers."""
    soup = BeautifulSoup(contents, "html.parser")
    entries = {str(link["href"]).removeprefix("#"): link.find_parent("li") for link in soup("a")}
    for text, answered in answers.items():
        parent, entry = entries.get(answered) if answered else None, entries.get(text)
        if parent and entry and entry not in parent.parents:
            branch = parent.find("ul", recursive=False) or soup.new_tag("ul")
            parent.append(branch)
            branch.append(entry)
    return str(soup)


def setup(app: Sphinx) -> None:
    """Register the directive, and what is done to the contents of its page."""
    app.add_directive("sources", SourcesDirective)
    app.connect("html-page-context", nest_contents)
