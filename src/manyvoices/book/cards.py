"""Cards and passages side by side: lists that read as well without a style sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from manyvoices.book.markup import Html, escape, link, voice_colour
from manyvoices.corpus import Corpus

CLIP = 30
LONGEST = 40


@dataclass(frozen=True)
class Card:
    """A title, some text, and facts by their names; `voice` is the place of a colour, from 1."""

    title: object
    text: object
    facts: Mapping[str, object] = field(default_factory=dict)
    voice: int = 0


def cards(items: Iterable[Card], label: str) -> Html:
    """The cards as one list, which `label` names for those who do not see it."""
    chosen = list(items)
    if not chosen:
        return Html(f'<p class="mv-none">{escape(label)}: none.</p>', f"{label}: none.")
    parts = "".join(_card(one) for one in chosen)
    markup = f'<ul class="mv-cards" aria-label="{escape(label)}">{parts}</ul>'
    return Html(markup, "\n\n".join([label, *map(_plain, chosen)]))


def _card(card: Card) -> str:
    facts = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(fact)}</dd></div>"
        for name, fact in card.facts.items()
        if str(fact)
    )
    return (
        f'<li class="mv-card{_colour(card.voice)}">'
        f'<p class="mv-card-title">{escape(card.title)}</p>'
        f'<div class="mv-card-text">{escape(card.text)}</div>'
        + (f"<dl>{facts}</dl>" if facts else "")
        + "</li>"
    )


def _colour(voice: int) -> str:
    return f" mv-voice-{voice_colour(voice - 1)}" if voice else ""


def _plain(card: Card) -> str:
    facts = [f"{name}: {fact}" for name, fact in card.facts.items() if str(fact)]
    return "\n".join([str(card.title), str(card.text), *facts])


def beside(sides: Mapping[str, Sequence[Html]], label: str) -> Html:
    """Passages in columns, each under the name of its side; below one another on a phone."""
    columns = "".join(
        f'<section class="mv-side"><p class="mv-side-name">{escape(name)}</p>'
        f"{''.join(map(escape, passages)) or '<p>No passage was chosen.</p>'}</section>"
        for name, passages in sides.items()
    )
    markup = f'<div class="mv-beside" role="group" aria-label="{escape(label)}">{columns}</div>'
    text = [f"{name}\n" + "\n".join(map(str, passages)) for name, passages in sides.items()]
    return Html(markup, "\n\n".join([label, *text]))


def passage(text: object, anchor: str, note: str = "", label: str = "") -> Html:
    """A quotation, its place as a link (called `label`), and what is said of it beneath."""
    source = link(label or anchor, anchor)
    said = f'<p class="mv-side-note">{escape(note)}</p>' if note else ""
    markup = (
        f'<blockquote class="mv-quote"><p>{escape(text)}</p>'
        f'<p class="mv-quote-source">{source.markup}</p></blockquote>{said}'
    )
    return Html(markup, f"“{text}” ({source.text})" + (f" – {note}" if note else ""))


def listed(items: Sequence[Html], title: str) -> Html:
    """Items under a title that unfolds them."""
    if not items:
        return Html("", "")
    rows = "".join(f"<li>{escape(one)}</li>" for one in items)
    markup = (
        f'<details class="mv-folded"><summary>{escape(title)}</summary><ul>{rows}</ul></details>'
    )
    return Html(markup, "\n".join([title, *map(str, items)]))


def joined(items: Iterable[object], between: str = " ") -> Html:
    """The items one after the other."""
    chosen = list(items)
    return Html(between.join(map(escape, chosen)), between.join(map(str, chosen)))


def in_context(corpus: Corpus, document: str, sentence: str | None, start: int, end: int) -> Html:
    """The words of a place, marked, in their sentence; a long one is cut on either side.

    The words are taken whole, up to the next space. Names and withheld passages appear as
    `Corpus.show` has them.
    """
    text = corpus.by_id[document].text
    first, last = _bounds(corpus, document, sentence, start, end)
    while end < last and not text[end].isspace():
        end += 1
    left = _cut(corpus.show(document, first, start), tail=True)
    right = _cut(corpus.show(document, end, last), tail=False)
    node = corpus.show(document, start, end)
    return Html(
        f"<p>{escape(left)}<mark>{escape(node)}</mark>{escape(right)}</p>", f"{left}{node}{right}"
    )


def _bounds(
    corpus: Corpus, document: str, sentence: str | None, start: int, end: int
) -> tuple[int, int]:
    rows = corpus.sentences[corpus.sentences["sentence"] == sentence]
    if rows.empty:
        return start, end
    return int(rows["start"].iloc[0]), max(int(rows["end"].iloc[0]), end)


def _cut(text: str, *, tail: bool) -> str:
    """At most so many words nearest to the place; of a long web address its beginning."""
    words = [word if len(word) <= LONGEST else f"{word[:LONGEST]}…" for word in text.split()]
    if len(words) <= CLIP and max(map(len, text.split()), default=0) <= LONGEST:
        return text
    kept = " ".join(words[-CLIP:] if tail else words[:CLIP])
    gone = len(words) > CLIP
    if tail:
        return f"{'… ' if gone else ''}{kept}{' ' if text[-1:].isspace() else ''}"
    return f"{' ' if text[:1].isspace() else ''}{kept}{' …' if gone else ''}"
