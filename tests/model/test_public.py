"""The view that may be published: what is hidden is nowhere in it, and all else stays.

No withheld word stands in this file: they are looked up in the corpora when the tests run.
"""

import pickle
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyvoices import frequency, sizes
from manyvoices.corpus import Corpus
from manyvoices.documents import Document
from manyvoices.masks import LEFT_OUT, Mask
from manyvoices.store import HIDDEN_MARK, HIDDEN_WORD
from manyvoices.text import is_word, tokenise
from tests.conftest import DESCRIPTION
from tests.model.making import (
    PLAIN,
    POSTS,
    assert_same,
    corpus_of,
    document,
    documents,
    made_corpus,
)

OTHERS = Path(__file__).resolve().parent.parent / "corpora"
DESCRIPTIONS = [DESCRIPTION, *sorted(OTHERS.glob("*/corpus.yml"))]


@cache
def load(file: Path) -> Corpus:
    return Corpus.load(file, shards=2)


@pytest.fixture(params=DESCRIPTIONS, ids=lambda file: file.parent.name)
def whole(request: pytest.FixtureRequest) -> Corpus:
    return load(request.param)


def published(corpus: Corpus) -> Corpus:
    """The documents of which something may be shown, with nothing hidden."""
    return corpus.select(lambda one: corpus.publish(one) != "none")


def withheld_words(corpus: Corpus) -> set[str]:
    """The words of four letters and more of the withheld passages, taken from their offsets."""
    passages = [(corpus.by_id[w.document].text, w.start, w.end) for w in corpus.settings.withheld]
    return {
        name
        for text, start, end in passages
        for name in tokenise(text, start, end).types
        if len(name) > 3 and name.isalpha()
    }


def told_elsewhere(corpus: Corpus) -> str:
    """All that may be seen: the text outside the masks, and the description itself."""
    shown = []
    for one in corpus.documents:
        text = list(one.text)
        for mask in corpus.masks.get(one.id, ()):
            text[mask.start : mask.end] = " " * (mask.end - mask.start)
        shown.append("".join(text))
    return "\n".join([*shown, corpus.description.file.read_text(encoding="utf-8")])


def secrets(corpus: Corpus) -> set[str]:
    """The withheld words that are in no word of what may be seen, nor in the names of our code."""
    seen = told_elsewhere(corpus).lower()
    ours = pickle.dumps(made_corpus([document("a", ["One."])]).public())
    return {
        word
        for word in withheld_words(corpus)
        if word.lower() not in seen and word.encode() not in ours
    }


def hidden_names(corpus: Corpus) -> set[str]:
    people = corpus.settings.people.values()
    return {name for person in people if not person.named for name in person.names}


def holds(corpus: Corpus, word: str) -> dict[str, bool]:
    """Each part of a corpus, and whether the word is in it."""
    return {
        "vocabulary": any(word in name for shard in corpus.shards for name in shard.vocabulary),
        "folded": any(word.lower() in name for shard in corpus.shards for name in shard.folded),
        "texts": any(word in one.text for one in corpus.documents),
        "authors": any(word in one.author for one in corpus.documents),
        "records": any(word in str(one.record) for one in corpus.documents),
        "people": any(word in one.person for one in corpus.documents),
        "roles": any(word in f"{person} {role}" for person, role in corpus.roles.items()),
        "readings": word in repr(corpus.readings),
        "settings": word in repr(corpus.settings.people),
        "repr": word in repr(corpus),
        "pickle": word.encode() in pickle.dumps(corpus),
        "shown": any(word in corpus.show(one) for one in corpus.documents),
        "sentences": word in corpus.sentences.to_csv(),
        "frequency": word.lower() in frequency(corpus).to_csv(),
    }


def test_withheld_words_are_in_no_part_of_the_public_view(whole: Corpus) -> None:
    public = whole.public()

    for word in secrets(whole):
        found = {part for part, is_in in holds(public, word).items() if is_in}
        # The word itself is not to be printed by a failing test.
        assert not found, f"a withheld word of {len(word)} letters is in {sorted(found)}"


