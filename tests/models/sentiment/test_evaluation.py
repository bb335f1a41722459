"""Measures of agreement against scikit-learn's, and what counts as what."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score, precision_score, recall_score

from manyvoices.corpus import Corpus
from manyvoices.models.sentiment import (
    Agreement,
    agreement,
    confusion,
    evaluations,
    label,
    pair,
    shares,
)
from manyvoices.models.sentiment.evaluation import LABELS
from manyvoices.settings import Voice
from tests.model.making import document, made_corpus
from tests.models.sentiment.making import coded, planted

labels = st.sampled_from(LABELS)
VOICES = {"one": Voice(label="One", one_author=True), "two": Voice(label="Two")}


def table(said: list[str], codes: list[str], voice: str = "two", people: int = 6) -> pd.DataFrame:
    size = len(said)
    who = [f"p{i % people}" for i in range(size)]
    names = [f"s{i}" for i in range(size)]
    columns = {"sentence": names, "voice": voice, "person": who, "said": said, "coded": codes}
    return pd.DataFrame(columns)


def value(measure: str, pairs: pd.DataFrame) -> float:
    statistic = Agreement(measure)
    return float(statistic.finish(statistic.columns(pairs).sum(axis=0)))


@given(st.lists(st.tuples(labels, labels), min_size=1, max_size=40))
def test_measures_are_those_of_scikit_learn(rows: list[tuple[str, str]]) -> None:
    said, codes = map(list, zip(*rows, strict=True))
    pairs = table(said, codes)
    truth, guess = ([one == "negative" for one in column] for column in (codes, said))
    expected = {
        "macro F1": f1_score(codes, said, average="macro"),
        "F1": f1_score(truth, guess, zero_division=np.nan),
        "precision": precision_score(truth, guess, zero_division=np.nan),
        "recall": recall_score(truth, guess, zero_division=np.nan),
        "agreement": np.mean(np.array(codes) == np.array(said)),
    }
    for measure, number in expected.items():
        assert value(measure, pairs) == pytest.approx(number, nan_ok=True), measure


def test_a_score_at_the_threshold_has_a_sign() -> None:
    compound = pd.Series([-1, -0.05, -0.0499, 0, 0.0499, 0.05, 1])
    expected = ["negative", "negative", *["neutral"] * 3, "positive", "positive"]
    assert label(compound).tolist() == expected
    assert label(compound, 0.5).tolist() == ["negative", *["neutral"] * 5, "positive"]


@pytest.mark.parametrize(
    ("mixed", "expected"),
    [
        ("left out", [("positive", "negative")]),
        ("neutral", [("positive", "negative"), ("neutral", "neutral"), ("neutral", "positive")]),
        ("negative", [("positive", "negative"), ("neutral", "negative"), ("negative", "positive")]),
    ],
)
def test_mixed_codes_are_treated_as_said(mixed, expected: list[tuple[str, str]]) -> None:
    corpus = made_corpus([document("a", ["One. Two. Three. Four."])])
    codes = coded(corpus, ["negative", "mixed", "positive", "neutral"])
    names = codes["sentence"].tolist()
    said = pd.Series(["positive", "neutral", "mixed"], names[:3])
    pairs = pair(said, codes, mixed)
    assert list(zip(pairs["said"], pairs["coded"], strict=True)) == expected


def test_a_confusion_table_has_every_label() -> None:
    found = confusion(table(["negative"], ["positive"]))
    assert found.shape == (3, 3)
    assert found.loc["positive", "negative"] == 1 == found.to_numpy().sum()
    assert confusion(table([], [])).to_numpy().sum() == 0


def test_perfect_agreement_is_one_and_does_not_waver() -> None:
    said = ["negative", "neutral", "positive"] * 10
    found = agreement(table(said, said, people=7), VOICES)
    assert (found[["value", "low", "high"]] == 1).all(axis=None)
    assert set(found["method"]) == {"bootstrap by person"}


def test_one_author_wavers_along_the_text() -> None:
    said, codes = ["negative", "neutral"] * 15, ["negative"] * 15 + ["neutral"] * 15
    found = agreement(table(said, codes, "one", people=1), VOICES, ["F1"])
    assert found["method"].item().startswith("bootstrap of blocks")
    assert found["low"].item() < found["value"].item() < found["high"].item()


@pytest.mark.parametrize(("size", "people"), [(18, 6), (40, 4)])
def test_too_few_sentences_or_people_give_a_value_without_interval(size: int, people: int) -> None:
    found = agreement(
        table(["negative"] * size, ["negative"] * size, people=people), VOICES, ["F1"]
    )
    assert (found["value"].item(), found["method"].item()) == (1, "too few to say")
    assert found[["low", "high"]].isna().all(axis=None)


def test_below_five_hits_a_share_has_no_interval() -> None:
    pairs = table(["negative"] * 40, ["negative"] * 40)
    few, enough = (shares(pairs, pairs.index < hits, VOICES).loc["two"] for hits in (4, 5))
    assert (few["hits"], few["value"], few["method"]) == (4, 0.1, "too few to say")
    assert enough["low"] <= enough["value"] <= enough["high"]


def test_voices_without_rows_have_no_line() -> None:
    assert agreement(table([], []), VOICES).empty
    assert shares(table([], []), pd.Series([], dtype=bool), VOICES).empty


def test_a_corpus_without_codes_has_no_evaluations() -> None:
    codes = evaluations(made_corpus([document("a", ["A text."])]))
    assert codes.empty
    assert "evaluation" in codes
    assert pair(pd.Series({"a-p1-s1": "negative"}), codes).empty


def test_only_counted_voices_are_evaluated(corpus: Corpus) -> None:
    codes = evaluations(corpus)
    assert set(codes["voice"]) <= set(corpus.voices)
    assert not codes.duplicated(["pass", "sentence"]).any()


def test_an_unknown_measure_is_refused() -> None:
    with pytest.raises(ValueError, match="kappa"):
        Agreement("kappa")


def test_a_scorer_that_sees_what_was_planted_agrees() -> None:
    corpus, codes = planted()
    said = pd.Series(codes["evaluation"].to_numpy(), codes["sentence"])
    assert agreement(pair(said, codes), corpus.voices, ["macro F1"])["value"].tolist() == [1]
