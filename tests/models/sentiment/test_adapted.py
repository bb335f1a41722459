"""The file of changes to the lexicon: what it may hold, and that its reasons are true."""

import re
from pathlib import Path

import pytest

from manyvoices.corpus import Corpus
from manyvoices.errors import SettingsError
from manyvoices.models.sentiment import adapted, lexicon_changes, read_changes
from manyvoices.text import fold, tokenise
from tests.model.making import PLAIN, corpus_of, document, made_corpus, write
from tests.models.sentiment.made_up import ANALYSER

HEAD = "term,old,new,reason\n"


@pytest.mark.parametrize(
    ("rows", "line", "found"),
    [
        ("Support,1.7,,It names a thing.\n", 2, "`Support` is no word"),
        ("welfare,,-1,Why.\nsocial security,,1,Why.\n", 3, "`social security` is no word"),
        (",,1,Why.\n", 2, "`` is no word"),
        ("support,1.7,,Why.\nsupport,1.7,1,Why.\n", 3, "`support` stands twice"),
        ("support,1.6,,Why.\n", 2, "the lexicon gives `support` 1.7."),
        ("support,,1,Why.\n", 2, "the lexicon gives `support` 1.7."),
        ("welfare,1,2,Why.\n", 2, "the lexicon gives `welfare` nothing."),
        ("welfare,,,Why.\n", 2, "`welfare` is not changed"),
        ("support,1.7,1.7,Why.\n", 2, "`support` is not changed"),
        ("welfare,,-4.5,Why.\n", 2, "`welfare` gets -4.5"),
        ("support,1.7,, \n", 2, "`support` has no reason"),
        ("support,1.7,,Why.\nwelfare,,-1;,Why.\n", 3, "`new` is '-1;'. Give a number"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, rows: str, line: int, found: str) -> None:
    file = tmp_path / "changes.csv"
    file.write_text(HEAD + rows, encoding="utf-8")
    with pytest.raises(SettingsError, match=re.escape(found)) as error:
        read_changes(file)
    assert (error.value.file, error.value.line) == (file, line)


@pytest.mark.parametrize("content", ["term,old,new\n", "", HEAD + "a,b,c,d,e,f\n"])
def test_what_is_no_table_of_changes_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "changes.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError):
        read_changes(file)


def test_a_file_that_is_not_there_is_told_with_the_line_that_names_it(tmp_path: Path) -> None:
    description = PLAIN + "lexicon: none.csv\n"
    with pytest.raises(SettingsError, match="there is no file") as error:
        corpus_of(tmp_path, description, text="A text.")
    assert error.value.line == len(description.splitlines())


def test_a_changed_lexicon_changes_the_fingerprint(tmp_path: Path) -> None:
    prints = set()
    for value in ("1", "2"):
        files = {"text.txt": "A text.", "changes.csv": f"{HEAD}welfare,,{value},Why.\n"}
        file = write(tmp_path, PLAIN + "lexicon: changes.csv\n", files)
        prints.add(Corpus.load(file).fingerprint)
    assert len(prints) == 2


def test_a_description_without_a_lexicon_changes_nothing() -> None:
    changes = lexicon_changes(made_corpus([document("a", ["A text."])]))
    assert changes.empty
    assert adapted(changes).changes == {}


def test_a_word_without_a_new_valence_is_taken_out(tmp_path: Path) -> None:
    file = tmp_path / "changes.csv"
    file.write_text(HEAD + "support,1.7,,Names a thing.\nwelfare,,2,Made up.\n", encoding="utf-8")
    out, added = adapted(read_changes(file)).score(["support", "welfare"])["compound"]
    assert (out, added) == (0, 0.4588)  # 2 / sqrt(2 * 2 + 15)


def test_every_passage_that_a_reason_names_holds_its_term(this_corpus: Corpus) -> None:
    places = this_corpus.sentences.set_index("sentence")[["document", "start", "end"]]
    for row in lexicon_changes(this_corpus).itertuples():
        for name in re.findall(r"essay-\w+-s\d+", row.reason):
            place, start, end = places.loc[name]
            words = {
                fold(word) for word in tokenise(this_corpus.by_id[place].text, start, end).types
            }
            form = "plural" in row.reason or "As " in row.reason or "is not in" in row.reason
            assert row.term in words or form, f"{row.term} is not in {name}"


def test_every_added_word_has_the_valence_that_its_reason_names(this_corpus: Corpus) -> None:
    changes = lexicon_changes(this_corpus)
    added = changes[changes["old"].isna()]
    assert len(added)
    for row in added.itertuples():
        (model,) = re.findall(r"valued as “(\w+)”", row.reason)
        assert row.new == ANALYSER.lexicon[model], row.term


def test_only_the_essay_was_looked_at(this_corpus: Corpus) -> None:
    named = (
        lexicon_changes(this_corpus)["reason"].str.findall(r"\b[a-z]+-(?:p\d|title)[-\w]*").sum()
    )
    assert all(name.startswith("essay-") for name in named)
