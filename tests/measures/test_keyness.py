"""Keyness beside published values, other programs and slow ways of doing the same."""

from collections import Counter
from importlib import import_module
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, fisher_exact, kstest

from manyvoices.corpus import Corpus
from manyvoices.errors import ManyVoicesError
from manyvoices.masks import Mask
from manyvoices.measures import (
    concordance,
    keyness,
    keyness_against,
    keyness_measures,
    keyness_without,
    keywords,
    read_frequency_list,
)
from manyvoices.measures.association import log_ratio
from manyvoices.measures.keyness import Rules, compare, left_out, measured
from manyvoices.measures.keyness.comparing import Comparison
from manyvoices.measures.keyness.formulas import (
    MEASURES,
    chi_squared,
    conservative_bounds,
    conservative_log_ratio,
    direction,
    fisher_p,
    g2_williams,
    log_odds,
    percent_diff,
    signed_g2,
    simple_maths,
    two_corpora,
)
from manyvoices.measures.keyness.shuffling import log_ratio_bounds, permutation_p
from manyvoices.query import literal
from manyvoices.uncertainty import bootstrap, permutation
from manyvoices.uncertainty.units import Within
from tests.model.making import document, made_corpus

TURNS = [name for name in MEASURES if name not in ("fisher_p", "percent_diff", "simple_maths")]
ENDS = {"lrc_low": "lrc_high", "lrc_high": "lrc_low"}
RISING = ("g2_four_cells", "g2_two_cells", "chi2", "log_ratio", "log_ratio_all", "lrc_low")
RISING += ("lrc_high", "percent_diff", "log_odds", "simple_maths")
HITS = st.integers(0, 2000)
WORDS = st.integers(2001, 10**6)


# Published values.


@pytest.mark.parametrize(
    ("word", "target", "reference", "g2", "ratio"),
    [
        ("i", 2428, 143, 2336.3687, 4.006427),
        ("she", 1763, 70, 1855.0335, 4.575279),
        ("he", 1978, 170, 1691.4745, 3.461181),
        ("her", 1559, 104, 1448.8023, 3.826711),
        ("you", 1286, 50, 1358.5514, 4.605564),
        ("n't", 914, 43, 928.6952, 4.330531),
    ],
)
def test_g2_of_two_cells_and_log_ratio_are_those_of_quanteda_extras(
    word: str, target: int, reference: int, g2: float, ratio: float
) -> None:
    """Brown, vignette "Introduction to keyness functions" of quanteda.extras: fiction beside
    academic texts; the sizes follow from its rates of "i", 1867.1322 and 116.17704 per 100,000.
    """
    sizes = round(2428e5 / 1867.1322), round(143e5 / 116.17704)
    table = two_corpora(target, sizes[0], reference, sizes[1])

    assert signed_g2(table, "two cells") == pytest.approx(g2, abs=1e-4)
    assert log_ratio(table) == pytest.approx(ratio, abs=1e-6)


@pytest.mark.parametrize(("target", "reference", "g2"), [(1, 10, -17.49316), (18, 0, 13.33346)])
def test_g2_of_two_cells_is_that_of_dramaanalysis(target: int, reference: int, g2: float) -> None:
    """The tests of the R package DramaAnalysis (keyness, "dummy data"): 29 and 13 words."""
    table = two_corpora(target, 29, reference, 13)

    assert signed_g2(table, "two cells") == pytest.approx(g2, abs=1e-5)


@pytest.mark.parametrize(("hits", "ratio"), [((18, 1), 3.0703893), ((2, 10), -3.4214638)])
def test_log_ratio_is_that_of_dramaanalysis(hits: tuple[int, int], ratio: float) -> None:
    """The tests of the R package DramaAnalysis (keyness, method logratio): 30 and 14 words."""
    assert log_ratio(two_corpora(hits[0], 30, hits[1], 14)) == pytest.approx(ratio, abs=1e-7)


