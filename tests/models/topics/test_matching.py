"""The likeness of lists, against published values, and pairing."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyvoices.models.topics.matching import jaccard, match, rank_biased_overlap

rankings = st.lists(st.integers(0, 15), unique=True, max_size=12)


def test_rank_biased_overlap_has_the_value_that_another_implementation_documents() -> None:
    # The package rankmeasures gives 0.828 for these lists at p = 0.9.
    assert rank_biased_overlap([1, 2, 3, 4, 5], [2, 3, 4, 1, 5], 0.9) == pytest.approx(0.828)


def test_rank_biased_overlap_follows_the_agreements_that_the_paper_prints() -> None:
    # Webber, Moffat and Zobel (2010), section 3: the agreements of <a b c d e f g> and
    # <z c a v w x y> to depth 7 are 0, 0, 2/3, 2/4, 2/5, 2/6, 2/7.
    p, agreements = 0.9, [0, 0, 2 / 3, 2 / 4, 2 / 5, 2 / 6, 2 / 7]
    sums = sum(a * p**d for d, a in enumerate(agreements, start=1))
    expected = agreements[-1] * p**7 + (1 - p) / p * sums
    assert rank_biased_overlap("abcdefg", "zcavwxy", p) == pytest.approx(expected)


def test_a_list_agrees_wholly_with_itself_and_with_its_own_beginning() -> None:
    assert rank_biased_overlap("abcdef", "abcdef") == pytest.approx(1)
    assert rank_biased_overlap("abcdef", "abc") == pytest.approx(1)


def test_disjoint_lists_and_empty_ones_do_not_agree() -> None:
    assert rank_biased_overlap("abc", "def") == 0
    assert rank_biased_overlap("abc", "") == 0
    assert rank_biased_overlap("", "") == 0


def test_the_first_ranks_count_most() -> None:
    above, below = rank_biased_overlap("abxy", "abzw"), rank_biased_overlap("xyab", "zwab")
    assert above > below > 0


@given(rankings, rankings)
def test_rank_biased_overlap_is_symmetric_and_between_nothing_and_one(
    left: list[int], right: list[int]
) -> None:
    value = rank_biased_overlap(left, right)
    assert value == pytest.approx(rank_biased_overlap(right, left))
    assert -1e-9 <= value <= 1 + 1e-9


def test_jaccard_is_shared_over_all() -> None:
    found = jaccard([["a", "b", "c"], []], [["b", "c", "d"], ["x"], []])
    assert found.tolist() == [[0.5, 0, 0], [0, 0, 0]]


def test_pairing_makes_the_sum_as_large_as_it_can_be() -> None:
    generator = np.random.default_rng(1)
    for size in (1, 2, 5):
        values = generator.random((size, size))
        best = max(
            sum(values[i, j] for i, j in enumerate(order))
            for order in itertools.permutations(range(size))
        )
        assert values[np.arange(size), match(values)].sum() == pytest.approx(best)


def test_unequal_numbers_of_topics_cannot_be_paired() -> None:
    with pytest.raises(ValueError, match="2 topics cannot be paired with 3"):
        match(np.zeros((2, 3)))
