"""Tokens, sentences, folded keys and quotation marks: pure functions over a string."""

from manyvoices.text.folding import fold
from manyvoices.text.quotes import Quotation, find_quotations
from manyvoices.text.sentences import sentence_bounds, split_sentences
from manyvoices.text.syllables import syllables
from manyvoices.text.tokens import Tokens, is_word, tokenise

__all__ = [
    "Quotation",
    "Tokens",
    "find_quotations",
    "fold",
    "is_word",
    "sentence_bounds",
    "split_sentences",
    "syllables",
    "tokenise",
]
