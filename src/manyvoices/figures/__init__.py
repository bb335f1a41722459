"""Figures: each takes a table, and returns the drawing and its words, from the same numbers."""

from manyvoices.figures.barcode import barcode
from manyvoices.figures.drawing import Drawing
from manyvoices.figures.multiverse import specification_curve
from manyvoices.figures.network import network
from manyvoices.figures.rates import rates_by_voice
from manyvoices.figures.sizes import words_per_voice
from manyvoices.figures.tree import reply_tree

__all__ = [
    "Drawing",
    "barcode",
    "network",
    "rates_by_voice",
    "reply_tree",
    "specification_curve",
    "words_per_voice",
]
