"""Citations: what an outside source is used for, and where one may stand."""

from manyvoices.models.citation.contexts import contexts
from manyvoices.models.citation.cues import (
    CUES,
    FUNCTIONS,
    Cue,
    cue_probabilities,
    cue_scores,
    found_cues,
)
from manyvoices.models.citation.finder import find_mentions
from manyvoices.models.citation.function import CitationFunction, CueRules
from manyvoices.models.citation.suggestion import (
    GIVEN,
    SUGGESTED,
    fitted_to,
    own_overrides,
    read_overrides,
    suggest,
    uncoded,
)
from manyvoices.models.citation.trial import OURS, Gain, MacroF1, out_of_fold, trial

__all__ = [
    "CUES",
    "FUNCTIONS",
    "GIVEN",
    "OURS",
    "SUGGESTED",
    "CitationFunction",
    "Cue",
    "CueRules",
    "Gain",
    "MacroF1",
    "contexts",
    "cue_probabilities",
    "cue_scores",
    "find_mentions",
    "fitted_to",
    "found_cues",
    "out_of_fold",
    "own_overrides",
    "read_overrides",
    "suggest",
    "trial",
    "uncoded",
]
