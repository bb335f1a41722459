"""The chapter runs on any corpus, with codes or without."""

from pathlib import Path

import IPython.display
import pytest

from manyvoices.book.conditions import parse_conditions
from tests.conftest import DESCRIPTION, ID, load
from tools.lint import cells

ROOT = Path(__file__).parents[3]
CHAPTER = ROOT / "chapters" / "feelings.md"
CORPORA = [DESCRIPTION, *sorted((ROOT / "tests" / "corpora").glob("*/corpus.yml"))]


def run(description: Path, patch: pytest.MonkeyPatch) -> dict[str, object]:
    """What the chapter's cells record about a corpus."""
    said: dict[str, object] = {}

    def show(data: object, raw: bool = False, metadata: dict | None = None) -> None:
        record = (metadata or {}).get("manyvoices")
        if record:
            assert record["name"] not in said
            said[record["name"]] = record["value"]

    patch.setenv("MANYVOICES_CORPUS", str(description))
    patch.setattr(IPython.display, "display", show)
    exec(cells(CHAPTER.read_text(encoding="utf-8")), {})  # noqa: S102  # the chapter's own code
    return said


@pytest.mark.parametrize("description", CORPORA, ids=lambda file: file.parent.name)
def test_the_cells_run_and_record_what_the_prose_needs(
    description: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = run(description, monkeypatch)
    needed = ["passes", "coded-sentences", "scored-sentences", "threshold", "lexicon-changes"]
    needed += ["lexicon-out", "lexicon-in", "unvalued", "typed-changes", "port-differs"]
    assert set(needed) <= set(said)
    if description == DESCRIPTION and load(1).settings.id == ID:
        lines = CHAPTER.read_text(encoding="utf-8").splitlines()
        holds = [line.removeprefix(":holds:") for line in lines if line.startswith(":holds:")]
        assert len(holds) >= 3
        for condition in (one for line in holds for one in parse_conditions(line)):
            assert condition.holds(said), str(condition)
