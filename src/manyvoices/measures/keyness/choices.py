"""Which voices to set against which, and a keyword when it is counted otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from manyvoices.corpus import Corpus
from manyvoices.errors import ManyVoicesError
from manyvoices.measures.association import log_ratio
from manyvoices.measures.extents import sizes
from manyvoices.measures.keyness.comparing import compare
from manyvoices.text.lemmas import lemmas


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides that are worth comparing: their voices, and what each side is called."""

    target: tuple[str, ...]
    reference: tuple[str, ...]
    labels: tuple[str, str]


def opposed(corpus: Corpus, most: int = 2) -> list[Pair]:
    """The counted voice that comes first against all others, then the second against the rest.

    And so on, at most so many; voices without words are passed over. A voice on its own has
    nobody to be compared with.
    """
    table = sizes(corpus)
    voices = [str(name) for name in table.index[table["words"] > 0]]
    return [
        Pair((name,), tuple(rest), (_called(corpus, [name]), _called(corpus, rest)))
        for i, name in enumerate(voices[:most])
        if (rest := voices[i + 1 :])
    ]


def _called(corpus: Corpus, names: Sequence[str]) -> str:
    """The labels of up to two voices, or that they are all others."""
    labels = [corpus.labels[name] for name in names]
    return " and ".join(labels) if len(labels) <= 2 else "all others"


def counted_otherwise(
    texts: Iterable[Corpus], target: Sequence[str], reference: Sequence[str], word: str
) -> list[float]:
    """The log ratio of a word under every combination of choices that can be defended.

    In each of the `texts` (the corpus, and the corpus without what it quotes, say), counting forms
    or lemmas, with one half added to frequencies of nothing or to all, against the reference as a
    whole or each of its voices. What cannot be compared gives no value.
    """
    others = [tuple(reference), *([name] for name in reference if len(reference) > 1)]
    return [
        ratio
        for text, lemma, other in product(texts, (False, True), others)
        for ratio in _both_ratios(text, target, other, word, lemma=lemma)
    ]


def _both_ratios(
    text: Corpus, target: Sequence[str], other: Sequence[str], word: str, *, lemma: bool
) -> list[float]:
    """The log ratio with either smoothing; none where a side is empty or the word is nowhere."""
    try:
        name = lemmas([word], text.settings.book.language)[0] if lemma else word
        one = compare(text, tuple(target), tuple(other), lemma=lemma)
    except ManyVoicesError:
        return []
    if (place := one.counts.place.get(name)) is None:
        return []
    table = one.only(np.arange(len(one.counts)) == place).table
    return [float(log_ratio(table, smoothing)[0]) for smoothing in ("zeros", "all")]
