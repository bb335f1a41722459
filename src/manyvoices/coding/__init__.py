"""Codes: what readers, here passes of a language model, said of sentences, comments, mentions."""

from manyvoices.coding.passes import read_mentions, read_passes, read_quotations

__all__ = ["read_mentions", "read_passes", "read_quotations"]
