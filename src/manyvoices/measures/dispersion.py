"""How evenly a query, or every word, is spread over the parts of a voice."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.measures.counts import word_counts
from manyvoices.measures.rates import by_voice
from manyvoices.measures.running import HIDDEN, RunningWords, running_words
from manyvoices.query import Query, corpus_query, find_hits
from manyvoices.store import Shard, Unit
from manyvoices.uncertainty import FEWEST_HITS

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SPREADS = ["sd", "vc", "juilland_d", "carroll_d2", "rosengren_s", "dp", "dp_norm", "kl"]
COLUMNS = ["hits", "parts", "range", *SPREADS, "arf"]


def dispersion(
    corpus: Corpus,
    query: str,
    *,
    parts: Unit | int = "paragraph",
    executor: engine.Executor | None = None,
) -> pd.DataFrame:
    """One row per counted voice: how evenly the query is spread over its parts.

    Index: voice. Columns: hits, parts (how many), range (those with a hit), sd, vc, juilland_d,
    carroll_d2, rosengren_s, dp, dp_norm, kl (see `spreads`) and arf (see `reduced_frequencies`).
    Parts are sentences, paragraphs, passages or documents, which differ in size, or, given as a
    number, as many stretches of equally many words (one word more or less); those without words
    are none. Below 5 hits, or with one part, the measures are missing; then there is too little to
    say. Raises QueryError for a query that cannot be parsed.
    """
    part = partial(_part, query=corpus_query(corpus, query), unit=parts)
    found = engine.run(part, _merge, corpus, executor)
    rows = {name: _of_query(found[found["voice"] == name], parts) for name in corpus.voices}
    return by_voice(rows, COLUMNS)


def dispersions(
    corpus: Corpus,
    *,
    parts: Unit | int = "paragraph",
    executor: engine.Executor | None = None,
) -> pd.DataFrame:
    """One row per counted voice and word type: how evenly it is spread over the voice's parts.

    Columns: voice, type (folded), and those of `dispersion`, for the same parts and with the same
    floor. Types are in the order of their hits, and of the alphabet, within a voice. Hidden words
    are no type, and count in the sizes of parts and in distances.
    """
    running = running_words(corpus, executor)
    rows = [pd.DataFrame(columns=["voice", "type", *COLUMNS])]
    for name in corpus.voices:
        places = running.of(name)
        if isinstance(parts, int):
            cells = _equal_parts(running, places, parts)
        else:
            cells = _units(corpus.voice(name), parts, running, executor)
        rows.append(_of_types(running, places, *cells).assign(voice=name))
    filled = [table for table in rows if len(table)] or rows
    table = pd.concat(filled, ignore_index=True)[["voice", "type", *COLUMNS]]
    table["voice"] = pd.Categorical(table["voice"], list(corpus.voices), ordered=True)
    order = ["voice", "hits", "type"]
    return table.sort_values(order, ascending=[True, False, True], ignore_index=True)


def hit_places(
    corpus: Corpus,
    query: str,
    *,
    parts: Unit = "paragraph",
    executor: engine.Executor | None = None,
) -> pd.DataFrame:
    """One row per part of each counted voice, in text order: where in it the query is met.

    Columns: voice, part (its anchor), document, start (how many words of the voice stand before
    it), words, places (of each hit, the number of words of the voice before it) and sentences (in
    which each hit begins). Parts without words are left out. It is what `figures.barcode` draws.
    """
    part = partial(_part, query=corpus_query(corpus, query), unit=parts)
    found = engine.run(part, _merge, corpus, executor)
    found = found[found["voice"].isin(corpus.voices) & (found["words"] > 0)]
    starts = found.groupby("voice")["words"].cumsum() - found["words"]
    pairs = zip(found["places"], starts.tolist(), strict=True)
    found = found.assign(start=starts, places=[(own + start).tolist() for own, start in pairs])
    order = [list(corpus.voices).index(voice) for voice in found["voice"]]
    columns = ["voice", "part", "document", "start", "words", "places", "sentences"]
    return found.iloc[np.argsort(order, kind="stable")][columns].reset_index(drop=True)


def spreads(types: Ints, parts: Ints, counts: Ints, sizes: Ints) -> pd.DataFrame:
    """How evenly each of many types is spread over parts: one row a type, from none on.

    The counts are given as for a sparse matrix: entry `i` says that type `types[i]` stands
    `counts[i]` times, at least once, in part `parts[i]`, of which `sizes` gives the words. With f
    the hits of a type, v those in a part and s the part's share of the words, over all n parts:

    - ``hits`` (f) and ``range``, the parts with a hit;
    - ``sd``, the standard deviation of v, divided by n, and ``vc``, sd over the mean of v;
    - ``juilland_d``: 1 - vc / root (n - 1), with vc of the rates v / size, so that parts may
      differ in size (Juilland and others 1970; Gries 2020);
    - ``carroll_d2``: the entropy of the rates, as shares of their sum, over log n (Carroll 1970);
    - ``rosengren_s``: (sum of root s v)² / f (Rosengren 1971, for unequal parts);
    - ``dp``: half the sum of the distances between v / f and s (Gries 2008), and ``dp_norm``, dp
      over 1 - the smallest s (Lijffijt and Gries 2012);
    - ``kl``: the sum of v / f log2 (v / f / s), the Kullback-Leibler divergence in bits (Gries
      2020).

    D, D2 and S are 1 for an even spread, dp and kl 0. All are missing for one part, or no hit.
    """
    n, size = len(sizes), int(types.max(initial=-1)) + 1
    total, share = float(sizes.sum()), sizes / max(sizes.sum(), 1)
    hits = _sums(types, counts, size)
    inside = _sums(types, np.ones(len(types)), size)
    safe = np.where(hits > 0, hits, 1)
    observed, expected = counts / safe[types], share[parts]
    rates = observed / (expected * total)
    of_rates = _sums(types, rates, size)
    of_rates[hits == 0] = 1
    rates = rates / of_rates[types]
    apart = _sums(types, np.abs(observed - expected) - expected, size)
    with np.errstate(divide="ignore", invalid="ignore"):
        table = {
            "hits": hits,
            "range": inside,
            "sd": _deviation(types, counts.astype(float), hits / n, inside, n),
            "vc": _deviation(types, observed, np.full(size, 1 / n), inside, n) * n,
            "juilland_d": _deviation(types, rates, np.full(size, 1 / n), inside, n) * n,
            "carroll_d2": _sums(types, -rates * np.log(rates), size) / np.log(n),
            "rosengren_s": _sums(types, np.sqrt(observed * expected), size) ** 2,
            "dp": (1 + apart) / 2,
            "kl": _sums(types, observed * np.log2(observed / expected), size),
        }
        table["juilland_d"] = 1 - table["juilland_d"] / np.sqrt(n - 1)
        table["dp_norm"] = table["dp"] / (1 - share.min(initial=1))
    return _bounded(pd.DataFrame(table), n)


def reduced_frequencies(types: Ints, places: Ints, words: int) -> Floats:
    """The average reduced frequency of each type, from none on (Savický and Hlaváčová 2002).

    Hit `i` is of type `types[i]` and stands at `places[i]`, in text order, of so many `words`,
    which are read in a circle. The words are cut into as many equal stretches as there are hits;
    the stretches with a hit, averaged over all places where the cutting may begin, are the sum of
    the distances from hit to hit, each at most a stretch, over the length of a stretch: all hits
    where they are even, little more than 1 where they stand together.
    """
    order = np.argsort(types, kind="stable")
    own, at = types[order], places[order].astype(np.int64)
    hits = np.bincount(types)
    ends = np.cumsum(hits) - 1
    before = np.empty(len(at), np.int64)
    before[1:] = at[:-1]
    starts = (ends - hits + 1)[hits > 0]
    before[starts] = at[ends[hits > 0]] - words
    stretch = words / np.maximum(hits, 1)
    return _sums(own, np.minimum(at - before, stretch[own]), len(hits)) / stretch


def _sums(codes: Ints, values: NDArray[np.generic], size: int) -> Floats:
    return np.bincount(codes, weights=values, minlength=size).astype(float)


def _deviation(types: Ints, values: Floats, means: Floats, inside: Floats, n: int) -> Floats:
    """The standard deviation over all parts of what is given for those that are not empty."""
    squares = _sums(types, (values - means[types]) ** 2, len(means))
    return np.sqrt((squares + (n - inside) * means**2) / n)


def _bounded(table: pd.DataFrame, parts: int) -> pd.DataFrame:
    """The table within its bounds, which rounding may overstep; missing where nothing spreads."""
    shares = ["juilland_d", "carroll_d2", "rosengren_s", "dp", "dp_norm"]
    table[shares] = table[shares].clip(0, 1)
    table["kl"] = table["kl"].clip(lower=0)
    table[["hits", "range"]] = table[["hits", "range"]].astype(np.int64)
    table[SPREADS] = table[SPREADS].mask((table["hits"] == 0) | (parts < 2))
    table.insert(1, "parts", parts)
    return table[["hits", "parts", "range", *SPREADS]]


def _floored(table: pd.DataFrame) -> pd.DataFrame:
    """The table with measures only where there are hits and parts enough."""
    few = (table["hits"] < FEWEST_HITS) | (table["parts"] < 2)
    table[[*SPREADS, "arf"]] = table[[*SPREADS, "arf"]].mask(few)
    return table[COLUMNS]


def _of_types(
    running: RunningWords, places: Ints, types: Ints, parts: Ints, counts: Ints, sizes: Ints
) -> pd.DataFrame:
    """The rows of the types that a voice has."""
    found = spreads(types, parts, counts, sizes)
    codes = running.type[places]
    shown = codes != HIDDEN
    found["arf"] = reduced_frequencies(codes[shown], np.flatnonzero(shown), len(codes))
    found["type"] = [running.types[i] for i in range(len(found))]
    names = found["type"]
    return _floored(found).assign(type=names)[found["hits"] > 0]


def _equal_parts(running: RunningWords, places: Ints, parts: int) -> tuple[Ints, Ints, Ints, Ints]:
    """The counts of the types in so many stretches of the words of a voice."""
    codes = running.type[places]
    part = _stretch(np.arange(len(codes)), len(codes), parts)
    shown = codes != HIDDEN
    cells, counts = np.unique(codes[shown] * parts + part[shown], return_counts=True)
    return cells // parts, cells % parts, counts, np.bincount(part, minlength=parts)


def _stretch(places: Ints, words: int, parts: int) -> Ints:
    """Which of so many equal stretches each place lies in."""
    if parts < 1:
        raise ValueError(f"{parts} parts")
    return (places * parts // max(words, 1)).clip(max=parts - 1)


def _units(
    corpus: Corpus, unit: Unit, running: RunningWords, executor: engine.Executor | None
) -> tuple[Ints, Ints, Ints, Ints]:
    """The counts of the types in the units of a voice that have words."""
    counts = word_counts(corpus, unit=unit, executor=executor)
    counts = counts.select(counts.words > 0)
    number = {name: i for i, name in enumerate(running.types)}
    codes = np.array([number[name] for name in counts.types], np.int64)
    return codes[counts.type], counts.part, counts.count, counts.words


def _part(shard: Shard, query: Query, unit: Unit | int) -> pd.DataFrame:
    """One row a document, or unit of one: its words, and its hits, by places and sentences."""
    units = shard.units("document" if isinstance(unit, int) else unit)
    of_token = units.of_sentence[shard.token_sentences]
    found = find_hits(shard, query, shard.token_documents)
    before: Ints = np.cumsum(shard.words) - shard.words
    first = np.flatnonzero(np.diff(of_token, prepend=-1))
    places: Ints = before[found.first] - before[first][of_token[found.first]]
    edges = np.searchsorted(of_token[found.first], np.arange(1, len(units.names)))
    sentences = [shard.sentence_ids[i] for i in shard.token_sentences[found.first].tolist()]
    bounds = [0, *edges.tolist(), len(places)]
    slices = [slice(*pair) for pair in pairwise(bounds)][: len(units.names)]
    return pd.DataFrame(
        {
            "part": units.names,
            "document": [document.id for document in units.documents],
            "voice": [document.voice for document in units.documents],
            "words": np.bincount(of_token[shard.words], minlength=len(units.names)),
            "places": [places[own] for own in slices],
            "sentences": [sentences[own] for own in slices],
        }
    )


def _merge(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([left, right], ignore_index=True)


def _of_query(parts: pd.DataFrame, unit: Unit | int) -> dict[str, object]:
    parts = parts[parts["words"] > 0]
    sizes = parts["words"].to_numpy(np.int64)
    starts, words = np.cumsum(sizes) - sizes, int(sizes.sum())
    hits = [own + start for own, start in zip(parts["places"], starts.tolist(), strict=True)]
    places = np.concatenate([np.zeros(0, np.int64), *hits])
    counts = np.array([len(own) for own in hits], np.int64)
    if isinstance(unit, int):
        sizes = np.bincount(_stretch(np.arange(words), words, unit), minlength=unit)
        counts = np.bincount(_stretch(places, words, unit), minlength=unit)
    return _of_one(counts, sizes, places, words)


def _of_one(counts: Ints, sizes: Ints, places: Ints, words: int) -> dict[str, object]:
    """The row of hits at these places, so many in each part."""
    met, zero = np.flatnonzero(counts), np.zeros(len(places), np.int64)
    if not len(met):
        none = dict.fromkeys([*SPREADS, "arf"], np.nan)
        return {"hits": 0, "parts": len(sizes), "range": 0, **none}
    table = spreads(zero[: len(met)], met, counts[met], sizes)
    table["arf"] = reduced_frequencies(zero, places, words)
    row = _floored(table).astype(object).iloc[0]
    return {str(name): value for name, value in row.items()}
