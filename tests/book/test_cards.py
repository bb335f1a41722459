"""Cards: safe, linked, the same in words, and whole without a style sheet."""

from pathlib import Path

import pandas as pd
from lxml import html

from manyvoices.book.authority import claim_cards, mention_cards, oppositions_beside
from manyvoices.book.cards import Card, beside, cards, in_context, joined, listed, passage
from manyvoices.book.markup import Html, link
from manyvoices.coding import (
    Codebook,
    claim_sentences,
    coded_mentions,
    read_oppositions,
    stances,
)
from manyvoices.corpus import Corpus
from manyvoices.masks import Mask
from tests.coding.making import page
from tests.model.making import document, made_corpus

NASTY = '<script>alert("1")</script>'


def said(markup: Html) -> str:
    return " ".join(html.fromstring(f"<div>{markup.markup}</div>").text_content().split())


def test_a_card_shows_its_title_its_text_and_its_facts() -> None:
    one = Card("A title", "Some text", {"Voice": "the essay", "Empty": ""}, 2)
    found = cards([one], "Mentions")
    assert said(found) == "A titleSome textVoicethe essay"
    assert "Empty" not in str(found)
    assert str(found) == "Mentions\n\nA title\nSome text\nVoice: the essay"


def test_cards_are_a_list_with_a_name() -> None:
    tree = html.fromstring(cards([Card("a", "b"), Card("c", "d")], "Claims").markup)
    assert (tree.tag, tree.get("aria-label")) == ("ul", "Claims")
    assert [child.tag for child in tree] == ["li", "li"]


def test_no_cards_are_said() -> None:
    assert said(cards([], "Claims")) == "Claims: none."


def test_everything_but_markup_is_escaped() -> None:
    one = Card(NASTY, NASTY, {NASTY: NASTY})
    everything = [
        cards([one], NASTY),
        beside({NASTY: [passage(NASTY, "a", NASTY)]}, NASTY),
        listed([Html("x", "x")], NASTY),
        joined([NASTY, Html("<b>x</b>", "x")]),
    ]
    for found in everything:
        assert "<script" not in found.markup
    assert "<b>x</b>" in everything[-1].markup


def test_passages_stand_under_their_side_and_an_empty_side_says_so() -> None:
    found = beside({"Left": [passage("Rain.", "a-p1-s1", "wet")], "Right": []}, "Rain")
    tree = html.fromstring(found.markup)
    assert [s.find_class("mv-side-name")[0].text for s in tree] == ["Left", "Right"]
    assert tree[0].xpath(".//a/@href") == ["evidence:a-p1-s1"]
    assert "No passage was chosen." in tree[1].text_content()


def test_a_place_is_marked_in_its_sentence() -> None:
    corpus = made_corpus([document("a", ["Before it. One two three. After it."])])
    found = in_context(corpus, "a", "a-p1-s2", 15, 17)
    assert found.markup == "<p>One <mark>two</mark> three.</p>"
    assert str(found) == "One two three."


def test_a_long_sentence_is_cut_on_either_side() -> None:
    text = "w " * 80 + "here " + "v " * 80 + "."
    corpus = made_corpus([document("a", [text])])
    found = in_context(corpus, "a", "a-p1-s1", 160, 164)
    words = str(found).split()
    assert words[0] == words[-1] == "…"
    assert words.count("w") == words.count("v") == 30


def test_of_another_address_in_the_sentence_the_beginning_is_shown() -> None:
    corpus = made_corpus([document("a", [f"See here https://x.org/{'rain/' * 20} now."])])
    found = str(in_context(corpus, "a", "a-p1-s1", 4, 8))
    assert found.startswith("See here https://x.org/rain/")
    assert found.endswith("… now.")
    assert max(map(len, found.split())) == 41


def test_the_beginning_of_an_address_is_shown_with_the_rest_of_it() -> None:
    corpus = made_corpus([document("a", ["See https://x.org/rain now."])])
    assert "<mark>https://x.org/rain</mark>" in in_context(corpus, "a", "a-p1-s1", 4, 17).markup


