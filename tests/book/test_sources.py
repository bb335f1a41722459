"""The texts as they stand on the page of sources."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from docutils import nodes

from manyvoices.book.sources_page import SourcesPage
from manyvoices.corpus import Corpus
from tests.site.books import CORPORA

Texts = dict[str, nodes.section]


@pytest.fixture(scope="module")
def texts() -> Callable[[str], Texts]:
    """The sections of a corpus: its sources and its documents, by anchor."""

    @cache
    def of(name: str) -> Texts:
        sections = SourcesPage(Corpus.load(CORPORA[name]).public()).sections()
        return {s["ids"][0]: s for one in sections for s in one.findall(nodes.section)}

    return of


def classed(section: nodes.section, name: str) -> list[nodes.Element]:
    return [node for node in section.findall(nodes.Element) if name in node.get("classes", ())]


def title(section: nodes.section) -> str:
    return next(section.findall(nodes.title)).astext()


def test_sentences_that_one_passage_hides_read_as_one(texts: Callable[[str], Texts]) -> None:
    hidden = classed(texts("own")["comment-1"], "mv-withheld")
    sentences = [node.parent for node in hidden]

    assert len(hidden) == 1
    assert len(sentences[0]["ids"]) > 1


def test_every_sentence_keeps_its_anchor(texts: Callable[[str], Texts]) -> None:
    corpus = Corpus.load(CORPORA["own"])
    anchors = {
        anchor
        for one in texts("own").values()
        for n in one.findall(nodes.Element)
        for anchor in n.get("ids", ())
    }

    assert set(corpus.sentences["sentence"]) <= anchors


def test_help_is_named_only_where_a_passage_was_withheld_for_it(
    texts: Callable[[str], Texts],
) -> None:
    helped = [anchor for anchor, one in texts("own").items() if classed(one, "mv-help")]

    assert [a for a in helped if not a.startswith("source-")] == ["comment-1"]


def test_help_stands_before_the_lines_that_are_the_writer_s(texts: Callable[[str], Texts]) -> None:
    _, first, *_ = texts("own")["comment-1"].children

    assert first["classes"] == ["mv-help"]


def test_an_answer_says_in_words_what_it_answers(texts: Callable[[str], Texts]) -> None:
    said = {
        name: classed(texts("own")[name], "mv-facts")[0].astext()
        for name in ("comment-1", "comment-1.1")
    }

    assert "answers the essay" in said["comment-1"]
    assert "answers comment 1, by commenter 1" in said["comment-1.1"]


def test_a_source_whose_text_begins_with_its_title_has_another_heading(
    texts: Callable[[str], Texts],
) -> None:
    sources = Corpus.load(CORPORA["own"]).settings.sources

    assert title(texts("own")["source-essay-and-comments"]) == "Essay and comments"
    assert title(texts("own")["source-abstract"]) == sources["abstract"].title


def test_sentences_that_are_not_reproduced_are_a_list(texts: Callable[[str], Texts]) -> None:
    listed = classed(texts("own")["abstract"], "mv-unquoted")
    items = [item for one in listed for item in one.findall(nodes.list_item)]

    assert [item["ids"] for item in items][:2] == [["abstract-p1-s1"], ["abstract-p1-s2"]]
    assert items[0].astext().endswith(" words")


def test_parts_of_a_page_stand_below_its_essay_in_the_contents(
    texts: Callable[[str], Texts],
) -> None:
    above = {name: texts("own")[name]["answers"] for name in ("notice", "appeal", "comment-1")}

    assert above == {"notice": "essay", "appeal": "essay", "comment-1": "essay"}


def test_help_can_be_called_and_visited(texts: Callable[[str], Texts]) -> None:
    (help_,) = classed(texts("own")["comment-1"], "mv-help")
    addresses = [link["refuri"] for link in help_.findall(nodes.reference)]

    assert addresses == ["tel:116123", "https://findahelpline.com"]
