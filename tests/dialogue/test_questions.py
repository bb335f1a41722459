"""Questions: where a mark asks, whom, whether that person answered, and how far the rule goes."""

import pandas as pd
import pytest

from manyvoices.coding import read_questions
from manyvoices.corpus import Corpus
from manyvoices.dialogue import check_questions, questions
from manyvoices.uncertainty import wilson
from tests.dialogue.making import said
from tests.model.making import made_corpus


def asked(text: str) -> pd.DataFrame:
    return questions(made_corpus([said("post", None, "ann"), said("a", "post", "ben", text)]))


@pytest.mark.parametrize(
    ("text", "last", "asks"),
    [
        ("Do you bake?", True, True),
        ("Is bread baked?", True, False),
        ("Would you call that “bread”?", True, False),
        ("Do you bake?! Yes.", True, True),
        ("Is it yours (or not)?", True, True),
        ("“Why?” you ask.", False, False),
    ],
)
def test_question_asks_somebody_if_it_turns_to_them(text: str, last: bool, asks: bool) -> None:
    table = asked(text)

    assert table[["last", "asks"]].to_numpy().tolist() == [[last, asks]]
    assert table["whom"].tolist() == ["post"]


@pytest.mark.parametrize("text", ["No.", "See https://a.org/?q=you now.", "Really!"])
def test_no_question_without_a_mark_of_its_own(text: str) -> None:
    assert asked(text).empty


def test_opening_asks_nobody_in_particular() -> None:
    page = [said("post", None, "ann", "Do you bake?"), said("a", "post", "ben")]
    (row,) = questions(made_corpus(page)).itertuples()

    assert (row.asks, row.answers) == (False, 1)


def test_answer_counts_if_it_is_by_the_person_asked() -> None:
    page = [
        said("post", None, "ann"),
        said("a", "post", "ben", "Do you bake?"),
        said("b", "a", "cem"),
        said("c", "a", "ann"),
    ]
    (row,) = questions(made_corpus(page)).itertuples()

    assert (row.answers, row.answered_by) == (2, "c")


def test_rule_is_set_beside_a_reading() -> None:
    text = "Do you bake? Is it rye? Can you read? Is it so? Where am I? What now?"
    table = asked(text)
    kinds = ["asked", "rhetorical", "rhetorical", "rhetorical", "asked", "rhetorical"]
    reading = table[["document", "start", "end"]].assign(kind=kinds)
    unmarked = pd.DataFrame([("a", 900, 910, "asked")], columns=reading.columns)
    check = check_questions(table, pd.concat([reading, unmarked])).set_index("rule")

    mark = check.loc["a question mark"]
    assert (mark["found"], mark["right"], mark["asked"]) == (6, 2, 3)
    assert (mark["low"], mark["high"]) == (wilson(2, 6).low, wilson(2, 6).high)
    rule = check.loc["a question mark, and the rule"]
    assert (rule["found"], rule["right"]) == (2, 1)
    assert rule[["precision", "low", "high", "recall"]].isna().all()


def test_every_shown_question_of_this_page_was_read(this_corpus: Corpus) -> None:
    public = this_corpus.counted().public()
    found, reading = questions(public), read_questions(public)
    check = check_questions(found, reading).set_index("rule")

    assert set(reading["reader"]) == {"a language model"}
    assert check.loc["a question mark", "found"] == len(found) == 18
    assert check["right"].tolist() == [2, 2]
    assert check["asked"].tolist() == [3, 3]
    answers = reading.loc[reading["kind"] == "asked", "answered"]
    assert set(answers) <= set(public.sentences["sentence"])
