"""The directives that set the texts themselves: {sources}, each passage under its own anchor.

Everything comes from the public view of the corpus. A source that may be cited, and not
reproduced, is set as anchors without its words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from bs4 import BeautifulSoup, Tag
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from manyvoices.book.config import corpus_path
from manyvoices.book.domain import domain_of
from manyvoices.book.markup import linked, voice_colour
from manyvoices.book.nodes import EvidenceReference, LayersPlace, Run
from manyvoices.book.paging import Piece, pages_of, published
from manyvoices.book.parts import part_name
from manyvoices.documents import Document
from manyvoices.settings import Source

if TYPE_CHECKING:  # what is heavy is loaded only by a build that sets the texts anew
    from manyvoices.corpus import Corpus

WITHHELD = "mv-withheld"
WITHOUT_WORDS = "The text is not reproduced; it is quoted by the sentence. Its sentences:"
KINDS = {
    "quotation": "a quotation",
    "echo": "an echo of another’s words",
    "scare-quote": "a scare quote",
    "title": "a title",
}


SENTENCE = ["sentence", "paragraph", "start", "end", "words"]
PAGE_PARTS = ("notice", "related", "appeal")  # what stands on the page of an essay, beside it


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
    """{sources}: all texts that may be shown, in the order of their files; of many, one part.

    The option `part` is for the pages that follow the first where there are too many texts for one.
    """

    option_spec: ClassVar = {"part": int}

    def run(self) -> list[nodes.Node]:
        """A legend, then a section for each source."""
        file = corpus_path(Path(self.env.srcdir))
        corpus = published(file, self.config.manyvoices_fingerprint)
        page = SourcesPage(corpus, self.options.get("part", 1))
        self._note_anchors(page)
        listed = _list_parts(page, self.env.docname)
        place = LayersPlace(parts=len(page.parts))
        return [*listed, *page.legend(), place, *page.sections()]

    def _note_anchors(self, page: SourcesPage) -> None:
        domain = domain_of(self.env)
        for anchor in page.anchors():
            domain.note_anchor(anchor)


class SourcesPage:
    """The nodes of the texts of a corpus; of a large one, of the part `number`."""

    def __init__(self, corpus: Corpus, number: int = 1) -> None:
        from manyvoices.coding import read_quotations

        self.corpus = corpus
        self.sentences: dict[str, list[Sentence]] = defaultdict(list)  # of each paragraph
        for row in corpus.sentences[SENTENCE].itertuples(index=False, name=None):
            self.sentences[row[1]].append(Sentence(*row))
        self.quotations = {
            document: [Quotation(*row) for row in rows[list(Quotation._fields)].to_numpy()]
            for document, rows in read_quotations(corpus).groupby("document")
        }
        self.parts = pages_of(corpus)
        self.number = number

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

    def anchors(self) -> Iterator[str]:
        """The anchors of the documents that begin here, and of all paragraphs and sentences."""
        for piece in self.pieces:
            if piece.begins:
                yield piece.document.id
            for paragraph in piece.paragraphs:
                yield paragraph
                yield from (sentence.id for sentence in self.sentences[paragraph])

    @property
    def pieces(self) -> list[Piece]:
        """The documents that are shown."""
        return self.parts[self.number - 1]

    def sections(self) -> Iterator[nodes.section]:
        """One section a source: what it is, whose it is, then its documents."""
        before = {p.document.source for part in self.parts[: self.number - 1] for p in part}
        for name, pieces in groupby(self.pieces, key=lambda piece: piece.document.source):
            source = self.corpus.settings.sources[name]
            heading = self._source_heading(name, source)
            section = _section(self._anchor(f"source-{name}", name in before), heading)
            section += _source_facts(source)
            for piece in pieces:
                section += self._document(piece, source)
            yield section

    def _source_heading(self, name: str, source: Source) -> str:
        """Its title, but where its first text begins with that: it is not to be read twice."""
        first = next(document for document in self.corpus.documents if document.source == name)
        begins = first.paragraphs[0] if first.paragraphs else None
        text = first.text[begins.start : begins.end] if begins else ""
        repeated = text.split() == source.title.split()
        return name.replace("-", " ").capitalize() if repeated else source.title

    def _anchor(self, anchor: str, begun: bool) -> str:
        """The anchor; what begins on a page before has it there, and another one here."""
        return f"{anchor}-part-{self.number}" if begun else anchor

    def _document(self, piece: Piece, source: Source) -> nodes.section:
        document = piece.document
        section = _section(self._anchor(document.id, not piece.begins), self.heading(piece))
        section["support_smartquotes"] = False  # the text stays as its writer typed it
        section["answers"] = self._above(document) if piece.begins else None
        section["classes"] += ["mv-document", f"mv-kind-{document.kind}", *self._voice(document)]
        section += self._help(document)
        section += self._facts(piece)
        if source.publish == "cited":
            section += nodes.paragraph("", WITHOUT_WORDS)
            section += self._without_words(piece)
        else:
            section += self._passages(piece)
        return section

    def _passages(self, piece: Piece) -> Iterator[nodes.paragraph]:
        document = piece.document
        for paragraph in document.paragraphs[piece.start : piece.end]:
            anchor = document.paragraph_id(paragraph)
            node = nodes.paragraph(ids=[anchor], classes=["mv-passage", f"mv-{paragraph.kind}"])
            node += _permalink(anchor, paragraph.label)
            for i, sentences in enumerate(self._runs(document, self.sentences[anchor])):
                node += [nodes.Text(" ")] if i else []
                node += self._sentence(document, sentences)
            yield node

    def _runs(self, document: Document, sentences: list[Sentence]) -> Iterator[list[Sentence]]:
        """The sentences one by one; those that one passage hides from end to end, together."""
        hidden = [mask for mask in self.corpus.masks.get(document.id, ()) if not mask.role]

        def hiding(sentence: Sentence) -> int | None:
            within = (m.start <= sentence.start and sentence.end <= m.end for m in hidden)
            return next((i for i, yes in enumerate(within) if yes), None)

        for number, together in groupby(sentences, key=hiding):
            run = list(together)
            yield from [run] if number is not None else ([one] for one in run)

    def _above(self, document: Document) -> str | None:
        """The text below which the contents have it: what it answers, or the essay of its page."""
        if document.kind not in PAGE_PARTS or document.reply_to:
            return document.reply_to
        same = (other for other in self.corpus.documents if other.source == document.source)
        return next((other.id for other in same if other.kind == "essay"), None)

    def heading(self, piece: Piece) -> str:
        """What stands over the document; over a further piece of it, that it goes on."""
        heading = self._heading(piece.document)
        return heading if piece.begins else f"{heading}, continued"

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
        return [f"mv-voice-{voice_colour(voices.index(document.voice))}"] if document.voice else []

    def _facts(self, piece: Piece) -> nodes.paragraph:
        """A line on the document: what it answers, its date, its likes, whether it is counted."""
        facts = nodes.paragraph(classes=["mv-facts"])
        document = piece.document
        begun = [nodes.Text("begins at "), _evidence(document.id)]
        for i, fact in enumerate(self._list_facts(document) if piece.begins else [begun]):
            facts += [nodes.Text(" · ")] if i else []
            facts += fact
        return facts

    def _help(self, document: Document) -> list[nodes.paragraph]:
        """Over a document with a passage that is withheld for it: where help can be found."""
        settings = self.corpus.settings
        asked = any(one.help for one in settings.withheld if one.document == document.id)
        text = settings.book.help if asked else ""
        return [nodes.paragraph("", "", *_linked(text), classes=["mv-help"])] if text else []

    def _list_facts(self, document: Document) -> Iterator[list[nodes.Node]]:
        paragraphs = map(document.paragraph_id, document.paragraphs)
        words = sum(sentence.words for one in paragraphs for sentence in self.sentences[one])
        yield [nodes.Text(_words(words))]
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
        if elsewhere := self._answered_elsewhere.get(document.id):
            yield [nodes.Text("answered also in part "), *_joined(elsewhere)]

    @cached_property
    def _answered_elsewhere(self) -> dict[str, dict[int, str]]:
        """Of each text with answers in other parts: those parts, and the first answer in each."""
        begun = [(n, p.document) for n, part in enumerate(self.parts, 1) for p in part if p.begins]
        part_of = {document.id: number for number, document in begun}
        found: dict[str, dict[int, str]] = defaultdict(dict)
        for number, document in begun:
            if document.reply_to and part_of.get(document.reply_to, number) != number:
                found[document.reply_to].setdefault(number, document.id)
        return found

    def _other(self, document: str) -> nodes.Node:
        """A link to another text, if that is shown: a post may answer one that was deleted."""
        if other := self.corpus.by_id.get(document):
            heading = self._heading(other)
            usual = heading.startswith(("Comment ", "The "))
            said = heading[0].lower() + heading[1:] if usual else heading
            return EvidenceReference("", said, anchor=document)
        return nodes.Text(f"{document}, which is not here")

    def _without_words(self, piece: Piece) -> Iterator[nodes.bullet_list]:
        for paragraph in piece.paragraphs:
            listed = nodes.bullet_list(ids=[paragraph], classes=["mv-unquoted"])
            for sentence in self.sentences[paragraph]:
                name = sentence.id.removeprefix(f"{piece.document.id}-")
                said = nodes.paragraph("", f"{name}: {_words(sentence.words)}")
                listed += nodes.list_item("", said, ids=[sentence.id])
            yield listed

    def _sentence(self, document: Document, run: list[Sentence]) -> nodes.inline:
        node = nodes.inline(ids=[sentence.id for sentence in run], classes=["mv-sentence"])
        node["document"], node["voice"] = document.id, self._voice_label(document)
        sentence = run[0]._replace(end=run[-1].end)
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
        return voice.short_label if voice else ""


def _linked(text: str) -> Iterator[nodes.Node]:
    for words, address in linked(text):
        yield nodes.reference("", words, refuri=address) if address else nodes.Text(words)


def _words(count: int) -> str:
    return f"{count:,} {'word' if count == 1 else 'words'}"


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


def _joined(parts: Mapping[int, str]) -> Iterator[nodes.Node]:
    """The numbers of parts, each a link to a passage there."""
    for i, (number, anchor) in enumerate(parts.items()):
        yield from [nodes.Text(", ")] if i else []
        yield EvidenceReference("", str(number), anchor=anchor)


def _list_parts(page: SourcesPage, name: str) -> list[nodes.bullet_list]:
    """The parts, each a link with what it begins with; nothing where there is but one."""
    if len(page.parts) == 1:
        return []
    first = name if page.number == 1 else name.removesuffix(f"-{page.number}")
    listed = nodes.bullet_list(classes=["mv-parts"])
    for number, pieces in enumerate(page.parts, 1):
        label = f"Part {number}: {page.heading(pieces[0])}"
        here = number == page.number
        link = nodes.strong("", label) if here else _page(part_name(first, number), label, name)
        listed += nodes.list_item("", nodes.paragraph("", "", link))
    return [listed]


def _page(page: str, label: str, name: str) -> addnodes.pending_xref:
    """A link from the page `name` to another."""
    wanted = {"refdomain": "std", "reftype": "doc", "reftarget": f"/{page}", "refdoc": name}
    return addnodes.pending_xref(
        "", nodes.inline("", label), refexplicit=True, refwarn=True, **wanted
    )


def nest_contents(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Let the contents beside the texts be the tree of answers."""
    sections = doctree.findall(nodes.section) if doctree else ()
    answers = {
        section["ids"][0]: section["answers"] for section in sections if "answers" in section
    }
    if any(answers.values()):
        domain = domain_of(app.env)
        elsewhere = {
            answered: uri
            for answered in answers.values()
            if answered and answered not in answers and (uri := domain.uri(answered, page))
        }
        context["toc"] = nested(context["toc"], answers, elsewhere)


