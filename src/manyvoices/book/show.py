"""What chapters use to record results and to show tables, figures and quotations.

Sphinx is not needed here: in JupyterLab the same calls show readable text and tables, and in a
build the extension `manyvoices.book` gives links and prose their targets and numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypedDict, Unpack

from manyvoices.book.headline import CHOICES, PASSES, PEOPLE, Headline, try_cases
from manyvoices.book.layer import layer_of
from manyvoices.book.markup import Html, checked_anchor, escape, link
from manyvoices.book.numbers import number_text
from manyvoices.book.tables import Evidence, Table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Html", "figure", "headline", "layer", "link", "quote", "say", "table"]

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
MOST_PASSAGES = 200
Anchors = str | Iterable[str] | None
Cases = Mapping[str, float] | Iterable[tuple[str, float]]
RECORD = "application/papermill.record/"  # outputs under this prefix are kept off the page


@dataclass(frozen=True)
class Result:
    """One recorded result: its raw value, how it is written, and the passages that it is made of.

    Of very many passages only the first are kept; `found` says how many there were.
    """

    name: str
    value: int | float | str | bool | None
    text: str
    passages: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    found: int = 0

    @property
    def evidence(self) -> str | None:
        """The first of the passages, if there is one."""
        return next(iter(self.passages), None)


class Written(TypedDict, total=False):
    """How a result is written, and what it links to."""

    text: str | None
    evidence: Anchors
    low: float | None
    high: float | None


class Drawing(Protocol):
    """What `figure` needs of a drawing."""

    @property
    def svg(self) -> str: ...
    @property
    def narrow(self) -> str: ...
    @property
    def alt(self) -> str: ...
    @property
    def caption(self) -> str: ...
    @property
    def name(self) -> str: ...


def say(
    name: str,
    value: Any,
    *,
    text: str | None = None,
    evidence: Anchors = None,
    low: float | None = None,
    high: float | None = None,
) -> None:
    """Record `value` under `name`, for prose to cite as {n}`name` and for readings to test.

    `text` is how it is written, by default as `number_text` does; `evidence` is the anchor of the
    passage that the number links to, or of all the passages that it was counted from, of which
    the first 200 are kept. Raises ValueError for a bad name, anchor or number.
    """
    _record(_result(name, value, text, evidence, low, high))


def headline(
    name: str,
    what: str,
    value: float | None,
    *,
    mind: str,
    against: float = 0.0,
    universes: Iterable[float] = (),
    passes: Cases = (),
    without: Cases = (),
    **written: Unpack[Written],
) -> None:
    """Record a finding as the result `name`, and all that was tried against it.

    `what` says what the number is, for whatever corpus and whichever way it comes out: "Share of
    negative sentences: the essay, less the commenters". `against` is the value that would be no
    finding. The finding is tried by its values in each of the `universes`, in each of the `passes`
    of codes and `without` each person (named as the published view names them): does it come out
    on the same side? `mind` says what would change our mind. Where there is no value, nothing was
    tried, and `text` says why. What is `written` is as for `say`: text, evidence, low, high.
    Raises ValueError as `say` does.
    """
    side = 0.0 if value is None else value - against
    cases = {
        CHOICES: (("", v - against) for v in universes),
        PASSES: ((n, v - against) for n, v in dict(passes).items()),
        PEOPLE: ((n, v - against) for n, v in dict(without).items()),
    }
    trials = (try_cases(kind, found, side) for kind, found in cases.items())
    tried = tuple(trial for trial in trials if trial and value is not None)
    result = _result(name, value, **written)
    _record(result, Headline(name, what, against, tried, mind))


def layer(
    name: str, label: str, marks: pd.DataFrame, *, note: str, categories: Iterable[str] = ()
) -> None:
    """Record a layer that readers can switch on over the texts, on the page of sources.

    `marks` has the columns sentence and category, or, for parts of sentences, document, start, end
    (code points) and category; `label` names the layer, `note` says who made the marks and what
    they mean, `categories` in which order they are listed. A layer without marks is not recorded.
    Raises ValueError for a bad name and as `layer_of` does.
    """
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of a layer: lower-case words joined by hyphens")
    made = layer_of(name, label, note, marks, tuple(categories))
    if made.marks:
        _output(f"layer-{name}", f"{len(made.marks):,} marks", layer=made.record)


def _record(result: Result, found: Headline | None = None) -> None:
    """Put a result, and the headline that it may be, among the outputs of a cell."""
    records = {"manyvoices": asdict(result)} | ({"headline": asdict(found)} if found else {})
    _output(result.name, result.text, **records)


def _output(name: str, text: str, **records: Any) -> None:
    """Emit what a build finds among the outputs of a cell, and a page does not show."""
    from IPython.display import display

    metadata = {"scrapbook": {"name": name, "mime_prefix": RECORD}, **records}
    data = {"text/plain": f"{name}: {text}", f"{RECORD}text/plain": text}
    display(data, raw=True, metadata=metadata)  # type: ignore[no-untyped-call]


def _result(
    name: str,
    value: Any,
    text: str | None = None,
    evidence: Anchors = None,
    low: float | None = None,
    high: float | None = None,
) -> Result:
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of a result: lower-case words joined by hyphens")
    if (low is None) != (high is None):
        raise ValueError(f"{name}: an interval needs both low= and high=")
    given = [evidence] if isinstance(evidence, str) else [] if evidence is None else evidence
    anchors = tuple(map(checked_anchor, dict.fromkeys(given)))
    value, low, high = _plain(value), _plain(low), _plain(high)
    if value is None and text is None:
        raise ValueError(f"{name}: a result without a value needs text=")
    text = text or number_text(value, low, high)
    return Result(name, value, text, anchors[:MOST_PASSAGES], low, high, len(anchors))


def _plain(value: Any) -> Any:
    """A numpy scalar as the Python number it holds; JSON knows no other."""
    value = value.item() if hasattr(value, "item") else value
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise ValueError(f"a result is a number, a text or a truth value, not {type(value).__name__}")


def table(
    data: pd.DataFrame,
    caption: str,
    *,
    evidence: Evidence | None = None,
    headers: Mapping[str, str] | None = None,
    align: Mapping[str, str] | None = None,
    row_header: str | None = None,
    missing: str = "",
) -> Table:
    """`data` as a captioned table whose first column (or `row_header`) names the rows.

    `evidence` names the column of anchors, shown as links, or maps a shown column to the column
    of anchors that its cells link to. `headers` renames columns; `align` places their text
    ("left", "right", "centre") and is otherwise right for numbers and left for the rest. A named
    index becomes the first column. `missing` stands where a value is missing; a table without
    rows is a sentence that says so. Raises ValueError for a column that is not there.
    """
    return Table(data, caption, evidence, headers or {}, align or {}, row_header, missing)


def quote(text: object, *, evidence: str, label: str | None = None) -> Html:
    """`text` as a quotation with a link to the passage `evidence`, which `label` names."""
    source = link(label or evidence, evidence)
    markup = (
        f'<blockquote class="mv-quote"><p>{escape(text)}</p>'
        f'<p class="mv-quote-source">{source.markup}</p></blockquote>'
    )
    return Html(markup, f"“{text}” ({source.text})")


def figure(drawing: Drawing) -> Html:
    """`drawing` as a figure with its alternative text and caption; its SVG stands in the page.

    Where it is drawn for narrow screens as well, the page shows the one that fits.

    Raises ValueError for a drawing without a name, an alternative text or a caption.
    """
    for part in ("name", "alt", "caption"):
        if not getattr(drawing, part):
            raise ValueError(f"a figure needs its {part}")
    name = escape(drawing.name)
    markup = (
        f'<figure class="mv-figure" id="figure-{name}" aria-labelledby="figure-{name}-caption">'
        f'<div class="mv-drawing"><div id="figure-{name}-alt" hidden>'
        f"{escape(drawing.alt)}</div>{_described(drawing)}</div>"
        f'<figcaption id="figure-{name}-caption">{escape(drawing.caption)}</figcaption></figure>'
    )
    return Html(markup, f"[Figure: {drawing.caption} {drawing.alt}]")


def _described(drawing: Drawing) -> str:
    """The <svg> for each width, or the one for all; each is named by the alternative text."""
    if not drawing.narrow:
        return _named(drawing.svg, drawing.name)
    narrow = _named(drawing.narrow, drawing.name, 'class="mv-narrow" display="none" ')
    return _named(drawing.svg, drawing.name, 'class="mv-wide" ') + narrow


def _named(svg: str, name: str, more: str = "") -> str:
    """An <svg> without XML prologue, named by the alternative text, and with `more` attributes.

    What is not displayed by an attribute of its own stays hidden where no style sheet is.
    """
    head, rest = svg[svg.index("<svg") :].split(">", 1)
    head = re.sub(r"\s(role|aria-[a-z]+)=\"[^\"]*\"", "", head)
    role = "group" if "<a " in rest else "img"  # what is in an image cannot be reached
    return f'{head} {more}role="{role}" aria-labelledby="figure-{escape(name)}-alt">{rest}'
