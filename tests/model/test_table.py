"""The reader of tables of posts (RFC 4180)."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyvoices.corpus import Corpus
from manyvoices.documents import Document
from manyvoices.errors import SourceError
from manyvoices.settings import Columns, Source
from manyvoices.sources.lines import LineFate
from manyvoices.sources.table import read_table
from tests.model.making import POSTS, corpus_of

HEADING = "id,text,who,when,parent,likes\n"
FILE = Path("posts.csv")


def read(text: str, **columns: str) -> list[tuple[Document | None, LineFate]]:
    """The records of a table, as if it stood in posts.csv."""
    named = Columns(
        **{"id": "id", "text": "text", "author": "who", "date": "when", "parent": "parent"}
        | {"likes": "likes"}
        | columns
    )
    source = Source(
        file=FILE,
        format="csv",
        title="Posts",
        citation="Posts.",
        rights="Nobody's.",
        publish="full",
        columns=named,
        kind="post",
    )
    return list(read_table("posts", source, FILE, text))


def documents_of(text: str) -> list[Document]:
    return [one for one, _ in read(text) if one is not None]


def test_record_becomes_a_document() -> None:
    (one,) = documents_of(HEADING + "7,Hello.,Ann,2020-01-02,,12\n")

    assert (one.id, one.text, one.author, one.date, one.likes) == (
        "posts-7",
        "Hello.",
        "Ann",
        "2020-01-02",
        12,
    )
    assert (one.kind, one.locator.record, one.locator.start) == ("post", 1, None)
    assert one.reply_to is one.indent_parent is None


def test_parent_is_the_post_that_is_answered() -> None:
    _, reply = documents_of(HEADING + "A b,One.,,,,\n2,Two.,,, A b ,\n")

    assert (reply.reply_to, reply.indent_parent) == ("posts-a-b", "posts-a-b")


def test_columns_may_stand_in_any_order_and_beside_others() -> None:
    text = "extra,likes,text,id,who,when,parent\nx,3,Hello.,7,,,\n"

    assert [(one.id, one.text, one.likes) for one in documents_of(text)] == [
        ("posts-7", "Hello.", 3)
    ]


def test_columns_that_are_not_named_are_not_asked_for() -> None:
    nothing = {"author": "", "date": "", "parent": "", "likes": ""}
    ((one, _),) = read("id,text\n1,Hello.\n", **nothing)

    assert one is not None
    assert (one.author, one.date, one.likes, one.reply_to) == ("", "", None, None)


@pytest.mark.parametrize(
    ("field", "text", "paragraphs"),
    [
        ('"Well, yes."', "Well, yes.", ["Well, yes."]),
        ('"So ""quoted""."', 'So "quoted".', ['So "quoted".']),
        ('"One.\n\nTwo."', "One.\n\nTwo.", ["One.", "Two."]),
        ('"One.\r\n Two. \r\n"', "One.\r\n Two. \r\n", ["One.", "Two."]),
        ('" padded "', " padded ", ["padded"]),
        ('"\ufeffmarked"', "\ufeffmarked", ["\ufeffmarked"]),
    ],
)
def test_text_is_the_field_as_it_was_meant(field: str, text: str, paragraphs: list[str]) -> None:
    (one,) = documents_of(f"{HEADING}1,{field},,,,\n")

    assert one.text == text
    assert [one.text[p.start : p.end] for p in one.paragraphs] == paragraphs


@pytest.mark.parametrize("heading", ["\ufeffid,text", '\ufeff"id","text"', '"id","text"'])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_byte_order_mark_and_quoted_headings_are_understood(heading: str, line_end: str) -> None:
    text = f"{heading},who,when,parent,likes{line_end}1,Hello.,,,,{line_end}"

    assert [one.id for one in documents_of(text)] == ["posts-1"]


def test_record_without_text_is_left_out_and_accounted_for() -> None:
    records = read(HEADING + '1,,,,,\n2," \n",,,,\n3,Yes.,,,,\n')

    assert [(one and one.id, fate.fate, fate.line) for one, fate in records] == [
        (None, "left out", 2),
        (None, "left out", 3),
        ("posts-3", "record", 5),
    ]
    assert records[0][1].reason


def test_blank_lines_are_no_records_and_count_as_lines() -> None:
    records = read(HEADING + "\n1,One.,,,,\n\n\n2,Two.,,,,\n")

    assert [(one and one.locator.record, fate.line) for one, fate in records] == [(1, 3), (2, 6)]


def test_text_may_be_longer_than_the_csv_module_allows_by_itself() -> None:
    (one,) = documents_of(f'{HEADING}1,"{"long " * 40_000}",,,,\n')

    assert len(one.text) == 200_000


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("", 1, "no column 'id', 'text'"),
        ("id;text\n1;Hello.\n", 1, "no column 'id', 'text'"),
        ("id,body,who,when,parent,likes\n", 1, "no column 'text'"),
        ("id,text,text,who,when,parent,likes\n", 1, "several columns 'text'"),
        ('"id"x,text\n', 1, "not CSV"),
        (HEADING + "1,One.,,,\n", 2, "5 fields, the heading 6"),
        (HEADING + "1,One.,,,,\n2,Two.,,,,,\n", 3, "7 fields, the heading 6"),
        (HEADING + '1,"One\ntwo.",,,,\n2,Three.\n', 4, "2 fields, the heading 6"),
        (HEADING + '1,"One" two,,,,\n', 2, "not CSV"),
        (HEADING + '1,One.,,,,\n\n2,"Never closed,,,,\n', 4, "not CSV"),
        (HEADING + "1,One.,,,,\n1,Two.,,,,\n", 3, "stands already on line 2"),
        (HEADING + "a b,One.,,,,\n\n A-B ,Two.,,,,\n", 4, "stands already on line 2"),
        (HEADING + ",One.,,,,\n", 2, "the id '' is empty"),
        (HEADING + "1,One.,,,,\n日本,Two.,,,,\n", 3, "the id '日本' is empty"),
        (HEADING + "1,One.,,,,many\n", 2, "likes are 'many'"),
        (HEADING + "1,One.,,,,-1\n", 2, "likes are '-1'"),
        (HEADING + "1,One.,,,,1.5\n", 2, "likes are '1.5'"),
        (HEADING + '1,One.,,,,\n2,"Two\nlines",,,,²\n', 3, "likes are '²'"),
    ],
)
def test_mistakes_are_refused_with_their_line(text: str, line: int, found: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(text)

    assert (caught.value.file, caught.value.line) == (FILE, line)
    assert found in str(caught.value)


def test_every_record_of_every_table_has_one_fate(corpus: Corpus) -> None:
    for reading in corpus.readings:
        source = corpus.settings.sources[reading.source]
        if source.format == "csv":
            text = corpus.description.path(source.file).read_bytes().decode("utf-8-sig")
            rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row]
            assert len(reading.fates) == len(rows) - 1


fields = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(st.lists(st.tuples(fields, fields, st.none() | st.integers(0, 10**9)), max_size=6))
def test_any_table_is_read_back_as_it_was_written(
    rows: list[tuple[str, str, int | None]],
) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(["id", "text", "who", "when", "parent", "likes"])
    for number, (text, who, likes) in enumerate(rows):
        writer.writerow([number, text, who, "", "", "" if likes is None else likes])

    found = {one.id: (one.text, one.author, one.likes) for one in documents_of(stream.getvalue())}

    assert found == {f"posts-{number}": row for number, row in enumerate(rows) if row[0].strip()}


@given(st.text(max_size=80))
def test_any_file_is_read_or_refused(text: str) -> None:
    try:
        records = read(HEADING + text)
    except SourceError as error:
        line = error.line
    else:
        line = None
        assert [one.locator.record for one, _ in records if one] <= list(range(1, 200))
    assert line is None or line >= 1


def test_posts_with_ids_that_look_like_paragraphs_are_refused(tmp_path: Path) -> None:
    heading = "id,text,who,parent,likes\n"
    for ids in (("1", "1-p1"), ("1-p1-s2", "1")):
        rows = "".join(f"{name},One. Two.,,,\n" for name in ids)
        with pytest.raises(Exception, match="called as a part of `text-1` is"):
            corpus_of(tmp_path, POSTS, posts=heading + rows)
