"""Where uptake stands: words, phrases and echoed quotations that a text shares with its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.dialogue.trees import Ints, forest
from manyvoices.dialogue.uptake import Source, pairs_of
from manyvoices.dialogue.words import Ints32, Words, words_of
from manyvoices.documents import Document
from manyvoices.text import find_quotations

SHORTEST = 2
TAKEN = ["document", "source", "kind", "text", "sentence", "source_sentence", "documents"]
ECHOES = ["document", "start", "end", "text", "sentence", "source", "source_sentence", "relation"]
Places = NDArray[np.intp]


def taken(
    corpus: Corpus, source: Source = "turn", executor: engine.Executor | None = None
) -> pd.DataFrame:
    """One row per passage of an answer that its source holds, too, in text order.

    Columns: document, source, kind (`word`: a term of content, at its first place in the answer;
    `phrase`: neighbouring words, two of content or three of which one is, as long as both texts go
    together, at every place), text (as the answer has it; for a word its term), sentence,
    source_sentence (the first place in the source), documents (for a word in how many documents of
    the corpus it stands: the fewer, the more it tells). A word may stand in a phrase as well.
    `source` and who is left out are as in `uptake`.
    """
    words = words_of(corpus, executor)
    pairs = pairs_of(corpus, source, words)
    of = np.full(words.documents, -1, np.int64)
    of[pairs.answers] = pairs.sources
    table = pd.concat([_words(corpus, words, of), _phrases(corpus, words, of)])
    ordered = table.sort_values(["word", "kind", "text"], kind="stable")
    return ordered[TAKEN].reset_index(drop=True)


def echoes(corpus: Corpus, executor: engine.Executor | None = None) -> pd.DataFrame:
    """One row per quotation, in an answer, of words that somebody else's text above has in a row.

    What stands between quotation marks is looked for, marks left out: in the text answered, then
    further up, to the opening; in each first as it stands, then with words of content as terms, so
    that a plural is found. Columns: document, start, end (code points, marks
    included), text, sentence, source, source_sentence, relation (`turn` for the text answered,
    `opening` for the one that opens the thread, `above` for one between). A word in scare quotes
    that both use counts, too: whether it is an echo has to be read.
    """
    words = words_of(corpus, executor)
    terms = np.where(words.term >= 0, -1 - words.term, words.form)
    search = _Search(corpus, words, (words.form, terms))
    rows = [row for answer in _answers(corpus) for row in search.rows(*answer)]
    return pd.DataFrame(rows, columns=ECHOES)


def _words(corpus: Corpus, words: Words, of: Ints) -> pd.DataFrame:
    """The terms of answers that their sources hold."""
    first, documents, terms = words.firsts
    size = max(len(words.terms), 1)
    keys = documents * size + terms  # in order, as `firsts` is
    asked = np.flatnonzero(of[documents] >= 0)
    there, at = _found(of[documents[asked]] * size + terms[asked], keys)
    counts = np.bincount(terms, minlength=len(words.terms))
    which = terms[asked[there]]
    table = _places(corpus, words, first[asked[there]], first[at])
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
    table = _places(corpus, words, place, source)
    spans = zip(
        words.document[place].tolist(),
        words.start[place].tolist(),
        words.end[place + length - 1].tolist(),
        strict=True,
    )
    texts = [" ".join(corpus.documents[d].text[start:end].split()) for d, start, end in spans]
    nothing = pd.array([None] * len(table), "Int64")
    return table.assign(kind="phrase", text=texts, documents=nothing)


def _places(corpus: Corpus, words: Words, place: Places, source: Places) -> pd.DataFrame:
    """Where words of answers and of sources stand."""
    names = np.array([d.id for d in corpus.documents], object)
    sentences = corpus.sentences["sentence"].to_numpy(object)
    return pd.DataFrame(
        {
            "word": place,
            "document": names[words.document[place]],
            "source": names[words.document[source]],
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


def _answers(corpus: Corpus) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """Every answer that holds a quotation mark, with the texts above it by other people."""
    trees, documents = forest(corpus.documents), corpus.documents
    above = trees.above()
    for i in np.flatnonzero(above >= 0).tolist():
        if any(mark in documents[i].text for mark in "\"'“‘"):
            chain = _chain(i, above)
            relations = ["turn", *["above"] * (len(chain) - 1)]
            if len(chain) > 1 and trees.parents[chain[-1]] < 0:
                relations[-1] = "opening"
            pairs = zip(chain, relations, strict=True)
            yield i, [(j, how) for j, how in pairs if documents[j].person != documents[i].person]


def _chain(start: int, above: Ints) -> list[int]:
    """The texts above one, nearest first; ends at a root, a gap, or where a circle closes."""
    chain: list[int] = []
    at = int(above[start])
    while at >= 0 and at not in chain and at != start:
        chain.append(at)
        at = int(above[at])
    return chain


@dataclass(frozen=True, eq=False)
class _Search:
    """Looks for quoted words in the texts above, by each of the `keys` that tell words apart."""

    corpus: Corpus
    words: Words
    keys: tuple[Ints32, Ints32]

    def rows(self, answer: int, sources: list[tuple[int, str]]) -> Iterator[tuple[object, ...]]:
        """The rows of one answer: of each quotation, the nearest text above that has its words."""
        document = self.corpus.documents[answer]
        sentences = self.corpus.sentences["sentence"]
        for start, end in _quoted(document):
            own = self._within(answer, start, end)
            found = ((self._find(own, source), source, how) for source, how in sources)
            at, source, how = next((hit for hit in found if hit[0] >= 0), (-1, -1, ""))
            if at >= 0:
                text = " ".join(document.text[start + 1 : end - 1].split())
                ids = [sentences.iloc[self.words.sentence[i]] for i in (own.start, at)]
                name = self.corpus.documents[source].id
                yield document.id, start, end, text, ids[0], name, ids[1], how

    def _within(self, document: int, start: int, end: int) -> range:
        """The words of a document in a stretch of its text."""
        low, high = self._bounds(document)
        first, last = np.searchsorted(self.words.start[low:high], [start, end])
        return range(low + int(first), low + int(last))

    def _find(self, wanted: range, document: int) -> int:
        """The word at which the wanted ones stand in a row in a document; -1 if they do not."""
        low, high = self._bounds(document)
        size = len(wanted)
        if not 0 < size <= high - low:
            return -1
        for keys in self.keys:
            windows = np.lib.stride_tricks.sliding_window_view(keys[low:high], size)
            hits = np.flatnonzero((windows == keys[wanted.start : wanted.stop]).all(axis=1))
            if len(hits):
                return low + int(hits[0])
        return -1

    def _bounds(self, document: int) -> tuple[int, int]:
        low, high = np.searchsorted(self.words.document, [document, document + 1]).tolist()
        return low, high


def _quoted(document: Document) -> Iterator[tuple[int, int]]:
    """Where the quotations of a document begin and end."""
    for paragraph in document.paragraphs:
        for quotation in find_quotations(document.text, paragraph.start, paragraph.end):
            if quotation.closed:
                yield quotation.start, quotation.end
