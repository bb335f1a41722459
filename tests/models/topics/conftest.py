"""Fits that several tests look at."""

from __future__ import annotations

import pytest

from manyvoices.models.topics import Stability, TopicModel, stability
from tests.models.topics.planted import Planted, planted


@pytest.fixture(scope="session")
def texts() -> Planted:
    """Documents written by three topics."""
    return planted(1)


@pytest.fixture(scope="session")
def model(texts: Planted) -> TopicModel:
    """Three topics, fitted to them."""
    return TopicModel(3).fit(texts.corpus)


@pytest.fixture(scope="session")
def runs(model: TopicModel) -> Stability:
    """A few runs for three topics."""
    return stability(model, model.terms_, ks=[3], runs=4, more=10)
