"""What the concordancer searches, as the browser gets it: the published view, packed.

Only sources that may be published in full are in it, since whoever has every word and its place
has the text. Hidden words are one type, and as long as one another; roles and numbers of words
are written where they stand. Numbers are packed as seven bits a byte, the low ones first, in
base64; places are differences. Equal corpora give equal bytes.
"""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from manyvoices.book.ecmascript import case_folding, to_ecmascript
from manyvoices.book.markup import voice_colour
from manyvoices.coding import read_passes
from manyvoices.corpus import Corpus
from manyvoices.documents import Document
from manyvoices.errors import ManyVoicesError
from manyvoices.masks import Mask
from manyvoices.measures import floors
from manyvoices.store import Shard, bounds
from manyvoices.text.folding import STRAIGHT, fold
from manyvoices.text.lemmas import lemmas
from manyvoices.text.patterns import token_pattern
from manyvoices.text.tokens import is_word

MOST_TOKENS = 5_000_000
TOKENS_A_PART = 500_000
MOST_VALUES = 30
NO_VOICE = "not counted"
Numbers = NDArray[np.int64]
Json = dict[str, object]


def searchable(corpus: Corpus) -> Corpus:
    """The documents of the public view that may be published in full."""
    public = corpus.public()
    return public.select(lambda document: public.publish(document) == "full")


def pack(corpus: Corpus, page_of: Callable[[str], str]) -> list[Json]:
    """The head, with all but the running text, and then the parts of that.

    `page_of` gives the address of the page on which a document stands. Raises ManyVoicesError for
    a corpus of more than MOST_TOKENS tokens.
    """
    shown = searchable(corpus)
    if (size := sum(len(shard.types) for shard in shown.selected)) > MOST_TOKENS:
        raise ManyVoicesError(
            f"{size:,} tokens are too many to search in a browser; {MOST_TOKENS:,} are the most.",
            "Search them with manyvoices.concordance().",
        )
    texts = _Texts(shown)
    return [_head(texts, page_of), *texts.parts()]


def as_script(index: int, part: Json) -> str:
    """The script that hands a part over to the page."""
    content = json.dumps(part, ensure_ascii=False, separators=(",", ":"))
    return f"manyvoicesConcordance({index}, {content});\n"


def numbers(values: ArrayLike) -> str:
    """Numbers below 2**28, none of them negative, as text."""
    groups = np.asarray(values, np.int64).reshape(-1, 1) >> np.array([0, 7, 14, 21])
    needed = np.maximum(1, (groups > 0).sum(axis=1))
    column = np.arange(4)
    stream = (groups & 127) | np.where(column < needed[:, None] - 1, 128, 0)
    return base64.b64encode(stream[column < needed[:, None]].astype(np.uint8)).decode("ascii")


def places(values: ArrayLike) -> str:
    """Growing numbers as text: the first, then how much more each is."""
    return numbers(np.diff(np.asarray(values, np.int64), prepend=0))


