"""Measures: each takes a corpus and returns a table with named columns; none prints or draws."""

from manyvoices.measures.concordance import Span, concordance
from manyvoices.measures.frequency import frequency
from manyvoices.measures.rates import rate
from manyvoices.measures.sizes import line_fates, sizes

__all__ = ["Span", "concordance", "frequency", "line_fates", "rate", "sizes"]
