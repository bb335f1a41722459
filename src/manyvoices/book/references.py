"""{n}`name` and {evidence}`text <anchor>` in prose, and links to evidence in what cells emit."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from manyvoices.book.domain import EVIDENCE_HREF, domain_of
from manyvoices.book.markup import ANCHOR, EVIDENCE
from manyvoices.book.nodes import EvidenceReference, ResultReference
from manyvoices.book.show import NAME

LOGGER = logging.getLogger(__name__)
TEXT_AND_ANCHOR = re.compile(r"(?P<text>.*\S)\s*<(?P<anchor>[^<>]+)>", re.DOTALL)
NodesAndMessages = tuple[list[nodes.Node], list[nodes.system_message]]


class ResultRole(SphinxRole):
    """{n}`name`: a recorded result, as it is written."""

    def run(self) -> NodesAndMessages:
        """A node that stands for the result until all are known."""
        if not NAME.fullmatch(self.text):
            LOGGER.warning("{n}`%s`: no name of a result", self.text, location=self.get_location())
        node = ResultReference(self.rawtext, self.text, name=self.text)
        self.set_source_info(node)
        return [node], []


class EvidenceRole(SphinxRole):
    """{evidence}`text <anchor>`: `text` as a link to a passage."""

    def run(self) -> NodesAndMessages:
        """A node that stands for the link until all anchors are known."""
        match = TEXT_AND_ANCHOR.fullmatch(self.text)
        text, anchor = match.group("text", "anchor") if match else (self.text, self.text)
        if not ANCHOR.fullmatch(anchor):
            LOGGER.warning("{evidence}: no anchor: %s", anchor, location=self.get_location())
        node = EvidenceReference(self.rawtext, text, anchor=anchor)
        self.set_source_info(node)
        return [node], []


class EvidenceUris(SphinxTransform):
    """Turn [text](evidence:anchor) in prose into the same node as the role gives."""

    default_priority = 500

    def apply(self, **kwargs: Any) -> None:
        """Exchange the links of the page."""
        for link in list(self.document.findall(nodes.reference)):
            if (uri := link.get("refuri", "")).startswith(EVIDENCE):
                node = EvidenceReference("", "", *link.children, anchor=uri[len(EVIDENCE) :])
                node.source, node.line = link.source, link.line
                link.replace_self(node)


class NoResultInHeadings(SphinxTransform):
    """Headings are copied to other pages and to the navigation, where results are not resolved."""

    default_priority = 501

    def apply(self, **kwargs: Any) -> None:
        """Put the name in its place, and warn."""
        for title in self.document.findall(nodes.title):
            for node in list(title.findall(ResultReference)):
                LOGGER.warning("a heading cannot cite a result: %s", node["name"], location=title)
                node.replace_self(nodes.Text(node["name"]))


class ResolveResults(SphinxPostTransform):
    """Put the text of a result where it is cited, as a link to its evidence if it has one."""

    default_priority = 6

    def run(self, **kwargs: Any) -> None:
        """Exchange every citation of the page."""
        for node in list(self.document.findall(ResultReference)):
            node.replace_self(self._resolved(node))

    def _resolved(self, node: ResultReference) -> nodes.Node:
        domain = domain_of(self.env)
        result = domain.result(node["name"])
        if result is None:
            LOGGER.warning("no cell records the result `%s`", node["name"], location=node)
            return nodes.inline("", f"[no result: {node['name']}]")
        uri = domain.uri(result.evidence, self.env.docname) if result.evidence else None
        if result.evidence and uri is None:
            _warn_of_anchor(result.evidence, node)
        if uri:
            return nodes.reference(
                "", result.text, refuri=uri, internal=True, classes=["mv-n"], result=result.name
            )
        return nodes.inline("", result.text, classes=["mv-n"])


class ResolveEvidence(SphinxPostTransform):
    """Give links to evidence their address, in prose and in the HTML that cells emitted."""

    default_priority = 7

    def run(self, **kwargs: Any) -> None:
        """Exchange every link of the page."""
        for node in list(self.document.findall(EvidenceReference)):
            uri = self._uri(node["anchor"], node)
            node.replace_self(_link(node, uri) if uri else node.children)
        for raw in list(self.document.findall(nodes.raw)):
            if EVIDENCE in (text := raw.astext()):
                raw.children = [nodes.Text(self._rewritten(text, raw))]

    def _rewritten(self, markup: str, raw: nodes.raw) -> str:
        def address(match: re.Match[str]) -> str:
            return escape(self._uri(unescape(match.group(2)), raw) or "#")

        return EVIDENCE_HREF.sub(address, markup)

    def _uri(self, anchor: str, node: nodes.Node) -> str | None:
        uri = domain_of(self.env).uri(anchor, self.env.docname)
        if uri is None:
            _warn_of_anchor(anchor, node)
        return uri


def _link(node: EvidenceReference, uri: str) -> nodes.reference:
    return nodes.reference(
        "", "", *node.children, refuri=uri, internal=True, classes=["mv-evidence"]
    )


def _warn_of_anchor(anchor: str, node: nodes.Node) -> None:
    LOGGER.warning("no page has the passage `%s`", anchor, location=node)


def setup(app: Sphinx) -> None:
    """Register the roles and the transforms that resolve them."""
    app.add_role("n", ResultRole())
    app.add_role("evidence", EvidenceRole())
    app.add_transform(EvidenceUris)
    app.add_transform(NoResultInHeadings)
    app.add_post_transform(ResolveResults)
    app.add_post_transform(ResolveEvidence)
