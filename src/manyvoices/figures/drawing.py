"""From a matplotlib figure to an SVG that stands in a page, the same bytes every time."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec

from manyvoices.figures.palette import INK, VARIABLES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDE, NARROW = 6.4, 3.4  # inches: a column of the book, and one of a telephone
LINK = re.compile(r'<a href="evidence:([^"]*)"(.*?)</a>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no XML file may hold."""
NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}


Given = ParamSpec("Given")
_width: ContextVar[float] = ContextVar("width", default=WIDE)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure: its name (an anchor), SVG, alternative text, and a caption to read it by.

    `narrow` is the SVG for narrow screens, of which the same words are true.
    """

    name: str
    svg: str
    alt: str
    caption: str
    narrow: str = ""


def for_both_widths(draw: Callable[Given, Drawing]) -> Callable[Given, Drawing]:
    """A function that draws what `draw` does, and once more for narrow screens."""

    @wraps(draw)
    def drawn_twice(*args: Given.args, **kwargs: Given.kwargs) -> Drawing:
        wide = draw(*args, **kwargs)
        before = _width.set(NARROW)
        try:
            return replace(wide, narrow=draw(*args, **kwargs).svg)
        finally:
            _width.reset(before)

    return drawn_twice


def is_narrow() -> bool:
    """Whether what is drawn now is for narrow screens."""
    return _width.get() < WIDE


@contextmanager
def canvas(name: str, height: float) -> Iterator[Figure]:
    """An empty figure in the book's style, as wide as the screens that are drawn for.

    Ids in its SVG depend on `name` and the width alone.
    """
    import matplotlib
    from matplotlib.figure import Figure

    style: dict[Any, Any] = {
        "svg.fonttype": "none",
        "svg.hashsalt": f"{name} {_width.get()}",
        "text.parse_math": False,  # a label may hold dollar signs
        "font.family": "sans-serif",
        "font.size": 10.5,
        "text.color": INK,
        "axes.edgecolor": INK,
        "axes.labelcolor": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "axes.spines.top": False,
        "axes.spines.right": False,
    }
    with matplotlib.rc_context(style):
        yield Figure(figsize=(_width.get(), height), layout="constrained")


def drawing(figure: Figure, name: str, alt: str, caption: str, *, stops: bool = True) -> Drawing:
    """The figure as a Drawing whose colours are the page's own.

    A link around a shape has its passage as a name; one around words has a name in them. Without
    `stops` the keyboard passes all links by, for figures that have hundreds.
    """
    stream = io.StringIO()
    with warnings.catch_warnings():
        # The page's fonts draw the letters, not those that matplotlib measures them with.
        warnings.filterwarnings("ignore", r"Glyph .* missing from")
        figure.savefig(stream, format="svg", transparent=True, metadata=NO_METADATA)
    svg = ILLEGAL.sub("\ufffd", stream.getvalue())
    svg = _for_page(svg[svg.index("<svg") :])
    return Drawing(name, _with_named_links(svg, stops), alt, caption)


def _with_named_links(svg: str, stops: bool) -> str:
    def named(found: re.Match[str]) -> str:
        anchor, rest = found.groups()
        name = "" if "<text" in rest else f' aria-label="{anchor}"'
        passed = "" if stops else ' tabindex="-1"'
        return f'<a href="evidence:{anchor}"{name}{passed}{rest}</a>'

    return LINK.sub(named, svg)


def _for_page(svg: str) -> str:
    """The SVG at the width of its place, with colours and fonts left to the page."""
    head, rest = svg.split(">", 1)
    head = re.sub(r'\s(?:width|height)="[^"]*"', "", head)
    rest = re.sub(r"<metadata>.*?</metadata>", "", rest, flags=re.DOTALL)
    return f"{head}>{TAG.sub(_tag_for_page, rest)}"


def _tag_for_page(found: re.Match[str]) -> str:
    tag = found.group()
    for colour, variable in VARIABLES.items():
        tag = tag.replace(colour, f"var({variable}, {colour})")
    tag = re.sub(r"font-family: [^;\"]*", "font-family: var(--mv-figure-font, sans-serif)", tag)
    tag = tag.replace(' target="_blank"', "")
    tag = tag.replace(' xlink:href="evidence:', ' href="evidence:')
    return re.sub(r'<g id="[^"]*"', "<g", tag)  # numbered anew in each figure, so not unique