def test_withheld_words_are_looked_for_where_they_would_be_found(this_corpus: Corpus) -> None:
    found = [holds(this_corpus, word) for word in secrets(this_corpus)]

    assert len(found) > 10
    for part in ("vocabulary", "folded", "texts", "readings", "pickle", "shown"):
        assert all(parts[part] for parts in found), part
    assert any(parts["frequency"] for parts in found)


def test_hidden_names_are_in_no_part_of_the_public_view(whole: Corpus) -> None:
    public = whole.public()

    for name in hidden_names(whole):
        found = {part for part, is_in in holds(public, name).items() if is_in}
        assert not found, f"a name of {len(name)} letters is in {sorted(found)}"


def test_hidden_names_of_this_corpus_are_two(this_corpus: Corpus) -> None:
    assert len(hidden_names(this_corpus)) == 2
    assert all(holds(this_corpus, name)["pickle"] for name in hidden_names(this_corpus))


def test_sizes_of_the_public_view_are_those_of_the_whole(whole: Corpus) -> None:
    assert_same(sizes(whole.public()), sizes(published(whole)))


def test_ids_offsets_and_numbers_of_words_stay(whole: Corpus) -> None:
    public = whole.public()

    assert_same(public.sentences, published(whole).sentences)
    for one, other in zip(public.shards, published(whole).selected, strict=True):
        assert one.token_starts.tolist() == other.token_starts.tolist()
        assert one.token_ends.tolist() == other.token_ends.tolist()
        assert one.words.tolist() == other.words.tolist()


def test_what_is_not_hidden_stays_as_it_is(whole: Corpus) -> None:
    public = whole.public()

    for one in published(whole).documents:
        hidden = np.zeros(len(one.text), bool)
        for mask in whole.masks.get(one.id, ()):
            hidden[mask.start : mask.end] = True
        for old, new, dark in zip(one.text, public.by_id[one.id].text, hidden, strict=True):
            assert new == old if not dark or old.isspace() else new in (HIDDEN_WORD, HIDDEN_MARK)


def test_every_withheld_passage_is_shown_as_the_number_of_its_words(whole: Corpus) -> None:
    public = whole.public()

    for entry in whole.settings.withheld:
        if (one := whole.by_id[entry.document]).id not in public.by_id:
            continue
        names = tokenise(one.text, entry.start, entry.end)
        words = sum(is_word(names.types[code]) for code in names.codes.tolist())
        noun = "word" if words == 1 else "words"
        assert public.show(one.id, entry.start, entry.end) == f"[{words} {noun} withheld]"


def test_hidden_words_are_counted_for_each_document(whole: Corpus) -> None:
    for one in published(whole).documents:
        tokens = tokenise(one.text)
        spans = zip(
            tokens.starts.tolist(), tokens.ends.tolist(), tokens.codes.tolist(), strict=True
        )
        masks = [m for m in whole.masks.get(one.id, ()) if m.role != LEFT_OUT]
        slow = sum(
            is_word(tokens.types[code]) and any(m.start < end and start < m.end for m in masks)
            for start, end, code in spans
        )
        assert whole.hidden_words(one) == whole.public().hidden_words(one) == slow


def test_public_view_of_a_public_view_is_itself(whole: Corpus) -> None:
    public = whole.public()

    assert public.public() is public


def test_public_view_keeps_a_selection(whole: Corpus) -> None:
    first = whole.documents[0].id

    selected = whole.select(lambda one: one.id == first).public()

    assert [one.id for one in selected.documents] == [first]


MASKED = (
    PLAIN
    + """\
people:
  ann: {role: the first, names: [Ann Lee, Ann, O’Neil]}
  bob: {role: the second, names: [Bob, "Bob?"]}
  eve: {role: nobody special, named: true, names: [Eve], wrote: [text]}
"""
)


