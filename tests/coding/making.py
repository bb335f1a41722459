"""Small corpora with codes, written to a folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from manyvoices.corpus import Corpus
from tests.model.making import BOOK, write

PAGE = (
    BOOK
    + """\
sources:
  posts:
    file: posts.csv
    format: csv
    kind: comment
    columns: {id: id, text: text, author: who}
    title: Posts
    citation: Posts.
    rights: Nobody's.
    publish: full
  text:
    file: text.txt
    format: plain
    kind: essay
    title: A text
    author: Ada
    citation: A text.
    rights: Nobody's.
    publish: PUBLISH
voices:
  essay: {label: The essay, kinds: [essay], one_author: true}
  posts: {label: The posts, kinds: [comment]}
people:
  ada: {role: the writer, named: true, wrote: [text]}
groups:
  old: {label: Old hands, people: [], reason: Made up.}
claims:
  K1: The ferry is late.
  K2: The ferry is dear.
codes: codes
"""
)
TEXT = "The ferry is late. It costs a lot. Everybody says so."
POSTS = [("1", "It is not late.", "a"), ("2", "Late again!", "b"), ("3", "And dear.", "b")]


def page(folder: Path, codes: Mapping[str, str], publish: str = "full") -> Corpus:
    """An essay of three sentences, three posts by two people, and these files of codes."""
    for name, text in codes.items():
        file = folder / "codes" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (folder / "codes").mkdir(exist_ok=True)
    posts = "\n".join(",".join(f'"{cell}"' for cell in row) for row in POSTS)
    files = {"text.txt": TEXT, "posts.csv": f"id,text,who\n{posts}\n"}
    return Corpus.load(write(folder, PAGE.replace("PUBLISH", publish), files))
