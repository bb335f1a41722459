"""On which rung of Arnstein's ladder sentences place citizens, by the passes of codes."""

from __future__ import annotations

import pandas as pd

from manyvoices.coding import read_passes
from manyvoices.corpus import Corpus

RUNGS = (
    "manipulation",
    "therapy",
    "informing",
    "consultation",
    "placation",
    "partnership",
    "delegated-power",
    "citizen-control",
)
"""The rungs of Arnstein (1969), from the lowest to the highest."""
MODES = ("described", "called-for")
COLUMNS = ["sentence", "document", "voice", "part", "rung", "mode", "passes", "of", "cause"]


def ladder(corpus: Corpus) -> pd.DataFrame:
    """One row per sentence, rung and mode that a pass of codes gave it, in text order.

    Columns: sentence, document, voice, part (title, caption or body), rung (of `RUNGS`), mode
    (described or called-for), passes (how many gave it just this), of (how many passes coded the
    sentence), cause (the code that most passes gave, none where that was none). A sentence on
    which passes differ has several rows. No rows without such codes, or for other codes than
    these.
    """
    codes = read_passes(corpus)
    if not {"ladder", "ladder_mode"} <= set(codes):
        return _typed(pd.DataFrame(columns=COLUMNS))
    coded = codes.groupby("sentence")["pass"].nunique()
    known = codes["ladder"].isin(RUNGS) & codes["ladder_mode"].isin(MODES)
    keys = ["sentence", "document", "voice", "ladder", "ladder_mode"]
    table = codes[known].groupby(keys, sort=False, dropna=False).size().rename("passes")
    rows = table.reset_index().rename(columns={"ladder": "rung", "ladder_mode": "mode"})
    rows["of"] = rows["sentence"].map(coded)
    rows["part"] = rows["sentence"].map(corpus.sentence_kinds)
    rows["cause"] = rows["sentence"].map(_causes(codes)) if "cause" in codes else "none"
    place = {name: i for i, name in enumerate(corpus.sentences["sentence"])}
    order = rows.assign(place=rows["sentence"].map(place), rank=rows["rung"].map(RUNGS.index))
    order = order.sort_values(["place", "passes", "rank"], ascending=[True, False, True])
    return _typed(order[COLUMNS].reset_index(drop=True))


def causes(corpus: Corpus) -> pd.DataFrame:
    """One row per pass, voice and cause that it gave: pass, voice, cause, sentences, first."""
    codes = read_passes(corpus)
    columns = ["pass", "voice", "cause", "sentences", "first"]
    if "cause" not in codes:
        return pd.DataFrame(columns=columns)
    named = codes[~codes["cause"].isin(["", "none"]) & codes["voice"].isin(corpus.voices)]
    groups = named.groupby(["pass", "voice", "cause"], sort=False)["sentence"]
    return groups.agg(sentences="size", first="first").reset_index()[columns]


def _causes(codes: pd.DataFrame) -> pd.Series:
    """The cause that most passes gave a sentence, the first by name of those that tie."""
    return codes.groupby("sentence")["cause"].agg(lambda of: of.mode().iloc[0])


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    kinds = {name: "int64" if name in ("passes", "of") else "str" for name in COLUMNS}
    return table.astype(kinds)
