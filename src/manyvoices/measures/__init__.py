"""Measures: each takes a corpus and returns a table with named columns; none prints or draws."""

from manyvoices.measures.extents import fate_runs, line_fates, sizes
from manyvoices.measures.frequencies import frequency
from manyvoices.measures.kwic import Span, concordance
from manyvoices.measures.nodes import node_queries
from manyvoices.measures.rates import floors, rate

__all__ = [
    "Span",
    "concordance",
    "fate_runs",
    "floors",
    "frequency",
    "line_fates",
    "node_queries",
    "rate",
    "sizes",
]
