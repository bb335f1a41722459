"""How far the passes of codes agree with one another.

The passes are by one coder, a language model, which coded the same rows several times. What is
measured here is therefore pass-to-pass *stability*. It is not reliability between people, it says
nothing of validity, and thresholds that were set for human coders do not apply to it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from manyvoices.coding.coefficients import (
    COEFFICIENTS,
    VALUES,
    agreement_interval,
    counts_of,
    names_of,
)
from manyvoices.coding.passes import file_spans, pass_files, read_mentions
from manyvoices.coding.tables import line_of, read_table
from manyvoices.corpus import Corpus
from manyvoices.errors import SettingsError, TooFewError
from manyvoices.uncertainty import Blocks

SPAN = ["source", "start", "end"]


def read_codes(corpus: Corpus) -> pd.DataFrame:
    """One row per code that a pass gave, in the order of the files.

    Columns: layer (the file's name: sentences, comments, mentions), variable, unit (id of the
    document or mention, or `source:start-end` of a stretch), evidence (the id of the sentence or
    document where the unit stands; missing if there is none here), pass, code. Empty cells are
    missing codes and have no row; a corpus without codes gives an empty table. Raises
    SettingsError for a file that is no table, and for one that codes a unit twice.
    """
    files = pass_files(corpus)
    columns = ["layer", "variable", "unit", "evidence", "pass", "code"]
    if not files:
        return pd.DataFrame(columns=columns, dtype=object)
    codes = pd.concat([_codes_of(file) for file in files], ignore_index=True)
    codes["evidence"] = codes["unit"].map(_places(corpus, codes["unit"].unique().tolist()))
    return codes[columns]


def side_by_side(codes: pd.DataFrame, layer: str, variable: str) -> pd.DataFrame:
    """One row per unit, one column per pass: the codes of one variable, from `read_codes`.

    Raises ValueError for a layer or a variable that is not there.
    """
    chosen = codes[(codes["layer"] == layer) & (codes["variable"] == variable)]
    if chosen.empty:
        known = codes[["layer", "variable"]].drop_duplicates().agg(" ".join, axis=1)
        raise ValueError(f"no codes of {layer} {variable}; there are: {', '.join(known)}")
    table = chosen.pivot(index="unit", columns="pass", values="code")
    return table.reindex(chosen["unit"].unique()).astype(object).where(lambda x: x.notna(), None)


def category_counts(codes: pd.DataFrame) -> pd.DataFrame:
    """One row per code in use: how often each pass gave it.

    Index: layer, variable, code, the most frequent first within a variable. Columns: the passes;
    a pass that did not code a variable has no counts for it.
    """
    keys = ["layer", "variable", "code"]
    counts = codes.groupby([*keys, "pass"], sort=False).size().unstack(fill_value=0)
    coded = codes.groupby([*keys[:2], "pass"], sort=False).size().unstack().notna()
    of_variable = coded.loc[[key[:2] for key in counts.index]].to_numpy()
    counts = counts.astype("Int64").where(of_variable)
    order = counts.assign(total=counts.sum(axis=1)).reset_index()
    first = {pair: i for i, pair in enumerate(codes.groupby(keys[:2], sort=False).groups)}
    order["place"] = [first[pair] for pair in zip(order["layer"], order["variable"], strict=True)]
    order = order.sort_values(["place", "total", "code"], ascending=[True, False, True])
    return order.set_index(keys)[list(codes["pass"].unique())].rename_axis(columns=None)


def disagreements(codes: pd.DataFrame) -> pd.DataFrame:
    """One row per unit and variable on which passes differ, in the order of the files.

    Columns: layer, variable, unit, evidence, one per pass with its code (None where missing),
    codes (how many different ones).
    """
    keys = ["layer", "variable", "unit"]
    many = codes.groupby(keys, sort=False)["code"].nunique()
    wide = codes.pivot(index=keys, columns="pass", values="code").reindex(many.index)
    wide = wide.astype(object).where(wide.notna(), None).rename_axis(columns=None)
    found = wide.assign(codes=many)[many > 1].reset_index()
    evidence = codes.drop_duplicates(["layer", "unit"]).set_index(["layer", "unit"])["evidence"]
    places = pd.MultiIndex.from_frame(found[["layer", "unit"]])
    found.insert(3, "evidence", evidence.reindex(places).to_numpy())
    return found


def stability(corpus: Corpus, codes: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row per layer and variable: how stable the codes are from pass to pass.

    Index: layer, variable. Columns: passes; units (with two codes or more); split (on how many of
    these passes differ); codes (in use); commonest and its share of all codes; then percent,
    alpha, cohen, fleiss and ac1, each followed by `_low` and `_high` (95 %, expanded percentile
    bootstrap); method (what was drawn: blocks of neighbouring stretches in the order of the files;
    comments or mentions one by one); note (why a number is missing). `codes` is what `read_codes`
    returns, for a selection of its own. Stability of one machine coder: no reliability.
    """
    codes = read_codes(corpus) if codes is None else codes
    named = codes[["layer", "variable"]].drop_duplicates().astype(str)
    rows = [
        {"layer": layer, "variable": variable} | _row(side_by_side(codes, layer, variable))
        for layer, variable in named.itertuples(index=False, name=None)
    ]
    table = pd.DataFrame(rows) if rows else pd.DataFrame(columns=["layer", "variable"])
    return table.set_index(["layer", "variable"])


