"""Tables that can be read on a small screen, by a screen reader, and in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from manyvoices.book.markup import Html, escape, link
from manyvoices.book.numbers import decimals, fixed, number_text

if TYPE_CHECKING:
    import pandas as pd

Evidence = str | Mapping[str, str]
LONG = 32  # more letters in a cell than a column of a phone holds
CONTEXT = {"left", "node", "right"}
PLACES = {"left": str.ljust, "right": str.rjust, "centre": str.center}


@dataclass(frozen=True)
class Table:
    """A data frame with a caption, as HTML in a page and as aligned text in a terminal."""

    data: pd.DataFrame
    caption: str
    evidence: Evidence | None
    headers: Mapping[str, str]
    align: Mapping[str, str]
    row_header: str | None
    missing: str = ""

    def __post_init__(self) -> None:
        frame = self.data.reset_index() if self.data.index.name is not None else self.data
        object.__setattr__(self, "data", frame)
        named = [*self.headers, *self.align, *self._links(), *self._links().values()]
        for column in [*named, *([self.row_header] if self.row_header else [])]:
            if column not in frame.columns:
                raise ValueError(f"the table has no column {column!r}: {list(frame.columns)}")
        if unknown := set(self.align.values()) - set(PLACES):
            raise ValueError(f"text is aligned {' or '.join(PLACES)}, not {unknown.pop()!r}")

    def __repr__(self) -> str:
        if self.data.empty:
            return f"{self.caption}: none"
        shown = [self._shown()] + [[str(cell) for cell in row] for row in self._rows()]
        heads = [self._head(column) for column in shown[0]]
        widths = [max(map(len, column)) for column in zip(heads, *shown[1:], strict=True)]
        lines = [self._line(cells, widths) for cells in [heads, *shown[1:]]]
        return "\n".join([self.caption, *lines])

    def _repr_html_(self) -> str:
        if self.data.empty:
            return f'<p class="mv-none">{escape(self.caption)}: none.</p>'
        heads = "".join(self._th(column, "col", self._head(column)) for column in self._shown())
        rows = list(self._rows())
        body = "".join(f"<tr>{''.join(self._cells(row))}</tr>" for row in rows)
        return (
            f'<div class="mv-scroll mv-table{self._kind(rows)}" role="region" tabindex="0" '
            f'aria-label="Table: {escape(self.caption)}"><table>'
            f"<caption>{escape(self.caption)}</caption>"
            f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
        )

    def _kind(self, rows: list[list[Html | str]]) -> str:
        """The class of a table that is set as cards, a row each, where there is no room for it."""
        if set(self._shown()) >= CONTEXT:
            return " mv-as-cards mv-in-context"
        long = any(len(str(cell)) > LONG for row in rows for cell in row[1:])
        return " mv-as-cards" if long else ""

    def _links(self) -> Mapping[str, str]:
        """The shown columns whose cells are links, each with its column of anchors."""
        if isinstance(self.evidence, str):
            return {self.evidence: self.evidence}
        return self.evidence or {}

    def _shown(self) -> list[str]:
        """The columns in order, without those that only hold the anchors of other ones."""
        hidden = set(self._links().values()) - set(self._links())
        return [column for column in self.data.columns if column not in hidden]

    def _rows(self) -> Iterator[list[Html | str]]:
        return map(list, zip(*map(self._column, self._shown()), strict=True))

    def _column(self, column: str) -> list[Html | str]:
        """What the cells of a column show, as links where they have anchors."""
        places = self._decimals(column)
        cells = [_cell_text(value, places) or self.missing for value in self.data[column].tolist()]
        anchors = self._links().get(column)
        if anchors is None:
            return cells
        pairs = zip(cells, self.data[anchors].tolist(), strict=True)
        return [cell if _missing(to) else link(cell, str(to)) for cell, to in pairs]

    def _decimals(self, column: str) -> int | None:
        """As many decimals for every fraction in a column as its middling one is written with.

        None for a column that does not hold fractions alone.
        """
        if self.data[column].dtype.kind != "f":
            return None
        sizes = self.data[column].abs()
        middle = sizes[sizes > 0].median()
        return 0 if _missing(middle) else decimals(float(middle))

    def _cells(self, row: list[Html | str]) -> Iterator[str]:
        first = self.row_header or self._shown()[0]
        for column, cell in zip(self._shown(), row, strict=True):
            if column == first:
                yield self._th(column, "row", cell)
            else:
                head = escape(self._head(column))
                yield f'<td{self._class(column)} data-head="{head}">{escape(cell)}</td>'

    def _th(self, column: str, scope: str, content: object) -> str:
        return f'<th scope="{scope}"{self._class(column)}>{escape(content)}</th>'

    def _class(self, column: str) -> str:
        alignment = self._alignment(column)
        return f' class="mv-{alignment}"' if alignment != "left" else ""

    def _alignment(self, column: str) -> str:
        given = self.align.get(column)
        return given or ("right" if self.data[column].dtype.kind in "iufc" else "left")

    def _head(self, column: str) -> str:
        return self.headers.get(column, str(column))

    def _line(self, cells: list[str], widths: list[int]) -> str:
        padded = (
            PLACES[self._alignment(column)](cell, width)
            for column, cell, width in zip(self._shown(), cells, widths, strict=True)
        )
        return "  ".join(padded).rstrip()


def _cell_text(value: Any, places: int | None) -> Html | str:
    """What a cell shows: markup as it is, numbers grouped, no text where a value is missing."""
    if isinstance(value, Html):
        return value
    if _missing(value):
        return ""
    if isinstance(value, float) and places is not None:
        return fixed(value, places)
    return number_text(value) if isinstance(value, int | float) else str(value)


def _missing(value: Any) -> bool:
    """Whether a cell is None, an empty text, or a value unequal to itself (NaN, NaT, NA)."""
    import pandas as pd

    return bool(pd.api.types.is_scalar(value) and pd.isna(value)) or value == ""
