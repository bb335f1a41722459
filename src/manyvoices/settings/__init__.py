"""The description of a corpus, `corpus.yml`: read, checked, and given as one frozen object.

Every mistake becomes a `SettingsError` that names the file, the line, what was found and what
was expected.
"""

from manyvoices.settings.description import Description, find_description
from manyvoices.settings.loading import load_settings
from manyvoices.settings.schema import (
    Acronym,
    Block,
    Book,
    Columns,
    Deviation,
    Event,
    Group,
    Omission,
    PagePart,
    Person,
    Reply,
    Settings,
    Source,
    Text,
    TopicName,
    Voice,
    Withheld,
)
from manyvoices.settings.yaml_files import load_block, load_entries, read_yaml

__all__ = [
    "Acronym",
    "Block",
    "Book",
    "Columns",
    "Description",
    "Deviation",
    "Event",
    "Group",
    "Omission",
    "PagePart",
    "Person",
    "Reply",
    "Settings",
    "Source",
    "Text",
    "TopicName",
    "Voice",
    "Withheld",
    "find_description",
    "load_block",
    "load_entries",
    "load_settings",
    "read_yaml",
]
