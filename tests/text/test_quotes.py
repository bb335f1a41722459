import pytest
from hypothesis import given

from manyvoices.text import find_quotations
from tests.reference import splitters
from tests.text.made_up import texts

KINDS = {"quotation", "echo", "scare-quote", "title"}
QUOTATIONS = splitters.UNITS.with_name("quotations.csv")


def pairs(text: str) -> list[str]:
    return [text[found.start : found.end] for found in find_quotations(text) if found.closed]


def lone(text: str) -> list[tuple[int, str]]:
    return [(found.start, found.marks) for found in find_quotations(text) if not found.closed]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("to “speak with one voice” now", ["“speak with one voice”"]),
        ('"a" and ("b")', ['"a"', '"b"']),
        ("a ‘clinical’ term", ["‘clinical’"]),
        ("He said 'it's fine'.", ["'it's fine'"]),
        ("“outer ‘inner’ outer”", ["“outer ‘inner’ outer”", "‘inner’"]),
        ("benefit support services’ ‘They’", ["‘They’"]),
        ("‘the citizens’ views matter’.", ["‘the citizens’ views matter’"]),
        ("‘support services’ They now only", ["‘support services’"]),
        ('a 6\'2" man, "really"', ['"really"']),
        ('the year "1984" was', ['"1984"']),
    ],
)
def test_marks_are_paired(text: str, expected: list[str]) -> None:
    assert pairs(text) == expected


@pytest.mark.parametrize(
    "text",
    ["don’t", "citizens’ needs", "rock 'n' roll", "'tis swingin' on", "the '90s", "dogs' bowls"],
)
def test_apostrophes_are_no_quotation_marks(text: str) -> None:
    assert find_quotations(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("label ‘depressed, anxious", [(6, "‘")]),
        ("thoughts on “IAPT is", [(12, "“")]),
        ("“one “two”", [(0, "“")]),
        ("one” two", [(3, "”")]),
        ('"one', [(0, '"')]),
        ("“a ‘b” c", [(3, "‘")]),
    ],
)
def test_mark_without_a_partner_is_told(text: str, expected: list[tuple[int, str]]) -> None:
    assert lone(text) == expected


def test_inner_span_leaves_out_the_marks() -> None:
    (found,) = find_quotations("so “this” is", 2)
    assert (found.start, found.end, found.inner, found.marks) == (3, 9, (4, 8), "“”")


def test_quotation_ends_with_its_paragraph() -> None:
    text = "“one\ntwo”"
    assert [found.closed for found in find_quotations(text, 0, 4)] == [False]


@given(texts)
def test_quotations_are_in_order_and_nest(text: str) -> None:
    found = find_quotations(text)
    assert found == sorted(found, key=lambda quotation: (quotation.start, -quotation.end))
    for one in found:
        assert text[one.start] == one.marks[0]
        assert text[one.end - 1] == one.marks[-1]
        for other in found:
            crosses = one.start < other.start < one.end < other.end
            assert not crosses


@given(texts)
def test_every_curly_double_mark_is_in_the_list_once(text: str) -> None:
    found = find_quotations(text)
    edges = [edge for one in found for edge in {one.start, one.end - 1} if text[edge] in "“”"]
    assert sorted(edges) == [place for place, char in enumerate(text) if char in "“”"]


def test_every_pair_on_the_page_is_coded_and_no_code_is_stale(page: str) -> None:
    found = [
        quotation
        for paragraph in splitters.paragraphs(page)
        for quotation in find_quotations(page, *paragraph)
    ]
    rows = splitters.read_rows(QUOTATIONS)
    coded = [(int(row["start"]), int(row["end"])) for row in rows]
    assert coded == [(one.start, one.end) for one in found if one.closed]
    assert [(one.start, one.marks) for one in found if not one.closed] == [
        (15686, "“"),
        (29707, "‘"),
    ]
    assert {row["kind"] for row in rows} == KINDS
    assert {row["source"] for row in rows} == {"essay-and-comments"}


def test_echoes_say_whose_words_are_taken_up(page: str) -> None:
    assert all(row["whose"] for row in splitters.read_rows(QUOTATIONS) if row["kind"] == "echo")
