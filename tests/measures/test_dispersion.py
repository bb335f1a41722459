"""Dispersion against published values, a peer's documentation, and slow counts.

The toy corpus is that of Gries (2008: 406; 2020: 101): five parts of 9, 10, 10, 10 and 11 words,
in which *a* stands 1, 2, 3, 4 and 5 times. ALLEMAND is Lyne's (1985), as the documentation of tlda
prints it (github.com/lsoenning/tlda).
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from manyvoices.corpus import Corpus
from manyvoices.measures import dispersion, dispersions
from manyvoices.measures.dispersion import SPREADS, reduced_frequencies, spreads
from manyvoices.query import parse_query
from tests.model.making import document, made_corpus

PARTS = [
    "b a m n i b e u p",
    "b a s a t b e w q n",
    "b c a g a b e s t a",
    "b a g h a b e a a t",
    "b a h a a b e a x a t",
]
ALLEMAND = [2, 0, 1, 1, 3, 0, 3, 0, 0, 0]
TENTHS = [8143, 8058, 8271, 8125, 7959, 7941, 8146, 8001, 8003, 7930]

Ints = NDArray[np.int64]


def of_one(counts: list[int], sizes: list[int] | None = None) -> pd.Series:
    values = np.array(counts)
    met = np.flatnonzero(values)
    zeros = np.zeros(len(met), np.int64)
    return spreads(zeros, met, values[met], np.array(sizes or [1000] * len(counts))).iloc[0]


def toy() -> Corpus:
    return made_corpus([document("toy", PARTS)])


def test_toy_corpus_has_the_values_that_gries_gives() -> None:
    found = dispersion(toy(), "a").loc["one"]

    assert (found["hits"], found["parts"], found["range"]) == (15, 5, 5)
    assert found["sd"] == pytest.approx(1.414, abs=5e-4)
    assert found["vc"] == pytest.approx(0.471, abs=5e-4)
    assert found["juilland_d"] == pytest.approx(0.785, abs=5e-4)
    assert found["carroll_d2"] == pytest.approx(0.938, abs=5e-4)
    assert found["rosengren_s"] == pytest.approx(0.95, abs=5e-4)
    assert found["dp"] == pytest.approx(0.18, abs=1e-12)
    assert found["dp_norm"] == pytest.approx(0.2195, abs=5e-5)
    assert found["kl"] == pytest.approx(0.137, abs=5e-4)


def test_equal_parts_have_the_values_that_gries_carroll_and_lijffijt_give() -> None:
    # Gries (2008: 407), Carroll (1970: 13 and 14), Lijffijt and Gries (2012: 148).
    assert of_one([1, 2, 3, 4, 5])["rosengren_s"] == pytest.approx(0.937, abs=5e-4)
    assert of_one([2, 1, 1, 1, 0])["carroll_d2"] == pytest.approx(0.8277, abs=5e-5)
    assert of_one([0, 4, 3, 2, 1])["juilland_d"] == pytest.approx(0.6464, abs=5e-5)
    assert of_one([2, 1, 0])["dp_norm"] == pytest.approx(0.5, abs=1e-12)
    assert of_one([3, 3, 3])["dp"] == pytest.approx(0, abs=1e-12)


def test_unequal_parts_have_the_values_that_tlda_prints() -> None:
    found = of_one(ALLEMAND, TENTHS)

    assert found["range"] / found["parts"] == 0.5
    assert found["juilland_d"] == pytest.approx(0.6038797, abs=5e-8)
    assert found["carroll_d2"] == pytest.approx(0.6521444, abs=5e-8)
    assert found["rosengren_s"] == pytest.approx(0.4763652, abs=5e-8)
    # It gives KL as 1 / (1 + KL), and DP also turned round.
    assert 1 / (1 + found["kl"]) == pytest.approx(0.4665078, abs=5e-8)
    assert found["dp"] == pytest.approx(0.4990705, abs=5e-8)


def test_reduced_frequency_is_that_of_gries_and_sketch_engine() -> None:
    # Gries (2008: 410), for the toy corpus of 50 words without the last one.
    words = " ".join([*PARTS[:1], "k", *PARTS[1:]]).split()[:50]
    places = np.array([i for i, word in enumerate(words) if word == "a"])
    distances = np.diff(places, prepend=places[-1] - 50).tolist()
    assert distances == [2, 10, 2, 9, 2, 5, 2, 3, 3, 1, 3, 2, 1, 3, 2]
    (found,) = reduced_frequencies(np.zeros(len(places), np.int64), places, 50)
    assert found == pytest.approx(10.8, abs=0.05)


def by_cutting(places: list[int], words: int) -> float:
    """The definition: cut at every place into stretches, and average those that have a hit."""
    stretch = words // len(places)
    met = [{((place - begin) % words) // stretch for place in places} for begin in range(stretch)]
    return sum(map(len, met)) / stretch


def test_reduced_frequency_of_sketch_engines_example_is_what_its_definition_counts() -> None:
    # sketchengine.eu/documentation/average-reduced-frequency: 60 tokens, five hits.
    places = [0, 11, 13, 16, 56]
    (found,) = reduced_frequencies(np.zeros(5, np.int64), np.array(places), 60)

    assert by_cutting(places, 60) == pytest.approx(32 / 12)
    assert found == pytest.approx(32 / 12)


@given(st.integers(1, 6), st.integers(1, 12), st.data())
def test_reduced_frequency_is_the_average_over_all_cuts(
    hits: int, stretch: int, data: st.DataObject
) -> None:
    words = hits * stretch
    places = sorted(
        data.draw(st.lists(st.integers(0, words - 1), min_size=hits, max_size=hits, unique=True))
    )
    (found,) = reduced_frequencies(np.zeros(hits, np.int64), np.array(places), words)

    assert found == pytest.approx(by_cutting(places, words))
    assert 1 - 1e-9 <= found <= hits + 1e-9


def slow(counts: list[int], sizes: list[int]) -> dict[str, float]:
    """The formulas with a loop over all parts."""
    f, n, total = sum(counts), len(counts), sum(sizes)
    s = [size / total for size in sizes]
    rates = [v / size for v, size in zip(counts, sizes, strict=True)]
    shares = [rate / sum(rates) for rate in rates]
    pairs = [(v / f, share) for v, share in zip(counts, s, strict=True)]
    return {
        "sd": float(np.std(counts)),
        "vc": float(np.std(counts) / np.mean(counts)),
        "juilland_d": 1 - float(np.std(rates) / np.mean(rates)) / np.sqrt(n - 1),
        "carroll_d2": -sum(p * np.log(p) for p in shares if p) / np.log(n),
        "rosengren_s": sum(np.sqrt(v * share) for v, share in zip(counts, s, strict=True)) ** 2 / f,
        "dp": sum(abs(v - share) for v, share in pairs) / 2,
        "dp_norm": sum(abs(v - share) for v, share in pairs) / 2 / (1 - min(s)),
        "kl": sum(v * np.log2(v / share) for v, share in pairs if v),
    }


spread_out = st.integers(2, 8).flatmap(
    lambda n: st.tuples(
        st.lists(st.integers(0, 9), min_size=n, max_size=n).filter(any),
        st.lists(st.integers(10, 400), min_size=n, max_size=n),
    )
)


@given(spread_out)
def test_all_measures_are_those_of_a_loop_over_parts(made: tuple[list[int], list[int]]) -> None:
    found = of_one(*made)

    for name, expected in slow(*made).items():
        assert found[name] == pytest.approx(expected, rel=1e-9, abs=1e-9), name


@given(spread_out)
def test_measures_lie_within_their_bounds(made: tuple[list[int], list[int]]) -> None:
    found = of_one(*made)

    assert np.isfinite(found.to_numpy(float)).all()
    for name in ("juilland_d", "carroll_d2", "rosengren_s", "dp", "dp_norm"):
        assert 0 <= found[name] <= 1
    assert found["kl"] >= 0
    assert found["dp"] <= found["dp_norm"]


@given(spread_out, st.randoms())
def test_order_of_parts_changes_nothing(made: tuple[list[int], list[int]], random) -> None:
    order = random.sample(range(len(made[0])), len(made[0]))
    counts, sizes = ([column[i] for i in order] for column in made)

    assert of_one(counts, sizes).to_dict() == pytest.approx(of_one(*made).to_dict(), rel=1e-9)


@given(spread_out, st.integers(2, 5))
def test_twice_as_many_words_and_hits_are_spread_as_evenly(
    made: tuple[list[int], list[int]], times: int
) -> None:
    counts, sizes = ([times * value for value in column] for column in made)
    once, often = of_one(*made), of_one(counts, sizes)

    assert often["sd"] == pytest.approx(times * once["sd"])
    for name in set(SPREADS) - {"sd"}:
        assert often[name] == pytest.approx(once[name], rel=1e-9, abs=1e-12)


@given(st.integers(2, 9), st.integers(1, 9))
def test_even_spread_and_single_part_are_the_ends_of_the_scales(parts: int, hits: int) -> None:
    even, alone = of_one([hits] * parts), of_one([hits] + [0] * (parts - 1))

    for name in ("juilland_d", "carroll_d2", "rosengren_s"):
        assert even[name] == pytest.approx(1)
        assert alone[name] == pytest.approx(1 / parts if name == "rosengren_s" else 0, abs=1e-9)
    assert even["dp"] == pytest.approx(0, abs=1e-12)
    assert alone["dp_norm"] == pytest.approx(1)
    assert alone["kl"] == pytest.approx(np.log2(parts))


@given(st.lists(st.integers(1, 9), min_size=2, max_size=8))
def test_hit_that_moves_from_the_fullest_to_the_emptiest_part_evens_the_spread(
    counts: list[int],
) -> None:
    full, empty = int(np.argmax(counts)), int(np.argmin(counts))
    if counts[full] - counts[empty] > 1:
        other = counts.copy()
        other[full] -= 1
        other[empty] += 1
        before, after = of_one(counts), of_one(other)
        for name in ("juilland_d", "carroll_d2", "rosengren_s"):
            assert after[name] > before[name]
        for name in ("sd", "kl"):
            assert after[name] < before[name]
        assert after["dp"] <= before["dp"] + 1e-12


@pytest.mark.parametrize("parts", ["paragraph", "sentence", "document", "passage", 7])
def test_all_types_have_the_rows_that_each_has_as_a_query(corpus: Corpus, parts) -> None:
    table = dispersions(corpus, parts=parts)
    names = table["type"].drop_duplicates().iloc[::97]

    for name in names:
        query = "".join(f"\\{c}" if not c.isalnum() else c for c in name)
        if len(parse_query(query).runs[0]) > 1:
            continue
        own = dispersion(corpus, query, parts=parts)
        rows = table[table["type"] == name].set_index("voice").drop(columns="type")
        rows.index = pd.Index([str(voice) for voice in rows.index], name="voice")
        pd.testing.assert_frame_equal(rows.astype(float), own.loc[rows.index].astype(float))


def test_below_five_hits_or_with_one_part_there_is_nothing_to_say() -> None:
    four = made_corpus([document("a", ["x y z x.", "x y x."])])
    one = made_corpus([document("a", ["x y z x x x x x."])])

    for corpus, query in ((four, "x"), (one, "x"), (four, "nothing")):
        found = dispersion(corpus, query).loc["one"]
        assert found[[*SPREADS, "arf"]].isna().all()
    assert dispersion(four, "x").loc["one", "range"] == 2


def test_equal_parts_are_stretches_of_equally_many_words() -> None:
    found = dispersion(toy(), "a", parts=5).loc["one"]
    halves = dispersion(toy(), "a", parts=2).loc["one"]

    assert found["parts"] == 5
    words = " ".join(PARTS).split()
    counts = [words[i : i + 10].count("a") for i in range(0, 50, 10)]
    assert found["dp"] == pytest.approx(slow(counts, [10] * 5)["dp"])
    assert halves["range"] == 2
    with pytest.raises(ValueError, match="0 parts"):
        dispersion(toy(), "a", parts=0)


def test_types_are_told_by_their_hits_within_a_voice() -> None:
    table = dispersions(toy())

    assert table["type"].tolist()[:3] == ["a", "b", "e"]
    assert table["hits"].is_monotonic_decreasing
    assert table["hits"].sum() == 50
