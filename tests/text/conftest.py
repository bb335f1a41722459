"""The two sources, for tests of what they hold; another corpus in their place skips those tests."""

import hashlib
from collections.abc import Callable

import pytest

from tests.reference import splitters

_HASHES = {
    "essay-and-comments": "50815a2acb8867496e14da271445fef0836b73ab9afad1b3d9e8c2ddacae718b",
    "abstract": "5489041f4e9e8545fb26bcabf51c0aea18cbaba2e1e2d1e8bb55168470ff59e5",
}


@pytest.fixture
def read_source() -> Callable[[str], str]:
    def read(source: str) -> str:
        path = splitters.path_of(source)
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != _HASHES[source]:
            pytest.skip(f"{source} is not the text that this expectation is about")
        return splitters.read_source(source)

    return read


@pytest.fixture(params=_HASHES)
def source(request: pytest.FixtureRequest, read_source: Callable[[str], str]) -> str:
    """The name of each source, if it is there."""
    name: str = request.param
    read_source(name)
    return name


@pytest.fixture
def page(read_source: Callable[[str], str]) -> str:
    return read_source("essay-and-comments")
