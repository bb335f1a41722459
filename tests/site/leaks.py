"""Finds, in a folder that is to be published, what must not be shown.

What that is comes from the description of a corpus and its files, at run time: names of people who
are not named, withheld passages, texts that are not published. Nothing of it is written down here.
"""

from __future__ import annotations

import html
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import lxml.html
import snowballstemmer

from manyvoices.corpus import Corpus
from manyvoices.documents import Document

RUN = 4  # so many words of a withheld passage, one after the other, are a leak
LONG = 8  # so many letters of a name are looked for without their spaces too
WORD = re.compile(r"[^\W_]+")
TAG = re.compile(r"<[^<>]*>")
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2})+")
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
FILLERS = ("\u2588", "\u2591")
WORDED = {".html", ".ipynb", ".inv", ".svg", ".txt", ".json", ".xml"}  # where single words count
MARKUP = {"class", "type", "rel", "style", "role", "disabled"}
ROOT = Path(__file__).resolve().parents[2]


def words(text: str) -> tuple[str, ...]:
    """The runs of letters and digits in a text, without regard to case."""
    return tuple(WORD.findall(text.casefold()))


def runs(of: Iterable[str]) -> set[tuple[str, ...]]:
    """Every run of four words; the whole, if it is shorter and more than one word."""
    found = tuple(of)
    if len(found) <= RUN:
        return {found} if len(found) > 1 else set()
    return {found[i : i + RUN] for i in range(len(found) - RUN + 1)}


@dataclass(frozen=True)
class Secrets:
    """What must not be shown: names, runs of words, words that stand nowhere else, and their stems.

    None of it is written out where a test fails.
    """

    names: frozenset[tuple[str, ...]] = field(repr=False)
    runs: frozenset[tuple[str, ...]] = field(repr=False)
    words: frozenset[str] = field(repr=False)
    stems: frozenset[str] = field(repr=False)

    @cached_property
    def short(self) -> list[tuple[str, ...]]:
        """The passages that are shorter than a run."""
        return [run for run in self.runs if len(run) < RUN]

    def in_text(self, text: str) -> set[str]:
        """Which secrets stand in a text, in words."""
        found = words(text)
        whole = f" {' '.join(found)} "
        close = "".join(found)
        return {
            *(" ".join(run) for run in self.runs & runs(found)),
            *(" ".join(n) for n in (*self.short, *self.names) if f" {' '.join(n)} " in whole),
            *("".join(n) for n in self.names if len("".join(n)) >= LONG and "".join(n) in close),
        }


def secrets_of(corpus: Corpus) -> Secrets:
    """What must not be shown of a corpus."""
    passages = [passage for document in corpus.documents for passage in _hidden(corpus, document)]
    public = words(_public_text(corpus))
    hidden = {word for passage in passages for word in words(passage)} - set(public)
    return Secrets(
        frozenset(filter(None, map(words, _names(corpus)))),
        frozenset({run for p in passages for run in runs(words(p))} - runs(public)),
        frozenset(hidden),
        frozenset((_stems(hidden) | hidden) - _stems(public) - set(public)),
    )


def _names(corpus: Corpus) -> Iterator[str]:
    people = corpus.settings.people
    for person in people.values():
        if not person.named:
            yield from person.names
    for document in corpus.documents:
        person = people.get(document.person)
        source = corpus.settings.sources[document.source]
        if document.author and document.author != source.author and not (person and person.named):
            yield document.author


def _hidden(corpus: Corpus, document: Document) -> Iterator[str]:
    """The withheld passages of a document; the whole of one that is not published."""
    if corpus.publish(document) == "none":
        yield document.text
        return
    for withheld in corpus.settings.withheld:
        if withheld.document == document.id:
            yield document.text[withheld.start : withheld.end]


def _public_text(corpus: Corpus) -> str:
    """What may be said: the public view, and all that people wrote who wrote the book.

    Words that stand here too would be no leak.
    """
    public = corpus.public()
    texts = [public.show(document) for document in public.documents]
    folder = corpus.description.file.parent
    own = [p for p in folder.rglob("*") if p.suffix in {".md", ".yml", ".bib"}]
    return " ".join([*texts, *(p.read_text("utf-8") for p in own), _book_text()])


@cache
def _book_text() -> str:
    places = [ROOT / "src", ROOT / "chapters", ROOT / "index.md", ROOT / "_toc.yml"]
    files = [ROOT / "CITATION.cff", ROOT / "_config.yml"]
    for place in places:
        files += [place] if place.is_file() else sorted(place.rglob("*"))
    text = {".py", ".md", ".bib", ".yml", ".cff"}
    return " ".join(f.read_text("utf-8") for f in files if f.suffix in text)


@dataclass(frozen=True)
class Leak:
    """A file, and what of the secrets it holds; they are said by number only, never in words."""

    file: str
    kind: str
    count: int


def find_leaks(site: Path, secrets: Secrets) -> list[Leak]:
    """Every leak in any file below `site`."""
    found = []
    for file in sorted(path for path in site.rglob("*") if path.is_file()):
        name = file.relative_to(site).as_posix()
        texts = [name, *_texts(file)]
        held: set[str] = set().union(*map(secrets.in_text, texts))
        if held:
            found.append(Leak(name, "names or passages", len(held)))
        if file.suffix in WORDED:
            read = [_read(file)] if file.suffix == ".html" else texts
            single = secrets.words & set().union(*map(words, read))
            found += [Leak(name, "words", len(single))] if single else []
            if any(filler in text for text in texts for filler in FILLERS):
                found.append(Leak(name, "fillers", 1))
        if file.name == "searchindex.js":
            found += _in_index(file, secrets)
    return found


def _texts(file: Path) -> Iterator[str]:
    """A file's text as it stands, as it reads, with tags as spaces and with tags as nothing."""
    content = file.read_bytes()
    if file.suffix == ".inv":
        head, body = content.split(b"zlib.\n", 1)
        content = head + zlib.decompress(body)
    text = content.decode("utf-8", "replace")
    plain = ESCAPED.sub(lambda m: chr(int(m[1], 16)), text).replace("\\n", " ")
    plain = UNSEEN.sub("", html.unescape(PERCENT.sub(_unquoted, plain)))
    tagged = file.suffix not in {".css", ".js"} or file.name == "searchindex.js"
    stripped = (TAG.sub(gap, plain) for gap in ("", " ") if tagged)
    yield from dict.fromkeys([text, plain, *map(html.unescape, stripped)])


def _read(page: Path) -> str:
    """What a page says, seen and unseen, without its markup."""
    tree = lxml.html.fromstring(page.read_bytes())
    said = [v for e in tree.iter() for name, v in e.attrib.items() if name not in MARKUP]
    return " ".join([*tree.itertext(), *said])


def _unquoted(match: re.Match[str]) -> str:
    return bytes.fromhex(match[0].replace("%", "")).decode("utf-8", "replace")


def _in_index(file: Path, secrets: Secrets) -> list[Leak]:
    """Terms of the search index that come from no word that may be shown."""
    text = file.read_text("utf-8")
    index = json.loads(text[text.index("(") + 1 : text.rindex(")")])
    held = secrets.stems & {*index["terms"], *index["titleterms"]}
    return [Leak(file.name, "terms", len(held))] if held else []


def _stems(of: Iterable[str]) -> set[str]:
    return set(snowballstemmer.stemmer("porter").stemWords(list(of)))
