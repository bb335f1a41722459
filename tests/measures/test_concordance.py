"""The concordance against a slow and obvious one, and at its edges."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manyvoices import concordance
from manyvoices.corpus import Corpus
from manyvoices.documents import Document
from manyvoices.errors import QueryError
from manyvoices.masks import Mask
from manyvoices.measures import Span, write_concordance
from manyvoices.store import HIDDEN_MARK, HIDDEN_WORD
from manyvoices.text import fold, split_sentences, tokenise
from tests.model.making import assert_same, document, documents, made_corpus

Row = tuple[str, str | None, str, int, int, str, str, str]
ANY, ONE = object(), object()
Item = tuple[object, ...]  # characters, with ANY for `*` and ONE for `?` between them
Slots = list[list[Item]]  # for each token in turn, its alternatives


@dataclass
class Token:
    """A token, and the units that it stands in."""

    text: str
    start: int
    end: int
    units: dict[Span, str]


@cache
def tokens_of(one: Document) -> list[Token]:
    """The tokens of a document, found paragraph by paragraph."""
    found = []
    for p in one.paragraphs:
        paragraph = one.paragraph_id(p)
        sentences = split_sentences(one.text, p.start, p.end)
        cut = tokenise(one.text, p.start, p.end)
        for start, end in zip(cut.starts.tolist(), cut.ends.tolist(), strict=True):
            number = sum(first <= start for first, _ in sentences)
            units = {
                Span.SENTENCE: f"{paragraph}-s{number}",
                Span.PARAGRAPH: paragraph,
                Span.DOCUMENT: one.id,
            }
            found.append(Token(one.text[start:end], start, end, units))
    return found


def fits(slot: list[Item], token: str) -> bool:
    def pattern(item: Item) -> str:
        wild = {ANY: ".*", ONE: "."}
        return "".join(wild.get(c) or re.escape(fold(str(c))) for c in _together(item))

    if HIDDEN_WORD in token or HIDDEN_MARK in token:
        return False
    return any(re.fullmatch(pattern(item), fold(token), re.DOTALL) for item in slot)


def _together(item: Item) -> Item:
    """The item with its neighbouring characters joined, since some fold only together."""
    joined: list[object] = []
    for c in item:
        if joined and isinstance(c, str) and isinstance(joined[-1], str):
            joined[-1] += c
        else:
            joined.append(c)
    return tuple(joined)


def in_words(slots: Slots) -> str:
    """The query as one types it."""

    def escape(c: object) -> str:
        if c is ANY or c is ONE:
            return "*" if c is ANY else "?"
        return f"\\{c}" if str(c) in r"\*?|@/" else str(c)

    def item(characters: Item) -> str:
        typed = "".join(map(escape, characters))
        return "\\" + typed if typed.startswith("...") else typed

    return " ".join("|".join(map(item, slot)) for slot in slots)


def slow_concordance(corpus: Corpus, slots: Slots, window: int, within: Span) -> list[Row]:
    rows: list[Row] = []
    for one in corpus.documents:
        tokens = tokens_of(one)
        for i in range(len(tokens) - len(slots) + 1):
            hit = tokens[i : i + len(slots)]
            unit = hit[0].units[within]
            if any(token.units[within] != unit for token in hit):
                continue
            if not all(fits(slot, token.text) for slot, token in zip(slots, hit, strict=True)):
                continue
            around = [
                token
                for token in tokens[max(0, i - window) : i + len(slots) + window]
                if token.units[within] == unit
            ]
            start, end = hit[0].start, hit[-1].end
            left = one.text[around[0].start : start]
            right = one.text[end : around[-1].end]
            sentence = hit[0].units[Span.SENTENCE]
            rows.append((one.id, one.voice, sentence, start, end, left, one.text[start:end], right))
    return rows


def rows_of(corpus: Corpus, query: str, **options: object) -> list[Row]:
    table = concordance(corpus, query, **options)  # type: ignore[arg-type]  # window, within, limit
    table["voice"] = table["voice"].astype(object).where(table["voice"].notna(), None)
    return list(table.itertuples(index=False, name=None))


def literal(token: str) -> Item:
    return tuple(token)


def types_of(corpus: Corpus) -> list[str]:
    return list(dict.fromkeys(name for shard in corpus.shards for name in shard.folded))


def is_one_token(text: str) -> bool:
    return tokenise(text).types == [text] and not any(c in text for c in "█░")


def test_every_type_of_the_corpus_is_found_where_a_slow_search_finds_it(corpus: Corpus) -> None:
    places: dict[str, list[tuple[str, int]]] = {}
    for one in corpus.documents:
        for token in tokens_of(one):
            places.setdefault(fold(token.text), []).append((one.id, token.start))
    names = list(filter(is_one_token, types_of(corpus)))

    found: dict[str, list[tuple[str, int]]] = {}
    for first in range(0, len(names), 10):
        query = in_words([[literal(name) for name in names[first : first + 10]]])
        for row in rows_of(corpus, query, window=0):
            found.setdefault(fold(row[6]), []).append((row[0], row[3]))

    assert found == {name: places[name] for name in names}
    assert len(found) > 0.95 * len(places)


@settings(max_examples=30)
@given(st.data())
def test_queries_on_the_corpus_equal_the_slow_concordance(
    corpus: Corpus, data: st.DataObject
) -> None:
    check_against_slow(corpus, data)


@given(documents().filter(bool), st.data())
def test_queries_on_made_up_texts_equal_the_slow_concordance(
    made: list[Document], data: st.DataObject
) -> None:
    check_against_slow(made_corpus(made), data)


def check_against_slow(corpus: Corpus, data: st.DataObject) -> None:
    slots = data.draw(queries(corpus))
    window = data.draw(st.integers(0, 6))
    within = data.draw(st.sampled_from([Span.SENTENCE, Span.PARAGRAPH, Span.DOCUMENT]))

    found = rows_of(corpus, in_words(slots), window=window, within=within)

    assert found == slow_concordance(corpus, slots, window, within)


@st.composite
def queries(draw: st.DrawFn, corpus: Corpus) -> Slots:
    """Words, phrases, globs and alternatives, most of them met somewhere in the corpus."""
    one = draw(st.sampled_from(corpus.documents))
    texts = [token.text for token in tokens_of(one)]
    at = draw(st.integers(0, len(texts) - 1))
    phrase = texts[at : at + draw(st.integers(1, 3))]
    others = st.sampled_from([*texts, "therapy", "don't", "“"]).filter(is_one_token)
    slots = []
    for token in phrase:
        if not is_one_token(token):
            slots.append([(ANY,)])
        else:
            choices = [token, *draw(st.lists(others, max_size=2))]
            slots.append([draw(varied(choice)) for choice in choices])
    return slots


@st.composite
def varied(draw: st.DrawFn, token: str) -> Item:
    """The token, or one of its folded spellings, or a glob that it fits."""
    folded = fold(token)
    place = draw(st.integers(0, len(folded) - 1))
    choices: list[Item] = [
        literal(token),
        (*folded[:place], ONE, *folded[place + 1 :]),
        (*folded[:place], ANY),
        (ANY, *folded[place:]),
        (ANY,),
    ]
    if is_one_token(folded):
        choices.append(literal(folded))
    if token.isascii() and is_one_token(token.upper()):
        choices.append(literal(token.upper()))
    return draw(st.sampled_from(choices))


@pytest.mark.parametrize(
    ("within", "left", "right"),
    [
        (Span.SENTENCE, "a ", " b."),
        (Span.PARAGRAPH, "One. a ", " b. Two."),
        (Span.DOCUMENT, "Zero.\n\nOne. a ", " b. Two.\n\nThree."),
    ],
)
def test_window_stops_at_the_boundary_of_the_unit(within: Span, left: str, right: str) -> None:
    corpus = made_corpus(
        [
            document("before", ["Other text."]),
            document("here", ["Zero.", "One. a node b. Two.", "Three."]),
            document("after", ["Other text."]),
        ]
    )

    (row,) = rows_of(corpus, "node", window=50, within=within)

    assert row[5:] == (left, "node", right)


def test_window_counts_marks_as_tokens() -> None:
    corpus = made_corpus([document("a", ["Yes, no: node; and (so) on."])])

    (row,) = rows_of(corpus, "node", window=2)

    assert row[5:] == ("no: ", "node", "; and")


@pytest.mark.parametrize("typed", ["don't", "don’t", "DON'T", "Don’t"])
@pytest.mark.parametrize("written", ["don't", "don’t", "Don’t"])
def test_apostrophes_of_any_shape_find_each_other(typed: str, written: str) -> None:
    corpus = made_corpus([document("a", [f"I {written} know."])])

    assert [row[6] for row in rows_of(corpus, typed)] == [written]


@pytest.mark.parametrize("typed", ["\u201cgood\u201d", '"good"'])
def test_quotation_marks_of_any_shape_find_each_other(typed: str) -> None:
    corpus = made_corpus([document("a", ["A “good” one.", 'A "good" one.'])])

    assert [row[6] for row in rows_of(corpus, typed)] == ["“good”", '"good"']


@pytest.mark.parametrize("within", [Span.SENTENCE, Span.PARAGRAPH, Span.DOCUMENT])
@pytest.mark.parametrize("shards", [1, 2])
def test_phrases_never_cross_documents(within: Span, shards: int) -> None:
    made = [document("a", ["mental"]), document("b", ["health"])]

    assert rows_of(made_corpus(made, shards=shards), "mental health", within=within) == []


def test_phrases_cross_sentences_only_where_the_unit_is_larger() -> None:
    corpus = made_corpus([document("a", ["It is mental. Health is."])])

    assert [row[3:5] for row in rows_of(corpus, "mental . health")] == [(6, 20)]
    assert rows_of(corpus, "mental . health", within=Span.SENTENCE) == []


def test_hits_that_overlap_are_all_found() -> None:
    corpus = made_corpus([document("a", ["so so so so"])])

    assert [row[3] for row in rows_of(corpus, "so so")] == [0, 3, 6]


@pytest.mark.parametrize("query", ["the", "of the", "a*|the", "*", "nothing-like-this"])
@pytest.mark.parametrize("shards", [1, 3])
def test_limit_gives_the_first_rows_of_all(
    in_shards: Callable[[int], Corpus], query: str, shards: int
) -> None:
    corpus = in_shards(shards)
    whole = concordance(corpus, query, window=3)

    for limit in (0, 1, 7, len(whole), len(whole) + 5):
        limited = concordance(corpus, query, window=3, limit=limit)
        assert_same(limited, whole.head(limit))


@pytest.mark.parametrize(
    "query", ["", "  ", "\n", "|", "a|", "|a", "a||b", "a |", "| a", "well a|", "*|", "|?"]
)
def test_empty_queries_and_alternatives_are_refused(corpus: Corpus, query: str) -> None:
    with pytest.raises(QueryError, match="empty"):
        concordance(corpus, query)


@given(st.text(max_size=30))
def test_any_query_finds_something_or_nothing_or_is_refused(text: str) -> None:
    corpus = made_corpus([document("a", ["It’s (a) b? c. — d/e @f [g] {h} i\\j *k* e\u0301 🙂."])])

    try:
        rows = rows_of(corpus, text)
    except QueryError:
        return
    assert all(corpus.by_id[row[0]].text[row[3] : row[4]] == row[6] for row in rows)


def with_hidden_words() -> Corpus:
    """The published view of a sentence in which two words are withheld."""
    made = [document("a", ["A plain, secret (really!) word."])]
    masks = {"a": (Mask(made[0].text.index("secret"), made[0].text.index(" word")),)}
    return made_corpus(made, masks=masks).public()


@pytest.mark.parametrize(
    "query", ["*", "?", "?*", "sec*", "secret|plain", "??????", "/.*/", "@secret|@plain"]
)
def test_wildcards_never_find_what_is_hidden(query: str) -> None:
    nodes = [row[6] for row in rows_of(with_hidden_words(), query)]

    assert {"plain", "word", "A", ",", "."} >= set(nodes)
    assert not any(HIDDEN_WORD in node or HIDDEN_MARK in node for node in nodes)


def test_gap_over_hidden_words_shows_their_number() -> None:
    (row,) = rows_of(with_hidden_words(), "plain ...6 word")

    assert row[6] == "plain, [2 words withheld] word"


def test_hidden_words_stand_in_the_context_as_their_number() -> None:
    (row,) = rows_of(with_hidden_words(), "plain")

    assert row[7] == ", [2 words withheld] word."


@pytest.mark.parametrize("query", ["the", "*", "of the", "work*"])
def test_public_hits_are_those_that_touch_nothing_hidden(
    corpus: Corpus, public: Corpus, query: str
) -> None:
    shown = {document.id for document in public.documents}

    def is_open(row: Row) -> bool:
        masks = public.masks.get(row[0], ())
        return row[0] in shown and not any(m.start < row[4] and row[3] < m.end for m in masks)

    whole = [row[:5] for row in rows_of(corpus, query) if is_open(row)]

    assert [row[:5] for row in rows_of(public, query)] == whole


def test_rows_beside_hidden_words_are_not_ordered_by_the_length_of_these() -> None:
    made = [document("a", ["longer node", "low node"])]
    public = made_corpus(made, masks={"a": (Mask(0, 6), Mask(13, 16))}).public()

    rows = rows_of(public, "node", sort=["L1"], within=Span.PARAGRAPH)

    assert [row[2] for row in rows] == ["a-p1-s1", "a-p2-s1"]


def test_a_written_row_is_no_formula_for_a_spreadsheet(tmp_path: Path) -> None:
    corpus = made_corpus([document("a", ["x =1 - a, b @c x +d."])])
    write_concordance(concordance(corpus, "x|b|@d", window=2), tmp_path / "rows.csv")

    assert (tmp_path / "rows.csv").read_text("utf-8").splitlines() == [
        "document,voice,sentence,start,end,left,node,right",
        "a,one,a-p1-s1,0,1,,x,' =1",
        'a,one,a-p1-s1,10,11,"a, ",b,\' @c x',
        "a,one,a-p1-s1,15,16,b @c ,x,' +d",
        "a,one,a-p1-s1,18,19,x +,d,.",
    ]
