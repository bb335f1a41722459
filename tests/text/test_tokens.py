import time

import numpy as np
import pytest
from hypothesis import given

from manyvoices.text import is_word, tokenise
from manyvoices.text.patterns import token_pattern
from manyvoices.text.tokens import chunk
from tests.text.made_up import texts

Spans = list[tuple[int, int]]


def surfaces(text: str) -> list[str]:
    tokens = tokenise(text)
    return [tokens.types[code] for code in tokens.codes]


def spans(text: str, start: int = 0, end: int | None = None) -> Spans:
    tokens = tokenise(text, start, end)
    return list(zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True))


def slow_chunks(text: str) -> Spans:
    """The obvious way: look at every character."""
    found: Spans = []
    for place, char in enumerate(text):
        if char.isspace():
            continue
        if found and found[-1][1] == place:
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return found


def slow_tokens(text: str) -> Spans:
    """The obvious way: run the pattern over each chunk where it stands."""
    return [
        (start + found.start(), start + found.end())
        for start, end in slow_chunks(text)
        for found in token_pattern().finditer(text[start:end])
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("non-dialogic, policy-formulated", "non-dialogic|,|policy-formulated"),
        ("don’t people’s o'clock they`d", "don’t|people’s|o'clock|they`d"),
        ("citizens’ needs, swingin' on", "citizens|’|needs|,|swingin|'|on"),
        ("‘clinical’ “support”.", "‘|clinical|’|“|support|”|."),
        ("'tis rock 'n' roll", "'tis|rock|'n'|roll"),
        ("the near future – those", "the|near|future|–|those"),
        ("political/economic BPD/PTSD and/", "political|/|economic|BPD|/|PTSD|and|/"),
        ("(re)defining citizen(s) (if so)", "(re)defining|citizen(s)|(|if|so|)"),
        ("family work,because of", "family|work|,|because|of"),
        ("for me.I went", "for|me|.|I|went"),
        ("e.g. this, i.e., that etc.", "e.g.|this|,|i.e.|,|that|etc."),
        ("Dr. No saw the U.K. and the U.S", "Dr.|No|saw|the|U.K.|and|the|U.S"),
        ("at 5p.m. or 10:30", "at|5|p.m.|or|10:30"),
        ("No. 5, St. Ives, 1st. Al.", "No|.|5|,|St.|Ives|,|1st|.|Al|."),
        ("unwell… so... etc...", "unwell|…|so|...|etc|..."),
        ("what?! no!!", "what|?!|no|!!"),
        ("the likes of M***, sh*t, **bold**", "the|likes|of|M***|,|sh*t|,|**|bold|**"),
        ("PHQ9 and GAD7, 21, 1.5, 1,205.50.", "PHQ9|and|GAD7|,|21|,|1.5|,|1,205.50|."),
        ("5,7 and 50% of £3m", "5|,|7|and|50|%|of|£|3m"),
        ("#newsavoy2017 #1 @you C#", "#newsavoy2017|#|1|@you|C|#"),
        ("me@a.co.uk. Ask", "me@a.co.uk|.|Ask"),
        ("word--word self-", "word|--|word|self|-"),
    ],
)
def test_words_and_marks_are_cut_as_a_reader_would(text: str, expected: str) -> None:
    assert surfaces(text) == expected.split("|")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "here http://neweconomics.org/2010/02/21-hours/.",
            "http://neweconomics.org/2010/02/21-hours/",
        ),
        ("(see https://en.wikipedia.org/wiki/A_(b)).", "https://en.wikipedia.org/wiki/A_(b)"),
        ("“https://a.org/b?c=d&e=f#g”,", "https://a.org/b?c=d&e=f#g"),
        ("WWW.A.ORG!", "WWW.A.ORG"),
        ("WordPress.com account", "WordPress.com"),
        ("hotels.com.au, and", "hotels.com.au"),
    ],
)
def test_web_address_is_one_token_without_the_punctuation_after_it(text: str, address: str) -> None:
    assert address in surfaces(text)


def test_full_stop_without_a_space_makes_no_web_address() -> None:
    assert surfaces("so.Then it.is") == ["so", ".", "Then", "it", ".", "is"]


