"""Words around a node beside the slow, obvious count, and what is read off it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2, false_discovery_control

from manyvoices.corpus import Corpus
from manyvoices.documents import Document
from manyvoices.errors import ManyVoicesError
from manyvoices.masks import Mask
from manyvoices.measures import Span, around, collocates, floors
from manyvoices.measures.association import MEASURES, from_cells, from_margins
from manyvoices.measures.kwic import token_units
from manyvoices.query import corpus_query, find_hits
from manyvoices.store import Shard
from tests.model.making import assert_same, document, documents, made_corpus

ASSOCIATION = ["expected", *MEASURES, "low", "high", "least", "q"]


@dataclass
class Seen:
    """One word around the hits, token by token."""

    left: int = 0
    right: int = 0
    hits: set[tuple[int, int]] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    passages: dict[str, None] = field(default_factory=dict)


def around_hits(
    corpus: Corpus, query: str, window: int | None, within: Span
) -> Iterator[tuple[Shard, tuple[int, int], int, int]]:
    """Every hit and word in its window: the shard, the hit, where it begins, and the token."""
    parsed = corpus_query(corpus, query)
    for place, shard in enumerate(corpus.selected):
        units = token_units(shard, within)
        hits = find_hits(shard, parsed, units)
        for number, (first, last) in enumerate(
            zip(hits.first.tolist(), hits.last.tolist(), strict=True)
        ):
            for token in range(len(shard.types)):
                near = window is None or first - window <= token <= last + window
                if near and units[token] == units[first] and not first <= token <= last:
                    yield shard, (place, number), first, token


def word(shard: Shard, token: int) -> str | None:
    shown = shard.words[token] and not shard.hidden_types[shard.types[token]]
    return shard.folded[shard.types[token]] if shown else None


def by_hand(corpus: Corpus, query: str, window: int | None, within: Span) -> dict[str, Seen]:
    found: dict[str, Seen] = {}
    for shard, hit, first, token in around_hits(corpus, query, window, within):
        if (name := word(shard, token)) is not None:
            one = found.setdefault(name, Seen())
            one.left += token < first
            one.right += token > first
            one.hits.add(hit)
            one.documents.add(shard.documents[shard.token_documents[first]].id)
            one.passages.setdefault(shard.sentence_ids[shard.token_sentences[first]])
    return found


def check_counts(corpus: Corpus, query: str, window: int | None, within: Span) -> None:
    expected = by_hand(corpus, query, window, within)
    table = collocates(corpus, query, window=window, within=within)

    assert set(table["collocate"]) == expected.keys()
    for row in table.itertuples():
        one = expected[row.collocate]
        assert (row.count, row.left, row.right) == (one.left + one.right, one.left, one.right)
        assert (row.hits, row.documents) == (len(one.hits), len(one.documents))
        assert row.passages == list(one.passages)
    keys = list(zip(-table["count"], table["collocate"], strict=True))
    assert keys == sorted(keys)


@pytest.mark.parametrize("within", [Span.SENTENCE, Span.PARAGRAPH, Span.DOCUMENT, Span.NOTHING])
@pytest.mark.parametrize("query", ["therap*", "social work", "the", ",", "not ... people"])
def test_counts_are_what_one_counts_by_hand(public: Corpus, query: str, within: Span) -> None:
    part = public.voice("commenters") if "commenters" in public.voices else public

    check_counts(part, query, 4, within)


@pytest.mark.parametrize("batch", [1, 1 << 22])
def test_counts_in_whole_units_are_what_one_counts_by_hand(
    public: Corpus, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(around, "BATCH", batch)

    check_counts(public, "work", None, Span.SENTENCE)
    check_counts(public, "work", None, Span.PARAGRAPH)


@settings(max_examples=40)
@given(documents().filter(bool), st.sampled_from([1, 3, None]))
def test_counts_in_made_up_texts_are_what_one_counts_by_hand(
    made: list[Document], window: int | None
) -> None:
    corpus = made_corpus(made, shards=2)
    for query in ("therapy", "mental health", "*", "?"):
        check_counts(corpus, query, window, Span.SENTENCE)


def words_near(
    corpus: Corpus, query: str, window: int | None, within: Span
) -> tuple[pd.DataFrame, set[object]]:
    """All words, each with its unit and whether it is in a window; and the units with a hit."""
    near = {(id(shard), token) for shard, _, _, token in around_hits(corpus, query, window, within)}
    rows = [
        (name, (id(shard), int(token_units(shard, within)[t])), (id(shard), t) in near)
        for shard in corpus.selected
        for t in range(len(shard.types))
        if (name := word(shard, t)) is not None
    ]
    parsed = corpus_query(corpus, query)
    met: set[object] = set()
    for shard in corpus.selected:
        units = token_units(shard, within)
        met |= {(id(shard), int(units[t])) for t in find_hits(shard, parsed, units).first}
    return pd.DataFrame(rows, columns=["word", "unit", "near"]), met


@pytest.mark.parametrize("window", [2, 5, 9])
def test_tables_of_a_window_sort_every_word_once(public: Corpus, window: int) -> None:
    words, _ = words_near(public, "the", window, Span.SENTENCE)
    table = collocates(public, "the", window=window)

    assert set(table["variant"]) == {"window"}
    assert (table["together"] < table["count"]).any()  # some stand between two hits
    for row in table[table["together"] >= floors()["hits"]].itertuples():
        own, near = words["word"] == row.collocate, words["near"]
        cells = [(own & near).sum(), (~own & near).sum(), (own & ~near).sum(), (~own & ~near).sum()]
        square = from_cells(*cells)
        assert row.together == cells[0]
        assert row.frequency == own.sum()
        assert row.expected == pytest.approx(float(square.e11))
        for name in ("mi", "mi3", "t", "z", "g2", "delta_p", "delta_p_back", "log_ratio"):
            assert getattr(row, name) == pytest.approx(float(MEASURES[name](square))), name


@pytest.mark.parametrize("within", [Span.SENTENCE, Span.PARAGRAPH, Span.DOCUMENT])
def test_tables_of_units_sort_every_unit_once(public: Corpus, within: Span) -> None:
    words, met = words_near(public, "people", None, within)
    units = words.groupby("unit").agg(words=("word", set))
    near = words[words["near"]].groupby("unit").agg(words=("word", set))["words"]
    table = collocates(public, "people", window=None, within=within, minimum=9)

    assert set(table["variant"]) == {f"{within}s"}
    for row in table.itertuples():
        second = sum(row.collocate in own for own in units["words"])
        assert row.together == sum(row.collocate in own for own in near)
        square = from_margins(row.together, len(met), second, len(units))
        if row.together >= floors()["hits"]:
            for name, measure in MEASURES.items():
                wanted = pytest.approx(float(measure(square)), nan_ok=True)
                assert getattr(row, name) == wanted, name


@pytest.mark.parametrize(("margins", "times"), [("nominal", 10), ("simple", 1)])
def test_other_margins_are_those_of_their_formula(public: Corpus, margins: str, times: int) -> None:
    plain = collocates(public, "work")
    table = collocates(public, "work", margins=margins)  # type: ignore[arg-type]  # parametrized
    words = sum(int((s.words & ~s.hidden_types[s.types]).sum()) for s in public.selected)
    hits = sum(
        len(find_hits(s, corpus_query(public, "work"), s.token_sentences).first)
        for s in public.selected
    )

    assert table["together"].tolist() == table["count"].tolist() == plain["count"].tolist()
    row = table.iloc[0]
    assert row["expected"] == pytest.approx(times * hits * row["frequency"] / words)
    assert row["mi"] == pytest.approx(np.log2(row["count"] / row["expected"]))
    fair = 2 * row["count"] / (hits + row["frequency"])
    assert row["log_dice"] == pytest.approx(14 + np.log2(fair))


def test_the_least_log_ratio_leaves_each_document_out(public: Corpus) -> None:
    table = collocates(public, "work|support", window=8).set_index("collocate")
    some = table[table["together"] >= floors()["hits"]]
    assert (some["documents"] == 1).any()
    assert some["least"].isna().tolist() == (some["documents"] == 1).tolist()

    for name, row in some[some["documents"] > 1].head(6).iterrows():
        values = []
        for out in public.documents:
            rest = public.select(lambda one, out=out: one.id != out.id)
            others = collocates(rest, "work|support", window=8, floor=0).set_index("collocate")
            if others.loc[name, "together"] < row["together"]:
                values.append(others.loc[name, "log_ratio"])
        assert row["least"] == pytest.approx(min(values))
        assert len(values) == row["documents"]


def test_adjusted_p_values_are_scipys(public: Corpus) -> None:
    table = collocates(public, "the")
    known = table["g2"].notna()

    assert known.sum() > 10
    wanted = false_discovery_control(chi2.sf(table.loc[known, "g2"], 1), method="bh")
    assert table.loc[known, "q"].to_numpy() == pytest.approx(wanted)
    assert table.loc[~known, "q"].isna().all()


def test_too_few_meetings_have_counts_and_no_measure(public: Corpus) -> None:
    table = collocates(public, "the")
    few = table["together"] < floors()["hits"]

    assert few.any()
    assert table.loc[few, ASSOCIATION].isna().all(axis=None)
    assert table.loc[~few, [name for name in ASSOCIATION if name != "least"]].notna().all(axis=None)


def test_rare_words_may_be_left_out(public: Corpus) -> None:
    whole = collocates(public, "the")
    table = collocates(public, "the", minimum=4)
    rows = whole[whole["count"] >= 4].drop(columns="q")

    assert_same(table.drop(columns="q"), rows)


def test_a_node_may_stand_beside_itself() -> None:
    table = collocates(made_corpus([document("a", ["no no no, never"])]), "no", floor=1)
    row = table.set_index("collocate").loc["no"]

    assert (row["count"], row["together"], row["frequency"], row["hits"]) == (6, 3, 3, 3)


def test_withheld_words_are_no_collocates_and_are_not_counted() -> None:
    made = [document("a", ["one two three four."])]
    table = collocates(made_corpus(made, masks={"a": (Mask(4, 7),)}).public(), "one", floor=1)

    assert table["collocate"].tolist() == ["four", "three"]
    assert table["expected"].tolist() == pytest.approx([2 / 3, 2 / 3])


@pytest.mark.parametrize(
    "options", [{"window": None, "margins": "simple"}, {"window": None, "within": Span.NOTHING}]
)
def test_what_cannot_be_done_is_told(options: dict[str, object]) -> None:
    with pytest.raises(ManyVoicesError):
        collocates(made_corpus([document("a", ["One."])]), "one", **options)  # type: ignore[arg-type]  # a table of options
