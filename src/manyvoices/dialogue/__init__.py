"""Threads: who answers whom, and what an answer takes up from the text that it answers."""

from manyvoices.dialogue.coordination import coordination, coordination_of_people
from manyvoices.dialogue.echoes import echoes
from manyvoices.dialogue.markers import address, marks
from manyvoices.dialogue.passages import taken
from manyvoices.dialogue.politeness import politeness
from manyvoices.dialogue.questions import check_questions, questions
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
from manyvoices.dialogue.uptake import pairings, uptake, uptake_test

__all__ = [
    "address",
    "answered",
    "check_questions",
    "coordination",
    "coordination_of_people",
    "echoes",
    "exchanges",
    "likes",
    "marks",
    "pairings",
    "politeness",
    "problems",
    "questions",
    "replies",
    "returning",
    "taken",
    "threads",
    "turns",
    "uptake",
    "uptake_test",
]
