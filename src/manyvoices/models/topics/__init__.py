"""Topics: patterns of words that stand together, and how far they can be trusted."""

from manyvoices.models.topics.alternatives import elsewhere
from manyvoices.models.topics.coherence import c_v, npmi
from manyvoices.models.topics.describing import (
    Label,
    describe_terms,
    describe_topics,
    label_topics,
)
from manyvoices.models.topics.matching import rank_biased_overlap
from manyvoices.models.topics.model import TopicModel
from manyvoices.models.topics.shares import (
    along,
    by_code,
    main_topics,
    prevalence,
    sentence_topics,
    typical,
)
from manyvoices.models.topics.stability import Stability, choose_k, stability
from manyvoices.models.topics.study import Study, TooFew, study_topics
from manyvoices.models.topics.terms import TermRules, Terms, count_terms

__all__ = [
    "Label",
    "Stability",
    "Study",
    "TermRules",
    "Terms",
    "TooFew",
    "TopicModel",
    "along",
    "by_code",
    "c_v",
    "choose_k",
    "count_terms",
    "describe_terms",
    "describe_topics",
    "elsewhere",
    "label_topics",
    "main_topics",
    "npmi",
    "prevalence",
    "rank_biased_overlap",
    "sentence_topics",
    "stability",
    "study_topics",
    "typical",
]
