"""What counts as a word of content: not a number, not an address, not a word of grammar."""

from __future__ import annotations

import re
import unicodedata

CLITIC = re.compile(r"'(?:s|re|ve|ll|d|m)$|(?<=s)'$")
NEGATION = "n't"
AUXILIARIES = frozenset({"did", "does", "doing", "having", "shall"})


def content_form(folded: str) -> str:
    """A folded form without its English ending (*'s*, *'ve*); empty if it is no term.

    A term is letters and their marks, two or more; hyphens and apostrophes may stand between them.
    So numbers, words with digits, web addresses, hashtags, names with @, emoji, withheld words and
    contracted negations (*don't*) are none.
    """
    form = CLITIC.sub("", folded)
    return "" if form.endswith(NEGATION) or not _is_term(form) else form


def english_stop_words() -> frozenset[str]:
    """scikit-learn's list of 318 words, and five forms of auxiliary verbs that it has not.

    On gaps of such lists: Nothman, Qin and Yurchak (2018).
    """
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return AUXILIARIES | frozenset(ENGLISH_STOP_WORDS)


def _is_term(form: str) -> bool:
    parts = re.split("[-']", form)
    letters = sum(map(len, parts))
    return letters > 1 and all(parts) and all(map(_is_letter, "".join(parts)))


def _is_letter(char: str) -> bool:
    return char.isalpha() or unicodedata.category(char).startswith("M")
