"""The errors that a user can meet: each says where, what was found and what to do."""

from pathlib import Path


class ManyVoicesError(Exception):
    """Base of every error that bad input can cause.

    The message reads `file:line: what was found. Cure.`, with the parts that are known.
    """

    def __init__(
        self, found: str, cure: str = "", *, file: Path | str | None = None, line: int | None = None
    ) -> None:
        self.found, self.cure, self.file, self.line = found, cure, file, line
        super().__init__(self._message())

    def _message(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        text = " ".join(part for part in (self.found, self.cure) if part)
        return f"{place}: {text}" if place else text


class SettingsError(ManyVoicesError):
    """A mistake in a corpus description or in a file that it names."""


class SourceError(ManyVoicesError):
    """A source file that cannot be read as the format it is said to have."""


class QueryError(ManyVoicesError):
    """A concordance query that cannot be parsed."""


class TooFewError(ManyVoicesError):
    """A figure asked for from less text than the stated floor."""
