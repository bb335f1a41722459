"""Made-up sentences that bring VADER's rules together in every order."""

import random

from hypothesis import strategies as st
from vaderSentiment import vaderSentiment

ANALYSER = vaderSentiment.SentimentIntensityAnalyzer()
LEXICON = tuple(sorted(ANALYSER.lexicon))
BOOSTERS = tuple(word for word in vaderSentiment.BOOSTER_DICT if " " not in word)
IDIOMS = (
    *vaderSentiment.SPECIAL_CASES,
    *(word for word in vaderSentiment.BOOSTER_DICT if " " in word),
)
NEGATIONS = (*vaderSentiment.NEGATE, "don’t", "wouldn't've", "N'T")
FEW = ("good", "bad", "great", "horrible", "kind", "no", "doubt", "like", "help", "shit", "die")
NAMED = ("no", "or", "nor", "never", "so", "this", "without", "doubt", "least", "at", "very", "but")
PLAIN = (
    "the",
    "service",
    "Therapy",
    "IAPT",
    "a",
    "of",
    "kind",
    "naïve",
    "ΣΑΣ",
    "İ",
    "日本",
    "\ud800",
)
EMOJI = (
    *("😀", "❤️", "👍🏽", "😀😀", "good😀", "😀bad", "🔛", "🆙!", "™", "©2017", "🇬🇧", "👩\u200d👧"),
    *sorted(char for char in ANALYSER.emojis if len(char) == 1),
)
MARKS = ("!", "?", "!!!", "?!?", "?????", "!!!!!!", "...", "…", "—", ":)", ":-D", ";(", ")-':", "-")
SPACES = (" ", " ", " ", " ", "  ", "\t", "\n", "\u00a0", "\u2003", "\u3000", "\x1c", "\x85", "")
SOURCES = (
    *(LEXICON, FEW, FEW, NAMED, NAMED, BOOSTERS, IDIOMS, NEGATIONS),
    *(PLAIN, PLAIN, EMOJI, MARKS),
)


def sentences(count: int, seed: int = 20170307) -> list[str]:
    """So many sentences, the same every time."""
    draw = random.Random(seed)
    return [_sentence(draw) for _ in range(count)]


def _sentence(draw: random.Random) -> str:
    """Up to 25 words; in one sentence of three they are few, so that equal values meet."""
    sources = SOURCES if draw.random() < 0.7 else (FEW[:5], NAMED, PLAIN[:3])
    words = [_word(draw, draw.choice(sources)) for _ in range(draw.randrange(26))]
    return "".join(part for word in words for part in (word, draw.choice(SPACES)))


def _word(draw: random.Random, source: tuple[str, ...]) -> str:
    """A word of a source, at times in capitals or with marks at its ends."""
    word = draw.choice(source)
    word = draw.choice((word, word, word, word, word.upper(), word.capitalize()))
    if draw.random() < 0.6:
        return word
    return (
        draw.choice(("", "“", '"', "(", "'")) + word + draw.choice((",", ".", "!", "?", "”", "…"))
    )


texts = st.one_of(
    st.text(),
    st.lists(
        st.one_of(
            st.sampled_from(tuple(word for source in SOURCES for word in source)),
            st.sampled_from(SPACES),
            st.text(max_size=3),
        ),
        max_size=30,
    ).map("".join),
    st.integers(0, 1 << 32).map(lambda seed: sentences(1, seed)[0]),
)