def shown(folder: Path, text: str, *stretches: str) -> str:
    """How a text appears, of which these stretches are withheld."""
    places = [(text.index(stretch), len(stretch)) for stretch in stretches]
    entries = "".join(
        f"  - {{document: text, start: {at}, end: {at + size}, reason: Asked for.}}\n"
        for at, size in places
    )
    description = MASKED + (f"withheld:\n{entries}" if entries else "")
    return corpus_of(folder, description, text=text).public().show("text")


@pytest.mark.parametrize(
    ("text", "stretches", "appears"),
    [
        ("One two three four.", ["two three"], "One [2 words withheld] four."),
        ("One two three four.", ["two"], "One [1 word withheld] three four."),
        ("One two three four.", ["One two"], "[2 words withheld] three four."),
        ("One two three four.", ["three four."], "One two [2 words withheld]"),
        ("One two three four.", ["One two three four."], "[4 words withheld]"),
        ("One two three four.", ["one two three", "two three four"], None),
        ("One, two! three", [", two!"], "One[1 word withheld] three"),
        ("One (!) two", ["(!)"], "One [0 words withheld] two"),
        ("One two three four.", ["ne two thr"], "[3 words withheld] four."),
        ("A e\u0301te\u0301 b.", ["t"], "A [1 word withheld] b."),
        ("Ann met Bob.", [], "[the first] met [the second]."),
        ("ANN met bob.", [], "ANN met bob."),
        ("Anna met Bobby and annBob.", [], "Anna met Bobby and annBob."),
        ("Ann’s and Bob-like.", [], "[the first] and [the second]."),
        ("By Ann Lee, or Ann.", [], "By [the first], or [the first]."),
        ("O’Neil (Ann) said: “Bob”", [], "[the first] ([the first]) said: “[the second]”"),
        ("So Bob? Eve knows.", [], "So [the second] Eve knows."),
        ("One Ann two three.", ["One Ann two"], "[3 words withheld] three."),
        ("One Ann two three.", ["Ann two"], "One [2 words withheld] three."),
        ("One Ann Lee two.", ["Lee two"], "One [3 words withheld]."),
    ],
)
def test_hidden_stretches_appear_as_role_or_number(
    tmp_path: Path, text: str, stretches: list[str], appears: str | None
) -> None:
    if appears is None:
        stretches, appears = ["One two three", "two three four"], "[4 words withheld]."

    assert shown(tmp_path, text, *stretches) == appears


def test_adjacent_stretches_appear_one_after_the_other(tmp_path: Path) -> None:
    assert shown(tmp_path, "One two three.", "One ", "two") == (
        "[1 word withheld][1 word withheld] three."
    )


def test_part_of_a_withheld_passage_counts_its_own_words(tmp_path: Path) -> None:
    description = PLAIN + "withheld: [{document: text, start: 4, end: 17, reason: Asked for.}]\n"
    public = corpus_of(tmp_path, description, text="One two three four five.").public()

    assert public.show("text", 0, 13) == "One [2 words withheld]"
    assert public.show("text", 8, 20) == "[2 words withheld] f"


def test_lines_that_were_left_out_are_not_in_the_public_view(tmp_path: Path) -> None:
    description = PLAIN.replace(
        "    publish", "    omit: [{lines: [2, 2], reason: Not of the text.}]\n    publish"
    )
    whole = corpus_of(tmp_path, description, text="First.\nUnwanted line\nLast.")
    public = whole.public()

    assert public.show("text") == "First.\n[left out]\nLast."
    assert b"Unwanted" in pickle.dumps(whole)
    assert b"Unwanted" not in pickle.dumps(public)
    assert public.hidden_words(public.documents[0]) == 0


