"""With BROWSER=0 the browser tests are left out, and the last line says how many."""

from __future__ import annotations

from typing import Any

import pytest

from tools.browser import wanted

LEFT_OUT = pytest.StashKey[int]()
SENT = "browser checks left out"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what would drive a browser, of what was asked for."""
    if wanted():
        return
    out = [item for item in items if item.get_closest_marker("browser")]
    config.stash[LEFT_OUT] = len(out)
    config.hook.pytest_deselected(items=out)
    items[:] = [item for item in items if item not in set(out)]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Of several processes, each tells the first what it left out."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[SENT] = session.config.stash.get(LEFT_OUT, None)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a process told: all of them collect the same tests."""
    if (left_out := getattr(node, "workeroutput", {}).get(SENT)) is not None:
        node.config.stash[LEFT_OUT] = left_out


def pytest_unconfigure(config: pytest.Config) -> None:
    """Say it below everything else."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter and LEFT_OUT in config.stash and not hasattr(config, "workerinput"):
        reporter.write_line(f"{config.stash[LEFT_OUT]} browser checks not run")
