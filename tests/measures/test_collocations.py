"""Pairs and runs of words beside NLTK and beside the slow, obvious count."""

import math
from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.collocations import BigramCollocationFinder
from nltk.metrics import BigramAssocMeasures
from nltk.util import ngrams as nltk_ngrams

from manyvoices.corpus import Corpus
from manyvoices.documents import Document
from manyvoices.errors import ManyVoicesError
from manyvoices.masks import Mask
from manyvoices.measures import Span, collocations, floors, ngrams, tallies
from manyvoices.measures.association import from_cells, log_likelihood, mutual_information
from tests.model.making import assert_same, document, documents, made_corpus

Tokens = list[str | None]


def units(corpus: Corpus, within: Span) -> Iterator[tuple[str, Tokens]]:
    """The document of each unit, and its tokens: words folded, None for all that is none."""
    for shard in corpus.selected:
        edges = {
            Span.SENTENCE: shard.sentence_tokens,
            Span.PARAGRAPH: shard.paragraph_tokens,
            Span.DOCUMENT: shard.document_tokens,
        }[within]
        countable = shard.words & ~shard.hidden_types[shard.types]
        tokens: Tokens = [
            shard.folded[code] if shown else None
            for code, shown in zip(shard.types.tolist(), countable.tolist(), strict=True)
        ]
        for start, end in pairwise(edges.tolist()):
            if start < end:
                yield shard.documents[shard.token_documents[start]].id, tokens[start:end]


def pairs_of(table: pd.DataFrame, *columns: str) -> dict[tuple[str, str], tuple[float, ...]]:
    rows = table[["first", "second", *columns]].itertuples(index=False)
    return {(row[0], row[1]): tuple(row[2:]) for row in rows}


def counted(
    corpus: Corpus, window: int, within: Span
) -> dict[tuple[str, str], tuple[int, int, int, int]]:
    """Every pair: how often, in how many documents, and the frequencies of both."""
    pairs: Counter[tuple[str, str]] = Counter()
    homes: dict[tuple[str, str], set[str]] = {}
    words: Counter[str] = Counter()
    for home, tokens in units(corpus, within):
        words.update(token for token in tokens if token is not None)
        for i, first in enumerate(tokens):
            for second in tokens[i + 1 : i + window]:
                if first is not None and second is not None:
                    pairs[first, second] += 1
                    homes.setdefault((first, second), set()).add(home)
    return {p: (n, len(homes[p]), words[p[0]], words[p[1]]) for p, n in pairs.items()}


@pytest.mark.parametrize("window", [2, 3, 5])
@pytest.mark.parametrize("within", [Span.SENTENCE, Span.PARAGRAPH, Span.DOCUMENT])
def test_pairs_are_what_one_counts_by_hand(public: Corpus, window: int, within: Span) -> None:
    table = collocations(public, window=window, within=within, minimum=1)

    columns = ("count", "documents", "first_frequency", "second_frequency")
    assert pairs_of(table, *columns) == counted(public, window, within)


@settings(max_examples=30)
@given(documents().filter(bool), st.integers(2, 6))
def test_pairs_of_made_up_texts_are_what_one_counts_by_hand(
    made: list[Document], window: int
) -> None:
    corpus = made_corpus(made, shards=3)
    table = collocations(corpus, window=window, minimum=1)

    columns = ("count", "documents", "first_frequency", "second_frequency")
    assert pairs_of(table, *columns) == counted(corpus, window, Span.SENTENCE)


@pytest.mark.parametrize("window", [2, 3, 5])
def test_measures_are_nltks_on_the_same_tokens(corpus: Corpus, window: int) -> None:
    tokens: Tokens = []
    for _, own in units(corpus, Span.SENTENCE):
        tokens += own + [None] * (window - 1)
    finder = BigramCollocationFinder.from_words(tokens, window)
    theirs = {
        "g2": BigramAssocMeasures.likelihood_ratio,
        "mi": BigramAssocMeasures.pmi,
        "t": BigramAssocMeasures.student_t,
        "dice": BigramAssocMeasures.dice,
    }

    table = collocations(corpus, window=window, minimum=1, floor=1, measures=list(theirs))

    for name, score in theirs.items():
        scores = dict(finder.score_ngrams(score))
        ours = {pair: value for pair, (value,) in pairs_of(table, name).items()}
        assert ours.keys() == scores.keys()
        expected = [scores[pair] for pair in ours]
        assert list(ours.values()) == pytest.approx(expected, rel=1e-12, abs=1e-9)


