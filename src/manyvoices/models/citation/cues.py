"""Cues: wordings that hint at what a source is used for.

The cues are our own. They were written by one who had read the texts of this book, so that how
well they do on them says little; on other texts they have not been tried. Each has a weight, which
is a guess and was not fitted: a weight of one makes its function about three times as likely.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FUNCTIONS: Final = ("supporting", "contrasting", "mentioning")
PLAIN: Final = 0.5
"""What a mention without any cue has for being no more than that."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A wording, as a regular expression over lower-case text, and what it hints at."""

    function: str
    name: str
    pattern: str
    weight: float = 1.0

    def found(self, text: str) -> bool:
        """Whether the cue stands in a text, which `normal` has made plain."""
        return re.search(self.pattern, text) is not None


_RESEARCH = r"(?:research|stud(?:y|ies)|evidence|data|surveys?|reports?)"
_SHOWS = r"(?:show|find|found|indicate|suggest|confirm|demonstrate|link|prove)\w*"
_SAYS = (
    r"(?:put|says?|said|shows?|showed|argues?|argued|notes?|noted|points? out|pointed out|proposed|"
    r"found|wrote)"
)
_GOOD = r"(?:great|good|excellent|fine|brilliant)"
_WORK = r"(?:job|book|article|piece|paper|analysis|account|read|report)"
_FAULTY = (
    r"(?:flawed|unreliable|misleading|biased|discredited|dubious|wrong|fails?|failed|nonsense|"
    r"contradict\w*)"
)

_CUES: Final = {
    "supporting": (
        ("research shows", 1.5, rf"\b{_RESEARCH} (?:\w+ )?{_SHOWS}"),
        ("established", 1.5, r"\bwell[- ]established\b"),
        (
            "accepted",
            1.5,
            r"\b(?:widely|generally) (?:accepted|agreed|acknowledged|recogni[sz]ed)\b",
        ),
        ("empirically", 0.5, r"\bempirical(?:ly)?\b"),
        ("according to", 0.7, r"\b(?:according to|in line with|consistent with)\b"),
        ("as somebody says", 0.8, rf"\bas [\w' -]{{1,40}}? {_SAYS}\b"),
        ("example", 1.0, r"\b(?:good|great|perfect|clear|telling) example\b|\bfor instance\b"),
        ("praise", 1.2, rf"\b{_GOOD} {_WORK}\b|\brightly\b|\bpersuasive\w*"),
        ("read this", 1.0, r"\bhave a read\b|\bi wrote this\b|\bworth (?:reading|noting)\b"),
        ("it links", 1.0, r"\b(?:it|this|that|which) (?:links?|shows?|confirms?|demonstrates?)\b"),
    ),
    "contrasting": (
        ("assumption", 1.5, r"\bassum(?:e|es|ed|ptions?)\b|\bmyths?\b|\bpremised on\b"),
        (
            "allegedly",
            1.2,
            r"\b(?:alleged(?:ly)?|apparently|so-called|supposed(?:ly)?|purport\w*)\b",
        ),
        ("fault", 1.2, rf"\b{_FAULTY}\b"),
        ("no reason", 1.2, r"\bno (?:\w+ )?(?:reason|evidence|basis)\b"),
        ("issues", 1.2, r"\b(?:issues|problems?) with\b"),
        ("never mind", 0.8, r"\b(?:never mind|contrary to|despite the|in spite of|however)\b"),
        ("presented as", 1.0, r"\bpresent(?:s|ed|ing)? (?:\w+ )?as\b|\bunder the guise\b"),
        ("in whose interest", 0.8, r"\bon the back of\b|\bfunded\b|\bpaid for by\b"),
        ("made to", 0.6, r"\bmandatory\b|\bco-designed\b"),
    ),
    "mentioning": (
        (
            "you can",
            1.0,
            r"\byou (?:can|could|may|might) (?:also )?(?:try|find|watch|see|read|like)\b",
        ),
        ("see also", 1.0, r"\bsee also\b|\balso,? see\b|\bcf\."),
        ("interesting", 0.7, r"\binteresting\b"),
        ("contact", 1.0, r"\b(?:contacted|phoned|called|asked|told me|refer(?:red)? me)\b"),
        ("passed on", 1.5, r"\breblogged\b|\bshared from\b|\bvia @?\w+"),
    ),
}
CUES: Final = tuple(
    Cue(function, name, pattern, weight)
    for function, cues in _CUES.items()
    for name, weight, pattern in cues
)


def normal(text: str) -> str:
    """A text as the cues expect it: small letters, straight apostrophes, one space."""
    return " ".join(text.lower().replace("’", "'").split())


def found_cues(text: str) -> tuple[Cue, ...]:
    """The cues that stand in a text, in the order of the list."""
    plain = normal(text)
    return tuple(cue for cue in CUES if cue.found(plain))


def cue_scores(texts: Iterable[str]) -> Floats:
    """For each text and each of `FUNCTIONS` the weights of the cues that stand in it, summed."""
    plain = [normal(text) for text in texts]
    scores = np.zeros((len(plain), len(FUNCTIONS)))
    for cue in CUES:
        column = FUNCTIONS.index(cue.function)
        scores[:, column] += cue.weight * np.array([cue.found(text) for text in plain], float)
    return scores


def cue_probabilities(texts: Iterable[str]) -> Floats:
    """For each text and each of `FUNCTIONS` how probable the cues make it.

    The softmax of `cue_scores`, to which a text without cues brings `PLAIN` for mentioning. These
    are degrees of confidence by rule, not frequencies that were observed.
    """
    scores = cue_scores(texts) + PLAIN * (np.array(FUNCTIONS) == "mentioning")
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))
