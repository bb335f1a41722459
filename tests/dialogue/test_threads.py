"""Who answers whom."""

from dataclasses import replace
from random import Random

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyvoices import replies
from manyvoices.corpus import Corpus
from manyvoices.dialogue import answered, exchanges, likes, returning, threads, turns
from manyvoices.documents import Document
from tests.dialogue.making import said, thread
from tests.model.making import made_corpus


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


PAGE = [
    said("post", None, "host", voice="one"),
    said("a", "post", "ann"),
    said("b", "a", "host", voice="one"),
    said("c", "b", "ann"),
    said("d", "a", "ben"),
    said("e", "post", "cem"),
]


def test_turns_tell_who_answered_whom() -> None:
    table = turns(made_corpus(PAGE))

    assert table["depth"].tolist() == [0, 1, 2, 3, 2, 1]
    assert table["answers"].tolist() == [2, 2, 1, 0, 0, 0]
    assert table["below"].tolist() == [5, 3, 1, 0, 0, 0]
    assert table["host"].dropna().to_dict() == {"a": "b"}
    assert table["returned"].dropna().to_dict() == {"a": "b", "b": "c"}
    assert set(table["thread"]) == {"post"}


def test_thread_is_measured_from_its_opening() -> None:
    table = threads(made_corpus(PAGE))

    assert table.loc["post"].to_dict() == {
        "texts": 6,
        "people": 4,
        "answers": 5,
        "direct": 2,
        "deepest": 3,
        "branching": pytest.approx(5 / 3),
        "most": 2,
        "by_host": 1,
        "words": 6,
    }


def test_two_threads_are_two_rows() -> None:
    table = threads(thread(("a", None), ("b", None), ("c", "b"), ("d", "a")))

    assert table.index.tolist() == ["a", "b"]
    assert table["texts"].tolist() == [2, 2]


def test_exchanges_count_answers_between_voices() -> None:
    table = exchanges(made_corpus(PAGE)).set_index(["voice", "toward"])

    assert table["answers"].to_dict() == {("two", "one"): 3, ("two", "two"): 1, ("one", "two"): 1}
    assert table.loc[("two", "one"), "people"] == 2
    assert table.loc[("two", "one"), "answered"] == 1


def test_answered_counts_texts_and_gives_no_share_below_five_people() -> None:
    table = answered(made_corpus(PAGE))

    assert table.loc["two", ["texts", "people", "answered", "by_host", "returned"]].tolist() == [
        *(4, 3, 1, 1, 1)
    ]
    assert table["method"].tolist() == ["too few to say"] * 2
    assert table[["share", "low", "high"]].isna().all(axis=None)


def test_answered_has_an_interval_from_five_people_on() -> None:
    crowd = [said(f"c{i}", "post", f"p{i}") for i in range(6)]
    echo = [said(f"r{i}", f"c{i}", "host", voice="one") for i in range(3)]
    row = answered(made_corpus([PAGE[0], *crowd, *echo])).loc["two"]

    assert row["share"] == 0.5
    assert row["low"] < 0.5 < row["high"]


def test_who_came_back_is_listed_but_for_the_host() -> None:
    table = returning(made_corpus(PAGE))

    assert table[["person", "turns", "first", "last"]].to_numpy().tolist() == [["ann", 2, "a", "c"]]


def test_likes_leave_out_texts_that_show_none() -> None:
    page = [replace(text, likes=n) for text, n in zip(PAGE, [None, 4, 1, None, 0, 2], strict=True)]
    table = likes(made_corpus(page))

    assert table.loc["two", ["texts", "shown", "likes", "median", "most", "first"]].tolist() == [
        *(4, 3, 6, 2.0, 4, "a")
    ]
    assert table.loc["one", "shown"] == 1


def test_answering_oneself_is_no_answer_by_the_host() -> None:
    page = [said("post", None, "host"), said("a", "post", "host"), said("b", "a", "host")]

    assert turns(made_corpus(page))[["host", "returned"]].isna().all(axis=None)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_depths_and_sizes_are_those_of_networkx(ups: list[int], random: Random) -> None:
    names = [f"t{i}" for i in range(len(ups) + 1)]
    pairs = [(names[0], None)]
    pairs += [(names[i + 1], names[min(up, i)]) for i, up in enumerate(ups)]
    graph = nx.DiGraph([(parent, name) for name, parent in pairs if parent])
    table = turns(shuffled([said(n, p, n) for n, p in pairs], random))

    assert table["depth"].to_dict() == nx.shortest_path_length(graph, "t0")
    assert table["below"].to_dict() == {n: len(nx.descendants(graph, n)) for n in graph}
    assert table["answers"].to_dict() == dict(graph.out_degree())
    assert nx.dag_longest_path_length(graph) == table["depth"].max()


@given(st.randoms(use_true_random=False))
def test_tables_do_not_depend_on_the_order_of_the_documents(random: Random) -> None:
    given_order, other = made_corpus(PAGE), shuffled(PAGE, random)

    for measure in (turns, threads, likes):
        pd.testing.assert_frame_equal(
            measure(other).sort_index(), measure(given_order).sort_index()
        )
    columns = ["voice", "toward", "answers", "people"]
    assert np.array_equal(
        exchanges(other)[columns].sort_values(columns),
        exchanges(given_order)[columns].sort_values(columns),
    )


def shuffled(documents: list[Document], random: Random) -> Corpus:
    return made_corpus(random.sample(documents, len(documents)))


def test_this_page_has_one_thread(this_corpus: Corpus) -> None:
    table = threads(this_corpus)

    assert table.index.tolist() == ["essay"]
    row = table.loc["essay"]
    assert (row["texts"], row["deepest"], row["most"], row["by_host"]) == (19, 4, 9, 7)


def test_indentation_gives_another_depth_than_the_reply_where_they_differ(
    this_corpus: Corpus,
) -> None:
    true, shown = turns(this_corpus), turns(this_corpus, "indent_parent")

    assert true.index[true["depth"] != shown["depth"]].tolist() == ["comment-5.1.2"]
