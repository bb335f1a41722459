"""Coefficients of agreement, against published values and against other programs."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import fleiss_kappa as statsmodels_fleiss

from manyvoices.coding import (
    category_counts,
    cohen_kappa,
    disagreements,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
    read_codes,
    side_by_side,
    stability,
)
from manyvoices.coding.coefficients import COEFFICIENTS, VALUES, agreement_interval
from manyvoices.corpus import Corpus
from manyvoices.errors import SettingsError, TooFewError
from manyvoices.uncertainty import Blocks


def passes(*rows: str) -> pd.DataFrame:
    """One pass a string, one unit a character; a full stop is a missing code."""
    codes = {f"pass-{i}": list(row.replace(" ", "")) for i, row in enumerate(rows, 1)}
    return pd.DataFrame(codes).replace({".": None}).astype(object).rename_axis("unit")


def from_counts(counts: list[list[int]]) -> pd.DataFrame:
    """Units of which only the number of codes of each kind was published."""
    rows = [np.repeat(list("abcde")[: len(row)], row).tolist() for row in counts]
    return pd.DataFrame(rows).astype(object)


def from_square(square: list[list[int]]) -> pd.DataFrame:
    """Two passes of which the crossed table was published."""
    cells = [(i, j) for i, row in enumerate(square) for j, n in enumerate(row) for _ in range(n)]
    return pd.DataFrame(cells, columns=["pass-1", "pass-2"]).astype(str).astype(object)


# Krippendorff (2011), "Computing Krippendorff's alpha-reliability", sections A, B and C.
TWO_BINARY = passes("0100000010", "1110010000")
TWO_NOMINAL = passes("aabbdcccedda", "babbbccceddd")
FOUR = passes("123321412...", "1233224125.3", ".3332342251.", "12332441251.")

# Fleiss (1971), table 1: thirty patients, six psychiatrists each, five diagnoses.
PSYCHIATRISTS = [
    [0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0],
    [2, 0, 4, 0, 0], [0, 0, 4, 0, 2], [2, 0, 3, 1, 0], [2, 0, 0, 4, 0], [0, 0, 0, 0, 6],
    [1, 0, 0, 5, 0], [1, 1, 0, 4, 0], [0, 3, 3, 0, 0], [1, 0, 0, 5, 0], [0, 2, 0, 3, 1],
    [0, 0, 5, 0, 1], [3, 0, 0, 1, 2], [5, 1, 0, 0, 0], [0, 2, 0, 4, 0], [1, 0, 2, 0, 3],
    [0, 0, 0, 0, 6], [0, 1, 0, 5, 0], [0, 2, 0, 1, 3], [2, 0, 0, 4, 0], [1, 0, 0, 4, 1],
    [0, 5, 0, 1, 0], [4, 0, 0, 0, 2], [0, 2, 0, 4, 0], [1, 0, 5, 0, 0], [0, 0, 0, 0, 6],
]  # fmt: skip

# Cohen (1960), table 1, as frequencies of two hundred.
TWO_PSYCHIATRISTS = [[88, 10, 2], [14, 40, 6], [18, 10, 12]]

# The overview of Gwet's package irrCAC for R: two abstractors, a hundred cases.
ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]


def test_alpha_of_krippendorffs_two_observers_and_two_codes_is_095() -> None:
    assert krippendorff_alpha(TWO_BINARY) == pytest.approx(0.095, abs=5e-4)


def test_alpha_of_krippendorffs_two_observers_and_five_codes_is_692() -> None:
    assert krippendorff_alpha(TWO_NOMINAL) == pytest.approx(0.692, abs=5e-4)


def test_alpha_of_krippendorffs_four_observers_with_gaps_is_743() -> None:
    assert krippendorff_alpha(FOUR) == pytest.approx(0.743, abs=5e-4)


def test_fleiss_kappa_of_his_psychiatrists_is_430() -> None:
    assert fleiss_kappa(from_counts(PSYCHIATRISTS)) == pytest.approx(0.430, abs=5e-4)


def test_cohens_kappa_of_his_table_is_492() -> None:
    table = from_square(TWO_PSYCHIATRISTS)
    assert percent_agreement(table) == pytest.approx(0.70)
    assert cohen_kappa(table) == pytest.approx(0.492, abs=5e-4)


def test_gwets_two_abstractors_have_his_values() -> None:
    table = from_square(ABSTRACTORS)
    assert gwet_ac1(table) == pytest.approx(0.8493305, abs=1e-7)
    assert cohen_kappa(table) == pytest.approx(0.7964094, abs=1e-7)
    assert krippendorff_alpha(table) == pytest.approx(0.7972585, abs=1e-7)
    assert fleiss_kappa(table) == pytest.approx(0.7962397, abs=1e-7)  # of two: Scott's pi
    assert percent_agreement(table) == pytest.approx(0.89)


def test_gwets_first_fifteen_patients_have_his_values() -> None:
    table = from_counts(PSYCHIATRISTS[:15])
    assert gwet_ac1(table) == pytest.approx(0.4448007, abs=1e-7)
    assert fleiss_kappa(table) == pytest.approx(0.4139265, abs=1e-7)
    assert krippendorff_alpha(table) == pytest.approx(0.4204384, abs=1e-7)


def test_gwets_four_raters_with_gaps_have_his_values() -> None:
    # The same overview, data set cac.raw4raters: Krippendorff's twelve units.
    assert gwet_ac1(FOUR) == pytest.approx(0.77544, abs=1e-5)
    assert fleiss_kappa(FOUR) == pytest.approx(0.76117, abs=1e-5)
    assert krippendorff_alpha(FOUR) == pytest.approx(0.74342, abs=1e-5)
    assert percent_agreement(FOUR) == pytest.approx(0.8181818, abs=1e-7)


def whole(codes: pd.DataFrame) -> dict[str, float]:
    """Every coefficient as the function of sums has it."""
    names = tuple(sorted({str(c) for c in codes.to_numpy().ravel() if c is not None}))
    sums = {name: make(names) for name, make in COEFFICIENTS.items()}
    return {n: float(s.finish(s.columns(codes).sum(axis=0))) for n, s in sums.items()}


def task(codes: pd.DataFrame) -> AnnotationTask:
    """The same codes as NLTK takes them."""
    long = codes.reset_index().melt("unit", var_name="pass", value_name="code").dropna()
    return AnnotationTask(data=long[["pass", "unit", "code"]].astype(str).values.tolist())


def test_the_passes_have_the_values_of_nltk_krippendorff_sklearn_and_statsmodels(
    corpus: Corpus,
) -> None:
    codes = read_codes(corpus)
    for layer, variable in codes[["layer", "variable"]].drop_duplicates().itertuples(index=False):
        table = side_by_side(codes, layer, variable)
        if len(pd.unique(table.to_numpy().ravel())) < 2 or table.isna().any(axis=None):
            continue
        theirs, ours = task(table), {name: value(table) for name, value in VALUES.items()}
        assert ours == pytest.approx(whole(table))
        assert ours["alpha"] == pytest.approx(theirs.alpha())
        assert ours["cohen"] == pytest.approx(theirs.kappa())
        assert ours["fleiss"] == pytest.approx(theirs.pi())
        assert ours["percent"] == pytest.approx(theirs.avg_Ao())
        pairs = list(combinations(table, 2))
        kappas = [cohen_kappa_score(table[a], table[b]) for a, b in pairs]
        assert ours["cohen"] == pytest.approx(np.mean(kappas))
        counts = table.apply(lambda row: row.value_counts(), axis=1).fillna(0).to_numpy(int)
        assert ours["fleiss"] == pytest.approx(statsmodels_fleiss(counts))


def test_alpha_with_gaps_is_that_of_nltk(corpus: Corpus) -> None:
    codes = read_codes(corpus)
    rows = np.random.default_rng(1).random(len(codes)) < 0.7
    table = side_by_side(codes[rows], "sentences", "evaluation")
    paired = table[table.notna().sum(axis=1) > 1]
    assert krippendorff_alpha(table) == pytest.approx(task(paired).alpha())


@given(st.lists(st.lists(st.sampled_from("abc."), min_size=3, max_size=3), min_size=2, max_size=12))
def test_the_function_of_sums_is_the_package_on_any_table(rows: list[list[str]]) -> None:
    table = pd.DataFrame(rows).replace({".": None}).astype(object)
    try:
        ours = krippendorff_alpha(table)
    except TooFewError:
        return
    reliability = [[np.nan if c is None else "abc".index(c) for c in table[i]] for i in table]
    theirs = krippendorff.alpha(reliability_data=reliability, level_of_measurement="nominal")
    assert ours == pytest.approx(theirs)
    assert whole(table)["alpha"] == pytest.approx(theirs)


def test_perfect_agreement_is_one_and_its_interval_is_said_to_be_no_certainty() -> None:
    table = passes("abcabcabca", "abcabcabca")
    for value in VALUES.values():
        assert value(table) == pytest.approx(1)
    found = agreement_interval(table, "alpha", "unit")
    assert (found.low, found.high) == (1, 1)


def test_without_pairs_or_without_a_second_code_there_is_no_coefficient() -> None:
    for name in ("alpha", "cohen", "fleiss", "ac1"):
        with pytest.raises(TooFewError):
            VALUES[name](passes("aaaa", "aaaa"))
    for value in VALUES.values():
        with pytest.raises(TooFewError):
            value(passes("a.b.", ".a.b"))
        with pytest.raises(TooFewError):
            value(passes("abab"))
    assert percent_agreement(passes("aaaa", "aaaa")) == 1


def test_an_interval_is_refused_where_most_draws_miss_the_rare_code() -> None:
    with pytest.raises(TooFewError, match="draws the statistic has no value"):
        agreement_interval(passes("aaaaaaab", "aaaaaaab"), "alpha", "unit")


def test_blocks_draw_neighbours_and_units_draw_one_by_one(this_corpus: Corpus) -> None:
    table = side_by_side(read_codes(this_corpus), "sentences", "evaluation")
    assert agreement_interval(table, "alpha", Blocks(8)).method == "bootstrap of blocks of 8 rows"
    assert agreement_interval(table, "alpha", "unit").units == len(table)


def test_stability_has_a_row_for_every_variable_and_says_what_is_missing(corpus: Corpus) -> None:
    codes = read_codes(corpus)
    found = stability(corpus, codes)
    assert len(found) == len(codes[["layer", "variable"]].drop_duplicates())
    numbers = [c for name in COEFFICIENTS for c in (name, f"{name}_low", f"{name}_high")]
    missing = found[numbers].isna().any(axis=1)
    assert (found.loc[missing, "note"] != "").all()
    for name in COEFFICIENTS:
        known = found[found[f"{name}_low"].notna()]
        assert (known[f"{name}_low"] <= known[name] + 1e-12).all()
        assert (known[name] <= known[f"{name}_high"] + 1e-12).all()


def test_stability_of_these_passes(this_corpus: Corpus) -> None:
    found = stability(this_corpus)
    assert found.loc[("sentences", "evaluation"), ["units", "split", "passes"]].tolist() == [
        265, 36, 3,
    ]  # fmt: skip
    assert found.loc[("sentences", "evaluation"), "alpha"] == pytest.approx(0.821, abs=5e-4)
    assert found.loc[("sentences", "ladder"), "alpha"] == pytest.approx(0.732, abs=5e-4)
    assert np.isnan(found.loc[("comments", "K10"), "alpha"])
    assert "alpha" in found.loc[("comments", "K1"), "note"]


def test_counts_of_codes_are_those_of_the_codebook(this_corpus: Corpus) -> None:
    counts = category_counts(read_codes(this_corpus))
    assert counts.loc[("sentences", "ladder", "none")].dropna().tolist() == [214, 214, 234]
    assert counts.loc[("comments", "K1", "supporting")].dropna().tolist() == [1, 1, 1]
    evaluation = counts.xs("evaluation", level="variable").dropna(axis="columns")
    assert evaluation.sum().to_dict() == dict.fromkeys(["pass-1", "pass-2", "pass-3"], 265)


def test_a_pass_has_no_counts_of_what_it_did_not_code(this_corpus: Corpus) -> None:
    counts = category_counts(read_codes(this_corpus))
    coded = counts["pass-4"].groupby(level=["layer", "variable"]).sum(min_count=1).dropna()
    assert coded.loc[("mentions", "kind")] == 25
    assert set(coded.index.get_level_values("layer")) == {"claims", "mentions"}
    assert ("mentions", "function") not in coded.index


def test_disagreements_are_the_split_units_with_every_code_and_a_place_to_look(
    corpus: Corpus,
) -> None:
    codes = read_codes(corpus)
    found = disagreements(codes)
    split = stability(corpus, codes)["split"]
    listed = found.groupby(["layer", "variable"]).size().reindex(split.index, fill_value=0)
    assert (listed == split).all()
    anchors = set(corpus.sentences["sentence"]) | set(corpus.by_id)
    assert set(found["evidence"].dropna()) <= anchors
    names = sorted(codes["pass"].unique())
    assert (found[names].nunique(axis=1) == found["codes"]).all()


def test_every_coded_unit_of_this_corpus_has_a_place(this_corpus: Corpus) -> None:
    assert read_codes(this_corpus)["evidence"].notna().all()


def test_an_unknown_variable_is_refused_with_those_there_are(corpus: Corpus) -> None:
    with pytest.raises(ValueError, match="no codes of sentences mood"):
        side_by_side(read_codes(corpus), "sentences", "mood")


def coded(corpus: Corpus, folder: Path, text: str) -> Corpus:
    """The corpus with other codes."""
    (folder / "pass-1").mkdir()
    (folder / "pass-1" / "comments.csv").write_text(text, encoding="utf-8")
    settings = corpus.settings.model_copy(update={"codes": str(folder)})
    return replace(corpus, description=replace(corpus.description, settings=settings))


def test_a_unit_that_is_coded_twice_is_refused(corpus: Corpus, tmp_path: Path) -> None:
    twice = coded(corpus, tmp_path, "comment,stance\nx,for\ny,for\nx,against\n")
    with pytest.raises(SettingsError, match=r"comments.csv:4: `x` is coded for a second time"):
        read_codes(twice)


def test_a_corpus_without_codes_has_an_empty_table(corpus: Corpus, tmp_path: Path) -> None:
    none = coded(corpus, tmp_path, "comment,stance\n")
    assert read_codes(none).empty
    assert stability(none).empty
