"""Documents in threads."""

from manyvoices.documents import in_threads


def test_a_text_is_followed_by_those_that_answer_it() -> None:
    parents = {"a": None, "b": None, "c": "a", "d": "c", "e": "a", "f": "gone"}
    assert list(in_threads(parents)) == ["a", "c", "d", "e", "b", "f"]


def test_what_answers_in_a_circle_comes_once_and_last() -> None:
    parents = {"a": "b", "b": "a", "c": "b", "d": None, "e": "e"}
    assert list(in_threads(parents)) == ["d", "e", "a", "b", "c"]
