"""Parts: one shard and seven give the same tables, wherever the parts are made."""

import inspect
import multiprocessing
import pickle
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manyvoices import coding, dialogue, engine, measures
from manyvoices.corpus import Corpus
from manyvoices.documents import Document
from manyvoices.errors import ManyVoicesError
from manyvoices.measures import Span, agency
from manyvoices.measures.keyness import Rules
from manyvoices.measures.ladder import causes, ladder
from tests.model.making import assert_same, document, documents, made_corpus

Table = Callable[[Corpus], pd.DataFrame]

DICTIONARY = Path(__file__).parents[1] / "reference" / "dictionary.yml"


def entries(counts: measures.WordCounts) -> pd.DataFrame:
    """One row per type and part in which it stands."""
    names = [counts.types[i] for i in counts.type.tolist()]
    return pd.DataFrame({"type": names, "part": counts.part, "count": counts.count})


def first_voice(corpus: Corpus) -> str:
    return next(iter(corpus.voices))


FEW = Rules(draws=100)
LEMMAS = replace(FEW, lemma=True)
LISTED = pd.Series({"the": 60, "therapy": 3, "people": 9, "elsewhere": 40})

TABLES: dict[str, Table] = {
    "sizes": measures.sizes,
    "frequency": measures.frequency,
    "frequency of lemmas": lambda c: measures.frequency(c, lemma=True, minimum=2),
    "rate of a word": lambda c: measures.rate(c, "people"),
    "rate of a glob": lambda c: measures.rate(c, "*s"),
    "rate of a mark": lambda c: measures.rate(c, ","),
    "concordance of a word": lambda c: measures.concordance(c, "the"),
    "concordance of a phrase": lambda c: measures.concordance(c, "of the"),
    "concordance with a limit": lambda c: measures.concordance(c, "the|of", limit=9),
    "concordance with a limit of none": lambda c: measures.concordance(c, "the", limit=0),
    "concordance with a window": lambda c: measures.concordance(c, "*ing", window=3),
    "concordance within sentences": lambda c: measures.concordance(c, "?", within=Span.SENTENCE),
    "concordance within paragraphs": lambda c: measures.concordance(c, "a*", within=Span.PARAGRAPH),
    "collocates": lambda c: measures.collocates(c, "people|work"),
    "collocation_network": lambda c: measures.collocation_network(c, "people", floor=3),
    "collocations": lambda c: measures.collocations(c, window=3, minimum=1, floor=2),
    "collocations of pairs": lambda c: measures.collocations(c, margins="pairs", minimum=2),
    "collocations in sentences": lambda c: measures.collocations(c, window=None, minimum=2),
    "ngrams": lambda c: measures.ngrams(c, 3, minimum=1),
    "dispersion": lambda c: measures.dispersion(c, "people"),
    "sentence_length": measures.sentence_length,
    "dispersion over equal parts": lambda c: measures.dispersion(c, "people", parts=9),
    "dispersion of a mark": lambda c: measures.dispersion(c, ",", parts="passage"),
    "dispersions": measures.dispersions,
    "hit_places": lambda c: measures.hit_places(c, "people"),
    "dispersions over equal parts": lambda c: measures.dispersions(c, parts=9),
    "diversity": lambda c: measures.diversity(c, window=50),
    "readability": measures.readability,
    "dictionary": lambda c: measures.dictionary(c, DICTIONARY),
    "word_counts": lambda c: entries(measures.word_counts(c)),
    "word_counts of lemmas": lambda c: entries(measures.word_counts(c, lemma=True)),
    "word_counts of sentences": lambda c: entries(measures.word_counts(c, unit="sentence")),
    "word_counts, its parts": lambda c: measures.word_counts(c).parts,
    "keyness": lambda c: measures.keyness(c, first_voice(c), rules=FEW),
    "keyness of lemmas": lambda c: measures.keyness(
        c, first_voice(c), rules=replace(FEW, lemma=True)
    ),
    "keyness_against": lambda c: measures.keyness_against(c, first_voice(c), LISTED, rules=FEW),
    "keyness_without": lambda c: measures.keyness_without(c, first_voice(c), rules=FEW),
    "keywords": lambda c: measures.keywords(c, first_voice(c), rules=FEW),
    "line_fates": measures.line_fates,
    "fate_runs": lambda c: measures.fate_runs(measures.line_fates(c)),
    "node_queries": lambda c: pd.DataFrame(measures.node_queries(c).items()),
    "replies": dialogue.replies,
    "problems": dialogue.problems,
    "turns": dialogue.turns,
    "turns by indentation": lambda c: dialogue.turns(c, "indent_parent"),
    "threads": dialogue.threads,
    "exchanges": dialogue.exchanges,
    "answered": dialogue.answered,
    "returning": dialogue.returning,
    "likes": dialogue.likes,
    "marks": dialogue.marks,
    "address": dialogue.address,
    "questions": dialogue.questions,
    "uptake": dialogue.uptake,
    "uptake from the opening": lambda c: dialogue.uptake(c, "opening"),
    "pairings": dialogue.pairings,
    "taken": dialogue.taken,
    "echoes": dialogue.echoes,
    "coordination": dialogue.coordination,
    "coordination_of_people": lambda c: dialogue.coordination_of_people(c, fewest=1),
    "politeness": dialogue.politeness,
    "sentences": lambda c: c.sentences,
    "agency": agency.agency,
    "triples": agency.triples,
    "lines": lambda c: agency.lines(c, agency.agency(c)),
    "check": lambda c: agency.check(c, agency.agency(c)),
    "check_triples": lambda c: agency.check_triples(c, agency.triples(c)),
    "second_look": agency.second_look,
    "by_sentence": lambda c: agency.by_sentence(c, agency.agency(c), "negation"),
    "acted_upon": lambda c: agency.acted_upon(c, agency.agency(c)),
    "sentence_sizes": agency.sentence_sizes,
    "rates of agency": lambda c: agency.rates(
        c, found := agency.agency(c), agency.check(c, found)
    ).reset_index(),
    "named persons": lambda c: agency.named(c, "persons"),
    "named ideologies": lambda c: agency.named(c, "ideologies"),
    "evaluative_words": agency.evaluative_words,
    "ladder": ladder,
    "causes": causes,
    "read_passes": coding.read_passes,
    "in_documents": lambda c: coding.in_documents(c, "mentions.csv", ["mention"]),
    "read_codes": coding.read_codes,
    "read_mentions": coding.read_mentions,
    "read_quotations": coding.read_quotations,
    "read_questions": coding.read_questions,
    "who_coded": coding.who_coded,
    "coded_mentions": coding.coded_mentions,
    "mention_tally": lambda c: coding.mention_tally(coding.coded_mentions(c), c.voices),
    "claim_sentences": coding.claim_sentences,
    "stances": coding.stances,
    "read_oppositions": coding.read_oppositions,
    "read_candidates": coding.read_candidates,
}
RUN: dict[str, Callable[[Corpus, engine.Executor | None], pd.DataFrame]] = {
    "sizes": measures.sizes,
    "frequency": measures.frequency,
    "rate": lambda c, executor: measures.rate(c, "people", executor),
    "concordance": lambda c, executor: measures.concordance(c, "*s|the", executor=executor),
    "collocates": lambda c, executor: measures.collocates(c, "people", executor=executor),
    "collocations": lambda c, executor: measures.collocations(c, window=None, executor=executor),
    "ngrams": lambda c, executor: measures.ngrams(c, 2, minimum=2, executor=executor),
    "agency": agency.agency,
    "triples": agency.triples,
    "named": lambda c, executor: agency.named(c, "persons", executor),
    "marks": lambda c, executor: dialogue.marks(c, executor=executor),
    "questions": dialogue.questions,
    "uptake": lambda c, executor: dialogue.uptake(c, executor=executor),
    "taken": lambda c, executor: dialogue.taken(c, executor=executor),
    "politeness": lambda c, executor: dialogue.politeness(c, executor=executor),
    "keyness": lambda c, executor: measures.keyness(
        c, first_voice(c), rules=FEW, executor=executor
    ),
    "dispersion": lambda c, executor: measures.dispersion(c, "people", executor=executor),
    "dispersions": lambda c, executor: measures.dispersions(c, executor=executor),
    "diversity": lambda c, executor: measures.diversity(c, window=50, executor=executor),
    "readability": measures.readability,
    "dictionary": lambda c, executor: measures.dictionary(c, DICTIONARY, executor),
    "word_counts": lambda c, executor: entries(measures.word_counts(c, executor=executor)),
}
RESTS_ON_ANOTHER = {"stability"}  # on read_codes alone, and takes seconds
MADE_UP = ["sizes", "frequency", "rate of a mark", "collocates", "dispersion", "replies"]
MADE_UP += [
    "problems",
    "turns",
    "threads",
    "exchanges",
    "questions",
    "marks",
    "uptake",
    "taken",
    "echoes",
    "sentences",
    "word_counts",
    "word_counts, its parts",
]
MADE_UP += ["agency", "triples", "lines", "sentence_sizes", "named persons", "named ideologies"]
MADE_UP += ["collocations", "collocations in sentences", "ngrams"]


