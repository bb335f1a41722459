"""Detectors of agency on sentences with known answers, their labels, and what becomes of both."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from scipy.stats import binomtest

from manyvoices.coding import in_documents
from manyvoices.corpus import Corpus
from manyvoices.documents import Document
from manyvoices.errors import SettingsError
from manyvoices.masks import Mask
from manyvoices.measures.agency import (
    KINDS,
    acted_upon,
    agency,
    by_sentence,
    check,
    check_triples,
    evaluative_words,
    lines,
    more_often,
    named,
    rates,
    read_words,
    second_look,
    triples,
)
from manyvoices.measures.agency.checks import BELOW, COUNTED, TOO_FEW, UNCHECKED
from manyvoices.measures.agency.dictionary import FILE, lexicon
from manyvoices.text import tokenise
from manyvoices.uncertainty import Ratio, contrast
from tests.model.making import document, documents, made_corpus
from tools.draw_sentences import draw, eligible

CODES = Path(__file__).resolve().parents[2] / "data" / "codes" / "agency"


def found(sentence: str, kind: str) -> list[str]:
    """The words that a detector finds in a sentence."""
    table = agency(made_corpus([document("a", [sentence])]))
    return table.loc[table["kind"] == kind, "word"].tolist()


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The budgets were cut last year.", ["cut"]),
        ("Staff got sacked.", ["sacked"]),
        ("It has been done, and things get done.", ["done", "done"]),
        ("Why was it withdrawn?", ["withdrawn"]),
        ("Is it privatised?", ["privatised"]),
        ("We’re told they have evidence.", ["told"]),
        ("We're told they have evidence.", ["told"]),
        ("It wasn’t really accepted.", ["accepted"]),
        ("Society is organised and governed.", ["organised", "governed"]),
        ("They were discredited, blamed and forgotten.", ["discredited", "blamed", "forgotten"]),
        ("People to be “adjusted” are sent home.", ["adjusted", "sent"]),
        ("Money being cut hurts.", ["cut"]),
        ("They may be referred to a course.", ["referred"]),
        ("It was run by then.", ["run"]),
        ("It was made by hand.", ["made"]),
        ("It was achieved by cutting costs.", ["achieved"]),
        ("It was decided by 2015.", ["decided"]),
        ("IT WAS WITHDRAWN.", ["WITHDRAWN"]),
    ],
)
def test_passives_without_a_doer_are_found(sentence: str, words: list[str]) -> None:
    assert found(sentence, "passive-agentless") == words
    assert found(sentence, "passive-agent") == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("He was told by the doctor that it was over.", ["told"]),
        ("Those services are now dominated by the programme.", ["dominated"]),
        ("There is a danger of being coopted by the government.", ["coopted"]),
        ("They were “co-designed” by the Insights Team.", ["co-designed"]),
        ("She was very shocked by the report.", ["shocked"]),
        ("It was led, quietly, not by us.", []),
    ],
)
def test_passives_with_a_doer_are_found(sentence: str, words: list[str]) -> None:
    assert found(sentence, "passive-agent") == words


@pytest.mark.parametrize(
    "sentence",
    [
        "She is interested in work.",
        "It is based on a model.",
        "The system is highly politicised.",
        "I am disabled and tired.",
        "They are supposed to help.",
        "They have cut the budgets.",
        "They have a red bed and need seeds.",
        "It became reduced to a treatment.",
        "The needs of commissioned providers grow.",
        "He had worked and she has been away.",
        "It is. Cut it.",
        "There are a hundred naked trees.",
    ],
)
def test_states_and_perfects_are_no_passives(sentence: str) -> None:
    assert found(sentence, "passive-agentless") + found(sentence, "passive-agent") == []


@pytest.mark.parametrize(
    ("kind", "sentence", "words"),
    [
        ("obligation", "We must act and they have to listen.", ["must", "have to"]),
        ("obligation", "Therapists are to support staff.", ["are to support"]),
        ("obligation", "The need to act is to the left.", []),
        ("obligation", "It’s the state that needs to change.", ["needs to"]),
        ("obligation", "They need money.", []),
        ("possibility", "You can’t, but it may help, perhaps.", ["can’t", "may", "perhaps"]),
        ("possibility", "In May 2017 Theresa May spoke.", []),
        ("possibility", "A can of beans was unable to open.", ["unable"]),
        ("certainty", "Of course it is; no doubt.", ["Of course", "no doubt"]),
        ("certainty", "I’m not sure about certain people.", []),
        ("negation", "I don’t, no-one did, nor will it.", ["don’t", "no-one", "nor"]),
        ("negation", "No longer; no one cannot.", ["No", "no one", "cannot"]),
        ("negation", "Note the knot, noting nothingness.", []),
        (
            "generic",
            "Everyone helps people and the poorest.",
            ["Everyone", "people", "the poorest"],
        ),
        ("generic", "My clients met the unit of two staff.", []),
        ("generic", "As someone who knows, I help those in need.", ["those in"]),
        ("nominalisation", "The standardisation of care grew.", ["standardisation"]),
        ("nominalisation", "Their exclusion hurts; exclusion by law too.", []),
        ("nominalisation", "There is an assumption.", ["assumption"]),
        ("nominalisation", "The government has a department and a policy.", []),
        ("participle", "Those are people failed by a system.", ["failed"]),
        ("participle", "People based in London.", []),
    ],
)
def test_what_is_known_by_its_form_is_found(kind: str, sentence: str, words: list[str]) -> None:
    assert found(sentence, kind) == words


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("The government has changed old ideas.", ("government", "changed", "ideas")),
        ("CBT does not address the social and political context.", ("CBT", "address", "context")),
        ("Therapists from the trust are to support staff.", ("Therapists", "support", "staff")),
        ("We’re not able to go, but they need support.", ("they", "need", "support")),
        ("CBT mutes the causes of distress.", ("CBT", "mutes", "causes")),
        ("Claimants are assessed.", None),
        ("I think the essay is right.", None),
    ],
)
def test_who_does_what_to_whom(sentence: str, who: tuple[str, str, str] | None) -> None:
    table = triples(made_corpus([document("a", [sentence])]))
    rows = list(table[["actor", "process", "goal"]].itertuples(index=False, name=None))

    assert rows == ([who] if who else [])


def test_a_rule_stops_at_the_end_of_its_sentence() -> None:
    assert found("That is how it is. Cut trees fall.", "passive-agentless") == []
    assert found("We cut. By the council it was done.", "passive-agent") == []


def test_hits_say_where_they_stand_and_whether_they_are_quoted() -> None:
    corpus = made_corpus([document("a", ["They “must” act.", "It was cut."])])
    table = agency(corpus).set_index("kind")

    text = corpus.by_id["a"].text
    assert [text[s:e] for s, e in zip(table["start"], table["end"], strict=True)] == ["must", "cut"]
    assert table["sentence"].tolist() == ["a-p1-s1", "a-p2-s1"]
    assert table["quoted"].tolist() == [True, False]


def test_hidden_words_are_no_hits() -> None:
    made = [document("a", ["He must not go. We must."])]
    public = made_corpus(made, masks={"a": (Mask(0, 14),)}).public()

    assert agency(public)["word"].tolist() == ["must"]
    assert triples(public).empty
    assert lines(public, agency(public))["left"].tolist() == ["We"]


def test_another_language_has_no_rows(this_corpus: Corpus) -> None:
    settings_ = this_corpus.settings
    book = settings_.book.model_copy(update={"language": "de"})
    other = settings_.model_copy(update={"book": book})
    german = Corpus(
        type(this_corpus.description)(other, this_corpus.description.file, {}),
        (),
        this_corpus.shards,
        {},
        {},
    )

    for table in (agency(german), triples(german), named(german, "persons")):
        assert table.empty


@settings(max_examples=40)
@given(documents())
def test_no_text_breaks_the_detectors(made: list[Document]) -> None:
    corpus = made_corpus(made)
    hits = agency(corpus)

    assert set(hits["kind"]) <= set(KINDS)
    for one in (*hits.itertuples(), *named(corpus, "persons").itertuples()):
        assert corpus.by_id[one.document].text[one.start : one.end] == one.word
    for one in triples(corpus).itertuples():
        assert corpus.by_id[one.document].text[one.goal_start : one.goal_end] == one.goal
    assert len(lines(corpus, hits)) == len(hits)


def test_words_are_those_of_the_file_and_mistakes_in_it_are_told(tmp_path: Path) -> None:
    own = tmp_path / "words.yml"
    own.write_text(FILE.read_text("utf-8").replace("must|should", "shall|should"), "utf-8")
    corpus = made_corpus([document("a", ["We must and shall."])])

    obliged = agency(corpus, words=own).query("kind == 'obligation'")["word"].tolist()
    assert obliged == ["shall"]
    own.write_text("lists: 3", "utf-8")
    read_words.cache_clear()
    with pytest.raises(SettingsError, match="no list of words"):
        agency(corpus, words=own)


def test_the_lexicon_is_that_of_the_package() -> None:
    assert (lexicon()["people"], lexicon()["the"], lexicon()["told"]) == ("NNS", "DT", "VBD")


# The labels


def test_labels_stand_on_whole_words_of_drawn_sentences(this_corpus: Corpus) -> None:
    sample = in_documents(this_corpus, "agency/sample.csv", ["half"])
    spans = list(sample[["document", "start", "end"]].itertuples(index=False, name=None))
    assert len(spans) == 100 == len(pd.read_csv(CODES / "sample.csv"))
    for name in ("pass-1", "pass-2"):
        labels = in_documents(this_corpus, f"agency/{name}.csv", ["kind"])
        assert len(labels) == len(pd.read_csv(CODES / f"{name}.csv"))
        assert set(labels["kind"]) <= set(KINDS)
        for one in labels.itertuples():
            assert any(d == one.document and s <= one.start < e for d, s, e in spans)
            check_whole(this_corpus.by_id[one.document].text, one.start, one.end)


def check_whole(text: str, start: int, end: int) -> None:
    tokens = tokenise(text)
    assert start in tokens.starts.tolist()
    assert end in tokens.ends.tolist()


def test_no_drawn_sentence_touches_what_is_withheld(this_corpus: Corpus) -> None:
    sample = in_documents(this_corpus, "agency/sample.csv", [])
    for one in sample.itertuples():
        masks = this_corpus.masks.get(one.document, ())
        assert not any(not m.role and m.start < one.end and one.start < m.end for m in masks)


def test_the_sample_can_be_drawn_again(this_corpus: Corpus) -> None:
    again = draw(this_corpus).reset_index(drop=True)
    kept = pd.read_csv(CODES / "sample.csv")

    assert again.astype(str).to_numpy().tolist() == kept.astype(str).to_numpy().tolist()
    halves = pd.crosstab(kept["voice"], kept["half"])
    assert (halves["test"] - halves["development"]).isin([0, 1]).all()
    shares = eligible(this_corpus)["voice"].value_counts(normalize=True)
    assert ((kept["voice"].value_counts() - 100 * shares).abs() < 1).all()


# What the detectors are worth


def labelled(hits: list[tuple[int, str]], labels: list[tuple[int, str]]) -> pd.Series:
    """The row of negation for made hits and labels, each at a place in a text."""
    corpus = made_corpus([document("a", ["x " * 200])])
    span = ["document", "start", "end"]
    sample = pd.DataFrame([("a", 0, 400, "one", "test")], columns=[*span, "voice", "half"])
    frame = [
        pd.DataFrame(
            [("a", place, place + 1, kind) for place, kind in rows], columns=[*span, "kind"]
        )
        for rows in (hits, labels)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("manyvoices.measures.agency.checks.read_sample", lambda _: sample)
        patch.setattr("manyvoices.measures.agency.checks.read_labels", lambda _: frame[1])
        return check(corpus, frame[0]).loc["negation"]


def test_precision_is_of_hits_and_recall_of_labels() -> None:
    row = labelled(
        [(2 * i, "negation") for i in range(8)], [(2 * i, "negation") for i in range(10)]
    )

    assert (row["hits"], row["labels"], row["precision"], row["recall"]) == (8, 10, 1, 0.8)
    ends = binomtest(8, 10).proportion_ci(method="wilson")
    assert (row["recall_low"], row["recall_high"]) == pytest.approx((ends.low, ends.high))
    assert row["why"] == COUNTED


@pytest.mark.parametrize(
    ("hits", "labels", "why"),
    [(range(7), range(10), BELOW), (range(10), range(7), BELOW), (range(4), range(4), TOO_FEW)],
)
def test_a_detector_that_falls_short_is_not_counted(hits: range, labels: range, why: str) -> None:
    row = labelled([(2 * i, "negation") for i in hits], [(2 * i, "negation") for i in labels])

    assert (row["counted"], row["why"]) == (False, why)


def test_a_hit_of_another_kind_is_no_match() -> None:
    row = labelled([(2 * i, "generic") for i in range(9)], [(2 * i, "negation") for i in range(9)])

    assert (row["hits"], row["recall"]) == (0, 0)


def test_unlabelled_corpora_have_unchecked_detectors_and_no_counts() -> None:
    corpus = made_corpus([document("a", ["We must not. It was cut."] * 9)])
    hits = agency(corpus)
    verdicts = check(corpus, hits)
    counts = rates(corpus, hits, verdicts)

    assert set(verdicts["why"]) == {UNCHECKED}
    assert len(hits) > 0
    assert counts["hits"].isna().all()
    assert counts["per_10k"].isna().all()
    assert check_triples(corpus, triples(corpus))["why"].tolist() == [UNCHECKED]
    assert second_look(corpus).empty


def test_what_is_counted_is_what_was_found(this_corpus: Corpus) -> None:
    corpus = this_corpus.public().counted()
    hits = agency(corpus)
    verdicts = check(corpus, hits)
    table = rates(corpus, hits, verdicts).set_index(["kind", "voice"])
    words = corpus.sentences.groupby("voice")["words"].sum()

    assert not verdicts.loc[["nominalisation", "passive-agent", "participle"], "counted"].any()
    for voice in corpus.voices:
        negations = int(((hits["kind"] == "negation") & (hits["voice"] == voice)).sum())
        row = table.loc[("negation", voice)]
        assert (row["hits"], row["words"]) == (negations, words[voice])
        assert row["per_10k"] == pytest.approx(1e4 * negations / words[voice])
        assert pd.isna(table.loc[("nominalisation", voice), "hits"])
    own = rates(corpus, hits, verdicts, quoted=False).set_index(["kind", "voice"])
    assert (own["words"] <= table["words"]).all()
    assert int(own.loc[("negation", "essay"), "hits"]) == int(
        ((hits["kind"] == "negation") & (hits["voice"] == "essay") & ~hits["quoted"]).sum()
    )


def test_detectors_keep_what_they_reached_on_the_labels(this_corpus: Corpus) -> None:
    corpus = this_corpus.public().counted()
    verdicts = check(corpus, agency(corpus))

    counted = ["passive", "passive-agentless", "generic", "possibility", "negation"]
    assert verdicts.index[verdicts["counted"].astype(bool)].tolist() == counted


# Headlines


def test_a_difference_is_that_of_the_rates(this_corpus: Corpus) -> None:
    corpus = this_corpus.public().counted()
    hits = agency(corpus)
    table = rates(corpus, hits, check(corpus, hits)).set_index(["kind", "voice"])["per_10k"]
    expected = table["possibility", "commenters"] - table["possibility", "essay"]

    universes = more_often(corpus, hits, "possibility", "commenters", "essay")
    assert universes is not None
    assert universes.own == pytest.approx(expected)
    assert (len(universes.table), set(universes.table["status"])) == (64, {"run"})
    table = by_sentence(corpus, hits, "possibility")
    interval = contrast(Ratio("found", "words"), table, "commenters", "essay", ["essay"])
    assert interval.value == pytest.approx(expected)
    assert interval.low < interval.value < interval.high


def test_every_passive_without_a_doer_is_coded_for_whom_it_is_done_to(this_corpus: Corpus) -> None:
    corpus = this_corpus.public().counted()
    hits = agency(corpus)
    passives = hits[hits["kind"] == "passive-agentless"]
    codes = pd.read_csv(CODES / "acted-upon.csv")

    assert len(codes) == len(passives)
    table = acted_upon(corpus, hits)
    assert len(table) == int((codes["acted_upon"] != "none").sum())
    assert set(table["acted_upon"]) == {"citizens", "staff", "services", "other"}


def test_one_voice_has_nothing_to_be_compared_with() -> None:
    corpus = made_corpus([document("a", ["We may."])])

    assert more_often(corpus, agency(corpus), "possibility", "one", "two") is None


# Persons, ideologies, evaluations


def test_persons_and_ideologies_are_found_by_form() -> None:
    corpus = made_corpus([document("a", ["We’re “neoliberals”, they say; Tories aren’t us."])])

    persons = named(corpus, "persons")
    assert dict(zip(persons["name"], persons["word"], strict=True)) == {
        "we": "We’re",
        "us": "us",
        "they": "they",
        "government": "Tories",
    }
    thought = named(corpus, "ideologies").set_index("name")["quoted"].to_dict()
    assert thought == {"neoliberalism": True, "conservatism": False}


def test_evaluative_words_are_counted_by_target(this_corpus: Corpus) -> None:
    table = evaluative_words(this_corpus.public().counted())

    assert (table["own"] + table["quoted"] >= 2).all()
    assert np.isfinite(table["log_ratio"]).all()
    neoliberal = table.set_index(["target", "word"]).loc[("government", "neoliberal")]
    assert neoliberal["log_ratio"] > 1
    assert "the" not in set(table["word"])


def test_evaluative_words_need_codes() -> None:
    assert evaluative_words(made_corpus([document("a", ["A good, good thing."])])).empty
