"""Measures: each takes a corpus and returns a table with named columns; none prints or draws."""

from manyvoices.measures.collocates import collocates
from manyvoices.measures.collocations import collocations
from manyvoices.measures.counts import WordCounts, word_counts
from manyvoices.measures.dictionaries import dictionary
from manyvoices.measures.dispersion import dispersion, dispersions, hit_places
from manyvoices.measures.diversity import diversity
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
from manyvoices.measures.network import collocation_network
from manyvoices.measures.ngrams import ngrams
from manyvoices.measures.nodes import node_queries
from manyvoices.measures.profile import sentence_length
from manyvoices.measures.rates import floors, rate
from manyvoices.measures.readability import readability

__all__ = [
    "Span",
    "WordCounts",
    "collocates",
    "collocation_network",
    "collocations",
    "concordance",
    "dictionary",
    "dispersion",
    "dispersions",
    "diversity",
    "fate_runs",
    "floors",
    "frequency",
    "hit_places",
    "keyness",
    "keyness_against",
    "keyness_measures",
    "keyness_without",
    "keywords",
    "line_fates",
    "ngrams",
    "node_queries",
    "rate",
    "read_frequency_list",
    "readability",
    "sentence_length",
    "sizes",
    "subcorpus",
    "word_counts",
    "write_concordance",
]
