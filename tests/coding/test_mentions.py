"""Sources brought in: what most passes say of each, how often a voice does so, and who."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from manyvoices.coding import coded_mentions, functions_without, mention_tally, sentences_at
from manyvoices.corpus import Corpus
from manyvoices.settings import Voice
from tests.coding.making import page

PLACES = "source,mention,start,end\ntext,price,22,27\ntext,all,35,44\ntext,ferry,4,9\n"


def passes(*functions: str) -> dict[str, str]:
    """A pass a string, a letter a mention (price, all, ferry): s, c, m, or a stop for none."""
    names = {"s": "supporting", "c": "contrasting", "m": "mentioning", ".": ""}
    files = {"mentions.csv": PLACES}
    for i, row in enumerate(functions):
        lines = [f"{m},{names[f]}" for m, f in zip(("price", "all", "ferry"), row, strict=True)]
        files[f"pass-{i}/mentions.csv"] = "\n".join(["mention,function", *lines]) + "\n"
    return files


def test_a_mention_has_the_function_that_most_passes_give(tmp_path: Path) -> None:
    table = coded_mentions(page(tmp_path, passes("ssc", "sc.", "cm."))).set_index("mention")
    assert table["function"].to_dict() == {
        "ferry": "contrasting", "price": "supporting", "all": "no majority"
    }  # fmt: skip
    assert table["function_agreed"].to_dict() == {"ferry": 1, "price": 2, "all": 1}
    assert table["function_passes"].to_dict() == {"ferry": 1, "price": 3, "all": 3}


def test_mentions_stand_in_text_order_with_sentence_voice_and_writer(tmp_path: Path) -> None:
    table = coded_mentions(page(tmp_path, passes("sss")))
    assert table["sentence"].tolist() == ["text-p1-s1", "text-p1-s2", "text-p1-s3"]
    assert set(table["voice"]) == {"essay"}
    assert set(table["person"]) == {"ada"}


def test_what_no_pass_coded_is_empty(tmp_path: Path) -> None:
    table = coded_mentions(page(tmp_path, passes()))
    assert table["function"].tolist() == ["", "", ""]
    assert table["kind"].tolist() == ["", "", ""]


def test_a_place_between_sentences_is_in_none(tmp_path: Path) -> None:
    corpus = page(tmp_path, {})
    places = pd.DataFrame({"document": ["text", "text"], "start": [18, 19]})
    assert sentences_at(corpus, places) == [None, "text-p1-s2"]


def test_a_corpus_without_mentions_gives_empty_tables(tmp_path: Path) -> None:
    corpus = page(tmp_path, {})
    table = coded_mentions(corpus)
    assert table.empty
    assert {"function", "function_agreed", "kind"} <= set(table)
    assert mention_tally(table, corpus.voices).empty
    assert functions_without(table).empty


VOICES = {"one": Voice(label="One", one_author=True), "two": Voice(label="Two")}


def made(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Mentions of these voices, people and functions."""
    table = pd.DataFrame(rows, columns=["voice", "person", "function"])
    return table.assign(sentence=[f"s{i}" for i in range(len(table))])


def test_a_tally_counts_mentions_and_their_writers() -> None:
    rows = [("two", "a", "supporting"), ("two", "b", "contrasting"), ("two", "a", "supporting")]
    table = mention_tally(made(*rows, ("one", "c", "no majority")), VOICES)
    ally = table[(table["voice"] == "two") & (table["function"] == "supporting")].iloc[0]
    assert (ally["hits"], ally["mentions"], ally["writers"]) == (2, 3, 2)
    assert ally["value"] == pytest.approx(2 / 3)
    assert ally["first"] == "s0"
    assert table["voice"].drop_duplicates().tolist() == ["one", "two"]
    assert set(table["function"]) == {"supporting", "contrasting", "mentioning", "no majority"}


def test_nineteen_mentions_have_no_interval_and_twenty_by_five_people_have() -> None:
    rows = [("two", f"p{i % 5}", "supporting" if i % 3 else "contrasting") for i in range(20)]
    enough = mention_tally(made(*rows), VOICES).set_index("function")
    few = mention_tally(made(*rows[:19]), VOICES)
    assert few["low"].isna().all()
    assert set(few["method"]) == {"too few to say"}
    low, value, high = enough.loc["supporting", ["low", "value", "high"]]
    assert low < value < high
    assert np.isnan(enough.loc["mentioning", "low"])


def test_one_who_brings_in_all_opponents_takes_them_along() -> None:
    rows = [("two", "a", "contrasting")] * 3 + [("two", "b", "supporting"), ("one", "c", "x")]
    table = functions_without(made(*rows))
    assert table.index[0] == "a"
    assert table.loc["a"].to_dict() == {
        "mentions": 3, "supporting": 1, "contrasting": 0, "mentioning": 0
    }  # fmt: skip
    assert table.loc["b", "contrasting"] == 3
    assert table["mentions"].sum() == 5


def test_every_mention_of_this_corpus_has_codes_and_a_sentence(this_corpus: Corpus) -> None:
    table = coded_mentions(this_corpus)
    assert len(table) == 25
    assert table["sentence"].notna().all()
    assert (table["function_passes"] == 3).all()
    assert (table["kind_passes"] == 2).all()
    whole = table["function_agreed"] == 3
    assert whole.sum() == 18  # as the datasheet says
