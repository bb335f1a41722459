"""The reader of copied WordPress pages."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyvoices.corpus import Corpus
from manyvoices.documents import Document
from manyvoices.errors import SourceError
from manyvoices.settings import Source
from manyvoices.sources.lines import split_lines
from manyvoices.sources.wordpress import FORM, HEADING, LIKES, Page
from tests.model.making import PAGE, corpus_of

HEAD = "A title\n\nFirst paragraph.\nSecond paragraph.\n\n"
TWO = "2 thoughts on “A title”\n\n"


def read(text: str, **options: object) -> Page:
    """The page, taken apart, as if it stood in page.txt."""
    source = Source(
        file=Path("page.txt"),
        format="wordpress-copy",
        title="A page",
        citation="A page.",
        rights="Nobody's.",
        publish="full",
        **options,  # type: ignore[arg-type]  # checked by pydantic
    )
    return Page("page", source, Path("page.txt"), text, split_lines(text))


def documents_of(text: str, **options: object) -> dict[str, Document]:
    return {one.id: one for one in read(text, **options).documents()}


def paragraphs(one: Document) -> list[str]:
    return [one.text[p.start : p.end] for p in one.paragraphs]


def refusal(text: str, **options: object) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read(text, **options)
    return caught.value


def check_every_line(page: Page) -> None:
    """Every line has one fate, in order, and what lies between the fates' spans is line ends."""
    assert [fate.line for fate in page.fates] == [line.number for line in page.lines]
    at, rebuilt = 0, ""
    for fate in page.fates:
        gap = page.text[at : fate.start]
        assert gap in (("",) if fate.line == 1 else ("\n", "\r\n"))
        rebuilt += gap + page.text[fate.start : fate.end]
        at = fate.end
    assert rebuilt + page.text[at:] == page.text
    assert page.text[at:] in ("", "\r")
    assert all(fate.fate for fate in page.fates)


def test_every_line_of_every_page_has_one_fate(corpus: Corpus) -> None:
    for reading in corpus.readings:
        source = corpus.settings.sources[reading.source]
        if source.format == "csv":
            continue
        text = corpus.description.path(source.file).read_bytes().decode("utf-8")
        assert [fate.line for fate in reading.fates] == list(range(1, text.count("\n") + 2))
        at = 0
        for fate in reading.fates:
            assert text[at : fate.start] in ("", "\n", "\r\n")
            at = fate.end
        assert text[at:] in ("", "\r")


def test_every_document_is_a_slice_of_its_file(corpus: Corpus) -> None:
    for one in corpus.documents:
        if one.locator.start is not None:
            file = corpus.description.path(corpus.settings.sources[one.source].file)
            text = file.read_bytes().decode("utf-8")
            assert text[one.locator.start : one.locator.end] == one.text


def test_every_line_of_text_is_in_a_paragraph_of_its_document(corpus: Corpus) -> None:
    for reading in corpus.readings:
        if corpus.settings.sources[reading.source].format == "csv":
            continue
        for fate in reading.fates:
            if fate.document and fate.fate != "likes":
                one = corpus.by_id[fate.document]
                assert one.locator.start is not None
                start, end = fate.start - one.locator.start, fate.end - one.locator.start
                assert any(p.start < end and start < p.end for p in one.paragraphs)


def test_comments_of_this_page(this_corpus: Corpus) -> None:
    found = [
        (one.number, one.indent_parent, one.reply_to, one.likes)
        for one in this_corpus.documents
        if one.kind == "comment"
    ]

    assert found == [
        ("1", "essay", "essay", None),
        ("1.1", "comment-1", "comment-1", 1),
        ("2", "essay", "essay", None),
        ("2.1", "comment-2", "comment-2", 5),
        ("2.2", "comment-2", "comment-2", 3),
        ("2.2.1", "comment-2.2", "comment-2.2", 3),
        ("3", "essay", "essay", 1),
        ("4", "essay", "essay", 1),
        ("5", "essay", "essay", None),
        ("5.1", "comment-5", "comment-5", 2),
        ("5.1.1", "comment-5.1", "comment-5.1", None),
        ("5.1.2", "comment-5.1", "comment-5.1.1", 1),
        ("6", "essay", "essay", None),
        ("6.1", "comment-6", "comment-6", None),
        ("7", "essay", "essay", 1),
        ("8", "essay", "essay", None),
        ("9", "essay", "essay", 1),
        ("9.1", "comment-9", "comment-9", None),
    ]


