"""The headline on evaluation, under many choices."""

import pandas as pd
import pytest

from manyvoices.corpus import Corpus
from manyvoices.models.sentiment.choices import more_negative


def test_the_first_universe_is_the_difference_of_shares_in_the_first_pass(
    this_corpus: Corpus,
) -> None:
    codes = pd.read_csv(
        this_corpus.description.path(this_corpus.settings.codes) / "pass-1" / "sentences.csv"
    )
    spans = {v: _spans(this_corpus, v) for v in ("essay", "commenters")}
    shares = {}
    for voice, documents in spans.items():
        inside = [
            any(start <= code.start < end for start, end in documents) and code.source != "abstract"
            for code in codes.itertuples()
        ]
        own = codes[inside].query("evaluation != 'mixed'")
        shares[voice] = (own["evaluation"] == "negative").mean()

    found = more_negative(this_corpus, "essay", "commenters")

    assert found is not None
    assert found.own == pytest.approx(shares["essay"] - shares["commenters"], abs=0.01)


def test_at_least_five_choices_and_a_hundred_universes_are_run(this_corpus: Corpus) -> None:
    found = more_negative(this_corpus, "essay", "commenters")

    assert found is not None
    assert len(found.choices) >= 5
    assert found.summary()["run"] == found.total >= 100


def test_the_other_way_round_has_the_other_sign(this_corpus: Corpus) -> None:
    one = more_negative(this_corpus, "essay", "commenters")
    other = more_negative(this_corpus, "commenters", "essay")

    assert one is not None
    assert other is not None
    assert one.table["value"].tolist() == pytest.approx((-other.table["value"]).tolist())


def test_without_codes_there_is_nothing_to_say(this_corpus: Corpus) -> None:
    uncoded = this_corpus.select(lambda document: document.kind == "related")

    assert more_negative(uncoded, "essay", "commenters") is None


def _spans(corpus: Corpus, voice: str) -> list[tuple[int, int]]:
    return [
        (document.locator.start or 0, document.locator.end or 0)
        for document in corpus.documents
        if document.voice == voice
    ]
