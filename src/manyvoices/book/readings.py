"""{reading}: an interpretation that shows only where it was meant to hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from manyvoices.book.conditions import Condition, ConditionError, parse_conditions
from manyvoices.book.domain import domain_of
from manyvoices.book.nodes import Reading
from manyvoices.book.numbers import number_text
from manyvoices.book.show import Result

LOGGER = logging.getLogger(__name__)
LABEL = "Reading"
GLOSS = "an interpretation{}, written for this corpus"
PROMPT = "Reading to be written"


@dataclass(frozen=True)
class Verdict:
    """Whether a reading holds; if not, why, in words that a reader of the page sees."""

    why: str = ""

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.why


class ReadingDirective(SphinxDirective):
    """Parses its content as prose and keeps its conditions for the time when results are known."""

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        "corpus": directives.unchanged_required,
        "holds": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        """The reading as a node; nothing, and a warning, where an option is missing or wrong."""
        for option in self.option_spec:
            if not self.options.get(option):
                LOGGER.warning(
                    "a reading needs :%s:", option, location=self.get_location(), once=True
                )
                return []
        try:
            conditions = parse_conditions(self.options["holds"])
        except ConditionError as error:
            LOGGER.warning("%s", error, location=self.get_location())
            return []
        node = Reading(corpus=self.options["corpus"].strip(), conditions=conditions)
        node["number"] = self.env.new_serialno("manyvoices-reading")
        self.set_source_info(node)
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]


class ResolveReadings(SphinxPostTransform):
    """Label the readings that hold, and replace each other one by a prompt to write it anew."""

    default_priority = 3  # what stands in a reading of another corpus is not looked for

    def run(self, **kwargs: Any) -> None:
        """Decide on every reading of the page."""
        results = domain_of(self.env).results()
        for node in list(self.document.findall(Reading)):
            self._resolve(node, results)

    def _resolve(self, node: Reading, results: Mapping[str, Result]) -> None:
        own = is_own(node["corpus"], self.config.manyvoices_corpus)
        verdict = self._own(node, results) if own else _of_another(node, results)
        label = nodes.make_id(f"reading-{self.env.docname}-{node['number']}")
        node["label"] = label
        if verdict.holds:
            by = self.config.manyvoices_interpreter
            node.insert(0, _label(label, LABEL, GLOSS.format(f" by {by}" if by else "")))
        else:
            node["classes"].append("mv-reading-missing")
            node.children = []
            node += [_label(label, PROMPT, ""), nodes.paragraph("", verdict.why)]

    def _own(self, node: Reading, results: Mapping[str, Result]) -> Verdict:
        """The verdict on a reading of this very corpus, where a mistake is the author's."""
        if unknown := [name for name in node.names if name not in results]:
            LOGGER.warning("no cell records the result `%s`", unknown[0], location=node)
            return Verdict(f"There is no result {unknown[0]}.")
        try:
            return _tested(node["conditions"], results)
        except ConditionError as error:
            LOGGER.warning("%s", error, location=node)
            return Verdict(f"A condition of it is at fault: {error}.")


def is_own(corpus: str, current: tuple[str, str]) -> bool:
    """Whether `corpus`, an id or the beginning of a fingerprint, means the `current` one."""
    identity, fingerprint = current
    return corpus == identity or (len(corpus) >= 8 and fingerprint.startswith(corpus))


def _tested(conditions: tuple[Condition, ...], results: Mapping[str, Result]) -> Verdict:
    values = {name: result.value for name, result in results.items()}
    failed = [one for one in conditions if not one.holds(values)]
    if not failed:
        return Verdict()
    names = dict.fromkeys(name for one in failed for name in one.names)
    wanted = " and ".join(map(str, failed))
    return Verdict(f"It was written for {wanted}; {_given(names, results)}.")


def _of_another(node: Reading, results: Mapping[str, Result]) -> Verdict:
    given = _given([name for name in node.names if name in results], results)
    return Verdict(f"One was written for another corpus ({node['corpus']}); {given}.")


def _given(names: Any, results: Mapping[str, Result]) -> str:
    """The values of `names`, which tell the next author what there is to interpret."""
    values = ", ".join(f"{name} = {_value(results[name])}" for name in names)
    return f"this corpus gives {values}" if values else "this corpus has none of its results"


def _value(result: Result) -> str:
    return result.text if result.value is None else number_text(result.value)


def _label(identifier: str, text: str, gloss: str) -> nodes.paragraph:
    label = nodes.paragraph("", "", nodes.strong("", text), classes=["mv-reading-label"])
    label["ids"].append(identifier)
    if gloss:
        label += [nodes.Text(" "), nodes.inline("", gloss, classes=["mv-reading-gloss"])]
    return label


def setup(app: Sphinx) -> None:
    """Register the directive and the transform that decides."""
    app.add_directive("reading", ReadingDirective)
    app.add_post_transform(ResolveReadings)
