"""Codes are tied to the text by offsets, and to our sentences by overlap."""

import csv
from pathlib import Path

import pytest

from manyvoices.coding import read_mentions, read_passes, read_quotations
from manyvoices.corpus import Corpus
from manyvoices.errors import SettingsError
from tests.model.making import PLAIN, POSTS, assert_same, corpus_of, write

QUOTATION_MARKS = "“”‘’\"'"


def rows_of(corpus: Corpus, name: str) -> list[dict[str, str]]:
    assert corpus.settings.codes is not None
    file = corpus.description.path(corpus.settings.codes) / name
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


Stretch = dict[str, str]


def best_stretches(corpus: Corpus, coded: list[Stretch]) -> dict[str, Stretch | None]:
    """For each sentence the coded stretch with which it shares the most characters."""
    found: dict[str, Stretch | None] = {}
    for row in corpus.sentences.itertuples():
        one = corpus.by_id[row.document]
        if one.locator.start is None:
            continue
        start, end = row.start + one.locator.start, row.end + one.locator.start
        shared = [
            min(int(stretch["end"]), end) - max(int(stretch["start"]), start)
            if stretch["source"] == one.source
            else 0
            for stretch in coded
        ]
        best = max(range(len(coded)), key=shared.__getitem__)
        found[row.sentence] = coded[best] if shared[best] > 0 else None
    return found


def test_every_coded_stretch_of_this_corpus_reaches_a_sentence(this_corpus: Corpus) -> None:
    table = read_passes(this_corpus)

    assert table["pass"].unique().tolist() == ["pass-1", "pass-2", "pass-3"]
    for name in table["pass"].unique():
        coded = rows_of(this_corpus, f"{name}/sentences.csv")
        best = best_stretches(this_corpus, coded).values()
        assert len(coded) == 265
        assert {id(stretch) for stretch in best if stretch} == {id(stretch) for stretch in coded}


def test_every_sentence_has_the_codes_of_the_stretch_it_shares_most_with(corpus: Corpus) -> None:
    for name, of_pass in read_passes(corpus).groupby("pass"):
        coded = rows_of(corpus, f"{name}/sentences.csv")
        variables = [key for key in coded[0] if key not in ("source", "start", "end")]
        best = best_stretches(corpus, coded)

        assert of_pass["overlap"].between(0, 1, inclusive="right").all()
        found = of_pass.set_index("sentence")[variables].to_dict(orient="index")
        assert found == {
            sentence: {key: stretch[key] for key in variables}
            for sentence, stretch in best.items()
            if stretch
        }


def test_sentences_without_codes_are_those_of_the_parts_that_were_not_coded(
    this_corpus: Corpus,
) -> None:
    coded = set(read_passes(this_corpus)["sentence"])
    sentences = this_corpus.sentences
    others = sentences[~sentences["sentence"].isin(coded)]

    assert set(others["document"]) == {"notice", "related", "appeal"}


def test_overlap_is_the_share_of_the_sentence_that_was_coded(tmp_path: Path) -> None:
    table = coded_corpus(
        tmp_path, "pass-1/sentences.csv", "source,start,end,act\ntext,0,6,claim\ntext,8,20,doubt\n"
    )
    found = read_passes(table)

    # "One two." is 8 long; "Three four." runs from 9 to 20.
    assert found["act"].tolist() == ["claim", "doubt"]
    assert found["overlap"].tolist() == [6 / 8, 1]


def test_first_of_two_stretches_that_share_as_much_is_taken(tmp_path: Path) -> None:
    table = coded_corpus(
        tmp_path, "pass-1/sentences.csv", "source,start,end,act\ntext,0,4,first\ntext,4,8,second\n"
    )

    assert read_passes(table)["act"].tolist() == ["first"]


def coded_corpus(folder: Path, name: str, codes: str) -> Corpus:
    """A text of two sentences, and a file of codes."""
    (folder / "codes" / name).parent.mkdir(parents=True)
    (folder / "codes" / name).write_text(codes, encoding="utf-8")
    return corpus_of(folder, PLAIN + "codes: codes\n", text="One two. Three four.")


