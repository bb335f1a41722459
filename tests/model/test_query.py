"""The query language: what each sign means, and what is refused."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manyvoices import concordance
from manyvoices.corpus import Corpus
from manyvoices.documents import Document
from manyvoices.errors import QueryError
from manyvoices.measures import Span
from manyvoices.query import parse_query
from tests.model.making import document, documents, made_corpus


def said(text: str) -> Corpus:
    return made_corpus([document("a", [text])])


def nodes(corpus: Corpus, query: str, **options: object) -> list[str]:
    table = concordance(corpus, query, window=0, **options)  # type: ignore[arg-type]  # case, within
    return list(table["node"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("work", ["work", "Work"]),
        ("work*", ["work", "Work", "works", "worked"]),
        ("*ork", ["work", "Work", "fork"]),
        ("?ork", ["work", "Work", "fork"]),
        ("work?", ["works"]),
        ("work??", ["worked"]),
        ("w*k", ["work", "Work"]),
        ("fork|works", ["works", "fork"]),
        ("f*|works", ["works", "fork"]),
        ("the *", ["the fork"]),
        ("work :", ["work:"]),
        ("fork .", ["fork."]),
        ("@work", ["work", "Work", "works", "worked"]),
        ("@work|fork", ["work", "Work", "works", "worked", "fork"]),
        ("/[wf]ork/", ["work", "Work", "fork"]),
        ("/wor.+/", ["work", "Work", "works", "worked"]),
        ("/or/", []),
        ("the /f.*/", ["the fork"]),
        ("work ... fork", ["Work works; worked the fork"]),
        ("work ...6 fork", ["work: Work works; worked the fork", "Work works; worked the fork"]),
        ("worked ...1 fork", ["worked the fork"]),
        ("work ...1 fork", []),
        ("work ...0 :", ["work:"]),
    ],
)
def test_signs_mean_what_they_are_said_to(query: str, found: list[str]) -> None:
    corpus = said("I work: Work works; worked the fork. No.")

    assert nodes(corpus, query) == found


@pytest.mark.parametrize(
    ("query", "node"),
    [
        (r"\?", "?"),
        (r"\*", "*"),
        (r"\|", "|"),
        (r"\@", "@"),
        (r"\...", "..."),
        (r"\\", "\\"),
        (r"\/", "/"),
        (r"M\*\*\*", "M***"),
        ("@", "@"),
        ("/", "/"),
    ],
)
def test_backslash_takes_away_a_special_meaning(query: str, node: str) -> None:
    assert nodes(said(f"Well {node} no."), query) == [node]


def test_case_and_accents_matter_only_where_asked() -> None:
    corpus = said("Zoë zoe ZOË zoës.")

    assert nodes(corpus, "zoë") == ["Zoë", "ZOË"]
    assert nodes(corpus, "zoë", accents=False) == ["Zoë", "zoe", "ZOË"]
    assert nodes(corpus, "Zoë", case=True) == ["Zoë"]
    assert nodes(corpus, "Zo*", case=True) == ["Zoë"]
    assert nodes(corpus, "/Zo[e]/", case=True, accents=False) == ["Zoë"]


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ("", "empty"),
        ("...", "gap with no word beside it"),
        ("... a", "gap with no word beside it"),
        ("a ... ... b", "gap with no word beside it"),
        ("a ...", "gap with no word beside it"),
        ("a\\", "ends in a backslash"),
        ("@a*", "wildcard in a lemma"),
        ("a|so, what", "the alternative"),
        ("/(?=a)b/", "look-around"),
        ("/(?P<n>a)/", "look-around, names and flags"),
        ("/(?i)a/", "look-around, names and flags"),
        (r"/(a)\1/", "a backreference"),
        (r"/\ba/", "an escape that is not known here"),
        ("/[a/", "without its"),
        ("/(a/", "`(` without its `)`"),
        ("/a)/", "`)` without its `(`"),
        ("/a)|(b/", "`)` without its `(`"),
        ("/*a/", "cannot be used"),
        ("/[z-a]/", "cannot be used"),
        ("/((a{99}){99}){99}/", "cannot be used"),
        ("a" * 1001, "1001 characters"),
    ],
)
def test_queries_that_mean_nothing_are_refused(query: str, what: str) -> None:
    with pytest.raises(QueryError) as caught:
        concordance(said("A b."), query)

    assert what in str(caught.value)


def test_a_hyphen_after_a_class_of_characters_is_a_hyphen() -> None:
    assert nodes(said("a-z ` b"), r"/[\w-z]+/") == ["a-z", "b"]


def test_a_gap_is_counted_in_plain_digits() -> None:
    assert nodes(said("a b ...٣ c"), "b ...٣ c") == ["b ...٣ c"]


def test_pattern_that_runs_away_elsewhere_takes_a_moment() -> None:
    corpus = said("a" * 40 + "! b")
    begin = time.perf_counter()

    assert nodes(corpus, "/(a+)+$/") == ["a" * 40]
    assert nodes(corpus, "/(a|aa)+b/") == []
    assert time.perf_counter() - begin < 2


atoms = st.sampled_from(
    ["a", "b", "é", "1", "-", ".", r"\w", r"\d", r"\.", "[ab]", "[^a]", r"[\d-]", "[b-d]", "[]a]"]
)
patterns = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"({two[0]}|{two[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,2}", "{1,}"])).map(
            lambda two: f"(?:{two[0]}){two[1]}"
        ),
    ),
    max_leaves=6,
)


@settings(max_examples=100)
@given(patterns)
def test_regular_expressions_match_as_pythons_do(pattern: str) -> None:
    words = [
        "a",
        "b",
        "ab",
        "aa",
        "abba",
        "é",
        "aé",
        "1",
        "11",
        "b1",
        "a-b",
        "1-1",
        "c",
        "cd",
        "bcd",
    ]
    corpus = said(" ".join(words))

    found = nodes(corpus, f"/{pattern}/", case=True)

    assert found == [word for word in words if re.fullmatch(pattern, word)]


runs = st.lists(st.sampled_from(["a", "b", "c", "?", "a|b"]), min_size=1, max_size=2)


@settings(max_examples=60)
@given(
    st.lists(st.lists(st.sampled_from("abcd."), min_size=1, max_size=12), min_size=1, max_size=3),
    runs,
    st.lists(st.tuples(st.integers(0, 4), runs), max_size=2),
    st.sampled_from([Span.SENTENCE, Span.DOCUMENT]),
)
def test_gaps_are_as_short_as_can_be(
    texts: list[list[str]], first: list[str], others: list[tuple[int, list[str]]], within: Span
) -> None:
    corpus = made_corpus([document(f"t-{i}", [" ".join(text)]) for i, text in enumerate(texts)])
    query = " ".join([*first, *(f"...{gap} {' '.join(run)}" for gap, run in others)])
    units = "sentence" if within is Span.SENTENCE else "document"

    table = concordance(corpus, query, window=0, within=within)

    slow = []
    for one in corpus.documents:
        tokens = [(c, i) for i, c in enumerate(one.text) if c != " "]
        sentences = corpus.sentences[corpus.sentences["document"] == one.id]
        unit = {
            place: name if units == "sentence" else one.id
            for name, start, end in sentences[["sentence", "start", "end"]].to_numpy()
            for place in range(start, end)
        }
        for i, (_, start) in enumerate(tokens):
            own = [c for c, place in tokens[i:] if unit[place] == unit[start]]
            if size := reach(own, [(0, first), *others]):
                slow.append((one.id, start, tokens[i + size - 1][1] + 1))
    assert list(table[["document", "start", "end"]].itertuples(index=False, name=None)) == slow


def reach(tokens: list[str], rest: list[tuple[int, list[str]]]) -> int:
    """How many tokens the shortest hit takes that begins here; 0 where none does."""
    _, run = rest[0]
    fits = len(tokens) >= len(run) and all(
        slot == "?" or token in slot.split("|") for slot, token in zip(run, tokens, strict=False)
    )
    if not fits:
        return 0
    if len(rest) == 1:
        return len(run)
    for skipped in range(rest[1][0] + 1):
        if size := reach(tokens[len(run) + skipped :], rest[1:]):
            return len(run) + skipped + size
    return 0


@given(st.text(max_size=60))
def test_any_text_is_a_query_or_refused(text: str) -> None:
    try:
        query = parse_query(text)
    except QueryError as error:
        message = str(error)
    else:
        message = "fine"
        assert len(query.gaps) == len(query.runs) - 1
        assert all(query.runs)
    assert message


@settings(max_examples=20)
@given(documents().filter(bool), st.integers(0, 4), st.booleans())
def test_sample_is_drawn_from_all_hits_and_its_seed_decides(
    made: list[Document], size: int, other: bool
) -> None:
    corpus = made_corpus(made, shards=2)
    whole = concordance(corpus, "*", window=1)
    places = ["document", "start", "end"]

    drawn = concordance(corpus, "*", window=1, sample=size, seed=3 + other)

    assert len(drawn) == min(size, len(whole))
    rows = [tuple(row) for row in whole[places].to_numpy()]
    chosen = [rows.index(tuple(row)) for row in drawn[places].to_numpy()]
    assert chosen == sorted(set(chosen))
    again = concordance(corpus, "*", window=1, sample=size, seed=3 + other)
    assert again.equals(drawn)


def test_rows_are_sorted_by_what_stands_beside_them() -> None:
    lines = ["b node z", "a node y", "B node x", "node w", "a node w"]
    corpus = made_corpus([document("a", lines)])

    def order(*keys: str) -> list[str]:
        table = concordance(corpus, "node", window=1, sort=keys, within=Span.PARAGRAPH)
        return [f"{row.left.strip()}|{row.right.strip()}" for row in table.itertuples()]

    assert order() == ["b|z", "a|y", "B|x", "|w", "a|w"]
    assert order("R1") == ["|w", "a|w", "B|x", "a|y", "b|z"]
    assert order("L1") == ["|w", "a|y", "a|w", "b|z", "B|x"]
    assert order("node", "position") == order()