def test_heading_of_this_page_counts_more_comments_than_it_shows(this_corpus: Corpus) -> None:
    stated = [reading.stated_comments for reading in this_corpus.readings]

    assert stated == [30, None]


def test_essay_of_this_page_has_title_caption_and_39_paragraphs(this_corpus: Corpus) -> None:
    labels = [p.label for p in this_corpus.by_id["essay"].paragraphs]

    assert labels == ["title", "caption", *(f"p{i}" for i in range(1, 40))]


def test_other_parts_of_this_page_are_documents_of_their_own(this_corpus: Corpus) -> None:
    kinds = [(one.id, one.kind, len(one.paragraphs)) for one in this_corpus.documents]

    assert kinds[1:4] == [
        ("notice", "notice", 5),
        ("related", "related", 6),
        ("appeal", "appeal", 3),
    ]


def test_page_without_comments_is_an_essay() -> None:
    page = read(HEAD.rstrip())

    (essay,) = page.documents()
    assert paragraphs(essay) == ["A title", "First paragraph.", "Second paragraph."]
    assert [p.label for p in essay.paragraphs] == ["title", "p1", "p2"]
    assert page.stated_comments is None
    check_every_line(page)


@pytest.mark.parametrize(
    ("heading", "count"),
    [
        ("One thought on “A title”", 1),
        ("1 thought on “A title”", 1),
        ("2 thoughts on “A title”", 2),
        ('12 comments on "A title"', 12),
        ("3 responses to “A title”", 3),
        ("  4 replies to “A title”", 4),
    ],
)
def test_heading_of_the_comments_says_how_many(heading: str, count: int) -> None:
    page = read(f"{HEAD}{heading}\n\n  1. Well said.\n")

    assert page.stated_comments == count
    assert [one.id for one in page.documents()] == ["essay", "comment-1"]


def test_windows_line_ends_change_no_text() -> None:
    text = (
        f"{HEAD}{TWO}  1. Well\n    said.\n\n\n  2. No.\n\n    Liked by 1 person\n\nLeave a Reply\n"
    )
    page, other = read(text), read(text.replace("\n", "\r\n"))

    assert [(one.id, paragraphs(one)) for one in page.documents()] == [
        (one.id, paragraphs(one)) for one in other.documents()
    ]
    assert [fate.fate for fate in page.fates] == [fate.fate for fate in other.fates]
    check_every_line(other)


def test_byte_order_mark_is_no_part_of_the_title() -> None:
    page = read("\ufeff" + HEAD)

    (essay,) = page.documents()
    assert paragraphs(essay)[0] == "A title"
    check_every_line(page)


def test_numbered_list_inside_a_comment_stays_text() -> None:
    found = documents_of(
        f"{HEAD}{TWO}  1. Three things:\n    1. One.\n    2. Two.\n\n    3. Three.\n\n\n  2. Yes.\n"
    )

    assert paragraphs(found["comment-1"]) == ["Three things:", "1. One.", "2. Two.", "3. Three."]
    assert paragraphs(found["comment-2"]) == ["Yes."]


def test_comment_may_follow_a_line_of_likes() -> None:
    found = documents_of(
        f"{HEAD}{TWO}  1. One.\n    Liked by 12 people\n  2. Two.\n\n    Liked by 1 person\n"
    )

    assert {name: one.likes for name, one in found.items()} == {
        "essay": None,
        "comment-1": 12,
        "comment-2": 1,
    }


def test_likes_are_no_text() -> None:
    found = documents_of(f"{HEAD}{TWO}  1. One.\n\n    Liked by 3 people\n\n    More.\n")

    assert paragraphs(found["comment-1"]) == ["One.", "More."]


