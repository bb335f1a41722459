"""Notes in the margin: beside each reading, the words of the passages that its links lead to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from manyvoices.book.config import corpus_path
from manyvoices.book.markup import escape
from manyvoices.book.nodes import Reading
from manyvoices.book.paging import published

if TYPE_CHECKING:
    from manyvoices.corpus import Corpus

LINKS = {"mv-n", "mv-evidence"}
SHOWN = 4  # notes that are about as high as a reading; those beyond unfold
LONGEST = 40  # words of a passage; it stands whole where the note leads to


class Passage(NamedTuple):
    """The beginning of a passage, as it may be shown, whose it is, and the place of its colour."""

    text: str
    speaker: str
    colour: int


class Note(NamedTuple):
    """What a link of the prose says, where it leads, and what stands there."""

    words: str
    uri: str
    passage: Passage
    example: bool


class SetNotes(SphinxPostTransform):
    """Set the passages beside every reading and every paragraph that links to some.

    On a narrow screen they are folded below it, on paper they stand there.
    """

    default_priority = 8  # when links to evidence have their addresses
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Give every block of the page its notes."""
        for block in list(self._blocks()):
            if notes := list(self._notes(block)):
                noted = nodes.container(classes=["mv-noted"])
                block.replace_self(noted)
                noted += [block, nodes.raw("", _markup(notes), format="html")]

    def _blocks(self) -> Iterator[nodes.Element]:
        yield from self.document.findall(Reading)
        for paragraph in self.document.findall(nodes.paragraph):
            if isinstance(paragraph.parent, nodes.section) and not paragraph["classes"]:
                yield paragraph

    def _notes(self, block: nodes.Element) -> Iterator[Note]:
        seen = set()
        for link in block.findall(nodes.reference):
            anchor = link.get("refuri", "").rpartition("#")[2]
            kinds = LINKS.intersection(link["classes"])
            if kinds and anchor not in seen and (passage := self._passages.get(anchor)):
                seen.add(anchor)
                yield Note(link.astext(), link["refuri"], passage, "mv-n" in kinds)

    @cached_property
    def _passages(self) -> Passages:
        file = corpus_path(Path(self.env.srcdir))
        return _passages(file, self.config.manyvoices_fingerprint)


class Passages:
    """The passages of a corpus by their anchors: of sentences, of paragraphs and of documents."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._places: dict[str, tuple[str, int, int]] = {}
        columns = ["sentence", "paragraph", "document", "start", "end"]
        for row in corpus.sentences[columns].itertuples(index=False, name=None):
            for anchor in row[:3]:  # of a paragraph or a document, its first sentence
                self._places.setdefault(anchor, row[2:])

    def get(self, anchor: str) -> Passage | None:
        """The passage; None if the corpus has no such anchor.

        None, too, if something is withheld from the text that it stands in: such a text is read
        in its place, and no sentence of it is set elsewhere.
        """
        name, start, end = self._places.get(anchor, ("", 0, 0))
        if not name or any(not mask.role for mask in self.corpus.masks.get(name, ())):
            return None
        document = self.corpus.by_id[name]
        voices = self.corpus.settings.voices
        voice = voices.get(document.voice or "")
        speaker = (voice.short or voice.label) if voice else name
        colour = list(voices).index(document.voice) % 6 + 1 if document.voice else 0
        return Passage(_clipped(self.corpus.show(name, start, end)), speaker, colour)


@lru_cache(maxsize=1)
def _passages(file: Path, fingerprint: str) -> Passages:
    return Passages(published(file, fingerprint))


def _clipped(text: str) -> str:
    words = text.split()
    return " ".join(words[:LONGEST]) + (" …" if len(words) > LONGEST else "")


def _markup(notes: list[Note]) -> str:
    count = "1 passage" if len(notes) == 1 else f"{len(notes)} passages"
    more = notes[SHOWN:]
    rest = f"<details><summary>{len(more)} more</summary>{_list(more)}</details>" if more else ""
    return (
        f'<details class="mv-notes margin"><summary>The words behind it: {count}</summary>'
        f"{_list(notes[:SHOWN])}{rest}</details>"
    )


def _list(notes: list[Note]) -> str:
    return f"<ol>{''.join(map(_item, notes))}</ol>"


def _item(note: Note) -> str:
    passage = note.passage
    colour = f' class="mv-voice-{passage.colour}"' if passage.colour else ""
    words = f"{note.words}, for example" if note.example else note.words
    return (
        f'<li{colour}><p class="mv-note-words"><a href="{escape(note.uri)}">{escape(words)}</a></p>'
        f'<p class="mv-note-text">{escape(passage.text)}</p>'
        f'<p class="mv-note-speaker">{escape(passage.speaker)}</p></li>'
    )


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(SetNotes)
