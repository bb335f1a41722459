"""VADER with a few valences changed, each for a reason that stands beside it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from manyvoices.coding.tables import line_of, read_table
from manyvoices.corpus import Corpus
from manyvoices.errors import SettingsError
from manyvoices.models.sentiment.vader import Vader

COLUMNS = ["term", "old", "new", "reason"]
STRONGEST = 4.0


def lexicon_changes(corpus: Corpus) -> pd.DataFrame:
    """The changes of the description's `lexicon`, as `read_changes` gives them, or none."""
    file = corpus.settings.lexicon
    if file is None:
        return pd.DataFrame({name: [] for name in COLUMNS}).astype({"old": float, "new": float})
    return read_changes(corpus.description.path(file))


def read_changes(file: Path | str) -> pd.DataFrame:
    """One row per changed word of VADER's lexicon: term, old, new, reason.

    An empty `old` is a word that the lexicon has not, an empty `new` one that is taken out of it.
    Raises SettingsError, with file and line, for a missing column or reason, a term with spaces or
    capitals or given twice, an old valence that is not the lexicon's, a new one that is the old one
    or lies outside -4 to 4.
    """
    file = Path(file)
    table = _read(file)
    lexicon = Vader().rules.lexicon
    seen: set[str] = set()
    for record, row in enumerate(table.itertuples()):
        if fault := _fault(row, lexicon, seen):
            raise SettingsError(*fault, file=file, line=line_of(file, record))
        seen.add(str(row.term))
    return table


def adapted(changes: pd.DataFrame, name: str = "VADER, adapted") -> Vader:
    """VADER with those changes."""
    new = [None if pd.isna(value) else float(value) for value in changes["new"]]
    return Vader(dict(zip(changes["term"], new, strict=True)), name)


def _read(file: Path) -> pd.DataFrame:
    table = read_table(file, COLUMNS)[COLUMNS]
    for name in ("old", "new"):
        values = pd.to_numeric(table[name], errors="coerce")
        wrong = (values.isna() & (table[name] != "")).to_numpy()
        if wrong.any():
            row = int(wrong.argmax())
            found = f"`{name}` is {table[name].iloc[row]!r}."
            line = line_of(file, row)
            raise SettingsError(found, "Give a number, or nothing.", file=file, line=line)
        table[name] = values
    return table


def _fault(row: object, lexicon: dict[str, float], seen: set[str]) -> tuple[str, str] | None:
    """What is wrong with a row and what to do, if anything is."""
    term, old, new, reason = (getattr(row, name) for name in COLUMNS)
    known = lexicon.get(term)
    if not term or term != "".join(term.lower().split()):
        return f"`{term}` is no word of a lexicon.", "Write it in lower case, without spaces."
    if term in seen:
        return f"`{term}` stands twice.", "Keep one."
    if (known is None) != pd.isna(old) or (known is not None and known != old):
        given = "nothing" if known is None else f"{known:g}"
        return f"the lexicon gives `{term}` {given}.", "Write that as `old`."
    if (pd.isna(new) and known is None) or new == old:
        return f"`{term}` is not changed.", "Give another `new`, or drop the line."
    if abs(new) > STRONGEST:
        return f"`{term}` gets {new:g}.", "Valences lie between -4 and 4."
    return None if reason.strip() else (f"`{term}` has no reason.", "Say why it is changed.")
