"""Where the passes of codes put sentences on Arnstein's ladder."""

import re

from manyvoices.coding import read_passes
from manyvoices.corpus import Corpus
from manyvoices.figures.ladder import ladder_of_sentences
from manyvoices.measures.ladder import MODES, RUNGS, causes, ladder
from tests.model.making import document, made_corpus


def test_every_code_of_a_pass_is_on_the_ladder_once(this_corpus: Corpus) -> None:
    codes = read_passes(this_corpus)
    placed = ladder(this_corpus)

    assert int(placed["passes"].sum()) == int((codes["ladder"] != "none").sum())
    assert set(placed["rung"]) <= set(RUNGS)
    assert set(placed["mode"]) == set(MODES)
    assert not placed.duplicated(["sentence", "rung", "mode"]).any()
    assert (placed["passes"] <= placed["of"]).all()


def test_the_caption_stands_as_a_caption_and_passes_differ_on_it(this_corpus: Corpus) -> None:
    rows = ladder(this_corpus).query("sentence == 'essay-caption-s2'")

    assert rows[["part", "rung", "mode", "passes", "of"]].to_numpy().tolist() == [
        ["caption", "delegated-power", "called-for", 2, 3],
        ["caption", "citizen-control", "called-for", 1, 3],
    ]


def test_causes_count_each_pass_alone(this_corpus: Corpus) -> None:
    codes = read_passes(this_corpus)
    voiced = codes[codes["voice"].isin(this_corpus.voices) & (codes["cause"] != "none")]

    table = causes(this_corpus)
    assert int(table["sentences"].sum()) == len(voiced)
    assert set(table["cause"]) == {"individual", "structural", "contrast"}


def test_no_codes_no_rungs() -> None:
    corpus = made_corpus([document("a", ["A sentence."])])

    assert ladder(corpus).empty
    assert causes(corpus).empty
    drawing = ladder_of_sentences(ladder(corpus), RUNGS, {"one": "One"})
    assert "No sentence" in drawing.caption


def test_every_sentence_on_a_rung_is_a_link_with_a_name(this_corpus: Corpus) -> None:
    placed = ladder(this_corpus)
    drawing = ladder_of_sentences(placed, RUNGS, {"essay": "The essay"})

    links = re.findall(r'<a href="evidence:([^"]+)" aria-label="([^"]+)"', drawing.svg)
    assert sorted(to for to, _ in links) == sorted(placed["sentence"])
    assert drawing.svg.count("<a ") == len(links)
    assert f"The essay {int((placed['voice'] == 'essay').sum())}" not in drawing.alt
    assert "manipulation, as it is: " in drawing.alt
