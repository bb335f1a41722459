"""Two measurements of people who do not change, against closed forms and an exact sum."""

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from scipy.stats import multivariate_normal, norm

from manyvoices.errors import TooFewError
from manyvoices.models.recovery import (
    DEFINITIONS,
    INTAKES,
    RELIABILITIES,
    SCALES,
    Intake,
    as_scores,
    caseness,
    chosen,
    measure_twice,
    yield_grid,
    yields,
)

SERVICES = INTAKES["as in the services"]
ERRORS = 4  # standard errors of the simulation that a value may lie off
Pair = tuple[float, float]


def value(table: pd.DataFrame, definition: str) -> float:
    return float(table.set_index("definition").loc[definition, "value"])


def assert_met(table: pd.DataFrame, expected: dict[str, float]) -> None:
    for definition, share in expected.items():
        error = np.sqrt(share * (1 - share) / table["cases"].iloc[0])
        assert value(table, definition) == pytest.approx(share, abs=ERRORS * error), definition


@pytest.mark.parametrize("intake", INTAKES.values(), ids=INTAKES)
def test_without_error_nobody_is_counted(intake: Intake) -> None:
    first, last = map(as_scores, measure_twice(intake, (1.0, 1.0), people=20_000))
    assert yields(first, last)["hits"].tolist() == [0, 0, 0, 0]


def test_with_nothing_but_error_recovery_is_the_product_of_both_shares_below() -> None:
    first, last = map(as_scores, measure_twice(SERVICES, (0.0, 0.0)))
    below = [
        norm.cdf((scale.case - 0.5 - mean) / sd)
        for scale, mean, sd in zip(SCALES, SERVICES.means, SERVICES.sds, strict=True)
    ]
    assert_met(yields(first, last), {"recovery": float(np.prod(below))})


def bivariate(upper: Pair, mean: Pair, sds: Pair, correlation: float) -> float:
    """The probability that both lie below `upper`."""
    shared = correlation * sds[0] * sds[1]
    covariance = [[sds[0] ** 2, shared], [shared, sds[1] ** 2]]
    return float(multivariate_normal(mean, covariance).cdf(upper))


@pytest.mark.parametrize("reliability", [0.7, 0.84, 0.95])
def test_one_questionnaire_unrounded_gives_the_bivariate_normal_probabilities(
    reliability: float,
) -> None:
    mean, sd = 14.5, 6.3
    alone = Intake((mean, -100.0), (sd, 0.1))  # nobody is anxious, or comes to be
    table = yields(*measure_twice(alone, (reliability, 0.5)))
    case = norm.sf((10 - mean) / sd)
    apart = sd * np.sqrt(2 * (1 - reliability))
    along = np.sqrt((1 - reliability) / 2)  # correlation of a score with its difference
    stays_below = bivariate((10, 10), (mean, mean), (sd, sd), reliability)
    recovered = norm.cdf((10 - mean) / sd) - stays_below
    moved = norm.sf(6 / apart)
    moved_from_below = {
        "reliable improvement": norm.cdf((10 - mean) / sd)
        - bivariate((10, 6), (mean, 0), (sd, apart), along),
        "reliable deterioration": norm.cdf((10 - mean) / sd)
        - bivariate((10, 6), (mean, 0), (sd, apart), -along),
    }
    expected = {name: (moved - share) / case for name, share in moved_from_below.items()}
    assert_met(table, {"recovery": recovered / case, **expected})


def exact(intake: Intake, reliability: Pair, true_correlation: float) -> dict[str, float]:
    """The shares by summing over every pair of scores, given each pair of true scores."""
    true = np.linspace(-6, 6, 181)
    grid = np.stack(np.meshgrid(true, true, indexing="ij"), axis=-1)
    shared = [[1, true_correlation], [true_correlation, 1]]
    weights = multivariate_normal([0, 0], shared).pdf(grid)
    twice = [
        pairs_of_scores(scale.highest, mean, sd, r, true)
        for scale, mean, sd, r in zip(SCALES, intake.means, intake.sds, reliability, strict=True)
    ]
    joint = twice[0].T @ (weights / weights.sum()) @ twice[1]
    depressed, anxious = (np.indices((s.highest + 1,) * 2).reshape(2, -1) for s in SCALES)
    first, last = (
        np.stack(np.broadcast_arrays(depressed[i][:, None], anxious[i]), axis=-1) for i in (0, 1)
    )
    case = caseness(first)
    total = joint[case].sum()
    return {
        name: float(joint[case & of(first, last)].sum() / total) for name, of in DEFINITIONS.items()
    }


