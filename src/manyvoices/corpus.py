"""A corpus: its description, its documents in shards, and what of them may be shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from manyvoices.documents import Document
from manyvoices.errors import ManyVoicesError
from manyvoices.masks import Mask, find_masks
from manyvoices.settings import Description, Settings, Voice, find_description, load_settings
from manyvoices.sources import Reading, read_source
from manyvoices.store import Flags, Shard, build_shard

if TYPE_CHECKING:
    import pandas as pd


SENTENCE = re.compile(r"-s[0-9]+$")


@dataclass(frozen=True, eq=False)
class Corpus:
    """Documents of one description, in order, of which some may be selected.

    `Corpus.load` gives the whole; `public()` the view that pages are made from.
    """

    description: Description
    readings: tuple[Reading, ...]
    shards: tuple[Shard, ...]
    masks: Mapping[str, tuple[Mask, ...]]
    roles: Mapping[str, str]
    is_public: bool = False
    selection: tuple[Flags, ...] | None = field(default=None, repr=False)

    @classmethod
    def load(cls, file: Path | str, *, shards: int = 1) -> Corpus:
        """The whole corpus that the description in `file` describes, in so many shards.

        Raises SettingsError or SourceError, with file and line, for a mistake in either.
        """
        description = load_settings(file)
        readings = tuple(read_source(description, name) for name in description.settings.sources)
        documents = list(chain.from_iterable(reading.documents for reading in readings))
        _check_documents(description, documents)
        people = _People(description.settings)
        documents = [people.attribute(document) for document in documents]
        pieces = np.array_split(np.arange(len(documents)), shards)
        return cls(
            description,
            readings,
            tuple(build_shard(documents[i] for i in piece) for piece in pieces if len(piece)),
            find_masks(description.settings, documents, people.roles),
            people.roles,
        )

    @property
    def settings(self) -> Settings:
        """The checked entries of the description."""
        return self.description.settings

    @property
    def fingerprint(self) -> str:
        """SHA-256 of description, sources and codes: which corpus a statement was written for."""
        return self.description.fingerprint

    @cached_property
    def selected(self) -> tuple[Shard, ...]:
        """The shards, with the selected documents only, in manifest order."""
        if self.selection is None:
            return self.shards
        pairs = zip(self.shards, self.selection, strict=True)
        return tuple(shard.take(chosen) for shard, chosen in pairs if chosen.any())

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The selected documents, in order."""
        return tuple(chain.from_iterable(shard.documents for shard in self.selected))

    @cached_property
    def by_id(self) -> dict[str, Document]:
        """The selected documents by their id."""
        return {document.id: document for document in self.documents}

    @cached_property
    def voices(self) -> dict[str, Voice]:
        """The voices that are counted and have a document here, in the description's order."""
        present = {document.voice for document in self.documents}
        voices = self.settings.voices.items()
        return {name: voice for name, voice in voices if voice.count and name in present}

    @property
    def labels(self) -> dict[str, str]:
        """What each of `voices` is called in tables and figures."""
        return {name: voice.short_label for name, voice in self.voices.items()}

    @property
    def one_author(self) -> tuple[str, ...]:
        """Which of `voices` are by one author, as the description says."""
        return tuple(name for name, voice in self.voices.items() if voice.one_author)

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """One row per sentence, in order.

        Columns: sentence (its id), paragraph, document, voice, person, start, end (code points in
        the document's text), words.
        """
        import pandas as pd

        shards = self.selected or (build_shard(()),)
        return pd.concat([_sentence_table(shard) for shard in shards], ignore_index=True)

    @cached_property
    def sentence_kinds(self) -> dict[str, str]:
        """What the paragraph of each sentence is, by the sentence's id: body, title, caption."""
        kinds = {d.paragraph_id(p): p.kind for d in self.documents for p in d.paragraphs}
        table = self.sentences
        return dict(zip(table["sentence"], table["paragraph"].map(kinds), strict=True))

    def select(self, keep: Callable[[Document], bool]) -> Corpus:
        """The same corpus with only those selected documents that `keep` accepts."""
        old = self.selection or tuple(np.ones(len(s.documents), bool) for s in self.shards)
        flags = tuple(
            was & np.fromiter(map(keep, shard.documents), bool, len(shard.documents))
            for shard, was in zip(self.shards, old, strict=True)
        )
        return replace(self, selection=flags)

    def voice(self, *names: str) -> Corpus:
        """The documents of the named voices. Raises ManyVoicesError for an unknown one."""
        for name in names:
            if name not in self.settings.voices:
                known = ", ".join(self.settings.voices)
                raise ManyVoicesError(f"there is no voice `{name}`.", f"Known: {known}.")
        return self.select(lambda document: document.voice in names)

    def only(self, sentences: Iterable[str]) -> Corpus:
        """A sub-corpus of the sentences with the given ids, of the selected documents.

        Ids and offsets stay; rates over it are rates over those sentences.
        """
        wanted = set(sentences)
        flags = (
            np.fromiter((name in wanted for name in shard.sentence_ids), bool)
            for shard in self.selected
        )
        kept = (shard.keep(f) for shard, f in zip(self.selected, flags, strict=True) if f.any())
        return replace(self, shards=tuple(kept), selection=None)

    def counted(self) -> Corpus:
        """The documents whose voice is counted."""
        return self.select(lambda document: document.voice in self.voices)

    def public(self) -> Corpus:
        """The view that may be published.

        Names and withheld passages are blacked out, code point for code point, as is what stands
        between paragraphs; authors' names are dropped, and hidden names from the description.
        Ids, offsets and the number of words stay as they are. Sources with `publish: none` are
        left out; one with `cited` is counted, and quoted by the sentence, never as a whole.
        """
        if self.is_public:
            return self
        shown = self.select(lambda document: self.publish(document) != "none")
        shards = tuple(self._hide(shard) for shard in shown.selected)
        return replace(
            self,
            description=self.description.without_hidden_names(),
            readings=tuple(
                replace(reading, documents=())
                for reading in self.readings
                if self.settings.sources[reading.source].publish != "none"
            ),
            shards=shards,
            selection=None,
            is_public=True,
        )

    def publish(self, document: Document) -> str:
        """How much of a document may be shown: `full`, `cited` or `none`."""
        return self.settings.sources[document.source].publish

    def show(self, document: str | Document, start: int = 0, end: int | None = None) -> str:
        """`text[start:end]` of a document as it may be printed.

        In the public view a hidden name reads as its role, a withheld passage as the number of
        its words that lie within the span: `[commenter 6]`, `[41 words withheld]`.
        """
        document = self.by_id[document] if isinstance(document, str) else document
        end = len(document.text) if end is None else end
        return "".join(text for text, _ in self.pieces(document, start, end))

    def pieces(self, document: Document, start: int, end: int) -> Iterable[tuple[str, Mask | None]]:
        """The parts of `text[start:end]`: printable text, each with the mask it stands for."""
        at = start
        for mask in self.masks.get(document.id, ()) if self.is_public else ():
            left, right = max(mask.start, start), min(mask.end, end)
            if left < right:
                yield document.text[at:left], None
                yield self._label(document, mask, left, right), mask
                at = right
        yield document.text[at:end], None

    def hidden_words(self, document: Document) -> int:
        """How many words of a document are withheld or hidden names."""
        return sum(
            self._words(document, mask.start, mask.end) for mask in self.masks.get(document.id, ())
        )

    def _label(self, document: Document, mask: Mask, start: int, end: int) -> str:
        if mask.role:
            return f"[{mask.role}]"
        words = self._words(document, start, end)
        return f"[{words} {'word' if words == 1 else 'words'} withheld]"

    def _words(self, document: Document, start: int, end: int) -> int:
        shard, index = self._places[document.id]
        tokens = shard.tokens_in(index, start, end)
        return int(shard.words[tokens.start : tokens.stop].sum())

    @cached_property
    def _places(self) -> dict[str, tuple[Shard, int]]:
        return {d.id: (shard, i) for shard in self.shards for i, d in enumerate(shard.documents)}

    def _hide(self, shard: Shard) -> Shard:
        masks = [self.masks.get(document.id, ()) for document in shard.documents]
        hidden = shard.hide([[(mask.start, mask.end) for mask in of] for of in masks])
        anonymous = tuple(self._without_name(document) for document in hidden.documents)
        return replace(hidden, documents=anonymous)

    def _without_name(self, document: Document) -> Document:
        return replace(document, author=self.roles[document.person], record={})


