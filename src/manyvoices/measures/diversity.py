"""How varied the words of a voice are: types and tokens, windows, factors and draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from math import log10, nan, sqrt

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.errors import TooFewError
from manyvoices.measures.running import HIDDEN, RunningWords, running_words
from manyvoices.uncertainty import Interval, jackknife

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Value = tuple[float, Floats]
"""A value, and what it is without each unit."""

WINDOW = 100
SAMPLE = 42
THRESHOLD = 0.72
SHORTEST_FACTOR = 10
FEWEST_WORDS = 100
FEWEST_FACTORS = 5
SHORT = 300
BLOCK = 100
MOST_UNITS = 20
MANY = 20_000
UNEQUAL = 1.1

COLUMNS = ["voice", "measure", "variant", "value", "low", "high", "method", "words", "caution"]
VARIANTS = {
    "types": "different words",
    "hapaxes": "types that occur once",
    "TTR": "types / words",
    "Guiraud R": "types / square root of words",
    "CTTR": "types / square root of twice the words",
    "Herdan C": "log types / log words",
    "Maas a²": "(log words - log types) / log² words, to base 10",
    "Maas a": "root of Maas a², to base 10",
    "Yule K": "10,000 (sum of squared counts - words) / words²",
    "HD-D": "expected types in {sample} drawn words / {sample}",
    "MATTR": "mean TTR of all windows of {window} words",
    "MSTTR": "mean TTR of segments of {window} words, the rest left out",
    "MTLD": "both directions; TTR below {threshold}, at least {least} words, rest counted in part",
    "MTLD-MA": "from every word, both directions; TTR below {threshold}, at least 10 words",
}
BOUND_TO_LENGTH = {*list(VARIANTS)[:8]}


def diversity(
    corpus: Corpus,
    *,
    window: int = WINDOW,
    sample: int = SAMPLE,
    threshold: float = THRESHOLD,
    least: int = 1,
    executor: engine.Executor | None = None,
) -> pd.DataFrame:
    """One row per counted voice and measure: how varied its words are.

    Columns: voice, measure, variant (its formula), value, low, high (95 %), method, words, caution
    (in words; empty where there is none). Words are folded; hidden ones are left out; the
    documents of a voice are read one after the other.

    - ``types``, ``hapaxes``, ``TTR``, ``Guiraud R`` (1954), ``CTTR`` (Carroll 1964), ``Herdan C``
      (1960), ``Maas a²`` and its root ``Maas a`` (1972; quanteda and koRpus have a, to base 10;
      1 / a² is Dugast's U) depend on length: a longer text has a lower TTR.
    - ``Yule K`` (1944): how often two words drawn are the same; high where words recur.
    - ``HD-D`` (McCarthy and Jarvis 2007): the types to expect among `sample` words drawn without
      replacement, as their share; koRpus gives the number of types, which is `sample` times it.
    - ``MATTR`` (Covington and McFall 2010) and ``MSTTR`` (Johnson 1944) of `window` words.
    - ``MTLD`` (McCarthy and Jarvis 2010): words / factors, a factor being a stretch whose TTR has
      fallen below `threshold`, the mean of reading forwards and backwards. LexicalRichness ends a
      factor at the threshold itself, as a threshold an atom higher does here; TAALED and
      lexical-diversity have a factor of `least` ten words.
    - ``MTLD-MA``: the mean length of the factors that begin at every word, in both directions, of
      at least ten words, without the unfinished ones (as TAALED's "bid").

    Intervals are from the jackknife: each unit is left out in turn and the rest measured anew. Of a
    voice of one author a unit is a stretch of at least 100 words, a twentieth of the text or more;
    of another voice a person, or one of 20 groups of them, and then the interval also holds how
    much people happened to write. (Beyond 20,000 words windows and factors are measured unit by
    unit instead.) The bootstrap will not do, since a word drawn twice is no new type. In made-up
    texts of known truth these held it in 92 to 98 of 100, MTLD’s in nearly all: what is left out
    shifts all later factors, so that its interval is up to twice as wide as it need be. Below 100
    words (windows: three of them; draws: as many words) a value is missing, below five units its
    interval. Raises ValueError for a window or sample below 1, or a threshold
    outside 0 to 1.
    """
    options = _Options(window, sample, threshold, least)
    running = running_words(corpus, executor)
    texts = {name: _text(running, name, v.one_author) for name, v in corpus.voices.items()}
    sizes = [len(text.codes) for text in texts.values()]
    rows = []
    for name, text in texts.items():
        values = text.values(options)
        for measure, formula in VARIANTS.items():
            variant = formula.format(**asdict(options))
            row = _row(measure, values.get(measure), text, sizes)
            rows.append({"voice": name, "measure": measure, "variant": variant} | row)
    return pd.DataFrame(rows, columns=COLUMNS)


@dataclass(frozen=True, slots=True)
class _Options:
    """The choices of `diversity`."""

    window: int
    sample: int
    threshold: float
    least: int

    def __post_init__(self) -> None:
        if self.window < 1 or self.sample < 1:
            raise ValueError(f"windows of {self.window} words, samples of {self.sample}")
        if not 0 < self.threshold < 1:
            raise ValueError(f"a threshold of {self.threshold}; it lies between 0 and 1")


@dataclass(frozen=True, eq=False)
class _Text:
    """The words of a voice, in order, and the unit that each belongs to."""

    codes: Ints
    units: Ints
    method: str

    def values(self, options: _Options) -> dict[str, Value]:
        """The measures that there are enough words for, with their values without each unit."""
        if len(self.codes) < FEWEST_WORDS:
            return {}
        found = self._left_out(partial(_by_counts, sample=options.sample), exact=True)
        exact = len(self.codes) <= MANY
        found |= self._left_out(partial(_by_factors, options=options), exact)
        if len(self.codes) >= 3 * options.window:
            found |= self._left_out(partial(_by_windows, window=options.window), exact)
        return {name: value for name, value in found.items() if np.isfinite(value[0])}

    def _left_out(
        self, measure: Callable[[Ints], dict[str, float]], exact: bool
    ) -> dict[str, Value]:
        """Each measure, and what it is without each unit.

        Units that are long beside a window or a factor are measured by themselves instead, where
        that is not `exact`: what is left weighs as the mean of the others does.
        """
        whole, units = measure(self.codes), np.unique(self.units)
        if exact:
            rest = [measure(self.codes[self.units != unit]) for unit in units.tolist()]
            return {name: (x, np.array([one[name] for one in rest])) for name, x in whole.items()}
        own = [measure(self.codes[self.units == unit]) for unit in units.tolist()]
        return {
            name: (x, (len(own) * x - np.array([one[name] for one in own])) / (len(own) - 1))
            for name, x in whole.items()
        }


def _by_counts(codes: Ints, sample: int) -> dict[str, float]:
    return of_counts(np.bincount(codes), sample)


def _by_windows(codes: Ints, window: int) -> dict[str, float]:
    shares = distinct_in_windows(codes, window) / window
    return {"MATTR": float(shares.mean()), "MSTTR": float(shares[::window].mean())}


def _by_factors(codes: Ints, options: _Options) -> dict[str, float]:
    """MTLD and MTLD-MA; missing where no word recurs, or soon enough."""
    divided, from_every = [], []
    for way in (codes, codes[::-1]):
        count = factors(way, options.threshold, options.least)
        divided.append(len(way) / count if count else nan)
        lengths = factor_lengths(way, options.threshold, SHORTEST_FACTOR)
        from_every.append(lengths[lengths > 0].mean() if lengths.any() else nan)
    return {"MTLD": sum(divided) / 2, "MTLD-MA": float(sum(from_every)) / 2}


def _text(running: RunningWords, voice: str, one_author: bool) -> _Text:
    places = running.of(voice)
    places = places[running.type[places] != HIDDEN]
    codes = np.unique(running.type[places], return_inverse=True)[1].astype(np.int64)
    if one_author:
        units = blocks(len(codes))
        size = int(units.max(initial=0)) + 1
        return _Text(codes, units, f"jackknife of {size} blocks along the text")
    people = pd.factorize(np.array(running.people, object)[running.document[places]])[0]
    size = int(people.max(initial=-1)) + 1
    groups = people * min(size, MOST_UNITS) // max(size, 1)
    of = f"{MOST_UNITS} groups of {size:,} people" if size > MOST_UNITS else f"{size} people"
    return _Text(codes, groups.astype(np.int64), f"jackknife over {of}")


def blocks(words: int) -> Ints:
    """The block that each word is in: at most 20, one after the other, of at least 100 words."""
    size = max(1, min(MOST_UNITS, words // BLOCK))
    return np.arange(words, dtype=np.int64) * size // max(words, 1)


def _row(measure: str, value: Value | None, text: _Text, sizes: list[int]) -> dict[str, object]:
    interval = _interval(value, text.method) if value else None
    return {
        "value": value[0] if value else nan,
        "low": max(interval.low, 0.0) if interval else nan,
        "high": min(interval.high, _most(measure)) if interval else nan,
        "method": interval.method if interval else "too few to say",
        "words": len(text.codes),
        "caution": _caution(measure, value, len(text.codes), sizes),
    }


def _most(measure: str) -> float:
    """What the measure cannot be more than."""
    shares = {"TTR", "Herdan C", "HD-D", "MATTR", "MSTTR"}
    return 1.0 if measure in shares else np.inf


def _interval(value: Value, method: str) -> Interval | None:
    try:
        return jackknife(*value, method=method)
    except TooFewError:
        return None


def _caution(measure: str, value: Value | None, words: int, sizes: list[int]) -> str:
    if value is None:
        return "too few words" if words < SHORT else "no value"
    cautions = [f"short: fewer than {SHORT} words"] if words < SHORT else []
    if measure in BOUND_TO_LENGTH and max(sizes) > UNEQUAL * min(sizes):
        cautions.append("depends on length, and the voices differ in it")
    if measure == "MTLD" and words / value[0] < FEWEST_FACTORS:
        cautions.append("fewer than five factors")
    return "; ".join(cautions)


def of_counts(counts: Ints, sample: int = SAMPLE) -> dict[str, float]:
    """The measures that depend on how often each type occurs alone; see `diversity`.

    One that has no value for so few words, or for fewer words than `sample`, is missing (NaN).
    """
    spectrum = np.bincount(counts)
    times = np.flatnonzero(spectrum)
    times = times[times > 0]
    types_of = spectrum[times]
    types, words = int(types_of.sum()), int(times @ types_of)
    log_types, log_words = log10(max(types, 1)), log10(max(words, 1))
    squared = (log_words - log_types) / log_words**2 if words > 1 else nan
    return {
        "types": float(types),
        "hapaxes": float(types_of[times == 1].sum()),
        "TTR": types / words if words else nan,
        "Guiraud R": types / sqrt(words) if words else nan,
        "CTTR": types / sqrt(2 * words) if words else nan,
        "Herdan C": log_types / log_words if words > 1 else nan,
        "Maas a²": squared,
        "Maas a": sqrt(squared),
        "Yule K": 1e4 * (float(times**2 @ types_of) - words) / words**2 if words else nan,
        "HD-D": float(types_of @ _met(times, words, sample)) / sample,
    }


def _met(times: Ints, words: int, sample: int) -> Floats:
    """The chance that a type which occurs so many times is among the words drawn."""
    if words < sample:
        return np.full(len(times), np.nan)
    drawn = np.arange(sample)
    missed = (words - times[:, None] - drawn).clip(0) / (words - drawn)
    return np.asarray(1 - missed.prod(axis=1))


def last_places(codes: Ints) -> Ints:
    """Per word: the place of the nearest equal word before it, or -1."""
    order = np.argsort(codes, kind="stable")
    before = np.full(len(codes), -1)
    same = codes[order[1:]] == codes[order[:-1]]
    before[order[1:][same]] = order[:-1][same]
    return before


def distinct_in_windows(codes: Ints, window: int) -> Ints:
    """How many distinct codes stand in each window, from the first to the last.

    Each token counts for the windows that it is in and its last equal predecessor is not.
    """
    before, place = last_places(codes), np.arange(len(codes))
    last_window = len(codes) - window
    first = np.maximum(before + 1, place - window + 1).clip(0)
    end = np.minimum(place, last_window) + 1
    counted = first < end
    steps = np.bincount(first[counted], minlength=last_window + 2)
    steps -= np.bincount(end[counted], minlength=last_window + 2)
    return np.cumsum(steps)[: last_window + 1]


def factors(codes: Ints, threshold: float = THRESHOLD, least: int = 1) -> float:
    """How many factors of MTLD the words make, read forwards.

    A factor ends with the word at which its TTR falls below `threshold`, once it has at least so
    many words. What is left over counts as (1 - TTR) / (1 - threshold) of one.
    """
    count, begin, types = 0, 0, 0
    for place, before in enumerate(last_places(codes).tolist(), start=1):
        types += before < begin
        if types < threshold * (place - begin) and place - begin >= least:
            count, begin, types = count + 1, place, 0
    rest = len(codes) - begin
    return count + ((1 - types / rest) / (1 - threshold) if rest else 0.0)


def factor_lengths(codes: Ints, threshold: float, least: int = 1) -> Ints:
    """Per word the length of the factor of MTLD that begins there; nothing where it does not end.

    A factor has at least so many words. All are read at once, a word further at a time.
    """
    before, lengths = last_places(codes), np.zeros(len(codes), np.int64)
    starts, types = np.arange(len(codes)), np.zeros(len(codes), np.int64)
    length = 0
    while len(starts):
        types = types + (before[starts + length] < starts)
        length += 1
        ended = (types < threshold * length) & (length >= least)
        lengths[starts[ended]] = length
        going = ~ended & (starts + length < len(codes))
        starts, types = starts[going], types[going]
    return lengths
