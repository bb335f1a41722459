"""All scorers against one pass, and one scorer under every choice."""

from pathlib import Path

import pandas as pd
import pytest

from manyvoices.corpus import Corpus
from manyvoices.models.sentiment import Vader, compare, gains, pair, varied
from manyvoices.models.sentiment.comparison import macro_f1
from tests.model.making import PLAIN, document, made_corpus, write
from tests.models.sentiment.making import coded, planted

TEXT = "We are happy. They are “happy”. It is awful. It rains. It’s no fun."


def test_a_scorer_that_knows_all_is_one_and_the_constant_one_stands_last() -> None:
    corpus, codes = planted(people=8, each=12)
    labels = codes.set_index("sentence")[["evaluation"]].rename(columns={"evaluation": "knows"})
    found = compare(labels, codes, corpus.voices).set_index("by")
    assert found.index.tolist() == ["knows", "always negative"]
    assert found.loc["knows", ["macro_f1", "low", "high", "f1", "recall"]].tolist() == [1] * 5
    always = found.loc["always negative"]
    assert (always["precision"], always["recall"]) == (0.5, 1)
    assert (always["f1"], always["macro_f1"]) == (pytest.approx(2 / 3), pytest.approx(1 / 3))


def test_what_a_scorer_gains_is_drawn_together_with_what_it_is_measured_by() -> None:
    corpus, codes = planted(people=8, each=12)
    labels = codes.set_index("sentence")[["evaluation"]].rename(columns={"evaluation": "knows"})
    labels["always"] = "negative"
    found = gains(labels, codes, corpus.voices).set_index("by")
    assert found.loc["knows", "value"] == pytest.approx(1 - 1 / 3)
    assert found.loc["knows", "low"] <= 1 - 1 / 3 <= found.loc["knows", "high"]
    assert found.loc["always", ["value", "low", "high"]].tolist() == [0, 0, 0]


def test_without_codes_there_is_nothing_to_compare() -> None:
    corpus = made_corpus([document("a", ["A text."])])
    codes = coded(corpus, "negative").iloc[:0]
    labels = pd.DataFrame({"VADER": ["neutral"]}, index=["a-p1-s1"])
    assert compare(labels, codes, corpus.voices).empty
    assert varied(corpus, Vader()).empty


@pytest.fixture
def made(tmp_path: Path) -> Corpus:
    """A text coded twice, once with a mixed sentence, and a coded quotation."""
    at = TEXT.index("“")
    ends = [TEXT.index(end) + len(end) for end in ("happy.", "”.", "awful.", "rains.", "fun.")]
    starts = [0, *(end + 1 for end in ends[:-1])]
    for name, second in (("pass-1", "neutral"), ("pass-2", "mixed")):
        codes = ["positive", second, "negative", "neutral", "negative"]
        rows = [f"text,{a},{b},{c},x\n" for a, b, c in zip(starts, ends, codes, strict=True)]
        folder = tmp_path / "codes" / name
        folder.mkdir(parents=True)
        head = "source,start,end,evaluation,target\n"
        (folder / "sentences.csv").write_text(head + "".join(rows), encoding="utf-8")
    row = f"text,{at},{at + 7},scare-quote,,\n"
    head = "source,start,end,kind,whose,note\n"
    (tmp_path / "codes" / "quotations.csv").write_text(head + row, encoding="utf-8")
    return Corpus.load(write(tmp_path, PLAIN + "codes: codes\n", {"text.txt": TEXT}))


def test_every_choice_is_made_once(made: Corpus) -> None:
    found = varied(made, Vader(), thresholds=(0.05, 0.5))
    assert len(found) == 2 * 3 * 2 * 2 * 2
    assert not found.duplicated(found.columns[:6].tolist()).any()


def test_leaving_quoted_words_out_changes_what_they_stand_in(made: Corpus) -> None:
    found = varied(made, Vader()).query("`pass` == 'pass-1' and typed and mixed == 'neutral'")
    values = dict(zip(found["quoted"], found["value"], strict=True))
    assert values[True] < values[False]


def test_mixed_matters_only_in_a_pass_that_has_it(made: Corpus) -> None:
    values = varied(made, Vader()).groupby("pass")["value"].nunique()
    same = varied(made, Vader()).query("quoted and typed").groupby("pass")["value"].nunique()
    assert same["pass-1"] == 1 < same["pass-2"]
    assert values["pass-1"] >= 1


def test_macro_f1_is_that_of_the_pairs() -> None:
    _, codes = planted(people=2, each=4)
    said = pd.Series("negative", codes["sentence"])
    assert macro_f1(pair(said, codes)) == pytest.approx(1 / 3)
