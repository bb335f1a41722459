"""Descriptions of corpora: what they say, and what is said of mistakes in them."""

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from manyvoices.corpus import Corpus
from manyvoices.errors import ManyVoicesError, SettingsError
from manyvoices.settings import (
    Acronym,
    Deviation,
    Event,
    Settings,
    find_description,
    load_entries,
    load_settings,
)
from tests.model.making import write

VALID = """\
id: made-up
book:
  title: A book
  author: Nobody
  contact: Nowhere
sources:
  page:
    file: page.txt
    format: wordpress-copy
    title: A page
    citation: A page.
    rights: Nobody's.
    publish: full
    date: 2017-03-07
    parts:
      - lines: [2, 2]
        part: caption
    omit:
      - lines: [3, 3]
        reason: Not of the text.
  posts:
    file: posts.csv
    format: csv
    title: Posts
    citation: Posts.
    rights: Nobody's.
    publish: cited
    kind: post
    columns: {id: id, text: text}
voices:
  writers:
    label: The writers
    kinds: [essay, post]
    sources: [page, posts]
    people: [ann]
people:
  ann:
    role: the first
    wrote: [essay]
  bob:
    role: the second
    names: [Bob]
groups:
  both:
    label: Both
    people: [ann, bob]
    reason: They are all.
replies:
  posts-2:
    reply_to: posts-1
    reason: It says so.
    confidence: certain
withheld:
  - {document: essay, start: 0, end: 3, reason: Asked for.}
codes: codes
nodes:
  work: work|works
"""
FILES = {
    "page.txt": "A title\nA caption\nMenu\nA paragraph.\n",
    "posts.csv": "id,text\n1,One.\n2,Two.\n",
}


def put(folder: Path, description: str | bytes) -> Path:
    (folder / "codes").mkdir(exist_ok=True)
    file = write(folder, "", FILES)
    file.write_bytes(description if isinstance(description, bytes) else description.encode())
    return file


def with_line(old: str, new: str) -> str:
    """The valid description with one line, given without its margin, written otherwise."""
    lines = VALID.split("\n")
    (at,) = [i for i, line in enumerate(lines) if line.strip() == old]
    margin = len(lines[at]) - len(lines[at].lstrip())
    lines[at] = "\n".join(" " * margin + part for part in new.split("\n")) if new else "#"
    return "\n".join(lines)


def line_of(text: str, description: str = VALID) -> int:
    """The line that reads so, counted from 1."""
    return [line.strip() for line in description.split("\n")].index(text) + 1


def refusal(folder: Path, description: str | bytes) -> ManyVoicesError:
    with pytest.raises(ManyVoicesError) as caught:
        Corpus.load(put(folder, description))
    return caught.value


def test_valid_description_is_taken(tmp_path: Path) -> None:
    corpus = Corpus.load(put(tmp_path, VALID))

    assert [one.id for one in corpus.documents] == ["essay", "posts-1", "posts-2"]
    assert corpus.by_id["posts-2"].reply_reason == "It says so."


WITHHELD = "- {document: essay, start: 0, end: 3, reason: Asked for.}"


class Mistake:
    """A line of the valid description as it is, as it becomes, and what is said of it.

    The line that is blamed is the one that changed, where no other is named.
    """

    def __init__(self, old: str, new: str, *said: str, blamed: str | None = None) -> None:
        self.description, self.said = with_line(old, new), said
        self.line = line_of(new if blamed is None else blamed, self.description)


