"""The second lexicon: that of Pattern, as TextBlob carries it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd


class Pattern:
    """Pattern's polarity of adjectives and adverbs (De Smedt and Daelemans 2012), from TextBlob.

    The lexicon and its rules for negation and degree are in the package; nothing is downloaded.
    """

    name = "Pattern"

    def score(self, texts: Sequence[str]) -> pd.DataFrame:
        """One row per text: compound (polarity, -1 to 1), subjectivity (0 to 1).

        Polarity is the mean over the words that the lexicon values; a text without one has 0.
        """
        from textblob.en import sentiment  # type: ignore[import-untyped]

        scores = [sentiment(text) for text in texts]
        return pd.DataFrame(scores, columns=["compound", "subjectivity"], dtype=float)
