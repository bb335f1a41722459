"""The trial: nobody is judged by what was learned from them, and guessing is no skill."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import f1_score

from manyvoices.errors import TooFewError
from manyvoices.models.citation import OURS, Gain, MacroF1, out_of_fold, trial

KINDS = {"wet": "rain puddle drizzle", "dry": "sun desert drought", "icy": "snow glacier frost"}


def cases(people: int, each: int = 6, *, private: bool = False) -> pd.DataFrame:
    """Cases of three kinds by so many people; with `private`, nobody shares a word with another."""
    rows = []
    for person in range(people):
        for i in range(each):
            label = list(KINDS)[i % 3]
            words = f"{label}{person}" if private else KINDS[label]
            rows.append((f"{words} {person}", label, f"p{person}"))
    return pd.DataFrame(rows, columns=["text", "label", "person"])


def test_a_person_is_in_one_fold_and_every_fold_is_somebody() -> None:
    found = out_of_fold(cases(6))
    assert found["fold"].nunique() == 6
    assert (found.groupby("person")["fold"].nunique() == 1).all()


def test_what_all_say_is_learned_and_what_one_alone_says_is_not() -> None:
    shared = trial(cases(6)).set_index("by")["macro_f1"]
    private = out_of_fold(cases(6, private=True))
    assert shared[OURS] == 1
    # Of somebody’s own words nothing is known, so that all of that person’s cases look alike.
    assert (private.groupby("person")[OURS].nunique() == 1).all()


def test_the_commonest_function_has_the_macro_f1_that_it_must_have() -> None:
    table = cases(6)
    table.loc[table["label"] == "icy", "label"] = "wet"
    found = trial(table).set_index("by")
    # Two thirds are wet: F1 of wet is 2 * 24 / (36 + 24), of dry nothing.
    assert found.loc["always the commonest", "macro_f1"] == pytest.approx(0.8 / 2)
    assert found.loc["always the commonest", "accuracy"] == pytest.approx(2 / 3)


def test_macro_f1_is_that_of_scikit_learn() -> None:
    rng = np.random.default_rng(7)
    for _ in range(50):
        size = int(rng.integers(3, 30))
        table = pd.DataFrame(
            {
                name: rng.choice(list("abcd"), size, p=[0.5, 0.3, 0.15, 0.05])
                for name in ("label", "x")
            }
        )
        measure = MacroF1(("a", "b", "c", "d"), "x")
        ours = float(measure.finish(measure.columns(table).sum(axis=0)))
        assert ours == pytest.approx(f1_score(table["label"], table["x"], average="macro"))


def test_a_gain_is_the_difference_over_the_same_cases() -> None:
    table = pd.DataFrame({"label": list("aabb"), "x": list("aabb"), "y": list("abab")})
    gain = Gain(MacroF1(("a", "b"), "x"), MacroF1(("a", "b"), "y"))
    assert float(gain.finish(gain.columns(table).sum(axis=0))) == pytest.approx(1 - 0.5)
    assert set(trial(cases(6)).columns) >= {"gain", "gain_low", "gain_high"}


def test_intervals_draw_people_where_there_are_five_and_say_so_where_not() -> None:
    assert set(trial(cases(5))["method"]) == {"bootstrap by person"}
    assert set(trial(cases(4))["method"]) == {"bootstrap by case"}


def test_one_person_or_none_known_is_tried_on_stratified_folds() -> None:
    table = cases(1, each=30)
    alone, unknown = out_of_fold(table), out_of_fold(table.drop(columns="person"))
    assert alone["fold"].nunique() == unknown["fold"].nunique() == 5
    assert (alone.groupby(["fold", "label"]).size() == 2).all()


def test_a_fold_that_has_only_one_label_to_learn_from_says_that() -> None:
    table = pd.DataFrame(
        {
            "text": [f"rain {i}" for i in range(20)],
            "label": ["wet"] * 10 + ["dry"] * 10,
            "person": ["a"] * 10 + ["b"] * 10,
        }
    )
    assert (out_of_fold(table)[OURS] != table["label"]).all()


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (cases(3), "18 cases are too few"),
        (cases(1, each=20).assign(label=["x"] * 17 + ["y"] * 3), "a label has 3 cases"),
    ],
)
def test_too_little_is_told(table: pd.DataFrame, said: str) -> None:
    with pytest.raises(TooFewError, match=said):
        trial(table)
