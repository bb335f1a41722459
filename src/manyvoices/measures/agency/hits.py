"""Every hit of every detector, with where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from manyvoices import engine
from manyvoices.corpus import Corpus
from manyvoices.measures.agency.dictionary import FILE, Words, read_words
from manyvoices.measures.agency.forms import Forms, Places
from manyvoices.measures.agency.lists import find_listed, find_nominalisations
from manyvoices.measures.agency.passives import find_participles, find_passives
from manyvoices.measures.agency.triples import find_triples
from manyvoices.store import Shard
from manyvoices.text.quotes import find_quotations

PASSIVE = "passive"
WITH_AGENT, AGENTLESS = "passive-agent", "passive-agentless"
KINDS = (
    WITH_AGENT,
    AGENTLESS,
    "participle",
    "nominalisation",
    "generic",
    "obligation",
    "possibility",
    "certainty",
    "negation",
)
NAMES = {
    PASSIVE: "passive",
    WITH_AGENT: "passive with a doer",
    AGENTLESS: "passive without a doer",
    "participle": "bare participle",
    "generic": "generic actor",
    "clause": "who does what",
}
"""What kinds are called in tables, where that is not their own name."""
COLUMNS = ["kind", "document", "voice", "person", "sentence", "start", "end", "word", "quoted"]
TRIPLE = ["document", "voice", "sentence", "start", "end", "actor", "process", "goal"]
PLACES = ["actor_start", "actor_end", "process_start", "process_end", "goal_start", "goal_end"]


def speaks_english(corpus: Corpus) -> bool:
    """Whether the detectors know the language of the book."""
    return corpus.settings.book.language.partition("-")[0].lower() == "en"


def agency(
    corpus: Corpus, executor: engine.Executor | None = None, *, words: Path = FILE
) -> pd.DataFrame:
    """One row per hit of a detector: passives, nouns of acts, generic actors, modality, negation.

    Columns: kind (of `KINDS`), document, voice, person, sentence, start, end (code points in the
    document's text), word (as it stands there), quoted (whether it lies between quotation marks).
    Rows stand in text order, those at one place in the order of `KINDS`. Of a passive the
    participle is the hit. `words` is a file of words of the form that the package's own has. The
    rules know English alone: a corpus in another language has no rows. Words that the public view
    hides are in none. What the hits are worth is for `check` to say.
    """
    if not speaks_english(corpus) or not corpus.selected:
        return typed(pd.DataFrame(columns=COLUMNS))
    return typed(engine.run(partial(_part, words=read_words(words)), merge, corpus, executor))


def triples(
    corpus: Corpus, executor: engine.Executor | None = None, *, words: Path = FILE
) -> pd.DataFrame:
    """One row per plain active clause in which a subject does something to an object.

    Columns: document, voice, sentence, start, end (from the subject's head to the object's, code
    points in the document's text), actor, process, goal (the heads as they stand there), and the
    start and the end of each. The rules go by form and place; they are to be read, not counted,
    unless `check_triples` says otherwise.
    """
    if not speaks_english(corpus) or not corpus.selected:
        return typed(pd.DataFrame(columns=[*TRIPLE, *PLACES]))
    part = partial(_triples_part, words=read_words(words))
    return typed(engine.run(part, merge, corpus, executor))


def typed(table: pd.DataFrame) -> pd.DataFrame:
    """The table with the same kinds of columns whether it has rows or not."""
    kinds = {
        name: "int64" if name.endswith(("start", "end")) else "bool" if name == "quoted" else "str"
        for name in table.columns
    }
    return table.astype(kinds)


def lines(corpus: Corpus, hits: pd.DataFrame, *, reach: int = 80) -> pd.DataFrame:
    """The hits with what stands around them in their sentence, as it may be printed.

    `hits` are rows of `agency` or of `named`, which keep their columns and order. Added are left,
    node and right, the outer ones of at most so many characters, cut at white space.
    """
    table = corpus.sentences
    edges = dict(
        zip(table["sentence"], zip(table["start"], table["end"], strict=True), strict=True)
    )
    columns = (hits[name].tolist() for name in ("document", "sentence", "start", "end"))
    cells = [
        _line(corpus, document, (start, end), edges[sentence], reach)
        for document, sentence, start, end in zip(*columns, strict=True)
    ]
    around = pd.DataFrame(cells, hits.index, ["left", "node", "right"], dtype="str")
    return hits.join(around)


def _line(
    corpus: Corpus, document: str, hit: tuple[int, int], sentence: tuple[int, int], reach: int
) -> tuple[str, str, str]:
    spans = ((sentence[0], hit[0]), hit, (hit[1], sentence[1]))
    left, node, right = (" ".join(corpus.show(document, *span).split()) for span in spans)
    if len(left) > reach:
        left = "… " + left[-reach:].partition(" ")[2]
    if len(right) > reach:
        right = right[:reach].rpartition(" ")[0] + " …"
    return left, node, right


def merge(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    """The rows of both, one after the other."""
    return pd.concat([left, right], ignore_index=True)


def _part(shard: Shard, words: Words) -> pd.DataFrame:
    table = named_hits(shard, _found(shard, words), "kind")
    rank = table["kind"].map({kind: i for i, kind in enumerate(KINDS)})
    return table.iloc[np.lexsort([rank, table["token"]])].reset_index(drop=True)[COLUMNS]


def named_hits(
    shard: Shard, found: Mapping[str, tuple[Places, Places]], column: str
) -> pd.DataFrame:
    """Where hits of several names stand, name by name, with the name in a column."""
    first, last = (np.concatenate([pair[side] for pair in found.values()]) for side in (0, 1))
    sizes = [len(pair[0]) for pair in found.values()]
    return hits_table(shard, first, last).assign(**{column: np.repeat(list(found), sizes)})


def _found(shard: Shard, words: Words) -> dict[str, tuple[Places, Places]]:
    """The first and the last token of the hits of every kind."""
    forms = Forms(shard, words)
    passives = find_passives(forms)
    named = passives.by >= 0
    single = {
        WITH_AGENT: passives.participles[named],
        AGENTLESS: passives.participles[~named],
        "participle": find_participles(forms, passives),
        "nominalisation": find_nominalisations(forms),
    }
    listed = {name: find_listed(shard, words.lists[name]) for name in words.lists}
    return {name: (at, at) for name, at in single.items()} | listed


def hits_table(shard: Shard, first: Places, last: Places) -> pd.DataFrame:
    """Where hits stand, in the order given."""
    documents = [shard.documents[i] for i in shard.token_documents[first].tolist()]
    starts, ends = shard.token_starts[first].tolist(), shard.token_ends[last].tolist()
    rows = list(zip(documents, starts, ends, strict=True))
    inside = quoted_tokens(shard)
    return pd.DataFrame(
        {
            "token": first,
            "document": [one.id for one in documents],
            "voice": [one.voice for one in documents],
            "person": [one.person for one in documents],
            "sentence": [shard.sentence_ids[i] for i in shard.token_sentences[first].tolist()],
            "start": starts,
            "end": ends,
            "word": [one.text[start:end] for one, start, end in rows],
            "quoted": inside[first],
        }
    )


def quoted_tokens(shard: Shard) -> np.ndarray:
    """Per token: whether it lies between quotation marks that close in its paragraph."""
    inside = np.zeros(len(shard.types), bool)
    for i, document in enumerate(shard.documents):
        for paragraph in document.paragraphs:
            for pair in find_quotations(document.text, paragraph.start, paragraph.end):
                if pair.closed:
                    tokens = shard.tokens_in(i, *pair.inner)
                    inside[tokens.start : tokens.stop] = True
    return inside


def _triples_part(shard: Shard, words: Words) -> pd.DataFrame:
    found = find_triples(shard, words)
    heads = np.array(found, np.intp).reshape(-1, 3)
    table = hits_table(shard, heads[:, 0], heads[:, 2])
    texts = [shard.documents[i].text for i in shard.token_documents[heads[:, 0]].tolist()]
    for name, tokens in zip(("actor", "process", "goal"), heads.T, strict=True):
        starts, ends = shard.token_starts[tokens], shard.token_ends[tokens]
        spans = zip(texts, starts.tolist(), ends.tolist(), strict=True)
        table[name] = [text[start:end] for text, start, end in spans]
        table[f"{name}_start"], table[f"{name}_end"] = starts, ends
    return table[[*TRIPLE, *PLACES]]
