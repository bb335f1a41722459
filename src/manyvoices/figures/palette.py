"""One palette of voices for the whole book.

The colours are Okabe and Ito's, which colour-blind readers can tell apart, darkened where thin
strokes need it. In a page each is a CSS variable, so that a theme may lighten them for the dark.
"""

from collections.abc import Iterable

INK = "#1b1c1d"
QUIET = "#6b6e70"
PAPER = "#fefdfb"
VOICES = ("#0a66a5", "#b8490a", "#00785a", "#8a4f7d", "#7a6a00", "#4a4f55")
GROUNDS = {"negative": "#84487a", "neutral": "#c3c1bc", "positive": "#6f6100"}
ON_SIGNS = {"negative": "#ffffff", "neutral": "#000000", "positive": "#ffffff"}
"""Signs, and what is written on them: the same in either theme, so that dark stays dark."""

VARIABLES = {
    INK: "--mv-ink",
    QUIET: "--mv-quiet",
    PAPER: "--mv-paper",
    **{colour: f"--mv-voice-{i}" for i, colour in enumerate(VOICES, start=1)},
}


def voice_colours(voices: Iterable[str]) -> dict[str, str]:
    """A colour for each voice, in order; past six they begin again."""
    return {voice: VOICES[i % len(VOICES)] for i, voice in enumerate(voices)}
