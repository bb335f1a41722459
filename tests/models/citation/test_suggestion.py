"""Suggestions are called that, and give way to whatever a person said."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from manyvoices.corpus import Corpus
from manyvoices.errors import SettingsError
from manyvoices.masks import Mask
from manyvoices.models.citation import (
    GIVEN,
    SUGGESTED,
    CitationFunction,
    CueRules,
    contexts,
    fitted_to,
    own_overrides,
    read_overrides,
    suggest,
    uncoded,
)
from tests.coding.making import page
from tests.model.making import document, made_corpus

TEXT = "Research shows that it rains. You can also try the harbour office."
HEAD = "document,start,end,function,by\n"


def harbour() -> tuple[Corpus, pd.DataFrame]:
    corpus = made_corpus([document("a", [TEXT])])
    places = pd.DataFrame({"document": ["a", "a"], "start": [0, 51], "end": [8, 65]})
    return corpus, places


def test_a_suggestion_is_called_that_and_has_a_probability() -> None:
    corpus, places = harbour()
    table = suggest(corpus, places)
    assert table["function"].tolist() == ["supporting", "supporting"]
    narrow = suggest(corpus, places.tail(1).reset_index(drop=True))
    assert narrow["origin"].tolist() == [SUGGESTED]
    assert 1 / 3 < narrow["probability"].iloc[0] < 1


def test_a_person_always_wins(tmp_path: Path) -> None:
    corpus, places = harbour()
    file = tmp_path / "functions.csv"
    file.write_text(HEAD + "a,51,65,mentioning,Ada\n", encoding="utf-8")
    sure = CitationFunction().fit(["harbour"] * 9 + ["rain"] * 9, ["contrasting"] * 9 + ["x"] * 9)
    table = suggest(corpus, places, sure, read_overrides(corpus, file))
    assert table["function"].tolist()[1] == "mentioning"
    assert table["origin"].tolist() == [SUGGESTED, GIVEN]
    assert table["by"].tolist() == ["", "Ada"]
    assert np.isnan(table["probability"].iloc[1])


def test_an_override_of_another_place_changes_nothing(tmp_path: Path) -> None:
    corpus, places = harbour()
    file = tmp_path / "functions.csv"
    file.write_text(HEAD + "a,51,64,contrasting,Ada\n", encoding="utf-8")
    with_it = suggest(corpus, places, None, read_overrides(corpus, file))
    assert with_it.equals(suggest(corpus, places))


def test_no_places_are_no_suggestions() -> None:
    corpus, places = harbour()
    assert suggest(corpus, places.head(0)).empty


@pytest.mark.parametrize(
    ("rows", "line", "said"),
    [
        ("a,0,8,mentioning,Ada\nb,0,8,mentioning,Ada\n", 3, "no document `b`"),
        ("a,0,800,mentioning,Ada\n", 2, "no stretch of `a`"),
        ("a,8,8,mentioning,Ada\n", 2, "no stretch of `a`"),
        ("a,0,8,friend,Ada\n", 2, "`friend` is no function. There are: supporting"),
        ("a,0,8,mentioning, \n", 2, "Name who did"),
        ("a,0,8,mentioning,Ada\na,0,8,supporting,Bob\n", 3, "has a function already"),
    ],
)
def test_mistakes_in_overrides_are_told_with_file_and_line_and_cure(
    tmp_path: Path, rows: str, line: int, said: str
) -> None:
    corpus, _ = harbour()
    file = tmp_path / "functions.csv"
    file.write_text(HEAD + rows, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        read_overrides(corpus, file)
    assert (caught.value.file, caught.value.line) == (file, line)
    assert said in str(caught.value)


@pytest.mark.parametrize("text", ["", "document,start,end,function\n", '"a'])
def test_what_is_no_table_of_overrides_is_refused(tmp_path: Path, text: str) -> None:
    corpus, _ = harbour()
    (tmp_path / "functions.csv").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError):
        read_overrides(corpus, tmp_path / "functions.csv")


def test_overrides_beside_the_codes_are_found(tmp_path: Path) -> None:
    found = own_overrides(page(tmp_path, {"functions.csv": HEAD + "text,4,9,contrasting,Ada\n"}))
    assert found is not None
    assert found["by"].tolist() == ["Ada"]


def test_no_file_of_overrides_is_none(tmp_path: Path) -> None:
    assert own_overrides(page(tmp_path, {})) is None


def test_what_touches_a_coded_mention_is_coded() -> None:
    places = pd.DataFrame({"document": ["a", "a", "b"], "start": [0, 8, 0], "end": [5, 12, 5]})
    coded = pd.DataFrame({"document": ["a"], "start": [4], "end": [8]})
    assert uncoded(places, coded)["start"].tolist() == [8, 0]
    assert len(uncoded(places, coded.head(0))) == 3


def test_few_coded_mentions_leave_it_to_the_cues() -> None:
    corpus, places = harbour()
    coded = places.assign(function=["supporting", "mentioning"])
    assert isinstance(fitted_to(corpus, coded), CueRules)
    many = pd.concat([coded] * 10, ignore_index=True)
    assert isinstance(fitted_to(corpus, many), CitationFunction)
    assert isinstance(fitted_to(corpus, many.assign(function="supporting")), CueRules)


def test_a_context_is_of_whole_words_and_stays_in_its_paragraph() -> None:
    corpus = made_corpus([document("a", ["Before it.", "One two three four five.", "After it."])])
    places = pd.DataFrame({"document": ["a"], "start": [21], "end": [23]})  # in "three"
    assert contexts(corpus, places, words=1).tolist() == ["two three four"]
    assert contexts(corpus, places).tolist() == ["One two three four five."]


def test_a_context_has_no_hidden_words_and_no_addresses() -> None:
    made = [document("a", ["See https://x.org/rain?q=1 or ask Bob about rain."])]
    corpus = made_corpus(made, masks={"a": (Mask(34, 37, "a friend"),)})
    (text,) = contexts(corpus, pd.DataFrame({"document": ["a"], "start": [4], "end": [15]}))
    assert text == "See webaddress or ask about rain."
