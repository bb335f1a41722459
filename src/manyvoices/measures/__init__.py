"""Measures: each takes a corpus and returns a table with named columns; none prints or draws."""

from manyvoices.measures.collocates import collocates
from manyvoices.measures.collocations import collocations
from manyvoices.measures.counts import WordCounts, word_counts
from manyvoices.measures.dispersion import dispersion
from manyvoices.measures.extents import fate_runs, line_fates, sizes
from manyvoices.measures.frequencies import frequency
from manyvoices.measures.keyness import (
    keyness,
    keyness_against,
    keyness_measures,
    keyness_without,
    keywords,
    read_frequency_list,
)
from manyvoices.measures.kwic import Span, concordance, subcorpus, write_concordance
from manyvoices.measures.ngrams import ngrams
from manyvoices.measures.nodes import node_queries
from manyvoices.measures.profile import mattr, sentence_length
from manyvoices.measures.rates import floors, rate

__all__ = [
    "Span",
    "WordCounts",
    "collocates",
    "collocations",
    "concordance",
    "dispersion",
    "fate_runs",
    "floors",
    "frequency",
    "keyness",
    "keyness_against",
    "keyness_measures",
    "keyness_without",
    "keywords",
    "line_fates",
    "mattr",
    "ngrams",
    "node_queries",
    "rate",
    "read_frequency_list",
    "sentence_length",
    "sizes",
    "subcorpus",
    "word_counts",
    "write_concordance",
]