def test_g2_of_four_cells_is_that_of_wordsmith() -> None:
    """A value of WordSmith, told in a question on the forum corpus4u.org (thread 8377)."""
    table = two_corpora(288, 92_965, 114_099, 104_570_472)

    assert signed_g2(table) == pytest.approx(228.02, abs=0.005)
    assert signed_g2(table, "two cells") == pytest.approx(227.64, abs=0.005)


@pytest.mark.parametrize(
    ("g2", "cells"), [(270.72, (110, 2442, 111, 29114)), (263.90, (29, 13, 123, 31612))]
)
def test_g2_of_four_cells_is_dunnings(g2: float, cells: tuple[int, int, int, int]) -> None:
    """Dunning (1993), the table of bigrams, read as words of two texts."""
    table = two_corpora(cells[0], cells[0] + cells[1], cells[2], cells[2] + cells[3])

    assert signed_g2(table) == pytest.approx(g2, abs=0.005)


@pytest.mark.parametrize(
    ("lemma", "both", "target", "ratio", "conservative"),
    [
        ("eingebracht", 2157, 1189, 7.156575955874566, 6.910068549501856),
        ("unionsgeführt", 88, 49, 7.189213818656465, 5.941562136184079),
        ("Menschenrechtsbeauftragte", 33, 22, 7.859906193403504, 5.7600897023524364),
        ("Entwurf", 4564, 1178, 5.3366637593383235, 5.141828566151466),
        ("Gremienbericht", 7, 5, 8.181834288290867, 3.219920584278789),
        ("-eingebrachten", 18, 15, 9.181834288290867, 5.991330482867978),
    ],
)
def test_conservative_log_ratio_is_everts(
    lemma: str, both: int, target: int, ratio: float, conservative: float
) -> None:
    """Made with Evert's (2022) own R code, in the tests of the package association-measures
    (log-ratio-gold.tsv): 599 lemmas in 168,329 of 19,720,567 words.
    """
    table = two_corpora(target, 168_329, both - target, 19_720_567 - 168_329)

    assert log_ratio(table) == pytest.approx(ratio, rel=1e-12)
    assert conservative_log_ratio(table, family=599) == pytest.approx(conservative, rel=1e-9)


def test_log_odds_are_those_of_fightin_words() -> None:
    """The examples of the package fightin_words (Wigderowitz), after Monroe et al. (2008)."""
    one = Counter(["the", "quick", "brown", "fox", "jumps", "over", "the", "lazy", "pig"])
    other = Counter(["the", "lazy", "purple", "pig", "jumps", "over", "the", "lazier", "donkey"])
    words = sorted(one | other)
    found = dict(zip(words, z_of(one, other, words, 0.05), strict=True))

    assert found["quick"] == pytest.approx(0.6894227886807968, rel=1e-12)
    assert found["donkey"] == pytest.approx(-0.6894227886807968, rel=1e-12)
    assert found["the"] == 0


def test_log_odds_with_a_prior_for_each_word_are_those_of_fightin_words() -> None:
    """Its second example, in which the prior of one word is another than that of the rest."""
    one = Counter(["the", "quick", "brown", "fox", "jumps", "over", "the", "lazy", "pig"])
    other = Counter(f"the lazy purple pig jumps over the {'very ' * 1000}sleepy donkey".split())
    words = sorted(one | other)
    plain = dict(zip(words, z_of(one, other, words, 0.05), strict=True))
    priors = np.array([0.001 if word == "very" else 0.05 for word in words])
    informed = dict(zip(words, z_of(one, other, words, priors), strict=True))

    assert plain["very"] == pytest.approx(-2.2144429606255946, rel=1e-12)
    assert plain["the"] == pytest.approx(4.954523357120953, rel=1e-12)
    assert informed["very"] == pytest.approx(-0.4368846171934332, rel=1e-12)
    assert informed["lazy"] == pytest.approx(3.4605672465974453, rel=1e-12)


