"""Tokens, sentences, folded keys and quotation marks: pure functions over a string."""

from manyvoices.text.folding import fold
from manyvoices.text.sentences import split_sentences
from manyvoices.text.tokens import Tokens, is_word, tokenise

__all__ = ["Tokens", "fold", "is_word", "split_sentences", "tokenise"]
