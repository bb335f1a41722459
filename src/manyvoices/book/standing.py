"""{standing}: every headline of the book, what was tried against it, what would change our mind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.errors import NoUri
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from manyvoices.book.domain import domain_of
from manyvoices.book.headline import CHOICES, KINDS, PASSES, PEOPLE, Headline, Trial
from manyvoices.book.markup import Html, escape, link
from manyvoices.book.nodes import Standing
from manyvoices.book.show import Result
from manyvoices.book.tables import Table

LOGGER = logging.getLogger(__name__)
FORMS = ("table", "minds", "here")
HEADS = {CHOICES: "other choices", PASSES: "passes of codes", PEOPLE: "without each person"}
HELD = {
    CHOICES: "in {} other choices",
    PASSES: "in {} passes of codes",
    PEOPLE: "in {} trials that leave a person out",
}
FAILED = {
    CHOICES: "other choices",
    PASSES: "passes of codes",
    PEOPLE: "people, whose absence turns it",
}
NONE = "Nothing here came to a headline."
NOTHING = "nothing that was tried"
Found = tuple[str, Headline, Result]


class StandingDirective(SphinxDirective):
    """A place for one of the forms.

    `table`: all headlines with what was tried; `minds`: what would change our mind about each;
    `here`: those of the page itself, with both in words.
    """

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """A node that stands for the form until all headlines are known."""
        node = Standing(show=directives.choice(self.arguments[0], FORMS))
        self.set_source_info(node)
        return [node]


class HeldRole(SphinxRole):
    """{held}`name`: in words, what the headline `name` withstood and what speaks against it."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """A node that stands for the words until all headlines are known."""
        node = Standing(show="held", name=self.text)
        self.set_source_info(node)
        return [node], []


class ResolveStanding(SphinxPostTransform):
    """Put the headlines in their places, before links to evidence are resolved."""

    default_priority = 4

    def run(self, **kwargs: Any) -> None:
        """Fill every place of the page."""
        domain = domain_of(self.env)
        results = domain.results()
        every = [(page, one, results[one.name]) for page, one in domain.headlines()]
        for node in list(self.document.findall(Standing)):
            if node["show"] == "held":
                node.replace_self(self._held(node, every))
                continue
            here = [one for one in every if one[0] == self.env.docname]
            found = here if node["show"] == "here" else every
            node.replace_self(self._form(node["show"], found))

    def _held(self, node: Standing, every: Sequence[Found]) -> nodes.inline:
        words = [withstood(one, result) for _, one, result in every if one.name == node["name"]]
        if not words:
            LOGGER.warning("no cell records the headline `%s`", node["name"], location=node)
        return nodes.inline("", " ".join(words), classes=["mv-held"])

    def _form(self, show: str, found: Sequence[Found]) -> list[nodes.Node]:
        if not found:
            return [nodes.paragraph("", NONE)]
        forms: dict[str, Callable[[Sequence[Found]], str]] = {
            "table": self._table,
            "minds": self._minds,
            "here": _here,
        }
        return [nodes.raw("", forms[show](found), format="html")]

    def _table(self, found: Sequence[Found]) -> str:
        import pandas as pd

        firm_first = sorted(found, key=lambda one: against(*one[1:]) != NOTHING)
        rows = pd.DataFrame([self._row(*one) for one in firm_first])
        headers = {"value": "value (interval)", **HEADS, "against": "what speaks against it"}
        caption = "The headlines of the book: first those against which nothing speaks"
        return Table(rows, caption, None, headers, {}, None, missing="–")._repr_html_()

    def _row(self, page: str, one: Headline, result: Result) -> dict[str, object]:
        return {
            "finding": self._chapter_link(one.what, page),
            "value": _value(result),
            "against": against(one, result),
            **{kind: _count(one, kind) for kind in KINDS},
        }

    def _minds(self, found: Sequence[Found]) -> str:
        entries = "".join(
            f"<dt>{self._chapter_link(one.what, page).markup}</dt><dd>{escape(one.mind)}</dd>"
            for page, one, _ in found
        )
        return f'<dl class="mv-minds">{entries}</dl>'

    def _chapter_link(self, text: str, page: str) -> Html:
        try:
            uri = self.env.app.builder.get_relative_uri(self.env.docname, page)
        except NoUri:
            return Html(escape(text), text)
        return Html(f'<a href="{escape(uri)}">{escape(text)}</a>', text)


def against(one: Headline, result: Result) -> str:
    """What speaks against a headline, in words: its interval, and every trial it did not pass."""
    if result.value is None:
        return "too few to say"
    faults = [_of_interval(one.against, result.low, result.high)]
    faults += [_of_trial(trial) for trial in one.trials if not trial.passed]
    return "; ".join(filter(None, faults)) or NOTHING


def _of_interval(null: float, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "it has no interval"
    return "its interval goes to both sides" if low <= null <= high else ""


def _of_trial(trial: Trial) -> str:
    named = f": {', '.join(trial.turning)}" if trial.turning else ""
    return f"{trial.of - trial.agreeing:,} of {trial.of:,} {FAILED[trial.kind]}{named}"


def _count(one: Headline, kind: str) -> str | None:
    trial = one.trial(kind)
    return f"{trial.agreeing:,} of {trial.of:,}" if trial else None


def _value(result: Result) -> Html | str:
    return link(result.text, result.evidence) if result.evidence else result.text


def _here(found: Sequence[Found]) -> str:
    entries = "".join(
        f"<dt>{escape(one.what)}</dt>"
        f"<dd>{escape(_value(result))}. {escape(withstood(one, result))}</dd>"
        f"<dd><strong>What would change our mind:</strong> {escape(one.mind)}</dd>"
        for _, one, result in found
    )
    return f'<dl class="mv-minds">{entries}</dl>'


def withstood(one: Headline, result: Result) -> str:
    """In sentences, in how many trials a headline comes out the same, and what is against it."""
    tried = [HELD[kind].format(count) for kind in KINDS if (count := _count(one, kind))]
    same = f"It comes out the same {', '.join(tried)}. " if tried else ""
    faults = against(one, result)
    if faults == NOTHING:
        return f"{same}Nothing that was tried speaks against it."
    return f"{same}Against it: {faults}."


def setup(app: Sphinx) -> None:
    """Register the directive and the transform that fills its places."""
    app.add_directive("standing", StandingDirective)
    app.add_role("held", HeldRole())
    app.add_post_transform(ResolveStanding)
