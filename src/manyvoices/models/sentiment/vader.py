"""VADER for many sentences at a time, with the very scores of the package `vaderSentiment`.

What the rules ask of a token is found out once per distinct chunk between spaces; the rules
themselves are masks over arrays (Hutto and Gilbert 2014, as version 3.3.2 of the package has
them). Where a rule is rare, or rounding hangs on the last bit, the package's own code goes on from
the values found so far: near an idiom, after a *but* that meets equal values, and where a sum or a
share lies on an edge.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from manyvoices.models.sentiment.kinds import Flags, Rules

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

COLUMNS = ("neg", "neu", "pos", "compound")
SCALE = 10.0 ** np.array([3, 3, 3, 4])  # of the decimals that the package rounds each to
BATCH = 1 << 15  # sentences at a time
EDGE = 1e-6
SLOW = ("idiom", "but", "edge")
REACH = range(-2, 4)  # how far before a token, or after it, the rules look


class Vader:
    """The scorer of Hutto and Gilbert (2014), as the package `vaderSentiment` computes it.

    `changes` gives words (in lower case) another valence, from -4 to 4, or takes them out of the
    lexicon where it is None; without changes every score is the package's own.
    """

    def __init__(
        self, changes: Mapping[str, float | None] | None = None, name: str = "VADER"
    ) -> None:
        self.name = name
        self.changes = dict(changes or {})

    def __reduce__(self) -> tuple[type[Vader], tuple[dict[str, float | None], str]]:
        """Send what it was made of to another process, and not what it remembers."""
        return type(self), (self.changes, self.name)

    def score(self, texts: Sequence[str]) -> pd.DataFrame:
        """One row per text: neg, neu, pos (shares of the text) and compound (from -1 to 1)."""
        import pandas as pd

        scores = [np.zeros((0, 4)), *(batch.scores() for batch in self._batches(texts))]
        return pd.DataFrame(np.concatenate(scores), columns=list(COLUMNS))

    def by_hand(self, texts: Sequence[str]) -> pd.DataFrame:
        """Per text: whether the package's own code had a part in its scores, and for which reason.

        Columns, true or false: idiom, but, edge.
        """
        import pandas as pd

        done = [batch for batch in self._batches(texts) if len(batch.scores())]
        flags = {cause: [np.zeros(0, bool), *(one.slow[cause] for one in done)] for cause in SLOW}
        return pd.DataFrame({cause: np.concatenate(parts) for cause, parts in flags.items()})

    def _batches(self, texts: Sequence[str]) -> Iterator[_Batch]:
        for start in range(0, len(texts), BATCH):
            yield _Batch(self.rules, texts[start : start + BATCH])

    @cached_property
    def rules(self) -> Rules:
        """The package's lexicon with the changes, and the chunks met so far."""
        return Rules(self.changes)


