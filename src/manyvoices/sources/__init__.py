"""Readers of source files: each turns one file into documents and accounts for every line."""

from manyvoices.sources.lines import LineFate
from manyvoices.sources.reading import Reading, read_source

__all__ = ["LineFate", "Reading", "read_source"]
