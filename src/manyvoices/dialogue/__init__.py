"""Threads: who answers whom."""

from manyvoices.dialogue.threads import problems, replies

__all__ = ["problems", "replies"]
