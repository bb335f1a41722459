"""Keyness as tables: all words of two sides, with every measure and its doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.errors import ManyVoicesError
from manyvoices.measures.association import p_value
from manyvoices.measures.keyness.comparing import (
    Comparison,
    Flags,
    Side,
    compare,
    compare_with_list,
)
from manyvoices.measures.keyness.formulas import MEASURES, Settings, measured
from manyvoices.measures.keyness.omission import CRITICAL, left_out
from manyvoices.measures.keyness.shuffling import log_ratio_bounds, permutation_p
from manyvoices.store import Unit
from manyvoices.uncertainty import DRAWS, FEWEST_HITS, SEED, benjamini_hochberg

USUAL = tuple(name for name in MEASURES if name != "fisher_p")
"""All measures but Fisher's exact test, which takes longer than the rest together."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How words are counted and compared.

    A word that both sides together have fewer than `fewest` times is counted and not measured.
    `unit` and `lemma` are those of `word_counts`; `measures` names columns of `keyness_measures`;
    `level`, `prior_words` and `k` are what the formulas take; `draws` and `seed` are of intervals
    and of shuffles, of which there are none with 0 draws; `critical` is the G² that a keyword
    must keep when something is left out.
    """

    fewest: int = FEWEST_HITS
    unit: Unit = "passage"
    lemma: bool = False
    measures: Sequence[str] = USUAL
    level: float = 0.95
    prior_words: float = 500.0
    k: float = 100.0
    draws: int = DRAWS
    seed: int = SEED
    critical: float = CRITICAL


DEFAULT = Rules()


def keyness(
    corpus: Corpus,
    target: Side,
    reference: Side | None = None,
    rules: Rules = DEFAULT,
    executor: engine.Executor | None = None,
) -> pd.DataFrame:
    """One row per word type: how much more often it is met in the target than in the reference.

    A side is a voice or a group by its id, several of them, or a function that picks documents;
    without a reference it is whatever else is counted.

    Index: type (folded), from most key of the target to most key of the reference by G² of four
    cells, then what is not measured; ties in alphabetical order. Columns: target and reference
    (how often), per_10k_target and per_10k_reference; of each side the parts, documents and
    people that use it, as parts_target; the measures, each as `keyness_measures` names it; p_g2
    and q_g2, the p of G² (four cells) were words independent, and adjusted for their number
    (Benjamini and Hochberg 1995); low and high, the interval of log_ratio over parts drawn anew;
    p_parts and q_parts, the p of log_ratio when parts are shuffled, and adjusted. Measures and all
    that follows are missing for words below the floor, the last four also where a side has fewer
    than five parts.

    Raises ManyVoicesError for unknown sides, sides that share a document or have no words, and
    unknown measures.
    """
    one = _compared(corpus, target, reference, rules, executor)
    return keyness_table(one, rules)


def keyness_against(
    corpus: Corpus,
    target: Side,
    frequencies: pd.Series,
    *,
    words: int | None = None,
    rules: Rules = DEFAULT,
    executor: engine.Executor | None = None,
) -> pd.DataFrame:
    """The table that `keyness` gives, with a list of frequencies as the reference.

    `frequencies` is as `read_frequency_list` gives it, `words` the size of what was listed (if
    not known, the sum). The reference has no parts, documents or people, so that parts cannot be
    shuffled; intervals draw the target's parts alone.
    """
    one = compare_with_list(
        corpus,
        target,
        frequencies,
        words=words,
        unit=rules.unit,
        lemma=rules.lemma,
        executor=executor,
    )
    return keyness_table(one, rules)


def keyness_without(
    corpus: Corpus,
    target: Side,
    reference: Side | None = None,
    *,
    by: str = "document",
    rules: Rules = DEFAULT,
    executor: engine.Executor | None = None,
) -> pd.DataFrame:
    """One row per word type above the floor: its keyness when one document is left out.

    With `by` "person", one person. `left_out` has the columns.
    """
    one = _compared(corpus, target, reference, rules, executor)
    enough = one.only(one.target + one.reference >= rules.fewest)
    return left_out(enough, by=by, fewest=rules.fewest, critical=rules.critical)


def keywords(
    corpus: Corpus,
    target: Side,
    reference: Side | None = None,
    rules: Rules = DEFAULT,
    executor: engine.Executor | None = None,
) -> pd.DataFrame:
    """One row per keyword: a word that is clearly more frequent on one side than on the other.

    It must pass both of two bars: q_g2 is at most 1 - level, and the interval of its log ratio
    over parts leaves out 0. Index: type, from most key of the target to most key of the reference
    by G². Columns: side (target or reference), then those of `keyness`; carrier, carried and
    weakest as `left_out` gives them by document; survives (whichever document, or part of a side
    that is one document, is left out) and survives_people (whichever person); first, the part on
    its side in which it first stands.
    """
    rules = replace(rules, draws=rules.draws or DRAWS)
    one = _compared(corpus, target, reference, rules, executor)
    table = keyness_table(one, rules)
    apart = (table["low"] > 0) | (table["high"] < 0)
    found = table[apart & (table["q_g2"] <= 1 - rules.level)]
    more = found["low"] > 0
    found.insert(0, "side", more.map({True: "target", False: "reference"}).astype("str"))
    return found.join(_carried(one, found.index, more.to_numpy(), rules))


def _carried(one: Comparison, types: pd.Index[str], more: Flags, rules: Rules) -> pd.DataFrame:
    """What becomes of some types when something is left out, and where each first stands."""
    one = one.only(np.isin(np.array(one.counts.types, object), types.to_numpy(object)))
    without = partial(left_out, one, fewest=rules.fewest, critical=rules.critical)
    table = without(by="document")[["carrier", "carried", "weakest", "survives"]]
    table["survives_people"] = without(by="person")["survives"]
    table = table.reindex(types)
    firsts = [_first_part(one, name, target) for name, target in zip(types, more, strict=True)]
    return table.assign(first=pd.array(firsts, dtype="str"))


def _first_part(one: Comparison, name: str, target: bool) -> str:
    """The part of one side in which a type first stands."""
    here = (one.counts.of(name) > 0) & (one.in_target == target)
    return str(one.counts.parts["part"].iloc[int(here.argmax())])


def keyness_measures() -> pd.DataFrame:
    """One row per measure of keyness. Index: its column. Columns: measure, variant, source."""
    rows = [(m.name, m.variant, m.source) for m in MEASURES.values()]
    index = pd.Index(MEASURES, name="column", dtype="str")
    return pd.DataFrame(rows, index=index, columns=["measure", "variant", "source"])


def keyness_table(one: Comparison, rules: Rules = DEFAULT) -> pd.DataFrame:
    """The table that `keyness` gives, of a comparison that is at hand."""
    if unknown := [name for name in rules.measures if name not in MEASURES]:
        known = ", ".join(MEASURES)
        raise ManyVoicesError(f"there is no measure `{unknown[0]}`.", f"Known: {known}.")
    enough = one.target + one.reference >= rules.fewest
    order, values = _measures(one.only(enough), rules)
    places = np.flatnonzero(enough)[order]
    rest = np.flatnonzero(~enough)
    columns = _frequencies(one)
    table = {name: column[np.concatenate([places, rest])] for name, column in columns.items()}
    for name, column in values.items():
        table[name] = np.concatenate([column[order], np.full(len(rest), np.nan)])
    types = np.array(one.counts.types, object)[np.concatenate([places, rest])]
    return pd.DataFrame(table, index=pd.Index(types, name="type", dtype="str"))


def _compared(
    corpus: Corpus,
    target: Side,
    reference: Side | None,
    rules: Rules,
    executor: engine.Executor | None,
) -> Comparison:
    return compare(corpus, target, reference, unit=rules.unit, lemma=rules.lemma, executor=executor)


def _frequencies(one: Comparison) -> dict[str, np.ndarray]:
    """How often each type is met, absolutely, relatively, and by how many."""
    columns: dict[str, np.ndarray] = {"target": one.target, "reference": one.reference}
    columns["per_10k_target"] = 1e4 * one.target / one.target_words
    columns["per_10k_reference"] = 1e4 * one.reference / one.reference_words
    for name, label in (("parts", "part"), ("documents", "document"), ("people", "person")):
        for side, flags in (("target", one.in_target), ("reference", ~one.in_target)):
            columns[f"{name}_{side}"] = one.behind(label, flags)
    return columns


def _measures(one: Comparison, rules: Rules) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """An order of the types, and the columns of what is measured, not yet in it."""
    settings = Settings(rules.level, max(len(one.counts), 1), rules.prior_words, rules.k)
    names = tuple(dict.fromkeys(["g2_four_cells", *rules.measures]))
    sides = one.target, one.target_words, one.reference, one.reference_words
    values = measured(*sides, names, settings)
    g2 = values["g2_four_cells"]
    found = {name: values[name] for name in rules.measures}
    found["p_g2"] = p_value(np.abs(g2))
    found["q_g2"] = _adjusted(found["p_g2"])
    if rules.draws:
        how = {"draws": rules.draws, "seed": rules.seed}
        found["low"], found["high"] = log_ratio_bounds(one, level=rules.level, **how)
        found["p_parts"] = permutation_p(one, draws=rules.draws - 1, seed=rules.seed)
        found["q_parts"] = _adjusted(found["p_parts"])
    return np.lexsort([np.arange(len(g2)), -g2]), found


def _adjusted(p: np.ndarray) -> np.ndarray:
    return benjamini_hochberg(p) if len(p) and np.isfinite(p).all() else p