def z_of(
    one: Counter[str], other: Counter[str], words: list[str], prior: float | np.ndarray
) -> np.ndarray:
    hits = [np.array([counts[word] for word in words]) for counts in (one, other)]
    table = two_corpora(hits[0], one.total(), hits[1], other.total())
    return log_odds(table, prior, float((np.ones(len(words)) * prior).sum()))[1]


def test_simple_maths_is_that_of_sketch_engine() -> None:
    """The worked example on sketchengine.eu, "Simple maths": *shard* in the BNC and ukWaC."""
    table = two_corpora(35, 112_289_776, 263, 1_559_716_979)

    assert simple_maths(table, k=1) == pytest.approx(1.1224, abs=5e-5)


def test_yates_in_full_is_that_of_quanteda_and_the_other_that_of_r() -> None:
    """The tests of quanteda (textstat_keyness) give both for a table of 3, 14, 2 and 10."""
    table = two_corpora(3, 17, 2, 12)

    assert abs(chi_squared(table, "yates in full")) == pytest.approx(0.1851001, abs=5e-8)
    assert abs(chi_squared(table, "yates")) == pytest.approx(1.626059e-31, abs=1e-12)


def test_fisher_is_that_of_the_lady_tasting_tea() -> None:
    """Fisher (1935): of 70 ways 17 are as far out as three cups right, on the one side."""
    assert fisher_p(two_corpora(3, 4, 1, 4)) == pytest.approx(34 / 70, rel=1e-12)


@pytest.mark.parametrize(
    ("hits", "ratio", "percent"),
    [((10, 10), 0, 0), ((20, 10), 1, 100), ((40, 10), 2, 300), ((10, 20), -1, -50)],
)
def test_steps_of_log_ratio_and_percent_diff_are_hardies_and_gabrielatos(
    hits: tuple[int, int], ratio: float, percent: float
) -> None:
    """Hardie (2014): each point is a doubling. Gabrielatos and Marchi (2011): 100 is one, too."""
    table = two_corpora(hits[0], 1000, hits[1], 1000)

    assert log_ratio(table) == pytest.approx(ratio)
    assert percent_diff(table) == pytest.approx(percent)


# Other programs.


@given(HITS, WORDS, HITS, WORDS)
def test_chi_squared_is_that_of_scipy(a: int, n: int, b: int, m: int) -> None:
    table = two_corpora(a, n, b, m)
    if a + b == 0:
        assert np.isnan(chi_squared(table))
        return

    cells = [[a, n - a], [b, m - b]]
    plain, yates = (chi2_contingency(cells, correction=c).statistic for c in (False, True))
    assert abs(chi_squared(table)) == pytest.approx(plain, rel=1e-9, abs=1e-9)
    assert abs(chi_squared(table, "yates")) == pytest.approx(yates, rel=1e-9, abs=1e-9)


def test_fisher_is_that_of_scipy() -> None:
    random = np.random.default_rng(20170307)
    hits = random.integers(0, 80, (2, 120))
    table = two_corpora(hits[0], 500, hits[1], 900)

    expected = [fisher_exact([[a, 500 - a], [b, 900 - b]])[1] for a, b in hits.T.tolist()]

    assert fisher_p(table) == pytest.approx(expected, rel=1e-9)


def test_fisher_of_words_as_common_as_any_is_that_of_scipy() -> None:
    expected = fisher_exact([[30_200, 469_800], [29_700, 470_300]])[1]

    assert fisher_p(two_corpora(30_200, 500_000, 29_700, 500_000)) == pytest.approx(
        expected, rel=1e-7
    )
    assert fisher_p(two_corpora(60_000, 500_000, 0, 500_000)) == 0


