"""How much of what a voice says has a code, and how far that wavers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from manyvoices.errors import TooFewError
from manyvoices.settings import Voice
from manyvoices.uncertainty import FEWEST_HITS, FEWEST_SENTENCES, Blocks, OfSums, Ratio, bootstrap

NO_INTERVAL = {"low": np.nan, "high": np.nan, "method": "too few to say"}


def shares(
    table: pd.DataFrame, flags: pd.Series[bool], voices: Mapping[str, Voice]
) -> pd.DataFrame:
    """One row per voice: the share of its rows of `table` for which `flags` is true.

    Index: voice. Columns: hits, sentences, people, value, low, high, method, as `agreement` has
    them; below 5 hits, too, there is no interval. Voices without rows are left out.
    """
    counted = table.assign(hit=flags.astype(int), row=1)
    parts = {name: counted[counted["voice"] == name] for name in voices}
    rows = {
        name: _share(part, voices[name].one_author) for name, part in parts.items() if len(part)
    }
    columns = ["hits", "sentences", "people", "value", "low", "high", "method"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("voice")


def _share(part: pd.DataFrame, one_author: bool) -> list[object]:
    hits = int(part["hit"].sum())
    found = wavering(Ratio("hit", "row"), part, one_author)
    if hits < FEWEST_HITS:
        found |= NO_INTERVAL
    return [hits, len(part), part["person"].nunique(), *found.values()]


def wavering(statistic: OfSums, part: pd.DataFrame, one_author: bool) -> dict[str, object]:
    """The value of a statistic in a voice, with its interval where there is enough for one.

    Keys: value, low, high, method.
    """
    value = {"value": float(statistic.finish(statistic.columns(part).sum(axis=0)))}
    if len(part) < FEWEST_SENTENCES:
        return value | NO_INTERVAL
    try:
        found = bootstrap(statistic, part, by=Blocks(of="sentences") if one_author else "person")
    except TooFewError:
        return value | NO_INTERVAL
    return value | {"low": found.low, "high": found.high, "method": found.method}