class _Batch:
    """Sentences as one run of tokens, and what the rules make of them.

    `hits` are the places of the tokens that the lexicon values, `of` their sentences. What the
    rules look up about them stands in arrays with one entry a hit.
    """

    def __init__(self, rules: Rules, texts: Sequence[str]) -> None:
        self.rules = rules
        self.codes, self.bounds, self.marks = _read(rules, texts)
        self.kinds = rules.chunks.table
        self.size = len(texts)
        self.slow = {cause: np.zeros(self.size, bool) for cause in SLOW}
        valued = self.kinds["known"] & (self.kinds["boost"] == 0)
        self._set_hits(np.flatnonzero(valued[self.codes]))
        self._set_hits(self.hits[~(self._word(0, "kind") & self._word(-1, "of"))])

    def _set_hits(self, hits: Ints) -> None:
        self.hits = hits
        self.of = self._sentences(hits)
        self.near = {back: self._codes_at(back) for back in REACH}

    def _sentences(self, places: Ints) -> Ints:
        return np.searchsorted(self.bounds, places, "right") - 1

    def _codes_at(self, back: int) -> Ints:
        """The kind of the token so many before each hit (after it, if negative), or the blank."""
        places = self.hits - back
        inside = (places >= self.bounds[self.of]) & (places < self.bounds[self.of + 1])
        return np.where(inside, self.codes[np.where(inside, places, 0)], 0)

    def _at(self, field: str, back: int = 0) -> NDArray[Any]:
        return self.kinds[field][self.near[back]]

    def _word(self, back: int, *words: str) -> Flags:
        """Whether the token so many before each hit is one of the words."""
        numbers = [self.rules.numbers[word] for word in words]
        return np.isin(self._at("word", back), numbers)

    def scores(self) -> Floats:
        """One row a sentence: neg, neu, pos, compound."""
        values = self._after_but(self._valences())
        felt = values != 0
        return self._scores(values[felt], self.of[felt])

    @cached_property
    def lengths(self) -> Ints:
        """Per sentence: its tokens."""
        return self._count(~self.kinds["blank"])

    @cached_property
    def shouted(self) -> Flags:
        """Per hit: whether some but not all tokens of its sentence are in capitals."""
        upper = self._count(self.kinds["upper"])
        return ((upper > 0) & (upper < self.lengths))[self.of]

    def _count(self, kinds: Flags) -> Ints:
        """Per sentence: how many of its tokens are of these kinds."""
        running = np.zeros(len(self.codes) + 1, np.int64)
        np.cumsum(kinds[self.codes], out=running[1:])
        return np.diff(running[self.bounds])

    def _valences(self) -> Floats:
        """Per hit: its valence after all rules but that of *but*."""
        values = self._after_no(self._at("valence"))
        values = np.where(self._at("upper") & self.shouted, values + self._louder(values), values)
        for back, damping in ((1, 1.0), (2, 0.95), (3, 0.9)):
            seen = ~(self._at("known", back) | self._at("blank", back))
            moved = self._negated(self._boosted(values, back, damping), back)
            values = np.where(seen, moved, values)
        values = self._after_idioms(values, seen)
        least = self._word(1, "least") & ~self._at("known", 1) & ~self._word(2, "at", "very")
        scaled: Floats = values * self.rules.package.N_SCALAR
        return np.where(least, scaled, values)

    def _louder(self, values: Floats) -> Floats:
        return np.where(values > 0, 1.0, -1.0) * float(self.rules.package.C_INCR)

    def _after_no(self, values: Floats) -> Floats:
        """*No* before a valued word negates it and has no value of its own."""
        negated = self._word(1, "no") | self._word(2, "no")
        negated |= self._word(3, "no") & self._word(1, "or", "nor")
        alone = self._word(0, "no") & self._at("known", -1)
        scaled: Floats = values * self.rules.package.N_SCALAR
        return np.where(negated, scaled, np.where(alone, 0.0, values))

    def _boosted(self, values: Floats, back: int, damping: float) -> Floats:
        boost: Floats = self._at("boost", back)
        signed = np.where(values < 0, -boost, boost)
        loud = (boost != 0) & self._at("upper", back) & self.shouted
        moved: Floats = values + np.where(loud, signed + self._louder(values), signed) * damping
        return moved

    def _negated(self, values: Floats, back: int) -> Floats:
        """*Never so good* is more than good, *without doubt good* is good, *not good* is not."""
        strong = without = np.zeros(len(values), bool)
        if back > 1:
            strong = self._word(back, "never") & self._word(back - 1, "so", "this")
            without = self._word(back, "without") & self._word(back - 1, "doubt")
        if back > 2:
            strong |= self._word(1, "so", "this")
            without |= self._word(3, "without") & self._word(1, "doubt")
        factor = np.where(self._at("negates", back), self.rules.package.N_SCALAR, 1.0)
        negated: Floats = values * np.where(strong, 1.25, np.where(without, 1.0, factor))
        return negated

    def _after_idioms(self, values: Floats, seen: Flags) -> Floats:
        """The package's own rule, at hits with two neighbouring words of an idiom around them."""
        words = np.stack([self._at("word", back) for back in reversed(REACH)], axis=1)
        found = self.rules.pairs[words[:, :-1], words[:, 1:]].any(axis=1) & seen
        left = self.bounds[self.of + 1] - self.hits
        for hit in np.flatnonzero(found):
            around = [self.rules.words[word] for word in words[hit, : left[hit] + 3]]
            check = self.rules.analyser._special_idioms_check
            values[hit] = check(float(values[hit]), around, 3)
        self.slow["idiom"][self.of[found]] = True
        return values

    def _after_but(self, values: Floats) -> Floats:
        """Half of what stands before the first *but* of a sentence, and half more of what follows.

        The package finds each value by what it is and not by where it stands, so that one that
        equals an earlier value, as changed, changes that one again instead of itself. Sentences
        where this can happen go through its own code.
        """
        but = np.flatnonzero((self.kinds["word"] == self.rules.numbers["but"])[self.codes])
        first = np.full(self.size, -1)
        first[self._sentences(but)[::-1]] = but[::-1]
        side = np.where(first[self.of] < 0, 0, np.sign(self.hits - first[self.of]))
        changed: Floats = values * np.choose(side + 1, [0.5, 1.0, 1.5])
        for sentence in self._with_equals(values, changed, side):
            part = slice(*np.searchsorted(self.of, [sentence, sentence + 1]))
            changed[part] = self._but_by_hand(values[part], side[part])
            self.slow["but"][sentence] = True
        return changed

    def _with_equals(self, values: Floats, changed: Floats, side: Ints) -> Ints:
        """The sentences with a *but* in which some value equals a changed one."""
        moved = (values != 0) & (np.bincount(self.of[side != 0], minlength=self.size) > 1)[self.of]
        both = np.concatenate([values[moved], changed[moved]])
        of = np.tile(self.of[moved], 2)
        new = np.arange(len(both)) >= moved.sum()
        order = np.lexsort((both, of))
        both, of, new = both[order], of[order], new[order]
        run = np.cumsum(np.append(True, (both[1:] != both[:-1]) | (of[1:] != of[:-1])))[: len(both)]
        mixed = (np.bincount(run, new) > 0) & (np.bincount(run, ~new) > 0)
        return np.unique(of[mixed[run]])

    def _but_by_hand(self, values: Floats, side: Ints) -> list[float]:
        """The package's own rule on the values of a sentence; tokens without any change nothing."""
        before, after = int((side < 0).sum()), int((side > 0).sum())
        own = values[side == 0].tolist()  # of *but* itself, where a changed lexicon values it
        parts = [
            *values[:before].tolist(),
            *(own or [0.0]),
            *values[len(values) - after :].tolist(),
        ]
        words = [""] * before + ["but"] + [""] * after
        done: list[float] = self.rules.analyser._but_check(words, parts)
        return done[:before] + done[before : before + len(own)] + done[before + 1 :]

    def _scores(self, values: Floats, of: Ints) -> Floats:
        """The four scores of each sentence from its values, none of them nothing."""
        total = np.bincount(of, values, self.size)
        positive = np.bincount(of, np.where(values > 0, values + 1, 0), self.size)
        negative = np.bincount(of, np.where(values < 0, values - 1, 0), self.size)
        neutral = self.lengths - np.bincount(of, minlength=self.size)
        stress = _stress(*self.marks)
        stressed = total + np.sign(total) * stress
        compound = stressed / np.sqrt(stressed * stressed + 15)
        lead = np.sign(positive + negative)
        positive = np.where(lead > 0, positive + stress, positive)
        negative = np.where(lead < 0, negative - stress, negative)
        whole = np.where(self.lengths > 0, positive - negative + neutral, 1)
        exact = np.stack([-negative / whole, neutral / whole, positive / whole, compound], axis=1)
        # A sum near nothing has the sign of its rounding, which differs between Pythons.
        unsure = (np.abs(total) < EDGE) & (neutral < self.lengths)
        return self._rounded(exact, unsure, values, of)

    def _rounded(self, exact: Floats, unsure: Flags, values: Floats, of: Ints) -> Floats:
        """The scores rounded; where the last bit decides, by the package's own code."""
        scaled = exact * SCALE
        scores = np.rint(scaled) / SCALE
        edge = unsure | (np.abs(scaled - np.floor(scaled) - 0.5) < EDGE).any(axis=1)
        for sentence in np.flatnonzero(edge):
            start, end = np.searchsorted(of, [sentence, sentence + 1])
            all_values = values[start:end].tolist() + [0] * (self.lengths[sentence] - (end - start))
            text = "".join(
                mark * count for mark, count in zip("!?", self.marks[:, sentence], strict=True)
            )
            scored = self.rules.analyser.score_valence(all_values, text)
            scores[sentence] = [scored[column] for column in COLUMNS]
        self.slow["edge"] = edge
        return np.asarray(scores + 0.0)  # no minus before nothing


def _read(rules: Rules, texts: Sequence[str]) -> tuple[Ints, Ints, Ints]:
    """The kinds of all tokens, the bounds of the sentences in them, and the marks `!` and `?`."""
    import pyarrow as pa
    import pyarrow.compute as pc

    strings = pa.array([rules.plain(text) for text in texts], pa.string())
    split = pc.utf8_split_whitespace(strings)
    chunks = split.values.dictionary_encode()
    names = chunks.dictionary.to_pylist()
    kinds = np.fromiter(map(rules.chunks.__getitem__, names), np.int64, len(names))
    bounds = split.offsets.to_numpy().astype(np.int64)
    marks = np.stack([pc.count_substring(strings, mark).to_numpy() for mark in "!?"])
    return kinds[chunks.indices.to_numpy()], bounds, marks.astype(np.int64)


def _stress(bangs: Ints, questions: Ints) -> Floats:
    """What exclamation marks (four count) and question marks (from the second on) add."""
    asked = np.where(questions > 3, 0.96, questions * 0.18)
    return np.minimum(bangs, 4) * 0.292 + np.where(questions > 1, asked, 0.0)
