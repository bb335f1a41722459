"""Corpora made for tests: written to a folder, or put together from paragraphs in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from manyvoices.corpus import Corpus
from manyvoices.documents import Document, Locator, label_paragraphs
from manyvoices.masks import Mask
from manyvoices.settings import Book, Description, Settings, Source, Voice
from manyvoices.store import build_shard

BOOK = """\
id: made-up
book:
  title: A book
  author: Nobody
  contact: Nowhere
"""
PLAIN = (
    BOOK
    + """\
sources:
  text:
    file: text.txt
    format: plain
    title: A text
    citation: A text.
    rights: Nobody's.
    publish: full
voices:
  all:
    label: Everybody
"""
)
POSTS = PLAIN.replace("text.txt", "posts.csv").replace(
    "format: plain",
    "format: csv\n    columns: {id: id, text: text, author: who, parent: parent, likes: likes}",
)
PAGE = PLAIN.replace("text.txt", "page.txt").replace("format: plain", "format: wordpress-copy")


def write(folder: Path, description: str, files: Mapping[str, str | bytes]) -> Path:
    """The path of a description that was written there, with the files that it names."""
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)
    file = folder / "corpus.yml"
    file.write_bytes(description.encode())
    return file


def corpus_of(folder: Path, description: str, **files: str | bytes) -> Corpus:
    """The corpus that is read from these files; `text` stands for text.txt, and so on."""
    endings = {"text": "text.txt", "posts": "posts.csv", "page": "page.txt"}
    named = {endings[name]: content for name, content in files.items()}
    return Corpus.load(write(folder, description, named))


@cache
def made_description() -> Description:
    """A description with two counted voices and one that is only read."""
    source = Source(
        file=Path("none.txt"),
        format="plain",
        title="None",
        citation="None.",
        rights="Nobody's.",
        publish="full",
    )
    voices = {
        "one": Voice(label="One", one_author=True),
        "two": Voice(label="Two"),
        "read": Voice(label="Read", count=False),
    }
    book = Book(title="A book", author="Nobody", contact="Nowhere")
    settings = Settings(id="made-up", book=book, sources={"text": source}, voices=voices)
    return Description(settings, Path("made/corpus.yml"), {})


def document(
    name: str,
    paragraphs: Sequence[str],
    *,
    voice: str | None = "one",
    person: str = "somebody",
    reply_to: str | None = None,
) -> Document:
    """A document of these paragraphs, with a blank line between each two."""
    spans, at = [], 0
    for paragraph in paragraphs:
        spans.append((at, at + len(paragraph)))
        at += len(paragraph) + 2
    text = "\n\n".join(paragraphs)
    return Document(
        name,
        text,
        "text",
        Locator(0, len(text)),
        "text",
        label_paragraphs(spans),
        voice=voice,
        person=person,
        reply_to=reply_to,
        indent_parent=reply_to,
    )


def made_corpus(
    documents: Sequence[Document],
    *,
    shards: int = 1,
    masks: Mapping[str, tuple[Mask, ...]] | None = None,
) -> Corpus:
    """A corpus of these documents, cut into so many shards of nearly the same size."""
    size = -(-len(documents) // shards) or 1
    pieces = [documents[i : i + size] for i in range(0, len(documents), size)]
    roles = {one.person: f"the role of {one.person}" for one in documents}
    return Corpus(
        made_description(), (), tuple(build_shard(piece) for piece in pieces), masks or {}, roles
    )


_PIECES = [
    *(" ", " ", " ", " ", "\n", "\u00a0", "\t"),
    *(". ", "? ", "! ", ", ", "; ", ": ", "…", "–", "-", "(", ")", "'", "’", "“", "”", '"', "/"),
    *("don’t", "don't", "Therapy", "therapy", "therapies", "THERAPY", "work", "mental", "health"),
    *(
        "e.g.",
        "Dr. ",
        "No. 5",
        "U.K.",
        "co-designed",
        "https://a.org/b?c=(d)",
        "#now",
        "again.Then",
    ),
    *("🙂", "👨\u200d👩\u200d👧", "1️⃣", ":-)", "e\u0301", "é", "ß", "ﬁ", "İ", "日本語", "שלום", "█"),
]

paragraphs = (
    st.one_of(
        st.text(min_size=1, max_size=40),
        st.lists(st.sampled_from(_PIECES), min_size=1, max_size=30).map("".join),
    )
    .map(str.strip)
    .filter(bool)
)


@st.composite
def documents(draw: st.DrawFn, most: int = 7) -> list[Document]:
    """Up to so many documents of any Unicode, by several people in several voices."""
    bodies = draw(st.lists(st.lists(paragraphs, min_size=1, max_size=3), max_size=most))
    return [
        document(
            f"text-{i}",
            body,
            voice=draw(st.sampled_from(["one", "two", "read", None])),
            person=draw(st.sampled_from("abcdefg")),
            reply_to=f"text-{draw(st.integers(0, i - 1))}" if i else None,
        )
        for i, body in enumerate(bodies)
    ]


def assert_same(left: pd.DataFrame, right: pd.DataFrame) -> None:
    """Two tables are equal: columns, kinds, rows; fractions to 1e-12."""
    assert list(left.columns) == list(right.columns)
    assert left.dtypes.to_dict() == right.dtypes.to_dict()
    assert left.index.tolist() == right.index.tolist()
    for name in left.columns:
        one, other = left[name], right[name]
        if pd.api.types.is_float_dtype(one):
            np.testing.assert_allclose(one.to_numpy(), other.to_numpy(), rtol=1e-12, atol=1e-12)
        else:
            assert one.isna().tolist() == other.isna().tolist()
            assert one.dropna().tolist() == other.dropna().tolist()
