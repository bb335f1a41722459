"""What the pages of the book know of one another: results, anchors, and who uses which.

Sphinx keeps a domain's data between builds, forgets those of a page before it is read again, and
merges what parallel readers found.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from myst_nb.sphinx_ import NbMetadataCollector, SphinxEnvType
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.errors import NoUri
from sphinx.util import logging

from manyvoices.book.headline import Headline
from manyvoices.book.layer import Layer
from manyvoices.book.markup import EVIDENCE
from manyvoices.book.nodes import EvidenceReference, LayersPlace, Reading, ResultReference, Standing
from manyvoices.book.show import Result

LOGGER = logging.getLogger(__name__)
EVIDENCE_HREF = re.compile(rf'(?<=\shref=")({EVIDENCE})([^"]*)(?=")')
Use = tuple[str, str]  # ("result" or "anchor", name), ("headlines", "") or ("layers", "")
PARTS = ("results", "headlines", "layers", "anchors", "uses")


class BookDomain(Domain):
    """Results by name, anchors by id, and the pages that use them."""

    name = "manyvoices"
    label = "Many Voices"
    data_version = 4
    initial_data = {  # noqa: RUF012 (Sphinx declares it so, and copies it)
        "results": {},  # page -> name -> Result
        "headlines": {},  # page -> [Headline]
        "layers": {},  # page -> [Layer]
        "anchors": {},  # page -> set of anchors
        "uses": {},  # page -> set of Use
        "seen": {},  # Use -> what the pages that are written show of it
    }

    def note_anchor(self, anchor: str, page: str | None = None) -> None:
        """Record that the passage `anchor` stands on `page`, by default the one being read."""
        self.data["anchors"].setdefault(page or self.env.docname, set()).add(anchor)

    def note_use(self, kind: str, name: str, page: str | None = None) -> None:
        """Record that `page` shows the result, or links to the anchor, called `name`."""
        self.data["uses"].setdefault(page or self.env.docname, set()).add((kind, name))

    def result(self, name: str) -> Result | None:
        """The result called `name`, on whichever page it was recorded."""
        pages = self.data["results"].values()
        return next((results[name] for results in pages if name in results), None)

    def results(self) -> dict[str, Result]:
        """Every recorded result by its name."""
        return {name: r for page in self.data["results"].values() for name, r in page.items()}

    def headlines(self) -> list[tuple[str, Headline]]:
        """Every headline of the book with its page, in the order of the table of contents."""
        found = self.data["headlines"]
        return [(page, one) for page in self._in_order() for one in found.get(page, ())]

    def layers(self) -> list[tuple[str, Layer]]:
        """Every layer with the page that recorded it, in the order of the table of contents."""
        found = self.data["layers"]
        return [(page, one) for page in self._in_order() for one in found.get(page, ())]

    def _in_order(self) -> Iterator[str]:
        """The pages, as one reads them."""
        pages = [self.env.config.root_doc]
        while pages:
            yield (page := pages.pop(0))
            pages = [*self.env.toctree_includes.get(page, ()), *pages]

    def page_of(self, anchor: str) -> str | None:
        """The page where the passage `anchor` stands."""
        return next((p for p, anchors in self.data["anchors"].items() if anchor in anchors), None)

    def uri(self, anchor: str, page: str) -> str | None:
        """Where `page` finds the passage `anchor`; None if no page has it.

        Builders without addresses, such as text, give "".
        """
        target = self.page_of(anchor)
        builder = self.env.app.builder
        if target is None:
            return None
        if builder.name == "singlehtml" or target == page:
            return f"#{anchor}"
        try:
            return f"{builder.get_relative_uri(page, target)}#{anchor}"
        except NoUri:
            return ""

    # What Sphinx calls

    def clear_doc(self, docname: str) -> None:
        """Forget what a page held, before it is read again."""
        for part in PARTS:
            self.data[part].pop(docname, None)

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process found on `docnames`."""
        for part in PARTS:
            found = {page: otherdata[part][page] for page in docnames if page in otherdata[part]}
            self.data[part].update(found)

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note the results that the page's cells recorded, and all that its text refers to."""
        found = self._take(docname, list(_recorded(env, docname)))
        for kind, name in _used(document):
            self.note_use(kind, name, docname)
        for result in found.values():
            for anchor in result.passages:
                self.note_use("anchor", anchor, docname)

    def _take(self, page: str, records: list[dict[str, Any]]) -> dict[str, Result]:
        """Keep what the page's cells recorded; its results by their names."""
        results = {r.name: r for one in records if (r := _result(one))}
        headlines = [Headline.of_record(r["headline"]) for r in records if "headline" in r]
        layers = [Layer.of_record(r["layer"]) for r in records if "layer" in r]
        for part, held in (("results", results), ("headlines", headlines), ("layers", layers)):
            if held:
                self.data[part][page] = held
        return results

    def check_consistency(self) -> None:
        """Warn of every result and anchor that stands on two pages."""
        for part, noun in (("results", "result"), ("anchors", "anchor")):
            pages = defaultdict(list)
            for page, names in self.data[part].items():
                for name in names:
                    pages[name].append(page)
            for name, twice in pages.items():
                if len(twice) > 1:
                    LOGGER.warning(
                        "the %s `%s` is recorded on several pages: %s",
                        *(noun, name, ", ".join(twice)),
                        location=twice[-1],
                    )

    def outdated_pages(self) -> set[str]:
        """The pages that show a result or link to an anchor which is not as they last showed it."""
        uses = {use for used in self.data["uses"].values() for use in used}
        now = {use: self._state(*use) for use in uses}
        changed = {use for use in uses if now[use] != self.data["seen"].get(use)}
        self.data["seen"] = now
        return {page for page, used in self.data["uses"].items() if used & changed}

    def _state(self, kind: str, name: str) -> tuple[Any, ...]:
        if kind == "anchor":
            return (self.page_of(name),)
        if kind == "headlines":
            return tuple(
                (page, one, self._state("result", one.name)) for page, one in self.headlines()
            )
        if kind == "layers":
            return tuple(self.layers())
        result = self.result(name)
        place = self.page_of(result.evidence) if result and result.evidence else None
        return (result, place)


