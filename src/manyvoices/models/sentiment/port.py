"""NLTK's port of VADER, to show that it is another program."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from manyvoices.models.sentiment.vader import COLUMNS, Vader


class NltkPort:
    """VADER as NLTK has it, with the lexicon of the package instead of a download.

    It treats negations, emoji, *no* and repeated words otherwise than the package of VADER's
    authors does, and is here for comparison only.
    """

    name = "VADER, NLTK’s port"

    def score(self, texts: Sequence[str]) -> pd.DataFrame:
        """One row per text: neg, neu, pos, compound."""
        from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants

        # Its constructor loads a file that NLTK would have to download first.
        port = object.__new__(SentimentIntensityAnalyzer)
        port.lexicon, port.constants = Vader().rules.lexicon, VaderConstants()
        return pd.DataFrame([port.polarity_scores(text) for text in texts], columns=list(COLUMNS))
