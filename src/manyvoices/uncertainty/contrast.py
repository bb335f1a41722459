"""Two voices set against each other: how far their difference wavers, and on whom it rests."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from manyvoices.uncertainty.intervals import Interval
from manyvoices.uncertainty.resampling import bootstrap
from manyvoices.uncertainty.sums import Difference, OfSums, value_of
from manyvoices.uncertainty.units import Blocks, Within

if TYPE_CHECKING:
    import pandas as pd


def contrast(
    statistic: OfSums, table: pd.DataFrame, voice: str, other: str, one_author: Collection[str]
) -> Interval:
    """The statistic of `voice` less that of `other`, with its interval.

    `table` has one row per sentence, with columns voice and person. Of a voice in `one_author`
    blocks of neighbouring sentences are drawn, of another one whole persons. Raises TooFewError
    where there are too few to draw from.
    """
    draws = {name: Blocks() if name in one_author else "person" for name in (voice, other)}
    both = table[table["voice"].isin([voice, other])]
    return bootstrap(Difference(statistic, "voice", voice, other), both, by=Within("voice", draws))


def without_each(
    statistic: OfSums, table: pd.DataFrame, voice: str, other: str, one_author: Collection[str]
) -> dict[str, float]:
    """The same difference without each person of the voices that have several, by their names.

    What they wrote in another voice stays, and nobody is left out of a voice that would then be
    empty. Raises TooFewError where without somebody the difference has no value.
    """
    both = table[table["voice"].isin([voice, other])]
    writers = both.groupby("voice")["person"].nunique()
    several = set(writers.index[writers > 1]) - set(one_author)
    among = both["person"].where(both["voice"].isin(several))
    difference = Difference(statistic, "voice", voice, other)
    people = among.dropna().unique().tolist()
    return {person: value_of(difference, both[among != person]) for person in people}