def test_the_highest_stand_first_and_ties_in_alphabetical_order(public: Corpus) -> None:
    table = collocations(public, minimum=2, floor=1, measures=["mi", "g2"])
    keys = list(zip(-table["mi"], table["first"], table["second"], strict=True))

    assert keys == sorted(keys)
    assert table["mi"].duplicated().any()


def test_pairs_of_a_table_in_the_strict_sense_add_up() -> None:
    corpus = made_corpus([document("a", ["a b a c. a b. b a."])])
    table = collocations(corpus, minimum=1, floor=1, margins="pairs", measures=["g2", "mi"])
    rows = pairs_of(table, "count", "first_frequency", "second_frequency", "expected", "g2")

    assert set(table["variant"]) == {"pairs"}
    assert rows["a", "b"][:4] == (2, 3, 2, 1.2)
    assert rows["b", "a"][:4] == (2, 2, 2, 0.8)
    own = float(log_likelihood(from_cells(2, 1, 0, 2)))
    assert rows["a", "b"][4] == pytest.approx(own)


def test_expected_is_counted_as_the_count_is(public: Corpus) -> None:
    """In a window of five each pair of words has four chances to meet."""
    near = collocations(public, window=5, minimum=1, floor=1, measures=["mi"])
    words = sum(token is not None for _, own in units(public, Span.SENTENCE) for token in own)

    product = near["first_frequency"] * near["second_frequency"]
    assert near["expected"].to_numpy() == pytest.approx((4 * product / words).to_numpy())
    ratio = (near["count"] / near["expected"]).to_numpy()
    assert near["mi"].to_numpy() == pytest.approx(np.log2(ratio))


@pytest.mark.parametrize("within", [Span.SENTENCE, Span.PARAGRAPH, Span.DOCUMENT])
@pytest.mark.parametrize("batch", [1, 1 << 22])
def test_companions_are_what_one_counts_by_hand(
    public: Corpus, within: Span, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tallies, "BATCH", batch)
    pairs: Counter[tuple[str, str]] = Counter()
    words: Counter[str] = Counter()
    homes: dict[tuple[str, str], set[str]] = {}
    total = 0
    for home, tokens in units(public, within):
        own = sorted({token for token in tokens if token is not None})
        total += bool(own)
        words.update(own)
        pairs.update(combinations(own, 2))
        for pair in combinations(own, 2):
            homes.setdefault(pair, set()).add(home)

    table = collocations(
        public, window=None, within=within, minimum=3, floor=1, measures=["mi", "g2"]
    )

    found = pairs_of(table, "count", "documents", "first_frequency", "second_frequency")
    assert found == {
        pair: (count, len(homes[pair]), words[pair[0]], words[pair[1]])
        for pair, count in pairs.items()
        if count >= 3
    }
    assert set(table["variant"]) == {f"{within}s"}
    product = table["first_frequency"] * table["second_frequency"]
    assert table["expected"].to_numpy() == pytest.approx((product / total).to_numpy())


def test_withheld_words_and_marks_meet_nothing() -> None:
    made = [document("a", ["one two, three four five."])]
    public = made_corpus(made, masks={"a": (Mask(15, 19),)}).public()

    assert public.show("a", 15, 19) == "[1 word withheld]"
    assert set(pairs_of(collocations(public, minimum=1))) == {("one", "two")}
    wide = set(pairs_of(collocations(public, window=3, minimum=1)))
    assert wide == {("one", "two"), ("two", "three"), ("three", "five")}
    assert ngrams(public, 2, minimum=1)["ngram"].tolist() == ["one two"]
    together = set(pairs_of(collocations(public, window=None, minimum=1)))
    assert together == set(combinations(["five", "one", "three", "two"], 2))


def test_too_few_meetings_have_counts_and_no_measure(public: Corpus) -> None:
    table = collocations(public, minimum=2, measures=["g2", "mi", "log_dice"])
    few = table["count"] < floors()["hits"]

    assert few.any()
    assert (~few).any()
    assert table.loc[few, ["g2", "mi", "log_dice"]].isna().all(axis=None)
    assert table.loc[~few, ["g2", "mi", "log_dice"]].notna().all(axis=None)
    assert collocations(public)["count"].min() >= floors()["hits"]


