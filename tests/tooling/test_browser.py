"""Where a browser for the browser tests comes from."""

import os
from pathlib import Path

import pytest

from tools import browser
from tools.browser import BrowserMissingError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="shell scripts stand for browsers")


def program(path: Path, code: int = 0) -> str:
    path.write_text(f"#!/bin/sh\nexit {code}\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with no browser, on which nothing may be installed."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser.sys, "platform", "linux")
    monkeypatch.setattr(browser, "may_install", lambda: False)
    monkeypatch.delenv("BROWSER_BIN", raising=False)
    return tmp_path


def test_the_named_browser_comes_first(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare / "chromium")
    monkeypatch.setenv("BROWSER_BIN", program(bare / "mine"))

    assert browser.find() == str(bare / "mine")


def test_a_named_browser_that_does_not_run_is_told(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(bare / "chromium")
    monkeypatch.setenv("BROWSER_BIN", str(bare / "nowhere"))

    with pytest.raises(BrowserMissingError, match=r"BROWSER_BIN=.*nowhere does not run"):
        browser.find()


@pytest.mark.parametrize("name", browser.ON_PATH)
def test_browsers_on_path_are_found(bare: Path, name: str) -> None:
    assert browser.find() is None
    found = program(bare / name)
    assert browser.find() == found


def test_a_shim_that_only_complains_is_no_browser(bare: Path) -> None:
    program(bare / "chromium-browser", code=1)

    assert browser.find() is None


def test_without_browser_and_right_to_install_the_cure_is_told(bare: Path) -> None:
    with pytest.raises(BrowserMissingError, match=r"(?s)Cure: install one.*make test BROWSER=0"):
        browser.ensure()


def test_an_administrator_of_debian_gets_one_installed(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "may_install", lambda: True)
    monkeypatch.setattr(browser, "install", lambda: program(bare / "chromium"))

    assert browser.ensure() == str(bare / "chromium")


@pytest.mark.parametrize(("value", "wanted"), [("0", False), ("1", True), ("firefox", True)])
def test_only_nought_leaves_the_browser_out(
    value: str, wanted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", value)
    assert browser.wanted() is wanted
    monkeypatch.delenv("BROWSER")
    assert browser.wanted()
