"""Where topics stand: in sentences, voices, along a text, beside codes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from manyvoices.corpus import Corpus
from manyvoices.models.topics import (
    TopicModel,
    along,
    by_code,
    elsewhere,
    main_topics,
    prevalence,
    sentence_topics,
    typical,
)
from manyvoices.models.topics.alternatives import without_quotations
from manyvoices.models.topics.terms import TermRules, count_terms
from manyvoices.settings import Voice
from tests.models.topics.planted import Planted

VOICES = {"one": Voice(label="One", one_author=True), "two": Voice(label="Two")}


DESCRIPTION = """\
id: made-up
book: {title: A, author: B, contact: C}
codes: codes
sources:
  text: {file: text.txt, format: plain, title: A, citation: B, rights: C, publish: full}
voices:
  all: {label: Everybody}
"""


def sentences(rows: list[tuple[str, str, str, float, float]]) -> pd.DataFrame:
    """A made-up table: sentence, voice, person, and the terms of two topics."""
    table = pd.DataFrame(rows, columns=["sentence", "voice", "person", 1, 2])
    return table.assign(terms=table[1] + table[2], document="d", unit=table["sentence"])


def test_sentences_add_up_to_the_terms_that_they_hold(model: TopicModel) -> None:
    table = sentence_topics(model)
    assert len(table) == len(model.terms_.sentences)
    assert table["terms"].sum() == len(model.terms_.term)
    assert (table[[1, 2, 3]].sum(axis=1) <= table["terms"] + 1e-3).all()
    assert table[[1, 2, 3]].sum().sum() == pytest.approx(table["terms"].sum(), rel=0.02)


def test_a_share_is_a_ratio_of_sums_with_an_interval_of_the_voice_s_kind() -> None:
    rows = [(f"o{i}", "one", "x", float(i % 3), 1.0) for i in range(30)]
    rows += [(f"t{i}", "two", f"p{i % 6}", 1.0, float(i % 4)) for i in range(12)]
    table = prevalence(sentences(rows), VOICES).set_index(["topic", "voice"])
    assert table.loc[(1, "one"), "share"] == pytest.approx(30 / 60)
    assert table.loc[(2, "two"), "share"] == pytest.approx(18 / 30)
    assert "blocks" in table.loc[(1, "one"), "method"]
    assert "people" in table.loc[(1, "two"), "method"]
    assert (table["low"] <= table["share"]).all()
    assert (table["share"] <= table["high"]).all()
    assert table.groupby("voice")["share"].sum().tolist() == [pytest.approx(1)] * 2


def test_a_share_of_too_little_has_no_interval() -> None:
    rows = [("o", "one", "x", 1.0, 1.0), ("t", "two", "p", 0.0, 0.0)]
    table = prevalence(sentences(rows), VOICES)
    assert (table["method"] == "too few to say").all()
    assert table["low"].isna().all()
    assert table.loc[table["voice"] == "two", "share"].isna().all()


def test_windows_along_a_text_are_named_by_their_middle() -> None:
    table = sentences([(f"s{i}", "one", "x", float(i == 3), 1.0) for i in range(7)])
    found = along(table, "d", window=3)
    first = found[found["topic"] == 1]
    assert first["sentence"].tolist() == ["s1", "s2", "s3", "s4", "s5"]
    assert first["place"].tolist() == [2, 3, 4, 5, 6]
    assert first["share"].tolist() == [0, 0.25, 0.25, 0.25, 0]
    assert along(table, "d", window=8).empty


def test_the_main_topic_has_most_terms_and_none_where_there_are_none() -> None:
    table = sentences([("a", "one", "x", 1, 2), ("b", "one", "x", 1, 1), ("c", "one", "x", 0, 0)])
    assert main_topics(table).tolist() == [2, 1, pd.NA]


def test_codes_and_topics_are_counted_by_sentence() -> None:
    rows = [("a", 3, 0), ("b", 2, 1), ("c", 0, 1), ("d", 0, 0), ("e", 1, 0)]
    table = sentences([(name, "one", "x", float(x), float(y)) for name, x, y in rows])
    codes = pd.Series({"a": "service", "b": "people", "c": "service", "d": "people"})
    found = by_code(table, codes)
    assert found.values.tolist() == [
        [1, "people", 1, 0.5, "b"],
        [1, "service", 1, 0.5, "a"],
        [2, "service", 1, 1.0, "c"],
    ]
    assert by_code(table, pd.Series(dtype=object)).empty


def test_quoted_words_can_be_left_out(tmp_path: Path) -> None:
    text = "He said “one thing” twice."
    (tmp_path / "text.txt").write_text(text, encoding="utf-8")
    (tmp_path / "codes").mkdir()
    codes = "source,start,end,kind,whose,note\ntext,8,19,quotation,him,\n"
    (tmp_path / "codes" / "quotations.csv").write_text(codes)
    (tmp_path / "corpus.yml").write_text(DESCRIPTION)
    corpus = without_quotations(Corpus.load(tmp_path / "corpus.yml"))
    assert corpus is not None
    assert count_terms(corpus, TermRules(min_df=1)).names == ("he", "said", "twice")


def test_a_corpus_without_coded_quotations_has_none_to_leave_out(texts: Planted) -> None:
    assert without_quotations(texts.corpus) is None


def test_typical_passages_are_those_that_the_topic_wrote(texts: Planted, model: TopicModel) -> None:
    found = typical(model, most=2)
    assert found.groupby("topic").size().tolist() == [2, 2, 2]
    assert (found["share"] > 0.7).all()
    assert all(row.sentence.startswith(row.unit) for row in found.itertuples())


def test_other_choices_find_planted_topics_again(texts: Planted, model: TopicModel) -> None:
    choices = [{"init": "random"}, {"algorithm": "nmf-kl"}, {"min_df": 5}, {"min_df": 1000}]
    found = elsewhere(model, texts.corpus, choices)
    assert found["choice"].unique().tolist() == ["init: random", "algorithm: nmf-kl", "min df: 5"]
    assert found.groupby("choice").size().tolist() == [3, 3, 3]
    assert (found["jaccard"] >= 0.5).all()
    np.testing.assert_allclose(found.groupby("choice")["one"].sum(), 1, atol=0.02)


def test_if_no_choice_leaves_enough_there_are_no_rows(texts: Planted, model: TopicModel) -> None:
    found = elsewhere(model, texts.corpus, [{"min_df": 1000}])
    assert found.empty
    assert list(found.columns) == ["choice", "topic", "jaccard", "one"]
