"""Discourse analysis with every number linked to the words it was counted from."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from manyvoices.corpus import Corpus, published_corpus
    from manyvoices.dialogue import replies
    from manyvoices.measures import (
        Span,
        concordance,
        dictionary,
        frequency,
        line_fates,
        rate,
        sizes,
    )

__version__ = "0.1.0"

_HOMES = {
    "Corpus": "manyvoices.corpus",
    "Span": "manyvoices.measures",
    "concordance": "manyvoices.measures",
    "dictionary": "manyvoices.measures",
    "frequency": "manyvoices.measures",
    "line_fates": "manyvoices.measures",
    "published_corpus": "manyvoices.corpus",
    "rate": "manyvoices.measures",
    "replies": "manyvoices.dialogue",
    "sizes": "manyvoices.measures",
}

__all__ = [
    "Corpus",
    "Span",
    "concordance",
    "dictionary",
    "frequency",
    "line_fates",
    "published_corpus",
    "rate",
    "replies",
    "sizes",
]


def __getattr__(name: str) -> Any:
    """The public name, loaded from its module at first use, so that the import stays light."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
