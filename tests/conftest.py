"""The corpora that tests look at, and the profiles of Hypothesis.

`corpus` is whatever data/corpus.yml describes: what holds for it must hold for any corpus.
Expectations about the texts that this book was written about also ask for `this_corpus`, which
skips them where another corpus stands in their place.
"""

import hashlib
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from manyvoices.corpus import Corpus

pytest_plugins = ["tests.browser.unrun"]

DESCRIPTION = Path(__file__).resolve().parent.parent / "data" / "corpus.yml"
ID = "iapt-page"
FILES = {
    "50815a2acb8867496e14da271445fef0836b73ab9afad1b3d9e8c2ddacae718b",
    "5489041f4e9e8545fb26bcabf51c0aea18cbaba2e1e2d1e8bb55168470ff59e5",
}

settings.register_profile(
    "local", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("ci", settings.get_profile("local"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


@cache
def load(shards: int) -> Corpus:
    return Corpus.load(DESCRIPTION, shards=shards)


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The whole corpus, names and withheld passages included, in one shard."""
    return load(1)


@pytest.fixture(scope="session")
def in_shards() -> Callable[[int], Corpus]:
    """The whole corpus, in so many shards."""
    return load


@pytest.fixture(scope="session")
def public() -> Corpus:
    """The view of the corpus that may be published."""
    return load(1).public()


@pytest.fixture(scope="session")
def this_corpus() -> Corpus:
    """The corpus, if it is the one that the book was written about."""
    corpus = load(1)
    files = [corpus.description.path(source.file) for source in corpus.settings.sources.values()]
    found = {hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    if corpus.settings.id != ID or found != FILES:
        pytest.skip("another corpus")
    return corpus
