"""VADER in bulk gives the scores of the package, to the last decimal, and faster."""

import pickle
import random
import sys
import time
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from manyvoices.corpus import Corpus
from manyvoices.models.sentiment import Vader, kinds, normalise, vader
from tests.models.sentiment.made_up import ANALYSER, LEXICON, SOURCES, sentences, texts

Scores = list[list[float]]
VADER = Vader()


def in_bulk(texts: Sequence[str], scorer: Vader = VADER) -> Scores:
    scores: Scores = scorer.score(texts).to_numpy().tolist()
    return scores


def by_the_package(texts: Sequence[str], analyser: SentimentIntensityAnalyzer = ANALYSER) -> Scores:
    found = map(analyser.polarity_scores, texts)
    return [[scores[column] for column in vader.COLUMNS] for scores in found]


@pytest.mark.parametrize(
    ("text", "compound"),
    [
        ("VADER is smart, handsome, and funny.", 0.8316),
        ("VADER is smart, handsome, and funny!", 0.8439),
        ("VADER is VERY SMART, handsome, and FUNNY!!!", 0.9342),
        ("VADER is not smart, handsome, nor funny.", -0.7424),
        ("At least it isn't a horrible book.", 0.431),
        ("The book was only kind of good.", 0.3832),
        ("Today SUX!", -0.5461),
        ("Not bad at all", 0.431),
    ],
)
def test_the_examples_of_the_package_score_as_its_readme_says(text: str, compound: float) -> None:
    # https://github.com/cjhutto/vaderSentiment, section "Code examples"
    assert VADER.score([text])["compound"].tolist() == [compound]


def test_scores_of_made_up_sentences_are_those_of_the_package() -> None:
    made = sentences(8_000)
    assert in_bulk(made) == by_the_package(made)


@given(st.lists(texts, max_size=4))
def test_scores_of_any_text_are_those_of_the_package(texts: list[str]) -> None:
    assert in_bulk(texts) == by_the_package(texts)


def test_scores_of_the_sentences_of_this_corpus_are_those_of_the_package(corpus: Corpus) -> None:
    spans = corpus.sentences[["document", "start", "end"]].itertuples(index=False)
    found = [corpus.by_id[document].text[start:end] for document, start, end in spans]
    found += [normalise(text) for text in found]
    assert in_bulk(found) == by_the_package(found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n",
        "no good",
        "no no good or bad",
        "no taste or no help",
        "No HELP",
        "never so good, never this bad",
        "without a doubt good; without doubt good",
        "least good, at least good, the very least good",
        "kind of good, kind people",
        "it was SO good",
        "SO GOOD",
        "so good so bad so great so horrible",
        "the bomb, bad ass, and to die for",
        "I like it but I like it",
        "BUT good but bad",
        "good😀 😀😀 bad",
        "good\u00a0😀\x1cbad",
        "??? good !!!!!",
        "\ud800 good \ud800good",
        "A \ud800 good",
        ":) :-D :P ;(",
        "word " * 3000 + "good",
    ],
)
def test_each_rule_is_the_package_s_own(text: str) -> None:
    assert in_bulk([text]) == by_the_package([text])


def equals_of_but() -> list[str]:
    """Sentences in which half of one value, or half more of it, is another word's value."""
    words = [word for word in LEXICON if word.isalpha()]
    of = {value: word for word in words if (value := ANALYSER.lexicon[word])}
    halves = [(word, of[value / 2]) for value, word in of.items() if value / 2 in of]
    more = [(word, of[value * 1.5]) for value, word in of.items() if value * 1.5 in of]
    before = [f"{one} {other} {one} but {other} {one}" for one, other in halves]
    return before + [f"{other} but {one} {other} {other} {one}" for one, other in more]


def test_but_meets_equal_values_as_in_the_package() -> None:
    made = equals_of_but()
    assert VADER.by_hand(made)["but"].all()
    assert in_bulk(made) == by_the_package(made)