def _row(codes: pd.DataFrame) -> dict[str, object]:
    spans = codes.index.astype(str).str.fullmatch(r".+:\d+-\d+").all()
    by: str | Blocks = Blocks(of="stretches") if spans else "unit"
    found = {name: _numbers(codes, name, by) for name in COEFFICIENTS}
    notes: dict[str, list[str]] = {}
    for name, (_, _, note) in found.items():
        if note:
            notes.setdefault(note, []).append(name)
    sizes = _sizes(codes)
    even = [] if sizes["split"] else ["No unit is split; an interval of no width is no certainty."]
    return {
        **sizes,
        **{key: number for numbers, _, _ in found.values() for key, number in numbers.items()},
        "method": next((method for _, method, _ in found.values() if method), ""),
        "note": " ".join([*(f"{', '.join(who)}: {note}" for note, who in notes.items()), *even]),
    }


def _sizes(codes: pd.DataFrame) -> dict[str, object]:
    """How many passes, units and codes there are, and which code is the most frequent."""
    counts, names = counts_of(codes), names_of(codes)
    totals = counts.sum(axis=0)
    return {
        "passes": codes.shape[1],
        "units": int((counts.sum(axis=1) > 1).sum()),
        "split": int(((counts > 0).sum(axis=1) > 1).sum()),
        "codes": len(names),
        "commonest": names[int(totals.argmax())],
        "share": float(totals.max() / totals.sum()),
    }


def _numbers(codes: pd.DataFrame, name: str, by: str | Blocks) -> tuple[dict[str, float], str, str]:
    """A coefficient with both ends, by what method, and why a number is missing."""
    numbers = dict.fromkeys([name, f"{name}_low", f"{name}_high"], np.nan)
    try:
        numbers[name] = VALUES[name](codes)
        found = agreement_interval(codes, name, by)
    except TooFewError as error:
        return numbers, "", error.found
    return numbers | {f"{name}_low": found.low, f"{name}_high": found.high}, found.method, ""


def _codes_of(file: Path) -> pd.DataFrame:
    """The codes of one file, one a row. Raises SettingsError for a unit that is there twice."""
    table = read_table(file)
    spans = set(SPAN) <= set(table.columns)
    keys = SPAN if spans else [table.columns[0]]
    units = table[keys[0]]
    if spans:
        units = table["source"] + ":" + table["start"] + "-" + table["end"]
    if units.duplicated().any():
        record = int(units.duplicated().argmax())
        raise SettingsError(
            f"`{units.iloc[record]}` is coded for a second time.",
            "Give every unit one record.",
            file=file,
            line=line_of(file, record),
        )
    long = (
        table.drop(columns=keys)
        .assign(unit=units)
        .melt("unit", var_name="variable", value_name="code")
    )
    named = long.assign(layer=file.stem, **{"pass": file.parent.name})
    return named[named["code"] != ""]


def _places(corpus: Corpus, units: list[str]) -> dict[str, str]:
    """Where each unit stands: the sentence a stretch or a mention begins in, or the document."""
    sentences = file_spans(corpus)
    mentions = read_mentions(corpus)
    homes = {d.id: (d.source, d.locator.start or 0) for d in corpus.documents}
    begins = {
        name: (homes[document][0], homes[document][1] + int(start))
        for name, document, start in mentions[["mention", "document", "start"]].itertuples(
            index=False
        )
    }
    begins |= {unit: _begin(unit) for unit in units if ":" in unit}
    found = {unit: unit for unit in units if unit in homes}
    for source, rows in sentences.groupby("source", sort=False):
        starts, ends = rows["start"].to_numpy(), rows["end"].to_numpy()
        names = rows["sentence"].tolist()
        for unit, (where, at) in begins.items():
            place = int(np.searchsorted(starts, at, side="right")) - 1
            if where == source and place >= 0 and at < ends[place]:
                found[unit] = names[place]
    return found


def _begin(unit: str) -> tuple[str, int]:
    """The source and the first code point of a stretch."""
    source, _, span = unit.rpartition(":")
    return source, int(span.split("-")[0])
