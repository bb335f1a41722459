"""A chapter run as code, without a book: what its cells record, and what its readings ask for."""

from pathlib import Path

import IPython.display
import pytest

from manyvoices.book.conditions import parse_conditions
from tests.conftest import DESCRIPTION
from tools.lint import cells

ROOT = Path(__file__).parents[1]
CORPORA = [DESCRIPTION, *sorted((ROOT / "tests" / "corpora").glob("*/corpus.yml"))]
about_every_corpus = pytest.mark.parametrize(
    "description", CORPORA, ids=lambda file: file.parent.name
)


def run(chapter: str, description: Path, patch: pytest.MonkeyPatch) -> dict[str, object]:
    """What the chapter's cells record about a corpus, each name once."""
    said: dict[str, object] = {}

    def show(data: object, raw: bool = False, metadata: dict | None = None) -> None:
        record = (metadata or {}).get("manyvoices")
        if record:
            assert record["name"] not in said
            said[record["name"]] = record["value"]

    patch.setenv("MANYVOICES_CORPUS", str(description))
    patch.setattr(IPython.display, "display", show)
    exec(cells(_text(chapter)), {})  # noqa: S102  # the chapter's own code
    return said


def fails(chapter: str, said: dict[str, object]) -> list[str]:
    """The conditions of its readings that do not hold; there are some."""
    lines = _text(chapter).splitlines()
    holds = [line.removeprefix(":holds:") for line in lines if line.startswith(":holds:")]
    found = [one for line in holds for one in parse_conditions(line)]
    assert len(found) >= 3
    return [str(one) for one in found if not one.holds(said)]


def _text(chapter: str) -> str:
    return (ROOT / "chapters" / f"{chapter}.md").read_text(encoding="utf-8")
