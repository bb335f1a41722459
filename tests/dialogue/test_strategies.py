"""Coordination and politeness on made conversations whose answers are known."""

from itertools import chain

import numpy as np
import pytest

from manyvoices.corpus import Corpus
from manyvoices.dialogue import coordination, coordination_of_people, politeness
from manyvoices.documents import Document
from tests.dialogue.making import said
from tests.model.making import made_corpus

ARTICLE = {"articles": ("a|an|the",)}
BOTH = {**ARTICLE, "prepositions": ("of|in",)}


def exchange(
    who: str, prompts: list[str], answers: list[str], *, voice: str = "two"
) -> list[Document]:
    """Texts by many people, each answered by one person."""
    asked = [
        said(f"{who}-{i}", "post", f"guest {who}-{i}", text, voice="one")
        for i, text in enumerate(prompts)
    ]
    given = [
        said(f"{who}-{i}-r", f"{who}-{i}", who, text, voice=voice) for i, text in enumerate(answers)
    ]
    return [*asked, *given]


def forum(*parts: list[Document]) -> Corpus:
    return made_corpus([said("post", None, "host", voice="read"), *chain(*parts)])


def test_coordination_is_the_gain_in_probability() -> None:
    """P(the, after the) = 2/3, P(the) = 2/5: the definition of the paper, by hand."""
    prompts = ["The rain.", "A roof.", "The roof.", "Rain.", "Rain."]
    answers = ["The sun.", "The sky.", "Sun.", "Sky.", "Sun."]
    table = coordination_of_people(forum(exchange("ann", prompts, answers)), ARTICLE, fewest=3)
    row = table[table["person"] == "ann"].iloc[0]

    assert (row["exchanges"], row["prompted"]) == (5, 3)
    assert row["coordination"] == pytest.approx(2 / 3 - 2 / 5)


@pytest.mark.parametrize(
    ("answers", "value"),
    [
        (["The sun.", "The sky.", "Sun.", "Sky."], 0.5),  # with the prompts
        (["Sun.", "Sky.", "The sun.", "The sky."], -0.5),  # against them
        (["The sun."] * 4, 0.0),  # always
        (["Sun."] * 4, 0.0),  # never
    ],
)
def test_coordination_of_those_who_follow_and_those_who_do_not(
    answers: list[str], value: float
) -> None:
    prompts = ["The rain.", "The roof.", "Rain.", "Roof."]
    table = coordination_of_people(forum(exchange("ann", prompts, answers)), ARTICLE, fewest=2)

    assert table.loc[table["person"] == "ann", "coordination"].tolist() == [value]


def test_below_the_floor_there_is_no_value() -> None:
    corpus = forum(exchange("ann", ["The rain."] * 4, ["The sun."] * 4))

    assert coordination_of_people(corpus, ARTICLE)["coordination"].isna().all()
    row = coordination(corpus, ARTICLE).iloc[0]
    assert (row["people"], row["method"]) == (0, "too few to say")


def test_coordination_of_a_voice_is_the_mean_over_its_people() -> None:
    prompts = ["The rain of May."] * 5 + ["Rain."] * 5
    follows = exchange("p0", prompts, ["The sun of May."] * 5 + ["Sun."] * 5)
    deaf = [exchange(f"p{i}", prompts, ["The sun of May."] * 10) for i in range(1, 6)]
    table = coordination(forum(follows, *deaf), BOTH)
    of_two = table[table["voice"] == "two"].set_index("family")

    assert of_two["people"].tolist() == [6, 6, 6]
    assert of_two["coordination"].tolist() == pytest.approx([0.5 / 6] * 3)
    assert (of_two["low"] <= of_two["coordination"]).all()
    assert (of_two["coordination"] <= of_two["high"]).all()


def test_answers_to_oneself_do_not_count() -> None:
    page = [
        said("post", None, "host", voice="read"),
        said("a", "post", "ann", "The rain."),
        said("b", "a", "ann", "The sun."),
    ]

    table = coordination_of_people(made_corpus(page), ARTICLE, fewest=1)
    assert set(table["toward"]) == {"read"}


@pytest.mark.parametrize(
    ("text", "strategies"),
    [
        ("Thanks for this.", {"gratitude"}),
        ("Good work!", {"deference"}),
        ("It was good work.", set()),
        ("Hi there.", {"greeting"}),
        ("Sorry about the rain.", {"apology"}),
        ("It would help to know, please.", {"please"}),
        ("Please stop.", {"please", "please at the start"}),
        ("By the way, it rains.", {"by the way"}),
        ("What rains?", {"question at the start"}),
        ("So it rains.", {"direct start"}),
        ("Could you stop the rain?", {"could or would you", "you", "hedge"}),
        ("When can you stop?", {"can or will you", "you", "question at the start"}),
        ("I bake.", {"I", "I at the start"}),
        ("Bread is what we bake.", {"we"}),
        ("You’re baking.", {"you", "you at the start"}),
        ("It is, I think, bread.", {"I", "hedge"}),
        ("It is really bread, in fact.", {"factuality"}),
        ("It rains.", set()),
    ],
)
def test_strategies_are_told_by_their_wording(text: str, strategies: set[str]) -> None:
    table = politeness(made_corpus([said("a", None, "ann", text)]))

    assert set(table.loc[table["hits"] > 0, "strategy"]) == strategies


def test_share_of_a_strategy_has_a_floor_and_an_interval() -> None:
    thanks = [said(f"t{i}", None, f"p{i}", "Thanks.") for i in range(6)]
    others = [said(f"o{i}", None, f"p{i}", "Please.") for i in range(4)]
    table = politeness(made_corpus([*thanks, *others])).set_index("strategy")

    row = table.loc["gratitude"]
    assert (row["texts"], row["hits"], row["people"], row["share"]) == (10, 6, 6, 0.6)
    assert row["low"] < 0.6 < row["high"]
    assert table.loc["please", "method"] == "too few to say"
    assert np.isnan(table.loc["please", "share"])
