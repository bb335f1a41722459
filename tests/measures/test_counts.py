"""Sizes, frequencies and rates against counts by hand, and at their edges."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from nltk import FreqDist
from scipy.stats import binomtest

from manyvoices import frequency, measures, rate, sizes
from manyvoices.corpus import Corpus
from manyvoices.documents import Document
from manyvoices.errors import SettingsError
from manyvoices.masks import Mask
from manyvoices.measures import node_queries
from manyvoices.measures.frequencies import WITHHELD
from manyvoices.text import fold, is_word, split_sentences, tokenise
from tests.model.making import document, documents, made_corpus


def words_of(one: Document) -> Iterator[str]:
    """The folded words of a document, found paragraph by paragraph."""
    for p in one.paragraphs:
        found = tokenise(one.text, p.start, p.end)
        names = [found.types[code] for code in found.codes.tolist()]
        yield from (fold(name) for name in names if is_word(name))


def spoken(corpus: Corpus, voice: str) -> list[Document]:
    return [one for one in corpus.documents if one.voice == voice]


def sentences_in(one: Document) -> int:
    return sum(len(split_sentences(one.text, p.start, p.end)) for p in one.paragraphs)


def check_sizes(corpus: Corpus) -> None:
    table = sizes(corpus)
    total = sum(len(list(words_of(one))) for v in corpus.voices for one in spoken(corpus, v))

    assert table.index.tolist() == list(corpus.voices)
    for voice, row in table.iterrows():
        own = spoken(corpus, str(voice))
        words = sum(len(list(words_of(one))) for one in own)
        assert row["label"] == corpus.settings.voices[str(voice)].label
        assert row["people"] == len({one.person for one in own})
        assert row["documents"] == len(own)
        assert row["paragraphs"] == sum(len(one.paragraphs) for one in own)
        assert row["sentences"] == sum(map(sentences_in, own))
        assert row["words"] == words
        assert row["share"] == pytest.approx(words / total) if total else np.isnan(row["share"])


def test_sizes_are_what_one_counts_by_hand(corpus: Corpus) -> None:
    check_sizes(corpus)


@given(documents().filter(bool))
def test_sizes_of_made_up_texts_are_what_one_counts_by_hand(made: list[Document]) -> None:
    check_sizes(
        made_corpus(made, shards=2).select(lambda one: one.id != "text-1" or len(made) == 1)
    )


def test_sizes_of_this_corpus(this_corpus: Corpus) -> None:
    table = sizes(this_corpus)

    assert table["documents"].to_dict() == {"essay": 1, "replies": 7, "commenters": 11}
    assert table["people"].to_dict() == {"essay": 1, "replies": 1, "commenters": 9}
    assert table["paragraphs"]["essay"] == 41
    assert 1900 < table["words"]["essay"] < 2150


def test_sentences_table_adds_up_to_the_sizes(corpus: Corpus) -> None:
    by_voice = corpus.sentences.groupby("voice")["words"].agg(["sum", "size"])
    table = sizes(corpus)

    assert by_voice["sum"][table.index].tolist() == table["words"].tolist()
    assert by_voice["size"][table.index].tolist() == table["sentences"].tolist()


def check_frequency(corpus: Corpus) -> None:
    table = frequency(corpus)
    rows = {(row.voice, row.type): row for row in table.itertuples()}

    counted = 0
    for voice in corpus.voices:
        words = [list(words_of(one)) for one in spoken(corpus, voice)]
        counts = Counter(name for own in words for name in own)
        total = counts.total()
        for name, count in counts.items():
            row = rows[voice, name]
            assert row.count == count
            assert row.documents == sum(name in own for own in words)
            assert row.per_10k == pytest.approx(1e4 * count / total, rel=1e-12)
        counted += len(counts)
    assert counted == len(table)


def test_frequencies_are_what_one_counts_by_hand(corpus: Corpus) -> None:
    check_frequency(corpus)


@given(documents().filter(bool))
def test_frequencies_of_made_up_texts_are_what_one_counts_by_hand(made: list[Document]) -> None:
    hidden = [one for one in made if "█" not in one.text]
    if hidden:
        check_frequency(made_corpus(hidden, shards=2))


def test_frequencies_are_those_of_nltk(corpus: Corpus) -> None:
    table = frequency(corpus)

    for voice in corpus.voices:
        theirs = FreqDist(name for one in spoken(corpus, voice) for name in words_of(one))
        own = table[table["voice"] == voice]
        assert dict(zip(own["type"], own["count"], strict=True)) == dict(theirs)
        assert own["count"].tolist() == [count for _, count in theirs.most_common()]
        assert (own["count"] == 1).sum() == len(theirs.hapaxes())


def test_interval_of_a_frequency_is_wilsons(corpus: Corpus) -> None:
    table, totals = frequency(corpus), sizes(corpus)["words"]

    for row in table.groupby("voice", observed=True).head(5).itertuples():
        ends = binomtest(row.count, int(totals[row.voice])).proportion_ci(method="wilson")
        assert (row.low, row.high) == pytest.approx((1e4 * ends.low, 1e4 * ends.high), rel=1e-9)


def test_frequencies_are_ordered_by_voice_count_and_letter() -> None:
    made = [document("a", ["b b c c a."], voice="two"), document("b", ["z y."], voice="one")]
    table = frequency(made_corpus(made))

    assert table["voice"].tolist() == ["one", "one", "two", "two", "two"]
    assert table["type"].tolist() == ["y", "z", "b", "c", "a"]


def test_spellings_that_fold_together_are_one_type() -> None:
    table = frequency(made_corpus([document("a", ["Don’t don't DON’T."])]))

    assert table[["type", "count"]].to_numpy().tolist() == [["don't", 3]]


def test_forms_of_a_lemma_are_one_type() -> None:
    made = made_corpus([document("a", ["A therapist treats. Therapists treated therapies."])])
    table = frequency(made, lemma=True).set_index("type")

    assert table.loc["therapist", ["count", "documents"]].tolist() == [2, 1]
    assert table["count"].to_dict() == {"therapist": 2, "treat": 2, "a": 1, "therapy": 1}


def test_rare_types_may_be_left_out(corpus: Corpus) -> None:
    whole, table = frequency(corpus), frequency(corpus, minimum=4)

    assert table["count"].min() == 4
    rows = whole[whole["count"] >= 4].reset_index(drop=True)
    assert table.equals(rows)


def test_hidden_words_are_one_row_and_count_in_the_total() -> None:
    made = [document("a", ["One two three four."])]
    public = made_corpus(made, masks={"a": (Mask(4, 13),)}).public()
    table = frequency(public).set_index("type")

    assert table.loc[WITHHELD, "count"] == 2
    assert table.loc["one", "per_10k"] == 2500
    assert sorted(table.index) == [WITHHELD, "four", "one"]


def test_public_frequencies_differ_only_where_words_are_hidden(
    corpus: Corpus, public: Corpus
) -> None:
    whole = frequency(corpus.select(lambda one: one.id in public.by_id))
    shown = frequency(public)

    assert shown["count"].sum() == whole["count"].sum()
    hidden = shown.loc[shown["type"] == WITHHELD, "count"].sum()
    voiced = [one for one in public.documents if one.voice in public.voices]
    assert hidden == sum(map(public.hidden_words, voiced))
    assert not whole["type"].eq(WITHHELD).any()


@pytest.mark.parametrize("word", ["people", "the", "therapy", "nothing-like-this"])
def test_rates_are_what_one_counts_by_hand(corpus: Corpus, word: str) -> None:
    table = rate(corpus, word)

    assert table.index.tolist() == list(corpus.voices)
    for voice, row in table.iterrows():
        own = spoken(corpus, str(voice))
        words = Counter(name for one in own for name in words_of(one))
        assert (row["hits"], row["words"]) == (words[word], words.total())
        assert row["per_10k"] == pytest.approx(1e4 * words[word] / words.total(), rel=1e-12)
        assert row["people"] == len({one.person for one in own if word in set(words_of(one))})


def crowd(people: int, sentences: int, *, voice: str = "two") -> Corpus:
    """So many people who say so many sentences each, every other one with the word."""
    texts = ["A word. " * (sentences // 2) + "No. " * (sentences - sentences // 2)] * people
    return made_corpus(
        [
            document(f"a-{i}", [text.strip()], voice=voice, person=f"person {i}")
            for i, text in enumerate(texts)
        ]
    )


@pytest.mark.parametrize(
    ("corpus", "query", "enough"),
    [
        (crowd(5, 2), "word", True),
        (crowd(4, 20), "word", False),
        (crowd(5, 1), "no", True),
        (crowd(5, 2), "none", False),
        (crowd(1, 20, voice="one"), "word", True),
        (crowd(1, 19, voice="one"), "word", False),
        (crowd(1, 40, voice="one"), "none", False),
    ],
)
def test_too_little_to_go_by_has_a_rate_and_no_interval(
    corpus: Corpus, query: str, enough: bool
) -> None:
    (row,) = rate(corpus, query).itertuples()

    assert np.isfinite(row.per_10k)
    assert np.isfinite([row.low, row.high]).tolist() == [enough, enough]
    assert (row.method == "too few to say") != enough


def test_four_hits_are_too_few_and_five_are_not() -> None:
    for hits, enough in ((4, False), (5, True)):
        text = "A word. " * hits + "No. " * 30
        (row,) = rate(made_corpus([document("a", [text.strip()])]), "word").itertuples()
        assert np.isfinite(row.low) == enough


def test_voice_of_one_author_wavers_along_the_text_and_of_several_over_people() -> None:
    one = rate(crowd(1, 60, voice="one"), "word")["method"].tolist()
    several = rate(crowd(6, 10), "word")["method"].tolist()

    assert "sentences" in one[0]
    assert "over people" in several[0]


def test_voice_without_words_has_no_rate() -> None:
    corpus = made_corpus([document("a", ["!!! " * 5 + "…"]), document("b", ["One."], voice="two")])
    table = rate(corpus, "\\!\\!\\!")

    assert table["words"].tolist() == [0, 1]
    assert np.isnan(table["per_10k"]["one"])
    assert table["method"].tolist() == ["too few to say"] * 2


def test_voice_of_which_most_sentences_have_no_words_has_no_interval() -> None:
    text = "Word. " + "!!! " * 40
    (row,) = rate(made_corpus([document("a", [text.strip()])]), "\\!\\!\\!").itertuples()

    assert row.words == 1
    assert row.method == "too few to say"


@pytest.mark.parametrize(
    "measure",
    [
        sizes,
        frequency,
        measures.sentence_length,
        measures.diversity,
        measures.readability,
        measures.dispersions,
        lambda corpus: measures.hit_places(corpus, "one"),
        lambda corpus: rate(corpus, "one"),
        lambda corpus: measures.dispersion(corpus, "one"),
        lambda corpus: measures.collocates(corpus, "none"),
        lambda corpus: measures.concordance(corpus, "none"),
    ],
)
def test_corpus_in_which_no_voice_is_counted_gives_empty_tables_with_their_columns(
    measure: object,
) -> None:
    uncounted = measure(made_corpus([document("a", ["One."], voice="read")]))  # type: ignore[operator]  # a list of measures
    counted = measure(made_corpus([document("a", ["One."])]))  # type: ignore[operator]

    assert len(uncounted) == 0
    assert list(uncounted.columns) == list(counted.columns)


def test_voices_are_told_in_the_order_of_the_description() -> None:
    made = [document("a", ["One."], voice="two"), document("b", ["One."], voice="one")]

    for table in (sizes(made_corpus(made)), rate(made_corpus(made), "one")):
        assert table.index.tolist() == ["one", "two"]


def test_a_node_that_cannot_be_parsed_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "corpus.yml"
    (tmp_path / "a.txt").write_text("Some words.\n")
    file.write_text(
        "id: made\n"
        "book: {title: t, author: a, contact: c}\n"
        "sources:\n"
        "  a: {file: a.txt, format: plain, title: t, citation: c, rights: r, publish: full}\n"
        "voices: {all: {label: All}}\n"
        "nodes:\n"
        "  one: some|\n"
    )
    with pytest.raises(SettingsError, match=r"corpus\.yml:7: .*empty alternative"):
        node_queries(Corpus.load(file))
