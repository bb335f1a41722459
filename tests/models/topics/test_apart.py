"""The topic that sets two voices apart most."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from manyvoices.models.topics.apart import most_apart
from manyvoices.models.topics.shares import prevalence
from manyvoices.settings import Voice

VOICES = {"essay": Voice(label="Essay", one_author=True), "thread": Voice(label="Thread")}
CHOICES = pd.DataFrame(
    {
        "choice": ["a", "a", "b", "b"],
        "topic": [1, 2, 1, 2],
        "jaccard": [0.9, 0.9, 0.2, 0.9],
        "essay": [0.3, 0.7, 0.1, 0.9],
        "thread": [0.8, 0.2, 0.9, 0.1],
    }
)


def sentences(people: int) -> pd.DataFrame:
    """An essay of 30 sentences, a tenth of topic 1; people of 10 sentences, nine tenths of it."""
    essay = pd.DataFrame({"voice": ["essay"] * 30, "person": "author", 1: 1.0, 2: 9.0})
    names = [f"p{i % people}" for i in range(10 * people)]
    thread = pd.DataFrame({"voice": "thread", "person": names, 1: 9.0, 2: 1.0})
    table = pd.concat([essay, thread], ignore_index=True)
    return table.assign(terms=10, sentence=[f"s{i}" for i in range(len(table))])


def test_the_difference_the_other_choices_and_each_absence_are_told() -> None:
    table = sentences(6)
    found = most_apart(table, prevalence(table, VOICES), CHOICES, "essay", "thread", ["essay"])
    assert found is not None
    assert found.topic == 1
    assert found.interval.value == pytest.approx(0.8)
    assert found.elsewhere[0] == pytest.approx(0.5)
    assert math.isnan(found.elsewhere[1])  # the topic was not met again
    assert found.without == pytest.approx({f"p{i}": 0.8 for i in range(6)})


def test_too_few_people_are_too_few_to_say() -> None:
    table = sentences(3)
    shares = prevalence(table, VOICES)
    assert most_apart(table, shares, CHOICES, "essay", "thread", ["essay"]) is None
