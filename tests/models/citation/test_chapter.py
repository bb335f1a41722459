"""The chapter runs on any corpus; and whoever adds a pass changes what it says."""

import shutil
from pathlib import Path

import IPython.display
import pandas as pd
import pytest

from manyvoices.book.conditions import parse_conditions
from manyvoices.corpus import Corpus
from tests.conftest import DESCRIPTION, ID, load
from tools.lint import cells

ROOT = Path(__file__).parents[3]
CHAPTER = ROOT / "chapters" / "on-whose-authority.md"
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


def fails(said: dict[str, object]) -> list[str]:
    """The conditions of the readings that do not hold."""
    lines = CHAPTER.read_text(encoding="utf-8").splitlines()
    holds = [line.removeprefix(":holds:") for line in lines if line.startswith(":holds:")]
    found = [one for line in holds for one in parse_conditions(line)]
    assert len(found) > 10
    return [str(one) for one in found if not one.holds(said)]


@pytest.mark.parametrize("description", CORPORA, ids=lambda file: file.parent.name)
def test_the_cells_run_and_record_what_the_prose_needs(
    description: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = run(description, monkeypatch)
    needed = ["passes", "coders", "mentions", "candidates", "recalled", "read", "sources"]
    needed += ["f1-ours", "f1-commonest", "f1-words", "f1-cues"]
    assert {f"authority-{name}" for name in needed} | {"claims-resting"} <= set(said)
    if description == DESCRIPTION and load(1).settings.id == ID:
        assert fails(said) == []


def with_a_pass(folder: Path, name: str) -> Path:
    """A copy of this corpus to which a person adds a pass over the mentions and comments."""
    shutil.copytree(DESCRIPTION.parent, folder, dirs_exist_ok=True)
    own = folder / "codes" / name
    own.mkdir()
    mentions = pd.read_csv(folder / "codes" / "mentions.csv")[["mention"]]
    mentions.assign(function="contrasting").to_csv(own / "mentions.csv", index=False)
    comments = pd.read_csv(folder / "codes" / "pass-1" / "comments.csv")
    comments.loc[comments["comment"] == "comment-7", "K10"] = "supporting"
    comments.to_csv(own / "comments.csv", index=False)
    return folder / "corpus.yml"


@pytest.mark.parametrize(
    ("name", "in_codebook", "coder"),
    [("ada", "    ada: {coder: Ada, how: By hand.}\n", "Ada"), ("pass-6", "", "not said")],
)
def test_a_further_pass_is_told_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, in_codebook: str, coder: str
) -> None:
    if load(1).settings.id != ID:
        pytest.skip("another corpus")
    before = run(DESCRIPTION, monkeypatch)
    file = with_a_pass(tmp_path, name)
    codebook = tmp_path / "codes" / "codebook.yml"
    text = codebook.read_text(encoding="utf-8")
    text = text.replace("  passes:\n", f"  passes:\n{in_codebook}", 1)
    codebook.write_text(text, encoding="utf-8")
    after = run(file, monkeypatch)

    assert after["authority-passes"] == before["authority-passes"] + 1
    assert coder in str(after["authority-coders"])
    assert "a language model" in str(after["authority-coders"])
    assert after["authority-agreed"] < before["authority-agreed"]
    assert after["authority-passes-comments"] == before["authority-passes-comments"] + 1
    # Of four passes, two and two are no majority.
    assert "authority-no-majority-replies" in after
    assert after["claim-k10-anywhere"] == 1
    assert "claim-k10-anywhere == 0" in fails(after)
    assert Corpus.load(file).fingerprint != load(1).fingerprint
