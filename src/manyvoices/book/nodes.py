"""The nodes that stand in a page until all results are known."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from manyvoices.book.conditions import Condition


class ResultReference(nodes.Inline, nodes.TextElement):
    """{n}`name`: becomes the result's text. Attribute: `name`."""


class EvidenceReference(nodes.Inline, nodes.TextElement):
    """{evidence}`text <anchor>`: becomes a link to the passage. Attribute: `anchor`."""


class Concordancer(nodes.General, nodes.Element):
    """{concordancer}: becomes the search of the texts."""


class Standing(nodes.General, nodes.Element):
    """{standing}: becomes how the headlines stand. Attribute: `show`, which of its forms."""


class LayersPlace(nodes.General, nodes.Element):
    """Becomes the switches of the layers that the chapters recorded."""


class Run(nodes.Inline, nodes.TextElement):
    """Text of a document as it stands there. Attribute: `start`, its first code point."""


class Reading(nodes.General, nodes.Element):
    """An interpretation with the corpus and the conditions that it was written for.

    Attributes: `corpus`, `conditions` (a tuple of Condition), `number` within the page.
    """

    @property
    def names(self) -> tuple[str, ...]:
        """The results that its conditions compare."""
        conditions: tuple[Condition, ...] = self["conditions"]
        return tuple(dict.fromkeys(name for one in conditions for name in one.names))


def _open_reading(self: HTML5Translator, node: Reading) -> None:
    kind = " ".join(["mv-reading", *node["classes"]])
    label = f' aria-labelledby="{node["label"]}"' if node.get("label") else ""
    self.body.append(f'<div class="{kind}" role="note"{label}>\n')


def _close_reading(self: HTML5Translator, node: Reading) -> None:
    self.body.append("</div>\n")


def _pass(self: nodes.NodeVisitor, node: nodes.Element) -> None:
    """Let the children of the node be written as if it were not there."""


def setup(app: Sphinx) -> None:
    """Register the nodes with every builder that can be asked for."""
    plain = (_pass, _pass)
    page = (_open_reading, _close_reading)
    app.add_node(Run, html=plain, latex=plain, text=plain, man=plain, texinfo=plain)
    app.add_node(Reading, html=page, latex=plain, text=plain, man=plain, texinfo=plain)