@pytest.mark.parametrize(
    ("name", "codes", "said"),
    [
        ("pass-1/sentences.csv", "source,begin,end,act\ntext,0,4,claim\n", "no column start"),
        (
            "pass-1/sentences.csv",
            "source,start,end\ntext,nought,4\n",
            "sentences.csv:2: `start` is 'nought'",
        ),
        (
            "pass-1/sentences.csv",
            "source,start,end\ntext,0,4\ntext,5,\n",
            "sentences.csv:3: `end` is ''",
        ),
        ("pass-1/sentences.csv", "", "not CSV: No columns to parse from file. Save it as CSV"),
        ("pass-1/sentences.csv", 'source,start,end\n"text,0,4\n', "not CSV"),
        ("mentions.csv", "source,start,end\ntext,0,4\n", "no column mention"),
        ("quotations.csv", "source,start,end,kind\ntext,0,4,echo\n", "no column whose, note"),
    ],
)
def test_mistakes_in_codes_are_refused_with_their_file(
    tmp_path: Path, name: str, codes: str, said: str
) -> None:
    corpus = coded_corpus(tmp_path, name, codes)

    with pytest.raises(SettingsError) as caught:
        [read(corpus) for read in (read_passes, read_mentions, read_quotations)]

    assert caught.value.file == tmp_path / "codes" / name
    assert said in str(caught.value)


@pytest.mark.parametrize("codes", ["", "codes: codes\n"])
def test_corpus_without_codes_gives_empty_tables_with_their_columns(
    tmp_path: Path, codes: str
) -> None:
    (tmp_path / "codes").mkdir()
    corpus = corpus_of(tmp_path, PLAIN + codes, text="One.")
    tables = [read_passes(corpus), read_mentions(corpus), read_quotations(corpus)]

    assert [list(table.columns) for table in tables] == [
        ["pass", "sentence", "document", "voice", "overlap"],
        ["document", "start", "end", "mention"],
        ["document", "start", "end", "kind", "whose", "note"],
    ]
    assert [len(table) for table in tables] == [0, 0, 0]


def test_posts_which_are_no_slices_of_their_file_have_no_codes_by_offset(tmp_path: Path) -> None:
    (tmp_path / "codes" / "pass-1").mkdir(parents=True)
    file = write(
        tmp_path, POSTS + "codes: codes\n", {"posts.csv": "id,text,who,parent,likes\n1,One.,,,\n"}
    )
    codes = "source,start,end,act\ntext,0,4,claim\n"
    (tmp_path / "codes" / "pass-1" / "sentences.csv").write_text(codes, encoding="utf-8")

    assert read_passes(Corpus.load(file)).empty


def test_mentions_and_quotations_lie_in_a_paragraph_of_their_document(corpus: Corpus) -> None:
    for name, table in (
        ("mentions", read_mentions(corpus)),
        ("quotations", read_quotations(corpus)),
    ):
        for row in table.itertuples():
            one = corpus.by_id[row.document]
            assert 0 <= row.start < row.end <= len(one.text), name
            assert any(p.start <= row.start and row.end <= p.end for p in one.paragraphs), name


def test_no_mention_or_quotation_of_this_corpus_is_lost(this_corpus: Corpus) -> None:
    for name, table in (
        ("mentions.csv", read_mentions(this_corpus)),
        ("quotations.csv", read_quotations(this_corpus)),
    ):
        assert len(table) == len(rows_of(this_corpus, name))


def test_quotations_of_this_corpus_begin_and_end_with_a_mark(this_corpus: Corpus) -> None:
    for row in read_quotations(this_corpus).itertuples():
        text = this_corpus.by_id[row.document].text[row.start : row.end]
        assert text[0] in QUOTATION_MARKS
        assert text[-1] in QUOTATION_MARKS


def test_codes_of_comments_name_comments_of_this_corpus(this_corpus: Corpus) -> None:
    comments = {one.id for one in this_corpus.documents if one.kind == "comment"}

    for name in ("pass-1", "pass-2", "pass-3"):
        coded = [row["comment"] for row in rows_of(this_corpus, f"{name}/comments.csv")]
        assert sorted(coded) == sorted(comments)


def test_codes_of_the_public_view_are_those_of_the_whole(corpus: Corpus, public: Corpus) -> None:
    whole = corpus.select(lambda one: one.id in public.by_id)

    assert_same(read_passes(public), read_passes(whole))
    assert_same(read_mentions(public), read_mentions(whole))
