"""The built books, and what their pages weigh."""

import pytest

from tests.site.fixtures import book, shared_folder

__all__ = ["book", "pytest_terminal_summary", "shared_folder"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many bytes, compressed, a reader's first page takes."""
    reports = [r for reports in terminalreporter.stats.values() for r in reports]
    weights = {
        value
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == "weight"
    }
    if weights:
        terminalreporter.section("weight of pages, compressed")
        for weight in sorted(weights):
            terminalreporter.write_line(weight)