MISTAKES = {
    "key is missing": Mistake(
        "contact: Nowhere", "", "`book.contact`", "is missing", blamed="book:"
    ),
    "key of the top is missing": Mistake("id: made-up", "", "`id`", "is missing", blamed="book:"),
    "key is unknown": Mistake(
        "author: Nobody",
        "author: Nobody\nwriter: Nobody",
        "`book.writer`",
        "not a key",
        blamed="writer: Nobody",
    ),
    "key of the top is unknown": Mistake("codes: codes", "coded: codes", "`coded`"),
    "value is empty": Mistake("title: A page", "title:", "is empty", "a text"),
    "text is empty": Mistake("title: A page", "title: '  '", "at least 1 character"),
    "text is a list": Mistake("title: A page", "title: [A, page]", "is a list"),
    "text is a block": Mistake("title: A page", "title: {A: page}", "is a block of entries"),
    "list is a text": Mistake("wrote: [essay]", "wrote: essay", "'essay'", "expected: a list"),
    "truth is a word": Mistake(
        "role: the first",
        "role: the first\nnamed: perhaps",
        "`people.ann.named`",
        "'perhaps'",
        "boolean",
        blamed="named: perhaps",
    ),
    "format is unknown": Mistake(
        "format: wordpress-copy",
        "format: wordpress",
        "`sources.page.format`",
        "'wordpress'",
        "'wordpress-copy'",
        "'plain'",
    ),
    "publish is unknown": Mistake(
        "publish: cited", "publish: some", "'some'", "'full', 'cited' or 'none'"
    ),
    "part is unknown": Mistake("part: caption", "part: advert", "'advert'", "'related'"),
    "confidence is unknown": Mistake(
        "confidence: certain", "confidence: sure", "'sure'", "'probable'"
    ),
    "key stands twice": Mistake(
        "title: A book",
        "title: A book\ntitle: Another",
        "`title` stands twice",
        blamed="title: Another",
    ),
    "id has a space": Mistake("id: made-up", "id: made up", "'made up'", "pattern"),
    "id has capitals": Mistake("ann:", "Ann:", "Ann", "pattern"),
    "node has a dot": Mistake("work: work|works", "a.b: work", "a.b", "pattern"),
    "lines are reversed": Mistake(
        "- lines: [2, 2]", "- lines: [4, 2]", "first and the last line", "in order"
    ),
    "lines begin at nought": Mistake("- lines: [3, 3]", "- lines: [0, 3]", "from 1"),
    "lines are one": Mistake("- lines: [2, 2]", "- lines: [2]", "sources.page.parts.0"),
    "lines are words": Mistake("- lines: [2, 2]", "- lines: [two, 2]", "'two'", "integer"),
    "lines are fractions": Mistake("- lines: [2, 2]", "- lines: [1.5, 2]", "'1.5'"),
    "end stands before start": Mistake(
        WITHHELD,
        "- {document: essay, start: 3, end: 2, reason: Asked for.}",
        "`withheld.0`",
        "`end` must lie after `start`",
    ),
    "stretch is empty": Mistake(
        WITHHELD,
        "- {document: essay, start: 3, end: 3, reason: Asked for.}",
        "`end` must lie after `start`",
    ),
    "start is negative": Mistake(
        WITHHELD,
        "- {document: essay, start: -1, end: 3, reason: Asked for.}",
        "-1",
        "greater than or equal to 0",
    ),
    "end lies behind the text": Mistake(
        WITHHELD,
        "- {document: essay, start: 0, end: 99, reason: Asked for.}",
        "`essay` has 35 code points",
        "99 lies behind",
    ),
    "withheld document is unknown": Mistake(
        WITHHELD,
        "- {document: esay, start: 0, end: 3, reason: Asked for.}",
        "no document `esay`",
        "essay, posts-1, posts-2",
    ),
    "withheld without a reason": Mistake(
        WITHHELD, "- {document: essay, start: 0, end: 3}", "`withheld.0.reason` is missing"
    ),
    "written document is unknown": Mistake(
        "wrote: [essay]", "wrote: [essay, letter]", "no document `letter`", "essay, posts-1"
    ),
    "name is given to two": Mistake(
        "role: the first",
        "role: the first\nnames: [Zoe, Bob]",
        "`Bob` stands under `ann` already",
        blamed="names: [Bob]",
    ),
    "answering document is unknown": Mistake("posts-2:", "posts-9:", "no document `posts-9`"),
    "answered document is unknown": Mistake(
        "reply_to: posts-1", "reply_to: posts-8", "no document `posts-8`"
    ),
    "voice names an unknown person": Mistake(
        "people: [ann]", "people: [anne]", "`anne` is not under `people`", "Known: ann, bob"
    ),
    "voice names an unknown source": Mistake(
        "sources: [page, posts]",
        "sources: [page, post]",
        "`post` is not under `sources`",
        "Known: page, posts",
    ),
    "voice names an unknown kind": Mistake(
        "kinds: [essay, post]", "kinds: [esay, post]", "kind `esay`", "essay, comment"
    ),
    "group names an unknown person": Mistake(
        "people: [ann, bob]", "people: [ann, rob]", "`rob` is not under `people`"
    ),
    "inference has no reason": Mistake(
        "role: the first",
        "role: the first\nconfidence: probable",
        "inferred identity needs a `reason`",
        blamed="ann:",
    ),
    "columns stand with a page": Mistake(
        "file: page.txt",
        "file: page.txt\ncolumns: {id: id, text: text}",
        "`columns` is needed for format csv, and only there",
        blamed="page:",
    ),
    "columns are missing": Mistake(
        "columns: {id: id, text: text}", "", "`columns` is needed for format csv", blamed="posts:"
    ),
    "columns lack the text": Mistake(
        "columns: {id: id, text: text}",
        "columns: {id: id}",
        "`sources.posts.columns.text` is missing",
    ),
    "source has no file": Mistake("file: page.txt", "file: pages.txt", "no file", "pages.txt"),
    "source is a folder": Mistake("file: page.txt", "file: codes", "no file"),
    "path holds a null": Mistake("file: page.txt", 'file: "a\\0b"', "null character"),
    "codes are not there": Mistake("codes: codes", "codes: coding", "no folder", "coding"),
    "plan is not there": Mistake(
        "title: A book",
        "title: A book\nplan: plan.md",
        "no file",
        "plan.md",
        blamed="plan: plan.md",
    ),
    "checksum is none": Mistake(
        "file: page.txt", "file: page.txt\nsha256: abc", "'abc'", "pattern", blamed="sha256: abc"
    ),
    "alias is used": Mistake(
        "id: made-up",
        "id: &one made-up\ndescription: *one",
        "YAML alias (`*one`)",
        blamed="description: *one",
    ),
    "tag is used": Mistake("title: A book", "title: !!python/object:os.system A", "YAML tag"),
    "key is a list": Mistake("title: A book", "? [a, b]\n: A book", "no key", blamed="? [a, b]"),
    "merge is used": Mistake(
        "title: A book", "title: A book\n<<: {a: b}", "`book.<<`", blamed="<<: {a: b}"
    ),
    "margin is a tab": Mistake("id: made-up", "\tid: made-up", "not YAML", blamed="id: made-up"),
    "control character": Mistake("id: made-up", "id: made\x07up", "U+0007"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_are_refused_with_their_line(tmp_path: Path, mistake: str) -> None:
    expected = MISTAKES[mistake]

    error = refusal(tmp_path, expected.description)

    assert isinstance(error, SettingsError)
    assert Path(str(error.file)).resolve() == tmp_path / "corpus.yml"
    assert error.line == expected.line
    for part in expected.said:
        assert part in str(error)


def test_second_writer_of_a_document_is_blamed(tmp_path: Path) -> None:
    description = with_line("names: [Bob]", "wrote: [posts-1, essay]")

    error = refusal(tmp_path, description)

    assert error.line == line_of("wrote: [posts-1, essay]", description)
    assert "`essay` stands under `ann` already. A document has one writer." in str(error)


def test_open_quotation_is_blamed_on_a_line_of_the_file(tmp_path: Path) -> None:
    description = with_line("id: made-up", 'id: "made-up')
    error = refusal(tmp_path, description)

    assert error.line is not None
    assert 1 <= error.line <= description.count("\n") + 1


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("", 1, "holds no entries"),
        ("# Nothing yet.\n", 1, "holds no entries"),
        ("- a\n- list\n", 1, "a list"),
        ("just text\n", 1, "'just text'"),
        ("12\n", 1, "12"),
        ("id: a\n---\nid: b\n", 2, "not YAML"),
        ("[" * 200, 1, "deeper than 40 levels"),
        ("id: a\nb: [1, 2\nc: 3\n", 3, "not YAML"),
        (b"id: a\ntitle: Zo\xeb\n", 2, "byte 15 is not UTF-8"),
    ],
)
def test_files_that_are_no_description_are_refused(
    tmp_path: Path, content: str | bytes, line: int, said: str
) -> None:
    error = refusal(tmp_path, content)

    assert isinstance(error, SettingsError)
    assert error.line == line
    assert said in str(error)


