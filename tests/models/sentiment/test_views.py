"""Where signs stand: by voice, by target, along a text, down the tree."""

import pandas as pd
import pytest

from manyvoices.corpus import Corpus
from manyvoices.masks import Mask
from manyvoices.models.sentiment import (
    aims,
    along,
    by_target,
    by_voice,
    code_name,
    down_tree,
    evaluations,
    examples,
    labelled,
    scorers,
    signs,
)
from tests.model.making import assert_same, document, made_corpus
from tests.models.sentiment.making import coded


def test_every_pass_and_scorer_has_a_column(this_corpus: Corpus) -> None:
    table = labelled(this_corpus)
    passes = [code_name(name) for name in evaluations(this_corpus)["pass"].unique()]
    names = [one.name for one in scorers(this_corpus)]
    assert list(table)[3:] == [*passes, *names, "Classifier"]
    assert table.index.tolist() == this_corpus.sentences["sentence"].tolist()
    assert set(table[names].stack()) == {"negative", "neutral", "positive"}


def test_one_shard_and_seven_give_the_same_labels(in_shards) -> None:
    assert_same(*(labelled(in_shards(n)) for n in (1, 7)))


def test_without_codes_there_are_only_scorers() -> None:
    corpus = made_corpus([document("a", ["Good. Bad. Day."]), document("b", ["Good."], voice=None)])
    table = labelled(corpus)
    assert list(table)[3:] == ["VADER", "Pattern"]
    counts = by_voice(table, corpus.voices)
    assert counts[["negative", "neutral", "positive"]].to_numpy().tolist() == [[1, 1, 1]] * 2


def test_targets_count_every_code_once(corpus: Corpus) -> None:
    codes = evaluations(corpus)
    counts = by_target(codes)
    assert counts[["negative", "mixed", "neutral", "positive"]].to_numpy().sum() == len(codes)
    assert not counts.duplicated(["pass", "voice", "target"]).any()


def test_signs_along_a_text_are_means_of_neighbours() -> None:
    corpus = made_corpus([document("a", ["One. Two. Three. Four. Five."]), document("b", ["Six."])])
    labels = coded(corpus, ["negative", "negative", "neutral", "positive", "mixed", "positive"])
    said = labels.set_index("sentence")[["evaluation"]]
    rolled = along(corpus, said, "a", window=3)
    assert rolled["place"].tolist() == [1, 2, 3, 4, 5]
    assert rolled["evaluation"].tolist() == pytest.approx([-1, -2 / 3, 0, 1 / 3, 1 / 2])


def test_a_sentence_without_label_has_no_sign() -> None:
    assert signs(pd.DataFrame({"a": ["negative", None]}))["a"].isna().tolist() == [False, True]


def test_the_tree_counts_sentences_people_and_what_is_negative() -> None:
    corpus = made_corpus(
        [
            document("a", ["One. Two."], person="x"),
            document("b", ["Three. Four."], person="y"),
            document("c", ["Five."], person="x"),
            document("d", ["Six."], person="z"),
        ]
    )
    labels = coded(corpus, ["negative", "positive", *["negative"] * 3, "neutral"])
    said = labels.set_index("sentence")[["evaluation"]]
    people = labels.set_index("sentence")["person"]
    depths = dict(zip(labels["sentence"], [0, 0, 1, 1, 1], strict=False))
    table = down_tree(said, people, depths)
    assert table.index.tolist() == [0, 1]
    assert table["sentences"].tolist() == [2, 3]
    assert table["people"].tolist() == [1, 2]
    assert table["evaluation"].tolist() == [0.5, 1]


def test_nothing_in_a_thread_gives_no_rows() -> None:
    corpus = made_corpus([document("a", ["One."])])
    said = coded(corpus, "negative").set_index("sentence")
    assert down_tree(said[["evaluation"]], said["person"], {}).empty


def test_what_is_negative_is_counted_by_its_target() -> None:
    corpus = made_corpus(
        [document("a", ["One. Two. Three."]), document("b", ["Four."], voice="two")]
    )
    codes = coded(corpus, ["negative", "negative", "positive", "negative"])
    codes["target"] = ["rain", "sun", "rain", "rain"]
    found = aims(codes, corpus.voices, pd.Series(True, codes["sentence"]))
    keys = list(
        zip(found["voice"], found["target"], found["hits"], found["sentences"], strict=True)
    )
    assert keys == [("one", "rain", 1, 2), ("two", "rain", 1, 1), ("one", "sun", 1, 2)]
    assert found["first"].tolist() == ["a-p1-s1", "b-p1-s1", "a-p1-s2"]
    assert aims(codes.iloc[:0], corpus.voices, pd.Series(dtype=bool)).empty


def test_a_text_with_a_withheld_passage_is_no_example() -> None:
    made = [document("a", ["One. Two."]), document("b", ["Three. Ada."]), document("c", ["Four."])]
    masks = {"a": (Mask(5, 9),), "b": (Mask(7, 10, "a role"),)}
    corpus = made_corpus(made, masks=masks)
    fit = examples(corpus)
    assert fit.to_dict() == {
        "a-p1-s1": False,
        "a-p1-s2": False,
        "b-p1-s1": True,
        "b-p1-s2": True,
        "c-p1-s1": True,
    }
    found = aims(coded(corpus, "negative"), corpus.voices, fit)
    assert found["hits"].tolist() == [5]
    assert found["first"].tolist() == ["b-p1-s1"]