def test_hidden_words_stay_hidden_in_a_context() -> None:
    made = [document("a", ["They asked Bob about rain."])]
    public = made_corpus(made, masks={"a": (Mask(11, 14, "a friend"),)}).public()
    found = in_context(public, "a", "a-p1-s1", 21, 25)
    assert "Bob" not in found.markup
    assert "[a friend]" in found.markup


FILES = {
    "mentions.csv": "source,mention,start,end\ntext,price-list,22,27\n",
    "a/mentions.csv": "mention,function,intent\nprice-list,contrasting,critique\n",
    "b/mentions.csv": "mention,function,intent\nprice-list,contrasting,evidence\n",
    "c/mentions.csv": "mention,function,intent\nprice-list,supporting,critique\n",
    "a/claims.csv": "source,start,end,K1,K2\ntext,0,18,stated,absent\ntext,35,53,argued,absent\n",
    "a/comments.csv": "comment,K1,K2\nposts-1,contrasting,absent\nposts-2,supporting,absent\n",
    "oppositions.csv": (
        "opposition,pole,sentence,note\nx,late,text-p1-s1,Late.\nx,dear,posts-3-p1-s1,\n"
    ),
}
LABELS = {"essay": "Essay", "posts": "Posts"}


def test_a_mention_has_a_card_with_what_the_passes_say_of_it(tmp_path: Path) -> None:
    corpus = page(tmp_path, FILES)
    found = said(mention_cards(corpus, coded_mentions(corpus), LABELS))
    assert "As opponent: 1" in found
    assert "price list" in found
    assert "Used asopponent (2 of 3 passes)" in found
    assert "Forcritique (2 of 3 passes)" in found
    assert "Brought in byEssay" in found


def test_a_claim_has_a_card_with_its_sentences_and_its_comments(tmp_path: Path) -> None:
    corpus = page(tmp_path, FILES)
    found = claim_cards(corpus, claim_sentences(corpus), stances(corpus), LABELS, Codebook())
    first, second = html.fromstring(found.markup)
    assert "The ferry is late." in first.text_content()
    assert first.xpath(".//a/@href") == [
        "evidence:text-p1-s1", "evidence:text-p1-s3", "evidence:posts-2", "evidence:posts-1"
    ]  # fmt: skip
    assert "(one comment, by writer 1)" in first.text_content()
    assert "argued by 1 of 1 passes" in " ".join(first.text_content().split())
    assert "Taken upby no comment" in second.text_content()


def test_no_codes_are_no_cards(tmp_path: Path) -> None:
    corpus = page(tmp_path, {})
    assert mention_cards(corpus, coded_mentions(corpus), LABELS).markup == ""
    sentences, taken = claim_sentences(corpus), stances(corpus)
    assert "by no comment" in claim_cards(corpus, sentences, taken, LABELS, Codebook()).markup


def test_chosen_passages_stand_beside_each_other(tmp_path: Path) -> None:
    corpus = page(tmp_path, FILES)
    found = oppositions_beside(corpus, read_oppositions(corpus))
    assert [link(a, a).markup in found.markup for a in ("text-p1-s1", "posts-3-p1-s1")] == [
        True
    ] * 2
    assert "late: Late." in said(found)


def test_no_chosen_passages_are_said_to_be_none(tmp_path: Path) -> None:
    corpus = page(tmp_path, {})
    assert "No passages" in said(oppositions_beside(corpus, read_oppositions(corpus)))


def test_all_sentences_that_a_page_shows_are_of_the_published_view(public: Corpus) -> None:
    shown = public.counted()
    labels = {name: voice.label for name, voice in shown.voices.items()}
    texts = [
        mention_cards(shown, coded_mentions(shown), labels),
        claim_cards(shown, claim_sentences(shown), stances(shown), labels, Codebook()),
        oppositions_beside(public, read_oppositions(public)),
    ]
    words = " ".join(map(str, texts))
    assert "█" not in words
    hidden = pd.Series([n for p in public.settings.people.values() for n in p.names if not p.named])
    assert not hidden.map(lambda name: name in words).any()