@pytest.mark.parametrize(
    "form", ["Leave a Reply", "Leave a comment", "  Leave a Reply Cancel reply"]
)
def test_reply_form_ends_the_comments(form: str) -> None:
    page = read(f"{HEAD}{TWO}  1. One.\n\n{form}\n\nYour email\n\n\n  2. Not a comment.\n")

    assert [one.id for one in page.documents()] == ["essay", "comment-1"]
    assert [fate.fate for fate in page.fates if fate.fate != "blank"][-3:] == ["reply form"] * 3
    check_every_line(page)


def test_reply_form_may_follow_the_essay() -> None:
    page = read(f"{HEAD}Leave a Reply\n\nYour email\n")

    assert [one.id for one in page.documents()] == ["essay"]


def test_comment_may_speak_of_replies() -> None:
    found = documents_of(
        f"{HEAD}{TWO}  1. One.\n    Leave a reply if you know.\n    Leave a reply\n\n\n"
        "  2. Two.\n\nLeave a Reply\n\nForm.\n"
    )

    assert paragraphs(found["comment-1"])[1:] == ["Leave a reply if you know.", "Leave a reply"]
    assert paragraphs(found["comment-2"]) == ["Two."]


def test_named_lines_open_neither_comments_nor_form() -> None:
    omitted = [{"lines": [2, 3], "reason": "The theme's."}]
    page = read(
        f"A title\nLeave a comment\n9 comments on “A title”\nText.\n\n{TWO}  1. One.", omit=omitted
    )

    assert page.stated_comments == 2
    assert [one.id for one in page.documents()] == ["essay", "comment-1"]
    check_every_line(page)


def test_parts_are_documents_of_their_own_wherever_they_stand() -> None:
    parts = [
        {"lines": [2, 2], "part": "caption"},
        {"lines": [4, 4], "part": "notice", "reason": "An advertisement."},
        {"lines": [6, 6], "part": "related"},
        {"lines": [7, 7], "part": "notice"},
        {"lines": [11, 11], "part": "appeal"},
    ]
    text = "Title\nCaption\nOne.\nBuy!\nTwo.\nOther\nSell!\n" + TWO + "  1. Yes.\nGive!\n"
    page = read(text, parts=parts)
    found = {one.id: paragraphs(one) for one in page.documents()}

    assert found == {
        "essay": ["Title", "Caption", "One.", "Two."],
        "notice": ["Buy!", "Sell!"],
        "related": ["Other"],
        "appeal": ["Give!"],
        "comment-1": ["Yes."],
    }
    assert page.fates[3].reason == "An advertisement."
    check_every_line(page)


def test_several_lines_of_title_and_caption_have_labels_of_their_own() -> None:
    parts = [{"lines": [1, 2], "part": "title"}, {"lines": [3, 4], "part": "caption"}]
    (essay,) = read("A title,\nand more\nFigure\nby Nobody\nText.\n", parts=parts).documents()

    assert [(p.label, p.kind) for p in essay.paragraphs] == [
        ("title", "title"),
        ("title-2", "title"),
        ("caption", "caption"),
        ("caption-2", "caption"),
        ("p1", "body"),
    ]


def test_title_is_the_first_line_that_is_not_named_otherwise() -> None:
    omitted = [{"lines": [1, 1], "reason": "Navigation."}]
    (essay,) = read("Skip to content\n\nA title\n\nText.\n", omit=omitted).documents()

    assert [(p.label, essay.text[p.start : p.end]) for p in essay.paragraphs] == [
        ("title", "A title"),
        ("p1", "Text."),
    ]


@pytest.mark.parametrize(
    ("comments", "line", "found"),
    [
        ("  1. One.\n\n\n      1. Too deep.\n", 11, "skips a level"),
        ("  1. One.\n\n\n   1. Crooked.\n", 11, "skips a level"),
        ("  1. One.\n\n\n  3. Three.\n", 11, "3 stands where 2 would follow"),
        ("  1. One.\n\n\n  1. One again.\n", 11, "1 stands where 2 would follow"),
        ("  1. One.\n\n\n    2. A reply.\n", 11, "2 stands where 1 would follow"),
        ("  2. Two.\n", 8, "2 stands where 1 would follow"),
        ("Some text.\n\n\n  1. One.\n", 8, "between the heading of the comments and the first one"),
    ],
)
def test_comments_out_of_order_are_refused_with_their_line(
    comments: str, line: int, found: str
) -> None:
    error = refusal(HEAD + TWO + comments)

    assert (str(error.file), error.line) == ("page.txt", line)
    assert found in str(error)


