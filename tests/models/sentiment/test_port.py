"""NLTK's port is another program, and is only there to show it."""

from manyvoices.models.sentiment import NltkPort, Vader


def test_the_port_and_the_package_agree_on_a_plain_sentence() -> None:
    text = ["The service was good."]
    assert NltkPort().score(text).equals(Vader().score(text))


def test_the_port_treats_no_otherwise() -> None:
    text = ["There is no good in it."]
    port, package = (one.score(text)["compound"].item() for one in (NltkPort(), Vader()))
    assert port > 0 > package


def test_the_port_does_not_know_emoji() -> None:
    text = ["😍"]
    assert NltkPort().score(text)["compound"].item() == 0 < Vader().score(text)["compound"].item()
