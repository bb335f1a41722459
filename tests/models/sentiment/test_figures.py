"""The figures say in words what they draw, and are the same every time."""

from xml.etree import ElementTree

import pandas as pd
import pytest

from manyvoices.corpus import Corpus
from manyvoices.figures import Drawing
from manyvoices.figures.sentiment import signs_along_text, signs_by_voice, targets_by_voice
from manyvoices.models.sentiment import along, by_target, by_voice, evaluations, labelled
from tests.model.making import document, made_corpus
from tests.models.sentiment.making import planted

LABELS = {"one": "One <b>&", "two": "Two", "read": "Read"}


def drawings(corpus: Corpus, codes: pd.DataFrame) -> list[Drawing]:
    table = labelled(corpus)
    first = corpus.documents[0].id
    return [
        signs_by_voice(by_voice(table, corpus.voices), LABELS),
        targets_by_voice(by_target(codes), LABELS),
        signs_along_text(along(corpus, table[["VADER", "Pattern"]], first), "A text", 15),
    ]


@pytest.fixture(params=["coded", "bare", "other voices only"])
def drawn(request: pytest.FixtureRequest) -> list[Drawing]:
    if request.param == "coded":
        return drawings(*planted())
    voice = "one" if request.param == "bare" else None
    corpus = made_corpus([document("a", ["Good. Bad."], voice=voice)])
    return drawings(corpus, evaluations(corpus))


def test_a_figure_is_sound_svg_with_its_words(drawn: list[Drawing]) -> None:
    for one in drawn:
        assert ElementTree.fromstring(one.svg).tag.endswith("svg")
        assert one.name
        assert one.alt.endswith(".")
        assert one.caption.endswith(".")


def test_the_alternative_text_holds_the_numbers() -> None:
    by_voice_, by_target_, along_ = drawings(*planted())
    assert "Two: VADER 30 negative, 0 neutral, 30 positive" in by_voice_.alt
    assert "Two: weather 30 negative, 30 positive" in by_target_.alt
    assert "VADER: mean 0.00" in along_.alt


def test_a_figure_is_the_same_every_time() -> None:
    assert drawings(*planted()) == drawings(*planted())


def test_a_drawing_without_codes_says_so() -> None:
    corpus = made_corpus([document("a", ["Good."])])
    by_voice_, by_target_, _ = drawings(corpus, evaluations(corpus))
    assert "none are coded" in by_voice_.caption
    assert by_target_.caption == "No sentence of this corpus is coded for evaluation and target."


def test_only_the_first_four_voices_have_a_panel() -> None:
    rows = [(f"v{i}", "weather", 1, 0, 0, 1) for i in range(6)]
    columns = ["voice", "target", "negative", "mixed", "neutral", "positive"]
    labels = {f"v{i}": f"Voice {i}" for i in range(6)}
    one = targets_by_voice(pd.DataFrame(rows, columns=columns), labels)
    assert "Voice 3" in one.alt
    assert "Voice 4" not in one.alt
    assert "The first 4 voices are drawn." in one.caption
