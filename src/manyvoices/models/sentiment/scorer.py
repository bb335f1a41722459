"""What a scorer is, and how it is put to every sentence of a corpus."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Protocol

import pandas as pd

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.store import Shard

Spans = dict[str, list[tuple[int, int]]]

KEYS = ["sentence", "document", "voice", "person"]

# The keyboard's forms of what typesetting and word processors put in their place.
TYPED = str.maketrans(
    dict.fromkeys("‘’‛′\u201a\u02bc\uff07", "'")
    | dict.fromkeys("“”„‟″\uff02", '"')
    | dict.fromkeys("\u00a0\u2007\u202f", " ")
    | {"…": "..."}
)


class Scorer(Protocol):
    """Says of each text how far its wording is negative or positive."""

    @property
    def name(self) -> str:
        """What the scorer is called in tables."""
        ...

    def score(self, texts: Sequence[str]) -> pd.DataFrame:
        """One row per text, in order; among others `compound`, from -1 (negative) to 1."""
        ...


def normalise(text: str) -> str:
    """The text as a keyboard would have it: straight apostrophes and quotation marks, plain spaces.

    Lexicons were made for typed text: to VADER “don’t” with a curly apostrophe is no negation, and
    a word in curly quotation marks no word. Only what a scorer is given changes; the text of the
    document, and every offset, stays.
    """
    return text.translate(TYPED)


def score_sentences(
    corpus: Corpus,
    scorer: Scorer,
    *,
    as_typed: bool = True,
    without: pd.DataFrame | None = None,
    executor: engine.Executor | None = None,
) -> pd.DataFrame:
    """One row per selected sentence, in order, with what the scorer says of it.

    Columns: sentence, document, voice, person, and those of the scorer; compound is among them.
    Sentences are normalised first, unless `as_typed` is false. `without` are spans (document,
    start, end) that are not to be scored, such as quotations. Nothing that is returned holds a word
    of the texts, so that it may be the whole corpus that is scored.
    """
    left_out = _by_document(without) if without is not None else {}
    part = partial(_part, scorer=scorer, as_typed=as_typed, left_out=left_out)
    return engine.run(part, _merge, corpus, executor)


def _by_document(spans: pd.DataFrame) -> Spans:
    found: Spans = {}
    columns = (spans[name].tolist() for name in ("document", "start", "end"))
    for document, start, end in zip(*columns, strict=True):
        found.setdefault(document, []).append((start, end))
    return found


def _part(shard: Shard, scorer: Scorer, as_typed: bool, left_out: Spans) -> pd.DataFrame:
    texts_of = [_blanked(d.text, left_out.get(d.id, ())) for d in shard.documents]
    of_sentence = shard.paragraph_documents[shard.sentence_paragraphs].tolist()
    documents = [shard.documents[i] for i in of_sentence]
    spans = zip(
        of_sentence, shard.sentence_starts.tolist(), shard.sentence_ends.tolist(), strict=True
    )
    texts = [texts_of[i][start:end] for i, start, end in spans]
    scores = scorer.score([normalise(text) for text in texts] if as_typed else texts)
    columns = {
        "sentence": shard.sentence_ids,
        "document": [document.id for document in documents],
        "voice": [document.voice for document in documents],
        "person": [document.person for document in documents],
    }
    keys = pd.DataFrame({name: pd.array(values, dtype="str") for name, values in columns.items()})
    return pd.concat([keys, scores], axis=1)


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _merge(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([left, right], ignore_index=True)
