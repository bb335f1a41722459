"""Sentiment: scorers behind one interface, and how far they agree with codes."""

from manyvoices.coding import shares
from manyvoices.models.sentiment.adapted import adapted, lexicon_changes, read_changes
from manyvoices.models.sentiment.causes import causes, errors, features, trials
from manyvoices.models.sentiment.classifier import out_of_fold
from manyvoices.models.sentiment.comparison import compare, gains, varied
from manyvoices.models.sentiment.evaluation import (
    THRESHOLD,
    Agreement,
    agreement,
    confusion,
    evaluations,
    label,
    pair,
)
from manyvoices.models.sentiment.pattern import Pattern
from manyvoices.models.sentiment.port import NltkPort
from manyvoices.models.sentiment.scorer import Scorer, normalise, score_sentences
from manyvoices.models.sentiment.vader import Vader
from manyvoices.models.sentiment.views import (
    WINDOW,
    aims,
    along,
    by_target,
    by_voice,
    code_name,
    down_tree,
    examples,
    labelled,
    scorers,
    signs,
)

__all__ = [
    "THRESHOLD",
    "WINDOW",
    "Agreement",
    "NltkPort",
    "Pattern",
    "Scorer",
    "Vader",
    "adapted",
    "agreement",
    "aims",
    "along",
    "by_target",
    "by_voice",
    "causes",
    "code_name",
    "compare",
    "confusion",
    "down_tree",
    "errors",
    "evaluations",
    "examples",
    "features",
    "gains",
    "label",
    "labelled",
    "lexicon_changes",
    "normalise",
    "out_of_fold",
    "pair",
    "read_changes",
    "score_sentences",
    "scorers",
    "shares",
    "signs",
    "trials",
    "varied",
]