def published_corpus() -> Corpus:
    """The public view of the corpus that the book is about: what every chapter starts from."""
    return Corpus.load(find_description()).public()


class _People:
    """Who wrote what, as far as the description and the sources say."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.writer = {d: name for name, p in settings.people.items() for d in p.wrote}
        self.by_name = {n: name for name, p in settings.people.items() for n in p.names}
        self.roles = {name: person.role for name, person in settings.people.items()}
        self.writers: dict[str, str] = {}

    def attribute(self, document: Document) -> Document:
        """The document with its person, its voice, and the reply that the description knows."""
        person = self._person(document)
        document = replace(document, person=person, voice=self._voice(document, person))
        if (reply := self.settings.replies.get(document.id)) is None:
            return document
        return replace(
            document,
            reply_to=reply.reply_to,
            reply_reason=reply.reason,
            reply_confidence=reply.confidence,
        )

    def _person(self, document: Document) -> str:
        if document.id in self.writer:
            return self.writer[document.id]
        if document.author in self.by_name:
            return self.by_name[document.author]
        if document.author:
            return self._writer(document.author)
        role = f"commenter {document.number}" if document.number else f"writer of {document.id}"
        return self._add(document.id, role)

    def _writer(self, author: str) -> str:
        """The person of an author whom the description does not know: a number, never the name."""
        if author not in self.writers:
            number = len(self.writers) + 1
            self.writers[author] = self._add(f"writer-{number}", f"writer {number}")
        return self.writers[author]

    def _add(self, person: str, role: str) -> str:
        """The person under an id of their own, and with the role that they appear as."""
        while person in self.roles:
            person += "-x"
        self.roles[person] = role
        return person

    def _voice(self, document: Document, person: str) -> str | None:
        for name, voice in self.settings.voices.items():
            wanted = (
                (voice.kinds, document.kind),
                (voice.sources, document.source),
                (voice.people, person),
            )
            if all(not names or value in names for names, value in wanted):
                return name
        return None


def _check_documents(description: Description, documents: list[Document]) -> None:
    seen: dict[str, Document] = {}
    for document in documents:
        if document.id in seen:
            raise description.error(
                f"two documents would be called `{document.id}`.",
                f"Sources `{seen[document.id].source}` and `{document.source}` clash; rename one.",
                "sources",
                document.source,
            )
        seen[document.id] = document
    _check_anchors(description, documents)
    _check_named(description, seen)


def _check_anchors(description: Description, documents: list[Document]) -> None:
    """No document may be called as a paragraph or a sentence of another one is."""
    paragraphs = {d.paragraph_id(p): d.id for d in documents for p in d.paragraphs}
    for document in documents:
        if (whose := paragraphs.get(SENTENCE.sub("", document.id))) is not None:
            raise description.error(
                f"the document `{document.id}` is called as a part of `{whose}` is.",
                "Give it another id.",
                "sources",
                document.source,
            )


def _check_named(description: Description, seen: Mapping[str, Document]) -> None:
    """Every document that the description names must exist, and be as long as it says."""
    settings = description.settings
    named: list[tuple[str, tuple[str | int, ...]]] = []
    for person, entry in settings.people.items():
        named += [(d, ("people", person, "wrote", i)) for i, d in enumerate(entry.wrote)]
    for child, reply in settings.replies.items():
        named += [(child, ("replies", child)), (reply.reply_to, ("replies", child, "reply_to"))]
    named += [(w.document, ("withheld", i, "document")) for i, w in enumerate(settings.withheld)]
    for name, where in named:
        if name not in seen:
            raise description.error(
                f"there is no document `{name}`.", f"There are: {_some(seen)}.", *where
            )
    for i, withheld in enumerate(settings.withheld):
        length = len(seen[withheld.document].text)
        if withheld.end > length:
            raise description.error(
                f"`{withheld.document}` has {length} code points; {withheld.end} lies behind them.",
                "Offsets are counted in the document's own text.",
                "withheld",
                i,
                "end",
            )


def _some(names: Iterable[str]) -> str:
    names = list(names)
    return ", ".join(names[:30]) + (", ..." if len(names) > 30 else "")


def _sentence_table(shard: Shard) -> pd.DataFrame:
    import pandas as pd

    of_document = shard.paragraph_documents[shard.sentence_paragraphs]
    documents = [shard.documents[i] for i in of_document.tolist()]
    sentence_words = shard.token_sentences[shard.words]
    names = {
        "sentence": shard.sentence_ids,
        "paragraph": [shard.paragraph_ids[p] for p in shard.sentence_paragraphs.tolist()],
        "document": [document.id for document in documents],
        "voice": [document.voice for document in documents],
        "person": [document.person for document in documents],
    }
    return pd.DataFrame(
        {
            **{name: pd.array(values, dtype="str") for name, values in names.items()},
            "start": shard.sentence_starts,
            "end": shard.sentence_ends,
            "words": np.bincount(sentence_words, minlength=len(documents)),
        }
    )
