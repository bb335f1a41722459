"""Functions: cues that were planted are found, and a classifier learns what it is given."""

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from manyvoices.errors import TooFewError
from manyvoices.models.citation import (
    CUES,
    FUNCTIONS,
    CitationFunction,
    CueRules,
    cue_probabilities,
    cue_scores,
    found_cues,
)

PLANTED = {
    "supporting": [
        "Research shows that rain follows ferries.",
        "It’s well-established that ferries rust.",
        "As the almanac says, tides turn.",
        "The mill is a good example of this.",
        "According to the harbour master it sank.",
    ],
    "contrasting": [
        "The pamphlet is based on the assumption that nobody swims.",
        "Apparently the council counted twice.",
        "Its method is flawed.",
        "There is no evidence whatever in that paper.",
        "There are issues with the almanac.",
    ],
    "mentioning": [
        "You can also try the harbour office.",
        "Reblogged this on a page about boats.",
        "I contacted the office in spring.",
        "See also the notes on tides.",
        "We passed the lighthouse.",
    ],
}
TEXTS = [(text, function) for function, texts in PLANTED.items() for text in texts]


@pytest.mark.parametrize(("text", "function"), TEXTS)
def test_a_planted_cue_gives_its_function(text: str, function: str) -> None:
    assert CueRules().predict([text]).tolist() == [function]


def test_no_cue_is_a_mention_and_not_a_sure_one() -> None:
    (chance,) = cue_probabilities(["We passed the lighthouse."])
    assert found_cues("We passed the lighthouse.") == ()
    # The softmax of 0, 0 and one half: e^0.5 / (2 + e^0.5).
    assert chance[FUNCTIONS.index("mentioning")] == pytest.approx(0.4519, abs=5e-5)


def test_one_more_unit_of_weight_makes_a_function_e_times_as_likely() -> None:
    cue = next(cue for cue in CUES if cue.name == "according to")
    before, after = cue_probabilities(["rain", "rain, according to her"])
    odds = (after[0] / after[1]) / (before[0] / before[1])
    assert np.log(odds) == pytest.approx(cue.weight)


def test_cues_are_found_whatever_the_case_the_apostrophe_and_the_space() -> None:
    ways = [
        "it’s Well-established",
        "IT'S WELL-ESTABLISHED",
        "it's well-established",
        "well\nestablished",
    ]
    assert len({tuple(cue.name for cue in found_cues(way)) for way in ways}) == 1


def test_a_cue_is_no_part_of_a_longer_word() -> None:
    assert found_cues("unassumed mythsmith, alsoseen, wrongful") == ()


def test_every_cue_has_a_known_function_a_name_of_its_own_and_a_weight() -> None:
    assert {cue.function for cue in CUES} == set(FUNCTIONS)
    assert len({cue.name for cue in CUES}) == len(CUES)
    assert all(0 < cue.weight <= 2 for cue in CUES)


def test_cues_cannot_run_away() -> None:
    hostile = ["as " + "a-" * 50_000, "research " * 20_000, "no " * 50_000, "well-" * 50_000]
    assert cue_scores(hostile).shape == (4, 3)


def table(size: int = 12) -> pd.DataFrame:
    """Made-up texts of two kinds that share no word; the labels are none of this book’s."""
    wet = [f"rain puddle drizzle {i}" for i in range(size)]
    dry = [f"sun desert drought {i}" for i in range(size)]
    return pd.DataFrame({"text": wet + dry, "label": ["wet"] * size + ["dry"] * size})


def test_any_table_of_texts_and_labels_can_be_fitted() -> None:
    data = table()
    model = CitationFunction().fit(data["text"], data["label"])
    assert model.classes_.tolist() == ["dry", "wet"]
    assert model.predict(["a puddle", "the desert"]).tolist() == ["wet", "dry"]


def test_a_score_is_the_share_of_labels_that_are_told() -> None:
    data = table()
    model = CitationFunction().fit(data["text"], data["label"])
    assert model.score(["a puddle", "the desert"], ["wet", "wet"]) == 0.5
    assert CueRules().score(["Research shows rain."], ["supporting"]) == 1


def test_probabilities_are_one_in_all_and_the_likeliest_is_predicted() -> None:
    data = table()
    model = CitationFunction().fit(data["text"], data["label"])
    chance = model.predict_proba(data["text"])
    assert chance.shape == (24, 2)
    np.testing.assert_allclose(chance.sum(axis=1), 1)
    assert (model.classes_[chance.argmax(axis=1)] == model.predict(data["text"])).all()


def test_an_unseen_text_without_a_known_word_is_left_open() -> None:
    data = table()
    model = CitationFunction().fit(data["text"], data["label"])
    np.testing.assert_allclose(model.predict_proba(["ξ"]), 0.5, atol=0.02)


def test_classes_weigh_alike_however_many_cases_they_have() -> None:
    data = pd.concat([table().query("label == 'wet'"), table(3).query("label == 'dry'")])
    model = CitationFunction().fit(data["text"], data["label"])
    assert model.predict(["desert"]).tolist() == ["dry"]


def test_cues_help_where_no_word_is_shared() -> None:
    seen = [("It’s well-established.", "supporting"), ("He assumed it.", "contrasting")] * 6
    model = CitationFunction().fit(*zip(*seen, strict=True))
    words = CitationFunction(cues=False).fit(*zip(*seen, strict=True))
    unseen = ["Research shows rain", "so-called experts"]
    assert model.predict(unseen).tolist() == ["supporting", "contrasting"]
    assert words.predict_proba(unseen)[:, 0] == pytest.approx(0.5, abs=0.01)


def test_the_same_fit_twice_gives_the_same_numbers() -> None:
    data = table()
    first, second = (
        CitationFunction().fit(data["text"], data["label"]).predict_proba(data["text"])
        for _ in range(2)
    )
    np.testing.assert_array_equal(first, second)


def test_it_is_cloned_and_set_as_scikit_learn_does() -> None:
    model = clone(CitationFunction(words=False, strength=2.0))
    assert model.get_params() == {"words": False, "cues": True, "strength": 2.0}
    assert model.set_params(words=True).words


def test_what_was_not_fitted_predicts_nothing() -> None:
    with pytest.raises(NotFittedError):
        CitationFunction().predict(["rain"])


@pytest.mark.parametrize(
    ("texts", "labels", "error", "said"),
    [
        (["a", "b"], ["x"], ValueError, "2 texts and 1 labels"),
        (["a", "b"], ["x", ""], ValueError, "needs a label"),
        (["a", "b"], ["x", None], ValueError, "needs a label"),
        (["a", 3], ["x", "y"], ValueError, "must be a string"),
        ("ab", ["x", "y"], ValueError, "not a single one"),
        (["a", "b"], ["x", "x"], TooFewError, "one kind of label"),
        ([], [], TooFewError, "one kind of label"),
    ],
)
def test_what_cannot_be_learned_from_is_refused(
    texts: list[str], labels: list[str], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        CitationFunction().fit(texts, labels)


def test_to_look_at_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="neither words nor cues"):
        CitationFunction(words=False, cues=False).fit(["a", "b"], ["x", "y"])
