"""The chapter runs on any corpus, with codes or without."""

from pathlib import Path

import pytest

from tests.chapters import about_every_corpus, fails, run
from tests.conftest import DESCRIPTION, ID, load

CHAPTER = "feelings"


@about_every_corpus
def test_the_cells_run_and_record_what_the_prose_needs(
    description: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = run(CHAPTER, description, monkeypatch)
    needed = ["passes", "coded-sentences", "scored-sentences", "threshold", "lexicon-changes"]
    needed += ["lexicon-out", "lexicon-in", "unvalued", "typed-changes", "port-differs"]
    assert set(needed) <= set(said)
    if description == DESCRIPTION and load(1).settings.id == ID:
        assert fails(CHAPTER, said) == []
