"""Diversity against published values, peer programs and simulations with a known truth.

"LexicalRichness" are the values that its README prints for its example of 57 words, which stand
here as the numbers of their types; "quanteda" those in the tests of quanteda.textstats, "Wordless"
those in the tests of Wordless. Values of TAALED's algorithms are those that lexical-diversity
0.1.1, by their author, gave for `WORDS`, and LexicalRichness 0.5.1 was run on these as well.
"""

from __future__ import annotations

import sys
from math import comb, log, log10, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from manyvoices.corpus import Corpus
from manyvoices.masks import Mask
from manyvoices.measures import diversity
from manyvoices.measures.diversity import (
    VARIANTS,
    blocks,
    distinct_in_windows,
    factor_lengths,
    factors,
    of_counts,
)
from manyvoices.uncertainty import jackknife
from tests.measures.worlds import bootstrapped_types, expected_types, intervals, text_of
from tests.model.making import document, made_corpus

Ints = NDArray[np.int64]

NUMBERS = (
    "0 1 2 3 4 5 6 7 8 9 1 10 11 12 13 14 15 16 13 17 18 19 20 21 22 11 23 19 24 25 26 13 18 "
    "27 28 29 30 31 32 33 22 34 32 35 36 37 13 29 18 12 7 38 1 34 34 32 35"
)
README = np.array(NUMBERS.split(), np.int64)
WORDS = np.array([int(1.007 ** ((7919 * i + 104729 * i * i) % 997)) for i in range(600)])
ATOM_HIGHER = float(np.nextafter(0.72, 1))

texts = st.lists(st.integers(0, 40), min_size=2, max_size=300).map(np.array)


def measured(codes: Ints, sample: int = 42) -> dict[str, float]:
    return of_counts(np.bincount(codes), sample)


def mtld(codes: Ints, threshold: float = 0.72, least: int = 1) -> float:
    ways = (codes, codes[::-1])
    return float(np.mean([len(codes) / factors(way, threshold, least) for way in ways]))


def mtld_ma(codes: Ints) -> float:
    lengths = [factor_lengths(way, 0.72, 10) for way in (codes, codes[::-1])]
    return float(np.mean([one[one > 0].mean() for one in lengths]))


def test_ratios_are_those_of_lexicalrichness() -> None:
    found = measured(README)

    assert (found["types"], len(README)) == (39, 57)
    assert found["TTR"] == pytest.approx(0.6842105263157895, rel=1e-12)
    assert found["Guiraud R"] == pytest.approx(5.165676192553671, rel=1e-12)
    assert found["CTTR"] == pytest.approx(3.6526846651686067, rel=1e-12)
    assert found["Herdan C"] == pytest.approx(0.9061378160786574, rel=1e-12)
    # Theirs is Maas a² to the base e.
    assert found["Maas a²"] / log(10) == pytest.approx(0.023215679867353005, rel=1e-12)
    # Dugast's U, 43.07..., is its inverse.
    assert log(10) / found["Maas a²"] == pytest.approx(43.074336212149774, rel=1e-12)


def test_hdd_windows_and_mtld_are_those_of_lexicalrichness() -> None:
    assert measured(README)["HD-D"] == pytest.approx(0.7468703323966486, rel=1e-12)
    shares = distinct_in_windows(README, 25) / 25
    assert shares.mean() == pytest.approx(0.8351515151515151, rel=1e-12)
    assert shares[::25].mean() == pytest.approx(0.88, rel=1e-12)
    # It ends a factor at the threshold itself.
    assert mtld(README, ATOM_HIGHER) == pytest.approx(46.79226361031519, rel=1e-12)
    assert mtld(WORDS, ATOM_HIGHER) == pytest.approx(49.52527969348026, rel=1e-12)


def test_yules_k_is_that_of_lexicalrichness_and_wordless() -> None:
    assert measured(WORDS)["Yule K"] == pytest.approx(224.94444444444446, rel=1e-12)
    five = np.tile(np.arange(5), 20)
    assert measured(five)["Yule K"] == pytest.approx(10000 * (5 * 20**2 - 100) / 100**2)


