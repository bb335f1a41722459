"""First guesses at why VADER and the codes part, and their trials."""

from pathlib import Path

import pandas as pd
import pytest

from manyvoices.corpus import Corpus
from manyvoices.models.sentiment import (
    Vader,
    causes,
    errors,
    features,
    label,
    pair,
    score_sentences,
    trials,
)
from manyvoices.models.sentiment.causes import CAUSES, guess
from tests.model.making import PLAIN, write
from tests.models.sentiment.making import coded

TEXT = (
    "They cut our support. It is “good” for us. You say “we are happy” now. "
    "It was never once bad. The committee met. It is great."
)
CODES = ["negative", "negative", "negative", "positive", "negative", "negative"]
EXPECTED = ["domain word", "scare quote", "another’s words", "negation", "no valued word", "other"]


@pytest.fixture
def made(tmp_path: Path) -> Corpus:
    """A text with one sentence for each cause, and the codes that its quotations need."""
    lexicon = "term,old,new,reason\nsupport,1.7,,Names a thing.\ncommittee,,-2,Made up.\n"
    spans = [(TEXT.index("“good"), "scare-quote"), (TEXT.index("“we"), "quotation")]
    rows = [f"text,{at},{TEXT.index('”', at) + 1},{kind},,\n" for at, kind in spans]
    (tmp_path / "codes").mkdir()
    head = "source,start,end,kind,whose,note\n"
    (tmp_path / "codes" / "quotations.csv").write_text(head + "".join(rows), encoding="utf-8")
    description = PLAIN + "codes: codes\nlexicon: changes.csv\n"
    return Corpus.load(write(tmp_path, description, {"text.txt": TEXT, "changes.csv": lexicon}))


def test_each_sentence_has_the_cause_that_stands_in_it(made: Corpus) -> None:
    assert guess(features(made)).tolist() == EXPECTED


def test_a_guess_is_tried_where_what_is_suspected_can_be_taken_away(made: Corpus) -> None:
    said = pd.Series(
        label(score_sentences(made, Vader())["compound"]).to_numpy(), made.sentences["sentence"]
    )
    pairs = pair(said, coded(made, CODES))
    wrong = errors(pairs, features(made), trials(made)).set_index("cause")["mended"]
    assert wrong["no valued word"] is True or bool(wrong["no valued word"])
    assert wrong.drop(["negation", "other"], errors="ignore").notna().all()
    assert wrong.reindex(["other"]).isna().all()


def test_the_causes_of_this_corpus_add_up(this_corpus: Corpus) -> None:
    scores = score_sentences(this_corpus, Vader())
    said = pd.Series(label(scores["compound"]).to_numpy(), scores["sentence"])
    codes = coded(this_corpus, "negative")
    found, tried = features(this_corpus), trials(this_corpus)
    pairs = pair(said, codes)
    wrong = errors(pairs, found, tried)
    table = causes(pairs, found, wrong).set_index("cause")
    assert table.index.tolist() == [*CAUSES, "other"]
    assert table["errors"].sum() == len(wrong) == (pairs["said"] != pairs["coded"]).sum()
    assert (table["mended"] <= table["tried"]).all()
    assert (table["reversed"] <= table["errors"]).all()
    assert table.loc["no valued word", "reversed"] == 0
    assert table.loc["negation", "tried"] == 0


def test_without_errors_there_is_nothing_to_explain(made: Corpus) -> None:
    said = pd.Series("negative", made.sentences["sentence"])
    pairs = pair(said, coded(made, "negative"))
    found = features(made)
    wrong = errors(pairs, found, trials(made))
    assert wrong.empty
    assert causes(pairs, found, wrong)["errors"].sum() == 0


def test_features_are_those_of_all_shards(in_shards) -> None:
    one, seven = (features(in_shards(n)) for n in (1, 7))
    pd.testing.assert_frame_equal(one, seven)
