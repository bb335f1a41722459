"""The bootstrap of any statistic, and leaving units out."""

from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import numpy as np
import pandas as pd
import pytest
from scipy import special

from manyvoices.errors import TooFewError
from manyvoices.uncertainty import (
    Blocks,
    Difference,
    Ratio,
    Within,
    along_text,
    bootstrap,
    leave_one_out,
    over_people,
)
from manyvoices.uncertainty.resampling import CHUNK, chunk_seeds

SHARE = Ratio("hits", "n")
EACH = Ratio("hits", "n", "person")
CONTRAST = Difference(SHARE, "voice", "essay", "thread")
BOTH = Within("voice", {"essay": Blocks(), "thread": "person"})


@pytest.fixture
def table() -> pd.DataFrame:
    """Thirty sentences of an essay and thirty of seven persons, in text order."""
    rng = np.random.default_rng(5)
    people = np.sort(rng.choice(list("abcdefg"), 30))
    frame = pd.DataFrame({"hits": rng.integers(0, 2, 60), "n": rng.integers(1, 9, 60)})
    return frame.assign(
        person=["author"] * 30 + people.tolist(), voice=["essay"] * 30 + ["thread"] * 30
    )


@pytest.fixture
def thread(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["voice"] == "thread"]


def share(table: pd.DataFrame) -> float:
    """By hand, what Ratio does."""
    return float(table["hits"].sum() / table["n"].sum())


def mean_share(table: pd.DataFrame) -> float:
    """By hand, what Ratio does with each person weighing the same."""
    sums = table.groupby("person")[["hits", "n"]].sum()
    return float((sums["hits"] / sums["n"]).mean())


def contrast(table: pd.DataFrame) -> float:
    """By hand, what Difference does."""
    return share(table[table["voice"] == "essay"]) - share(table[table["voice"] == "thread"])


def test_sums_and_tables_give_the_same_interval(thread: pd.DataFrame) -> None:
    quick = bootstrap(SHARE, thread, by="person", draws=300)
    slow = bootstrap(share, thread, by="person", draws=300)
    assert (slow.value, slow.low, slow.high) == pytest.approx((quick.value, quick.low, quick.high))


def test_somebody_drawn_twice_counts_as_two_in_a_mean_over_persons(thread: pd.DataFrame) -> None:
    quick = bootstrap(EACH, thread, by="person", draws=300)
    slow = bootstrap(mean_share, thread, by="person", draws=300)
    assert (slow.value, slow.low, slow.high) == pytest.approx((quick.value, quick.low, quick.high))


def test_each_voice_can_be_drawn_in_its_own_units(table: pd.DataFrame) -> None:
    quick = bootstrap(CONTRAST, table, by=BOTH, draws=300)
    slow = bootstrap(contrast, table, by=BOTH, draws=300)
    assert (slow.value, slow.low, slow.high) == pytest.approx((quick.value, quick.low, quick.high))
    assert quick.method == "bootstrap of blocks of 6 rows; bootstrap by person"


def test_within_draws_as_many_units_under_each_label(table: pd.DataFrame) -> None:
    seen: list[tuple[int, int]] = []

    def count(drawn: pd.DataFrame) -> float:
        voices = drawn["voice"].value_counts()
        seen.append((voices["essay"], drawn.loc[drawn["voice"] == "thread", "person"].nunique()))
        return 1.0

    bootstrap(count, table, by=BOTH, draws=50)
    assert seen[0] == (30, 7)
    assert set(seen[1:]) == {(30, 7)}


def test_the_bootstrap_draws_whole_persons(thread: pd.DataFrame) -> None:
    whole = thread.groupby("person").size().to_dict()

    def sizes(drawn: pd.DataFrame) -> float:
        assert set(drawn.groupby("person").size()) <= set(whole.values())
        return 0.0

    bootstrap(sizes, thread, by="person", draws=50)


def test_every_draw_of_blocks_is_made_of_runs(table: pd.DataFrame) -> None:
    essay = table[table["voice"] == "essay"].assign(place=range(30))

    def runs(drawn: pd.DataFrame) -> float:
        steps = np.diff(drawn["place"].to_numpy().reshape(-1, 5), axis=1) % 30
        assert (steps == 1).all()
        return 0.0

    bootstrap(runs, essay, by=Blocks(5), draws=50)