def test_values_are_those_of_lexical_diversity() -> None:
    found = measured(WORDS)
    shares = distinct_in_windows(WORDS, 50) / 50

    assert mtld(WORDS, least=10) == pytest.approx(51.448470007755304, rel=1e-12)
    assert mtld_ma(WORDS) == pytest.approx(47.22405863753953, rel=1e-12)
    assert found["HD-D"] == pytest.approx(0.7650198575993404, rel=1e-10)
    assert shares.mean() == pytest.approx(0.7323774954627945, rel=1e-12)
    assert shares[::50].mean() == pytest.approx(0.745, rel=1e-12)
    assert found["Maas a²"] == pytest.approx(0.05519070590875022, rel=1e-12)
    assert found["Guiraud R"] == pytest.approx(9.185586535436919, rel=1e-12)
    assert found["Herdan C"] == pytest.approx(0.8466718713700496, rel=1e-12)


def test_ratios_are_those_of_quanteda() -> None:
    for text, words in (("babababa", 8), ("aabb", 4)):
        found = measured(np.frombuffer(text.encode(), np.uint8) - ord("a"))
        assert found["TTR"] == pytest.approx(2 / words)
        assert found["CTTR"] == pytest.approx(2 / sqrt(2 * words))
        assert found["Guiraud R"] == pytest.approx(2 / sqrt(words))
        assert found["Herdan C"] == pytest.approx(log10(2) / log10(words))
        assert found["Maas a"] == pytest.approx(sqrt((log10(words) - log10(2)) / log10(words) ** 2))


def test_moving_windows_and_segments_are_those_of_quanteda() -> None:
    moving = np.array([0, 0, 1, 0, 0, 1, 0])
    for window, expected in (
        (2, (1 / 2 + 1 + 1 + 1 / 2 + 1 + 1) / 6),
        (3, 2 / 3),
        (4, 2 / 4),
    ):
        assert distinct_in_windows(moving, window).mean() / window == pytest.approx(expected)
    segments = np.array([0, 1, 0, 1, 2, 2, 0, 1])
    for window, expected in ((2, 3.5 / 4), (3, 2 / 3), (4, (2 / 4 + 3 / 4) / 2)):
        found = distinct_in_windows(segments, window)[::window].mean() / window
        assert found == pytest.approx(expected)


def test_mtld_of_a_round_of_five_words_is_that_of_wordless() -> None:
    assert mtld(np.tile(np.arange(5), 20)) == pytest.approx(100 / 14)


def test_unfinished_factor_counts_in_part() -> None:
    # LexicalRichness' tests: ten words, eight types, so (1 - 0.8) / (1 - 0.72) factors.
    assert mtld(np.array([0, 1, 2, 3, 1, 4, 5, 6, 1, 7])) == pytest.approx(14.0)


@given(texts, st.integers(1, 60))
def test_draws_have_the_types_that_the_hypergeometric_distribution_expects(
    codes: Ints, sample: int
) -> None:
    words, counts = len(codes), np.unique(codes, return_counts=True)[1].tolist()
    found = measured(codes, sample)["HD-D"]

    if words < sample:
        assert np.isnan(found)
    else:
        missed = sum(comb(words - n, sample) / comb(words, sample) for n in counts)
        assert found == pytest.approx((len(counts) - missed) / sample, rel=1e-9)


@given(texts, st.integers(2, 20))
def test_lengths_of_factors_are_what_a_slow_count_finds(codes: Ints, least: int) -> None:
    found = factor_lengths(codes, 0.72, least).tolist()

    for start, length in enumerate(found):
        rest = codes[start:].tolist()
        ratios = [len(set(rest[:n])) / n for n in range(1, len(rest) + 1)]
        ends = [n for n, ratio in enumerate(ratios, 1) if n >= least and ratio < 0.72]
        assert length == (ends[0] if ends else 0)


@given(texts)
def test_first_factor_is_the_one_that_begins_with_the_first_word(codes: Ints) -> None:
    length = int(factor_lengths(codes, 0.72)[0])

    if length:
        assert factors(codes) == pytest.approx(1 + factors(codes[length:]))


