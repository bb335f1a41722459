"""What is put to a scorer, sentence by sentence, and what comes back."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyvoices.coding import read_quotations
from manyvoices.corpus import Corpus
from manyvoices.masks import Mask
from manyvoices.models.sentiment import Pattern, Vader, normalise, score_sentences
from tests.model.making import assert_same, document, documents, made_corpus


class Echo:
    """A scorer that gives its texts back."""

    name = "echo"

    def score(self, texts: Sequence[str]) -> pd.DataFrame:
        return pd.DataFrame({"compound": [0.0] * len(texts), "text": pd.array(texts, dtype="str")})


def scored(text: str, **options: bool) -> float:
    corpus = made_corpus([document("a", [text])])
    return float(score_sentences(corpus, Vader(), **options)["compound"].item())


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("don’t ‘no’ ‛tis 5′", "don't 'no' 'tis 5'"),
        ("“help” „help‟ 5″", '"help" "help" 5"'),
        ("a\u00a0b\u202fc", "a b c"),
        ("unwell…", "unwell..."),
        ("good – bad — 🙂 naïve", "good – bad — 🙂 naïve"),
    ],
)
def test_typographic_marks_are_typed_as_on_a_keyboard(text: str, typed: str) -> None:
    assert normalise(text) == typed


def test_a_curly_apostrophe_negates_once_normalised() -> None:
    assert scored("I don’t like it.") == scored("I don't like it.") < 0
    assert scored("I don’t like it.", as_typed=False) > 0


def test_a_word_in_curly_quotation_marks_is_valued_once_normalised() -> None:
    assert scored("It is “good” for us.") == scored('It is "good" for us.') > 0
    assert scored("It is “good” for us.", as_typed=False) == 0


def test_rows_are_the_sentences_of_the_corpus_in_order(corpus: Corpus) -> None:
    scores = score_sentences(corpus, Vader())
    keys = ["sentence", "document", "voice", "person"]
    pd.testing.assert_frame_equal(scores[keys], corpus.sentences[keys])
    assert scores["compound"].between(-1, 1).all()


def test_offsets_of_a_normalised_text_stay_those_of_the_source() -> None:
    corpus = made_corpus([document("a", ["Well… it’s “bad”. It’s good."])])
    texts = score_sentences(corpus, Echo())["text"].tolist()
    assert texts == ['Well... it\'s "bad".', "It's good."]
    spans = corpus.sentences[["start", "end"]].itertuples(index=False)
    cut = [corpus.documents[0].text[start:end] for start, end in spans]
    assert cut == ["Well… it’s “bad”.", "It’s good."]


def test_spans_that_are_left_out_are_not_scored() -> None:
    corpus = made_corpus(
        [document("a", ["It is “good” and bad. All “good”."]), document("b", ["good"])]
    )
    spans = pd.DataFrame({"document": ["a", "a"], "start": [6, 26], "end": [12, 32]})
    scores = score_sentences(corpus, Vader(), without=spans)["compound"].tolist()
    assert scores[0] == scored("It is bad.") < 0
    assert scores[1:] == [0, scored("good")]


def test_leaving_quotations_out_changes_only_sentences_with_one(this_corpus: Corpus) -> None:
    quotations = read_quotations(this_corpus)
    whole = score_sentences(this_corpus, Vader())
    without = score_sentences(this_corpus, Vader(), without=quotations)
    changed = this_corpus.sentences[(whole["compound"] != without["compound"]).to_numpy()]
    assert len(changed)
    for row in changed.itertuples():
        spans = quotations[quotations["document"] == row.document]
        assert ((spans["start"] < row.end) & (spans["end"] > row.start)).any()


@given(documents(), st.integers(2, 7))
def test_one_shard_and_several_give_the_same_scores(made: list, shards: int) -> None:
    if made:
        parts = (made_corpus(made, shards=n) for n in (1, shards))
        assert_same(*(score_sentences(one, Vader()) for one in parts))


@pytest.mark.parametrize("scorer", [Vader({"service": -1.0}), Pattern()], ids=lambda one: one.name)
def test_one_shard_and_seven_agree_on_this_corpus(in_shards, scorer) -> None:
    one, seven = (score_sentences(in_shards(n), scorer) for n in (1, 7))
    assert_same(one, seven)


def test_shards_can_be_scored_in_other_processes(in_shards) -> None:
    with ProcessPoolExecutor(2) as executor:
        there = score_sentences(in_shards(3), Vader(), executor=executor)
    assert_same(there, score_sentences(in_shards(1), Vader()))


def test_hidden_words_have_no_value_in_the_public_view() -> None:
    made = [document("a", ["It is bad, bad, and good."])]
    corpus = made_corpus(made, masks={"a": (Mask(6, 14),)})
    assert score_sentences(corpus.public(), Vader())["compound"].item() > 0
    assert score_sentences(corpus, Vader())["compound"].item() < 0
