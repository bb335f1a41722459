import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyvoices.text import sentence_bounds, split_sentences, tokenise
from tests.reference import splitters
from tests.text.made_up import texts


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def assert_cut(marked: str) -> None:
    """Hold that the text is cut where the bars stand, and nowhere else."""
    expected = marked.split(" | ")
    assert sentences(marked.replace(" | ", " ")) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "Absolute poverty? | Sanctions? | Work fare? | Being forced to accept it?",
        "from a toxic culture? | well IAPT has the answer",
        "It was so bad! | then it ended",
        "worse I think. | but certainly the service",
        "Now what?! | Nobody knows.",
        "Is it so ? | It is . | Yes !",
    ],
)
def test_stop_or_question_ends_a_sentence_whatever_follows(marked: str) -> None:
    assert_cut(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "through rewards or “consequences.” | Rewards, such as tax cuts",
        "offering “support”. | The current emphasis",
        "(It was late.) | He left.",
        '"Is it?" she asked. | "It is."',
        "“I came. | I saw.” he said.",
        "a “technology”? | IAPT is",
        "It is (or so they say!) a choice.",
        "**Done.** | Next",
        "what’s good for them.” | Richard Thaler.",
    ],
)
def test_closing_marks_stay_with_their_sentence(marked: str) -> None:
    assert_cut(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "Dr. Smith met Mrs. Jones.",
        "some of it, e.g. The Times, i.e. London",
        "about my attitude etc. | Once the sessions ended",
        "poverty, stress etc. can follow",
        "See No. 5 and p. 7 and fig. 2 there.",
        "I said no. | He said no. | The end.",
        "about 20 min. of it",
        "J. Smith and C. S. Lewis wrote. | He read.",
        "services in the U.K. Government plan",
        "services in the U.K. | The plan",
        "older than I. | He knew.",
        "on 5 Jan. 2017 and in Oct. | Then it ended.",
        "It cost 1.5 million. | In 2017. | So there.",
    ],
)
def test_abbreviations_and_numbers_end_no_sentence_unless_one_begins(marked: str) -> None:
    assert_cut(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "not too unwell… which is good",
        "not too unwell… | Which is good",
        "well ... maybe not",
        "and so on... | The end",
    ],
)
def test_ellipsis_ends_a_sentence_before_a_capital_only(marked: str) -> None:
    assert_cut(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "That is great. 🙂 | Next one.",
        "bombarding of questions 🙈 but I do",
        "been put off 😫😫 | The end",
        "Great! :-) | See you",
    ],
)
def test_pictures_stay_with_what_they_comment_on(marked: str) -> None:
    assert_cut(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "1. First of all. | 2. Then this.",
        "a) One thing. | (ii) Another.",
        "We were number 1. | Then it changed.",
    ],
)
def test_list_marker_stays_with_its_item(marked: str) -> None:
    assert_cut(marked)


def test_question_mark_in_a_web_address_ends_nothing() -> None:
    assert_cut("Read http://a.org/ref=sr_1_1?s=books&ie=UTF8. | Then write.")


def test_forgotten_space_after_a_stop_is_seen() -> None:
    assert sentences("It was over.Then it began.") == ["It was over.", "Then it began."]
    assert sentences("good for me.I went") == ["good for me.", "I went"]
    assert sentences("family work,because of it") == ["family work,because of it"]


def test_spans_are_those_of_the_whole_text_without_white_space() -> None:
    text = "x\n  One. Two.\u00a0 \ny"
    assert split_sentences(text, 1, 15) == [(4, 8), (9, 13)]


@pytest.mark.parametrize("text", ["", " \u00a0"])
def test_empty_paragraph_has_no_sentences(text: str) -> None:
    assert split_sentences(text) == []


@given(texts)
def test_sentences_are_in_order_trimmed_and_do_not_overlap(text: str) -> None:
    place = 0
    for start, end in split_sentences(text):
        assert place <= start < end
        assert text[start:end].strip() == text[start:end]
        place = end
    assert place <= len(text)


@given(texts)
def test_every_token_lies_in_one_sentence(text: str) -> None:
    spans = split_sentences(text)
    tokens = tokenise(text)
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        assert sum(low <= start and end <= high for low, high in spans) == 1


@given(st.lists(texts.map(lambda text: " ".join(text.split())).filter(bool), min_size=1))
def test_many_paragraphs_at_once_are_cut_like_one_by_one(paragraphs: list[str]) -> None:
    sizes = np.array([len(paragraph) for paragraph in paragraphs])
    ends = np.cumsum(sizes + 1) - 1
    text = "\n".join(paragraphs)
    starts, stops = sentence_bounds(text, ends - sizes, ends)
    expected = [
        span
        for start, end in zip(ends - sizes, ends, strict=True)
        for span in split_sentences(text, int(start), int(end))
    ]
    assert list(zip(starts.tolist(), stops.tolist(), strict=True)) == expected


def test_paragraph_is_cut_without_a_look_at_the_next() -> None:
    text = "Well :) –\nI see."
    starts, _ = sentence_bounds(text, np.array([0, 10]), np.array([9, 16]))
    assert starts.tolist() == [0, 10]


def test_what_stands_between_paragraphs_is_left_out() -> None:
    text = "1. One. Two.\n\nLiked by 3\n\nThree."
    starts, ends = sentence_bounds(text, np.array([3, 26]), np.array([12, 32]))
    assert starts.tolist() == [3, 8, 26]
    assert ends.tolist() == [7, 12, 32]


def test_no_paragraphs_have_no_sentences() -> None:
    none = np.array([], int)
    starts, ends = sentence_bounds("text", none, none)
    assert len(starts) == len(ends) == 0


def test_every_difference_from_other_splitters_is_explained(source: str) -> None:
    judged = {key for key in splitters.judgements() if key.source == source}
    found = list(splitters.differences(source))
    assert len(set(found)) == len(found)
    assert set(found) - judged == set(), "explain these in splitters.csv"
    assert judged - set(found) == set(), "these are no longer there"


def test_every_judgement_says_who_is_right_and_why() -> None:
    for right, explanation in splitters.judgements().values():
        assert right in {"ours", "theirs", "either"}
        assert explanation


def test_sentences_agree_with_264_of_the_265_coded_units(page: str) -> None:
    found = {
        (source, *span)
        for source in splitters.SOURCES
        for paragraph in splitters.paragraphs(splitters.read_source(source))
        for span in split_sentences(splitters.read_source(source), *paragraph)
    }
    units = {
        (source, *span) for source in splitters.SOURCES for span in splitters.read_units(source)
    }
    assert len(units) == 265
    assert units - found == {("essay-and-comments", 29615, 30108)}
