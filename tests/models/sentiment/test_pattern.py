"""Pattern's lexicon, as TextBlob has it, without any download."""

import pytest
from textblob import TextBlob

from manyvoices.corpus import Corpus
from manyvoices.models.sentiment import Pattern, score_sentences


def test_the_example_of_textblob_scores_as_its_documentation_says() -> None:
    # https://textblob.readthedocs.io, quickstart, "Sentiment Analysis"
    row = Pattern().score(["Textblob is amazingly simple to use. What great fun!"]).iloc[0]
    assert row["compound"] == pytest.approx(0.39166666666666666)
    assert row["subjectivity"] == pytest.approx(0.4357142857142857)


def test_scores_are_those_of_textblob(corpus: Corpus) -> None:
    scores = score_sentences(corpus, Pattern(), as_typed=False)
    spans = corpus.sentences[["document", "start", "end"]].itertuples(index=False)
    found = [TextBlob(corpus.by_id[name].text[start:end]).sentiment for name, start, end in spans]
    assert scores["compound"].tolist() == [one.polarity for one in found]
    assert scores["subjectivity"].tolist() == [one.subjectivity for one in found]


def test_a_text_without_valued_words_has_no_polarity() -> None:
    assert Pattern().score(["", "the"])["compound"].tolist() == [0, 0]
    assert Pattern().score([]).shape == (0, 2)
