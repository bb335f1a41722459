"""The figure of keywords says in words what it shows, and stays sound whatever the words are."""

import re
import warnings

import pandas as pd
import pytest

from manyvoices.corpus import Corpus
from manyvoices.figures.keyness import MOST, keyword_ratios
from manyvoices.measures import keywords
from tests.figures.test_drawings import NASTY, SVG, texts, tree_of
from tests.model.making import document, made_corpus


def keys(size: int = 3, *, word: str = "word") -> pd.DataFrame:
    """So many keywords of either side; every other one survives."""
    rows = []
    for i in range(2 * size):
        lean = 1 if i < size else -1
        side = "target" if lean > 0 else "reference"
        rows.append((f"{word}{i}", side, 9, 1, lean * (3 + i / 10), lean * 2.0, lean * 4.0))
    columns = ["type", "side", "target", "reference", "log_ratio", "low", "high"]
    table = pd.DataFrame(rows, columns=columns).set_index("type")
    ends = table[["low", "high"]]
    table = table.assign(low=ends.min(axis=1), high=ends.max(axis=1))
    return table.assign(survives=[i % 2 == 0 for i in range(2 * size)], first="essay-p1")


def test_keywords_are_told_in_words_as_in_the_table(public: Corpus) -> None:
    voices = list(public.voices)
    if len(voices) < 2:
        pytest.skip("one voice alone has no keywords")
    found = keywords(public, voices[0])
    one = keyword_ratios(found, "Here", "There", most=len(found) + 1)

    for word, row in found.iterrows():
        told = f"{word} {row['log_ratio']:.1f} ({row['low']:.1f} to {row['high']:.1f}), "
        told += f"{row['target']} to {row['reference']}"
        assert told in one.alt
        assert (f"{told}, does not survive" in one.alt) == (not row["survives"])
    assert one.alt.count("does not survive") == (~found["survives"]).sum()


def test_every_word_stands_in_the_figure_and_links_to_its_first_part() -> None:
    one = keyword_ratios(keys(), "Here", "There")
    links = [
        (element.get("href"), "".join(element.itertext()).split()[0])
        for element in tree_of(one).iter(f"{SVG}a")
    ]

    assert sorted(links) == sorted(("evidence:essay-p1", f"word{i}") for i in range(6))
    assert {"more often in Here", "more often in There"} <= set(texts(one))


def test_words_that_fall_are_hollow() -> None:
    tables = (keys().assign(survives=state) for state in (True, False))
    kept, fallen = (keyword_ratios(table, "Here", "There").svg for table in tables)
    filled = [len(re.findall(r"fill: var\(--mv-(?:voice-1|ink)", svg)) for svg in (kept, fallen)]

    assert filled[0] > filled[1]


def test_figure_says_when_it_does_not_draw_all() -> None:
    one = keyword_ratios(keys(MOST + 3), "Here", "There")

    assert f"{2 * MOST} of {2 * MOST + 6} are drawn." in one.caption
    assert sum(1 for _ in tree_of(one).iter(f"{SVG}a")) == 2 * MOST


def test_figure_of_no_keyword_says_so() -> None:
    words = ["one two " * 5] * 6
    made = [document("a", words), document("b", words, voice="two")]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        one = keyword_ratios(keywords(made_corpus(made), "one", "two"), "Here", "There")

    assert one.alt == "An empty drawing: no word is a keyword of Here or of There."
    assert tree_of(one).tag == f"{SVG}svg"


@pytest.mark.parametrize("word", [NASTY, "]]>", r"$\frac{1}{$", "日本語", "x" * 300, "&amp;"])
def test_any_word_and_any_side_stay_text(word: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        one = keyword_ratios(keys(2, word=word), word, word)

    kinds = {element.tag.removeprefix(SVG) for element in tree_of(one).iter()}
    assert "script" not in kinds
    assert any(word[:15] in text for text in texts(one))


def test_the_same_figure_twice_and_others_by_other_names() -> None:
    assert keyword_ratios(keys(), "A", "B") == keyword_ratios(keys(), "A", "B")
    assert keyword_ratios(keys(), "A", "B", name="second").name == "second"
