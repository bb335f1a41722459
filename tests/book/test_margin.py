"""Notes in the margin: what stands beside a reading, and what never does."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag

from manyvoices.book.margin import LONGEST, SHOWN, Passages
from manyvoices.book.show import MOST_PASSAGES
from manyvoices.corpus import Corpus
from tests.book.tiny import HEADER, build, make_book, page

SENTENCES = 7
WRITTEN = MOST_PASSAGES + 10
LETTER = "".join(f"Sentence {n} has <b>many</b> words. " for n in range(WRITTEN))
LINKS = ", ".join(f"{{evidence}}`the <i>link {n} <letter-p1-s{n + 1}>`" for n in range(SENTENCES))
NOTED = f"""{HEADER}# Noted

```{{code-cell}} ipython3
from manyvoices.book.show import say

say("many", 3, evidence=["letter-p1-s2", "letter-p1-s3", "letter-p1-s2"])
say("very-many", 900, evidence=[f"letter-p1-s{{n + 1}}" for n in range({WRITTEN})])
```

```{{reading}}
:corpus: tiny
:holds: letter-words > 2000

Of {{n}}`letter-words` words; {{evidence}}`one <letter-p1>`, {{evidence}}`nobody’s <letter>`.
```

```{{reading}}
:corpus: tiny
:holds: letter-words > 2000

{LINKS}, and {{evidence}}`once more <letter-p1-s1>`.
```

```{{reading}}
:corpus: tiny
:holds: letter-words > 10000

{LINKS}
```

A paragraph of {{n}}`letter-words` words.

Another, of {{n}}`many` words among {{n}}`very-many`.

- A list of {{n}}`letter-words` words, {{n}}`many` among them.
"""
PASSAGES = "\n".join(["letter", "letter-p1", *(f"letter-p1-s{n + 1}" for n in range(WRITTEN))])


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> list[Tag]:
    """The blocks with notes of a made-up page."""
    files = {
        "data/raw/letter.txt": LETTER,
        "chapters/uses.md": NOTED,
        "chapters/passages.md": f"# Passages\n\n```{{passages}}\n{PASSAGES}\n```\n",
    }
    folder = make_book(tmp_path_factory.mktemp("margin") / "book", **files)
    made = build(folder)
    assert made.returncode == 0, made.stderr
    return BeautifulSoup(page(folder, "chapters/uses"), "html.parser").select(".mv-noted")


def texts(block: Tag, selector: str) -> list[str]:
    return [one.get_text() for one in block.select(selector)]


@pytest.mark.book
def test_readings_that_hold_and_paragraphs_have_notes(noted: list[Tag]) -> None:
    kinds = [block.find(recursive=False).get("class", ["paragraph"])[0] for block in noted]
    assert kinds == ["mv-reading", "mv-reading", "paragraph", "paragraph"]
    assert texts(noted[2], ".mv-note-words") == ["2,032"]


@pytest.mark.book
def test_a_note_has_the_words_of_the_link_the_passage_and_who_speaks(noted: list[Tag]) -> None:
    first = noted[0]
    assert texts(first, ".mv-note-words") == ["2,032", "nobody’s"]
    assert texts(first, ".mv-note-text") == ["Sentence 0 has <b>many</b> words."] * 2
    assert texts(first, ".mv-note-speaker") == ["The letter"] * 2
    assert [link["href"] for link in first.select(".mv-notes a")] == [
        "passages.html#letter-p1",
        "passages.html#letter",
    ]


@pytest.mark.book
def test_a_passage_stands_once_and_those_beyond_the_first_unfold(noted: list[Tag]) -> None:
    second = noted[1]
    assert texts(second, ".mv-note-words") == [f"the <i>link {n}" for n in range(SENTENCES)]
    assert texts(second, "summary") == [
        "The words behind it",
        f"{SENTENCES - SHOWN} more",
    ]
    assert len(second.select(".mv-notes details .mv-note")) == SENTENCES - SHOWN
    assert not second.select(".mv-notes b, .mv-notes i")


@pytest.mark.book
def test_a_number_leads_to_a_note_with_every_passage_that_it_was_counted_from(
    noted: list[Tag],
) -> None:
    note = noted[3].select_one(".mv-notes > ul > li")
    assert noted[3].select_one("a.mv-n")["href"] == f"#{note.p['id']}"
    assert texts(note, ".mv-note-words") == ["3, in 2 passages"]
    assert [a["href"] for a in note("a")] == [
        "passages.html#letter-p1-s2",
        "passages.html#letter-p1-s3",
    ]


@pytest.mark.book
def test_of_very_many_passages_some_are_kept_and_their_number_is_told(noted: list[Tag]) -> None:
    words = f"900, in {WRITTEN} passages ({MOST_PASSAGES} are here)"
    assert texts(noted[3], ".mv-note-words")[1] == words


def test_a_passage_is_as_it_may_be_shown_and_cut_between_words(public: Corpus) -> None:
    passages = Passages(public)
    lengths = set()
    for row in public.sentences.itertuples():
        passage = passages.get(row.sentence)
        if passage.text:
            whole = " ".join(public.show(row.document, row.start, row.end).split())
            words = passage.text.removesuffix(" …").split()
            lengths.add(len(words))
            assert whole.startswith(" ".join(words))
            assert passage.text.endswith(" …") == (len(whole.split()) > LONGEST)
    assert max(lengths) == LONGEST


def test_no_sentence_of_a_text_with_a_withheld_passage_is_set_beside_another(
    public: Corpus,
) -> None:
    passages = Passages(public)
    withheld = {
        document for document, masks in public.masks.items() if any(not m.role for m in masks)
    }
    assert withheld
    for row in public.sentences.itertuples():
        assert (not passages.get(row.sentence).text) == (row.document in withheld)
    assert not any(passages.get(document).text for document in withheld)


def test_an_unknown_anchor_has_no_passage(public: Corpus) -> None:
    assert Passages(public).get("figure-score") is None
