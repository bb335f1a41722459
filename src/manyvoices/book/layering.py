"""The layers that chapters recorded, laid over the texts on the page of sources.

A layer is switched on by a radio button, which needs no script: the style sheet shows its marks and
the words for them. A sentence of which a passage is withheld bears no mark.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from manyvoices.book.domain import domain_of
from manyvoices.book.layer import Layer
from manyvoices.book.markup import escape
from manyvoices.book.nodes import LayersPlace, Run
from manyvoices.book.sources_page import WITHHELD

LOGGER = logging.getLogger(__name__)
MOST, COLOURS = 12, 6
OF_PART = " Counted are the marks of this part."
STYLE = "layers.css"
ON = "article:has(#mv-layer-{}:checked)"
MARKED = '[class*="mv-l"][class*="-c"]'
# A script says how high the switches are; where it cannot, they are taken to be of many lines.
BELOW_SWITCHES = (
    "@media (min-width: 40rem) { html:has(form.mv-layers) { scroll-padding-top:"
    " calc(var(--pst-header-article-height) + var(--mv-switches, 9.7rem) + 1rem); } }\n"
)


class Seen(NamedTuple):
    """A mark as it is set: the number of its layer and of its colour, and its word."""

    layer: int
    colour: int
    category: str

    @property
    def style(self) -> str:
        """The class that gives it its colour while its layer is on."""
        return f"mv-l{self.layer}-c{self.colour}"

    def tag(self) -> nodes.inline:
        """Its word, which stands behind it while its layer is on."""
        return nodes.inline("", f" [{self.category}]", classes=["mv-tag", f"mv-t{self.layer}"])


class Stretch(NamedTuple):
    """A mark on a stretch of a document."""

    start: int
    end: int
    seen: Seen


class ResolveLayers(SphinxPostTransform):
    """Set the switches, and mark the sentences and the words."""

    default_priority = 4

    def run(self, **kwargs: object) -> None:
        """Mark the page, if it is one of sources."""
        places = list(self.document.findall(LayersPlace))
        if not places:
            return
        layers = [one for _, one in domain_of(self.env).layers()]
        if len(layers) > MOST:
            LOGGER.warning("only %d layers can be shown, of %d", MOST, len(layers))
        marking = Marking(layers[:MOST])
        marking.mark(self.document)
        for place in places:
            marking.parts = place["parts"]
            place.replace_self([nodes.raw("", marking.switches(), format="html")])


class Marking:
    """Layers, and what of them was found on a page."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        self.layers = layers
        self.parts = 1  # of the texts, of which the page shows one
        self.of_sentences: dict[str, list[Seen]] = defaultdict(list)
        self.of_words: dict[str, list[Stretch]] = defaultdict(list)
        self.found: Counter[tuple[int, str, str]] = Counter()  # layer, category, voice
        for number, layer in enumerate(layers, 1):
            self._take(number, layer)

    def _take(self, number: int, layer: Layer) -> None:
        kinds = _kinds(number, layer)
        for mark in layer.marks:
            seen = kinds[mark.category]
            if mark.of_sentence:
                self.of_sentences[mark.place].append(seen)
            else:
                self.of_words[mark.place].append(Stretch(mark.start, mark.end, seen))

    def mark(self, page: nodes.document) -> None:
        """Mark every sentence of the page of which nothing is withheld."""
        for sentence in page.findall(nodes.inline):
            if "mv-sentence" not in sentence["classes"]:
                continue
            if not any(WITHHELD in node["classes"] for node in sentence.findall(nodes.inline)):
                self._mark_words(sentence)
                self._mark_sentence(sentence)

    def _mark_sentence(self, sentence: nodes.inline) -> None:
        for seen in self.of_sentences.get(sentence["ids"][0], ()):
            sentence["classes"].append(seen.style)
            sentence += seen.tag()
            self._count(seen, sentence)

    def _mark_words(self, sentence: nodes.inline) -> None:
        stretches = self.of_words.get(sentence["document"], ())
        for run in list(sentence.findall(Run)):
            start, text = run["start"], run.astext()
            inside = [s for s in stretches if s.start < start + len(text) and start < s.end]
            if inside:
                run.replace_self(list(_cut(text, start, inside)))
            for stretch in inside:
                if start <= stretch.start:
                    self._count(stretch.seen, sentence)

    def _count(self, seen: Seen, sentence: nodes.inline) -> None:
        self.found[seen.layer, seen.category, sentence["voice"]] += 1

    def switches(self) -> str:
        """The switches and the legends; nothing where nothing was recorded."""
        if not self.layers:
            return ""
        names = [("", "nothing"), *((layer.name, layer.label) for layer in self.layers)]
        buttons = "".join(_switch(i, name, label) for i, (name, label) in enumerate(names))
        legends = "".join(self._legend(i, layer) for i, layer in enumerate(self.layers, 1))
        return (
            '<form class="mv-layers"><fieldset><legend>Mark in the texts</legend>'
            f'{buttons}</fieldset></form><div class="mv-layer-legends">{legends}'
            '<p class="mv-hidden" role="status"></p></div>'
        )

    def _legend(self, number: int, layer: Layer) -> str:
        items = "".join(
            f'<li><span class="{seen.style}">{escape(name)}</span> '
            f"{escape(self._counts(number, name))}</li>"
            for name, seen in _kinds(number, layer).items()
        )
        return (
            f'<div class="mv-layer-legend mv-t{number}">'
            f'<p class="mv-layer-name">{escape(layer.label)}</p><ul>{items}</ul>'
            f"<p>{escape(layer.note)}{OF_PART if self.parts > 1 else ''}</p></div>"
        )

    def _counts(self, number: int, category: str) -> str:
        voices = {
            v: n
            for (layer, name, v), n in self.found.items()
            if (layer, name) == (number, category)
        }
        of_voices = ", ".join(f"{voice} {count:,}" for voice, count in voices.items() if voice)
        return f"{sum(voices.values()):,}" + (f" ({of_voices})" if of_voices else "")