def domain_of(env: BuildEnvironment) -> BookDomain:
    """The book's own domain in a Sphinx environment."""
    return cast(BookDomain, env.get_domain(BookDomain.name))


def _recorded(env: BuildEnvironment, page: str) -> Iterator[dict[str, Any]]:
    """The records that myst-nb took out of the page's outputs and wrote beside them."""
    notebook_env = cast(SphinxEnvType, env)
    if not NbMetadataCollector.get_doc_data(notebook_env)[page].get("glue"):
        return
    file = Path(notebook_env.mystnb_config.output_folder, f"{page}.glue.json")
    for output in json.loads(file.read_text(encoding="utf-8")).values():
        yield output["metadata"]


def _result(record: dict[str, Any]) -> Result | None:
    if "manyvoices" not in record:
        return None
    found = record["manyvoices"]
    return Result(**found | {"passages": tuple(found["passages"])})


def _used(document: nodes.document) -> Iterator[Use]:
    for result in document.findall(ResultReference):
        yield "result", result["name"]
    for evidence in document.findall(EvidenceReference):
        yield "anchor", evidence["anchor"]
    if next(document.findall(Standing), None):
        yield "headlines", ""
    if next(document.findall(LayersPlace), None):
        yield "layers", ""
    for reading in document.findall(Reading):
        yield from (("result", name) for name in reading.names)
    for raw in document.findall(nodes.raw):
        yield from (("anchor", anchor) for anchor in evidence_anchors(raw.astext()))


def evidence_anchors(markup: str) -> Iterable[str]:
    """The anchors that links in `markup` lead to."""
    return (unescape(match.group(2)) for match in EVIDENCE_HREF.finditer(markup))


def _rewrite_users(app: Sphinx, env: BuildEnvironment) -> list[str]:
    return sorted(domain_of(env).outdated_pages() & set(env.all_docs))


def setup(app: Sphinx) -> None:
    """Register the domain, and have pages rewritten when what they show of others changes."""
    app.add_domain(BookDomain)
    app.connect("env-updated", _rewrite_users)
