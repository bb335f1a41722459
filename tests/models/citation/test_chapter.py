"""The chapter runs on any corpus; and whoever adds a pass changes what it says."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from manyvoices.corpus import Corpus
from tests.chapters import about_every_corpus, fails, run
from tests.conftest import DESCRIPTION, ID, load

CHAPTER = "on-whose-authority"


@about_every_corpus
def test_the_cells_run_and_record_what_the_prose_needs(
    description: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = run(CHAPTER, description, monkeypatch)
    needed = ["passes", "coders", "mentions", "candidates", "recalled", "read", "sources"]
    needed += ["f1-ours", "f1-commonest", "f1-words", "f1-cues"]
    assert {f"authority-{name}" for name in needed} | {"claims-resting"} <= set(said)
    if description == DESCRIPTION and load(1).settings.id == ID:
        assert fails(CHAPTER, said) == []


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
    before = run(CHAPTER, DESCRIPTION, monkeypatch)
    file = with_a_pass(tmp_path, name)
    codebook = tmp_path / "codes" / "codebook.yml"
    text = codebook.read_text(encoding="utf-8")
    text = text.replace("  passes:\n", f"  passes:\n{in_codebook}", 1)
    codebook.write_text(text, encoding="utf-8")
    after = run(CHAPTER, file, monkeypatch)

    assert after["authority-passes"] == before["authority-passes"] + 1
    assert coder in str(after["authority-coders"])
    assert "a language model" in str(after["authority-coders"])
    assert after["authority-agreed"] < before["authority-agreed"]
    assert after["authority-passes-comments"] == before["authority-passes-comments"] + 1
    # Of four passes, two and two are no majority.
    assert "authority-no-majority-replies" in after
    assert after["claim-k10-anywhere"] == 1
    assert "claim-k10-anywhere == 0" in fails(CHAPTER, after)
    assert Corpus.load(file).fingerprint != load(1).fingerprint
