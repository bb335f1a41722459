"""Fixtures that give built books, for tests with and without a browser."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest

from tests.site.books import Book, built_once


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of one run of the tests share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def book(shared_folder: Path) -> Callable[[str], Book]:
    """The book about the corpus of a given name; each is built once."""
    return cache(partial(built_once, shared=shared_folder))
