"""One key for the spellings that a search should not tell apart."""

import unicodedata

_SINGLE = "\u2018\u2019\u201a\u201b\u2032\u02bc\uff07`\u00b4"
_DOUBLE = "\u201c\u201d\u201e\u201f\u2033\uff02"
_HYPHENS = "\u2010\u2011"
STRAIGHT = str.maketrans(
    dict.fromkeys(_SINGLE, "'") | dict.fromkeys(_DOUBLE, '"') | dict.fromkeys(_HYPHENS, "-")
)
_FIRST_ACCENT, _LAST_ACCENT = "\u0300", "\u036f"


def fold(surface: str, *, case: bool = True, accents: bool = False) -> str:
    """Return the key under which a token is looked up; folding a key again changes nothing.

    Always: Unicode's composed form (NFC), straight apostrophes, quotation marks and hyphens for
    curly and typographic ones, and for accents typed as apostrophes. With `case`, full case
    folding ("Straße" becomes "strasse"). With `accents`, the general combining accents (U+0300 to
    U+036F) are dropped, so that "café" is found by "cafe"; vowel signs of other scripts stay.
    """
    if surface.isascii() and "`" not in surface:
        return surface.lower() if case else surface
    # Case folding is defined on decomposed text: composed first, a Greek iota subscript differs.
    parts = unicodedata.normalize("NFD", surface)
    if case:
        parts = parts.casefold()
    parts = parts.translate(STRAIGHT)
    if accents:
        parts = _without_accents(unicodedata.normalize("NFD", parts))
    return unicodedata.normalize("NFC", parts)


def _without_accents(parts: str) -> str:
    return "".join(char for char in parts if not _FIRST_ACCENT <= char <= _LAST_ACCENT)