def processes(workers: int) -> Executor:
    """Fresh processes: forked ones would hold locks of the threads that pyarrow keeps."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


@pytest.mark.parametrize("pool", [ThreadPoolExecutor, processes])
def test_where_draws_run_does_not_change_them(
    thread: pd.DataFrame, pool: Callable[[int], Executor]
) -> None:
    here = bootstrap(share, thread, by="person", draws=CHUNK + 50)
    with pool(2) as executor:
        assert bootstrap(share, thread, by="person", draws=CHUNK + 50, executor=executor) == here


def test_the_seed_decides(thread: pd.DataFrame) -> None:
    first, again, other = (bootstrap(SHARE, thread, by="person", seed=s) for s in (1, 1, 2))
    assert first == again
    assert first != other


def test_chunks_hold_every_draw_once_and_bound_memory() -> None:
    sizes, seeds = chunk_seeds(1001, 9, 1)
    assert sum(sizes) == 1001
    assert len(sizes) == len(seeds)
    assert max(chunk_seeds(2000, 1_000_000, 1)[0]) <= 2


def test_a_large_table_takes_little_memory_and_time() -> None:
    size = 200_000
    rng = np.random.default_rng(0)
    large = pd.DataFrame({"hits": rng.random(size) < 0.1, "n": 1, "person": np.arange(size) // 4})
    found = bootstrap(SHARE, large, by="person", draws=50)
    assert found.low < 0.1 < found.high


def test_the_expanded_interval_is_students_for_the_mean_of_normal_values() -> None:
    rng = np.random.default_rng(2)
    values = rng.normal(size=12)
    found = bootstrap(
        Ratio("x", "one"),
        pd.DataFrame({"x": values, "one": 1.0, "row": range(12)}),
        by="row",
        draws=40_000,
    )
    error = values.std(ddof=1) / np.sqrt(12)
    reach = special.stdtrit(11, 0.975) * error
    assert (found.low, found.high) == pytest.approx(
        (values.mean() - reach, values.mean() + reach), abs=0.15 * error
    )


def test_the_expanded_interval_holds_the_plain_one(thread: pd.DataFrame) -> None:
    wide, plain = (
        bootstrap(SHARE, thread, by="person", method=m) for m in ("expanded", "percentile")
    )
    assert wide.low < plain.low < plain.high < wide.high
    assert plain.method.endswith("(percentile)")


def test_people_can_weigh_by_what_they_wrote_or_all_the_same(thread: pd.DataFrame) -> None:
    columns = thread["hits"], thread["n"], thread["person"].tolist()
    assert over_people(*columns).value == pytest.approx(share(thread))
    assert over_people(*columns, weight="person").value == pytest.approx(mean_share(thread))


def test_a_person_with_nothing_to_take_a_share_of_is_left_out_of_the_mean() -> None:
    table = pd.DataFrame({"hits": [1, 0, 0], "n": [2, 1, 0], "person": ["a", "b", "c"]})
    assert EACH(table) == pytest.approx((1 / 2 + 0) / 2)


def test_over_people_and_along_text_are_the_bootstrap(thread: pd.DataFrame) -> None:
    ours = bootstrap(SHARE, thread, by="person")
    assert over_people(thread["hits"], thread["n"], thread["person"].tolist()).low == ours.low
    blocks = bootstrap(SHARE, thread, by=Blocks(4, "sentences"))
    assert along_text(thread["hits"], thread["n"], block=4) == blocks


def test_draws_without_a_value_are_left_out_and_counted() -> None:
    table = pd.DataFrame({"hits": [1] * 8, "n": [0, 0, 0, 0, 0, 1, 1, 1], "row": range(8)})
    found = bootstrap(Ratio("hits", "n"), table, by="row", draws=1000)
    assert 0 < found.undefined < 50
    assert np.isfinite([found.low, found.high]).all()


def test_too_many_draws_without_a_value_are_too_few_to_say() -> None:
    table = pd.DataFrame({"hits": [0, 0, 0, 0, 1], "n": [0, 0, 0, 0, 1], "row": range(5)})
    with pytest.raises(TooFewError, match="draws the statistic has no value"):
        bootstrap(SHARE, table, by="row")


def test_a_statistic_without_a_value_is_refused(thread: pd.DataFrame) -> None:
    with pytest.raises(TooFewError, match="no value"):
        bootstrap(lambda _: float("nan"), thread, by="person")


@pytest.mark.parametrize(
    ("by", "error", "match"),
    [
        ("nobody", ValueError, "no column `nobody`"),
        ("voice", TooFewError, "1 units of `voice` are too few"),
        (Blocks(31), ValueError, "blocks of 31 rows of 30"),
        (Blocks(0), ValueError, "blocks of 0"),
        (Blocks(30), TooFewError, "no more than one block"),
        (Within("voice", {"essay": "person"}), ValueError, "units for"),
        (Within("voice", "voice"), ValueError, "units for"),
    ],
)
def test_units_that_make_no_sense_are_refused(
    thread: pd.DataFrame, by: object, error: type[Exception], match: str
) -> None:
    with pytest.raises(error, match=match):
        bootstrap(SHARE, thread, by=by)


def test_gaps_in_a_column_are_refused(thread: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="without a number"):
        bootstrap(SHARE, thread.assign(hits=np.nan), by="person")
    with pytest.raises(ValueError, match="without a label"):
        bootstrap(SHARE, thread.assign(person=None), by="person")
    with pytest.raises(TooFewError, match="no rows"):
        bootstrap(SHARE, thread.iloc[:0], by="person")


@pytest.mark.parametrize(
    "wrong", [{"level": 0.0}, {"level": 1.5}, {"draws": 0}, {"method": "exact"}]
)
def test_other_senseless_arguments_are_refused(thread: pd.DataFrame, wrong: dict) -> None:
    with pytest.raises(ValueError):
        bootstrap(SHARE, thread, by="person", **wrong)


def test_leaving_one_out_is_the_statistic_of_the_others(thread: pd.DataFrame) -> None:
    for statistic, by_hand in ((SHARE, share), (EACH, mean_share)):
        found = leave_one_out(statistic, thread, by="person")
        for person, row in found.iterrows():
            rest = thread[thread["person"] != person]
            assert row["value"] == pytest.approx(by_hand(rest))
            assert row["change"] == pytest.approx(by_hand(rest) - by_hand(thread))
        assert found["rows"].sum() == len(thread)
        pd.testing.assert_frame_equal(found, leave_one_out(by_hand, thread, by="person"))


def test_leaving_out_whom_all_rests_on_is_refused_by_name() -> None:
    table = pd.DataFrame({"hits": [1, 0], "n": [1, 0], "person": ["all", "none"]})
    with pytest.raises(TooFewError, match="without `all`"):
        leave_one_out(SHARE, table, by="person")
    with pytest.raises(TooFewError, match="nothing is left"):
        leave_one_out(SHARE, table.iloc[:1], by="person")
