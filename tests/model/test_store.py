"""Shards: the levels nest, the columns point into the text, and parts of a shard are shards."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyvoices.corpus import Corpus
from manyvoices.documents import Document
from manyvoices.store import HIDDEN_MARK, HIDDEN_WORD, Shard, build_shard
from manyvoices.text.tokens import is_word
from tests.model.making import document, documents

Span = tuple[int, int]
COLUMNS = [
    *("types", "starts", "sentence_starts", "sentence_ends"),
    *("sentence_tokens", "paragraph_sentences", "document_paragraphs"),
    *("lengths", "token_starts", "token_ends"),
    *("token_sentences", "sentence_paragraphs", "paragraph_documents", "token_documents"),
]


def walk(shard: Shard) -> Iterator[tuple[Document, Span, list[Span]]]:
    """Each sentence with its document and its tokens, read from the columns one by one."""
    for d, one in enumerate(shard.documents):
        for p in range(shard.document_paragraphs[d], shard.document_paragraphs[d + 1]):
            for s in range(shard.paragraph_sentences[p], shard.paragraph_sentences[p + 1]):
                start, end = int(shard.sentence_starts[s]), int(shard.sentence_ends[s])
                tokens = []
                for t in range(shard.sentence_tokens[s], shard.sentence_tokens[s + 1]):
                    first = start + int(shard.starts[t])
                    tokens.append((first, first + len(shard.vocabulary[shard.types[t]])))
                yield one, (start, end), tokens


def surfaces(shard: Shard) -> list[str]:
    return [shard.vocabulary[code] for code in shard.types.tolist()]


def contents(shard: Shard) -> dict[str, object]:
    """A shard as plain values, whatever the numbering of its types."""
    columns = {name: getattr(shard, name).tolist() for name in COLUMNS if name != "types"}
    return {"documents": shard.documents, "surfaces": surfaces(shard), **columns}


def check_order(spans: list[Span]) -> None:
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def check_shard(shard: Shard) -> None:
    """Every level nests in the one above, in order, and tokens and gaps rebuild each sentence."""
    found = surfaces(shard)
    for one in shard.documents:
        check_order([(p.start, p.end) for p in one.paragraphs])
        assert all(
            (text := one.text[p.start : p.end]) == text.strip() and text for p in one.paragraphs
        )
    last: dict[str, int] = {}
    for one, (start, end), tokens in walk(shard):
        assert last.get(one.id, 0) <= start
        last[one.id] = end
        assert any(p.start <= start and end <= p.end for p in one.paragraphs)
        assert (tokens[0][0], tokens[-1][1]) == (start, end)
        check_order(tokens)
        rebuilt, at = "", start
        for first, after in tokens:
            gap = one.text[at:first]
            assert gap == "" or gap.isspace()
            rebuilt += gap + found.pop(0)
            at = after
        assert rebuilt == one.text[start:end]
    assert found == []


@pytest.mark.parametrize("shards", [1, 2, 3, 7])
def test_levels_nest_and_tokens_rebuild_every_sentence(
    in_shards: Callable[[int], Corpus], shards: int
) -> None:
    for shard in in_shards(shards).shards:
        check_shard(shard)


@given(documents())
def test_levels_nest_and_tokens_rebuild_made_up_sentences(made: list[Document]) -> None:
    check_shard(build_shard(made))


@given(documents())
def test_sentences_cover_every_paragraph(made: list[Document]) -> None:
    shard = build_shard(made)
    covered = {(one.id, i) for one, (a, b), _ in walk(shard) for i in range(a, b)}

    for one in made:
        for p in one.paragraphs:
            rest = "".join(one.text[i] for i in range(p.start, p.end) if (one.id, i) not in covered)
            assert rest.strip() == ""


@given(documents())
def test_every_column_is_int32(made: list[Document]) -> None:
    shard = build_shard(made)

    assert {name: getattr(shard, name).dtype for name in COLUMNS} == {
        name: np.dtype(np.int32) for name in COLUMNS
    }


def test_every_column_of_the_corpus_is_int32(corpus: Corpus, public: Corpus) -> None:
    for one in (corpus, public):
        kinds = {getattr(shard, name).dtype for shard in one.shards for name in COLUMNS}
        assert kinds == {np.dtype(np.int32)}


@given(documents(), st.data())
def test_taking_documents_equals_building_from_them(
    made: list[Document], data: st.DataObject
) -> None:
    flags = data.draw(st.lists(st.booleans(), min_size=len(made), max_size=len(made)))
    kept = [one for one, keep in zip(made, flags, strict=True) if keep]

    taken = build_shard(made).take(np.array(flags, bool))

    assert contents(taken) == contents(build_shard(kept))


def test_taking_documents_of_the_corpus_equals_building_from_them(corpus: Corpus) -> None:
    (shard,) = corpus.shards
    for step in (2, 3):
        flags = np.arange(len(shard.documents)) % step == 0

        assert contents(shard.take(flags)) == contents(build_shard(shard.documents[::step]))


def test_ids_of_all_units_differ(corpus: Corpus) -> None:
    ids = [
        name
        for shard in corpus.shards
        for names in ([d.id for d in shard.documents], shard.paragraph_ids, shard.sentence_ids)
        for name in names
    ]

    assert len(ids) == len(set(ids))


def test_ids_count_paragraphs_and_sentences_from_one() -> None:
    shard = build_shard([document("a", ["One. Two.", "Three."]), document("b", ["Four."])])

    assert shard.paragraph_ids == ("a-p1", "a-p2", "b-p1")
    assert shard.sentence_ids == ("a-p1-s1", "a-p1-s2", "a-p2-s1", "b-p1-s1")


def test_shard_of_nothing_is_empty() -> None:
    shard = build_shard([])

    assert contents(shard) == contents(
        build_shard([document("a", ["One."])]).take(np.array([False]))
    )
    assert shard.sentence_ids == ()


def test_text_between_paragraphs_is_in_no_column() -> None:
    whole = document("a", ["One.", "left out", "Two."])
    first, _, last = whole.paragraphs
    shard = build_shard([Document(**{**fields(whole), "paragraphs": (first, last)})])

    assert surfaces(shard) == ["One", ".", "Two", "."]


def fields(one: Document) -> dict[str, object]:
    return {name: getattr(one, name) for name in Document.__dataclass_fields__}


@st.composite
def hidden_documents(draw: st.DrawFn) -> tuple[list[Document], list[list[Span]]]:
    """Documents, and for each some stretches to hide: overlapping, adjacent, at either edge."""
    made = draw(documents())
    spans = []
    for one in made:
        edges = st.integers(0, len(one.text))
        pairs = draw(st.lists(st.tuples(edges, edges), max_size=3))
        spans.append([(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]])
    return made, spans


@given(hidden_documents())
def test_hiding_keeps_every_span_and_the_number_of_words(
    case: tuple[list[Document], list[list[Span]]],
) -> None:
    made, spans = case
    shard = build_shard(made)

    hidden = shard.hide(spans)

    check_shard(hidden)
    assert hidden.words.tolist() == shard.words.tolist()
    assert hidden.sentence_ids == shard.sentence_ids
    for name in COLUMNS:
        if name != "types":
            assert getattr(hidden, name).tolist() == getattr(shard, name).tolist()


@given(hidden_documents())
def test_hiding_overwrites_each_token_that_a_span_touches_and_no_other(
    case: tuple[list[Document], list[list[Span]]],
) -> None:
    made, spans = case
    shard = build_shard(made)
    at = [(one.id, token) for one, _, tokens in walk(shard) for token in tokens]
    hidden = {one.id: of for one, of in zip(made, spans, strict=True)}

    before, after = surfaces(shard), surfaces(shard.hide(spans))

    for (name, (first, last)), old, new in zip(at, before, after, strict=True):
        touched = any(start < last and first < end for start, end in hidden[name])
        mark = HIDDEN_WORD if is_word(old) else HIDDEN_MARK
        assert new == (mark * len(old) if touched else old)


@given(hidden_documents())
def test_hidden_stretches_are_neither_in_the_text_nor_in_the_vocabulary(
    case: tuple[list[Document], list[list[Span]]],
) -> None:
    made, spans = case
    hidden = build_shard(made).hide(spans)

    for old, new, of in zip(made, hidden.documents, spans, strict=True):
        assert len(new.text) == len(old.text)
        for start, end in of:
            shown = set(new.text[start:end])
            assert all(c in (HIDDEN_WORD, HIDDEN_MARK) or c.isspace() for c in shown)
    assert set(hidden.vocabulary) == set(surfaces(hidden))


@given(hidden_documents())
def test_hiding_twice_changes_nothing(case: tuple[list[Document], list[list[Span]]]) -> None:
    made, spans = case
    once = build_shard(made).hide(spans)

    assert contents(once.hide(spans)) == contents(once)


@given(documents(), st.data())
def test_tokens_in_a_stretch_are_those_that_touch_it(
    made: list[Document], data: st.DataObject
) -> None:
    shard = build_shard(made)
    tokens = [(one.id, token) for one, _, of in walk(shard) for token in of]
    for i, one in enumerate(made):
        start = data.draw(st.integers(0, len(one.text) - 1))
        end = data.draw(st.integers(start + 1, len(one.text)))
        touching = [
            t
            for t, (name, (first, last)) in enumerate(tokens)
            if name == one.id and first < end and start < last
        ]

        assert list(shard.tokens_in(i, start, end)) == touching
