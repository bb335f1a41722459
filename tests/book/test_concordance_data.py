"""What the concordancer's page hands to a browser: the published texts, and no word more."""

from __future__ import annotations

import base64
import json
import re
from functools import cache
from itertools import accumulate

import pytest

from manyvoices.book import concordance_data as data
from manyvoices.book.concordancer import examples
from manyvoices.book.ecmascript import case_folding, to_ecmascript
from manyvoices.coding import read_passes
from manyvoices.corpus import Corpus
from manyvoices.errors import ManyVoicesError
from manyvoices.measures import concordance
from tests.model.making import document, made_corpus
from tests.site.books import CORPORA, NAMES
from tests.site.leaks import runs, secrets_of, words


@cache
def whole(name: str) -> Corpus:
    return Corpus.load(CORPORA[name])


@cache
def packed(name: str) -> list[data.Json]:
    return data.pack(whole(name), lambda _: "sources.html")


def numbers(text: str) -> list[int]:
    """The numbers of a stream, one byte after the other."""
    found, value, shift = [], 0, 0
    for byte in base64.b64decode(text):
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            found.append(value)
            value = shift = 0
    return found


def surfaces(head: data.Json) -> list[str]:
    return [line.partition("\t")[0] for line in str(head["types"]).split("\n")]


def tokens(parts: list[data.Json]) -> list[str]:
    """The running text, token for token; hidden ones as signs."""
    names = [*surfaces(parts[0]), "\u2588", "\u2591"]
    return [names[t] for part in parts[1:] for t in numbers(str(part["types"]))]


@pytest.mark.parametrize("name", NAMES)
def test_all_tokens_of_what_may_be_published_are_there(name: str) -> None:
    shown = data.searchable(whole(name))
    wanted = [s.vocabulary[t] for s in shown.selected for t in s.types.tolist()]

    found = tokens(packed(name))

    assert [t[:1] if t[0] in "\u2588\u2591" else t for t in wanted] == found


@pytest.mark.parametrize("name", NAMES)
def test_no_withheld_word_and_no_hidden_name_is_in_the_data(name: str) -> None:
    secrets = secrets_of(whole(name))
    running = " ".join(t if t not in "\u2588\u2591" else "\u00b7" for t in tokens(packed(name)))
    scripts = "".join(data.as_script(i, part) for i, part in enumerate(packed(name)))
    held = [surface for surface in surfaces(packed(name)[0]) if set(words(surface)) & secrets.words]

    assert len(held) == 0, "withheld words are types"
    assert len(secrets.in_text(running)) == 0, "withheld passages or names are in the text"
    assert len(secrets.in_text(scripts)) == 0, "withheld passages or names are in the scripts"
    assert not {"\u2588", "\u2591"} & set(scripts)


def test_the_length_of_withheld_words_is_not_told() -> None:
    hidden = [
        (name, gap)
        for name in ("own", "blog")
        for gap in packed(name)[0]["gaps"]  # type: ignore[attr-defined]  # a list of texts
        if gap.strip()
    ]

    assert hidden == []  # between tokens stands white space alone, also where something is hidden
    assert sum(t in "\u2588\u2591" for t in tokens(packed("own"))) > 100


@pytest.mark.parametrize("name", ["own", "plain", "hostile"])
def test_a_text_that_may_only_be_cited_is_not_in_the_data(name: str) -> None:
    corpus = whole(name)
    cited = [d for d in corpus.documents if corpus.publish(d) != "full"]
    running = runs(words(" ".join(tokens(packed(name)))))
    full = [d.text for d in corpus.documents if corpus.publish(d) == "full"]

    assert cited
    for one in cited:
        assert one.id not in packed(name)[0]["documents"]["ids"]  # type: ignore[index]
        assert not (runs(words(one.text)) - runs(words(" ".join(full)))) & running


def test_equal_texts_give_equal_bytes_however_they_are_cut() -> None:
    scripts = [
        [data.as_script(i, part) for i, part in enumerate(data.pack(corpus, str))]
        for corpus in (whole("forum"), Corpus.load(CORPORA["forum"], shards=5))
    ]

    assert scripts[0] == scripts[1]