@pytest.mark.parametrize(
    "cluster", ["🙂", "👍🏽", "👨\u200d👩\u200d👧\u200d👦", "🇬🇧", "1️⃣", "❤️", "🏳️\u200d🌈", "☹"]
)
def test_emoji_is_one_token_however_many_code_points_it_has(cluster: str) -> None:
    assert surfaces(f"off {cluster}{cluster}.") == ["off", cluster, cluster, "."]


@pytest.mark.parametrize("face", [":-)", ":)", ";-)", ":(", ":D", "<3", "=)", "^_^"])
def test_emoticon_is_one_token_and_no_word(face: str) -> None:
    assert surfaces(f"fine {face}") == ["fine", face]
    assert not is_word(face)


def test_ratio_and_number_in_brackets_are_no_emoticons() -> None:
    assert surfaces("1:3") == ["1", ":", "3"]
    assert surfaces("(aged 8)") == ["(", "aged", "8", ")"]


def test_combining_marks_stay_with_their_letter() -> None:
    assert surfaces("e\u0301tude cafe\u0301, \u0915\u094d\u0937") == [
        "e\u0301tude",
        "cafe\u0301",
        ",",
        "\u0915\u094d\u0937",
    ]


def test_withheld_run_is_one_token_and_counts_as_a_word() -> None:
    assert surfaces("told ███ ██.") == ["told", "███", "██", "."]
    assert is_word("███")


@pytest.mark.parametrize("word", ["don’t", "21", "e.g.", "#now", "https://a.org", "M***", "日本"])
def test_word_has_a_letter_or_a_digit(word: str) -> None:
    assert is_word(word)


@pytest.mark.parametrize("sign", [".", "…", "–", "🙂", "1️⃣", "’", "£", ""])
def test_punctuation_and_pictures_are_no_words(sign: str) -> None:
    assert not is_word(sign)


def test_offsets_are_those_of_the_whole_text() -> None:
    text = "one two.  three"
    assert spans(text, 4, 9) == [(4, 7), (7, 8)]
    assert spans(text, 10) == [(10, 15)]
    assert spans(text, -5, None) == [(10, 15)]


def test_types_are_distinct_and_in_order_of_appearance() -> None:
    tokens = tokenise("so, so, no")
    assert tokens.types == ["so", ",", "no"]
    assert tokens.codes.tolist() == [0, 1, 0, 1, 2]
    assert {tokens.starts.dtype, tokens.ends.dtype, tokens.codes.dtype} == {np.dtype(np.int32)}


@pytest.mark.parametrize("text", ["", " \n\u00a0"])
def test_text_without_words_has_no_tokens(text: str) -> None:
    assert len(tokenise(text)) == 0


def test_long_text_cut_into_blocks_gives_the_same_tokens() -> None:
    text = "It’s work,because of http://a.org/. 🙂 " * 9000
    assert spans(text) == slow_tokens(text)


def test_fast_tokens_equal_slow_ones_on_the_sources(source: str, read_source) -> None:
    text = read_source(source)
    assert spans(text) == slow_tokens(text)


@given(texts)
def test_fast_tokens_equal_slow_ones(text: str) -> None:
    assert spans(text) == slow_tokens(text)


@given(texts)
def test_surfaces_are_the_text_of_their_spans(text: str) -> None:
    assert surfaces(text) == [text[start:end] for start, end in spans(text)]


@given(texts)
def test_tokens_and_gaps_rebuild_the_text(text: str) -> None:
    place, rebuilt = 0, ""
    for start, end in spans(text):
        assert place <= start < end
        assert not text[place:start].strip()
        rebuilt += text[place:start] + text[start:end]
        place = end
    assert rebuilt + text[place:] == text
    assert not text[place:].strip()


@given(texts)
def test_no_token_crosses_white_space(text: str) -> None:
    assert not any(char.isspace() for token in tokenise(text).types for char in token)


@given(texts)
def test_chunks_are_those_of_split(text: str) -> None:
    chunks = chunk(text)
    assert [chunks.types[code] for code in chunks.codes] == text.split()
    assert list(zip(chunks.starts.tolist(), chunks.ends.tolist(), strict=True)) == slow_chunks(text)


@pytest.mark.parametrize(
    "piece", ["a.", "a-", "a@", "a*", "(", "http://a(", "www.", "#", "1.", "'", "_", "e\u0301"]
)
def test_long_run_without_spaces_takes_no_quadratic_time(piece: str) -> None:
    before = time.process_time()
    tokenise(piece * 50_000)
    assert time.process_time() - before < 5
