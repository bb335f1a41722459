"""Claims: who makes them, who takes them up, and what rests on one person."""

from pathlib import Path

import pytest

from manyvoices.coding import claim_sentences, claim_tally, resting_on_one, stances, taken_up
from manyvoices.corpus import Corpus
from tests.coding.making import page

HEAD = "source,start,end,K1,K2\n"
FIRST = HEAD + "text,0,18,stated,absent\ntext,19,34,absent,stated\ntext,35,53,argued,absent\n"
SECOND = HEAD + "text,0,18,stated,absent\ntext,19,34,absent,argued\ntext,35,53,absent,\n"


def comments(*rows: str) -> str:
    """A file that codes the three posts for two claims: s, c, m, a."""
    names = {"s": "supporting", "c": "contrasting", "m": "mixed", "a": "absent"}
    lines = [
        f"posts-{i},{','.join(names[code] for code in row)},x"
        for i, row in enumerate(rows, start=1)
    ]
    return "\n".join(["comment,K1,K2,K9", *lines]) + "\n"


def test_sentences_are_counted_by_what_each_pass_says_they_do(tmp_path: Path) -> None:
    table = claim_sentences(page(tmp_path, {"a/claims.csv": FIRST, "b/claims.csv": SECOND}))
    found = table.set_index(["claim", "sentence"])[["stated", "argued", "passes"]]
    assert found.loc[("K1", "text-p1-s1")].tolist() == [2, 0, 2]
    assert found.loc[("K1", "text-p1-s3")].tolist() == [0, 1, 2]
    assert found.loc[("K2", "text-p1-s2")].tolist() == [1, 1, 2]
    assert len(found) == 3


def test_a_comment_has_the_stance_of_most_passes(tmp_path: Path) -> None:
    files = {
        "a/comments.csv": comments("cs", "sa", "as"),
        "b/comments.csv": comments("ca", "sa", "as"),
        "c/comments.csv": comments("sm", "sa", "as"),
    }
    table = stances(page(tmp_path, files)).set_index(["claim", "comment"])
    assert table.loc[("K1", "posts-1"), "stance"] == "contrasting"
    assert table.loc[("K1", "posts-1"), ["supporting", "contrasting", "passes"]].tolist() == [
        1,
        2,
        3,
    ]
    assert table.loc[("K2", "posts-1"), "stance"] == "no majority"
    assert table.loc[("K2", "posts-2"), "stance"] == "absent"
    assert set(table.index.get_level_values("claim")) == {"K1", "K2"}  # K9 is no claim of this page


def test_a_comment_that_is_not_here_is_left_out(tmp_path: Path) -> None:
    text = comments("cs", "sa", "as") + "comment-77,supporting,supporting,x\n"
    corpus = page(tmp_path, {"a/comments.csv": text})
    assert set(stances(corpus)["comment"]) == {"posts-1", "posts-2", "posts-3"}
    chosen = corpus.select(lambda document: document.id != "posts-2")
    assert set(stances(chosen)["comment"]) == {"posts-1", "posts-3"}


def test_people_are_counted_once_however_often_they_write(tmp_path: Path) -> None:
    corpus = page(tmp_path, {"a/comments.csv": comments("ca", "sa", "sa")})
    (row,) = claim_tally(stances(corpus)).query("claim == 'K1'").to_dict("records")
    assert (row["supporting"], row["supporting_people"]) == (2, 1)
    assert (row["contrasting"], row["contrasting_people"]) == (1, 1)


def test_what_rests_on_one_person_is_named_with_their_comments(tmp_path: Path) -> None:
    taken = stances(page(tmp_path, {"a/comments.csv": comments("ss", "sa", "sa")}))
    (row,) = resting_on_one(taken).to_dict("records")
    assert (row["claim"], row["stance"], row["comments"]) == ("K2", "supporting", "posts-1")
    assert taken_up(taken)["comment"].tolist() == ["posts-1", "posts-2", "posts-3", "posts-1"]


@pytest.mark.parametrize("codes", [{}, {"a/sentences.csv": "source,start,end,act\n"}])
def test_a_corpus_without_codes_of_claims_gives_empty_tables(
    tmp_path: Path, codes: dict[str, str]
) -> None:
    corpus = page(tmp_path, codes)
    assert claim_sentences(corpus).empty
    assert stances(corpus).empty
    assert claim_tally(stances(corpus)).empty
    assert resting_on_one(stances(corpus)).empty


def test_nobody_takes_up_the_last_claim_of_this_corpus(this_corpus: Corpus) -> None:
    taken = stances(this_corpus)
    assert len(taken) == 10 * 18
    assert set(taken.loc[taken["claim"] == "K10", "absent"]) == {3}


def test_every_sentence_of_the_essay_of_this_corpus_was_coded_twice(this_corpus: Corpus) -> None:
    table = claim_sentences(this_corpus)
    assert set(table["document"]) == {"essay"}
    assert set(table["passes"]) == {2}
    assert table["claim"].nunique() == 10