def test_a_script_hands_over_what_was_packed() -> None:
    text = data.as_script(1, packed("forum")[1])
    index, content = re.fullmatch(r"manyvoicesConcordance\((\d+), (.*)\);\n", text).groups()  # type: ignore[union-attr]

    assert int(index) == 1
    assert json.loads(content) == packed("forum")[1]


def test_running_text_is_cut_into_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "TOKENS_A_PART", 100)
    parts = data.pack(whole("blog"), str)

    assert len(parts) > 5
    assert tokens(parts) == tokens(packed("blog"))


def test_a_corpus_too_large_for_a_browser_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "MOST_TOKENS", 100)

    with pytest.raises(ManyVoicesError, match="tokens are too many to search in a browser; 100"):
        data.pack(whole("blog"), str)


def test_a_corpus_without_a_word_can_be_packed() -> None:
    empty = made_corpus([document("a", [])])
    head = data.pack(empty, str)[0]

    assert head["types"] == ""
    assert numbers(str(head["sentences"])) == []


@pytest.mark.parametrize("values", [[], [0], [127, 128, 16383, 16384, 2**21, 2**28 - 1], [5, 0, 5]])
def test_numbers_come_back(values: list[int]) -> None:
    assert numbers(data.numbers(values)) == values
    growing = list(accumulate(values))
    assert list(accumulate(numbers(data.places(growing)))) == growing


def test_lemmas_hold_what_the_dictionary_and_its_rules_take_to_them() -> None:
    corpus = made_corpus([document("a", ["They went on about policy and wugment."])])
    lines = str(data.pack(corpus, str)[0]["lemmas"]).split("\n")
    forms = {form: line.split()[0] for line in lines for form in line.split()[1:]}

    assert forms["going"] == forms["went"] == "go"
    assert forms["policies"] == "policy"
    assert forms["wugments"] == "wugment"  # no dictionary has it: a rule on its ending


def test_a_code_is_what_most_passes_say_of_a_sentence_that_can_be_read() -> None:
    shown = data.searchable(whole("own"))
    codes: list[dict[str, object]] = packed("own")[0]["codes"]  # type: ignore[assignment]
    (code,) = [one for one in codes if one["name"] == "evaluation"]
    names = [name for shard in shown.selected for name in shard.sentence_ids]
    given = dict(zip(names, base64.b64decode(str(code["of"])), strict=True))
    told = {name: code["values"][n - 1] if n else None for name, n in given.items()}  # type: ignore[index]
    readable = set(concordance(shown, "*", window=0)["sentence"])
    agreed = {
        sentence: next((v for v, n in values.value_counts().items() if 2 * n > len(values)), None)
        for sentence, values in read_passes(shown).groupby("sentence")["evaluation"]
    }

    assert {name: told[name] for name in agreed} == {
        name: value if name in readable else None for name, value in agreed.items()
    }
    assert None in told.values()
    assert len(set(told.values())) > 3


def test_examples_all_find_something() -> None:
    corpus = data.searchable(whole("own"))
    found = examples(corpus)
    asked = [query.strip('"') for query in [*found["first"], *found["more"]]]

    assert len(asked) > 5
    assert all(len(concordance(corpus, query, limit=1)) for query in asked)
    assert examples(made_corpus([document("a", ["Rien."])])) == {"first": [], "more": []}


def test_examples_begin_with_a_word_a_phrase_and_a_beginning() -> None:
    words = "Council library opened. The council library closes, councillors say."
    found = examples(made_corpus([document("a", [words])]))

    assert found["first"] == ["council", "library", '"council library"', "counci*"]


def test_case_folding_is_all_that_python_folds() -> None:
    table = case_folding()
    folded: dict[str, str] = dict(table["longer"])  # type: ignore[call-overload]
    for first, step, length, shift in table["runs"]:  # type: ignore[attr-defined]
        folded |= {chr(first + i * step): chr(first + i * step + shift) for i in range(length)}

    for point in range(0x110000):
        assert folded.get(chr(point), chr(point)) == chr(point).casefold()


@pytest.mark.parametrize("pattern", ["(?P<a>x)(?(a)y|z)", "a*?", "(?>a)"])
def test_a_pattern_that_is_not_translated_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="is not translated"):
        to_ecmascript(re.compile(pattern))
