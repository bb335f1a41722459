"""Claims by comments, and mentions by function: a mark for every case, and words for all marks."""

import re
from xml.etree.ElementTree import Element

import pandas as pd
import pytest
from defusedxml.ElementTree import fromstring

from manyvoices.coding import coded_mentions, stances
from manyvoices.corpus import Corpus
from manyvoices.figures import Drawing
from manyvoices.figures.claims import MOST, claims_by_comment, mentions_by_function

SVG = "{http://www.w3.org/2000/svg}"
LABELS = {"two": "Two & more", "one": "<b>One</b>"}
CLAIMS = {"K1": "Late", "K2": "Dear", "K3": "K3"}


def taken(**codes: str) -> pd.DataFrame:
    """A row a claim and comment; per claim a letter a comment: s, c, m, ?, d (fewer), a (none)."""
    kinds = {"s": "supporting", "c": "contrasting", "m": "mixed", "?": "no majority"}
    rows = []
    for claim, letters in codes.items():
        for i, letter in enumerate(letters, start=1):
            stance = kinds.get(letter, "absent")
            counts = {name: 2 * (name == stance) for name in ("supporting", "contrasting", "mixed")}
            counts["absent"] = {"a": 3, "d": 2}.get(letter, 1)
            voice = "one" if i % 3 == 0 else "two"
            rows.append(
                {
                    "claim": claim,
                    "comment": f"comment-{i}",
                    "voice": voice,
                    "stance": stance,
                    "passes": 3,
                }
                | counts
            )
    return pd.DataFrame(rows)


def links(drawing: Drawing) -> list[str]:
    return [a.get("href", "") for a in fromstring(drawing.svg).iter(f"{SVG}a")]


def texts(drawing: Drawing) -> list[str]:
    found: list[Element] = list(fromstring(drawing.svg).iter(f"{SVG}text"))
    return ["".join(element.itertext()) for element in found]


def test_every_mark_leads_to_its_comment_and_an_empty_field_nowhere() -> None:
    drawing = claims_by_comment(taken(K1="scm", K2="aad"), CLAIMS, LABELS)
    # One for the head of a column, and one a mark.
    counts = [links(drawing).count(f"evidence:comment-{i}") for i in (1, 2, 3)]
    assert counts == [2, 2, 3]


def test_every_link_has_a_name_for_those_who_do_not_see_it() -> None:
    drawings = [
        claims_by_comment(taken(K1="scm", K2="aad"), CLAIMS, LABELS),
        mentions_by_function(mentions(("one", "supporting", 3)), LABELS),
    ]
    for drawing in drawings:
        for link in fromstring(drawing.svg).iter(f"{SVG}a"):
            text = "".join(link.itertext()).strip()
            assert text or link.get("aria-label") == link.get("href", "").partition(":")[2]


def test_every_stance_has_a_sign_of_its_own() -> None:
    shown = texts(claims_by_comment(taken(K1="scm?d"), CLAIMS, LABELS))
    assert [shown.count(sign) for sign in "+−±?·"] == [1, 1, 1, 1, 1]


def test_the_words_say_which_comment_takes_up_what() -> None:
    alt = claims_by_comment(taken(K1="scmsa", K2="aaaad"), CLAIMS, LABELS).alt
    assert "K1: supported by Two & more 1, 4" in alt
    assert "disputed by Two & more 2" in alt
    assert "in part disputed by <b>One</b> 3" in alt
    assert "K2: taken up by none" in alt


def test_a_label_is_text_whatever_it_holds() -> None:
    drawing = claims_by_comment(taken(K1="scm"), {"K1": "<script>x</script>"}, LABELS)
    assert "<script" not in drawing.svg
    assert "Two & more" in texts(drawing)


def test_of_many_comments_those_that_take_something_up_are_drawn() -> None:
    drawing = claims_by_comment(taken(K1="a" * 30 + "s" * 40), CLAIMS, LABELS)
    drawn = {link for link in links(drawing) if link}
    assert len(drawn) == MOST
    assert "evidence:comment-1" not in drawn
    assert f"{MOST} of 70 are drawn" in drawing.caption


def test_many_comments_that_take_up_nothing_are_still_a_drawing() -> None:
    drawing = claims_by_comment(taken(K1="a" * 30), CLAIMS, LABELS)
    assert "K1: taken up by none" in drawing.alt


def mentions(*rows: tuple[str, str, int]) -> pd.DataFrame:
    """Mentions: voice, function, and how many of three passes agree."""
    table = pd.DataFrame(rows, columns=["voice", "function", "function_agreed"])
    sentences = [f"s{i}" for i in range(len(table))]
    return table.assign(function_passes=3, person=table["voice"], sentence=sentences)


def test_every_mention_is_a_dot_that_leads_to_its_sentence() -> None:
    rows = [("one", "supporting", 3), ("one", "supporting", 2), ("two", "no majority", 1)]
    drawing = mentions_by_function(mentions(*rows), LABELS)
    assert sorted(links(drawing)) == ["evidence:s0", "evidence:s1", "evidence:s2"]


def test_the_numbers_in_the_drawing_are_those_in_its_words() -> None:
    rows = [("one", "supporting", 3)] * 9 + [("two", "contrasting", 3)] * 2
    drawing = mentions_by_function(mentions(*rows), LABELS)
    drawn = sorted(int(text) for text in texts(drawing) if text.isdigit())
    assert drawn == [0, 0, 0, 0, 2, 9]
    assert "<b>One</b>, by one person: 9 as ally, 0 as opponent, 0 as mention" in drawing.alt
    assert "Two & more, by one person: 0 as ally, 2 as opponent, 0 as mention" in drawing.alt


def test_what_not_all_passes_agree_on_is_hollow() -> None:
    sure = mentions_by_function(mentions(("one", "supporting", 3)), LABELS).svg
    split = mentions_by_function(mentions(("one", "supporting", 2)), LABELS).svg
    assert len(re.findall("fill: none; stroke: var", split)) > len(
        re.findall("fill: none; stroke: var", sure)
    )


@pytest.mark.parametrize("which", ["claims", "mentions"])
def test_a_figure_is_the_same_every_time(which: str) -> None:
    made = {
        "claims": lambda: claims_by_comment(taken(K1="scm"), CLAIMS, LABELS),
        "mentions": lambda: mentions_by_function(mentions(("one", "supporting", 3)), LABELS),
    }[which]
    assert made() == made()


def test_all_that_this_corpus_has_is_drawn(this_corpus: Corpus) -> None:
    labels = {name: voice.label for name, voice in this_corpus.voices.items()}
    coded = coded_mentions(this_corpus)
    drawing = mentions_by_function(coded, labels)
    assert len(links(drawing)) == len(coded)
    grid = claims_by_comment(stances(this_corpus), this_corpus.settings.claims, labels)
    comments = {one.id for one in this_corpus.documents if one.kind == "comment"}
    assert {link.removeprefix("evidence:") for link in links(grid)} == comments
    found = stances(this_corpus)
    marks = (found["passes"] > found["absent"]).sum()
    assert len(links(grid)) == marks + len(comments)
