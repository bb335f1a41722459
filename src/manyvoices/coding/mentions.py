"""Outside sources that the texts bring in, with their codes, and how often each voice does so."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from manyvoices.coding.agreement import read_codes
from manyvoices.coding.majority import most
from manyvoices.coding.passes import read_mentions
from manyvoices.coding.shares import shares
from manyvoices.corpus import Corpus
from manyvoices.settings import Voice

FUNCTIONS = ("supporting", "contrasting", "mentioning")
ROLES = {"supporting": "ally", "contrasting": "opponent", "mentioning": "mention"}
"""What the functions are called where a source is used rather than cited."""
VARIABLES = ("function", "intent", "kind")
PLACES = ["mention", "document", "sentence", "start", "end", "voice", "person"]


def coded_mentions(corpus: Corpus) -> pd.DataFrame:
    """One row per mention of an outside source, in text order.

    Columns: mention (its name), document, sentence (where it begins; missing between sentences),
    start, end (code points in the document's text), voice, person; then for function, intent and
    kind the code that most passes gave ("no majority" where none did, empty where none coded it),
    with `<variable>_agreed` and `<variable>_passes`: how many passes gave that code, of how many
    that coded it (the most that any code has, where there is no majority).
    """
    table = read_mentions(corpus)
    of = [corpus.by_id[name] for name in table["document"]]
    table["voice"], table["person"] = [d.voice for d in of], [d.person for d in of]
    table["sentence"] = sentences_at(corpus, table)
    table = table[PLACES].sort_values(["document", "start"], kind="stable")
    order = {name: i for i, name in enumerate(corpus.by_id)}
    table = table.sort_values("document", key=lambda names: names.map(order), kind="stable")
    codes = read_codes(corpus)
    of_mentions = codes[codes["layer"] == "mentions"]
    for variable in VARIABLES:
        given = of_mentions[of_mentions["variable"] == variable]
        table = table.join(_agreed(given, variable), on="mention")
        table = table.fillna({variable: ""})
    return table.reset_index(drop=True)


def sentences_at(corpus: Corpus, places: pd.DataFrame) -> list[str | None]:
    """For each row, with document and start, the id of the sentence that this code point is in."""
    sentences = dict(tuple(corpus.sentences.groupby("document")))
    return [
        _sentence_at(sentences[document], start) if document in sentences else None
        for document, start in zip(places["document"], places["start"], strict=True)
    ]


def _sentence_at(sentences: pd.DataFrame, at: int) -> str | None:
    row = int(np.searchsorted(sentences["start"].to_numpy(), at, side="right")) - 1
    inside = row >= 0 and at < sentences["end"].iloc[row]
    return str(sentences["sentence"].iloc[row]) if inside else None


def _agreed(codes: pd.DataFrame, variable: str) -> pd.DataFrame:
    """By mention: the code of most passes, how many gave it, and how many coded it."""
    counts = codes.groupby(["unit", "code"]).size()
    return pd.DataFrame(
        {
            variable: most(codes),
            f"{variable}_agreed": counts.groupby("unit").max(),
            f"{variable}_passes": counts.groupby("unit").sum(),
        }
    )


def mention_tally(mentions: pd.DataFrame, voices: Mapping[str, Voice]) -> pd.DataFrame:
    """One row per voice and function: how many of its mentions have it.

    `mentions` is what `coded_mentions` returns. Columns: voice, function, hits, mentions, writers
    (who have one), value (the share), low, high, method, first (the first mention's sentence). A
    share has an interval as `shares` gives it, so that of fewer than 20 mentions it has none. A
    fourth function, "no majority", is there where it occurs.
    """
    seen = [name for name in mentions["function"].unique() if name and name not in FUNCTIONS]
    rows = [
        {"voice": voice, "function": function} | dict(row) | {"first": _first(mine)}
        for function in (*FUNCTIONS, *sorted(seen))
        for voice, row in shares(mentions, mentions["function"] == function, voices).iterrows()
        for mine in [mentions[(mentions["voice"] == voice) & (mentions["function"] == function)]]
    ]
    columns = ["voice", "function", "hits", "sentences", "people", "value", "low", "high"]
    table = pd.DataFrame(rows, columns=[*columns, "method", "first"])
    names = {"sentences": "mentions", "people": "writers"}
    place = {name: i for i, name in enumerate(voices)}
    return table.rename(columns=names).sort_values(
        "voice", key=lambda names: names.map(place), kind="stable", ignore_index=True
    )


def _first(mentions: pd.DataFrame) -> str | None:
    return str(mentions["sentence"].iloc[0]) if len(mentions) else None


def functions_without(mentions: pd.DataFrame) -> pd.DataFrame:
    """One row per person who mentions a source: what the others mention, by function.

    `mentions` is what `coded_mentions` returns. Index: person, who mentions most first. Columns:
    mentions (the person's own), then each function: how many mentions with it are left without
    that person.
    """
    own = pd.crosstab(mentions["person"], mentions["function"])
    own = own.reindex(columns=list(FUNCTIONS), fill_value=0).rename_axis(columns=None)
    table = own.sum() - own
    table.insert(0, "mentions", mentions["person"].value_counts().reindex(table.index))
    return table.sort_values("mentions", ascending=False, kind="stable")
