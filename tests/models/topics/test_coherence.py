"""Coherence, against the values in the tests of Palmetto, the program of Röder and others."""

from __future__ import annotations

from math import log, nan, sqrt

import numpy as np
import pytest

from manyvoices.models.topics import c_v, npmi
from manyvoices.models.topics.coherence import EPSILON, cooccurrences, pairwise
from manyvoices.models.topics.terms import TermRules, Terms, count_terms
from tests.model.making import document, made_corpus

WORDS = ["alpha", "beta", "gamma"]
# Rows: in which of the texts each of three words stands. Palmetto's tests of its normalised log
# ratio have these four, with the values that follow.
PATTERNS = {
    "always": ((1, 1, 1), (0, 1, 1), (0, 1, 1)),
    "round": ((0, 1, 1), (1, 0, 1), (1, 1, 0)),
    "once": ((0, 0, 0, 1), (0, 1, 0, 1), (0, 0, 1, 1)),
    "never": ((1, 0, 0, 0), (0, 1, 0, 1), (0, 0, 1, 1)),
}
COHERENCES = {
    "always": log(3 / 2) / (-3 * log(2 / 3)),
    "round": log(3 / 4) / -log(1 / 3),
    "once": 2 * log(2) / (-3 * log(1 / 4)),
    "never": 2 * (log(8 * EPSILON) / -log(EPSILON)) / 3,
}


def texts_of(pattern: tuple[tuple[int, ...], ...]) -> Terms:
    rows = zip(*pattern, strict=True)
    texts = [
        " ".join(w for w, here in zip(WORDS, row, strict=True) if here) or "other" for row in rows
    ]
    corpus = made_corpus([document(f"t{i}", [f"{text} end"]) for i, text in enumerate(texts)])
    return count_terms(corpus, TermRules(min_df=1))


@pytest.mark.parametrize("name", PATTERNS)
@pytest.mark.parametrize("window", [None, 20])
def test_npmi_has_the_values_of_palmetto(name: str, window: int | None) -> None:
    found = npmi(texts_of(PATTERNS[name]), [WORDS], window)
    assert found == [pytest.approx(COHERENCES[name], abs=1e-9)]


def test_npmi_of_each_with_each_has_the_values_of_palmetto() -> None:
    half = log(2) / -log(1 / 4)
    expected = [[1, half, half], [half, 1, 0], [half, 0, 1]]
    np.testing.assert_allclose(
        pairwise(texts_of(PATTERNS["once"]), WORDS, None), expected, atol=1e-9
    )
    always = pairwise(texts_of(PATTERNS["always"]), WORDS, None)
    np.testing.assert_allclose(always, [[-1, 0, 0], [0, 1, 1], [0, 1, 1]], atol=1e-9)


def test_c_v_is_the_mean_cosine_with_the_sum() -> None:
    # Palmetto's OneSet with the vectors of the pattern "once": (1, 1/2, 1/2), (1/2, 1, 0),
    # (1/2, 0, 1), whose sum is (2, 3/2, 3/2).
    first = 3.5 / (sqrt(1.5) * sqrt(8.5))
    others = 2.5 / (sqrt(1.25) * sqrt(8.5))
    found = c_v(texts_of(PATTERNS["once"]), [WORDS])
    assert found == [pytest.approx((first + 2 * others) / 3)]


def test_windows_slide_over_all_words_of_a_unit_and_not_beyond() -> None:
    corpus = made_corpus([document("a", ["alpha x1 x2 beta x3", "beta alpha"])])
    terms = count_terms(corpus, TermRules(min_df=1))
    counts, total = cooccurrences(terms, ["alpha", "beta"], 3)
    assert total == 3 + 1
    assert counts.tolist() == [[2, 1], [1, 3]]
    assert cooccurrences(terms, ["alpha", "beta"], 4)[0][0, 1] == 2


def test_windows_are_those_that_are_counted_one_by_one() -> None:
    generator = np.random.default_rng(3)
    words = generator.choice([*WORDS, "delta", "x1", "x2"], 60).tolist()
    terms = count_terms(made_corpus([document("a", [" ".join(words)])]), TermRules(min_df=1))
    windows = [set(words[i : i + 7]) for i in range(len(words) - 6)]
    expected = [[sum({a, b} <= window for window in windows) for b in WORDS] for a in WORDS]
    counts, total = cooccurrences(terms, WORDS, 7)
    assert (counts.tolist(), total) == (expected, len(windows))


def test_fewer_than_two_terms_have_no_coherence() -> None:
    terms = texts_of(PATTERNS["once"])
    assert npmi(terms, [["alpha"], []]) == [pytest.approx(nan, nan_ok=True)] * 2
    assert c_v(terms, [[]]) == [pytest.approx(nan, nan_ok=True)]


def test_a_term_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ValueError, match="'omega' is not among the terms"):
        npmi(texts_of(PATTERNS["once"]), [["alpha", "omega"]])
