"""What is kept in the repository, and what it promises."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from tools.interpreters import CURE, ROOT, VERSIONS

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
PYTHONS = sorted(".".join(map(str, version)) for version in VERSIONS)


def tracked() -> list[str]:
    """The files that git keeps; none where the project was unpacked from an archive."""
    if not (ROOT / ".git").exists():
        return []
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in listed.stdout.split("\0") if name]


def workflow(file: Path) -> dict[str, object]:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def steps(file: Path) -> list[dict[str, object]]:
    return [step for job in workflow(file)["jobs"].values() for step in job["steps"]]


def commands(page: str) -> set[str]:
    """The targets of make that a page names in code."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE))


def test_nothing_that_a_command_makes_is_kept() -> None:
    made = re.compile(
        r"(^|/)(_build|build|dist|\.venv|__pycache__|[^/]*_cache)/|\.(ipynb|pyc|html)$"
    )

    assert [name for name in tracked() if made.search(name)] == []


def test_no_cell_keeps_an_output() -> None:
    pages = [ROOT / name for name in tracked() if name.endswith(".md")]

    assert [page.name for page in pages if "```{code-cell-output" in page.read_text("utf-8")] == []


def test_sources_are_kept_byte_for_byte() -> None:
    attributes = (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()

    assert "data/raw/** -text" in attributes
    assert attributes.index("* text=auto eol=lf") < attributes.index("data/raw/** -text")


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_commands_that_a_page_shows_exist(page: str) -> None:
    assert commands(page)
    assert commands(page) <= TARGETS


def test_readme_names_every_target_but_help() -> None:
    assert commands("README.md") == TARGETS - {"help"}


def test_help_names_every_target() -> None:
    told = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    assert set(re.findall(r"^  ([a-z-]+) ", told, re.MULTILINE)) == TARGETS


def test_readme_links_lead_to_files() -> None:
    for page in ("README.md", "CONTRIBUTING.md", "LICENSES.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        files = re.findall(r"\]\((?!https?:)([^)#]+)", text)
        assert [file for file in files if not (ROOT / file).exists()] == []


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_workflows_are_pinned_and_modest(file: Path) -> None:
    parsed = workflow(file)

    assert {"name", "jobs"} <= set(parsed)
    assert parsed["permissions"] == {"contents": "read"}
    assert all("timeout-minutes" in job for job in parsed["jobs"].values())
    used = [step["uses"] for step in steps(file) if "uses" in step]
    assert [name for name in used if not re.fullmatch(r"actions/[a-z-]+@v\d+", name)] == []


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_targets_that_workflows_run_exist(file: Path) -> None:
    run = " ".join(str(step.get("run", "")) for step in steps(file))

    assert set(re.findall(r"\bmake ([a-z-]+)", run)) <= TARGETS


def test_workflow_runs_every_python_that_is_promised() -> None:
    matrix = workflow(ROOT / ".github/workflows/check.yml")["jobs"]["linux"]["strategy"]["matrix"]

    assert sorted(matrix["python"]) == PYTHONS


def test_plain_commands_are_the_same_in_readme_and_workflow() -> None:
    run = [str(step.get("run")) for step in steps(ROOT / ".github/workflows/check.yml")]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    plain = [line for line in run if line.startswith(("pip", "jupyter-book"))]

    assert len(plain) == 3
    assert "\n".join(plain) in readme


def test_binder_has_a_python_that_is_supported() -> None:
    runtime = (ROOT / ".binder/runtime.txt").read_text(encoding="utf-8").strip()
    lock = (ROOT / ".binder/requirements.txt").read_text(encoding="utf-8").split()[1]

    assert runtime.removeprefix("python-") in PYTHONS
    assert (ROOT / ".binder" / lock).resolve() == ROOT / "requirements-lab.txt"


@pytest.mark.skipif(os.name == "nt", reason="git keeps the bit, Windows does not show it")
@pytest.mark.parametrize("file", [".ci/run", ".binder/postBuild"])
def test_what_is_run_can_be_run(file: str) -> None:
    assert os.access(ROOT / file, os.X_OK)


def test_cure_is_worded_alike_with_and_without_python() -> None:
    assert CURE in (ROOT / "tools/with-python").read_text(encoding="utf-8")


def test_lab_opens_chapters_as_notebooks_and_asks_no_other_site() -> None:
    file = ROOT / "tools/jupyter/labconfig/default_setting_overrides.json"
    settings = json.loads(file.read_text(encoding="utf-8"))

    viewers = settings["@jupyterlab/docmanager-extension:plugin"]["defaultViewers"]
    assert viewers["markdown"] == "Jupytext Notebook"
    news = settings["@jupyterlab/apputils-extension:notification"]
    assert news == {"checkForUpdates": False, "fetchNews": "false"}
