"""Queries made from the grammar of the query language, and from the words of a corpus."""

from __future__ import annotations

import random
from collections.abc import Iterator

from manyvoices.corpus import Corpus
from manyvoices.store import HIDDEN_MARK, HIDDEN_WORD

Asked = dict[str, object]
STRANGE = tuple(
    "\u2019tis e.g. co-op Straße \uff26\uff35\uff2c\uff2c ǅ İstanbul ﬁn ΌΣΟΣ ᾳ "  # noqa: SIM905 (to read)
    "\U0001d49c\U0001d4eb naïve "
    "nai\u0308ve ½ Ⅷ ٣٤ 日本 क्षि 👩\u200d💻 🇬🇧 #tag @user a_b <3 :-) "
    "https://example.org/a_(b)?c=1 www.x.org. x@y.org “so” — ... … ?! 1,000.5 "
    "f*** don`t rock\u2019n\u2019roll \u2588\u2588 \u00adsoft a\u0301\u0323 \x85 \ufeff ' \" "
    "elephants nationalized went sharif fancies İi \u017fs Kelvin http://İ.uk".split(" ")
)
# Each line is a query.
BROKEN = (
    "",
    " ",
    "a" * 1001,
    *r"""...
... a
a ...
a ... ... b
a\
@a*
a||b
|
a|so,what
*|
//
/(?=a)b/
/(?P<n>a)/
/(?i)a/
/(a)\1/
/\ba/
/[a/
/(a/
/a)/
/a)(b/
/a)|(b/
/*a/
/[z-a]/
/((a{99}){99}){99}/
/a**/
/a{2}{3}/
/a{3,2}/
/[a-\d]/
/|*/
/(*a)/
/(+a)/
/a\/
/[a\/
/\x41/
/[\W]/
/\pL/
/[--a]*+/
/\w{999}/
/(?:(?:a*){100}){11}/
/[a--]/
/{/
/{2}/
/a{2,1}?/
/(|*)/""".split("\n"),  # noqa: SIM905
)
PATTERNS = tuple(
    r"""\w+ \d+ [^\w]+ \W \D+ . .{3,5} (a|b|the).* (a+)+$ ^.*ing$ [a-c-e].* []a]+ [^]a]+
[\w-]+-[\w-]+ [\w-z]+ [\d-]+ a?b??.*s (?:) x{0} .*(tion|ment)s? [àâéèêëïîôùûç].* .*\. [.,;:!?]
[!-/] {,3} a{,2} (|the|an) ^*a a$ (a*)* (a|aa)+b [^a-z]{2} .*\'.* \\ [\^\-\]] THE Th[EÉ]
((((th))))e .*\w{4} _""".split()  # noqa: SIM905
)
ORDERS = ("L1", "L2", "R1", "R3", "node", "position")


class Grammar:
    """Makes queries; the same seed makes the same."""

    def __init__(self, corpus: Corpus, seed: int) -> None:
        self.chance = random.Random(seed)
        names = {name for shard in corpus.selected for name in shard.vocabulary}
        self.words = sorted(n for n in names if not {HIDDEN_WORD, HIDDEN_MARK} & set(n))
        runs = [shard.types.tolist() for shard in corpus.selected]
        self.running = [(s.vocabulary, run) for s, run in zip(corpus.selected, runs, strict=True)]

    def queries(self, count: int) -> Iterator[Asked]:
        """All that is known to be strange or broken, then so many more."""
        for text in (*STRANGE, *(f"@{word}" for word in STRANGE), *BROKEN):
            yield self._asked(text)
        for pattern in PATTERNS:
            yield self._asked(f"/{pattern}/")
        for _ in range(count):
            yield self._asked(self.query())

    def query(self) -> str:
        """Slots from a stretch of the text, each written in one of the ways, perhaps with gaps."""
        names, run = self.chance.choice(self.running)
        at = self.chance.randrange(len(run))
        slots = [self.slot(names[t]) for t in run[at : at + self.chance.choice([1, 1, 1, 2, 2, 3])]]
        for place in range(len(slots) - 1, 0, -1):
            if self.chance.random() < 0.3:
                slots.insert(place, self.chance.choice(["...", "...1", "...12", "...0"]))
        return self.chance.choice([" ", " ", "  ", "\u00a0"]).join(slots)

    def slot(self, word: str) -> str:
        """A slot that the word may fill."""
        made = [self._literal, self._glob, self._lemma, self._either, self._pattern, self._any]
        return self.chance.choices(made, [6, 4, 3, 3, 3, 1])[0](word)

    def _any(self, word: str) -> str:
        return self.chance.choice(["*", "?", "??"])

    def _literal(self, word: str) -> str:
        escaped = "".join(f"\\{c}" if c in "\\*?|@/" else c for c in word)
        return self.chance.choice([escaped, escaped.upper(), escaped.lower(), word])

    def _glob(self, word: str) -> str:
        low, high = sorted(self.chance.choices(range(len(word) + 1), k=2))
        return f"{word[:low]}{self.chance.choice('*?')}{word[high:]}"

    def _lemma(self, word: str) -> str:
        return f"@{word}"

    def _either(self, word: str) -> str:
        others = self.chance.choices(self.words, k=self.chance.choice([1, 2]))
        return "|".join(self.slot(one) for one in (word, *others))

    def _pattern(self, word: str) -> str:
        parts = [self._char(char) for char in word[:12]]
        return f"/{''.join(parts)}{self.chance.choice(['', '', '.*', 's?', '$'])}/"

    def _char(self, char: str) -> str:
        plain = char if char.isalnum() else f"\\{char}"
        more = [f"[{plain}x]", ".", f"({plain}|y)", f"{plain}+", f"{plain}{{1,2}}", r"\w", "[^q]"]
        return self.chance.choice([plain] * 6 + more)

    def _asked(self, text: str) -> Asked:
        chance = self.chance
        return {
            "query": text,
            "case": chance.random() < 0.2,
            "accents": chance.random() < 0.8,
            "window": chance.choice([0, 1, 3, 8, 40]),
            "within": chance.choice(["sentence", "paragraph", "document", "document", "nothing"]),
            "sort": chance.choice([[], [], [chance.choice(ORDERS)], chance.sample(ORDERS, 2)]),
        }
