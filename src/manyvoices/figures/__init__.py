"""Figures: each takes a table, and returns the drawing and its words, from the same numbers."""

from manyvoices.figures.barcode import barcode
from manyvoices.figures.drawing import Drawing
from manyvoices.figures.multiverse import specification_curve
from manyvoices.figures.network import network
from manyvoices.figures.rates import rates_by_voice
from manyvoices.figures.score import score
from manyvoices.figures.sizes import words_per_voice
from manyvoices.figures.tree import answered_tree, reply_tree
from manyvoices.figures.uptake import uptake_against_shuffled

__all__ = [
    "Drawing",
    "answered_tree",
    "barcode",
    "network",
    "rates_by_voice",
    "reply_tree",
    "score",
    "specification_curve",
    "uptake_against_shuffled",
    "words_per_voice",
]
