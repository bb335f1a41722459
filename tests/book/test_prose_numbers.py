"""No number in the chapters' prose is typed: each comes from a cell, so that none can be stale."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.book.prose import typed_numbers

ROOT = Path(__file__).parents[2]
CHAPTERS = [ROOT / "index.md", *sorted((ROOT / "chapters").glob("*.md"))]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_no_number_is_typed_in_the_prose_of_a_chapter(chapter: Path) -> None:
    finds = typed_numbers(chapter.read_text(encoding="utf-8"))
    report = [f"{chapter.name}:{find.line}: {find.number}: {find.text}" for find in finds]
    assert not report, "glue these, or put them into code or a role:\n" + "\n".join(report)


@pytest.mark.parametrize(
    "prose",
    [
        "There are 18 comments.",
        "There are eighteen comments.",
        "Two of them answer.",
        "About half of the words",
        "They wrote twice as much.",
        "The PHQ-9 is a questionnaire.",
        "One comment was moved.",
        "# Three doors",
        ":::{note}\nOf 12 people\n:::",
        "```{admonition} Seven words\n:class: tip\nText.\n```",
        "| a | 3 |",
        "See {doc}`the 2 chapters <chapters/x>`.",
        "```{glossary}\nterm\n  Five of them.\n```",
    ],
)
def test_a_typed_number_is_found(prose: str) -> None:
    assert typed_numbers(f"---\nx: 1\n---\n{prose}\n")


@pytest.mark.parametrize(
    "prose",
    [
        "There are {n}`found-comments` comments.",
        "As {cite:p}`gries2008` says, no one does; each one, and one of them, and one can.",
        "The file `data/v2.csv` and ``a ` 3`` and [a link](https://example.org/2017).",
        "The {evidence}`comment 5.1.2 <comment-5.1.2>` and {{ contact }} and a note[^1].",
        "```{code-cell} ipython3\n:tags: [hide-input]\nx = 12\n```",
        "```{reading}\n:corpus: x\n:holds: a > 3\nSeven words.\n```",
        "```{figure} image2.png\n:width: 400px\nA caption.\n```",
        "1. First, this.\n2. Then that.",
        "<!-- 12 words -->\n(section-2)=\n% 3 things",
        "It speaks with one voice, one by one.",
        "<span id='x2'>words</span> <https://example.org/12>",
        "Then it was first, second and once.",
    ],
)
def test_what_may_hold_a_number_is_left_alone(prose: str) -> None:
    assert not typed_numbers(f"---\nx: 1\n---\n{prose}\n")


def test_a_find_has_the_line_of_the_file() -> None:
    (find,) = typed_numbers("---\nx: 1\n---\n\nText.\n\nSeven words.\n")
    assert (find.line, find.number) == (7, "Seven")
