"""Lemmas by table look-up, with simplemma."""

from functools import lru_cache


@lru_cache(maxsize=1 << 17)
def lemma(word: str, language: str = "en") -> str:
    """Return the lemma of a lower-case word: "coping" gives "cope"; an unknown word gives itself.

    `language` is a code that simplemma knows, such as "en". Words are taken alone, so that a form
    of several lemmas gets one of them: "left" is "leave" wherever it stands.
    """
    import simplemma

    return str(simplemma.lemmatize(word, lang=language))
