"""A layer over the texts: what one question has marked in them, to be switched on in *Sources*."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

SENTENCE, SPAN = ["sentence", "category"], ["document", "start", "end", "category"]


@dataclass(frozen=True)
class Mark:
    """A category that a sentence has, or a span of code points of a document."""

    place: str
    start: int
    end: int
    category: str

    @property
    def of_sentence(self) -> bool:
        """Whether `place` is a whole sentence; else it is the document of a span."""
        return self.start < 0


@dataclass(frozen=True)
class Layer:
    """The marks of one question.

    `name` is its address, `label` what readers see, `note` who made the marks and what they mean;
    `categories` are in the order of the legend.
    """

    name: str
    label: str
    note: str
    categories: tuple[str, ...]
    marks: tuple[Mark, ...]

    @classmethod
    def of_record(cls, record: Mapping[str, Any]) -> Layer:
        """The layer that was written as JSON."""
        marks = tuple(Mark(*mark) for mark in record["marks"])
        return cls(**{**record, "categories": tuple(record["categories"]), "marks": marks})

    @property
    def record(self) -> dict[str, Any]:
        """The layer as JSON has it, a mark as a list."""
        marks = [[mark.place, mark.start, mark.end, mark.category] for mark in self.marks]
        return {**vars(self), "categories": list(self.categories), "marks": marks}


def layer_of(
    name: str, label: str, note: str, marks: pd.DataFrame, categories: tuple[str, ...]
) -> Layer:
    """The layer of a table: sentence and category, or document, start, end and category.

    Rows without a category are left out; without `categories` these are in the order in which they
    come. Raises ValueError for other columns, for categories that are not listed, or for spans that
    hold nothing.
    """
    table = marks[marks["category"].notna() & (marks["category"] != "")]
    if "sentence" in table.columns:
        found = tuple(Mark(s, -1, -1, str(c)) for s, c in table[SENTENCE].to_numpy().tolist())
    else:
        found = tuple(
            Mark(d, int(a), int(b), str(c)) for d, a, b, c in table[SPAN].to_numpy().tolist()
        )
        if empty := [mark for mark in found if not 0 <= mark.start < mark.end]:
            raise ValueError(f"a span that holds nothing: {empty[0]}")
    used = dict.fromkeys(mark.category for mark in found)
    if unknown := [one for one in used if categories and one not in categories]:
        raise ValueError(f"{name}: {unknown[0]!r} is not among the categories {categories}")
    order = tuple(one for one in categories if one in used) or tuple(used)
    return Layer(name, label, note, order, found)
