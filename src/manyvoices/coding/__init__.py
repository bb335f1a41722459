"""Codes: what readers, here passes of a language model, said of sentences, comments, mentions."""

from manyvoices.coding.agreement import (
    category_counts,
    disagreements,
    read_codes,
    side_by_side,
    stability,
)
from manyvoices.coding.coefficients import (
    agreement_interval,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
)
from manyvoices.coding.labels import attach_labels, read_labels, stale_labels, write_labels
from manyvoices.coding.passes import read_mentions, read_passes, read_questions, read_quotations

__all__ = [
    "agreement_interval",
    "attach_labels",
    "category_counts",
    "cohen_kappa",
    "disagreements",
    "fleiss_kappa",
    "gwet_ac1",
    "krippendorff_alpha",
    "percent_agreement",
    "read_codes",
    "read_labels",
    "read_mentions",
    "read_passes",
    "read_questions",
    "read_quotations",
    "side_by_side",
    "stability",
    "stale_labels",
    "write_labels",
]
