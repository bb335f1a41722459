"""Labels that a person gives to concordance rows, keyed by where the hit stands.

A label belongs to a document, a start and an end, so that it stays with its hit however the rows
are sorted, sampled or cut.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from manyvoices.coding.passes import codes_file, read_spans
from manyvoices.coding.tables import line_of
from manyvoices.corpus import Corpus
from manyvoices.errors import SettingsError
from manyvoices.files import write_aside

KEY = ["document", "start", "end"]


def attach_labels(hits: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """The rows of `hits`, in their order, with the column `label`: empty where there is none."""
    labelled = hits.drop(columns="label", errors="ignore").merge(
        labels[[*KEY, "label"]], how="left", on=KEY, validate="many_to_one"
    )
    labelled["label"] = labelled["label"].fillna("")
    return labelled.set_index(hits.index)


def stale_labels(hits: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """The labels that no row of `hits` has the place of."""
    merged = labels.merge(hits[KEY], how="left", on=KEY, indicator="found")
    return labels[(merged["found"] == "left_only").to_numpy()]


def read_labels(file: Path | str) -> pd.DataFrame:
    """The labels in a CSV file: columns document, start, end, label.

    Raises SettingsError for a missing column, or for a place that is labelled twice.
    """
    file = Path(file)
    labels = read_spans(file, [*KEY, "label"])
    twice = labels.duplicated(KEY)
    if twice.any():
        line = line_of(file, int(twice.to_numpy().argmax()))
        raise SettingsError(
            "this place has a label already.", "Keep one of the two.", file=file, line=line
        )
    return labels


def read_candidates(corpus: Corpus) -> pd.DataFrame:
    """The labels of places that a program found, in `candidates.csv` beside the codes.

    Columns: document, start, end, label (source, or none); no rows where there is no such file.
    Raises SettingsError as `read_labels`.
    """
    file = codes_file(corpus, "candidates.csv")
    if file is None:
        return pd.DataFrame(columns=[*KEY, "label"]).astype({"start": int, "end": int})
    return read_labels(file)


def write_labels(hits: pd.DataFrame, file: Path | str) -> None:
    """Write the places and labels of the rows that have one, as CSV, in text order."""
    rows = hits.loc[hits["label"] != "", [*KEY, "label"]].sort_values(KEY)
    write_aside(file, rows.to_csv(index=False, lineterminator="\n"))