def test_words_that_always_meet_themselves_make_no_table() -> None:
    """As many words as the total: a cell is less than nothing, and NLTK gives up, too."""
    table = collocations(made_corpus([document("a", ["a a"])]), minimum=1, floor=1)

    assert math.isnan(table["g2"][0])
    with pytest.raises(ValueError):
        BigramAssocMeasures.likelihood_ratio(1, (2, 2), 2)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"window": 1}, "no two words meet"),
        ({"window": None, "within": Span.NOTHING}, "meet in something"),
        ({"measures": ["colour"]}, "no measure"),
        ({"measures": []}, "no measure"),
    ],
)
def test_what_cannot_be_done_is_told(options: dict[str, object], says: str) -> None:
    corpus = made_corpus([document("a", ["One two."])])

    with pytest.raises(ManyVoicesError, match=says):
        collocations(corpus, **options)  # type: ignore[arg-type]  # a table of options


@pytest.mark.parametrize("window", [2, None])
def test_texts_without_pairs_give_an_empty_table_with_its_columns(window: int | None) -> None:
    nothing = collocations(made_corpus([document("a", ["…", "One."])]), window=window, minimum=1)
    something = collocations(made_corpus([document("a", ["One two."])]), window=window, minimum=1)

    assert len(nothing) == 0
    assert nothing.dtypes.to_dict() == something.dtypes.to_dict()


def test_nothing_selected_is_an_error_that_says_so() -> None:
    nothing = made_corpus([document("a", ["One."])]).select(lambda one: False)

    for measure in (collocations, lambda corpus: ngrams(corpus, 2)):
        with pytest.raises(ManyVoicesError, match="no document is selected"):
            measure(nothing)


@pytest.mark.parametrize("n", [1, 2, 3, 5, 9])
def test_runs_are_those_of_nltk(public: Corpus, n: int) -> None:
    runs: Counter[str] = Counter()
    homes: dict[str, set[str]] = {}
    for home, tokens in units(public, Span.SENTENCE):
        for gram in nltk_ngrams(tokens, n):
            if None not in gram:
                runs[" ".join(gram)] += 1
                homes.setdefault(" ".join(gram), set()).add(home)

    table = ngrams(public, n, minimum=1).set_index("ngram")

    assert table["count"].to_dict() == dict(runs)
    assert table["documents"].to_dict() == {name: len(own) for name, own in homes.items()}
    assert table["per_10k"].sum() == pytest.approx(1e4)


def test_runs_are_ordered_by_count_and_word_by_word(public: Corpus) -> None:
    table = ngrams(public, 2, minimum=1)
    rows = zip(table["ngram"], table["count"], strict=True)
    keys = [(-count, *name.split(" ")) for name, count in rows]

    assert keys == sorted(keys)
    assert ngrams(public, 2)["count"].min() >= floors()["hits"]


def test_a_run_of_nothing_is_an_error() -> None:
    with pytest.raises(ManyVoicesError, match="a run of 0 words"):
        ngrams(made_corpus([document("a", ["One."])]), 0)


def test_codes_too_large_for_a_number_are_numbered_anew(
    public: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = [ngrams(public, 4, minimum=1), collocations(public, window=4, minimum=1)]
    monkeypatch.setattr(tallies, "MOST", 1000)

    assert_same(ngrams(public, 4, minimum=1), plain[0])
    assert_same(collocations(public, window=4, minimum=1), plain[1])


def test_mutual_information_of_a_pair_is_read_off_its_row(public: Corpus) -> None:
    row = collocations(public, measures=["mi"]).iloc[0]
    total = sum(token is not None for _, own in units(public, Span.SENTENCE) for token in own)
    both, first, second = row["count"], row["first_frequency"], row["second_frequency"]

    table = from_cells(both, first - both, second - both, total - first - second + both)
    assert row["mi"] == pytest.approx(float(mutual_information(table)))


@given(st.lists(st.sampled_from([0.0, -0.0, 1.5, math.nan]) | st.floats(allow_infinity=False)))
def test_the_highest_come_first_as_in_a_stable_sort(values: list[float]) -> None:
    found = tallies.highest_first(np.array(values, float))

    assert found.tolist() == np.argsort(-np.array(values, float), kind="stable").tolist()