@given(st.integers(1, 500), WORDS, st.integers(1, 500), WORDS)
def test_williams_correction_is_by_sums_of_reciprocals(a: int, n: int, b: int, m: int) -> None:
    """As Deducer's likelihood.test has it, with which quanteda compares its own."""
    total, hits = n + m, a + b
    rows, columns = 1 / hits + 1 / (total - hits), 1 / n + 1 / m
    q = 1 + (total * rows - 1) * (total * columns - 1) / (6 * total)

    table = two_corpora(a, n, b, m)

    assert g2_williams(table) == pytest.approx(signed_g2(table) / q, rel=1e-12)


@given(st.integers(0, 60), st.integers(0, 60), st.sampled_from([0.8, 0.95]))
def test_bounds_of_lrc_hold_what_the_binomial_test_does_not_refuse(
    a: int, b: int, level: float
) -> None:
    from scipy.stats import binomtest

    if a + b == 0:
        return
    low, high = conservative_bounds(two_corpora(a, 1000, b, 3000), level=level)
    ends = binomtest(a, a + b).proportion_ci(level, method="exact")

    for found, share in ((low, ends.low), (high, ends.high)):
        expected = (
            np.inf if share == 1 else -np.inf if share == 0 else np.log2(3 * share / (1 - share))
        )
        assert found == pytest.approx(expected, rel=1e-9)


# Properties.


def values(a: int, n: int, b: int, m: int) -> dict[str, float]:
    found = measured(np.array([a]), n, np.array([b]), m)
    return {name: float(column[0]) for name, column in found.items()}


@given(HITS, WORDS, HITS, WORDS)
def test_swapping_the_sides_turns_the_sign(a: int, n: int, b: int, m: int) -> None:
    if a + b == 0:
        return
    here, there = values(a, n, b, m), values(b, m, a, n)

    for name in TURNS:
        assert there[ENDS.get(name, name)] == pytest.approx(-here[name], rel=1e-9, abs=1e-9)
    assert there["fisher_p"] == pytest.approx(here["fisher_p"], rel=1e-7)
    assert there["simple_maths"] == pytest.approx(1 / here["simple_maths"])


@given(HITS, WORDS, HITS, WORDS)
def test_no_value_is_missing_for_a_word_that_is_met(a: int, n: int, b: int, m: int) -> None:
    if a + b == 0:
        return
    found = values(a, n, b, m)

    assert not any(np.isnan(value) for value in found.values())
    assert 0 <= found["fisher_p"] <= 1
    assert found["lrc_low"] <= found["lrc_high"]
    assert abs(found["lrc"]) <= abs(found["log_ratio"]) or min(a, b) == 0
    assert all(
        value * direction(two_corpora(a, n, b, m)) >= 0
        for value in (found["g2_four_cells"], found["lrc"])
    )


@given(st.integers(1, 500), WORDS, st.integers(1, 500), WORDS, st.integers(2, 9))
def test_evidence_grows_with_the_texts_and_sizes_of_difference_do_not(
    a: int, n: int, b: int, m: int, times: int
) -> None:
    once, often = values(a, n, b, m), values(times * a, times * n, times * b, times * m)

    for name in ("g2_four_cells", "g2_two_cells", "chi2"):
        assert often[name] == pytest.approx(times * once[name], rel=1e-6, abs=1e-6)
    for name in ("log_ratio", "percent_diff", "simple_maths"):
        assert often[name] == pytest.approx(once[name], rel=1e-9, abs=1e-9)


@given(st.integers(0, 1000), WORDS, st.integers(1, 1000), WORDS)
def test_one_use_more_in_the_target_never_makes_a_word_less_key(
    a: int, n: int, b: int, m: int
) -> None:
    few, more = values(a, n, b, m), values(a + 1, n, b, m)

    for name in RISING:
        slack = 1e-6 * max(1, abs(few[name]))
        assert more[name] >= few[name] - slack, name
    if a > 0:
        assert more["log_ratio"] > few["log_ratio"]


