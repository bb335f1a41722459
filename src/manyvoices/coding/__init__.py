"""Codes: what readers, here passes of a language model, said of sentences, comments, mentions."""

from manyvoices.coding.agreement import (
    category_counts,
    disagreements,
    read_codes,
    side_by_side,
    stability,
)
from manyvoices.coding.claims import (
    claim_sentences,
    claim_tally,
    resting_on_one,
    stances,
    taken_up,
)
from manyvoices.coding.codebook import Codebook, read_codebook, who_coded
from manyvoices.coding.coefficients import (
    agreement_interval,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
)
from manyvoices.coding.labels import (
    attach_labels,
    read_candidates,
    read_labels,
    stale_labels,
    write_labels,
)
from manyvoices.coding.majority import NO_MAJORITY, majority, most
from manyvoices.coding.mentions import (
    FUNCTIONS,
    ROLES,
    coded_mentions,
    functions_without,
    mention_tally,
    sentences_at,
)
from manyvoices.coding.oppositions import read_oppositions, side_of
from manyvoices.coding.passes import (
    LAYERS,
    in_documents,
    read_mentions,
    read_passes,
    read_questions,
    read_quotations,
)
from manyvoices.coding.shares import shares, wavering

__all__ = [
    "FUNCTIONS",
    "LAYERS",
    "NO_MAJORITY",
    "ROLES",
    "Codebook",
    "agreement_interval",
    "attach_labels",
    "category_counts",
    "claim_sentences",
    "claim_tally",
    "coded_mentions",
    "cohen_kappa",
    "disagreements",
    "fleiss_kappa",
    "functions_without",
    "gwet_ac1",
    "in_documents",
    "krippendorff_alpha",
    "majority",
    "mention_tally",
    "most",
    "percent_agreement",
    "read_candidates",
    "read_codebook",
    "read_codes",
    "read_labels",
    "read_mentions",
    "read_oppositions",
    "read_passes",
    "read_questions",
    "read_quotations",
    "resting_on_one",
    "sentences_at",
    "shares",
    "side_by_side",
    "side_of",
    "stability",
    "stale_labels",
    "stances",
    "taken_up",
    "wavering",
    "who_coded",
    "write_labels",
]
