"""Codes: what readers, here passes of a language model, said of sentences, comments, mentions."""

from manyvoices.coding.labels import attach_labels, read_labels, stale_labels, write_labels
from manyvoices.coding.passes import read_mentions, read_passes, read_quotations

__all__ = [
    "attach_labels",
    "read_labels",
    "read_mentions",
    "read_passes",
    "read_quotations",
    "stale_labels",
    "write_labels",
]
