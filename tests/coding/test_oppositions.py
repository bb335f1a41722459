"""Passages chosen to be read side by side."""

from pathlib import Path

import pytest

from manyvoices.coding import read_oppositions
from manyvoices.corpus import Corpus
from manyvoices.errors import SettingsError
from tests.coding.making import page

HEAD = "opposition,pole,sentence,note\n"


def chosen(folder: Path, rows: str, publish: str = "full") -> Corpus:
    return page(folder, {"oppositions.csv": HEAD + rows}, publish)


def test_passages_stand_in_the_order_of_the_file_under_their_side(tmp_path: Path) -> None:
    rows = "Late or dear,late,posts-2-p1-s1,Late.\nLate or dear,dear,text-p1-s2,\n"
    table = read_oppositions(chosen(tmp_path, rows))
    assert table["sentence"].tolist() == ["posts-2-p1-s1", "text-p1-s2"]
    assert table["side"].tolist() == ["The posts", "The essay"]
    assert table["document"].tolist() == ["posts-2", "text"]


def test_a_group_stands_before_the_voice_of_its_people(this_corpus: Corpus) -> None:
    table = read_oppositions(this_corpus)
    groups = {group.label for group in this_corpus.settings.groups.values()}
    assert set(table["side"]) == {"The essay", "The article’s abstract"} | groups


def test_a_selection_keeps_only_its_own_passages(tmp_path: Path) -> None:
    corpus = chosen(tmp_path, "x,late,posts-2-p1-s1,\nx,dear,text-p1-s2,\n")
    assert read_oppositions(corpus.voice("essay"))["sentence"].tolist() == ["text-p1-s2"]


def test_no_file_is_no_passages(tmp_path: Path) -> None:
    assert read_oppositions(page(tmp_path, {})).empty


@pytest.mark.parametrize(
    ("rows", "line", "said"),
    [
        ("x,late,text-p1-s2,\nx,late,text-p7-s1,\n", 3, "no sentence `text-p7-s1`"),
        ("x,late,text-p1-s2,\nx,dear,text-p1-s2,\n", 3, "is chosen twice"),
        ("x,,text-p1-s2,\n", 2, "an entry is empty"),
    ],
)
def test_mistakes_are_told_with_file_and_line(
    tmp_path: Path, rows: str, line: int, said: str
) -> None:
    with pytest.raises(SettingsError, match=said) as caught:
        read_oppositions(chosen(tmp_path, rows))
    assert caught.value.file == tmp_path.resolve() / "codes" / "oppositions.csv"
    assert caught.value.line == line


@pytest.mark.parametrize(("text", "said"), [("opposition,pole\nx,y\n", "note"), ("", "not CSV")])
def test_what_is_no_such_table_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        read_oppositions(page(tmp_path, {"oppositions.csv": text}))


def test_a_text_that_may_be_cited_is_not_chosen_whole(tmp_path: Path) -> None:
    rows = "x,a,text-p1-s1,\nx,a,text-p1-s2,\n"
    assert len(read_oppositions(chosen(tmp_path, rows, "cited"))) == 2
    with pytest.raises(SettingsError, match="every sentence of `text` is chosen"):
        read_oppositions(chosen(tmp_path, rows + "y,a,text-p1-s3,\n", "cited"))


def test_a_text_that_may_not_be_shown_is_not_chosen(tmp_path: Path) -> None:
    corpus = chosen(tmp_path, "x,a,text-p1-s1,\n", "none")
    with pytest.raises(SettingsError, match="may be shown"):
        read_oppositions(corpus.public())


def test_most_of_the_abstract_of_this_corpus_is_not_quoted(this_corpus: Corpus) -> None:
    table = read_oppositions(this_corpus)
    cited = [d.id for d in this_corpus.documents if this_corpus.publish(d) == "cited"]
    for name in cited:
        size = (this_corpus.sentences["document"] == name).sum()
        assert table.loc[table["document"] == name, "sentence"].nunique() < 0.6 * size