class Elsewhere:
    """An executor in the manner of Dask's: all is sent as bytes, done out of order, given late."""

    def map(
        self, fn: Callable[[Any], Any], *iterables: Iterable[Any], **options: object
    ) -> Iterator[Any]:
        sent = [pickle.dumps((fn, args)) for args in zip(*iterables, strict=True)]
        done = {i: self.do(sent[i]) for i in reversed(range(len(sent)))}
        yield from (pickle.loads(done[i]) for i in range(len(sent)))  # noqa: S301  # our own bytes

    def do(self, sent: bytes) -> bytes:
        fn, args = pickle.loads(sent)  # noqa: S301  # our own bytes
        return pickle.dumps(fn(*args))


class InDisorder:
    """An executor that answers in order though it worked out of order, in this process."""

    def map(self, fn: Callable[[Any], Any], *iterables: Iterable[Any]) -> list[Any]:
        shards = list(zip(*iterables, strict=True))
        done = {i: fn(*shards[i]) for i in reversed(range(len(shards)))}
        return [done[i] for i in range(len(shards))]


def makes_a_table(measure: Callable[..., object]) -> bool:
    """Whether it takes a corpus and gives a table."""
    signature = inspect.signature(measure)
    return [*signature.parameters][:1] == ["corpus"] and (
        signature.return_annotation == "pd.DataFrame"
    )


