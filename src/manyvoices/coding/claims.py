"""Claims: the sentences that make them, and the comments that take them up."""

from __future__ import annotations

import pandas as pd

from manyvoices.coding.agreement import read_codes
from manyvoices.coding.majority import NO_MAJORITY, most
from manyvoices.coding.passes import read_passes
from manyvoices.corpus import Corpus

STANCES = ("supporting", "contrasting", "mixed")
ABSENT = "absent"
SENTENCES = ["claim", "sentence", "document", "voice", "stated", "argued", "passes"]
TAKEN_UP = ["claim", "comment", "voice", "person", "stance", *STANCES, ABSENT, "passes"]


def claim_sentences(corpus: Corpus) -> pd.DataFrame:
    """One row per claim and sentence that at least one pass says to make it, in text order.

    Columns: claim, sentence, document, voice; stated and argued (how many passes say so), passes
    (how many coded the sentence). Claims are those of the description.
    """
    codes = read_passes(corpus, "claims")
    claims = [name for name in corpus.settings.claims if name in codes]
    keys = ["sentence", "document", "voice"]
    rows = codes.melt([*keys, "pass"], claims, "claim", "code")
    rows = rows[rows["code"] != ""]
    if rows.empty:
        return pd.DataFrame(columns=SENTENCES)
    given = {name: (rows["code"] == name).astype(int) for name in ("stated", "argued")}
    table = rows.assign(**given, passes=1).groupby(["claim", *keys], sort=False)
    found = table[["stated", "argued", "passes"]].sum().reset_index()
    return found[found["stated"] + found["argued"] > 0].reset_index(drop=True)


def stances(corpus: Corpus) -> pd.DataFrame:
    """One row per claim and coded comment of this corpus, in the order of claims and comments.

    Columns: claim, comment (its document), voice, person, stance (what most passes say: supporting,
    contrasting, mixed, absent, or "no majority"); supporting, contrasting, mixed, absent (how many
    passes say so), passes (how many coded it). Claims are those of the description.
    """
    codes = read_codes(corpus)
    known = codes["variable"].isin(corpus.settings.claims) & codes["unit"].isin(corpus.by_id)
    codes = codes[(codes["layer"] == "comments") & known]
    if codes.empty:
        return pd.DataFrame(columns=TAKEN_UP)
    parts = [
        _of_claim(codes[codes["variable"] == claim], claim)
        for claim in corpus.settings.claims
        if (codes["variable"] == claim).any()
    ]
    table = pd.concat(parts, ignore_index=True)
    order = {name: i for i, name in enumerate(corpus.by_id)}
    table["place"] = table["comment"].map(order)
    table["voice"] = [corpus.by_id[name].voice for name in table["comment"]]
    table["person"] = [corpus.by_id[name].person for name in table["comment"]]
    claims = {name: i for i, name in enumerate(corpus.settings.claims)}
    table["claim_place"] = table["claim"].map(claims)
    return table.sort_values(["claim_place", "place"], ignore_index=True)[TAKEN_UP]


def _of_claim(codes: pd.DataFrame, claim: str) -> pd.DataFrame:
    """By comment: the stance of most passes, and how many passes have which."""
    wide = codes.groupby(["unit", "code"], sort=False).size().unstack(fill_value=0)
    wide = wide.reindex(columns=[*STANCES, ABSENT], fill_value=0)
    wide["passes"] = codes.groupby("unit").size()
    return wide.assign(claim=claim, stance=most(codes)).rename_axis("comment").reset_index()


def claim_tally(taken: pd.DataFrame) -> pd.DataFrame:
    """One row per claim and voice: the comments, and the people, of each stance.

    `taken` is what `stances` returns. Columns: claim, voice, then supporting, contrasting, mixed:
    comments; and `<stance>_people`: their writers. A comment on whose stance no majority of passes
    agrees is in none.
    """
    groups = taken.groupby(["claim", "voice"], sort=False)
    rows = [
        {"claim": claim, "voice": voice}
        | {name: int((rows["stance"] == name).sum()) for name in STANCES}
        | {f"{name}_people": _people(rows, name) for name in STANCES}
        for (claim, voice), rows in groups
    ]
    columns = ["claim", "voice", *STANCES, *(f"{name}_people" for name in STANCES)]
    return pd.DataFrame(rows, columns=columns)


def _people(rows: pd.DataFrame, stance: str) -> int:
    return int(rows.loc[rows["stance"] == stance, "person"].nunique())


def resting_on_one(taken: pd.DataFrame) -> pd.DataFrame:
    """One row per claim and stance that a single person takes: who, and in which comments.

    `taken` is what `stances` returns, of whatever voices one asks about. Columns: claim, stance,
    person, comments (their names, joined by commas), first. Without that person the stance would
    be gone.
    """
    clear = taken[taken["stance"].isin(STANCES)]
    rows = [
        (claim, stance, rows["person"].iloc[0], ", ".join(rows["comment"]), rows["comment"].iloc[0])
        for (claim, stance), rows in clear.groupby(["claim", "stance"], sort=False)
        if rows["person"].nunique() == 1
    ]
    return pd.DataFrame(rows, columns=["claim", "stance", "person", "comments", "first"])


def taken_up(taken: pd.DataFrame) -> pd.DataFrame:
    """The rows of `stances` in which at least one pass finds the claim."""
    found = taken[list(STANCES)].sum(axis=1) > 0
    return taken[found | (taken["stance"] == NO_MAJORITY)]
