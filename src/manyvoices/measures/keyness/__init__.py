"""Keyness: which words are met more often in one body of text than in another, and how surely."""

from manyvoices.measures.keyness.choices import Pair, counted_otherwise, opposed
from manyvoices.measures.keyness.comparing import Comparison, compare, compare_with_list
from manyvoices.measures.keyness.formulas import Settings, measured
from manyvoices.measures.keyness.lists import read_frequency_list
from manyvoices.measures.keyness.omission import left_out, ratios_without
from manyvoices.measures.keyness.tables import (
    Rules,
    keyness,
    keyness_against,
    keyness_measures,
    keyness_table,
    keyness_without,
    keywords,
)

__all__ = [
    "Comparison",
    "Pair",
    "Rules",
    "Settings",
    "compare",
    "compare_with_list",
    "counted_otherwise",
    "keyness",
    "keyness_against",
    "keyness_measures",
    "keyness_table",
    "keyness_without",
    "keywords",
    "left_out",
    "measured",
    "opposed",
    "ratios_without",
    "read_frequency_list",
]