@dataclass(frozen=True, eq=False)
class _Texts:
    """Documents, one shard after the other, with types of their own: the commonest first."""

    corpus: Corpus

    @cached_property
    def shards(self) -> tuple[Shard, ...]:
        return self.corpus.selected

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        return self.corpus.documents

    @cached_property
    def surfaces(self) -> list[str]:
        """The types by frequency; the two that stand for what is hidden would follow."""
        counts: Counter[str] = Counter()
        for shard in self.shards:
            often = np.bincount(shard.types, minlength=len(shard.vocabulary)).tolist()
            for name, count, hide in zip(
                shard.vocabulary, often, shard.hidden_types.tolist(), strict=True
            ):
                if count and not hide:
                    counts[name] += count
        return sorted(counts, key=lambda name: (-counts[name], name))

    @cached_property
    def types(self) -> Numbers:
        """Per token: its type."""
        number = {name: i for i, name in enumerate(self.surfaces)}
        word, mark = len(number), len(number) + 1
        renumbered = []
        for shard in self.shards:
            filler = (word if is_word(name) else mark for name in shard.vocabulary)
            of = [number.get(n, other) for n, other in zip(shard.vocabulary, filler, strict=True)]
            renumbered.append(np.array(of, np.int64)[shard.types])
        return _joined(renumbered)

    @cached_property
    def spans(self) -> tuple[Numbers, Numbers]:
        """Per token its first code point and the one after its last, in its document.

        Hidden tokens stand at the beginning of what hides them, one code point long each, so that
        nobody learns how long the hidden words are.
        """
        starts, ends = [], []
        for shard in self.shards:
            first, last = shard.token_starts.astype(np.int64), shard.token_ends.astype(np.int64)
            for i, document in enumerate(shard.documents):
                for mask in self.masks(document):
                    hidden = np.array(shard.tokens_in(i, mask.start, mask.end), np.int64)
                    if len(hidden):
                        first[hidden] = first[hidden[0]] + np.arange(len(hidden))
                        last[hidden] = first[hidden] + 1
            starts.append(first)
            ends.append(last)
        return _joined(starts), _joined(ends)

    def masks(self, document: Document) -> Sequence[Mask]:
        return self.corpus.masks.get(document.id, ())

    @cached_property
    def edges(self) -> list[int]:
        """Where the tokens of each document begin, and where the last ones end."""
        counts = [np.diff(shard.document_tokens) for shard in self.shards]
        edges: list[int] = bounds(_joined(counts)).tolist()
        return edges

    @cached_property
    def gaps(self) -> tuple[list[str], Numbers]:
        """The different stretches before tokens, and the one before each token."""
        names: dict[str, int] = {}
        found: list[int] = []
        starts, ends = (side.tolist() for side in self.spans)
        for d, document in enumerate(self.documents):
            text = self._between(document)
            low, high = self.edges[d], self.edges[d + 1]
            found += [names.setdefault("", len(names))] * (high > low)
            found += [
                names.setdefault(text[a:b], len(names))
                for a, b in zip(ends[low : high - 1], starts[low + 1 : high], strict=False)
            ]
        return list(names), np.array(found, np.int64)

    def _between(self, document: Document) -> str:
        """The text of a document, with spaces for all that is hidden."""
        text = document.text
        for mask in self.masks(document):
            text = text[: mask.start] + " " * (mask.end - mask.start) + text[mask.end :]
        return text

    @cached_property
    def usual_gaps(self) -> Numbers:
        """Per type: what mostly stands before it."""
        names, gaps = self.gaps
        usual = np.zeros(len(self.surfaces) + 2, np.int64)
        pairs, counts = np.unique(self.types * len(names) + gaps, return_counts=True)
        by_count = np.argsort(counts, kind="stable")
        usual[pairs[by_count] // max(1, len(names))] = pairs[by_count] % max(1, len(names))
        return usual

    def parts(self) -> Iterable[Json]:
        """The running text: the types, and the places where something unusual stands before."""
        _, gaps = self.gaps
        unusual = gaps != self.usual_gaps[self.types]
        for low in range(0, len(self.types), TOKENS_A_PART):
            part = slice(low, low + TOKENS_A_PART)
            where = np.flatnonzero(unusual[part])
            yield {
                "types": numbers(self.types[part]),
                "places": places(where),
                "gaps": numbers(gaps[part][where]),
            }

    @cached_property
    def folded(self) -> list[str]:
        """Per type: its folded form."""
        return [fold(name) for name in self.surfaces]

    @cached_property
    def sentence_ids(self) -> list[str]:
        return list(chain.from_iterable(shard.sentence_ids for shard in self.shards))

    @cached_property
    def shows_words(self) -> NDArray[np.bool_]:
        """Per sentence: whether any of its words may be shown."""
        found = []
        for shard in self.shards:
            seen = shard.token_sentences[shard.words & ~shard.hidden_types[shard.types]]
            found.append(np.bincount(seen, minlength=len(shard.sentence_starts)) > 0)
        return np.concatenate(found or [np.zeros(0, bool)])


def _joined(arrays: Sequence[NDArray[np.integer]]) -> Numbers:
    return np.concatenate([np.zeros(0, np.int64), *arrays]).astype(np.int64)


def _head(texts: _Texts, page_of: Callable[[str], str]) -> Json:
    names, _ = texts.gaps
    usual = texts.usual_gaps
    commonest = int(np.bincount(usual).argmax())
    source, sets = to_ecmascript(token_pattern())
    straight = {chr(point): sign for point, sign in STRAIGHT.items()}
    return {
        "language": texts.corpus.settings.book.language,
        "floors": floors(),
        "tokens": {"source": source, "sets": sets},
        "folding": {**case_folding(), "straight": straight},
        "types": "\n".join(map(_type_line, texts.surfaces, texts.folded)),
        "marks": places([i for i, name in enumerate(texts.surfaces) if not is_word(name)]),
        "keys": _keys(texts),
        "lemmas": _lemmas(texts),
        "gaps": names,
        "usual": commonest,
        "gapBefore": [[i, gap] for i, gap in enumerate(usual.tolist()) if gap != commonest],
        "codes": _codes(texts),
        **_units(texts),
        **_documents(texts, page_of),
    }


def _type_line(surface: str, folded: str) -> str:
    return surface if surface == folded else f"{surface}\t{folded}"


def _keys(texts: _Texts) -> dict[str, list[tuple[int, str]]]:
    """The keys where case matters, where accents do not, and both, as far as they are others."""
    found = {}
    for name, case, accents in (
        ("case", True, True),
        ("plain", False, False),
        ("caseplain", True, False),
    ):
        usual = texts.surfaces if case else texts.folded
        keys = [fold(s, case=not case, accents=not accents) for s in texts.surfaces]
        found[name] = [(i, k) for i, (k, u) in enumerate(zip(keys, usual, strict=True)) if k != u]
    return found


def _lemmas(texts: _Texts) -> str | None:
    """Each lemma with its forms, a lemma a line; a form that is missing is its own lemma.

    Forms are those of the texts, and all that the dictionary, or a rule, takes to one of their
    lemmas. A form of a lemma that is not theirs has the empty lemma. None for a language without.
    """
    plain = {fold(form, accents=True) for form in texts.folded}
    ours = sorted({*texts.folded, *plain})
    language = texts.corpus.settings.book.language
    try:
        known = dict(zip(ours, lemmas(ours, language), strict=True))
    except ManyVoicesError:
        return None
    wanted = set(known.values())
    others = sorted({*_related(wanted, language), *wanted} - known.keys())
    for form, lemma in zip(others, lemmas(others, language), strict=True):
        if lemma in wanted or form in wanted:
            known[form] = lemma if lemma in wanted else ""
    forms: dict[str, list[str]] = {}
    for form, lemma in sorted(known.items()):
        if form != lemma:
            forms.setdefault(lemma, []).append(form)
    return "\n".join(" ".join([lemma, *of]) for lemma, of in sorted(forms.items()))


def _related(wanted: set[str], language: str) -> Iterable[str]:
    """Forms that may have one of the lemmas: the dictionary's, and what its rules end on."""
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory

    code = language.partition("-")[0].lower()
    dictionary = DefaultDictionaryFactory().get_dictionary(code)
    for form, lemma in dictionary.items():
        if fold(lemma) in wanted and form.isalpha():
            yield fold(form)
    for lemma in wanted:
        if lemma.isalpha():
            yield from (f"{lemma}s", f"{lemma}d", f"{lemma[:-1]}ies")


def _units(texts: _Texts) -> Json:
    shards = texts.shards
    labels = [p.label for d in texts.documents for p in d.paragraphs]
    return {
        "sentences": numbers(_joined([np.diff(s.sentence_tokens) for s in shards])),
        "paragraphs": numbers(_joined([np.diff(s.paragraph_sentences) for s in shards])),
        "labels": " ".join(labels),
    }


def _documents(texts: _Texts, page_of: Callable[[str], str]) -> Json:
    documents, settings = texts.documents, texts.corpus.settings
    voices, voice = _numbered([d.voice or "" for d in documents], list(settings.voices))
    kinds, kind = _numbered([d.kind for d in documents])
    sources, source = _numbered([d.source for d in documents])
    roles, role = _numbered([texts.corpus.roles[d.person] for d in documents])
    pages, page = _numbered([page_of(d.id) for d in documents])
    starts, edges = texts.spans[0], texts.edges
    first = [int(starts[a]) if a < b else 0 for a, b in pairwise(edges)]
    return {
        "voices": [_voice(texts.corpus, name) for name in voices],
        "kinds": kinds,
        "sources": [{"id": s, "label": settings.sources[s].title} for s in sources],
        "roles": roles,
        "pages": pages,
        "masks": [
            (d, mask.start, mask.end, mask.role)
            for d, document in enumerate(documents)
            for mask in texts.masks(document)
        ],
        "documents": {
            "ids": [d.id for d in documents],
            "paragraphs": numbers([len(d.paragraphs) for d in documents]),
            "starts": numbers(first),
            "voice": voice,
            "kind": kind,
            "role": role,
            "source": source,
            "page": page,
        },
    }


def _numbered(values: Sequence[str], order: Sequence[str] = ()) -> tuple[list[str], list[int]]:
    """The different values, those in `order` first, and for each value its number among them."""
    present = dict.fromkeys(values)
    names = [*(name for name in order if name in present), *(n for n in present if n not in order)]
    number = {name: i for i, name in enumerate(names)}
    return names, [number[value] for value in values]


def _voice(corpus: Corpus, name: str) -> Json:
    """A voice: its name, what it is called, the number of its colour, whether it is counted."""
    voices = corpus.settings.voices
    if name not in voices:
        return {"id": "", "label": NO_VOICE, "colour": 0, "counted": False}
    return {
        "id": name,
        "label": voices[name].short_label,
        "colour": voice_colour(list(voices).index(name)),
        "counted": name in corpus.voices,
    }


def _codes(texts: _Texts) -> list[Json]:
    """For each variable its values, and for each sentence the one that most passes gave it.

    A sentence on which they are divided has none; neither has one of which nothing may be shown.
    """
    table = read_passes(texts.corpus)
    variables = list(table.columns[5:])
    passes = table["pass"].nunique()
    number = {name: i for i, name in enumerate(texts.sentence_ids)}
    found = [_code(texts, table, name, passes, number) for name in variables]
    return [one for one in found if one["values"]]


def _code(
    texts: _Texts, table: pd.DataFrame, name: str, passes: int, number: dict[str, int]
) -> Json:
    given = table.loc[table[name].notna() & (table[name] != ""), ["sentence", name]].astype(str)
    often = given.groupby(["sentence", name], sort=False).size()
    agreed = often[2 * often > passes].index.tolist()
    values = sorted({value for _, value in agreed})
    of = np.zeros(len(number), np.uint8)
    if len(values) <= MOST_VALUES:
        for sentence, value in agreed:
            of[number[sentence]] = values.index(value) + 1
    of[~texts.shows_words] = 0
    kept = [value for i, value in enumerate(values, 1) if (of == i).any()]
    renumbered = np.array([0, *(kept.index(v) + 1 if v in kept else 0 for v in values)], np.uint8)
    stream = base64.b64encode(renumbered[of].tobytes()).decode("ascii")
    return {"name": name, "values": kept, "of": stream}
