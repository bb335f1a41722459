"""Figures: sound SVG, the same every time, harmless, and in words what they are in shapes."""

import hashlib
import os
import re
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterable
from xml.etree.ElementTree import Element

import numpy as np
import pandas as pd
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from manyvoices import rate, replies, sizes
from manyvoices.corpus import Corpus
from manyvoices.dialogue import pairings, uptake_test
from manyvoices.figures import (
    Drawing,
    answered_tree,
    barcode,
    network,
    rates_by_voice,
    reply_tree,
    score,
    uptake_against_shuffled,
    words_per_voice,
)
from manyvoices.figures.palette import VARIABLES, VOICES, voice_colours
from manyvoices.measures import collocation_network, hit_places
from tests.conftest import DESCRIPTION
from tests.dialogue.null import forum
from tests.model.making import document, made_corpus

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
NASTY = '<script>alert("1 & 2")</script>'
WORDS = ("people", "work", "nothing-like-this")


def labels_of(corpus: Corpus) -> dict[str, str]:
    return {name: voice.label for name, voice in corpus.voices.items()}


def rates_of(corpus: Corpus, words: tuple[str, ...] = WORDS) -> pd.DataFrame:
    return pd.concat(
        [rate(corpus, word).reset_index().assign(word=word) for word in words], ignore_index=True
    )


def ties_of(corpus: Corpus) -> pd.DataFrame:
    return collocation_network(corpus, "people", window=None, floor=2)


def places_of(corpus: Corpus, words: tuple[str, ...] = WORDS) -> dict[str, pd.DataFrame]:
    return {word: hit_places(corpus, word) for word in words}


def score_of(corpus: Corpus) -> Drawing:
    return score(corpus.sentences, replies(corpus), labels_of(corpus))


def uptake_of(corpus: Corpus) -> Drawing:
    """The figure of uptake, with a hundred deals."""
    test, colours = uptake_test(corpus, draws=100), voice_colours(corpus.voices)
    return uptake_against_shuffled(
        pairings(corpus),
        test.value,
        test.shuffled,
        {one.id: one.number or one.id for one in corpus.documents},
        {one.id: colours[one.voice or ""] for one in corpus.documents},
    )


FIGURES: dict[str, Callable[[Corpus], Drawing]] = {
    "sizes": lambda corpus: words_per_voice(sizes(corpus)),
    "rates": lambda corpus: rates_by_voice(rates_of(corpus), labels_of(corpus)),
    "barcode": lambda corpus: barcode(places_of(corpus), labels_of(corpus)),
    "tree": lambda corpus: reply_tree(replies(corpus), labels_of(corpus)),
    "score": score_of,
    "network": lambda corpus: network(ties_of(corpus)),
    "answered": lambda corpus: answered_tree(replies(corpus), labels_of(corpus)),
    "uptake": lambda _: uptake_of(forum(1)),
}


def tree_of(one: Drawing) -> Element:
    return fromstring(one.svg)


def texts(one: Drawing) -> list[str]:
    return ["".join(element.itertext()) for element in tree_of(one).iter(f"{SVG}text")]