def _kinds(number: int, layer: Layer) -> dict[str, Seen]:
    """How marks of each category are set, by category; colours go round."""
    return {
        category: Seen(number, i % COLOURS + 1, category)
        for i, category in enumerate(layer.categories)
    }


def _switch(number: int, name: str, label: str) -> str:
    checked = "" if number else " checked"
    return (
        f'<label><input type="radio" name="layer" id="mv-layer-{number}" value="{escape(name)}"'
        f"{checked}> <span>{escape(label)}</span></label>"
    )


def _cut(text: str, start: int, stretches: Sequence[Stretch]) -> Iterator[nodes.Node]:
    """The text in pieces, each with the marks that lie over it, and tags where marks end."""
    edges = {start, start + len(text)}
    edges |= {edge for s in stretches for edge in s[:2] if start < edge < start + len(text)}
    ordered = sorted(edges)
    for low, high in pairwise(ordered):
        over = [s for s in stretches if s.start <= low and high <= s.end]
        piece = Run("", text[low - start : high - start], start=low)
        yield nodes.inline("", "", piece, classes=[s.seen.style for s in over]) if over else piece
        yield from (s.seen.tag() for s in over if s.end == high)


def add_style(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the page of sources the style of its layers."""
    if doctree and ("layers", "") in domain_of(app.env).data["uses"].get(page, ()):
        app.add_css_file(STYLE)


def write_style(app: Sphinx, error: Exception | None) -> None:
    """Write the style sheet: a mark has its colour, and its word shows, while its layer is on."""
    if error is None and app.builder.format == "html":
        Path(app.outdir, "_static", STYLE).write_text(style(), encoding="utf-8")


def style() -> str:
    """The rules for as many layers as there can be."""
    layers = range(1, MOST + 1)
    colours = (
        (
            ", ".join(f"{ON.format(n)} .mv-l{n}-c{c}" for n in layers),
            f"--mv-tint: var(--mv-tint-{c})",
        )
        for c in range(1, COLOURS + 1)
    )
    shown = ", ".join(f"{ON.format(n)} .mv-t{n}" for n in layers)
    rules = [
        (MARKED, "background: var(--mv-tint, transparent); print-color-adjust: exact"),
        *colours,
        (f":is({shown}):is(.mv-tag)", "display: inline"),
        (f":is({shown}):is(.mv-layer-legend)", "display: block"),
    ]
    written = (f"{selectors} {{ {rule}; }}\n" for selectors, rule in rules)
    return BELOW_SWITCHES + "".join(written)


def setup(app: Sphinx) -> None:
    """Register the transform and the style."""
    app.add_post_transform(ResolveLayers)
    app.connect("html-page-context", add_style)
    app.connect("build-finished", write_style, priority=400)
