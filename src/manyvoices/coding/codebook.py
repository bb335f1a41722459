"""The codebook: what was coded, in which words, and who coded."""

from __future__ import annotations

import pandas as pd
from pydantic import ConfigDict, Field

from manyvoices.coding.passes import codes_file, pass_files
from manyvoices.corpus import Corpus
from manyvoices.settings import Block, Text, load_block

FILE = "codebook.yml"
UNNAMED = "not said in the codebook"
COLUMNS = ["pass", "coder", "how", "layers"]


class _Open(Block):
    """Entries beside which a codebook may hold others, for people to read."""

    model_config = ConfigDict(extra="ignore")


class Pass(Block):
    """Who made a pass, and how."""

    coder: Text
    """Who coded: a person, a role, or a program."""
    how: str = ""
    """In which order, by which instruction, with sight of what."""


class WhoCoded(_Open):
    """Who coded, and what may be said of their codes."""

    statement: str = ""
    """What agreement between the passes is, and what it is not."""
    passes: dict[str, Pass] = Field(default_factory=dict)
    """Each pass by the name of its folder."""


class Variable(_Open):
    """A coded variable."""

    label: str = ""
    """What it is called in a table or a figure."""


class Layer(_Open):
    """What was coded at a time: sentences, comments, mentions."""

    label: str = ""
    """What the layer is called."""
    variables: dict[str, Variable] = Field(default_factory=dict)
    """The variables, by the columns of its files."""


class Codebook(_Open):
    """A whole `codebook.yml`, as far as the library reads it."""

    title: str = ""
    """Its title."""
    who_coded: WhoCoded = WhoCoded()
    """Who coded."""
    layers: dict[str, Layer] = Field(default_factory=dict)
    """The layers, by the names of their files."""

    def label(self, layer: str, variable: str) -> str:
        """What a variable is called; its own name, where the codebook does not say."""
        known = self.layers.get(layer, Layer()).variables.get(variable, Variable())
        return known.label or variable


def read_codebook(corpus: Corpus) -> Codebook:
    """The codebook in the folder of codes; an empty one, where there is none.

    Raises SettingsError, with file and line, for an entry that breaks the schema.
    """
    file = codes_file(corpus, FILE)
    return load_block(file, Codebook) if file else Codebook()


def who_coded(corpus: Corpus) -> pd.DataFrame:
    """One row per pass: pass, coder, how, layers (the names of its files).

    A pass is there as soon as its folder is; who made it stands in the codebook, and where it does
    not, `coder` says that.
    """
    named = read_codebook(corpus).who_coded.passes
    layers: dict[str, list[str]] = {}
    for file in pass_files(corpus):
        layers.setdefault(file.parent.name, []).append(file.stem)
    unknown = Pass(coder=UNNAMED)
    rows = [
        (name, one.coder, one.how, ", ".join(of))
        for name, of in layers.items()
        for one in [named.get(name, unknown)]
    ]
    return pd.DataFrame(rows, columns=COLUMNS)
