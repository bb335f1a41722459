"""Notes in the margin: beside each reading, the words of the passages that its links lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from manyvoices.book.config import corpus_path
from manyvoices.book.domain import domain_of
from manyvoices.book.markup import escape, voice_colour
from manyvoices.book.nodes import Reading
from manyvoices.book.paging import published

if TYPE_CHECKING:
    from manyvoices.corpus import Corpus

LOGGER = logging.getLogger(__name__)
LINKS = {"mv-n", "mv-evidence"}
SHOWN = 4  # notes that are about as high as a reading; those beyond unfold
LONGEST = 40  # words of a passage; it stands whole where the note leads to


class Passage(NamedTuple):
    """The beginning of a passage, as it may be shown, whose it is, and the place of its colour."""

    document: str
    text: str
    speaker: str
    colour: int


class Note(NamedTuple):
    """What a link of the prose says, and what it is about: passages with their addresses.

    Of a number these are all that were kept of those `found`; `unquoted` are the addresses of
    documents with further ones, by their ids.
    """

    id: str
    words: str
    places: list[tuple[str, Passage]]
    unquoted: dict[str, str]
    found: int


class SetNotes(SphinxPostTransform):
    """Set the passages beside every reading and every paragraph that links to some.

    On a narrow screen they are folded below it, on paper they stand there. A number that was
    counted from several passages leads to its note, which has them all.
    """

    default_priority = 8  # when links to evidence have their addresses
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Give every block of the page its notes."""
        for number, block in enumerate(list(self._blocks()), 1):
            if notes := self._notes(block, number):
                noted = nodes.container(classes=["mv-noted"])
                block.replace_self(noted)
                noted += [block, nodes.raw("", _markup(notes), format="html")]

    def _blocks(self) -> Iterator[nodes.Element]:
        yield from self.document.findall(Reading)
        for paragraph in self.document.findall(nodes.paragraph):
            if isinstance(paragraph.parent, nodes.section) and not paragraph["classes"]:
                yield paragraph

    def _notes(self, block: nodes.Element, number: int) -> list[Note]:
        """The notes of a block, in the order of its links; what is linked twice has one."""
        notes: dict[str, Note] = {}
        for link in block.findall(nodes.reference):
            if LINKS.intersection(link["classes"]) and (note := self._note(link, number)):
                notes.setdefault(note.id, note)
                if note.found > 1:
                    link["refuri"] = f"#{note.id}"
        return list(notes.values())

    def _note(self, link: nodes.reference, number: int) -> Note | None:
        result = domain_of(self.env).result(link.get("result", ""))
        anchors = result.passages if result else (link["refuri"].rpartition("#")[2],)
        about = result.name if result and len(anchors) > 1 else anchors[0]
        known = {anchor: one for anchor in anchors if (one := self._passages.get(anchor))}
        places = [(self._uri(anchor), one) for anchor, one in known.items() if one.text]
        elsewhere = [one.document for one in known.values() if not one.text]
        unquoted = {name: self._uri(name) for name in elsewhere} if len(anchors) > 1 else {}
        if not places and not unquoted:
            return None
        found = result.found if result else 1
        return Note(f"words-{number}-{about}", link.astext(), places, unquoted, found)

    def _uri(self, anchor: str) -> str:
        uri = domain_of(self.env).uri(anchor, self.env.docname)
        if uri is None:
            LOGGER.warning("no page has the passage `%s`", anchor, location=self.env.docname)
        return uri or ""

    @cached_property
    def _passages(self) -> Passages:
        file = corpus_path(Path(self.env.srcdir))
        return _passages(file, self.config.manyvoices_fingerprint)


class Passages:
    """The passages of a corpus by their anchors: of sentences, of paragraphs and of documents."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._spans: dict[str, tuple[str, int, int]] = {}
        columns = ["sentence", "paragraph", "document", "start", "end"]
        for row in corpus.sentences[columns].itertuples(index=False, name=None):
            for anchor in row[:3]:  # of a paragraph or a document, its first sentence
                self._spans.setdefault(anchor, row[2:])

    def get(self, anchor: str) -> Passage | None:
        """The passage; None if the corpus has no such anchor.

        It is without text if something is withheld from the document that it stands in: what
        else its writer says is read in its place, and no sentence of it is set elsewhere.
        """
        if anchor not in self._spans:
            return None
        name, start, end = self._spans[anchor]
        document = self.corpus.by_id[name]
        voices = self.corpus.settings.voices
        voice = voices.get(document.voice or "")
        speaker = voice.short_label if voice else name
        colour = voice_colour(list(voices).index(document.voice)) if document.voice else 0
        withheld = any(not mask.role for mask in self.corpus.masks.get(name, ()))
        text = "" if withheld else _clipped(self.corpus.show(name, start, end))
        return Passage(name, text, speaker, colour)


@lru_cache(maxsize=1)
def _passages(file: Path, fingerprint: str) -> Passages:
    return Passages(published(file, fingerprint))


def _clipped(text: str) -> str:
    words = text.split()
    return " ".join(words[:LONGEST]) + (" …" if len(words) > LONGEST else "")


def _markup(notes: list[Note]) -> str:
    more = notes[SHOWN:]
    rest = _folded(f"{len(more)} more", map(_item, more)) if more else ""
    return (
        f'<details class="mv-notes margin"><summary>The words behind it</summary>'
        f"<ul>{''.join(map(_item, notes[:SHOWN]))}</ul>{rest}</details>"
    )


def _folded(title: str, items: Iterable[str]) -> str:
    return f"<details><summary>{escape(title)}</summary><ul>{''.join(items)}</ul></details>"


def _item(note: Note) -> str:
    first, *others = [_passage(*place) for place in note.places] or [""]
    rest = _folded(f"{len(others):,} more", others) if others else ""
    return (
        f'<li><p class="mv-note-words" id="{escape(note.id)}">{escape(_title(note))}</p>'
        f"<ul>{first}</ul>{rest}{_unquoted(note.unquoted)}</li>"
    )


def _title(note: Note) -> str:
    """What the link says and, where that is not the same, from how many passages it was counted."""
    kept = len(note.places)
    counted = note.found > 1 and note.words != f"{note.found:,}"
    count = f", in {note.found:,} passages" if counted else ""
    return f"{note.words}{count}" + (f" ({kept:,} are here)" if kept < note.found else "")


def _passage(uri: str, passage: Passage) -> str:
    colour = f" mv-voice-{passage.colour}" if passage.colour else ""
    return (
        f'<li class="mv-note{colour}"><a href="{escape(uri)}">'
        f'<span class="mv-note-text">{escape(passage.text)}</span>'
        f' <span class="mv-note-speaker">{escape(passage.speaker)}</span></a></li>'
    )


def _unquoted(documents: dict[str, str]) -> str:
    """Where the other passages are read, if there are any."""
    if not documents:
        return ""
    links = ", ".join(
        f'<a href="{escape(uri)}">{escape(name.replace("-", " "))}</a>'
        for name, uri in documents.items()
    )
    said = "Others stand where something is withheld, and are read only there"
    return f'<p class="mv-note-else">{said}: {links}.</p>'


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(SetNotes)
