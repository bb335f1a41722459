"""Coefficients of agreement between passes of codes, each a function of sums over units.

A table of codes has one row per unit and one column per pass; a missing code is None. As functions
of sums they can be drawn thousands of times; `tests/coding` holds them to published values, to the
package `krippendorff` and to NLTK.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from manyvoices.errors import TooFewError
from manyvoices.uncertainty import Blocks, Interval, OfSums, bootstrap

Floats = NDArray[np.float64]
Count = NDArray[np.int64]
Flags = NDArray[np.bool_]


def percent_agreement(codes: pd.DataFrame) -> float:
    """The share of pairs of passes that agree on a unit, averaged over units.

    Units with fewer than two codes are left out. Nothing is taken off for chance. Raises
    TooFewError where no unit has two codes.
    """
    return coefficient_of(Percent, codes)


def krippendorff_alpha(codes: pd.DataFrame) -> float:
    """Krippendorff's alpha for nominal codes (Krippendorff 2011), by the package `krippendorff`.

    1 less the disagreement observed over that expected if all codes were dealt out at random.
    Missing codes are left out pair by pair. Raises TooFewError where no unit has two codes, and
    where there is only one code, so that no disagreement could be expected.
    """
    import krippendorff

    counts = counts_of(codes)
    coefficient_of(Alpha, codes)
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


def cohen_kappa(codes: pd.DataFrame) -> float:
    """Cohen's kappa (Cohen 1960), unweighted: the mean over all pairs of passes.

    Each pair is compared on the units that both coded, with the frequencies that either used
    there. Raises TooFewError where a pair has no such unit, or only one code on them.
    """
    return coefficient_of(Cohen, codes)


def fleiss_kappa(codes: pd.DataFrame) -> float:
    """Fleiss' kappa (Fleiss 1971): chance is that of codes dealt out with pooled frequencies.

    Where codes are missing, agreement is over units with at least two, and frequencies are means
    over units of each code's share (Gwet 2014). Raises TooFewError as `krippendorff_alpha`.
    """
    return coefficient_of(Fleiss, codes)


def gwet_ac1(codes: pd.DataFrame) -> float:
    """Gwet's AC1 (Gwet 2008): chance is that of guesses on units that are hard to code.

    The chance of agreement is sum(p (1 - p)) / (q - 1), with q the number of codes that occur in
    the table, and p their frequencies as for Fleiss. Raises TooFewError as `krippendorff_alpha`.
    """
    return coefficient_of(AC1, codes)


@dataclass(frozen=True, slots=True)
class Percent:
    """Percent agreement, as a function of sums over units."""

    names: tuple[str, ...]

    def columns(self, codes: pd.DataFrame) -> Floats:
        """The share of agreeing pairs on each unit, and whether it has a pair."""
        counts = counts_of(codes, self.names)
        size = counts.sum(axis=1)
        paired = size > 1
        pairs = np.where(paired, size * (size - 1), 1)
        return np.column_stack([(counts * (counts - 1)).sum(axis=1) / pairs * paired, paired])

    def finish(self, sums: Floats) -> Floats:
        """The mean over units that have a pair."""
        return _over(sums[..., 0], sums[..., 1])


@dataclass(frozen=True, slots=True)
class Alpha:
    """Krippendorff's alpha for nominal codes, as a function of sums over units."""

    names: tuple[str, ...]

    def columns(self, codes: pd.DataFrame) -> Floats:
        """Each unit's disagreeing pairs per code but one, and its pairable codes by name."""
        counts = counts_of(codes, self.names)
        counts[counts.sum(axis=1) < 2] = 0
        size = counts.sum(axis=1)
        differing = size**2 - (counts**2).sum(axis=1)
        return np.column_stack([differing / np.maximum(size - 1, 1), counts])

    def finish(self, sums: Floats) -> Floats:
        """1 - (n - 1) sum(o) / (n^2 - sum(n_c^2)), with o off the diagonal of coincidences."""
        total = sums[..., 1:].sum(axis=-1)
        expected = total**2 - (sums[..., 1:] ** 2).sum(axis=-1)
        return 1 - _over((total - 1) * sums[..., 0], expected)


@dataclass(frozen=True, slots=True)
class Fleiss:
    """Fleiss' kappa, as a function of sums over units."""

    names: tuple[str, ...]

    def columns(self, codes: pd.DataFrame) -> Floats:
        """Those of percent agreement, whether the unit is coded, and each code's share of it."""
        counts = counts_of(codes, self.names)
        size = counts.sum(axis=1)
        shares = counts / np.maximum(size, 1)[:, None]
        return np.column_stack([Percent(self.names).columns(codes), size > 0, shares])

    def finish(self, sums: Floats) -> Floats:
        """Agreement beyond chance, over what chance leaves."""
        return _beyond(_over(sums[..., 0], sums[..., 1]), (_frequencies(sums) ** 2).sum(axis=-1))


@dataclass(frozen=True, slots=True)
class AC1:
    """Gwet's AC1, as a function of sums over units."""

    names: tuple[str, ...]

    def columns(self, codes: pd.DataFrame) -> Floats:
        """Those of Fleiss' kappa."""
        return Fleiss(self.names).columns(codes)

    def finish(self, sums: Floats) -> Floats:
        """Agreement beyond chance, over what chance leaves; no value for a single code."""
        shares, others = _frequencies(sums), len(self.names) - 1
        if others == 0:
            return np.full(sums.shape[:-1], np.nan)
        chance = (shares * (1 - shares)).sum(axis=-1) / others
        return _beyond(_over(sums[..., 0], sums[..., 1]), chance)