def pairs_of_scores(
    highest: int, mean: float, sd: float, reliability: float, true: NDArray[np.float64]
) -> NDArray[np.float64]:
    """For each true score the probability of each pair of a first and a last score, flattened."""
    centre = mean + sd * np.sqrt(reliability) * true[:, None]
    borders = np.r_[-np.inf, np.arange(highest) + 0.5, np.inf]
    of_one = np.diff(norm.cdf((borders - centre) / (sd * np.sqrt(1 - reliability))), axis=1)
    return (of_one[:, :, None] * of_one[:, None, :]).reshape(len(true), -1)


@pytest.mark.parametrize("intake", INTAKES.values(), ids=INTAKES)
@pytest.mark.parametrize("reliability", RELIABILITIES.values(), ids=RELIABILITIES)
def test_the_simulation_gives_what_the_exact_sum_gives(intake: Intake, reliability: Pair) -> None:
    first, last = map(as_scores, measure_twice(intake, reliability, true_correlation=0.8))
    assert_met(yields(first, last), exact(intake, reliability, 0.8))


def test_scores_are_whole_and_stay_on_the_questionnaire() -> None:
    first, _ = map(as_scores, measure_twice(SERVICES.widened(3), (0.5, 0.5), people=5_000))
    assert (first == np.rint(first)).all()
    assert first.min(axis=0).tolist() == [0, 0]
    assert first.max(axis=0).tolist() == [27, 21]


def test_both_measurements_have_the_stated_reliability_and_spread() -> None:
    first, last = measure_twice(SERVICES, (0.84, 0.6))
    for i, reliability in enumerate((0.84, 0.6)):
        assert np.corrcoef(first[:, i], last[:, i])[0, 1] == pytest.approx(reliability, abs=0.01)
        assert first[:, i].std() == pytest.approx(SERVICES.sds[i], rel=0.01)
        assert last[:, i].mean() == pytest.approx(SERVICES.means[i], abs=0.1)


def test_errors_of_one_occasion_can_go_together_and_those_of_two_do_not() -> None:
    first, last = measure_twice(SERVICES, (0.0, 0.0), error_correlation=0.5)
    assert np.corrcoef(first.T)[0, 1] == pytest.approx(0.5, abs=0.01)
    assert np.corrcoef(first[:, 0], last[:, 1])[0, 1] == pytest.approx(0, abs=0.01)


def test_the_chosen_fall_back_towards_the_mean_by_the_share_that_is_error() -> None:
    alone = Intake((10.0, -100.0), (6.0, 0.1))
    table = chosen(*measure_twice(alone, (0.75, 0.5))).set_index("scale")
    first, later = table.loc["PHQ-9", ["mean", "later"]]
    assert table.loc["PHQ-9", "share"] == pytest.approx(0.5, abs=0.005)
    assert later - 10 == pytest.approx(0.75 * (first - 10), abs=0.05)


@pytest.mark.parametrize(
    ("intake", "means", "sds"),
    [
        # As Scott quotes them: the services' annual figures for 2022-23, and a waiting list.
        ("as in the services", (15.4, 14.0), (5.5, 4.5)),
        ("milder", (13.6, 11.2), (5.2, 4.7)),
    ],
)
def test_those_at_caseness_have_the_published_means_and_deviations(
    intake: str, means: Pair, sds: Pair
) -> None:
    table = chosen(*map(as_scores, measure_twice(INTAKES[intake], RELIABILITIES["retest"])))
    assert table["mean"].tolist() == pytest.approx(means, abs=0.1)
    assert table["sd"].tolist() == pytest.approx(sds, abs=0.1)


def test_a_grid_has_a_row_for_each_setting_and_definition_and_repeats_itself() -> None:
    settings = {"people": 2_000, "widths": (0.9, 1.1)}
    grid = yield_grid(INTAKES, RELIABILITIES, **settings)
    assert len(grid) == len(INTAKES) * len(RELIABILITIES) * 2 * len(DEFINITIONS)
    pd.testing.assert_frame_equal(grid, yield_grid(INTAKES, RELIABILITIES, **settings))
    row = grid[(grid["intake"] == "milder") & (grid["reliability"] == "retest")].iloc[0]
    assert (row["width"], row["phq9"], row["gad7"]) == (0.9, 0.84, 0.83)
    assert row["low"] < row["value"] == row["hits"] / row["cases"] < row["high"]


def test_where_nobody_is_at_caseness_there_is_no_share() -> None:
    well = Intake((0.0, 0.0), (0.1, 0.1))
    with pytest.raises(TooFewError):
        yields(*measure_twice(well, (0.8, 0.8), people=100))


@pytest.mark.parametrize(
    "settings",
    [{"reliability": (1.2, 0.8)}, {"reliability": (0.8, -0.1)}, {"true_correlation": 1.5}],
)
def test_impossible_settings_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="lie between"):
        measure_twice(SERVICES, **{"reliability": (0.8, 0.8), "people": 10, **settings})
