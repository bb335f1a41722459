"""Who acts: passives, nouns of acts, generic actors, modality, negation, and who does what to whom.

The detectors are rules over forms, for English. What one finds is counted only where labels of the
corpus show that it can be believed; elsewhere it is given to be read.
"""

from manyvoices.measures.agency.checks import check, check_triples, second_look
from manyvoices.measures.agency.choices import acted_upon, by_sentence, more_often
from manyvoices.measures.agency.counts import rates, sentence_sizes
from manyvoices.measures.agency.dictionary import Words, read_words
from manyvoices.measures.agency.hits import KINDS, NAMES, agency, lines, triples
from manyvoices.measures.agency.naming import evaluative_words, named

__all__ = [
    "KINDS",
    "NAMES",
    "Words",
    "acted_upon",
    "agency",
    "by_sentence",
    "check",
    "check_triples",
    "evaluative_words",
    "lines",
    "more_often",
    "named",
    "rates",
    "read_words",
    "second_look",
    "sentence_sizes",
    "triples",
]
