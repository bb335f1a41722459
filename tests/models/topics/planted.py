"""Documents written by known topics, to see whether a model finds them again."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from manyvoices.corpus import Corpus
from tests.model.making import document, made_corpus

CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"


@dataclass(frozen=True)
class Planted:
    """A corpus, and the ten likeliest words of each topic that it was written by."""

    corpus: Corpus
    tops: list[list[str]]
    shares: np.ndarray


def word(number: int) -> str:
    """A made-up word of six letters, another one for every number."""
    syllables = []
    for _ in range(3):
        number, rest = divmod(number, len(CONSONANTS) * len(VOWELS))
        syllables.append(CONSONANTS[rest // len(VOWELS)] + VOWELS[rest % len(VOWELS)])
    return "".join(syllables)


def planted(
    seed: int,
    *,
    topics: int = 3,
    documents: int = 60,
    length: int = 60,
    own: int = 25,
    shared: int = 60,
) -> Planted:
    """Documents that each mix topics (Dirichlet, 0.2), as latent Dirichlet allocation has it.

    A topic has `own` words of its own, with weights that fall as one over the rank, for 60 % of
    its occurrences; the rest is a background of `shared` words in which all topics have a part.
    """
    generator = np.random.default_rng(seed)
    size = topics * own + shared
    names = np.array([word(n) for n in generator.permutation(4 * size)[:size]])
    falling = 1 / np.arange(1, own + 1)
    chances = np.zeros((topics, size))
    for topic in range(topics):
        chances[topic, topic * own : (topic + 1) * own] = 0.6 * falling / falling.sum()
    chances[:, topics * own :] = 0.4 / shared
    mixtures = generator.dirichlet(np.full(topics, 0.2), documents)
    texts = [_text(names[generator.choice(size, length, p=mix @ chances)]) for mix in mixtures]
    corpus = made_corpus([document(f"text-{i}", [text]) for i, text in enumerate(texts)])
    tops = [names[topic * own : topic * own + 10].tolist() for topic in range(topics)]
    return Planted(corpus, tops, mixtures)


def described(corpus: Corpus, **entries: object) -> Corpus:
    """The corpus with other entries in its description."""
    settings = corpus.settings.model_copy(update=entries)
    return replace(corpus, description=replace(corpus.description, settings=settings))


def _text(words: np.ndarray) -> str:
    """The words as sentences of ten."""
    return " ".join(
        " ".join(words[i : i + 10]).capitalize() + "." for i in range(0, len(words), 10)
    )
