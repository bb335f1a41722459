"""Passages that were chosen to be read side by side: a reading, kept in a file of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from manyvoices.coding.passes import codes_file
from manyvoices.coding.tables import line_of, read_table
from manyvoices.corpus import Corpus
from manyvoices.errors import SettingsError

FILE = "oppositions.csv"
GIVEN = ["opposition", "pole", "sentence", "note"]
COLUMNS = ["opposition", "pole", "sentence", "document", "side", "note"]


def read_oppositions(corpus: Corpus) -> pd.DataFrame:
    """One row per chosen passage, in the order of the file.

    Columns: opposition, pole, sentence, document, side (the label of the group of its writer or,
    where there is none, of its voice), note. Passages of texts that are not in `corpus`, such as
    those of another selection, are left out; a corpus without such a file has no rows. Raises
    SettingsError, with file and line, for a missing column or entry, a sentence that is not there,
    a passage chosen twice, and for a text that may only be cited of which every sentence is chosen.
    """
    file = codes_file(corpus, FILE)
    if file is None:
        return pd.DataFrame(columns=COLUMNS, dtype=object)
    table = read_table(file, GIVEN)[GIVEN]
    everything = replace(corpus, selection=None)
    where = everything.sentences.set_index("sentence")["document"]
    _check(table, where, file)
    _check_rights(table, everything, where, file)
    table["document"] = table["sentence"].map(where)
    table = table[table["document"].isin(corpus.by_id)].reset_index(drop=True)
    table["side"] = [side_of(corpus, name) for name in table["document"]]
    return table[COLUMNS]


def side_of(corpus: Corpus, document: str) -> str:
    """The label of the first group that the writer of a document is in, or of its voice."""
    one = corpus.by_id[document]
    groups = [g.label for g in corpus.settings.groups.values() if one.person in g.people]
    voice = corpus.settings.voices.get(one.voice or "")
    return groups[0] if groups else voice.label if voice else one.id


def _check(table: pd.DataFrame, where: pd.Series, file: Path) -> None:
    """Raises SettingsError for the first record that is at fault."""
    seen: set[tuple[str, str]] = set()
    for record, row in enumerate(table.itertuples(index=False)):
        place = (str(row.opposition), str(row.sentence))
        if not (all(place) and row.pole):
            found, cure = "an entry is empty.", "Give the opposition, the pole and the sentence."
        elif place in seen:
            found, cure = f"`{row.sentence}` is chosen twice.", "Keep one."
        elif row.sentence not in where.index:
            found = f"there is no sentence `{row.sentence}` that may be shown."
            cure = "Take its id from the sources."
        else:
            seen.add(place)
            continue
        raise SettingsError(found, cure, file=file, line=line_of(file, record))


def _check_rights(table: pd.DataFrame, corpus: Corpus, where: pd.Series, file: Path) -> None:
    chosen = set(table["sentence"])
    for name, document in corpus.by_id.items():
        own = set(where.index[where == name])
        if corpus.publish(document) == "cited" and own and own <= chosen:
            raise SettingsError(
                f"every sentence of `{name}` is chosen.",
                "It may be cited by the sentence and not as a whole: leave some out.",
                file=file,
            )