def nested(
    contents: str, answers: Mapping[str, str | None], elsewhere: Mapping[str, str] | None = None
) -> str:
    """A list of contents in which every text stands below the one that it answers.

    Those that stand on other pages are `elsewhere`, with their addresses.
    """
    soup = BeautifulSoup(contents, "html.parser")
    entries = {str(link["href"]).removeprefix("#"): link.find_parent("li") for link in soup("a")}
    for other, uri in (elsewhere or {}).items():
        first = next(text for text, answered in answers.items() if answered == other)
        if place := entries.get(first):
            entries[other] = added = _entry(soup, other, uri)
            place.insert_before(added)
    for text, answered in answers.items():
        parent, entry = entries.get(answered) if answered else None, entries.get(text)
        if parent and entry and entry not in parent.parents:
            branch = parent.find("ul", recursive=False) or soup.new_tag("ul")
            parent.append(branch)
            branch.append(entry)
    return str(soup)


def _entry(soup: BeautifulSoup, text: str, uri: str) -> Tag:
    """An entry for a text on another page."""
    entry = soup.new_tag("li", attrs={"class": "toc-h3 nav-item toc-entry"})
    link = soup.new_tag("a", attrs={"class": "reference internal nav-link", "href": uri})
    link.string = f"{text}, on another page"
    entry.append(link)
    return entry


def setup(app: Sphinx) -> None:
    """Register the directive, and what is done to the contents of its page."""
    app.add_directive("sources", SourcesDirective)
    app.connect("html-page-context", nest_contents)
