"""Two voices set against each other."""

from __future__ import annotations

import pandas as pd
import pytest

from manyvoices.errors import TooFewError
from manyvoices.uncertainty import Ratio, contrast, without_each

SHARE = Ratio("hit", "one")


@pytest.fixture
def table() -> pd.DataFrame:
    """An essay of 60 sentences, every other one a hit, and six people with ten each.

    Of those, hits are 0, 0, 0, 0, 0 and 10 of ten: the whole share is one person's.
    """
    essay = pd.DataFrame({"voice": "essay", "person": "author", "hit": [0, 1] * 30})
    thread = pd.DataFrame(
        {"voice": "thread", "person": list("abcdef") * 10, "hit": [0, 0, 0, 0, 0, 1] * 10}
    )
    other = pd.DataFrame({"voice": "abstract", "person": "third", "hit": [1] * 5})
    return pd.concat([essay, thread, other], ignore_index=True).assign(one=1)


def test_the_difference_is_of_the_two_voices_alone(table: pd.DataFrame) -> None:
    found = contrast(SHARE, table, "essay", "thread", ["essay"])
    assert found.value == pytest.approx(1 / 2 - 1 / 6)
    assert found.low < found.value < found.high
    assert "blocks" in found.method
    assert "person" in found.method


def test_turned_round_the_difference_changes_its_sign(table: pd.DataFrame) -> None:
    one = contrast(SHARE, table, "essay", "thread", ["essay"])
    other = contrast(SHARE, table, "thread", "essay", ["essay"])
    assert one.value == pytest.approx(-other.value)


def test_each_person_of_a_voice_of_several_is_left_out(table: pd.DataFrame) -> None:
    found = without_each(SHARE, table, "essay", "thread", ["essay"])
    assert found == pytest.approx(dict.fromkeys("abcde", 1 / 2 - 1 / 5) | {"f": 1 / 2})


def test_what_somebody_wrote_in_another_voice_stays(table: pd.DataFrame) -> None:
    both = table.replace({"person": {"author": "f"}})
    found = without_each(SHARE, both, "essay", "thread", [])
    assert found["f"] == pytest.approx(1 / 2)


def test_nobody_is_left_out_where_nothing_would_be_left(table: pd.DataFrame) -> None:
    alone = table[table["person"].isin(["author", "a"])]
    assert without_each(SHARE, alone, "essay", "thread", ["essay"]) == {}


def test_an_empty_side_is_too_little(table: pd.DataFrame) -> None:
    with pytest.raises(TooFewError):
        without_each(SHARE, table[table["voice"] == "thread"], "essay", "thread", ["essay"])
