"""The heat map of two ways to sort sentences."""

from __future__ import annotations

import re

import pandas as pd

from manyvoices.figures.crossed import crossed

LABELS = {1: "Politics", 2: "The <services> and all that is in them"}
TABLE = pd.DataFrame(
    [
        (1, "government", 9, 0.9, "a-p1-s1"),
        (1, "nobody", 1, 0.1, "a-p1-s2"),
        (2, "government", 40, 1.0, "a-p2-s1"),
    ],
    columns=["topic", "code", "sentences", "share", "first"],
)


def test_a_cell_shows_its_count_and_leads_to_its_passage() -> None:
    svg = crossed(TABLE, LABELS, name="x", what="target").svg
    linked = re.findall(r'<a href="evidence:([^"]*)".*?>(\d+)</text>', svg, re.DOTALL)
    assert linked == [("a-p1-s1", "9"), ("a-p2-s1", "40"), ("a-p1-s2", "1")]
    assert ">0</text>" in svg  # what nobody coded is shown as nothing, without a link


def test_a_darker_cell_has_the_larger_share_and_lets_letters_be_read() -> None:
    svg = crossed(TABLE, LABELS, name="x", what="target").svg
    shades = sorted({float(found) for found in re.findall(r"fill-opacity: ([\d.]+)", svg)})
    assert shades[-1] <= 0.46
    assert len(shades) >= 3


def test_all_counts_are_told_in_words() -> None:
    alt = crossed(TABLE, LABELS, name="x", what="target").alt
    assert "Politics: government 9 (90%), nobody 1 (10%)" in alt
    assert "The <services> and all that is in them: government 40 (100%)" in alt
