"""Lemmas: the dictionary form of a word."""

from __future__ import annotations

from collections.abc import Iterable

from manyvoices.errors import ManyVoicesError
from manyvoices.text.folding import fold


def lemmas(forms: Iterable[str], language: str = "en") -> list[str]:
    """The folded lemma of every folded form, from the dictionary of simplemma.

    No context is looked at: *trained* becomes *train*, be it verb or adjective. A form that is not
    letters alone (*value-laden*) is given back as it is, for the rules by which simplemma guesses
    what it does not know spoil such forms; so is a form that the dictionary has not. `language`
    may be a tag such as `en-GB`. Raises ManyVoicesError for a language that simplemma has not.
    """
    from simplemma import lemmatize

    code = language.partition("-")[0].lower()
    try:
        lemmatize("a", code)
    except ValueError:
        raise ManyVoicesError(
            f"there are no lemmas for the language `{language}`.", "Count forms as they stand."
        ) from None
    return [fold(lemmatize(form, code)) if form.isalpha() else form for form in forms]