def test_page_without_an_article_is_refused() -> None:
    with pytest.raises(SourceError, match=r"page\.txt:1: no article was found"):
        list(read(f"{TWO}  1. One.\n").documents())


def test_settings_and_page_meet_in_the_corpus(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, PAGE, page=f"{HEAD}{TWO}  1. One.\n\n\n    1. Two.\n")

    assert [one.id for one in corpus.documents] == ["essay", "comment-1", "comment-1.1"]
    assert [corpus.roles[one.person] for one in corpus.documents] == [
        "writer of essay",
        "commenter 1",
        "commenter 1.1",
    ]


@dataclass
class Comment:
    """A comment as it is meant."""

    texts: list[str]
    likes: int | None
    replies: list["Comment"] = field(default_factory=list)


def plain(text: str) -> bool:
    """Whether a line of a comment would be read as nothing else."""
    return bool(text) and not any(pattern.match(text) for pattern in (FORM, HEADING, LIKES))


one_line = (
    st.one_of(
        st.text(
            st.characters(exclude_categories=["Cs"], exclude_characters="\n\ufeff"), max_size=30
        ),
        st.sampled_from(
            ["1. One.", "Liked by me", "2) no", "10 thoughts", "Leave a reply, please"]
        ),
    )
    .map(str.strip)
    .filter(plain)
)
bodies = st.builds(
    Comment, st.lists(one_line, min_size=1, max_size=3), st.none() | st.integers(0, 99)
)
trees = st.recursive(
    bodies,
    lambda replies: st.builds(
        lambda one, below: Comment(one.texts, one.likes, below),
        bodies,
        st.lists(replies, max_size=3),
    ),
    max_leaves=8,
)


def printed(comments: list[Comment], depth: int = 1) -> str:
    """The comments as the page shows them."""
    margin, lines = "  " * depth, ""
    for number, one in enumerate(comments, start=1):
        lines += f"{margin}{number}. {one.texts[0]}\n"
        lines += "".join(f"\n{margin}  {text}\n" for text in one.texts[1:])
        if one.likes is not None:
            lines += (
                f"\n{margin}  Liked by {one.likes} {'person' if one.likes == 1 else 'people'}\n\n"
            )
        else:
            lines += "\n\n"
        lines += printed(one.replies, depth + 1)
    return lines


def flat(comments: list[Comment], above: str = "") -> list[tuple[str, str, list[str], int | None]]:
    rows = []
    for number, one in enumerate(comments, start=1):
        name = f"{above}.{number}" if above else str(number)
        parent = f"comment-{above}" if above else "essay"
        rows.append((f"comment-{name}", parent, one.texts, one.likes))
        rows += flat(one.replies, name)
    return rows


@given(st.lists(trees, max_size=4), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_any_tree_of_comments_is_read_back_as_it_was_printed(
    comments: list[Comment], line_end: str, form: bool
) -> None:
    text = HEAD + TWO + printed(comments) + ("Leave a Reply\n\nName\n" if form else "")
    page = read(text.replace("\n", line_end))

    found = [
        (one.id, one.indent_parent, paragraphs(one), one.likes)
        for one in page.documents()
        if one.kind == "comment"
    ]
    assert found == flat(comments)
    check_every_line(page)


@given(st.text(max_size=200))
def test_any_page_is_read_or_refused_and_every_line_has_a_fate(text: str) -> None:
    try:
        page = read(f"Title\n{text}")
    except SourceError as error:
        line = error.line
    else:
        line = None
        check_every_line(page)
    assert line is None or 1 <= line <= text.count("\n") + 2
