"""Politeness strategies: wordings by which turns are made softer, or are not."""

from __future__ import annotations

import numpy as np
import pandas as pd

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.dialogue.markers import Families, having
from manyvoices.uncertainty import FEWEST_HITS, ratio_interval

STRATEGIES: Families = {
    "gratitude": ("thank|thanks|thankyou|cheers", "i ...2 appreciate", "grateful|appreciated"),
    "deference": ("^ nice|great|good|excellent|interesting work|job|point|piece|question|idea",),
    "greeting": ("^ hi|hello|hey|dear", "^ good morning|afternoon|evening"),
    "apology": ("sorry|apologies|apologise|apologize", "forgive|excuse|pardon me"),
    "please": ("please",),
    "please at the start": ("^ please",),
    "by the way": ("by the way", "btw"),
    "question at the start": ("^ what|why|who|how|when|where|which",),
    "direct start": ("^ so|then|and|but|or",),
    "could or would you": ("could|would you",),
    "can or will you": ("can|will you",),
    "I at the start": ("^ i|i'm|i've|i'd|i'll|my",),
    "we": ("we|us|our|ours|we're|we've|let's",),
    "I": ("i|me|my|mine|myself|i'm|i've|i'd|i'll",),
    "you": ("you|your|yours|yourself|you're|you've|you'd|you'll",),
    "you at the start": ("^ you|your|you're|you've",),
    "hedge": (
        "maybe|perhaps|possibly|probably|apparently|seems|seem|seemed|suggests|suppose|guess",
        "might|may|could|somewhat|rather|fairly|usually|generally|likely|unlikely",
        "i think|believe|feel|suspect|assume",
        "in my view|opinion|experience",
        "sort|kind of",
        "as far as",
    ),
    "factuality": (
        "actually|really|honestly|surely|clearly|obviously",
        "in fact",
        "the fact is|that",
    ),
}
COLUMNS = ["voice", "strategy", "texts", "hits", "people", "share", "low", "high", "method"]


def politeness(
    corpus: Corpus,
    strategies: Families = STRATEGIES,
    executor: engine.Executor | None = None,
) -> pd.DataFrame:
    """One row per counted voice and strategy: the share of its texts that have it.

    After Danescu-Niculescu-Mizil, Sudhof, Jurafsky, Leskovec and Potts (2013), whose strategies
    are found in parsed requests; ours are short lists of wordings, looked up as queries, without
    their lexicons of good and bad words, and are no measure of how polite a person is. A
    `direct start` is *so*, *then*, *and*, *but* or *or* at the beginning of a sentence.

    Columns: voice, strategy, texts, hits (texts that have it), people (who use it), share, low
    and high (95 %, drawing whole persons), method. Below 5 hits or 5 people in the voice, share
    and interval are missing and the method says "too few to say".
    """
    has = having(corpus, strategies, executor)
    voices = np.array([d.voice or "" for d in corpus.documents], object)
    people = np.array([d.person for d in corpus.documents], object)
    rows = [
        (voice, name, *_row(has[voices == voice, i], people[voices == voice]))
        for voice in corpus.voices
        for i, name in enumerate(strategies)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(has: np.ndarray, people: np.ndarray) -> tuple[object, ...]:
    texts, hits, users = len(has), int(has.sum()), len(set(people[has]))
    found = None
    if hits >= FEWEST_HITS:
        ones = np.ones(texts)
        found = ratio_interval(has.astype(float), ones, people.tolist(), one_author=False)
    if found is None:
        return texts, hits, users, np.nan, np.nan, np.nan, "too few to say"
    return texts, hits, users, found.value, found.low, found.high, found.method
