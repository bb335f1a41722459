"""Who coded what is told, whoever it was, and as soon as a pass is there."""

from pathlib import Path

import pytest

from manyvoices.coding import read_codebook, read_codes, read_passes, who_coded
from manyvoices.coding.passes import pass_files
from manyvoices.corpus import Corpus
from manyvoices.errors import SettingsError
from tests.coding.making import page

SENTENCES = "source,start,end,act\ntext,0,18,claim\n"
MENTIONS = "mention,function\nsomebody,supporting\n"
BOOK = """\
title: A codebook
version: 3
who_coded:
  statement: Two people.
  passes:
    ada: {coder: Ada, how: By hand.}
layers:
  sentences:
    label: Sentences
    unit: A sentence.
    variables:
      act: {label: What it does, values: [claim, call]}
"""


def test_a_pass_is_named_by_its_folder_and_told_with_who_made_it(tmp_path: Path) -> None:
    files = {"ada/sentences.csv": SENTENCES, "ada/mentions.csv": MENTIONS, "codebook.yml": BOOK}
    (row,) = who_coded(page(tmp_path, files)).to_dict("records")
    assert row == {
        "pass": "ada",
        "coder": "Ada",
        "how": "By hand.",
        "layers": "mentions, sentences",
    }


def test_a_pass_that_the_codebook_does_not_name_is_told_so(tmp_path: Path) -> None:
    files = {"ada/sentences.csv": SENTENCES, "bob/sentences.csv": SENTENCES, "codebook.yml": BOOK}
    table = who_coded(page(tmp_path, files)).set_index("pass")
    assert table["coder"].to_dict() == {"ada": "Ada", "bob": "not said in the codebook"}


def test_passes_stand_by_name_with_numbers_in_their_order(tmp_path: Path) -> None:
    names = ["pass-10", "pass-9", "pass-1", "ada"]
    files = {f"{name}/sentences.csv": SENTENCES for name in [*names, ".hidden"]}
    corpus = page(tmp_path, files)
    assert who_coded(corpus)["pass"].tolist() == ["ada", "pass-1", "pass-9", "pass-10"]
    assert read_passes(corpus)["pass"].tolist() == ["ada", "pass-1", "pass-9", "pass-10"]
    assert read_codes(corpus)["pass"].tolist() == ["ada", "pass-1", "pass-9", "pass-10"]


def test_a_layer_may_be_coded_by_some_passes_only(tmp_path: Path) -> None:
    corpus = page(tmp_path, {"a/sentences.csv": SENTENCES, "b/mentions.csv": MENTIONS})
    assert [file.parent.name for file in pass_files(corpus, "mentions")] == ["b"]
    assert [file.parent.name for file in pass_files(corpus)] == ["a", "b"]


def test_a_folder_of_other_things_is_no_pass(tmp_path: Path) -> None:
    files = {"drawn/sample.csv": "a,b\n1,2\n", "pass-1/moods.csv": "comment,mood\nposts-1,sad\n"}
    corpus = page(tmp_path, files)
    assert who_coded(corpus)[["pass", "layers"]].to_numpy().tolist() == [["pass-1", "moods"]]
    assert read_codes(corpus)["code"].tolist() == ["sad"]


def test_what_a_pass_leaves_out_is_empty_and_not_missing(tmp_path: Path) -> None:
    other = "source,start,end,target\ntext,0,18,ferry\n"
    table = read_passes(page(tmp_path, {"a/sentences.csv": SENTENCES, "b/sentences.csv": other}))
    assert table[["act", "target"]].to_numpy().tolist() == [["claim", ""], ["", "ferry"]]


def test_a_codebook_names_variables_and_keeps_their_columns_where_it_does_not(
    tmp_path: Path,
) -> None:
    codebook = read_codebook(page(tmp_path, {"codebook.yml": BOOK}))
    assert codebook.label("sentences", "act") == "What it does"
    assert codebook.label("sentences", "target") == "target"
    assert codebook.label("mentions", "kind") == "kind"


@pytest.mark.parametrize("codes", [{}, {"a/sentences.csv": SENTENCES}])
def test_no_codebook_is_an_empty_one(tmp_path: Path, codes: dict[str, str]) -> None:
    assert read_codebook(page(tmp_path, codes)).layers == {}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("title: A\nwho_coded:\n  passes: 3\n", 3, "`who_coded.passes` is 3; expected: a block"),
        ("who_coded:\n  passes:\n    ada:\n      how: x\n", 3, "coder` is missing"),
        ("who_coded:\n  passes:\n    a: {coder: A, why: x}\n", 3, "not a key that is known"),
        ("layers: *all\n", 1, "alias"),
    ],
)
def test_mistakes_in_a_codebook_are_told_with_their_line(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    corpus = page(tmp_path, {"codebook.yml": text})
    with pytest.raises(SettingsError, match=said) as caught:
        read_codebook(corpus)
    assert caught.value.file == tmp_path.resolve() / "codes" / "codebook.yml"
    assert caught.value.line == line


def test_every_pass_of_every_corpus_here_is_named(corpus: Corpus) -> None:
    assert (who_coded(corpus)["coder"] != "not said in the codebook").all()


def test_no_pass_of_this_corpus_is_by_a_person(this_corpus: Corpus) -> None:
    table = who_coded(this_corpus)
    assert set(table["coder"]) == {"a language model"}
    assert (
        table["layers"].tolist() == ["comments, mentions, sentences"] * 3 + ["claims, mentions"] * 2
    )
