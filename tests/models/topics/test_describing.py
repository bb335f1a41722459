"""Names are bound to the topics that they were given to."""

from __future__ import annotations

import pytest

from manyvoices.models.topics import (
    Label,
    Stability,
    TopicModel,
    describe_terms,
    describe_topics,
    label_topics,
)
from manyvoices.settings import TopicName

TOPICS = [tuple("abcdefghij"), tuple("klmnopqrst")]


def named(**names: str) -> dict[str, TopicName]:
    return {key: TopicName(name=key.title(), terms=tuple(terms)) for key, terms in names.items()}


def test_a_name_goes_to_the_topic_with_its_terms_in_any_order() -> None:
    labels = label_topics(TOPICS, named(letters="jihgfedcba"))
    assert labels == [Label("Letters", "letters"), Label("k, l, m")]


@pytest.mark.parametrize(
    ("terms", "bound"),
    [
        ("abcdefgxyz", True),  # 7 of 13: .54
        ("abcdefwxyz", False),  # 6 of 14: .43
        ("abcde", True),  # 5 of 10
        ("abcd", False),  # 4 of 10
    ],
)
def test_a_name_needs_half_of_all_terms(terms: str, bound: bool) -> None:
    assert (label_topics(TOPICS, named(letters=terms))[0].key == "letters") is bound


def test_each_name_names_one_topic_and_the_likest_pair_comes_first() -> None:
    topics = [tuple("abcdefgh"), tuple("abcdefgz")]
    labels = label_topics(topics, named(first="abcdefgz", second="abcdefg"))
    assert [label.key for label in labels] == ["second", "first"]
    labels = label_topics(topics, named(only="abcdefgz"))
    assert [label.key for label in labels] == [None, "only"]


def test_without_names_topics_are_called_by_their_first_terms() -> None:
    assert [label.text for label in label_topics(TOPICS, {})] == ["a, b, c", "k, l, m"]


def test_a_fitted_topic_bears_its_name(model: TopicModel, runs: Stability) -> None:
    second = TopicName(name="The second", terms=model.top_terms()[1])
    table = describe_topics(model, runs, {"second": second})
    assert table["label"].iloc[1] == "The second"
    assert table["key"].tolist() == [None, "second", None]
    assert table.index.tolist() == [1, 2, 3]
    assert (table["low"] <= table["found"]).all()
    assert (table["found"] <= table["high"]).all()
    assert table["share"].sum() == pytest.approx(1, abs=0.02)
    assert table["npmi"].between(-1, 1).all()


def test_terms_stand_in_order_with_the_share_of_runs_that_hold_them(
    model: TopicModel, runs: Stability
) -> None:
    table = describe_terms(model, runs)
    for topic, top in enumerate(model.top_terms(), start=1):
        assert table.loc[table["topic"] == topic, "term"].tolist() == list(top)
    assert table["held"].between(0, 1).all()
    assert table.groupby("topic")["held"].first().min() > 0.5
