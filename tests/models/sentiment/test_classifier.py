"""The classifier never sees the words of those on whom it is tried."""

import numpy as np
import pytest

from manyvoices.corpus import Corpus
from manyvoices.errors import TooFewError
from manyvoices.masks import Mask
from manyvoices.models.sentiment import classifier, evaluations, out_of_fold
from tests.model.making import assert_same, document, made_corpus
from tests.models.sentiment.making import planted


def test_a_person_is_in_one_fold_with_all_their_voices(this_corpus: Corpus) -> None:
    codes = evaluations(this_corpus)
    found = out_of_fold(this_corpus, codes[codes["pass"] == codes["pass"].iloc[0]])
    assert (found.groupby("person")["fold"].nunique() == 1).all()
    assert found["fold"].nunique() == found["person"].nunique()
    author = found[found["voice"].isin(["essay", "replies"])]
    assert author["fold"].nunique() == 1


def test_what_only_one_person_says_is_never_learned_for_that_person() -> None:
    corpus, codes = planted(people=6, private=True)
    found = out_of_fold(corpus, codes)
    assert found.groupby("person")["probability"].nunique().max() == 1


def test_what_all_people_say_is_learned() -> None:
    corpus, codes = planted(people=6)
    found = out_of_fold(corpus, codes)
    assert ((found["probability"] > 0.5) == (codes["evaluation"] == "negative")).all()
    assert (found["compound"] <= 0).all()


def test_beyond_twenty_people_folds_leave_several_out() -> None:
    corpus, codes = planted(people=30, each=4)
    found = out_of_fold(corpus, codes)
    assert found["fold"].nunique() == classifier.MOST_FOLDS
    assert (found.groupby("person")["fold"].nunique() == 1).all()


def test_one_shard_and_seven_give_the_same(in_shards, this_corpus: Corpus) -> None:
    codes = evaluations(this_corpus)
    codes = codes[codes["pass"] == codes["pass"].iloc[0]]
    assert_same(*(out_of_fold(in_shards(n), codes) for n in (1, 7)))


@pytest.mark.parametrize(("people", "each"), [(4, 40), (6, 4)])
def test_too_little_is_told(people: int, each: int) -> None:
    with pytest.raises(TooFewError):
        out_of_fold(*planted(people=people, each=each))


def test_hidden_words_are_not_learned_from() -> None:
    made = [document("a", ["Nothing dreadful here, said they."])]
    hidden = made_corpus(made, masks={"a": (Mask(8, 16),)}).public()
    ((_, words),) = classifier._part(hidden.shards[0])
    assert words == ["nothing", "here", "said", "they"]


def test_codes_need_not_cover_every_sentence() -> None:
    corpus, codes = planted(people=6)
    part = codes.drop(index=range(0, 60, 7)).reset_index(drop=True)
    found = out_of_fold(corpus, part)
    assert found["sentence"].tolist() == part["sentence"].tolist()
    assert np.isfinite(found["probability"]).all()
