"""Faults of trees: each that is planted is found, none is made up, nothing is dropped."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyvoices import replies
from manyvoices.corpus import Corpus
from manyvoices.dialogue import problems, turns
from manyvoices.dialogue.trees import Tree
from tests.dialogue.making import thread
from tests.model.making import POSTS, corpus_of

HANGS = "hangs on a circle of answers"
STANDS = "stands in a circle of answers"
Pairs = list[tuple[str, str | None]]


def told(corpus: Corpus, by: Tree = "reply_to", *, one_root: bool = False) -> dict[str, str]:
    table = problems(corpus, by, one_root=one_root)
    return dict(zip(table["document"], table["problem"], strict=True))


@pytest.mark.parametrize(
    ("pairs", "faults", "depths"),
    [
        ([("a", None), ("b", "a"), ("c", "b")], {}, [0, 1, 2]),
        ([("a", None), ("b", "b")], {"b": "answers itself"}, [1]),
        ([("a", None), ("b", "gone")], {"b": "answers gone, which is not here"}, [1]),
        (
            [("a", "c"), ("b", "a"), ("c", "b"), ("d", "c"), ("e", "d")],
            {**dict.fromkeys("abc", STANDS), "d": HANGS, "e": HANGS},
            [3, 3, 3, 3, 4],
        ),
        ([("a", "a"), ("b", "a")], {"a": "answers itself", "b": HANGS}, [1, 1]),
    ],
)
def test_faults_are_told_and_drop_nothing(
    pairs: Pairs, faults: dict[str, str], depths: list[int]
) -> None:
    corpus = thread(*pairs)

    assert told(corpus) == faults
    in_thread = {name for pair in pairs if pair[1] for name in pair}
    table = replies(corpus)
    assert table.index.tolist() == [name for name, _ in pairs if name in in_thread]
    assert table["depth"].tolist() == depths


def test_further_root_is_a_fault_only_where_one_is_asked_for() -> None:
    corpus = thread(("a", None), ("b", "a"), ("c", None), ("d", "c"), ("alone", None))

    assert told(corpus) == {}
    assert told(corpus, one_root=True) == {"c": "opens another thread"}


def test_fault_is_placed_in_its_file(tmp_path: Path) -> None:
    posts = "id,text,who,parent,likes\na,One.,x,,\nb,Two.,y,zz,\n"
    table = problems(corpus_of(tmp_path, POSTS, posts=posts))

    assert table["problem"].tolist() == ["answers text-zz, which is not here"]
    assert (table["source"].tolist(), table["line"].tolist()) == (["text"], [3])


@pytest.mark.parametrize("by", ["reply_to", "indent_parent"])
def test_this_corpus_has_no_fault(this_corpus: Corpus, by: Tree) -> None:
    assert told(this_corpus, by, one_root=True) == {}


@given(st.lists(st.integers(-1, 9), min_size=1, max_size=9))
def test_every_fault_is_found_and_every_text_kept(parents: list[int]) -> None:
    names = [f"t{i}" for i in range(len(parents))]
    pairs = [(name, f"t{p}" if p >= 0 else None) for name, p in zip(names, parents, strict=True)]
    corpus = thread(*pairs)
    table, faults = replies(corpus), told(corpus)

    for i, (name, parent) in enumerate(pairs):
        assert faults.get(name, "") == fault(parents, i)
        assert (name in table.index) == (parent is not None or any(p == name for _, p in pairs))
    assert turns(corpus).index.tolist() == table.index.tolist()


def fault(parents: list[int], start: int) -> str:
    """What is wrong with a text, found by walking up from it."""
    if parents[start] == start:
        return "answers itself"
    if parents[start] >= len(parents):
        return f"answers t{parents[start]}, which is not here"
    seen, at = [start], parents[start]
    while 0 <= at < len(parents) and at not in seen:
        seen.append(at)
        at = parents[at]
    if not 0 <= at < len(parents):
        return ""
    return STANDS if at == start else HANGS
