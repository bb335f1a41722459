"""Where uptake stands: the words and phrases that an answer shares with its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.dialogue.trees import Ints
from manyvoices.dialogue.uptake import Source, pairs_of
from manyvoices.dialogue.words import Words, words_of

SHORTEST = 2
TAKEN = ["document", "source", "kind", "text", "start", "end", "sentence", "source_sentence"]
TAKEN += ["documents"]
Places = NDArray[np.intp]


def taken(
    corpus: Corpus, source: Source = "turn", executor: engine.Executor | None = None
) -> pd.DataFrame:
    """One row per passage of an answer that its source holds, too, in text order.

    Columns: document, source, kind (`word`: a term of content, at its first place in the answer;
    `phrase`: neighbouring words, two of content or three of which one is, as long as both texts go
    together, at every place), text (as the answer has it; for a word its term), start and end
    (code points in the answer), sentence, source_sentence (the first place in the source),
    documents (for a word in how many documents of the corpus it stands: the fewer, the more it
    tells). A word may stand in a phrase as well.
    `source` and who is left out are as in `uptake`.
    """
    words = words_of(corpus, executor)
    pairs = pairs_of(corpus, source, words)
    of = np.full(words.documents, -1, np.int64)
    of[pairs.answers] = pairs.sources
    table = pd.concat([_words(corpus, words, of), _phrases(corpus, words, of)])
    ordered = table.sort_values(["word", "kind", "text"], kind="stable")
    return ordered[TAKEN].reset_index(drop=True)


def _words(corpus: Corpus, words: Words, of: Ints) -> pd.DataFrame:
    """The terms of answers that their sources hold."""
    first, documents, terms = words.firsts
    size = max(len(words.terms), 1)
    keys = documents * size + terms  # in order, as `firsts` is
    asked = np.flatnonzero(of[documents] >= 0)
    there, at = _found(of[documents[asked]] * size + terms[asked], keys)
    counts = np.bincount(terms, minlength=len(words.terms))
    which = terms[asked[there]]
    place = first[asked[there]]
    table = _places(corpus, words, place, place, first[at])
    texts = np.array(words.terms, object)[which]
    found = pd.array(counts[which], "Int64")
    return table.assign(kind="word", text=texts, documents=found)


def _phrases(corpus: Corpus, words: Words, of: Ints) -> pd.DataFrame:
    """The longest runs of words that answers and their sources share."""
    runs = list(_shared_runs(words, of))
    place, source, length = (
        np.concatenate([run[i] for run in runs] or [np.zeros(0, np.int64)]) for i in range(3)
    )
    contents = np.cumsum([0, *(words.term >= 0)])
    inside = contents[place + length] - contents[place]
    telling = (inside >= 2) | ((inside == 1) & (length >= 3))
    place, source, length = place[telling], source[telling], length[telling]
    table = _places(corpus, words, place, place + length - 1, source)
    documents = words.document[place].tolist()
    spans = zip(documents, table["start"].tolist(), table["end"].tolist(), strict=True)
    texts = [" ".join(corpus.documents[d].text[start:end].split()) for d, start, end in spans]
    nothing = pd.array([None] * len(table), "Int64")
    return table.assign(kind="phrase", text=texts, documents=nothing)


def _places(
    corpus: Corpus, words: Words, place: Places, last: Places, source: Places
) -> pd.DataFrame:
    """Where runs of words of answers stand, and where they stand in their sources."""
    names = np.array([d.id for d in corpus.documents], object)
    sentences = corpus.sentences["sentence"].to_numpy(object)
    return pd.DataFrame(
        {
            "word": place,
            "document": names[words.document[place]],
            "source": names[words.document[source]],
            "start": words.start[place],
            "end": words.end[last],
            "sentence": sentences[words.sentence[place]],
            "source_sentence": sentences[words.sentence[source]],
        }
    )


def _found(wanted: Ints, keys: Ints) -> tuple[Places, Places]:
    """Which of the wanted are among the keys, which are in order, and where each first is."""
    at = np.searchsorted(keys, wanted)
    there = np.flatnonzero(keys[np.minimum(at, len(keys) - 1)] == wanted) if len(keys) else at[:0]
    return there, at[there]


@dataclass(frozen=True, eq=False)
class _Starts:
    """Words at which a run begins, and a number that tells runs of that length apart."""

    places: Places
    codes: Ints


def _shared_runs(words: Words, of: Ints) -> Iterator[tuple[Places, Places, Ints]]:
    """Runs of two words and more that cannot be longer: place, first place in the source, length.

    A run of n + 1 words is shared only if the two of n in it are, so that ever fewer are looked
    at.
    """
    sources = np.zeros(words.documents, bool)
    sources[of[of >= 0]] = True
    code = words.form.astype(np.int64)
    left, right = (
        _Starts(places, code[places])
        for places in (
            np.flatnonzero(of[words.document] >= 0),
            np.flatnonzero(sources[words.document]),
        )
    )
    length, at = 1, np.zeros(0, np.int64)
    left, right, at = _shared(words, of, left, right)
    while len(left.places):
        longer = _shared(words, of, *_lengthened(words, left, right, length))
        covered = np.concatenate([longer[0].places, longer[0].places + 1])
        alone = ~np.isin(left.places, covered)
        if length >= SHORTEST:
            lengths = np.full(int(alone.sum()), length)
            yield left.places[alone], at[alone], lengths
        (left, right, at), length = longer, length + 1


def _lengthened(
    words: Words, left: _Starts, right: _Starts, length: int
) -> tuple[_Starts, _Starts]:
    """The runs that are one word longer, of those that may be shared."""
    sides = []
    for side in (left, right):
        last = side.places + length
        inside = last < len(words.form)
        goes_on = np.zeros(len(last), bool)
        goes_on[inside] = words.follows[last[inside]]
        both = goes_on & np.isin(side.places + 1, side.places)
        sides.append((side.places[both], side.codes[both], words.form[last[both]]))
    pairs = np.concatenate([np.column_stack([codes, forms]) for _, codes, forms in sides])
    keys = pairs[:, 0].astype(np.int64) * len(words.forms) + pairs[:, 1]
    codes = np.unique(keys, return_inverse=True)[1].reshape(-1).astype(np.int64)
    cut = len(sides[0][0])
    return _Starts(sides[0][0], codes[:cut]), _Starts(sides[1][0], codes[cut:])


def _shared(
    words: Words, of: Ints, left: _Starts, right: _Starts
) -> tuple[_Starts, _Starts, Places]:
    """The runs of answers that their sources have, those of sources that are had, first places."""
    size = max(int(side.codes.max(initial=0)) for side in (left, right)) + 1
    wanted = of[words.document[left.places]] * size + left.codes
    keys = words.document[right.places].astype(np.int64) * size + right.codes
    known, first = np.unique(keys, return_index=True)
    there, at = _found(wanted, known)
    had = np.isin(keys, wanted[there])
    return (
        _Starts(left.places[there], left.codes[there]),
        _Starts(right.places[had], right.codes[had]),
        right.places[first[at]],
    )
