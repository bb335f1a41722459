"""Who answers whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyvoices import replies
from manyvoices.corpus import Corpus
from manyvoices.dialogue import problems
from tests.model.making import document, made_corpus


def thread(*pairs: tuple[str, str | None]) -> Corpus:
    """One text of a word for each name, with the name of the text that it answers."""
    return made_corpus([document(name, ["Word."], reply_to=parent) for name, parent in pairs])


def test_replies_of_this_corpus(this_corpus: Corpus) -> None:
    table = replies(this_corpus)

    assert len(table) == 19
    assert table.index[0] == "essay"
    assert table["depth"].to_dict() == {
        "essay": 0,
        **dict.fromkeys((f"comment-{n}" for n in range(1, 10)), 1),
        **dict.fromkeys((f"comment-{n}" for n in ("1.1", "2.1", "2.2", "5.1", "6.1", "9.1")), 2),
        "comment-2.2.1": 3,
        "comment-5.1.1": 3,
        "comment-5.1.2": 4,
    }
    differs = table[table["reply_to"] != table["indent_parent"]].drop(index="essay")
    assert differs.index.tolist() == ["comment-5.1.2"]
    assert differs["reply_to"].tolist() == ["comment-5.1.1"]
    assert differs["indent_parent"].tolist() == ["comment-5.1"]
    assert differs["confidence"].tolist() == ["certain"]
    assert all(differs["reason"])


def test_words_and_likes_of_this_corpus_are_in_the_table(this_corpus: Corpus) -> None:
    table = replies(this_corpus)
    words = this_corpus.sentences.groupby("document")["words"].sum()

    assert table["words"].to_dict() == {name: words[name] for name in table.index}
    assert table["likes"].sum() == sum(one.likes or 0 for one in this_corpus.documents)
    assert table["likes"].isna().sum() == sum(
        one.likes is None for one in this_corpus.documents if one.id in table.index
    )


def test_corpus_has_a_row_for_every_text_that_answers_or_is_answered(corpus: Corpus) -> None:
    parents = {one.id: one.reply_to for one in corpus.documents}
    answered = set(parents.values())

    assert replies(corpus).index.tolist() == [
        name for name, parent in parents.items() if parent or name in answered
    ]


def test_roles_stand_in_the_table_and_no_names(corpus: Corpus, public: Corpus) -> None:
    names = {
        name
        for person in corpus.settings.people.values()
        if not person.named
        for name in person.names
    }

    told = replies(public).to_csv()

    assert not any(name in told for name in names)


def test_texts_without_thread_give_an_empty_table_with_its_columns() -> None:
    table = replies(thread(("a", None), ("b", None)))

    assert table.empty
    assert list(table.columns) == list(replies(thread(("a", None), ("b", "a"))).columns)


@pytest.mark.parametrize(
    ("pairs", "faults", "depths"),
    [
        ([("a", None), ("b", "a"), ("c", "b")], {}, [0, 1, 2]),
        ([("a", None), ("b", "b")], {"b": "answers itself"}, [1]),
        ([("a", None), ("b", "gone")], {"b": "answers gone, which is not here"}, [1]),
        (
            [("a", "c"), ("b", "a"), ("c", "b"), ("d", "c")],
            dict.fromkeys("abc", "stands in a circle of answers"),
            [3, 3, 3, 3],
        ),
    ],
)
def test_faults_are_told_and_drop_nothing(
    pairs: list[tuple[str, str | None]], faults: dict[str, str], depths: list[int]
) -> None:
    corpus = thread(*pairs)

    assert dict(problems(corpus).itertuples(index=False, name=None)) == faults
    in_thread = {name for pair in pairs if pair[1] for name in pair}
    table = replies(corpus)
    assert table.index.tolist() == [name for name, _ in pairs if name in in_thread]
    assert table["depth"].tolist() == depths


def test_this_corpus_has_no_fault(this_corpus: Corpus) -> None:
    assert problems(this_corpus).empty


@given(st.lists(st.integers(-1, 9), min_size=1, max_size=9))
def test_any_answers_end_and_keep_every_text(parents: list[int]) -> None:
    names = [f"t{i}" for i in range(len(parents))]
    pairs = [(name, f"t{p}" if p >= 0 else None) for name, p in zip(names, parents, strict=True)]
    corpus = thread(*pairs)
    table, faulty = replies(corpus), set(problems(corpus)["document"])

    for (name, parent), number in zip(pairs, parents, strict=True):
        missing = number >= len(parents)
        assert (name in faulty) == (missing or reaches(parents, number, name))
        assert (name in table.index) == (parent is not None or any(p == name for _, p in pairs))


def reaches(parents: list[int], start: int, name: str) -> bool:
    """Whether one comes to a text by going from answer to answer."""
    at, steps = start, 0
    while 0 <= at < len(parents) and steps <= len(parents):
        if f"t{at}" == name:
            return True
        at, steps = parents[at], steps + 1
    return False
