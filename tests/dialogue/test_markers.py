"""Marks of stance and address: where they are met, and where not."""

import pytest

from manyvoices.corpus import Corpus
from manyvoices.dialogue import address, marks
from manyvoices.masks import Mask
from tests.dialogue.making import said
from tests.model.making import made_corpus


def found(text: str) -> list[tuple[str, str]]:
    table = marks(made_corpus([said("a", None, "ann", text)]))
    return list(zip(table["family"], table["text"], strict=True))


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("I agree with that.", [("agreement", "I agree")]),
        ("I don’t agree.", [("disagreement", "I don’t agree")]),
        ("As you point out, it rains.", [("agreement", "As you point out")]),
        ("Your point about the rain in May is a very good one.", [
            ("agreement", "Your point about the rain in May is a very good one")
        ]),
        ("Yes. I said yes.", [("agreement", "Yes")]),
        ("“No,” he said.", [("disagreement", "No")]),
        ("There is no bread.", []),
        ("You’re right, but I do not think so.", [
            ("agreement", "You’re right"), ("disagreement", "I do not think")
        ]),
        ("But it rains. Rain, however, stops.", [("contrast", "But"), ("contrast", "however")]),
        ("I have no doubt of it.", [("concession", "I have no doubt")]),
        ("Thanks! I am so sorry.", [("thanks", "Thanks"), ("care", "I am so sorry")]),
        ("An agreement was made.", []),
    ],
)  # fmt: skip
def test_stance_is_told_by_its_wording(text: str, marked: list[tuple[str, str]]) -> None:
    assert found(text) == marked


def test_own_families_may_be_given() -> None:
    corpus = made_corpus([said("a", None, "ann", "So it rains. It rains so.")])
    table = marks(corpus, {"rain": ("rain*",), "so": ("^ so",)})

    assert table["family"].tolist() == ["so", "rain", "rain"]
    assert table["sentence"].tolist() == ["a-p1-s1", "a-p1-s1", "a-p1-s2"]
    assert table["start"].tolist() == [0, 6, 16]


def test_address_tells_you_names_and_handles() -> None:
    text = "@ben your bread is good, Cem."
    page = [said("a", None, "ann", text), said("b", "a", "cem")]
    corpus = made_corpus(page, masks={"a": (Mask(25, 28, "the role of cem"),)})
    table = address(corpus)

    assert table["kind"].tolist() == ["handle", "you", "name"]
    assert table["start"].tolist() == [0, 5, 25]
    assert address(corpus.public())["text"].tolist() == ["@ben", "your", "[the role of cem]"]


def test_own_name_is_no_address() -> None:
    page = [said("a", None, "cem", "Yours, Cem")]
    table = address(made_corpus(page, masks={"a": (Mask(7, 10, "the role of cem"),)}))

    assert table["kind"].tolist() == ["you"]


def test_names_on_this_page(this_corpus: Corpus) -> None:
    table = address(this_corpus.counted().public())
    names = table[table["kind"] == "name"]

    assert names[["document", "text"]].to_numpy().tolist() == [
        ["comment-6.1", "[commenter 6]"],
        ["comment-7", "Kitty"],
    ]