def test_words_that_share_frequencies_share_values() -> None:
    target, reference = np.array([3, 0, 9, 3]), np.array([1, 7, 9, 1])
    found = measured(target, 100, reference, 90)

    for i in range(4):
        alone = values(int(target[i]), 100, int(reference[i]), 90)
        for name in MEASURES:
            assert found[name][i] == pytest.approx(alone[name], rel=1e-12)


def test_every_measure_names_its_variant_and_source() -> None:
    table = keyness_measures()

    assert table.index.tolist() == list(MEASURES)
    assert (table[["measure", "variant", "source"]] != "").all().all()
    assert not table.duplicated(["measure", "variant"]).any()


# Corpora.


def two_voices(ones: list[str], twos: list[str]) -> Corpus:
    """An essay of these paragraphs in the one voice, and answers in the other."""
    made = [document("essay", ones, voice="one")]
    made += [
        document(f"c-{i}", [text], voice="two", person=f"p{i}", reply_to="essay")
        for i, text in enumerate(twos)
    ]
    return made_corpus(made)


def random_voices(seed: int, parts: int = 30, words: int = 60) -> Corpus:
    """Two voices whose words are drawn from the same urn."""
    random = np.random.default_rng(seed)
    names = [f"w{i}" for i in range(words)]
    texts = [" ".join(random.choice(names, random.integers(20, 60))) for _ in range(parts)]
    return two_voices(texts[: parts // 2], texts[parts // 2 :])


def test_frequencies_stand_in_the_table_for_every_word() -> None:
    corpus = two_voices(["A b b.", "A c."], ["C c a.", "D c.", "c"])
    table = keyness(corpus, "one", "two", Rules(fewest=1))

    assert sorted(table.index) == ["a", "b", "c", "d"]
    assert table.loc["b", ["target", "reference"]].tolist() == [2, 0]
    assert table.loc["c", ["target", "reference"]].tolist() == [1, 4]
    by = ["parts", "documents", "people"]
    assert table.loc["a", [f"{name}_target" for name in by]].tolist() == [2, 1, 1]
    assert table.loc["c", [f"{name}_reference" for name in by]].tolist() == [3, 3, 3]
    assert table.loc["b", "per_10k_target"] == pytest.approx(1e4 * 2 / 5)
    assert table.loc["c", "per_10k_reference"] == pytest.approx(1e4 * 4 / 6)
    assert table.index[0] == "b"


def test_words_below_the_floor_are_counted_and_not_measured() -> None:
    corpus = two_voices(["often " * 3 + "rare."], ["often " * 2 + "x x x x"])
    table = keyness(corpus, "one", "two")

    assert np.isfinite(table.loc["often", "log_ratio"])
    assert table.loc[["rare", "x"], "g2_four_cells"].isna().all()
    assert table.loc["x", "reference"] == 4


def test_side_of_fewer_than_five_parts_has_neither_interval_nor_shuffle() -> None:
    words = ["one two " * 5] * 6
    few, enough = (two_voices(words, words[:n]) for n in (4, 5))
    columns = ["low", "high", "p_parts", "q_parts"]

    assert keyness(few, "one", "two")[columns].isna().all().all()
    assert np.isfinite(keyness(enough, "one", "two")[columns]).all().all()
    assert keywords(few, "one", "two").empty


def test_reference_is_what_else_is_counted_unless_named() -> None:
    made = [document("a", ["x " * 5]), document("b", ["x y " * 5], voice="two")]
    made.append(document("c", ["x z " * 50], voice="read"))
    table = keyness(made_corpus(made), "one")

    assert table["reference"].to_dict() == {"x": 5, "y": 5}


def test_sides_may_be_several_voices_groups_or_whatever_picks_documents(
    this_corpus: Corpus,
) -> None:
    voices = keyness(this_corpus, "essay", ["replies", "commenters"])
    picked = keyness(this_corpus, lambda d: d.id == "essay", lambda d: d.kind == "comment")
    practitioners = keyness(this_corpus, "practitioners", lambda d: d.voice == "replies")

    pd.testing.assert_frame_equal(voices, picked)
    assert practitioners["people_target"].max() == 2


@pytest.mark.parametrize(
    ("target", "reference", "message"),
    [
        ("nobody", "two", "no voice or group `nobody`"),
        ("one", ["two", "nobody"], "no voice or group `nobody`"),
        ("one", "one", "on both sides"),
        ("read", "two", "target has no words"),
        (["one", "two"], None, "reference has no words"),
        (lambda d: False, "two", "target has no words"),
    ],
)
def test_sides_that_cannot_be_compared_are_told(
    target: object, reference: object, message: str
) -> None:
    corpus = two_voices(["a b"], ["a c"])

    with pytest.raises(ManyVoicesError, match=message):
        keyness(corpus, target, reference)  # type: ignore[arg-type]


def test_unknown_measure_is_told() -> None:
    with pytest.raises(ManyVoicesError, match="no measure `ll`"):
        keyness(two_voices(["a"], ["b"]), "one", "two", Rules(measures=["ll"]))


def test_hidden_words_are_no_keywords_and_count_in_the_size() -> None:
    made = [
        document("a", ["secret secret plain plain plain"]),
        document("b", ["plain " * 5], voice="two"),
    ]
    public = made_corpus(made, masks={"a": (Mask(0, 13),)}).public()
    table = keyness(public, "one", "two")

    assert table.index.tolist() == ["plain"]
    assert table.loc["plain", "per_10k_target"] == pytest.approx(6000)


def test_parts_without_a_word_play_no_role() -> None:
    words = ["one two " * 5] * 6
    plain, marked = two_voices(words, words), two_voices([*words, "!!!"], [*words, "…"])

    assert keyness(plain, "one", "two").equals(keyness(marked, "one", "two"))


# Intervals and shuffles.


def rows_of(one: Comparison, word: str) -> pd.DataFrame:
    side = np.where(one.in_target, "target", "reference")
    return pd.DataFrame({"hits": one.counts.of(word), "words": one.counts.words, "side": side})


def ratio_of(table: pd.DataFrame) -> float:
    sums = table.groupby("side")[["hits", "words"]].sum()
    hits = sums["hits"].replace(0, 0.5) / sums["words"]
    return float(np.log2(hits["target"] / hits["reference"]))


def test_interval_is_that_of_the_bootstrap_of_single_tables() -> None:
    one = compare(random_voices(1), "one", "two")
    low, high = log_ratio_bounds(one, draws=4000)

    for word in ("w3", "w17"):
        table = rows_of(one, word).assign(part=range(len(one.counts.parts)))
        slow = bootstrap(ratio_of, table, by=Within("side", "part"), draws=1200)
        i = one.counts.place[word]
        assert (low[i], high[i]) == pytest.approx((slow.low, slow.high), abs=0.25)
        assert slow.value == pytest.approx(log_ratio(one.table)[i])


def test_p_is_that_of_shuffling_single_tables() -> None:
    one = compare(random_voices(2), "one", "two")
    p = permutation_p(one, draws=3999)

    for word in ("w2", "w30"):
        slow = permutation(ratio_of, rows_of(one, word), "side", draws=1999)
        assert p[one.counts.place[word]] == pytest.approx(slow.p, abs=0.06)


def test_p_is_uniform_where_both_voices_draw_from_one_urn() -> None:
    found = [
        permutation_p(compare(random_voices(seed), "one", "two"), draws=499, seed=seed)[::7]
        for seed in range(60)
    ]
    p = np.concatenate(found)

    assert len(p) > 400
    assert kstest(p, "uniform").statistic < 0.07
    assert (p <= 0.05).mean() == pytest.approx(0.05, abs=0.025)


def test_p_of_the_one_clear_word_is_as_small_as_can_be() -> None:
    corpus = two_voices(["clear same same"] * 10, ["other same same"] * 10)
    table = keyness(corpus, "one", "two", Rules(draws=1000))

    assert table.loc["clear", "p_parts"] == pytest.approx(2 / 1000)
    assert table.loc["same", "p_parts"] == 1
    assert (table.loc["same", ["low", "high"]] == 0).all()
    assert table.loc["clear", "low"] > 0 > table.loc["other", "high"]


def test_draws_depend_on_the_seed_alone() -> None:
    corpus = random_voices(3)
    same = [keyness(corpus, "one", "two", Rules(seed=5, draws=200)) for _ in range(2)]
    other = keyness(corpus, "one", "two", Rules(seed=6, draws=200))

    assert same[0].equals(same[1])
    assert not same[0]["low"].equals(other["low"])


def test_blocks_of_types_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    one = compare(random_voices(4), "one", "two")
    whole = (*log_ratio_bounds(one, draws=100), permutation_p(one, draws=99), left_out(one))
    for module in ("shuffling", "omission"):
        loaded = import_module(f"manyvoices.measures.keyness.{module}")
        monkeypatch.setattr(loaded, "CELLS", 700)

    pieces = (*log_ratio_bounds(one, draws=100), permutation_p(one, draws=99), left_out(one))

    for a, b in zip(whole[:3], pieces[:3], strict=True):
        np.testing.assert_array_equal(a, b)
    pd.testing.assert_frame_equal(whole[3], pieces[3])


# One left out.


def test_leaving_out_is_counting_without(this_corpus: Corpus) -> None:
    sides = "replies", "commenters"
    table = keyness_without(this_corpus, *sides)
    least: dict[str, tuple[float, str]] = {}
    for name in [d.id for d in this_corpus.voice(*sides).documents]:
        rest = this_corpus.select(lambda d, name=name: d.id != name)
        counted = keyness(rest, *sides, Rules(fewest=0, draws=0))
        whole = keyness(this_corpus, *sides, Rules(fewest=0, draws=0))
        lean = np.sign(whole["g2_four_cells"]).replace(0, 1)
        kept = (counted["g2_four_cells"].reindex(table.index) * lean.reindex(table.index)).to_dict()
        for word, g2 in kept.items():
            least[word] = min(least.get(word, (np.inf, "")), (round(g2, 9), name))

    for word, row in table.iterrows():
        assert abs(row["g2"]) == pytest.approx(abs(least[str(word)][0]), abs=1e-8)


def test_word_of_one_comment_does_not_survive_and_its_carrier_is_named() -> None:
    twos = ["plain " * 9 + "odd " * 9, *["plain " * 9 + "shared"] * 9]
    table = keyness_without(two_voices(["plain " * 9] * 10, twos), "one", "two")

    assert table.loc["odd", ["carrier", "carried", "weakest", "survives"]].tolist() == [
        "c-0",
        1,
        "c-0",
        False,
    ]
    assert table.loc["shared", "survives"]
    assert table.loc["shared", "carried"] == pytest.approx(1 / 9)


def test_of_a_side_that_is_one_document_its_paragraphs_are_left_out() -> None:
    ones = ["plain " * 9 + "odd " * 9, *["plain " * 9 + "shared"] * 9]
    table = keyness_without(two_voices(ones, ["plain " * 9] * 10), "one", "two")

    assert table.loc["odd", "carrier"] == "essay-p1"
    assert not table.loc["odd", "survives"]
    assert table.loc["shared", "survives"]


def test_person_is_left_out_with_all_that_they_wrote() -> None:
    people = ["p"] * 8 + ["q", "r"]
    made = [document("essay", ["plain " * 9] * 10)]
    made += [
        document(
            f"c-{i}",
            ["plain " * 9 + ("mine" if name == "p" else "")],
            voice="two",
            person=name,
            reply_to="essay",
        )
        for i, name in enumerate(people)
    ]
    corpus = made_corpus(made)

    assert keyness_without(corpus, "one", "two").loc["mine", "survives"]
    assert not keyness_without(corpus, "one", "two", by="person").loc["mine", "survives"]


def test_side_that_is_one_part_is_not_left_out() -> None:
    table = keyness_without(two_voices(["odd " * 30], ["plain " * 9] * 9), "one", "two")

    assert table.loc["odd", "survives"]
    assert table.loc["odd", "carrier"] == "essay-p1"
    assert table.loc["odd", "weakest"].startswith("c-")


def test_keywords_pass_both_bars_and_say_where_they_stand(public: Corpus) -> None:
    voices = list(public.voices)
    if len(voices) < 2:
        pytest.skip("one voice alone has no keywords")
    table = keywords(public, voices[0])

    assert (table["q_g2"] <= 0.05).all()
    assert ((table["low"] > 0) | (table["high"] < 0)).all()
    assert (table["side"] == np.where(table["log_ratio"] > 0, "target", "reference")).all()
    for word, row in table.iterrows():
        chosen = public.select(
            lambda d, more=row["side"] == "target": (
                (d.voice == voices[0]) == more and d.voice in voices
            )
        )
        lines = concordance(chosen, literal(str(word)))
        assert len(lines) == row[row["side"]]
        assert lines["sentence"].iloc[0].startswith(row["first"])


def test_any_word_is_found_by_its_literal_query() -> None:
    text = "a*b what? https://a.org/b?c=(d|e) #now @me ... c\\d /x/ don't 50%"
    corpus = made_corpus([document("a", [text])])
    table = keyness(
        made_corpus([document("a", [text]), document("b", ["x"], voice="two")]), "one", "two"
    )

    for word, count in table["target"].items():
        if count:
            assert len(concordance(corpus, literal(str(word)))) == count


# Lists of frequencies.


def test_list_of_frequencies_is_read_folded_and_added_up(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("word,count,rank\nThe,60,1\nthe,2,2\nDon’t,5,3\n", encoding="utf-8")

    assert read_frequency_list(file).to_dict() == {"the": 62, "don't": 5}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n", r"list\.csv:1: no columns"),
        ("", r"list\.csv:1: no columns"),
        ("word,count\nthe,many\n", r"list\.csv:2: `many` is no count"),
        ("word,count\nthe,-1\n", r"list\.csv:2"),
        ("word,count\nthe,1\n,4\n", r"list\.csv:3: there is no word"),
        ("word,count\nthe\n", r"list\.csv:2"),
    ],
)
def test_mistakes_in_a_list_are_told_with_their_line(
    tmp_path: Path, text: str, message: str
) -> None:
    file = tmp_path / "list.csv"
    file.write_text(text)

    with pytest.raises(ManyVoicesError, match=message):
        read_frequency_list(file)


def test_list_stands_for_the_reference_with_all_its_words() -> None:
    corpus = two_voices(["x x x y " * 5] * 6, ["z"])
    listed = pd.Series({"x": 10, "never": 90})
    table = keyness_against(corpus, "one", listed, words=1000)

    assert table.loc["x", ["target", "reference"]].tolist() == [90, 10]
    assert table.loc["x", "per_10k_reference"] == 100
    assert table.loc["never", "log_ratio"] < 0
    assert "z" not in table.index
    assert table["p_parts"].isna().all()
    assert np.isfinite(table["low"]).all()
    size = keyness_against(corpus, "one", listed).loc["x", "per_10k_reference"]
    assert size == 1000


def test_list_of_more_words_than_its_corpus_has_is_told() -> None:
    with pytest.raises(ManyVoicesError, match="100 words are listed of a corpus of 50"):
        keyness_against(two_voices(["x"], ["y"]), "one", pd.Series({"x": 100}), words=50)


def test_list_of_nothing_is_told() -> None:
    with pytest.raises(ManyVoicesError, match="the list has no words"):
        keyness_against(two_voices(["x"], ["y"]), "one", pd.Series({}, dtype="int64"))