@dataclass(frozen=True, slots=True)
class Cohen:
    """The mean of Cohen's kappa over pairs of passes, as a function of sums over units."""

    names: tuple[str, ...]

    def columns(self, codes: pd.DataFrame) -> Floats:
        """For each pair: whether both coded, whether alike, and which code each gave there."""
        flags = [_flags(codes[name], self.names) for name in codes]
        if len(flags) < 2:
            raise TooFewError("a single pass has none to agree with.")
        return np.hstack([self._pair(first, second) for first, second in combinations(flags, 2)])

    def finish(self, sums: Floats) -> Floats:
        """The mean of the kappas; no value where a pair has none."""
        size = len(self.names)
        pairs = sums.reshape(*sums.shape[:-1], -1, 2 + 2 * size)
        total = pairs[..., 0]
        first, second = pairs[..., 2 : 2 + size], pairs[..., 2 + size :]
        chance = _over((first * second).sum(axis=-1), total**2)
        return np.asarray(_beyond(_over(pairs[..., 1], total), chance).mean(axis=-1))

    def _pair(self, first: Flags, second: Flags) -> Floats:
        both = np.any(first, axis=1, keepdims=True) & np.any(second, axis=1, keepdims=True)
        alike = np.any(first & second, axis=1, keepdims=True)
        return np.hstack([both, alike, first & both, second & both]).astype(float)


Coefficient: TypeAlias = Callable[[tuple[str, ...]], OfSums]
COEFFICIENTS: dict[str, Coefficient] = {
    "percent": Percent,
    "alpha": Alpha,
    "cohen": Cohen,
    "fleiss": Fleiss,
    "ac1": AC1,
}
VALUES: dict[str, Callable[[pd.DataFrame], float]] = {
    "percent": percent_agreement,
    "alpha": krippendorff_alpha,
    "cohen": cohen_kappa,
    "fleiss": fleiss_kappa,
    "ac1": gwet_ac1,
}


def agreement_interval(codes: pd.DataFrame, coefficient: str, by: str | Blocks) -> Interval:
    """A coefficient (percent, alpha, cohen, fleiss, ac1) with its interval, as of `bootstrap`.

    `by` is `Blocks()` of neighbouring rows, or the name of the index to draw single units. Raises
    TooFewError as the coefficients and `bootstrap` do.
    """
    statistic = COEFFICIENTS[coefficient](names_of(codes))
    if isinstance(by, Blocks):
        return bootstrap(statistic, codes, by=by)
    return bootstrap(_Coded(statistic, tuple(map(str, codes))), codes.reset_index(names=by), by=by)


@dataclass(frozen=True, slots=True)
class _Coded:
    """A coefficient of a table that has other columns beside the passes."""

    of: OfSums
    passes: tuple[str, ...]

    def columns(self, table: pd.DataFrame) -> Floats:
        return self.of.columns(table[list(self.passes)])

    def finish(self, sums: Floats) -> Floats:
        return self.of.finish(sums)


def coefficient_of(coefficient: Coefficient, codes: pd.DataFrame) -> float:
    """The coefficient of the whole table. Raises TooFewError where it has no value."""
    statistic = coefficient(names_of(codes))
    counts = counts_of(codes)
    if not (counts.sum(axis=1) > 1).any():
        raise TooFewError("no unit has two codes.")
    value = float(statistic.finish(statistic.columns(codes).sum(axis=0)))
    if not np.isfinite(value):
        raise TooFewError("chance alone would agree throughout, or two passes share no unit.")
    return value


def names_of(codes: pd.DataFrame) -> tuple[str, ...]:
    """The codes in use, in alphabetical order."""
    return tuple(sorted({str(code) for code in codes.to_numpy().ravel() if not pd.isna(code)}))


def _flags(codes: pd.Series, names: tuple[str, ...]) -> Flags:
    """For each unit which of the codes it has: one column a code, all false where missing."""
    text = np.array([None if pd.isna(code) else str(code) for code in codes], dtype=object)
    return np.asarray(text[:, None] == np.array(names, dtype=object), bool)


def counts_of(codes: pd.DataFrame, names: tuple[str, ...] | None = None) -> Count:
    """How many passes gave each unit each code."""
    names = names_of(codes) if names is None else names
    flags = [_flags(codes[name], names) for name in codes]
    return np.asarray(np.sum(flags, axis=0, dtype=np.int64))


def _over(above: Floats, below: Floats) -> Floats:
    """The quotient; not a number where the divisor is nothing."""
    return np.where(below > 0, above / np.where(below > 0, below, 1), np.nan)


def _beyond(observed: Floats, chance: Floats) -> Floats:
    """(observed - chance) / (1 - chance); not a number where chance leaves nothing."""
    # Chance is a sum of squares of shares: what rounding leaves of 1 - 1 is no room.
    left = 1 - chance
    return np.where(left > 1e-12, (observed - chance) / np.where(left > 1e-12, left, 1), np.nan)


def _frequencies(sums: Floats) -> Floats:
    """The mean share of each code over coded units, from the columns of Fleiss' kappa."""
    return _over(sums[..., 3:], sums[..., 2:3])
