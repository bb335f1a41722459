"""Texts stand in the sources as their writers typed them, and only as far as they may be shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import pytest
from lxml.html import HtmlElement

from manyvoices.documents import Document
from tests.site.books import NAMES, PUBLISHED, Book
from tests.site.leaks import runs, words

pytestmark = pytest.mark.book
Built = Callable[[str], Book]


def by_id(tree: HtmlElement) -> dict[str, HtmlElement]:
    return {element.get("id"): element for element in tree.iter("*") if element.get("id")}


UNSAID = {"mv-hidden", "mv-tag"}


def said(element: HtmlElement) -> str:
    """What stands in an element, without words for screen readers and for layers that are off."""
    return "".join(
        text
        for text in element.xpath(".//text()")
        if not any(UNSAID & {*e.get("class", "").split()} for e in ancestors(text))
    )


def ancestors(text: object) -> list[HtmlElement]:
    parent = text.getparent()  # type: ignore[attr-defined]  # lxml's strings know their element
    parent = parent.getparent() if text.is_tail else parent  # type: ignore[attr-defined]
    return [parent, *parent.iterancestors()]


def sentence_of(element: HtmlElement) -> HtmlElement:
    """The sentence that has the anchor: the element itself, or what it stands in."""
    own = "mv-sentence" in element.get("class", "").split()
    return element if own else element.getparent()


def documents(book: Book, publish: str) -> list[Document]:
    return [d for d in book.corpus.documents if book.corpus.publish(d) == publish]


@pytest.mark.parametrize("name", NAMES)
def test_sources_are_word_for_word(book: Built, name: str) -> None:
    built = book(name)
    public, elements = built.public, by_id(built.tree("chapters/sources.html"))
    shown = {document.id for document in documents(built, "full")}
    rows = public.sentences[public.sentences["document"].isin(shown)]
    sentences = defaultdict(list)  # of each element: more than one where one passage hides them
    for row in rows.itertuples():
        sentences[sentence_of(elements[row.sentence])].append(row)
    differing = [
        of[0].sentence
        for element, of in sentences.items()
        if said(element).split() != public.show(of[0].document, of[0].start, of[-1].end).split()
    ]

    assert len(rows) > 0 or not shown
    assert not differing


@pytest.mark.parametrize("name", NAMES)
def test_a_withheld_passage_appears_as_its_number_of_words(book: Built, name: str) -> None:
    built = book(name)
    full = {document.id for document in documents(built, "full")}
    hidden = {w.document for w in built.corpus.settings.withheld} & full
    elements = by_id(built.tree("chapters/sources.html"))

    for document in hidden:
        assert "withheld]" in said(elements[document])
        assert elements[document].find_class("mv-withheld")


@pytest.mark.parametrize("name", PUBLISHED)
def test_help_is_named_once_over_a_passage_withheld_for_it(book: Built, name: str) -> None:
    settings = book(name).corpus.settings
    elements = by_id(book(name).tree("chapters/sources.html"))
    asked = {one.document for one in settings.withheld if one.help and settings.book.help}

    for document in {one.document for one in settings.withheld}:
        assert len(elements[document].find_class("mv-help")) == (document in asked)


@pytest.mark.parametrize("name", ["own", "plain", "hostile"])
def test_a_text_that_may_be_cited_is_not_reproduced(book: Built, name: str) -> None:
    built = book(name)
    tree = built.tree("chapters/sources.html")
    page = f" {' '.join(words(said(tree)))} "
    cited = documents(built, "cited")
    assert cited
    for document in cited:
        own = words(said(by_id(tree)[document.id]))
        rows = built.corpus.sentences.query("document == @document.id")
        sentences = [document.text[row.start : row.end] for row in rows.itertuples()]

        assert {"text", "is", "not", "reproduced"} <= set(own)
        assert not runs(words(document.text)) & runs(own), document.id
        assert not [s for s in sentences if f" {' '.join(words(s))} " in page], document.id


def test_a_text_that_may_not_be_shown_is_nowhere(book: Built) -> None:
    built = book("blog")
    (letter,) = documents(built, "none")
    elements = by_id(built.tree("chapters/sources.html"))

    assert letter.id == "letter"
    assert not [anchor for anchor in elements if anchor.startswith("letter")]
    assert "The librarian" not in built.tree("chapters/the-texts.html").text_content()


def test_a_quotation_says_its_kind_to_those_who_do_not_see_it(book: Built) -> None:
    texts = book("blog").tree("chapters/sources.html").find_class("mv-document")
    quoted = [
        "".join(e.xpath(".//text()[not(ancestor::*[contains(@class, 'mv-tag')])]"))
        for text in texts
        for e in text.find_class("mv-quoted")
    ]

    assert len(quoted) == 8
    assert "“footfall” (a scare quote, parish council)" in quoted
    assert "“community hours” (a scare quote)" in quoted


def test_a_reply_says_what_it_answers_and_where_it_stood(book: Built) -> None:
    elements = by_id(book("blog").tree("chapters/sources.html"))
    facts = " ".join(said(elements["comment-2.1.2"].find_class("mv-facts")[0]).split())

    assert (
        "answers comment 2.1.1, by a councillor · indented on the page under comment 2.1," in facts
    )
    assert "(certain: It asks to see the letters that 2.1.1 offers to show.)" in facts


def test_an_answer_to_a_deleted_post_stands_without_a_link(book: Built) -> None:
    elements = by_id(book("forum").tree("chapters/sources.html"))
    facts = elements["posts-124"].find_class("mv-facts")[0]

    assert "posts-123" not in elements
    assert "answers posts-123, which is not here" in said(facts)
    assert not list(facts.iter("a"))


def test_a_post_of_several_paragraphs_keeps_them(book: Built) -> None:
    elements = by_id(book("forum").tree("chapters/sources.html"))

    assert "One hose, forty plots." in said(elements["posts-101-p2-s1"])
    assert {"posts-132-p1", "posts-132-p2", "posts-132-p3"} <= set(elements)
