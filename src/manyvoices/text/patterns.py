"""The pattern of a token, and the abbreviations that tokens and sentences share."""

import re
import unicodedata
from functools import cache
from itertools import chain

MASK = "\u2588"
"""The character that stands, once per character, for text which is withheld."""

APOSTROPHES = "'\u2019\u02bc\uff07`\u00b4"
"""What is typed for an apostrophe inside a word."""


def word_set(line: str) -> frozenset[str]:
    """Return the words of a line as a set."""
    return frozenset(line.split())


# Words that keep their full stop. Words that are also read without one ("no", "fig", "art") are
# missing: a chunk cannot tell "No." from "No. 5"; the sentence splitter sees what follows.
TITLES = word_set("dr drs mr mrs ms mx messrs prof rev hon st mt gen col capt lt sgt sen")
CONNECTORS = word_set("e.g i.e eg ie vs cf viz approx esp incl ca")
CLOSING = word_set("etc al inc ltd co corp plc jr sr bros dept est ph.d m.sc b.sc")
BEFORE_NUMBERS = word_set("pp vol vols chap sect jan feb aug sept oct nov dec")
_CAPITALISED = word_set("st mt gen col capt lt sgt sen rev hon co est jan feb aug sept oct nov dec")
ELISION = r"['\u2019](?i:tis|twas|em|til|cause|n['\u2019]|\d0s)(?!\w)"
"""Words that begin with an apostrophe."""

_MARK_PLANES = (range(0x300, 0x20000), range(0xE0100, 0xE01F0))


@cache
def token_pattern() -> re.Pattern[str]:
    """Return the pattern of one token inside a chunk; the first alternative that fits wins."""
    mark = f"[{_marks()}]"
    letter = rf"(?:[^\W\d_]{mark}*)"
    run = rf"[^\W_]++(?:{mark}++[^\W_]*+)*+"
    alternatives = [
        _web_address(),
        r"[\w.+-]{1,64}+@[^\W_][\w-]*(?:\.[\w-]+)+",
        rf"(?<!\w)\#(?=\d*{letter})(?:{run}|_)+|(?<!\w)@(?:{run}|_)+",
        rf"{MASK}+",
        _emoticon(),
        _emoji(),
        _abbreviation(),
        rf"(?=\w+\*)(?:{letter}{{1,3}}\*{{2,}}(?:{run})?|{letter}+\*+{letter}+)",
        _word(run),
        r"(?:\.{2,}|\u2026)+|[!?]+|([-=_*~\#])\1+",
        rf".{mark}*",
    ]
    return re.compile("|".join(alternatives), re.DOTALL | re.VERBOSE)


def _web_address() -> str:
    """A URL or a bare site name, without the punctuation after it; brackets in pairs stay."""
    body = r'(?:[^\s()<>"\u201c\u201d\u2018\u2019\u2026] | \([^\s()]*\))+ (?<=[\w/&=\#%+~$*)-])'
    ending = r"(?:(?:com|org|net|edu|gov|ac|co)(?:\.[a-z]{2})?|info|uk|eu|ie|io)(?![\w@-]|\.\w)"
    site = rf"(?:[a-z0-9-]{{1,63}}+\.)+{ending}"
    return rf"(?i:(?:https?|ftp)://|www\.){body} | (?<![\w.@-])(?i:{site})(?:/{body}|/)?"


def _emoticon() -> str:
    mouth = r"(?:\)+|\(+|D+|[\[\]PpO|*]|[3/\\](?!\S))"
    return rf"""(?<!\d)[:;][-o'^]?{mouth}(?!\w) | (?<!\w)=[)(DP](?!\w)
             | </?3(?!\w) | \^_+\^ | (?<!\w)-_+-(?!\w)"""


def _emoji() -> str:
    """One picture: a flag, a keycap, or a sign with its variants, joined by zero-width joiners."""
    sign = "[\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
    variants = "[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\u20e3\U000e0020-\U000e007f]*"
    flag = "[\U0001f1e6-\U0001f1ff]{2}"
    keycap = r"[0-9\#*]\ufe0f?\u20e3"
    return f"{flag} | {keycap} | {sign}{variants}(?:\u200d{sign}{variants})*"


def _abbreviation() -> str:
    known = TITLES | CONNECTORS | CLOSING | BEFORE_NUMBERS
    spellings = "|".join(map(_spellings, sorted(known, key=lambda name: (-len(name), name))))
    return rf"""(?<![^\W\d_])(?:
        (?:[^\W\d_]\.){{2,}}(?!\w) | (?:[^\W\d_]\.)+[^\W\d_](?!\w)
        | (?=\w{{1,6}}+\.)(?:{spellings})\.(?!\.)
    )"""


def _spellings(word: str) -> str:
    """The spellings that count: "St." but not "st."; "al." but not "Al."."""
    if word == "al":
        return word
    return word.capitalize() if word in _CAPITALISED else rf"(?i:{re.escape(word)})"


def _word(run: str) -> str:
    number = r"(?:\d{1,2}:\d\d(?!\d) | (?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)*)"
    piece = rf"(?:{number}(?:(?![ap]\.m\b){run})? | {run})"
    joiner = rf"(?:[-\u2010\u2011\u00ad\u200c\u200d\u2060{APOSTROPHES}] | _+)"
    prefix, suffix = r"\([a-z]{1,6}\)(?=[a-z])", r"\([a-z]{1,3}\)(?!\w)"
    return rf"{ELISION} | (?:{prefix})?{piece}(?:{joiner}{piece})*(?:{suffix})?"


@cache
def _marks() -> str:
    """The combining characters, as ranges for a character class."""
    ranges: list[list[int]] = []
    for point in chain(*_MARK_PLANES):
        if not unicodedata.category(chr(point)).startswith("M"):
            continue
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(f"{chr(low)}-{chr(high)}" for low, high in ranges)