@pytest.mark.parametrize("name", ["nowhere.yml", "codes", "a\0b", "long" * 100])
def test_file_that_cannot_be_read_is_refused(tmp_path: Path, name: str) -> None:
    put(tmp_path, VALID)

    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path / name)

    assert str(caught.value.file) == str(tmp_path / name)


def test_several_mistakes_are_counted_and_the_first_is_told(tmp_path: Path) -> None:
    description = with_line("title: A book", "title: []").replace("publish: cited", "publish: no")

    error = refusal(tmp_path, description)

    assert error.line == line_of("title: []", description)
    assert "1 more mistake" in str(error)


def test_two_sources_cannot_have_documents_of_one_name(tmp_path: Path) -> None:
    description = with_line("posts:", "page-two:").replace("[page, posts]", "[page]")
    description = (
        description[: description.index("  page-two:")]
        + (
            "  page-two:\n    file: page.txt\n    format: wordpress-copy\n    title: Again\n"
            "    citation: Again.\n    rights: Nobody's.\n    publish: full\n"
        )
        + description[description.index("voices:") :]
    )
    description = description[: description.index("replies:")].replace("[essay, post]", "[essay]")

    error = refusal(tmp_path, description)

    assert error.line == line_of("page-two:", description)
    assert "two documents would be called `essay`" in str(error)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2017-03-07", "2017-03-07"),
        ("2017", "2017"),
        ("1.10", "1.10"),
        ("007", "007"),
        ("12:30", "12:30"),
        ("1e3", "1e3"),
        ("No", "No"),
        ("0x1F", "0x1F"),
        ('"2017"', "2017"),
        ("2017-03-07T10:00:00Z", "2017-03-07T10:00:00Z"),
    ],
)
def test_dates_and_numbers_stay_as_they_are_written(
    tmp_path: Path, written: str, value: str
) -> None:
    description = load_settings(put(tmp_path, with_line("date: 2017-03-07", f"date: {written}")))

    assert description.settings.sources["page"].date == value


