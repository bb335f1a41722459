"""Suggested functions of mentions that nobody coded, and the labels of people, which always win."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import numpy as np
import pandas as pd

from manyvoices.coding.labels import KEY
from manyvoices.coding.passes import codes_file, read_spans
from manyvoices.coding.tables import line_of
from manyvoices.corpus import Corpus
from manyvoices.errors import SettingsError
from manyvoices.models.citation.contexts import contexts
from manyvoices.models.citation.cues import FUNCTIONS
from manyvoices.models.citation.function import CitationFunction, CueRules
from manyvoices.models.citation.trial import FEWEST_CASES

SUGGESTED, GIVEN = "suggested", "given by a person"
OVERRIDES = ["function", "by"]


class Classifier(Protocol):
    """What is needed of a classifier that has been fitted."""

    classes_: np.ndarray

    def predict_proba(self, texts: pd.Series[str], /) -> np.ndarray:
        """For each text the probability of each of `classes_`."""
        ...


def suggest(
    corpus: Corpus,
    places: pd.DataFrame,
    model: Classifier | None = None,
    overrides: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The rows of `places`, with a function for each, and who says so.

    `places` have the columns document, start and end. Added are function; probability (of the
    suggestion; missing where a person said it); origin (`SUGGESTED` or `GIVEN`); by (the person).
    `model` is one that has been fitted, by default the cues; `overrides` is what `read_overrides`
    returns, and wins wherever it has the place.
    """
    model = CueRules() if model is None else model
    texts = contexts(corpus, places)
    chance = model.predict_proba(texts) if len(texts) else np.zeros((0, len(model.classes_)))
    table = places.assign(
        function=np.array(model.classes_, object)[chance.argmax(axis=1)] if len(texts) else [],
        probability=chance.max(axis=1, initial=0.0),
        origin=SUGGESTED,
        by="",
    )
    return table if overrides is None else _overridden(table, overrides)


def _overridden(table: pd.DataFrame, overrides: pd.DataFrame) -> pd.DataFrame:
    said = overrides.set_index(KEY)
    keys = list(table[KEY].itertuples(index=False, name=None))
    given = np.array([key in said.index for key in keys], bool)
    rows = said.reindex(pd.MultiIndex.from_tuples(keys, names=KEY)) if keys else said
    for name in OVERRIDES:
        table[name] = table[name].where(~given, rows[name].to_numpy())
    table["probability"] = table["probability"].where(~given)
    table["origin"] = table["origin"].where(~given, GIVEN)
    return table


def read_overrides(
    corpus: Corpus, file: Path | str, functions: tuple[str, ...] = FUNCTIONS
) -> pd.DataFrame:
    """The functions that a person gave to mentions: document, start, end, function, by.

    A CSV file with these columns; offsets are code points in the document's text. Raises
    SettingsError, with file and line, for a missing column, a document that is not in `corpus`, a
    place outside it, a function that is none of `functions`, a place given twice, or one without
    the name, or the role, of who gave it.
    """
    file = Path(file)
    table = read_spans(file, [*KEY, *OVERRIDES])
    seen: set[tuple[str, int, int]] = set()
    for record, row in enumerate(table[[*KEY, *OVERRIDES]].itertuples(index=False)):
        document, start, end, function, by = row
        place = (str(document), int(start), int(end))
        if fault := _fault(corpus, place, str(function), str(by), functions):
            raise SettingsError(*fault, file=file, line=line_of(file, record))
        if place in seen:
            raise SettingsError(
                "this place has a function already.",
                "Keep one of the two.",
                file=file,
                line=line_of(file, record),
            )
        seen.add(place)
    return table[[*KEY, *OVERRIDES]]


def _fault(
    corpus: Corpus,
    place: tuple[str, int, int],
    function: str,
    by: str,
    functions: tuple[str, ...],
) -> tuple[str, str] | None:
    """What is wrong with a record and what to do, if anything is."""
    document, start, end = place
    if document not in corpus.by_id:
        return f"there is no document `{document}`.", "Take its id from the sources."
    length = len(corpus.by_id[document].text)
    if not start < end <= length:
        return (
            f"{start} to {end} is no stretch of `{document}`.",
            f"It has {length} code points; the end lies behind the start.",
        )
    if function not in functions:
        return f"`{function}` is no function.", f"There are: {', '.join(functions)}."
    return None if by.strip() else ("nobody is said to have given it.", "Name who did, under `by`.")


def own_overrides(corpus: Corpus) -> pd.DataFrame | None:
    """The overrides in the corpus's folder of codes, `functions.csv`; None where there is none."""
    file = codes_file(corpus, "functions.csv")
    return read_overrides(corpus, file) if file else None


def uncoded(candidates: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """The rows of `candidates` that no coded mention overlaps, both by document, start and end."""
    coded = dict(tuple(mentions.groupby("document")))
    free = [
        name not in coded or not _overlaps(coded[name], start, end)
        for name, start, end in candidates[KEY].itertuples(index=False)
    ]
    return candidates[free].reset_index(drop=True)


def _overlaps(places: pd.DataFrame, start: int, end: int) -> bool:
    return bool(((places["start"] < end) & (start < places["end"])).any())


def fitted_to(corpus: Corpus, mentions: pd.DataFrame) -> CitationFunction | CueRules:
    """A classifier fitted to coded mentions, as `coded_mentions` gives them; else the cues alone.

    It needs as many cases as a trial does, and two functions.
    """
    coded = mentions[mentions["function"].isin(FUNCTIONS)]
    if len(coded) < FEWEST_CASES or coded["function"].nunique() < 2:
        return CueRules()
    return CitationFunction().fit(contexts(corpus, coded), coded["function"])