def test_authors_whom_the_description_does_not_know_become_numbers(tmp_path: Path) -> None:
    posts = "id,text,who,parent,likes\n1,Hello.,Zoë Quirk,,\n2,Hi.,Иван 7,1,\n3,Yes.,Zoë Quirk,2,\n"
    public = corpus_of(tmp_path, POSTS, posts=posts + "4,No.,Пётр 7,2,\n").public()
    sent = pickle.dumps(public)

    assert [one.author for one in public.documents] == [
        "writer 1",
        "writer 2",
        "writer 1",
        "writer 3",
    ]
    assert [one.person for one in public.documents] == [
        "writer-1",
        "writer-2",
        "writer-1",
        "writer-3",
    ]
    for name in ("Zoë", "Quirk", "Иван", "Пётр", "zo-quirk"):
        assert name.encode() not in sent


def test_source_that_may_not_be_published_is_left_out(tmp_path: Path) -> None:
    second = PLAIN[PLAIN.index("  text:") : PLAIN.index("voices:")]
    second = second.replace("text:", "other:", 1).replace("text.txt", "other.txt")
    description = PLAIN.replace("voices:", second.replace("full", "none") + "voices:")
    (tmp_path / "other.txt").write_text("Unpublished.", encoding="utf-8")
    whole = corpus_of(tmp_path, description, text="Published.")
    public = whole.public()

    assert [one.id for one in whole.documents] == ["text", "other"]
    assert [one.id for one in public.documents] == ["text"]
    assert [reading.source for reading in public.readings] == ["text"]
    assert b"Unpublished" not in pickle.dumps(public)
    assert sizes(public)["words"].tolist() == [1]


def test_cited_source_is_counted_and_told_apart(tmp_path: Path) -> None:
    public = corpus_of(tmp_path, PLAIN.replace("full", "cited"), text="One. Two.").public()

    assert [public.publish(one) for one in public.documents] == ["cited"]
    assert sizes(public)["sentences"].tolist() == [2]


def test_public_view_can_be_sent_to_another_process(public: Corpus) -> None:
    again = pickle.loads(pickle.dumps(public))  # noqa: S301  # our own bytes

    assert again.documents == public.documents
    assert again.show(public.documents[0]) == public.show(public.documents[0])


@st.composite
def masked(draw: st.DrawFn) -> tuple[list[Document], dict[str, tuple[Mask, ...]]]:
    """Documents, and in each some stretches of whole tokens, apart from one another."""
    made = draw(documents().filter(bool))
    masks = {}
    for one in made:
        tokens = tokenise(one.text)
        edges = sorted(draw(st.sets(st.integers(0, len(tokens) - 1), max_size=4)))
        masks[one.id] = tuple(
            Mask(int(tokens.starts[a]), int(tokens.ends[b]), draw(st.sampled_from(["", "role"])))
            for a, b in zip(edges[0::2], edges[1::2], strict=False)
        )
    return made, masks


@given(masked(), st.data())
def test_any_slice_shows_each_hidden_stretch_once_and_the_rest_as_it_is(
    case: tuple[list[Document], dict[str, tuple[Mask, ...]]], data: st.DataObject
) -> None:
    made, masks = case
    public = made_corpus(made, masks=masks, shards=2).public()
    one = data.draw(st.sampled_from(made))
    start = data.draw(st.integers(0, len(one.text)))
    end = data.draw(st.integers(start, len(one.text)))

    expected, at = "", start
    while at < end:
        mask = next((m for m in masks[one.id] if m.start <= at < m.end), None)
        if mask is None:
            expected, at = expected + one.text[at], at + 1
            continue
        stop = min(mask.end, end)
        tokens = tokenise(one.text)
        words = sum(
            is_word(tokens.types[code]) and first < stop and at < last
            for first, last, code in zip(tokens.starts, tokens.ends, tokens.codes, strict=True)
        )
        noun = "word" if words == 1 else "words"
        expected += f"[{mask.role}]" if mask.role else f"[{words} {noun} withheld]"
        at = stop

    assert public.show(one.id, start, end) == expected