@given(texts)
def test_measures_lie_within_their_bounds(codes: Ints) -> None:
    found = measured(codes, sample=2)

    for name in ("TTR", "Herdan C", "HD-D"):
        assert 0 <= found[name] <= 1 + 1e-12
    assert 0 <= found["hapaxes"] <= found["types"] <= len(codes)
    assert 0 <= found["Yule K"] <= 1e4
    assert found["Maas a"] ** 2 == pytest.approx(found["Maas a²"])
    assert all(np.isfinite(value) for value in found.values())


@given(texts, st.randoms())
def test_counts_alone_decide_and_neither_order_nor_names(codes: Ints, random) -> None:
    names = random.sample(range(100), 41)
    other = np.array([names[code] for code in random.sample(codes.tolist(), len(codes))])

    assert measured(other, 2) == pytest.approx(measured(codes, 2), rel=1e-12)


@given(texts)
def test_text_said_twice_has_half_the_ratio_and_no_hapax(codes: Ints) -> None:
    once, twice = measured(codes, 2), measured(np.tile(codes, 2), 2)

    assert twice["TTR"] == pytest.approx(once["TTR"] / 2)
    assert twice["hapaxes"] == 0
    assert twice["HD-D"] <= once["HD-D"] + 1e-12


@given(texts)
def test_new_word_in_place_of_a_repeated_one_makes_a_text_more_varied(codes: Ints) -> None:
    repeated = [i for i, code in enumerate(codes.tolist()) if (codes == code).sum() > 1]
    if repeated:
        other = codes.copy()
        other[repeated[0]] = 99
        before, after = measured(codes, 2), measured(other, 2)
        assert after["TTR"] >= before["TTR"]
        assert after["HD-D"] >= before["HD-D"] - 1e-12
        assert after["Yule K"] <= before["Yule K"] + 1e-9


def talk(words: int, voice: str, people: int = 1, seed: int = 1) -> list:
    """A document a person, of so many words in all, drawn from 300 with Zipf's law."""
    rng = np.random.default_rng(seed)
    chances = 1 / np.arange(2, 302)
    drawn = rng.choice(300, words, p=chances / chances.sum())
    return [
        document(
            f"{voice}-{i}", [" ".join(f"w{n}" for n in own)], voice=voice, person=f"{voice}-{i}"
        )
        for i, own in enumerate(np.array_split(drawn, people))
    ]


def row(corpus: Corpus, voice: str, measure: str, **options: int) -> dict[str, object]:
    table = diversity(corpus, **options)  # type: ignore[arg-type]  # numbers of words
    (found,) = table.query("voice == @voice and measure == @measure").to_dict("records")
    return found


def test_every_voice_has_a_row_for_every_measure_with_its_formula() -> None:
    table = diversity(made_corpus([*talk(900, "one"), *talk(800, "two", 8)]))

    assert table["measure"].tolist() == list(VARIANTS) * 2
    assert not table["variant"].str.contains("{", regex=False).any()
    assert table["value"].notna().all()
    assert (table["low"] <= table["value"]).all()
    assert (table["value"] <= table["high"]).all()
    assert set(table["method"]) == {
        "jackknife of 9 blocks along the text",
        "jackknife over 8 people",
    }


def test_values_are_those_of_the_words_in_order() -> None:
    made = talk(700, "one")
    words = np.unique(made[0].text.split(), return_inverse=True)[1]
    corpus = made_corpus(made)

    assert row(corpus, "one", "MTLD")["value"] == pytest.approx(mtld(words))
    assert row(corpus, "one", "MTLD", least=10)["value"] == pytest.approx(mtld(words, least=10))
    assert row(corpus, "one", "MTLD-MA")["value"] == pytest.approx(mtld_ma(words))
    shares = distinct_in_windows(words, 100) / 100
    assert row(corpus, "one", "MATTR")["value"] == pytest.approx(shares.mean())
    assert row(corpus, "one", "HD-D")["value"] == pytest.approx(measured(words)["HD-D"])


def test_short_text_has_fewer_measures_and_no_intervals_and_says_so() -> None:
    corpus = made_corpus([*talk(99, "one"), *talk(250, "two")])
    table = diversity(corpus).set_index(["voice", "measure"])

    assert table.loc["one", "value"].isna().all()
    assert set(table.loc["one", "caution"]) == {"too few words"}
    assert np.isnan(table.loc[("two", "MATTR"), "value"])
    assert table.loc[("two", "TTR"), "value"] > 0
    assert np.isnan(table.loc[("two", "TTR"), "low"])
    assert set(table.loc["two", "method"]) == {"too few to say"}
    assert table.loc[("two", "HD-D"), "caution"].startswith("short: fewer than 300 words")


