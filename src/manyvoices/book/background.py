"""The directives that set what a description knows beside the texts.

{plan}, {deviations}, {timeline} and {acronyms} set the files that `corpus.yml` names under
`book:`; where it names none, they say so in a sentence.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar, Literal, get_args, get_origin

from docutils import nodes
from docutils.statemachine import StringList
from pydantic import BaseModel
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.docutils import SphinxDirective

from manyvoices import settings
from manyvoices.book.config import corpus_path
from manyvoices.book.markup import linked
from manyvoices.settings import Acronym, Deviation, Event, load_entries, load_settings

SCHEMES = ("http", "https", "mailto", "evidence")
SPECIAL = re.compile(r"[!-/:-@\[-`{-~]")  # what Markdown lets a backslash stand before


class _FromFile(SphinxDirective, ABC):
    """A directive whose content is made from a file of the description."""

    key: ClassVar[str]
    none: ClassVar[str]

    def run(self) -> list[nodes.Node]:
        """The content of the file, or the sentence for none."""
        description = load_settings(corpus_path(Path(self.env.srcdir)))
        named: Path | None = getattr(description.settings.book, self.key)
        if named is None:
            return [nodes.paragraph("", self.none)]
        path = description.path(named)
        self.env.note_dependency(str(path))
        return self._parsed(self.markdown(path), path)

    @abstractmethod
    def markdown(self, path: Path) -> str:
        """The content, as MyST."""

    def _parsed(self, text: str, path: Path) -> list[nodes.Node]:
        holder = nodes.container()
        lines = StringList(text.splitlines(), source=str(path))
        # A file's headings are no sections of the page, whose order they would break; they rank
        # below the page's own heading and that of the section.
        self.state.nested_parse(lines, self.content_offset, holder, match_titles=False)
        for heading in holder.findall(nodes.rubric):
            heading["level"] = min(heading.get("level", 1) + 2, 6)
        _without_markup(list(holder.findall(nodes.Element)))
        return holder.children


class Plan(_FromFile):
    """{plan}: the analysis plan, word for word."""

    key = "plan"
    none = "No plan was written down for this corpus; every result of this book was come upon."

    def markdown(self, path: Path) -> str:
        """The file as it is."""
        return path.read_text(encoding="utf-8")


class Deviations(_FromFile):
    """{deviations}: what was done otherwise, why, and to what effect."""

    key = "deviations"
    none = "No departure from a plan is recorded for this corpus."

    def markdown(self, path: Path) -> str:
        """A list of departures."""
        entries = load_entries(path, Deviation)
        return "\n".join(
            f"- **{_closed(entry.what)}**\n  Why: {entry.why}\n  Effect: {entry.effect}"
            for entry in entries
        )


class Timeline(_FromFile):
    """{timeline}: events in order, each with its source."""

    key = "timeline"
    none = "No timeline is given for this corpus."

    def markdown(self, path: Path) -> str:
        """A definition list of events."""
        return _defined((entry.date, entry) for entry in load_entries(path, Event))


class Acronyms(_FromFile):
    """{acronyms}: short forms and what they stand for."""

    key = "acronyms"
    none = "No acronyms are explained for this corpus."

    def markdown(self, path: Path) -> str:
        """A definition list of short forms."""
        return _defined((entry.term, entry) for entry in load_entries(path, Acronym))


def _without_markup(found: list[nodes.Element]) -> None:
    """Let HTML in a file stand in the page as text, and no link lead into a script."""
    for node in found:
        if isinstance(node, nodes.raw):
            inline = isinstance(node.parent, nodes.TextElement)
            text = node.astext()
            node.replace_self(nodes.Text(text) if inline else nodes.paragraph("", text))
        elif isinstance(node, nodes.reference) and not _is_safe(node.get("refuri", "")):
            node.replace_self(node.children)


def _is_safe(address: str) -> bool:
    scheme, colon, _ = address.partition(":")
    return not colon or scheme.lower() in SCHEMES


class Schema(SphinxDirective):
    """{schema}: every entry of a `corpus.yml` and of the lists that it names, from its models."""

    def run(self) -> list[nodes.Node]:
        """A heading, a summary and the entries of each model."""
        return [node for model in MODELS for node in self._model(*model)]

    def _model(self, where: str, model: type[BaseModel]) -> list[nodes.Node]:
        heading = nodes.rubric("", "", nodes.literal("", where))
        entries = nodes.definition_list()
        for name, field in model.model_fields.items():
            term = nodes.term("", "", nodes.literal("", name))
            if field.is_required():
                term += nodes.emphasis("", " needed")
            text = nodes.paragraph("", field.description or "")
            if choices := _choices(field.annotation):
                text += nodes.Text(f" One of: {', '.join(choices)}.")
            entries += nodes.definition_list_item("", term, nodes.definition("", text))
        summary = nodes.paragraph("", (model.__doc__ or "").partition("\n")[0])
        return [heading, summary, entries]


MODELS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("corpus.yml", settings.Settings),
    ("book:", settings.Book),
    ("sources: <id>:", settings.Source),
    ("sources: <id>: parts: -", settings.PagePart),
    ("sources: <id>: omit: -", settings.Omission),
    ("sources: <id>: columns:", settings.Columns),
    ("voices: <id>:", settings.Voice),
    ("people: <id>:", settings.Person),
    ("groups: <id>:", settings.Group),
    ("replies: <document>:", settings.Reply),
    ("withheld: -", settings.Withheld),
    ("timeline, a file: -", settings.Event),
    ("acronyms, a file: -", settings.Acronym),
    ("deviations, a file: -", settings.Deviation),
)


def _choices(annotation: object) -> tuple[str, ...]:
    """The values of an entry that is one of a few."""
    return get_args(annotation) if get_origin(annotation) is Literal else ()


def _defined(entries: Iterable[tuple[str, Event | Acronym]]) -> str:
    return "\n\n".join(f"{term}\n: {one.text}{_cited(one.source)}" for term, one in entries)


def _cited(key: str) -> str:
    return f" {{cite:p}}`{key}`" if key else ""


def _closed(sentence: str) -> str:
    return sentence if sentence.endswith(".") else f"{sentence}."


def substitute(app: Sphinx, config: Config) -> None:
    """Let prose name what the description says of the book, as in {{ title }}; it is plain text."""
    book = load_settings(corpus_path(Path(app.srcdir))).settings.book
    names = ("title", "subtitle", "description", "contact", "help")
    config.myst_substitutions = {name: plain(getattr(book, name)) for name in names}


def plain(text: str) -> str:
    """`text` as MyST in which nothing but web addresses is markup.

    An address ends before the mark of punctuation or the bracket that follows it.
    """

    def escaped(words: str) -> str:
        return SPECIAL.sub(r"\\\g<0>", words)

    parts = linked(" ".join(text.split()))
    return "".join(f"[{escaped(w)}](<{to}>)" if to else escaped(w) for w, to in parts)


def setup(app: Sphinx) -> None:
    """Register the directives and the substitutions."""
    app.connect("config-inited", substitute, priority=2)
    for name, directive in {
        "plan": Plan,
        "deviations": Deviations,
        "timeline": Timeline,
        "acronyms": Acronyms,
        "schema": Schema,
    }.items():
        app.add_directive(name, directive)