def test_settings_cannot_be_changed(tmp_path: Path) -> None:
    found = load_settings(put(tmp_path, VALID)).settings

    with pytest.raises(ValueError, match="frozen"):
        found.book.title = "Another"


def test_fingerprint_changes_with_description_source_and_codes(tmp_path: Path) -> None:
    file = put(tmp_path, VALID)
    (tmp_path / "codes" / "quotations.csv").write_text("source,start,end,kind,whose,note\n")
    before = load_settings(file).fingerprint
    assert load_settings(file).fingerprint == before

    seen = {before}
    for path in (file, tmp_path / "page.txt", tmp_path / "codes" / "quotations.csv"):
        path.write_bytes(path.read_bytes() + b"\n")
        seen.add(load_settings(file).fingerprint)

    assert len(seen) == 4


def test_fingerprint_does_not_depend_on_the_folder(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()

    first, second = (load_settings(put(folder, VALID)).fingerprint for folder in folders)

    assert first == second


def test_description_is_found_from_any_folder_of_the_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MANYVOICES_CORPUS", raising=False)
    (tmp_path / "data").mkdir()
    (tmp_path / "chapters" / "deep").mkdir(parents=True)
    (tmp_path / "data" / "corpus.yml").touch()
    monkeypatch.chdir(tmp_path / "chapters" / "deep")

    assert find_description() == tmp_path / "data" / "corpus.yml"

    monkeypatch.setenv("MANYVOICES_CORPUS", "elsewhere.yml")
    assert find_description() == Path("elsewhere.yml")


def test_no_description_is_an_error_that_says_where_it_was_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MANYVOICES_CORPUS", raising=False)
    monkeypatch.chdir(tmp_path)

    with pytest.raises(SettingsError, match="MANYVOICES_CORPUS") as caught:
        find_description()
    assert str(tmp_path) in str(caught.value)


@pytest.mark.parametrize(
    ("model", "text", "line", "said"),
    [
        (
            Event,
            "- {date: 2008, text: It began.}\n- {text: It went on.}\n",
            2,
            "`1.date` is missing",
        ),
        (Event, "- {date: 2008, text: It began., when: then}\n", 1, "`0.when`"),
        (Event, "date: 2008\ntext: It began.\n", 1, "block of entries"),
        (Acronym, "- term: A\n  text: B\n- term: C\n  text: [D]\n", 4, "`1.text` is a list"),
        (Deviation, "- what: A\n  why: B\n", 1, "`0.effect` is missing"),
        (Deviation, "", 1, "holds no entries"),
        (Acronym, "- &a {term: A, text: B}\n- *a\n", 2, "alias"),
    ],
)
def test_mistakes_in_lists_of_entries_are_refused_with_their_line(
    tmp_path: Path, model: type[Event], text: str, line: int, said: str
) -> None:
    file = tmp_path / "entries.yml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(SettingsError) as caught:
        load_entries(file, model)

    assert (caught.value.file, caught.value.line) == (file, line)
    assert said in str(caught.value)


def test_entries_are_read_in_order(tmp_path: Path) -> None:
    file = tmp_path / "entries.yml"
    file.write_text("- {date: 2008, text: It began.}\n- {date: March 2010, text: It ended.}\n")

    assert [entry.date for entry in load_entries(file, Event)] == ["2008", "March 2010"]


def test_every_list_of_entries_of_the_corpus_is_sound(corpus: Corpus) -> None:
    book, path = corpus.settings.book, corpus.description.path
    for file, model in (
        (book.timeline, Event),
        (book.acronyms, Acronym),
        (book.deviations, Deviation),
    ):
        if file is not None:
            load_entries(path(file), model)


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
names = st.sampled_from([*Settings.model_fields, "page", "posts", "ann", "bob", "file", "lines"])
values = st.recursive(
    scalars | st.sampled_from(["essay", "posts-1", "csv", "plain", "page.txt", "\0", "x" * 300]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(names | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


def check_only_our_errors(folder: Path, content: bytes) -> None:
    file = put(folder, content)
    for load in (Corpus.load, lambda path: load_entries(path, Event)):
        try:
            load(file)
        except ManyVoicesError as error:
            message = str(error)
        else:
            message = "fine"
        assert message


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@settings(max_examples=150)
@given(content=st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode()))
@example(content=b"? {a: b}\n: c")
@example(content=b"a: !!timestamp x")
@example(content=b"a: " + b"9" * 5000)
@example(content=b"{" * 3000)
@example(content=b'id: "\\uD800"')
def test_no_file_raises_anything_but_our_errors(folder: Path, content: bytes) -> None:
    check_only_our_errors(folder, content)


@settings(max_examples=100)
@given(values)
def test_no_structure_raises_anything_but_our_errors(folder: Path, made: object) -> None:
    check_only_our_errors(folder, yaml.safe_dump(made, allow_unicode=True).encode())


@settings(max_examples=100)
@given(data=st.data())
def test_no_change_of_a_valid_description_raises_anything_but_our_errors(
    folder: Path, data: st.DataObject
) -> None:
    tree = yaml.safe_load(VALID)
    place = tree
    while isinstance(place, dict | list) and place:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        if data.draw(st.booleans()) or not isinstance(place[key], dict | list):
            place[key] = data.draw(values)
            break
        place = place[key]

    check_only_our_errors(folder, yaml.safe_dump(tree, allow_unicode=True).encode())
