"""What most passes say."""

from pathlib import Path

import pandas as pd

from manyvoices.coding import NO_MAJORITY, majority, most
from tests.coding.making import page

SPANS = ["text,0,18", "text,19,34", "text,35,53"]


def coded(*codes: str) -> str:
    """A file that codes the sentences of the text, one word a sentence."""
    rows = [f"{span},{code}" for span, code in zip(SPANS, codes, strict=False) if code != "-"]
    return "\n".join(["source,start,end,target", *rows]) + "\n"


def test_a_majority_is_more_than_half_of_the_passes(tmp_path: Path) -> None:
    given = [("x", "x", "y"), ("x", "y", "y"), ("x", "z", "y")]
    files = {f"pass-{i}/sentences.csv": coded(*codes) for i, codes in enumerate(given)}
    corpus = page(tmp_path, files)
    assert majority(corpus, "target").tolist() == ["x", NO_MAJORITY, "y"]
    assert majority(corpus, "other").empty


def test_half_is_no_majority(tmp_path: Path) -> None:
    files = {"one/sentences.csv": coded("x", "x"), "two/sentences.csv": coded("y", "x")}
    assert majority(page(tmp_path, files), "target").tolist() == [NO_MAJORITY, "x"]


def test_a_pass_that_did_not_code_a_sentence_has_no_say_in_it(tmp_path: Path) -> None:
    files = {"one/sentences.csv": coded("x", "x", "x"), "two/sentences.csv": coded("-", "", "y")}
    assert majority(page(tmp_path, files), "target").tolist() == ["x", "x", NO_MAJORITY]


def test_a_corpus_without_codes_has_no_majority(tmp_path: Path) -> None:
    assert majority(page(tmp_path, {}), "target").empty


def test_units_stand_in_the_order_in_which_they_were_coded() -> None:
    codes = pd.DataFrame(
        {"unit": ["b", "a", "b"], "pass": ["1", "1", "2"], "code": ["x", "y", "x"]}
    )
    assert most(codes).to_dict() == {"b": "x", "a": "y"}
    assert most(codes).index.tolist() == ["b", "a"]
