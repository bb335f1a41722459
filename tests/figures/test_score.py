"""The score: every sentence a stroke as long as its words, in the order of the answers."""

from __future__ import annotations

import re
from itertools import pairwise

import pandas as pd
import pytest

from manyvoices import replies
from manyvoices.corpus import Corpus
from manyvoices.figures import score
from manyvoices.figures.score import LINE, MOST, STEP, Stroke, _fitting, _strokes
from manyvoices.figures.tree import from_the_top
from tests.model.making import document, made_corpus

LABELS = {"essay": "Essay", "thread": "Thread"}


def sentences(**texts: list[int]) -> pd.DataFrame:
    """The sentences of texts, by how many words each has."""
    rows = [
        (f"{name}-s{i}", name, "essay" if name == "a" else "thread", words)
        for name, of in texts.items()
        for i, words in enumerate(of)
    ]
    return pd.DataFrame(rows, columns=["sentence", "document", "voice", "words"])


def strokes(table: pd.DataFrame, **depths: int) -> list[Stroke]:
    return list(_strokes(_fitting(table, list(depths)), pd.Series(depths)))


def test_strokes_are_as_long_as_sentences_and_stay_within_the_line() -> None:
    table = sentences(a=[3, 250, 1], b=[40])
    drawn = strokes(table, a=0, b=2)
    lengths = pd.Series({s.sentence: 0.0 for s in drawn})
    for stroke in drawn:
        lengths[stroke.sentence] += stroke.end - stroke.start
        assert 0 <= stroke.start < stroke.end <= LINE
    assert lengths.to_dict() == pytest.approx({"a-s0": 3, "a-s1": 250, "a-s2": 1, "b-s0": 40})


def test_strokes_of_a_line_do_not_overlap() -> None:
    drawn = strokes(sentences(a=[7, 60, 30, 90, 5, 5, 200], b=[1]), a=0, b=1)
    for one, other in pairwise(drawn):
        assert other.row > one.row or other.start > one.end


def test_answers_begin_a_line_and_are_set_in_by_their_depth() -> None:
    drawn = {
        s.sentence: s for s in reversed(strokes(sentences(a=[5], b=[5], c=[5]), a=0, b=1, c=2))
    }
    assert [drawn[f"{name}-s0"].start for name in "abc"] == [0, STEP, 2 * STEP]
    assert drawn["a-s0"].row < drawn["b-s0"].row < drawn["c-s0"].row


def test_an_answer_stands_below_what_it_answers(public: Corpus) -> None:
    thread = replies(public)
    order = from_the_top(thread)
    labels = {name: voice.label for name, voice in public.voices.items()}
    svg = score(public.sentences, thread, labels).svg
    texts = [
        re.sub(r"-(p\d+|title|caption)-s\d+$", "", a) for a in re.findall('evidence:([^"]+)', svg)
    ]
    for voice in labels:
        own = [text for text in dict.fromkeys(texts) if public.by_id[text].voice == voice]
        assert own == sorted(own, key=order.index)


def test_past_its_room_whole_texts_are_left_out_and_said_to_be() -> None:
    texts = {name: [1] * (MOST // 2) for name in "abc"}
    table = _fitting(sentences(**texts), list(texts))
    assert table["document"].unique().tolist() == ["a", "b"]
    first = _fitting(sentences(a=[1] * (MOST + 50), b=[1]), ["a", "b"])
    assert len(first) == MOST

    corpus = made_corpus([document(f"d{i}", ["One. Two."] * 60) for i in range(20)])
    made = score(corpus.sentences, replies(corpus), {v: v for v in corpus.voices})
    assert "The first 8 of 20 texts" in made.caption


def test_nothing_to_draw_is_said() -> None:
    corpus = made_corpus([document("a", ["A text."])])
    assert score(corpus.sentences, replies(corpus), {}).alt == "No text."
