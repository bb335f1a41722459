"""Made forums in which who answers whom has nothing to do with the words."""

from __future__ import annotations

import numpy as np

from manyvoices.corpus import Corpus
from manyvoices.dialogue import uptake_test
from tests.dialogue.making import said
from tests.model.making import made_corpus

TERMS = np.array(
    [a + b for a in ("ba", "ce", "di", "fy", "gu", "ha", "li") for b in "bdfgklmnprst"]
)


def forum(seed: int, *, hosts: int = 3, answers: int = 6, taken: float = 0.0) -> Corpus:
    """Everybody says words at random; of each answer the share `taken` is its parent's.

    A few people answer several comments each. Comments differ much in length, people in what they
    speak of, so that neither would pass for uptake.
    """
    rng = np.random.default_rng(seed)
    page = [said("post", None, "somebody")]
    for host in range(hosts):
        favourites = rng.dirichlet(np.full(len(TERMS), 0.3))
        for i in range(answers):
            name = f"c{host}-{i}"
            words = rng.choice(TERMS, rng.integers(3, 40))
            own = rng.choice(TERMS, rng.integers(5, 30), p=favourites)
            own = np.where(rng.random(len(own)) < taken, rng.choice(words, len(own)), own)
            page.append(said(name, "post", f"guest {name}", " ".join(words)))
            page.append(said(f"{name}-r", name, f"host {host}", " ".join(own)))
    return made_corpus(page)


def null_ps(runs: int, draws: int, taken: float = 0.0) -> np.ndarray:
    """The p of so many made forums."""
    return np.array(
        [uptake_test(forum(seed, taken=taken), draws=draws, seed=seed).p for seed in range(runs)]
    )
