"""A node, its collocates, and which of these are collocates of each other."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

import pandas as pd

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.errors import ManyVoicesError
from manyvoices.measures.association import MEASURES
from manyvoices.measures.collocates import collocates
from manyvoices.measures.kwic import Span
from manyvoices.query import literal
from manyvoices.uncertainty import FEWEST_HITS

COLUMNS = ["first", "second", "together", "documents", "strength", "passage"]


def collocation_network(  # noqa: PLR0913 (each is an option of its own, by keyword only)
    corpus: Corpus,
    query: str,
    *,
    measure: str = "log_ratio",
    threshold: float = 1.0,
    most: int = 16,
    without: Collection[str] = (),
    window: int | None = 5,
    within: Span = Span.SENTENCE,
    floor: int = FEWEST_HITS,
    executor: engine.Executor | None = None,
) -> pd.DataFrame:
    """One row per tie of a collocation network (Brezina, McEnery and Wattam 2015).

    Columns: first (the query, in the first rows; then a collocate), second (a collocate), together
    and documents (of that tie, as `collocates` counts them), strength (by `measure`), passage (the
    first sentence in which the tie is met). The node is tied to its collocates, the strongest
    first: those with a measure of `threshold` or more, of which there are at most `most`, and that
    are not among the words to go `without`. Then, in alphabetical order, each of these collocates
    is tied to those after it that are as strongly collocates of it. All `window`, `within` and
    `floor` are those of `collocates`. Raises ManyVoicesError for an unknown measure.
    """
    if measure not in MEASURES:
        raise ManyVoicesError(f"`{measure}` is no measure.", f"Known: {', '.join(MEASURES)}.")

    near = partial(collocates, corpus, window=window, within=within, floor=floor, executor=executor)
    ties = _ties(near(query), measure, threshold)
    kept = ties[~ties["second"].isin([*without])].head(most)
    rows = [kept.assign(first=query)]
    for name in sorted(kept["second"]):
        own = _ties(near(literal(name)), measure, threshold).sort_values("second")
        later = own["second"].isin(kept["second"]) & (own["second"] > name)
        rows.append(own[later].assign(first=name))
    return pd.concat(rows, ignore_index=True)[COLUMNS]


def _ties(found: pd.DataFrame, measure: str, threshold: float) -> pd.DataFrame:
    """The collocates that reach the threshold as ties, the strongest first."""
    named = found.rename(columns={"collocate": "second", measure: "strength"})
    strong = named[named["strength"] >= threshold]
    ordered = strong.sort_values(["strength", "second"], ascending=[False, True])
    columns = ordered[["second", "together", "documents", "strength"]]
    return columns.assign(passage=ordered["passages"].str[0].astype("str"))
