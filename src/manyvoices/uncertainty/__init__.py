"""How far a figure wavers.

Nothing here was sampled at random. An interval over people says how a figure changes with the
people who happened to write; one along a text, how it changes with the stretch that one reads.
Intervals are taken from seeded draws of whole units, with the quantiles that few units need
(`bootstrap` says which), except those of Wilson, of Clopper and Pearson, and of the jackknife.
"""

from manyvoices.uncertainty.contrast import contrast, without_each
from manyvoices.uncertainty.families import benjamini_hochberg, holm
from manyvoices.uncertainty.intervals import Interval, exact, wilson
from manyvoices.uncertainty.jackknifing import jackknife
from manyvoices.uncertainty.omission import leave_one_out
from manyvoices.uncertainty.permuting import PermutationTest, permutation
from manyvoices.uncertainty.resampling import (
    DRAWS,
    SEED,
    Executor,
    along_text,
    bootstrap,
    over_people,
    ratio_interval,
    tail_share,
)
from manyvoices.uncertainty.sums import Difference, OfSums, Ratio
from manyvoices.uncertainty.units import (
    FEWEST_HITS,
    FEWEST_PEOPLE,
    FEWEST_SENTENCES,
    Blocks,
    Within,
)

__all__ = [
    "DRAWS",
    "FEWEST_HITS",
    "FEWEST_PEOPLE",
    "FEWEST_SENTENCES",
    "SEED",
    "Blocks",
    "Difference",
    "Executor",
    "Interval",
    "OfSums",
    "PermutationTest",
    "Ratio",
    "Within",
    "along_text",
    "benjamini_hochberg",
    "bootstrap",
    "contrast",
    "exact",
    "holm",
    "jackknife",
    "leave_one_out",
    "over_people",
    "permutation",
    "ratio_interval",
    "tail_share",
    "wilson",
    "without_each",
]