def test_unequal_voices_are_warned_of_where_length_matters_and_equal_ones_are_not() -> None:
    unequal = diversity(made_corpus([*talk(900, "one"), *talk(600, "two", 6)]))
    equal = diversity(made_corpus([*talk(900, "one"), *talk(900, "two", 6)]))

    warned = set(unequal.loc[unequal["caution"].str.contains("length"), "measure"])
    assert warned == {*list(VARIANTS)[:8]}
    assert not equal["caution"].any()


def test_text_in_which_no_word_recurs_has_no_mtld() -> None:
    text = " ".join(f"w{i}" for i in range(400))
    found = row(made_corpus([document("a", [text])]), "one", "MTLD")

    assert np.isnan(found["value"])  # type: ignore[arg-type]
    assert found["caution"] == "no value"


def test_hidden_words_are_left_out() -> None:
    made = talk(400, "one")
    end = len(" ".join(made[0].text.split(" ")[:100]))
    shown = made_corpus(made, masks={"one-0": (Mask(0, end),)}).public()

    assert row(shown, "one", "TTR")["words"] == 300


def test_windows_and_thresholds_that_make_no_sense_are_refused() -> None:
    corpus = made_corpus(talk(400, "one"))
    for options in ({"window": 0}, {"sample": 0}, {"threshold": 1.0}):
        with pytest.raises(ValueError, match=r"words|threshold"):
            diversity(corpus, **options)  # type: ignore[arg-type]  # what is tested


def test_blocks_follow_one_another_and_are_nearly_equal() -> None:
    for words, count in ((99, 1), (250, 2), (2025, 20), (100_000, 20)):
        sizes = np.bincount(blocks(words))
        assert len(sizes) == count
        assert np.ptp(sizes) <= 1
        assert (np.diff(blocks(words)) >= 0).all()


def test_bootstrap_never_holds_the_number_of_types_and_the_jackknife_mostly_does() -> None:
    truth, held = expected_types(2000), {"bootstrap": 0, "jackknife": 0, "below": 0}
    for seed in range(150):
        codes = text_of(2000, seed)
        low, high = bootstrapped_types(codes)
        held["below"] += high < truth
        held["bootstrap"] += low <= truth <= high
        units = blocks(len(codes))
        rest = [measured(codes[units != unit])["types"] for unit in range(20)]
        interval = jackknife(measured(codes)["types"], rest)
        held["jackknife"] += interval.low <= truth <= interval.high

    # A draw with replacement holds some 63 % of the blocks, and so too few types, always.
    assert held["bootstrap"] == 0
    assert held["below"] == 150
    assert 0.93 * 150 <= held["jackknife"] <= 150


def test_jackknife_holds_measures_of_order_about_as_often_as_it_says() -> None:
    found = intervals(1000, 50)

    for measure in ("Yule K", "HD-D", "MATTR", "MSTTR", "MTLD", "MTLD-MA"):
        value, low, high = found[measure].T
        held = ((low <= value.mean()) & (value.mean() <= high)).mean()
        assert 0.87 <= held <= 1, measure


def test_units_by_themselves_say_of_a_long_text_what_leaving_them_out_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    corpus = made_corpus(talk(20_000, "one"))
    left_out = diversity(corpus).set_index("measure")
    monkeypatch.setattr(sys.modules[diversity.__module__], "MANY", 1000)
    alone = diversity(corpus).set_index("measure")

    for measure in ("MATTR", "MSTTR", "MTLD-MA"):
        widths = [
            table.loc[measure, "high"] - table.loc[measure, "low"] for table in (left_out, alone)
        ]
        assert widths[1] == pytest.approx(widths[0], rel=0.35)
        assert alone.loc[measure, "value"] == left_out.loc[measure, "value"]


def test_many_people_are_left_out_in_groups() -> None:
    found = row(made_corpus(talk(900, "two", 45)), "two", "MTLD")

    assert found["method"] == "jackknife over 20 groups of 45 people"
    assert found["low"] < found["value"] < found["high"]  # type: ignore[operator]
