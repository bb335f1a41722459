"""Linguistic coordination: whether people use words of grammar more when they were just used."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.dialogue.markers import Families, having
from manyvoices.dialogue.trees import Ints, forest
from manyvoices.uncertainty import ratio_interval

FEWEST_EXCHANGES = 5
FUNCTION_WORDS: Families = {
    "articles": ("a|an|the",),
    "auxiliary verbs": (
        "am|is|are|was|were|be|been|being|do|does|did|have|has|had|will|would|can|could|shall",
        "should|may|might|must|isn't|aren't|wasn't|weren't|don't|doesn't|didn't|haven't|hasn't",
        "won't|wouldn't|can't|cannot|couldn't|shouldn't|i'm|you're|it's|i've|you've|i'll|i'd",
    ),
    "conjunctions": ("and|but|or|nor|so|because|although|though|while|whereas|unless|whether|if",),
    "frequent adverbs": (
        "very|really|just|too|also|even|still|only|now|then|here|there|again|already",
        "always|never|often|perhaps|maybe|quite|rather",
    ),
    "impersonal pronouns": (
        "it|its|this|that|these|those|something|anything|nothing|everything|someone|anyone",
        "everyone|nobody|what|which|who|other|others",
    ),
    "negations": ("no|not|never|nor|none|nothing|nobody|don't|doesn't|didn't|isn't|aren't|can't",),
    "personal pronouns": (
        "i|me|my|mine|myself|you|your|yours|yourself|he|him|his|she|her|hers|we|us|our|ours",
        "they|them|their|theirs|i'm|i've|i'd|i'll|you're|you've|we're|we've|they're",
    ),
    "prepositions": (
        "of|in|on|at|to|for|with|by|from|about|into|over|under|between|through|during|before",
        "after|against|among|without|within|as|like",
    ),
    "quantifiers": ("all|some|any|many|much|more|most|few|less|least|several|both|each|every|lot",),
}
PEOPLE = ["voice", "toward", "person", "family", "exchanges", "prompted", "coordination"]
COLUMNS = ["voice", "toward", "family", "people", "coordination", "low", "high", "method"]
TOGETHER = "all families"


def coordination_of_people(
    corpus: Corpus,
    families: Families = FUNCTION_WORDS,
    *,
    fewest: int = FEWEST_EXCHANGES,
    executor: engine.Executor | None = None,
) -> pd.DataFrame:
    """One row per person, voice that is answered, and family of words.

    Danescu-Niculescu-Mizil, Lee, Pang and Kleinberg (2012), with a voice for the group: for the
    answers of b to texts of the voice, C(b) = P(b's answer has the family, given that the text
    answered has it) - P(b's answer has it). Above nought: b uses such words more after they were
    used. Columns: voice (of b), toward, person (b), family, exchanges (answers), prompted (to a
    text with the family), coordination (missing below `fewest` prompted answers).

    The families are short lists of our own, where the paper has those of LIWC. Answers to oneself
    are left out. Only whether a text has such a word counts, so long texts have nearly all:
    measure turns of a similar, short length.
    """
    trees = forest(corpus.documents)
    above = trees.above()
    people = np.array([d.person for d in corpus.documents], object)
    voices = np.array([d.voice or "" for d in corpus.documents], object)
    answers = np.flatnonzero((above >= 0) & (people != people[np.maximum(above, 0)]))
    has = having(corpus, families, executor)
    prompted, said = has[above[answers]], has[answers]
    keys = pd.MultiIndex.from_arrays([voices[answers], voices[above[answers]], people[answers]])
    codes, pairs = pd.factorize(keys)
    values = _coordination(codes.astype(np.int64), len(pairs), prompted, said, fewest)
    index = pd.MultiIndex.from_tuples(pairs, names=PEOPLE[:3]) if len(pairs) else keys[:0]
    return _long(index.set_names(PEOPLE[:3]), list(families), values)


def coordination(
    corpus: Corpus,
    families: Families = FUNCTION_WORDS,
    *,
    fewest: int = FEWEST_EXCHANGES,
    executor: engine.Executor | None = None,
) -> pd.DataFrame:
    """One row per voice, voice that it answers, and family; the last row of each is all families.

    Columns: voice, toward, family, people (with a value), coordination (the mean over people, all
    weighing the same), low and high (95 %, drawing whole persons), method. `all families` is the
    mean over the families, of people with a value for every one: "Aggregated 1" of the paper.
    Below five people everything is missing and the method says "too few to say".
    """
    table = coordination_of_people(corpus, families, fewest=fewest, executor=executor)
    known = table.dropna(subset="coordination")
    whole = known.groupby(PEOPLE[:3], sort=False)["coordination"].agg(["mean", "size"])
    whole = whole[whole["size"] == len(families)].reset_index()
    whole = whole.assign(family=TOGETHER).rename(columns={"mean": "coordination"})
    every = pd.concat([known, whole[[*PEOPLE[:4], "coordination"]]], ignore_index=True)
    pairs = table[["voice", "toward"]].drop_duplicates().itertuples(index=False)
    rows = [
        (voice, toward, family, *_over_people(every, voice, toward, family))
        for voice, toward in pairs
        for family in [*families, TOGETHER]
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _coordination(
    codes: Ints, size: int, prompted: np.ndarray, said: np.ndarray, fewest: int
) -> list[np.ndarray]:
    """Exchanges, prompted ones, and the coordination, a row a pair and a column a family."""
    exchanges = np.bincount(codes, minlength=size)[:, None] * np.ones(prompted.shape[1], int)
    asked, both, used = (
        np.column_stack([np.bincount(codes, column, size) for column in flags.T.astype(float)])
        for flags in (prompted, prompted & said, said)
    )
    enough = asked >= fewest
    after = both / np.where(enough, asked, 1)
    value = np.where(enough, after - used / np.maximum(exchanges, 1), np.nan)
    return [exchanges, asked.astype(int), value]


def _long(index: pd.MultiIndex, families: Sequence[str], values: list[np.ndarray]) -> pd.DataFrame:
    """A row a pair and family."""
    table = pd.DataFrame(
        {name: column.ravel() for name, column in zip(PEOPLE[4:], values, strict=True)}
    )
    places = np.repeat(np.arange(len(index)), len(families))
    for i, name in enumerate(PEOPLE[:3]):
        table.insert(i, name, index.get_level_values(name).to_numpy(object)[places])
    table.insert(3, "family", np.tile(np.array(families, object), len(index)))
    return table


def _over_people(table: pd.DataFrame, voice: str, toward: str, family: str) -> tuple[object, ...]:
    chosen = (table["voice"] == voice) & (table["toward"] == toward) & (table["family"] == family)
    own = table[chosen]
    people, ones = own["person"].tolist(), np.ones(len(own))
    found = ratio_interval(own["coordination"], ones, people, one_author=False)
    if found is None:
        return len(own), np.nan, np.nan, np.nan, "too few to say"
    return len(own), found.value, found.low, found.high, found.method
