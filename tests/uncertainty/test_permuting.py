"""The permutation test, and families of tests."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from manyvoices.errors import TooFewError
from manyvoices.uncertainty import Difference, Ratio, benjamini_hochberg, holm, permutation
from manyvoices.uncertainty.permuting import two_sided

MEANS = Difference(Ratio("x", "n"), "group", "a", "b")


@pytest.fixture
def table() -> pd.DataFrame:
    rng = np.random.default_rng(4)
    frame = pd.DataFrame({"x": rng.normal(size=24).round(3), "n": 1, "group": ["a", "b"] * 12})
    frame.loc[frame["group"] == "a", "x"] += 1.1
    return frame.assign(person=np.arange(24) // 4, wave=np.arange(24) // 12)


def difference(table: pd.DataFrame) -> float:
    """By hand, what Difference does."""
    means = table.groupby("group")["x"].mean()
    return float(means["a"] - means["b"])


def test_p_is_that_of_scipy(table: pd.DataFrame) -> None:
    sides = [table.loc[table["group"] == g, "x"].to_numpy() for g in "ab"]
    theirs = stats.permutation_test(
        sides, lambda a, b: a.mean() - b.mean(), n_resamples=9999, rng=np.random.default_rng(0)
    )
    ours = permutation(MEANS, table, "group", draws=9999)
    assert ours.value == pytest.approx(theirs.statistic)
    assert ours.p == pytest.approx(theirs.pvalue, abs=0.006)


def test_sums_and_tables_give_the_same_p(table: pd.DataFrame) -> None:
    quick = permutation(MEANS, table, "group", draws=199)
    slow = permutation(difference, table, "group", draws=199)
    assert (slow.p, slow.arrangements) == (quick.p, quick.arrangements)
    assert slow.value == pytest.approx(quick.value)


def test_p_is_never_nothing() -> None:
    assert two_sided(9.0, np.zeros(99)) == pytest.approx(2 / 100)
    assert two_sided(0.0, np.zeros(99)) == 1.0


def test_values_equal_but_for_rounding_are_as_far_out() -> None:
    values = np.array([0.1 + 0.2, 0.3, -0.3])
    assert two_sided(0.3, values) == pytest.approx(2 * 3 / 4) or two_sided(0.3, values) == 1.0
    assert two_sided(0.3, np.array([0.1 + 0.2] * 9 + [0.0] * 90)) == pytest.approx(0.2)


def test_persons_keep_their_rows_together(table: pd.DataFrame) -> None:
    whole = table.assign(group=np.where(table["person"] < 3, "a", "b"))
    assert permutation(MEANS, whole, "group", by="person", draws=99).arrangements == 20

    def constant(shuffled: pd.DataFrame) -> float:
        assert (shuffled.groupby("person")["group"].nunique() == 1).all()
        return difference(shuffled)

    permutation(constant, whole, "group", by="person", draws=30)


def test_labels_stay_within_their_stratum(table: pd.DataFrame) -> None:
    lopsided = table.assign(group=["a"] * 10 + ["b"] * 2 + ["a"] * 2 + ["b"] * 10)

    def as_many(shuffled: pd.DataFrame) -> float:
        counts = shuffled.groupby("wave")["group"].apply(lambda x: (x == "a").sum())
        assert counts.tolist() == [10, 2]
        return difference(shuffled)

    found = permutation(as_many, lopsided, "group", strata="wave", draws=30)
    assert found.arrangements == 66**2


def test_where_shuffles_run_does_not_change_them(table: pd.DataFrame) -> None:
    here = permutation(difference, table, "group", draws=300)
    with ThreadPoolExecutor(2) as executor:
        assert permutation(difference, table, "group", draws=300, executor=executor) == here


def test_what_cannot_be_shuffled_is_refused(table: pd.DataFrame) -> None:
    with pytest.raises(TooFewError, match="no shuffle"):
        permutation(MEANS, table, "group", strata="group")
    with pytest.raises(ValueError, match="`group` differs within"):
        permutation(MEANS, table, "group", by="person")
    with pytest.raises(ValueError, match="no column `side`"):
        permutation(MEANS, table, "side")
    with pytest.raises(ValueError, match="0 draws"):
        permutation(MEANS, table, "group", draws=0)
    with pytest.raises(TooFewError, match="no rows"):
        permutation(MEANS, table.iloc[:0], "group")
    with pytest.raises(TooFewError, match="nothing to take a share of"):
        permutation(MEANS, table.assign(n=0), "group")
    with pytest.raises(TooFewError, match="no value"):
        permutation(lambda _: np.nan, table, "group")


def test_holm_gives_the_values_of_his_example_and_of_statsmodels() -> None:
    ps = [0.01, 0.04, 0.03, 0.005]
    assert holm(ps) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm(ps) == pytest.approx(multipletests(ps, method="holm")[1])


def test_benjamini_and_hochberg_reject_the_four_hypotheses_of_their_paper() -> None:
    # Benjamini and Hochberg (1995), section 3.2: fifteen p values of a study of thrombolysis.
    ps = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240]
    ps += [0.4262, 0.5719, 0.6528, 0.7590, 1.0000]
    assert (benjamini_hochberg(ps) <= 0.05).sum() == 4
    assert (holm(ps) <= 0.05).sum() == 3


@pytest.mark.parametrize("wrong", [[], [0.2, np.nan], [-0.1], [1.2], [[0.1, 0.2]]])
def test_what_is_no_list_of_p_values_is_refused(wrong: list) -> None:
    for adjust in (holm, benjamini_hochberg):
        with pytest.raises(ValueError):
            adjust(wrong)
