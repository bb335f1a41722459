"""Tables that people write: where a row of them begins."""

from __future__ import annotations

from pathlib import Path

from manyvoices.coding.tables import line_of, read_table

WRITTEN = '''\ufefftext,note
first,plain

second,"a note
of three
lines"
third,"says ""so"""
'''


def test_a_row_begins_on_its_own_line_whatever_stands_before_it(tmp_path: Path) -> None:
    file = tmp_path / "written.csv"
    file.write_text(WRITTEN, encoding="utf-8")

    rows = read_table(file, ["text"])["text"].tolist()

    assert rows == ["first", "second", "third"]
    lines = WRITTEN.splitlines()
    for record, text in enumerate(rows):
        assert lines[line_of(file, record) - 1].startswith(text)
