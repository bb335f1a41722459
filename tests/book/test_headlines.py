"""Headlines: what was tried against a finding, and how the book sets it out."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from manyvoices.book.chapters import points
from manyvoices.book.headline import CHOICES, PASSES, PEOPLE, Headline, Trial, try_cases
from manyvoices.book.show import Result
from manyvoices.book.standing import against
from tests.book.tiny import HEADER, build, edit, make_book, page

FOUND = """
```{code-cell} ipython3
from manyvoices.book.show import headline

headline(
    "gap", "Words: <b>letter</b>, less reply", 12.0, low=-1.0, high=25.0, evidence="letter-p1",
    universes=[3, 4, float("nan")], passes={"pass-1": 2, "pass-2": -1},
    without={"commenter 6": -3.0, "commenter 7": 8.0}, mind="A longer <i>reply</i>.",
)
headline("empty", "Words that nobody wrote", None, text="too few to say", mind="Words.")
```

```{standing} here
```
"""
SURE = "# Sure\n\n```{standing} table\n```\n\n```{standing} minds\n```\n"


def trials(*found: Trial) -> Headline:
    return Headline("gap", "A gap", 0.0, found, "Nothing.")


@pytest.mark.parametrize("side", [2.5, -2.5])
def test_a_case_agrees_where_it_lies_on_the_same_side(side: float) -> None:
    sign = math.copysign(1, side)
    cases = [("a", 1.0 * sign), ("b", -1.0 * sign), ("c", 0.0), ("d", math.nan)]
    assert try_cases(PASSES, cases, side) == Trial(PASSES, 1, 4, ("b", "c", "d"))


def test_choices_have_no_names_to_go_by() -> None:
    assert try_cases(CHOICES, [("", 1.0), ("", -1.0)], 1.0) == Trial(CHOICES, 1, 2)


def test_what_was_not_tried_is_no_trial() -> None:
    assert try_cases(PEOPLE, [], 1.0) is None


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.1, 0.2, "nothing that was tried"),
        (-0.2, -0.1, "nothing that was tried"),
        (-0.1, 0.2, "its interval goes to both sides"),
        (0.0, 0.2, "its interval goes to both sides"),
        (None, None, "it has no interval"),
    ],
)
def test_an_interval_speaks_against_what_it_does_not_leave_out(
    low: float | None, high: float | None, said: str
) -> None:
    result = Result("gap", 0.15, "0.15", (), low, high)
    assert against(trials(Trial(PASSES, 3, 3)), result) == said


def test_every_trial_that_fails_is_named() -> None:
    found = trials(Trial(CHOICES, 280, 288), Trial(PEOPLE, 8, 9, ("commenter 6",)))
    said = against(found, Result("gap", 1.0, "1", (), 0.5, 1.5))
    assert said == "8 of 288 other choices; 1 of 9 people, whose absence turns it: commenter 6"


def test_points_have_signs_and_a_true_minus() -> None:
    assert points(0.084, -0.12, 0.33) == "+8 points (−12 to +33)"


@pytest.mark.book
def test_headlines_stand_on_their_page_and_on_the_page_of_all(tmp_path: Path) -> None:
    folder = make_book(
        tmp_path / "book",
        **{
            "chapters/found.md": f"{HEADER}# Found\n{FOUND}",
            "chapters/sure.md": f"{SURE}\n{{held}}`gap`",
        },
    )
    pages = "\n  - file: chapters/found\n  - file: chapters/sure\n"
    edit(folder / "_toc.yml", "\n  - file: chapters/uses\n", f"\n  - file: chapters/uses{pages}")
    made = build(folder)
    assert made.returncode == 0, made.stderr

    sure = BeautifulSoup(page(folder, "chapters/sure"), "html.parser")
    rows = [
        [cell.get_text() for cell in row(["th", "td"])] for row in sure.select(".mv-table tbody tr")
    ]
    assert rows == [
        [
            "Words: <b>letter</b>, less reply",
            "12.0 (−1.0 to 25.0)",
            "its interval goes to both sides; 1 of 3 other choices; "
            "1 of 2 passes of codes: pass-2; 1 of 2 people, whose absence turns it: commenter 6",
            "2 of 3",
            "1 of 2",
            "1 of 2",
        ],
        ["Words that nobody wrote", "too few to say", "too few to say", "–", "–", "–"],
    ]
    assert sure.select_one(".mv-held").get_text() == (
        "It comes out the same in 2 of 3 other choices, in 1 of 2 passes of codes, "
        f"in 1 of 2 trials that leave a person out. Against it: {rows[0][2]}."
    )
    assert sure.select_one(".mv-table tbody a")["href"] == "found.html"
    assert sure.select_one(".mv-table td a")["href"] == "passages.html#letter-p1"
    assert [one.get_text() for one in sure.select(".mv-minds dd")] == [
        "A longer <i>reply</i>.",
        "Words.",
    ]
    here = BeautifulSoup(page(folder, "chapters/found"), "html.parser").select(".mv-minds dt")
    assert [one.get_text() for one in here] == [row[0] for row in rows]

    edit(folder / "chapters/found.md", '"pass-2": -1', '"pass-2": 1')
    assert build(folder).returncode == 0
    assert "2 of 2" in page(folder, "chapters/sure")


@pytest.mark.book
def test_a_book_without_headlines_says_so(tmp_path: Path) -> None:
    folder = make_book(tmp_path / "book", **{"chapters/uses.md": SURE})
    assert build(folder).returncode == 0
    assert "Nothing here came to a headline" in page(folder, "chapters/uses")


@pytest.mark.book
def test_a_reading_of_another_corpus_may_name_headlines_that_are_not_here(tmp_path: Path) -> None:
    reading = (
        "# Front\n\n```{reading}\n:corpus: elsewhere\n:holds: gap > 0\n\nMuch. {held}`gap`\n```\n"
    )
    folder = make_book(tmp_path / "book", **{"chapters/uses.md": reading})
    built = build(folder)
    assert built.returncode == 0, built.stderr
    assert "written for another corpus (elsewhere)" in page(folder, "chapters/uses")
