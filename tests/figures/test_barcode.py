"""The dispersion plot: strokes where the hits are, led to their passages, and told in words."""

import re

import numpy as np
import pytest

from manyvoices import concordance
from manyvoices.corpus import Corpus
from manyvoices.figures import barcode
from manyvoices.masks import Mask
from manyvoices.measures import dispersion, hit_places
from tests.model.making import document, made_corpus

LABELS = {"one": "The essay", "two": "Others"}


def made() -> Corpus:
    return made_corpus(
        [
            document("a", ["x y z. X y.", "z z x y z."]),
            document("b", ["y x."], voice="two", person="b"),
            document("c", ["- x y."], reply_to="a", voice="one"),
        ]
    )


def test_places_count_the_words_of_the_voice_before_each_hit() -> None:
    table = hit_places(made(), "x")

    assert table["part"].tolist() == ["a-p1", "a-p2", "c-p1", "b-p1"]
    assert table["start"].tolist() == [0, 5, 10, 0]
    assert table["words"].tolist() == [5, 5, 2, 2]
    assert table["places"].tolist() == [[0, 3], [7], [10], [1]]
    assert table["sentences"].tolist() == [
        ["a-p1-s1", "a-p1-s2"],
        ["a-p2-s1"],
        ["c-p1-s1"],
        ["b-p1-s1"],
    ]


@pytest.mark.parametrize("query", ["people", "the", "mental health", "nothing-like-this"])
def test_there_are_as_many_places_as_hits_in_their_order(corpus: Corpus, query: str) -> None:
    table, lines = hit_places(corpus, query), concordance(corpus.counted(), query)
    sizes = dispersion(corpus, query)["hits"]

    for voice in corpus.voices:
        own = table[table["voice"] == voice]
        places = [place for one in own["places"] for place in one]
        assert len(places) == sizes[voice]
        assert places == sorted(places)
        sentences = [name for one in own["sentences"] for name in one]
        assert sentences == lines.loc[lines["voice"] == voice, "sentence"].tolist()


def test_each_stroke_leads_to_its_passage_and_has_a_name() -> None:
    svg = barcode({"x": hit_places(made(), "x")}, LABELS).svg
    links = re.findall(r'<a href="evidence:([^"]*)" aria-label="([^"]*)" tabindex="-1"', svg)

    assert [name for name, _ in links] == ["a-p1-s1", "a-p1-s2", "a-p2-s1", "c-p1-s1", "b-p1-s1"]
    assert all(name == label for name, label in links)
    assert svg.count("<a ") == 5


def test_words_say_how_often_and_where_each_voice_has_it() -> None:
    alt = barcode({"x": hit_places(made(), "x"), "w": hit_places(made(), "w")}, LABELS).alt

    assert "x: The essay 4 times, 2, 1 and 1 in its thirds, Others 1 time, 0, 1 and 0" in alt
    assert "w: The essay nowhere, Others nowhere" in alt


def test_strokes_too_near_to_be_told_apart_are_drawn_as_one() -> None:
    text = " ".join(["x"] * 4000)
    svg = barcode({"x": hit_places(made_corpus([document("a", [text])]), "x")}, LABELS).svg

    assert 700 <= svg.count("<a ") <= 800


def test_nothing_to_draw_is_said() -> None:
    assert barcode({}, LABELS).alt == barcode({}, {}).alt == "No word was looked for."


def test_hidden_words_have_no_stroke_and_keep_their_place() -> None:
    shown = made_corpus([document("a", ["x y x y x."])], masks={"a": (Mask(0, 3),)}).public()

    assert hit_places(shown, "x")["places"].tolist() == [[2, 4]]
    assert np.isfinite(hit_places(shown, "x")["start"]).all()