def test_every_measure_is_looked_at_here() -> None:
    public = {
        name: getattr(module, name)
        for module in (measures, agency, dialogue, coding)
        for name in module.__all__
    }
    measured = {name: one for name, one in public.items() if callable(one)}
    tables = {name for name, measure in measured.items() if makes_a_table(measure)}

    assert tables - RESTS_ON_ANOTHER <= {name.split()[0] for name in TABLES}


@pytest.mark.parametrize("shards", [2, 3, 7])
@pytest.mark.parametrize("name", TABLES)
def test_one_shard_equals_several(
    in_shards: Callable[[int], Corpus], name: str, shards: int
) -> None:
    whole, pieces = in_shards(1), in_shards(shards)
    assert len(pieces.shards) == min(shards, len(whole.documents))

    assert_same(TABLES[name](pieces), TABLES[name](whole))


@pytest.mark.parametrize("name", TABLES)
def test_one_public_shard_equals_seven(in_shards: Callable[[int], Corpus], name: str) -> None:
    assert_same(TABLES[name](in_shards(7).public()), TABLES[name](in_shards(1).public()))


@settings(max_examples=20)
@given(documents().filter(bool), st.integers(2, 7))
def test_one_shard_equals_several_of_made_up_texts(made: list[Document], shards: int) -> None:
    whole, pieces = made_corpus(made), made_corpus(made, shards=shards)

    for name in MADE_UP:
        assert_same(TABLES[name](pieces), TABLES[name](whole))
    for query in ("therapy", "*", "mental health", "?|don't"):
        found = [measures.concordance(c, query, limit=5, window=2) for c in (pieces, whole)]
        assert_same(*found)


@pytest.mark.parametrize("name", RUN)
def test_parts_made_elsewhere_give_the_same_table(
    in_shards: Callable[[int], Corpus], name: str
) -> None:
    assert_same(RUN[name](in_shards(3), Elsewhere()), RUN[name](in_shards(1), None))


def test_parts_made_in_other_processes_give_the_same_tables(
    in_shards: Callable[[int], Corpus],
) -> None:
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=spawned) as executor:
        for run in RUN.values():
            assert_same(run(in_shards(3), executor), run(in_shards(1), None))


def test_parts_are_merged_in_the_order_of_the_documents(
    in_shards: Callable[[int], Corpus],
) -> None:
    corpus = in_shards(7)

    found = engine.run(
        lambda shard: [one.id for one in shard.documents], lambda a, b: a + b, corpus, InDisorder()
    )

    assert found == [one.id for one in corpus.documents]


def test_parts_see_only_shards_with_selected_documents(in_shards: Callable[[int], Corpus]) -> None:
    corpus = in_shards(7)
    last = corpus.documents[-1].id

    parts = engine.parts(
        lambda shard: [one.id for one in shard.documents],
        corpus.select(lambda one: one.id == last),
    )

    assert parts == [[last]]


def test_nothing_selected_is_an_error_that_says_so() -> None:
    nothing = made_corpus([document("a", ["One."])]).select(lambda one: False)

    with pytest.raises(ManyVoicesError, match="no document is selected"):
        measures.sizes(nothing)
