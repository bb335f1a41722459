"""What most passes say of a unit."""

from __future__ import annotations

import pandas as pd

from manyvoices.coding.passes import read_passes
from manyvoices.corpus import Corpus

NO_MAJORITY = "no majority"


def majority(corpus: Corpus, variable: str, layer: str = "sentences") -> pd.Series:
    """For each coded sentence the code that more than half of the passes gave a variable.

    Index: sentence. "no majority" where no code has more than half of those passes that coded the
    sentence. Empty without codes, or where no pass has such a variable. `layer` as `read_passes`
    has it.
    """
    codes = read_passes(corpus, layer)
    if variable not in codes:
        return pd.Series(dtype=object, index=pd.Index([], name="sentence"), name=variable)
    return most(codes.rename(columns={variable: "code"}), "sentence").rename(variable)


def most(codes: pd.DataFrame, unit: str = "unit") -> pd.Series:
    """For each unit the code that more than half of the passes which coded it gave.

    `codes` has the columns `unit`, pass and code, a row a pass and unit; empty codes are missing.
    Index: unit, in the order of the rows. "no majority" where no code has more than half.
    """
    given = codes[codes["code"] != ""]
    counts = given.groupby([unit, "code"], sort=False).size().reset_index(name="passes")
    passes = given.groupby(unit, sort=False).size()
    won = counts[counts["passes"] * 2 > passes.reindex(counts[unit]).to_numpy()]
    found = won.set_index(unit)["code"].reindex(passes.index, fill_value=NO_MAJORITY)
    return found.astype(object)