def test_sums_and_shares_on_an_edge_come_from_the_package() -> None:
    changes = {"tenth": 0.1, "fifth": 0.2, "third": -0.3, "odd": 0.05}
    made = ["tenth fifth third !!!", "third tenth fifth ?!?", "good " + "word " * 15, "odd odd odd"]
    analyser = SentimentIntensityAnalyzer()
    analyser.lexicon.update(changes)
    scorer = Vader(changes)
    assert in_bulk(made, scorer) == by_the_package(made, analyser)
    assert scorer.by_hand(made)["edge"].tolist()[:2] == [True, True]


def test_changed_valences_score_as_in_a_package_with_that_lexicon() -> None:
    changes = {"but": 1.0, "least": -2.0, "never": 0.0, "so": 1.5, "good": None, "the": -0.7}
    analyser = SentimentIntensityAnalyzer()
    analyser.lexicon.update({word: value for word, value in changes.items() if value is not None})
    del analyser.lexicon["good"]
    made = sentences(3000, seed=1)
    assert in_bulk(made, Vader(changes)) == by_the_package(made, analyser)


def test_a_text_scores_the_same_in_whatever_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    made = sentences(100, seed=2)
    whole = in_bulk(made)
    monkeypatch.setattr(vader, "BATCH", 7)
    assert in_bulk(made) == whole
    assert [in_bulk([text])[0] for text in made] == whole


def test_what_is_remembered_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "MOST_CHUNKS", 10)
    scorer, made = Vader(), sentences(200, seed=3)
    assert in_bulk(made, scorer) == in_bulk(made)
    assert len(scorer.rules.chunks) == 10


def test_no_texts_have_no_scores() -> None:
    assert VADER.score([]).shape == (0, 4)
    assert VADER.by_hand([]).shape == (0, 3)


def test_a_scorer_is_sent_to_processes_without_what_it_remembers() -> None:
    scorer = Vader({"service": -1.0}, "changed")
    scorer.score(sentences(500))
    sent = pickle.dumps(scorer)
    assert len(sent) < 500
    again = pickle.loads(sent)  # noqa: S301  # made on the line above
    assert (again.name, in_bulk(["a service"], again)) == (
        "changed",
        in_bulk(["a service"], scorer),
    )


def test_white_space_is_what_python_takes_it_for() -> None:
    spaces = [chr(n) for n in range(sys.maxunicode + 1) if chr(n).isspace()]
    assert len(spaces) > 20
    for space in spaces:
        made = [f"very{space}good", f"good{space}", f"{space}very{space}{space}good{space}"]
        expected = by_the_package(made)
        for text, scores in zip(made, expected, strict=True):
            # Each on its own, so that it ends where Arrow's memory does.
            assert [in_bulk([text])[0] for _ in range(20)] == [scores] * 20


def test_arrow_splits_ascii_where_python_does() -> None:
    chars = [chr(n) for n in range(128)]
    split = pc.utf8_split_whitespace(pa.array([f"a{char}b" for char in chars]))
    assert split.to_pylist() == [f"a{char}b".split() for char in chars]


def test_few_plain_sentences_need_the_package_s_own_code() -> None:
    plain = tuple(word for word in LEXICON if word.isalpha()) + ("the", "of", "service") * 9000
    draw = random.Random(20170307)
    made = [" ".join(draw.choices(plain, k=18)) for _ in range(2000)]
    assert VADER.by_hand(made).any(axis=1).mean() < 0.03


def test_it_is_several_times_as_fast_as_the_package() -> None:
    words = [word for source in SOURCES[:6] for word in source]
    draw = random.Random(20170307)
    made = [" ".join(draw.choices(words, k=18)) for _ in range(8000)]
    VADER.score(made)
    start = time.process_time()
    VADER.score(made)
    bulk = (time.process_time() - start) / len(made)
    start = time.process_time()
    by_the_package(made[:500])
    assert (time.process_time() - start) / 500 > 4 * bulk
