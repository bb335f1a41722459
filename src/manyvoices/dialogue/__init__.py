"""Threads: who answers whom, and what an answer takes up from the text that it answers."""

from manyvoices.dialogue.threads import (
    answered,
    exchanges,
    likes,
    replies,
    returning,
    threads,
    turns,
)
from manyvoices.dialogue.trees import problems

__all__ = [
    "answered",
    "exchanges",
    "likes",
    "problems",
    "replies",
    "returning",
    "threads",
    "turns",
]
