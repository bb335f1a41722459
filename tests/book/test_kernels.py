"""A kernel that cannot start, because another program took its port, is started again."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest
from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook

from manyvoices.book import execution
from manyvoices.book.execution import Chapter

NOT_STARTED = RuntimeError("Kernel died before replying to kernel_info")


def execute(monkeypatch: pytest.MonkeyPatch, *outcomes: Exception | None) -> tuple[str, int]:
    """What is said of a chapter whose runs end as given, and how many were made."""
    left = list(outcomes)

    async def run() -> None:
        if outcome := left.pop(0):
            raise outcome

    client = SimpleNamespace(async_execute=run)
    monkeypatch.setattr(execution, "_client", lambda chapter, timeout: client)
    cache = SimpleNamespace(cache_notebook_bundle=lambda *_, **__: None)
    chapter = Chapter("one", Path("one.md"), new_notebook(cells=[new_code_cell("x = 1")]))
    running = execution._execute(chapter, cache, None, asyncio.Semaphore(1))
    with ThreadPoolExecutor() as aside:  # Playwright, once used, has its loop run in this thread
        said = aside.submit(asyncio.run, running).result()
    return said, len(outcomes) - len(left)


def test_a_kernel_that_did_not_start_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    assert execute(monkeypatch, NOT_STARTED, None) == ("", 2)


def test_one_that_never_starts_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    said, runs = execute(monkeypatch, NOT_STARTED, NOT_STARTED)

    assert runs == 2
    assert "Kernel died before replying" in said


def test_one_that_a_cell_kills_is_not_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    said, runs = execute(monkeypatch, DeadKernelError("Kernel died"))

    assert runs == 1
    assert "one.md" in said
