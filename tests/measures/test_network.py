"""Collocates that are collocates of each other."""

import pytest

from manyvoices.corpus import Corpus
from manyvoices.errors import ManyVoicesError
from manyvoices.measures import collocates, collocation_network
from tests.model.making import document, made_corpus


def test_ties_of_the_node_are_its_strongest_collocates(public: Corpus) -> None:
    table = collocation_network(public, "people", window=None, threshold=0.5, most=7)
    near = collocates(public, "people", window=None).set_index("collocate")
    strong = near[near["log_ratio"] >= 0.5].sort_values("log_ratio", ascending=False)

    own = table[table["first"] == "people"]
    assert sorted(own["strength"], reverse=True) == own["strength"].tolist()
    assert own["strength"].tolist() == pytest.approx(strong["log_ratio"].head(7).tolist())
    for row in own.itertuples():
        seen = near.loc[row.second]
        assert (row.together, row.documents) == (seen["together"], seen["documents"])
        assert row.passage == seen["passages"][0]


def test_ties_among_collocates_are_collocates_of_the_one_that_comes_first(public: Corpus) -> None:
    table = collocation_network(public, "people", window=None, floor=3)
    words = set(table.loc[table["first"] == "people", "second"])
    found = {(r.first, r.second): r.strength for r in table.itertuples() if r.first != "people"}
    expected = {}
    for name in sorted(words):
        near = collocates(public, name, window=None, floor=3).set_index("collocate")["log_ratio"]
        strong = near[near >= 1]
        expected |= {(name, other): strong[other] for other in strong.index if other in words}

    assert len(found) > 5
    assert found == {pair: value for pair, value in expected.items() if pair[0] < pair[1]}


def test_words_that_are_to_go_are_in_no_tie(public: Corpus) -> None:
    table = collocation_network(public, "people", window=None, floor=2, without={"with", "the"})

    assert not {"with", "the"} & set(table["second"])


def test_signs_in_a_word_are_no_query() -> None:
    address = "https://a.org/b?c"
    corpus = made_corpus(
        [document("a", [f"{address} then now.", f"{address} alone then.", "So."] * 5)]
    )
    table = collocation_network(corpus, "now", window=None, threshold=-9)
    ties = {(r.first, r.second): r.together for r in table.itertuples()}

    assert ties == {("now", address): 5, ("now", "then"): 5, (address, "then"): 10}


def test_an_unknown_measure_is_an_error() -> None:
    with pytest.raises(ManyVoicesError, match="no measure"):
        collocation_network(made_corpus([document("a", ["One."])]), "one", measure="colour")
