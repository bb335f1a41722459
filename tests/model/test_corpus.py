"""Corpora: who wrote what, in which voice; selections; what a mistake says."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from manyvoices.corpus import Corpus, published_corpus
from manyvoices.errors import ManyVoicesError, SettingsError
from tests.conftest import DESCRIPTION
from tests.model.making import POSTS, assert_same, corpus_of, document, made_corpus

HEADING = "id,text,who,parent,likes\n"
VOICED = POSTS.replace(
    "  all:\n    label: Everybody\n",
    "  first: {label: The first, people: [ann]}\n"
    "  rest: {label: The rest}\n"
    "people:\n"
    "  ann: {role: the first, names: [Ann, A. Nn], wrote: [text-9]}\n"
    "  bob: {role: the second, names: [Bob], named: true}\n",
)


def test_person_is_who_wrote_the_document_or_bears_the_name(tmp_path: Path) -> None:
    rows = "1,One.,Ann,,\n2,Two.,A. Nn,,\n3,Three.,Bob,,\n4,Four.,Zoe,,\n9,Nine.,Bob,,\n"
    corpus = corpus_of(tmp_path, VOICED, posts=HEADING + rows)

    assert [one.person for one in corpus.documents] == ["ann", "ann", "bob", "writer-1", "ann"]
    assert [corpus.roles[one.person] for one in corpus.documents] == [
        "the first",
        "the first",
        "the second",
        "writer 1",
        "the first",
    ]


def test_document_speaks_with_the_first_voice_that_fits(tmp_path: Path) -> None:
    rows = "1,One.,Ann,,\n2,Two.,Zoe,,\n9,Nine.,Zoe,,\n"
    corpus = corpus_of(tmp_path, VOICED, posts=HEADING + rows)

    assert [one.voice for one in corpus.documents] == ["first", "rest", "first"]


def test_voices_of_one_author_are_those_that_are_counted_and_have_a_document(
    tmp_path: Path,
) -> None:
    alone = "[ann], one_author: true}\n  second: {label: B, people: [bob], one_author: true"
    rows = "9,One.,Ann,,\n2,Two.,Bob,,\n3,Three.,Zoe,,\n"
    corpus = corpus_of(tmp_path, VOICED.replace("[ann]", alone), posts=HEADING + rows)
    read = VOICED.replace("[ann]", f"{alone}, count: false")

    assert corpus.one_author == ("first", "second")
    assert corpus.voice("second", "rest").one_author == ("second",)
    assert corpus_of(tmp_path, read, posts=HEADING + rows).one_author == ("first",)


def test_labels_are_the_short_ones_where_there_are_any(tmp_path: Path) -> None:
    short = "{label: The first, short: First, "
    description = VOICED.replace("{label: The first, ", short)
    corpus = corpus_of(tmp_path, description, posts=HEADING + "9,One.,Ann,,\n3,Two.,Zoe,,\n")

    assert corpus.labels == {"first": "First", "rest": "The rest"}


def test_posts_without_author_are_by_somebody_each(tmp_path: Path) -> None:
    description = POSTS.replace("author: who, ", "")
    corpus = corpus_of(tmp_path, description, posts=HEADING + "1,One.,,,\n2,Two.,,,\n")

    assert [one.person for one in corpus.documents] == ["text-1", "text-2"]
    assert len(set(corpus.roles.values())) == 2


def test_numbered_writer_does_not_take_the_id_of_somebody_known(tmp_path: Path) -> None:
    description = POSTS + "people:\n  writer-1: {role: somebody known}\n"
    corpus = corpus_of(tmp_path, description, posts=HEADING + "1,One.,Zoe,,\n")

    assert corpus.roles[corpus.documents[0].person] == "writer 1"
    assert corpus.roles["writer-1"] == "somebody known"


def test_voices_of_this_corpus(this_corpus: Corpus) -> None:
    assert list(this_corpus.voices) == ["essay", "replies", "commenters"]
    assert {one.id for one in this_corpus.documents if one.voice == "replies"} == {
        f"comment-{number}" for number in ("1.1", "2.1", "2.2.1", "5.1", "5.1.2", "6.1", "9.1")
    }
    assert this_corpus.by_id["comment-5.1.1"].person == this_corpus.by_id["comment-5"].person
    assert this_corpus.by_id["comment-9"].person == this_corpus.by_id["comment-6"].person


def test_every_document_has_a_role_and_at_most_one_voice(corpus: Corpus) -> None:
    for one in corpus.documents:
        assert corpus.roles[one.person]
        assert one.voice is None or one.voice in corpus.settings.voices


def test_counted_leaves_out_voices_that_are_only_read(corpus: Corpus) -> None:
    kept = {one.voice for one in corpus.counted().documents}

    assert kept == set(corpus.voices)
    assert all(corpus.settings.voices[str(voice)].count for voice in kept)


def test_voice_selects_its_documents_in_order(corpus: Corpus) -> None:
    for name in corpus.voices:
        expected = [one.id for one in corpus.documents if one.voice == name]
        assert [one.id for one in corpus.voice(name).documents] == expected
        assert list(corpus.voice(name).voices) == [name]


def test_unknown_voice_is_refused_and_the_known_are_told(corpus: Corpus) -> None:
    with pytest.raises(
        ManyVoicesError, match=r"no voice `nobody`.*Known: " + next(iter(corpus.voices))
    ):
        corpus.voice("nobody")


@pytest.mark.parametrize("shards", [1, 2, 7])
def test_selections_narrow_one_another(in_shards: Callable[[int], Corpus], shards: int) -> None:
    corpus = in_shards(shards)
    some = {one.id for one in corpus.documents[::2]}
    odd = {one.id for one in corpus.documents[::3]}

    narrowed = corpus.select(lambda one: one.id in some).select(lambda one: one.id in odd)

    assert [one.id for one in narrowed.documents] == [
        one.id for one in corpus.documents if one.id in some & odd
    ]
    assert set(narrowed.sentences["document"]) == some & odd
    assert len(corpus.documents) > len(narrowed.documents)


def test_selecting_all_changes_nothing(corpus: Corpus) -> None:
    assert_same(corpus.select(lambda one: True).sentences, corpus.sentences)


def test_selecting_nothing_gives_an_empty_table_with_its_columns(corpus: Corpus) -> None:
    nothing = corpus.select(lambda one: False)

    assert nothing.documents == ()
    assert list(nothing.sentences.columns) == list(corpus.sentences.columns)
    assert len(nothing.sentences) == 0


def test_sentences_are_slices_of_their_documents(corpus: Corpus) -> None:
    for row in corpus.sentences.itertuples():
        one = corpus.by_id[row.document]
        text = one.text[row.start : row.end]
        assert text
        assert text == text.strip()
        assert row.sentence.startswith(f"{row.paragraph}-s")
        assert row.paragraph.startswith(f"{row.document}-")
        assert row.person == one.person


def test_sentence_is_what_its_paragraph_is() -> None:
    one = document("a", ["Title.", "One. Two."])
    first, second = one.paragraphs
    made = made_corpus([replace(one, paragraphs=(replace(first, kind="title"), second))])

    assert made.sentence_kinds == {"a-p1-s1": "title", "a-p2-s1": "body", "a-p2-s2": "body"}


def test_more_shards_than_documents_are_as_many_as_documents() -> None:
    made = made_corpus([document("a", ["One."]), document("b", ["Two."])], shards=7)

    assert [len(shard.documents) for shard in made.shards] == [1, 1]
    loaded = Corpus.load(DESCRIPTION, shards=500)
    assert {len(shard.documents) for shard in loaded.shards} == {1}


def test_published_corpus_is_the_public_view_of_the_one_that_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus_of(tmp_path, POSTS, posts=HEADING + "1,One.,,,\n")
    monkeypatch.setenv("MANYVOICES_CORPUS", str(tmp_path / "corpus.yml"))

    found = published_corpus()

    assert found.is_public
    assert [one.id for one in found.documents] == ["text-1"]


def test_whole_corpus_shows_its_texts_as_they_are(corpus: Corpus) -> None:
    for one in corpus.documents:
        assert corpus.show(one) == one.text


def test_error_says_where_what_and_how_to_mend_it() -> None:
    error = SettingsError("something is odd.", "Mend it.", file=Path("a.yml"), line=3)

    assert str(error) == "a.yml:3: something is odd. Mend it."
    assert str(SettingsError("odd.")) == "odd."
    assert str(SettingsError("odd.", file="a.yml")) == "a.yml: odd."
    assert isinstance(error, ManyVoicesError)