def numbers(text: str, labels: Iterable[str]) -> list[float]:
    """The numbers in a text, but for those in labels."""
    for label in sorted(labels, key=len, reverse=True):
        text = text.replace(label, "")
    return [float(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]


@pytest.mark.parametrize("which", ["svg", "narrow"])
@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_svg_is_sound_and_holds_nothing_that_runs(
    public: Corpus, figure: Callable[[Corpus], Drawing], which: str
) -> None:
    tree = fromstring(getattr(figure(public), which))

    assert tree.tag == f"{SVG}svg"
    assert tree.get("viewBox")
    assert tree.get("width") is tree.get("height") is None
    kinds = {element.tag.removeprefix(SVG) for element in tree.iter()}
    assert kinds <= {*("svg", "g", "a", "defs", "style", "path", "text", "use", "clipPath", "rect")}
    assert not any(name.startswith("on") for element in tree.iter() for name in element.attrib)


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_svg_refers_to_nothing_outside_and_tells_no_date(
    public: Corpus, figure: Callable[[Corpus], Drawing]
) -> None:
    one = figure(public)

    for svg in (one.svg, one.narrow):
        for element in fromstring(svg).iter():
            for name in ("href", XLINK):
                assert (element.get(name) or "#").startswith(("#", "evidence:"))
        links = re.sub(r'\sxmlns(:\w+)?="[^"]*"', "", svg)
        assert "://" not in links
        assert all(found.startswith("#") for found in re.findall(r"url\(\s*['\"]?([^)]*)", svg))
        assert not re.search(r"\d{4}-\d{2}-\d{2}T|<metadata|<dc:", svg)


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_both_drawings_lead_to_the_same_passages_and_share_no_id(
    public: Corpus, figure: Callable[[Corpus], Drawing]
) -> None:
    one = figure(public)
    trees = [list(fromstring(svg).iter()) for svg in (one.svg, one.narrow)]
    links = [{e.get("href") for e in tree if e.tag == f"{SVG}a"} for tree in trees]
    ids = [[found for e in tree if (found := e.get("id"))] for tree in trees]

    assert links[0] == links[1]
    assert len({*ids[0], *ids[1]}) == len([*ids[0], *ids[1]])


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_figure_is_the_same_twice(public: Corpus, figure: Callable[[Corpus], Drawing]) -> None:
    assert figure(public) == figure(public)


def test_figures_are_the_same_in_a_fresh_process_with_other_hashes(public: Corpus) -> None:
    program = (
        "import hashlib, sys\n"
        "from manyvoices.corpus import Corpus\n"
        "from tests.figures.test_drawings import FIGURES\n"
        "public = Corpus.load(sys.argv[1]).public()\n"
        "for name, figure in FIGURES.items():\n"
        "    print(name, hashlib.sha256(repr(figure(public)).encode()).hexdigest())\n"
    )
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Tokyo",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    found = subprocess.run(
        [sys.executable, "-c", program, str(DESCRIPTION)],
        env=environment,
        cwd=DESCRIPTION.parent.parent,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    for name, figure in FIGURES.items():
        here = hashlib.sha256(repr(figure(public)).encode()).hexdigest()
        assert found[found.index(name) + 1] == here, name


def test_colours_are_the_pages_own(public: Corpus) -> None:
    for figure in FIGURES.values():
        colours = re.findall(r"var\([^)]*#[^)]*\)|#[0-9a-f]{6}", figure(public).svg)
        own = {f"var({variable}, {colour})" for colour, variable in VARIABLES.items()}
        assert set(colours) <= own | {"#000000", "#ffffff"}


def test_voices_have_one_colour_each_and_begin_again_after_six() -> None:
    colours = voice_colours(str(i) for i in range(7))

    assert list(colours.values()) == [*VOICES, VOICES[0]]
    assert len(set(VOICES)) == 6


def test_sizes_are_told_in_words_as_in_the_table(public: Corpus) -> None:
    table = sizes(public)
    one = words_per_voice(table)

    for row in table.itertuples():
        assert f"{row.label}, {row.words:,} words, {row.share:.0%} of all" in one.alt
        assert f"{row.words:,} words" in texts(one)
        assert row.label in texts(one)
    told = [n for row in table.itertuples() for n in (row.words, round(100 * row.share))]
    assert numbers(one.alt, table["label"]) == told
    largest = table.loc[table["words"].idxmax()]
    assert f"{largest['share']:.0%}" in one.caption
    assert str(largest["label"]) in one.caption


def test_rates_are_told_in_words_as_in_the_table(public: Corpus) -> None:
    table = rates_of(public)
    one = rates_by_voice(table, labels_of(public))

    at = 0
    for row in table.itertuples():
        told = f"{labels_of(public)[row.voice]} {row.per_10k:.0f}"
        told += (
            f" from {row.hits} hits, too few to say"
            if np.isnan(row.low)
            else f" ({row.low:.0f} to {row.high:.0f})"
        )
        at = one.alt.index(told, at)
    for word in WORDS:
        assert f"{word}: " in one.alt
        assert word in texts(one)


def test_replies_are_told_in_words_as_in_the_table(public: Corpus) -> None:
    table = replies(public)
    answers = table[table["reply_to"].notna()]
    one = reply_tree(table, labels_of(public))
    by_voice = answers["voice"].value_counts()

    told = [
        len(answers),
        *by_voice.tolist(),
        (answers["depth"] == 1).sum(),
        answers["depth"].max(),
        (answers["reply_to"] != answers["indent_parent"]).sum(),
    ]
    assert numbers(one.alt, labels_of(public).values()) == (told if len(answers) else [])


def test_who_was_answered_is_told_in_words_as_in_the_table(this_corpus: Corpus) -> None:
    corpus = this_corpus.public().counted()
    alt = answered_tree(replies(corpus), labels_of(corpus)).alt

    assert "The essay, 1 of 1; Its author’s replies, 1 of 7; The commenters, 7 of 11." in alt
    assert "10 texts show likes, 19 in all; most, 5, has 2.1 by the essay’s author." in alt


def test_uptake_is_told_in_words_as_in_the_table() -> None:
    corpus = forum(1, hosts=1)
    one, table = uptake_of(corpus), pairings(corpus)
    own = table[table["own"]]

    for row in own.itertuples():
        assert f"{row.document} from {row.source} {own.loc[row.Index, 'size']:.0%}" in one.alt
    assert f"The mean is {own['size'].mean():.1%}" in one.alt
    links = {element.get("href") for element in tree_of(one).iter(f"{SVG}a")}
    assert links == {f"evidence:{name}" for name in own["document"]}


def test_uptake_of_many_answers_shows_the_first() -> None:
    one = uptake_of(forum(1, hosts=6))

    assert "The first 30 of 36 answers have rows." in one.caption
    assert len({element.get("href") for element in tree_of(one).iter(f"{SVG}a")}) == 30


def test_every_text_of_the_tree_links_to_its_evidence(public: Corpus) -> None:
    table = replies(public)
    one = reply_tree(table, labels_of(public))
    links = {
        element.get("href"): "".join(element.itertext()).strip()
        for element in tree_of(one).iter(f"{SVG}a")
    }

    assert set(links) == {f"evidence:{name}" for name in table.index}
    for name, row in table.iterrows():
        assert f"{row['words']:,} word" in links[f"evidence:{name}"]


@pytest.mark.parametrize(
    "label",
    [
        NASTY,
        '" onload="alert(1)',
        "a & b < c > d",
        "costs $5 and $6",
        r"$\frac{1}{$",
        r"$\undefined$",
        "]]>",
        "<!-- -->",
        "var(--mv-ink)",
        "#0a66a5 and font-family: none; x",
        "two\nlines",
        "日本語 עברית 🙂",
        "tab\tand \x01 control",
        "evidence:nowhere",
        "",
        "a label of forty characters, which is long",
    ],
)
def test_any_label_stays_text(label: str) -> None:
    made = made_corpus([document("a", ["One two."]), document("b", ["Three."], reply_to="a")])
    table = sizes(made).assign(label=label)
    thread = replies(made).assign(role=label, number="")
    rated = rates_of(made, ("one",))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawings = [
            words_per_voice(table),
            reply_tree(thread, {"one": label}),
            rates_by_voice(rated, {"one": label}),
            rates_by_voice(rated.assign(word=label), {"one": "One"}),
            network(tied(["second"]).assign(first=label)),
        ]

    shown = re.sub("[\x00-\x08]", "\ufffd", label)
    for one in drawings:
        kinds = {element.tag.removeprefix(SVG) for element in tree_of(one).iter()}
        assert "script" not in kinds
        found = " ".join(" ".join(texts(one)).split())
        told = shown if one.name != "collocation-network" else shown[:10]
        assert " ".join(told.split()) in found


@settings(max_examples=25)
@given(st.text(max_size=20))
def test_svg_stays_sound_whatever_a_label_holds(label: str) -> None:
    made = made_corpus([document("a", ["One two."])])

    one = words_per_voice(sizes(made).assign(label=label))

    assert len(texts(one)) >= 1


def tied(words: list[str]) -> pd.DataFrame:
    """A network of a node and these words, without ties among them."""
    ties = pd.DataFrame({"first": "node", "second": words, "together": 5, "documents": 1})
    return ties.assign(strength=2.0, passage="a-p1-s1")


def many(size: int) -> Corpus:
    """So many texts, each of which answers the one before, by voices in turn."""
    return made_corpus(
        [
            document(
                f"t-{i}",
                ["A word. " * 6],
                voice=("one", "two")[i % 2],
                reply_to=f"t-{i - 1}" if i else None,
            )
            for i in range(size)
        ]
    )


@pytest.mark.parametrize("size", [1, 2, 100])
def test_figures_of_any_size_are_sound(size: int) -> None:
    corpus = many(size)
    labels = labels_of(corpus)
    table = pd.concat([sizes(corpus)] * size, ignore_index=True)
    rated = rates_of(corpus, tuple(f"word|{i}" for i in range(-(-size // 2))))

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawings = [
            words_per_voice(table.rename(index=str)),
            rates_by_voice(rated, labels),
            reply_tree(replies(corpus), labels),
        ]

    for one in drawings:
        assert tree_of(one).tag == f"{SVG}svg"
        assert one.alt
        assert one.caption


def test_tree_says_when_it_does_not_draw_all() -> None:
    table = replies(many(100))
    one = reply_tree(table, {"one": "One", "two": "Two"})

    assert sum(1 for _ in tree_of(one).iter(f"{SVG}a")) == 80
    assert "The first 80 of 100 texts are drawn." in one.caption
    assert "99 answers" in one.alt


def test_figures_of_empty_tables_say_so() -> None:
    nobody = made_corpus([document("a", ["One."], voice="read")])
    rated = rates_of(made_corpus([document("a", ["One."])]), ("one",)).head(0)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawings = [
            words_per_voice(sizes(nobody)),
            rates_by_voice(rated, {}),
            reply_tree(replies(nobody), {}),
            answered_tree(replies(nobody), {}),
        ]

    assert [one.alt for one in drawings] == [
        "No voice that is counted says a word.",
        "No word was counted.",
        "No text answers another.",
        "No text answers another.",
    ]
    for one in drawings:
        assert tree_of(one).tag == f"{SVG}svg"


def test_voice_without_words_can_be_drawn() -> None:
    made = made_corpus([document("a", ["!!!"]), document("b", ["One."], voice="two")])
    labels = {"one": "One", "two": "Two"}

    one = rates_by_voice(rates_of(made, ("one",)), labels)

    assert "One says no word" in one.alt
    assert "nan" not in one.alt + one.svg
    silent = made_corpus([document("a", ["!!!"])])
    assert words_per_voice(sizes(silent)).alt == "No voice that is counted says a word."


def test_circle_of_answers_can_be_drawn() -> None:
    made = made_corpus([document(name, ["One."], reply_to=to) for name, to in ("ab", "bc", "ca")])

    one = reply_tree(replies(made), {"one": "One"})

    assert {element.get("href") for element in tree_of(one).iter(f"{SVG}a")} == {
        "evidence:a",
        "evidence:b",
        "evidence:c",
    }


def boxes(one: Drawing) -> list[tuple[float, float, float, float]]:
    """Where each text is: left, right, top and bottom, with a generous guess of its width."""
    found = []
    for element in tree_of(one).iter(f"{SVG}text"):
        style = element.get("style", "")
        size = float(re.findall(r"font-size: ([\d.]+)px", style)[0])
        wide = 0.58 * size * len("".join(element.itertext()))
        x, y = float(element.get("x", 0)), float(element.get("y", 0))
        anchor = re.findall(r"text-anchor: (\w+)", style)[0]
        left = x - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
        found.append((left, left + wide, y - size, y + 0.25 * size))
    return found


@pytest.mark.parametrize("size", [*range(1, 9), 16, 25, 40])
def test_words_of_a_network_neither_meet_nor_leave_it(size: int) -> None:
    ties = tied([f"psychological{i}-and-more" for i in range(size)])
    one = network(ties.assign(together=12345, first="psychological-and-more"))
    width, height = (float(n) for n in tree_of(one).get("viewBox", "").split()[2:])
    found = boxes(one)

    assert len(found) == size + 1
    assert all(a >= 0 and b <= width and c >= 0 and d <= height for a, b, c, d in found)
    for i, (a, b, c, d) in enumerate(found):
        for e, f, g, h in found[i + 1 :]:
            assert b <= e or f <= a or d <= g or h <= c


def test_a_network_is_told_in_words_as_in_the_table(public: Corpus) -> None:
    table = ties_of(public)
    one = network(table)
    own = table[table["first"] == "people"]

    assert len(table) > len(own) > 3
    for row in own.itertuples():
        assert f"{row.second} {row.strength:.1f} ({row.together} times)" in one.alt
        assert any(text.endswith(f"({row.together})") for text in texts(one))
    for row in table[table["first"] != "people"].itertuples():
        assert f"{row.first} and {row.second} {row.strength:.1f}" in one.alt
    links = [element.get("href") for element in tree_of(one).iter(f"{SVG}a")]
    assert links == [f"evidence:{name}" for name in own["passage"]]


def test_a_node_may_be_its_own_collocate() -> None:
    ties = tied(["be", "node", "other"])
    inner = pd.concat([ties, ties.tail(1).assign(first="node")], ignore_index=True)
    one = network(inner)

    assert "Network of 3 collocates of node" in one.alt
    assert "Ties among them: node and other 2.0." in one.alt


def test_a_network_without_words_says_so() -> None:
    one = network(tied([]))

    assert "No word stands near the node" in one.alt
    assert texts(one) in ([], [""])
