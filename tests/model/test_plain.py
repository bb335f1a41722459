"""The reader of plain texts, and what all readers of files share."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyvoices.documents import Document
from manyvoices.errors import SourceError
from manyvoices.settings import Source
from manyvoices.sources.lines import LineFate, read_text, split_lines
from manyvoices.sources.plain import read_plain
from tests.model.making import PLAIN, corpus_of


def read(text: str, **options: object) -> tuple[Document, list[LineFate]]:
    """A plain text, as if it stood in text.txt."""
    source = Source(
        file=Path("text.txt"),
        format="plain",
        title="A text",
        citation="A text.",
        rights="Nobody's.",
        publish="full",
        kind="letter",
        author="Ann",
        date="1999",
        **options,  # type: ignore[arg-type]  # checked by pydantic
    )
    return read_plain("text", source, Path("text.txt"), text, split_lines(text))


def paragraphs(one: Document) -> list[str]:
    return [one.text[p.start : p.end] for p in one.paragraphs]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One.", ["One."]),
        ("One.\n", ["One."]),
        ("\n\n  One.  \n", ["One."]),
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One,\nstill one.\n\nTwo.\n", ["One,\nstill one.", "Two."]),
        ("One.\r\n\r\nTwo.\r\n", ["One.", "Two."]),
        ("One.\n \t\u00a0\nTwo.", ["One.", "Two."]),
        ("\ufeffOne.\n\nTwo.", ["One.", "Two."]),
    ],
)
def test_paragraphs_stand_between_blank_lines(text: str, found: list[str]) -> None:
    one, _ = read(text)

    assert paragraphs(one) == found
    assert [p.label for p in one.paragraphs] == [f"p{i}" for i in range(1, len(found) + 1)]


def test_document_says_where_and_by_whom_it_is() -> None:
    one, _ = read("\n\n One. \n")

    assert (one.id, one.kind, one.author, one.date) == ("text", "letter", "Ann", "1999")
    assert (one.locator.start, one.locator.end, one.text) == (3, 7, "One.")


def test_omitted_lines_are_no_text_and_say_why() -> None:
    omitted = [{"lines": [2, 3], "reason": "An advertisement."}]
    one, fates = read("One.\nBuy!\nMore!\nTwo.", omit=omitted)

    assert paragraphs(one) == ["One.", "Two."]
    assert [(fate.line, fate.fate, fate.reason) for fate in fates] == [
        (1, "body", ""),
        (2, "left out", "An advertisement."),
        (3, "left out", "An advertisement."),
        (4, "body", ""),
    ]


@pytest.mark.parametrize("text", ["", "\n", " \r\n\t\n", "\ufeff", "\ufeff\n"])
def test_file_without_text_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match=r"^text\.txt: no text was found"):
        read(text)


def test_file_of_which_all_is_omitted_is_refused() -> None:
    with pytest.raises(SourceError, match="no text was found"):
        read("One.", omit=[{"lines": [1, 9], "reason": "None of it."}])


@given(st.text(min_size=1, max_size=80).filter(lambda text: text.strip("\ufeff \n").strip()))
def test_paragraphs_and_gaps_rebuild_any_text(text: str) -> None:
    try:
        one, fates = read(text)
    except SourceError:
        assert not text.removeprefix("\ufeff").strip()
        return

    assert one.locator.start is not None
    assert text[one.locator.start : one.locator.end] == one.text
    kept = "".join(paragraphs(one))
    assert "".join(kept.split()) == "".join(
        "".join(line.removeprefix("\ufeff").split()) for line in text.split("\n")
    )
    assert [fate.line for fate in fates] == list(range(1, text.count("\n") + 2))


def test_file_that_is_not_the_recorded_one_is_refused(tmp_path: Path) -> None:
    wrong = PLAIN.replace("    title: A text", f"    sha256: {'0' * 64}\n    title: A text")

    with pytest.raises(SourceError) as caught:
        corpus_of(tmp_path, wrong, text="One.")

    assert caught.value.file == tmp_path / "text.txt"
    assert hashlib.sha256(b"One.").hexdigest() in str(caught.value)
    assert "0" * 64 in str(caught.value)


def test_file_that_is_the_recorded_one_is_read(tmp_path: Path) -> None:
    right = hashlib.sha256(b"One.").hexdigest()

    assert corpus_of(
        tmp_path,
        PLAIN.replace("    title: A text", f"    sha256: {right}\n    title: A text"),
        text="One.",
    ).documents


def test_file_that_is_not_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        corpus_of(tmp_path, PLAIN, text="One.\nTwo.\nZo\xeb".encode("latin-1"))

    assert (caught.value.file, caught.value.line) == (tmp_path / "text.txt", 3)
    assert "byte 12 is not UTF-8" in str(caught.value)


@given(st.text(max_size=80))
def test_lines_and_line_ends_rebuild_any_text(text: str) -> None:
    lines = split_lines(text)
    ends = [line.start for line in lines[1:]] + [len(text)]

    assert (
        "".join(line.text + text[line.end : after] for line, after in zip(lines, ends, strict=True))
        == text
    )
    assert all(
        text[line.end : after] in ("", "\n", "\r\n", "\r")
        for line, after in zip(lines, ends, strict=True)
    )
    assert all(text[slice(*line.inner)].strip() == text[slice(*line.inner)] for line in lines)


def test_text_is_taken_code_point_for_code_point(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_bytes("a\r\nb\rc\u2028d\x85e".encode())

    assert read_text(file) == "a\r\nb\rc\u2028d\x85e"
