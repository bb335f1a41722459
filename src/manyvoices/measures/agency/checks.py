"""How far the detectors can be believed: precision and recall against labels.

The labels are of drawn sentences, in the folder of codes, `agency/`: `sample.csv` (source, start,
end, voice, half), `pass-1.csv` (source, start, end, kind) and `triples.csv`. A corpus without them
has detectors that nobody checked, and nothing they find is counted.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from manyvoices.coding import in_documents
from manyvoices.corpus import Corpus
from manyvoices.measures.agency.hits import AGENTLESS, KINDS, PASSIVE, WITH_AGENT
from manyvoices.uncertainty import FEWEST_HITS, wilson

ENOUGH = 0.8
HALVES = ("development", "test")
UNCHECKED = "unchecked on this corpus"
TOO_FEW = "too few labels to check it"
BELOW = "precision or recall below the bar"
COUNTED = "counted"
SAMPLE, LABELS, SECOND, TRIPLES = (
    f"agency/{name}.csv" for name in ("sample", "pass-1", "pass-2", "triples")
)
SHARES = ("precision", "recall")
COLUMNS = ["sentences", "labels", "hits", "precision", "precision_low", "precision_high"]
COLUMNS += ["recall", "recall_low", "recall_high", "counted", "why"]
SLOTS = ("actor", "process", "goal")


def read_sample(corpus: Corpus) -> pd.DataFrame:
    """One row per drawn sentence: document, start, end, voice, half (development or test)."""
    return in_documents(corpus, SAMPLE, ["voice", "half"])


def read_labels(corpus: Corpus, file: str = LABELS) -> pd.DataFrame:
    """One row per label: document, start, end, kind."""
    return in_documents(corpus, file, ["kind"])


def read_triples(corpus: Corpus) -> pd.DataFrame:
    """One row per labelled triple: document, start and end of the verb, and of actor and goal."""
    ends = [f"{name}_{end}" for name in ("actor", "goal") for end in ("start", "end")]
    table = in_documents(corpus, TRIPLES, ends)
    homes = {document.id: document.locator.start or 0 for document in corpus.documents}
    shift = table["document"].map(homes).to_numpy(np.int64) if len(table) else 0
    moved = {name: table[name].astype(np.int64) - shift for name in ends}
    table = table.assign(**moved, process_start=table["start"], process_end=table["end"])
    return table.drop(columns=["start", "end"])


def check(corpus: Corpus, hits: pd.DataFrame, half: str = "test") -> pd.DataFrame:
    """One row per kind: how well its detector finds what is labelled in a half of the sentences.

    `hits` is what `agency` returns. Index: kind; `passive` stands for those with and without a
    doer. Columns: sentences (of that half), labels, hits (in these sentences), precision and
    recall, each with `_low` and `_high` (95 %, Wilson), counted (whether what it finds may be
    counted), why. A hit is right where a label of its kind overlaps it. A detector is counted if
    both shares reach 0.8 over at least five labels and five hits. The interval treats labels as
    independent, which those of one text are not: it is the narrowest that it could be.
    """
    sample, labels = read_sample(corpus), read_labels(corpus)
    sample = sample[sample["half"] == half]
    hits, labels = _in_sample(hits, sample), _in_sample(labels, sample)
    rows = {}
    for kind, kinds in {PASSIVE: (WITH_AGENT, AGENTLESS), **{k: (k,) for k in KINDS}}.items():
        found, wanted = (table[table["kind"].isin(kinds)] for table in (hits, labels))
        rows[kind] = _row(len(sample), *_matches(found, wanted, [("start", "end")]))
    return pd.DataFrame.from_dict(rows, orient="index", columns=COLUMNS).rename_axis("kind")


def check_triples(corpus: Corpus, triples: pd.DataFrame, half: str = "test") -> pd.DataFrame:
    """The same for what `triples` returns, under `clause`: all three heads must overlap."""
    sample, labels = read_sample(corpus), read_triples(corpus)
    sample = sample[sample["half"] == half]
    found = _in_sample(triples, sample, "process_start")
    wanted = _in_sample(labels, sample, "process_start")
    slots = [(f"{name}_start", f"{name}_end") for name in SLOTS]
    row = _row(len(sample), *_matches(found, wanted, slots))
    return pd.DataFrame.from_dict({"clause": row}, orient="index", columns=COLUMNS).rename_axis(
        "kind"
    )


def second_look(corpus: Corpus) -> pd.DataFrame:
    """One row per kind: how far the second pass of labels agrees with the first, where it has any.

    Index: kind. Columns: both, first_only, second_only. Compared are the sentences from the first
    label of the second pass on.
    """
    first, second = read_labels(corpus), read_labels(corpus, SECOND)
    key = ["document", "start", "end", "kind"]
    order = {document.id: i for i, document in enumerate(corpus.documents)}
    if second.empty:
        return pd.DataFrame(columns=["both", "first_only", "second_only"]).rename_axis("kind")
    place = [(order[d], s) for d, s in zip(second["document"], second["start"], strict=True)]
    begin = min(place)
    kept = [(order[d], s) >= begin for d, s in zip(first["document"], first["start"], strict=True)]
    both = first[kept].merge(second, "outer", on=key, indicator="side")
    table = pd.crosstab(both["kind"], both["side"].astype(str))
    names = {"both": "both", "left_only": "first_only", "right_only": "second_only"}
    return (
        table.reindex(columns=list(names), fill_value=0)
        .rename(columns=names)
        .rename_axis(columns=None)
    )


def _in_sample(table: pd.DataFrame, sample: pd.DataFrame, at: str = "start") -> pd.DataFrame:
    """The rows that begin in a drawn sentence."""
    drawn: dict[str, list[tuple[int, int]]] = {}
    for document, start, end in sample[["document", "start", "end"]].itertuples(index=False):
        drawn.setdefault(document, []).append((start, end))
    kept = [
        any(start <= place < end for start, end in drawn.get(document, ()))
        for document, place in zip(table["document"], table[at], strict=True)
    ]
    return table[np.array(kept, bool)]


def _matches(
    found: pd.DataFrame, wanted: pd.DataFrame, slots: Sequence[tuple[str, str]]
) -> tuple[list[bool], list[bool]]:
    """Per hit whether a label overlaps it in every slot, and per label whether a hit does."""
    hits, labels = found.to_dict("records"), wanted.to_dict("records")
    return (
        [any(_overlap(hit, label, slots) for label in labels) for hit in hits],
        [any(_overlap(hit, label, slots) for hit in hits) for label in labels],
    )


def _overlap(
    hit: Mapping[Hashable, Any], label: Mapping[Hashable, Any], slots: Sequence[tuple[str, str]]
) -> bool:
    return hit["document"] == label["document"] and all(
        hit[start] < label[end] and label[start] < hit[end] for start, end in slots
    )


def _row(sentences: int, right: list[bool], met: list[bool]) -> dict[str, object]:
    row: dict[str, object] = {"sentences": sentences, "labels": len(met), "hits": len(right)}
    for name, flags in zip(SHARES, (right, met), strict=True):
        interval = wilson(sum(flags), len(flags)) if flags else None
        row[name] = interval.value if interval else np.nan
        row[f"{name}_low"] = interval.low if interval else np.nan
        row[f"{name}_high"] = interval.high if interval else np.nan
    why = _why(sentences, right, met)
    return row | {"counted": why == COUNTED, "why": why}


def _why(sentences: int, right: list[bool], met: list[bool]) -> str:
    if not sentences:
        return UNCHECKED
    if min(len(right), len(met)) < FEWEST_HITS:
        return TOO_FEW
    return COUNTED if all(sum(x) >= ENOUGH * len(x) for x in (right, met)) else BELOW
