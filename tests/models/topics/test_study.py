"""What a chapter gets: of this corpus, of small ones, of any."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from manyvoices.corpus import Corpus
from manyvoices.figures.topics import topic_prevalence, topic_stability, topic_terms, topics_along
from manyvoices.models.topics import (
    Study,
    TooFew,
    TopicModel,
    along,
    prevalence,
    sentence_topics,
    study_topics,
)
from manyvoices.settings import TopicName, Voice
from manyvoices.store import HIDDEN_WORD
from tests.model.making import document, made_corpus
from tests.models.topics.planted import described

CORPORA = Path(__file__).resolve().parents[2] / "corpora"
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@pytest.fixture(scope="module")
def study(public: Corpus) -> Study:
    found = study_topics(public.counted())
    if isinstance(found, TooFew):
        pytest.skip("too few to say")
    return found


def values(study: Study | TooFew) -> dict[str, int | float]:
    results = list(study.results())
    assert len({result.name for result in results}) == len(results)
    assert all(NAME.fullmatch(result.name) for result in results)
    return {result.name: result.value for result in results}


def test_results_agree_with_the_tables(study: Study) -> None:
    found = values(study)
    assert found["topics-number"] == study.model.k == study.runs.k
    assert found["topics-stable"] == study.topics["stable"].sum()
    for row in study.prevalence.to_dict("records"):
        name = f"topic-{row['topic']}-in-{row['voice']}"
        assert found[name] == pytest.approx(row["share"])
        assert found[f"{name}-low"] <= found[name] <= found[f"{name}-high"]


def test_numbers_lead_to_a_sentence_of_the_voice_that_they_speak_of(study: Study) -> None:
    voice = study.sentences.set_index("sentence")["voice"]
    for result in study.results():
        if result.evidence is not None:
            assert f"-in-{voice[result.evidence]}" in result.name


def test_no_withheld_word_is_in_anything_that_is_shown(study: Study, public: Corpus) -> None:
    shown = [*study.model.terms_.names, *study.quoted(public)["text"]]
    assert not any(HIDDEN_WORD in text for text in shown)


def test_the_names_of_this_corpus_are_bound(study: Study, this_corpus: Corpus) -> None:
    assert all(number is not None for number in study.keys.values())
    assert set(study.keys) == set(this_corpus.settings.topics)


def test_another_name_is_not_bound_and_has_no_numbers(study: Study) -> None:
    other = values(replace(study, names=("other",)))
    assert other["topic-other-bound"] == other["topic-other-found"] == 0
    for voice in study.voices:
        assert other[f"topic-other-in-{voice}"] == 0
        assert (other[f"topic-other-in-{voice}-low"], other[f"topic-other-in-{voice}-high"]) == (
            0,
            1,
        )


def test_a_corpus_that_is_too_small_says_so_and_has_the_same_general_results(study: Study) -> None:
    names = {"some": TopicName(name="Some", terms=("word",))}
    found = study_topics(described(made_corpus([document("a", ["Too few."])]), topics=names))
    assert isinstance(found, TooFew)
    assert "too few to fit topics to" in found.why
    general = {name for name in values(study) if name.startswith("topics-")}
    assert general == {name for name in values(found) if name.startswith("topics-")}
    assert values(found)["topics-number"] == values(found)["topic-some-bound"] == 0


@pytest.mark.parametrize(
    "file", sorted(CORPORA.glob("*/corpus.yml")), ids=lambda file: file.parent.name
)
def test_every_small_corpus_is_studied_or_told_to_be_too_small(file: Path) -> None:
    corpus = Corpus.load(file).public().counted()
    found = study_topics(corpus)
    assert values(found)["topics-number"] == (0 if isinstance(found, TooFew) else found.model.k)


def test_figures_say_in_words_what_they_draw(study: Study, public: Corpus) -> None:
    labels = {name: voice.label for name, voice in public.voices.items()}
    drawings = [
        topic_terms(study.topics, study.terms),
        topic_stability(study.runs.by_k, study.runs.k),
        topic_prevalence(study.prevalence, study.labels, labels),
    ]
    for drawing in drawings:
        assert drawing.svg.startswith("<svg")
        assert drawing.caption.endswith(".")
    for label in study.labels.values():
        assert label in drawings[0].alt
        assert label in drawings[2].alt
    first = study.prevalence.iloc[0]
    assert f"{labels[first['voice']]} {first['share']:.0%}" in drawings[2].alt
    assert f"Chosen: {study.runs.k}." in drawings[1].alt


def test_figures_are_the_same_bytes_every_time_and_take_any_name(model: TopicModel) -> None:
    sentences = sentence_topics(model)
    labels = {1: "$x^2$ & <b>", 2: "A name too long for the place where it must stand", 3: "y"}
    strips = along(sentences, "text-0", window=2)
    one, other = (topics_along(strips, labels, "The <text>") for _ in range(2))
    assert one == other
    assert "$x^2$ &amp; &lt;b&gt;" in one.svg
    shares = prevalence(sentences, {"one": Voice(label="One")})
    drawing = topic_prevalence(shares, labels, {"one": "The one"})
    assert "too few to say how sure" in drawing.alt
    assert "$x^2$ &amp; &lt;b&gt;" in drawing.svg
