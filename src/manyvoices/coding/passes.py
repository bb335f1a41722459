"""Passes of codes, tied to the text by offsets into the source files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from manyvoices.coding.tables import line_of, read_table
from manyvoices.corpus import Corpus
from manyvoices.documents import Document
from manyvoices.errors import SettingsError

LAYERS = ("sentences", "claims", "comments", "mentions")


def pass_files(corpus: Corpus, layer: str = "*") -> list[Path]:
    """The files of a layer of codes, one a pass; of all layers, where none is named.

    A pass is a folder in the folder of codes that is named after its number (`pass-4`) or after
    who coded; one of another name holds codes if its files are called as a layer is, and may hold
    other things too. Files stand by the names of passes, with numbers in their order.
    """
    folder = _folder(corpus)
    files = folder.glob(f"[!.]*/{layer}.csv") if folder else []
    coded = (f for f in files if f.stem in LAYERS or f.parent.name.startswith("pass-"))
    return sorted(coded, key=_in_order)


def read_passes(corpus: Corpus, layer: str = "sentences") -> pd.DataFrame:
    """One row per sentence and pass: the codes of the coded stretch that it overlaps most.

    Columns: pass, sentence, document, voice, overlap (share of the sentence's characters that the
    coded stretch covers), then one column a coded variable, empty where a pass left it out. A
    sentence that no stretch overlaps has no row; an empty table is returned for a corpus without
    codes. `layer` is the name of the files, without its ending. Raises SettingsError for a file
    without the columns source, start, end.
    """
    tables = [_one_pass(corpus, file) for file in pass_files(corpus, layer)]
    empty = pd.DataFrame(columns=["pass", "sentence", "document", "voice", "overlap"])
    if not tables:
        return empty
    found = pd.concat(tables, ignore_index=True)
    coded = found.columns[len(empty.columns) :]
    return found.fillna(dict.fromkeys(coded, ""))


def read_quotations(corpus: Corpus) -> pd.DataFrame:
    """One row per coded pair of quotation marks.

    Columns: document, start, end (code points in the document's text, marks included), kind
    (quotation, echo, scare-quote, title), whose, note.
    """
    return in_documents(corpus, "quotations.csv", ["kind", "whose", "note"])


def read_questions(corpus: Corpus) -> pd.DataFrame:
    """One row per question that somebody read, with or without a question mark.

    Columns: document, start, end (code points in the document's text), kind (asked: it seeks an
    answer from somebody; own answer: its writer gives one; echo: it repeats another's words;
    rhetorical), answered (the sentence that answers it; empty for none), reader, note.
    """
    return in_documents(corpus, "questions.csv", ["kind", "answered", "reader", "note"])


def read_mentions(corpus: Corpus) -> pd.DataFrame:
    """One row per place where the text brings in an outside source or body.

    Columns: document, start, end (code points in the document's text), mention.
    """
    return in_documents(corpus, "mentions.csv", ["mention"])


def file_spans(corpus: Corpus) -> pd.DataFrame:
    """One row per sentence with its place in its source file.

    Columns: sentence, document, voice, source, start, end (code points in the file). Sentences of
    records, which are no slices of their file, are left out.
    """
    sentences = corpus.sentences
    documents = [corpus.by_id[name] for name in sentences["document"]]
    shift = pd.Series([d.locator.start for d in documents], dtype="Int64")
    table = sentences[["sentence", "document", "voice"]].assign(
        source=[d.source for d in documents],
        start=sentences["start"] + shift,
        end=sentences["end"] + shift,
    )
    return table[shift.notna()].astype({"start": np.int64, "end": np.int64})


def codes_file(corpus: Corpus, name: str) -> Path | None:
    """The file of this name in the folder of codes; None where there is none."""
    folder = _folder(corpus)
    return folder / name if folder and (folder / name).is_file() else None


def _folder(corpus: Corpus) -> Path | None:
    """The folder of codes, if the description names one."""
    codes = corpus.settings.codes
    return corpus.description.path(codes) if codes else None


def _in_order(file: Path) -> tuple[list[str | int], str]:
    """What to sort a file by: its folder, with the numbers in it as numbers, then its name."""
    parts = re.split("([0-9]+)", file.parent.name)
    return [int(part) if i % 2 else part for i, part in enumerate(parts)], file.name


def _one_pass(corpus: Corpus, file: Path) -> pd.DataFrame:
    codes = read_spans(file, ["source", "start", "end"])
    units = file_spans(corpus)
    pairs = [
        pair
        for source, of_source in units.groupby("source", sort=False)
        for pair in _overlaps(of_source, codes[codes["source"] == source])
    ]
    rows = pd.DataFrame(pairs, columns=["unit", "code", "overlap"])
    left = units.loc[rows["unit"], ["sentence", "document", "voice"]].reset_index(drop=True)
    right = codes.loc[rows["code"]].drop(columns=["source", "start", "end"]).reset_index(drop=True)
    table = pd.concat([left, rows[["overlap"]], right], axis=1)
    table.insert(0, "pass", file.parent.name)
    return table


def _overlaps(units: pd.DataFrame, codes: pd.DataFrame) -> list[tuple[int, int, float]]:
    """For each unit the code that covers most of it (the first of equals), and how much."""
    pairs = []
    starts, ends = codes["start"].to_numpy(), codes["end"].to_numpy()
    for unit, start, end in zip(units.index, units["start"], units["end"], strict=True):
        shared = np.minimum(ends, end) - np.maximum(starts, start)
        if len(shared) and (best := int(shared.argmax())) >= 0 and shared[best] > 0:
            pairs.append((unit, codes.index[best], float(shared[best] / (end - start))))
    return pairs


def in_documents(corpus: Corpus, name: str, columns: list[str]) -> pd.DataFrame:
    """The rows of a file of spans in the folder of codes that lie in a document.

    Columns: document, start, end (code points in the document's text), and those asked for, as
    they stand. No rows without the file. Raises SettingsError for a file without these columns.
    """
    file = codes_file(corpus, name)
    header = ["document", "start", "end", *columns]
    if file is None:
        return pd.DataFrame(columns=header)
    spans = read_spans(file, ["source", "start", "end", *columns])
    values = [spans[column].tolist() for column in ["source", "start", "end", *columns]]
    rows = [
        (document.id, start - home, end - home, *others)
        for source, start, end, *others in zip(*values, strict=True)
        for document, home, last in _homes(corpus)
        if document.source == source and home <= start and end <= last
    ]
    return pd.DataFrame(rows, columns=header)


def _homes(corpus: Corpus) -> Iterator[tuple[Document, int, int]]:
    """The documents that are slices of their file, each with its span there."""
    for document in corpus.documents:
        locator = document.locator
        if locator.start is not None and locator.end is not None:
            yield document, locator.start, locator.end


def read_spans(file: Path, needed: list[str]) -> pd.DataFrame:
    """The rows of a CSV file, with whole numbers in `start` and `end`, which are among the needed.

    Raises SettingsError unless it has the needed columns.
    """
    table = read_table(file, needed)
    for column in ("start", "end"):
        wrong = ~table[column].str.fullmatch("[0-9]{1,9}")
        if wrong.any():
            raise SettingsError(
                f"`{column}` is {table[column][wrong].iloc[0]!r}.",
                "Give the code point in the source file, a whole number.",
                file=file,
                line=line_of(file, int(wrong.argmax())),
            )
    return table.astype({"start": np.int64, "end": np.int64})
