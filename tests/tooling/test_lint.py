"""Style, types, layers and spelling, of the code in the chapters' cells too."""

import textwrap
from pathlib import Path

import pytest

from tools import lint

PAGE = textwrap.dedent(
    """\
    # A page

    ```{code-cell} ipython3
    :tags: [hide-input]

    import os
    ```

    ```python
    shown = "and not run"
    ```

    ````{code-cell} ipython3
    ---
    mystnb: {image: {alt: words}}
    ---
    "```"
    ````
    """
)


def test_cells_stand_on_the_lines_of_the_page() -> None:
    code = lint.cells(PAGE).splitlines()

    assert code[5] == "import os"
    assert code[16] == '"```"'
    assert [line for line in code if line] == ["import os", '"```"']


def test_a_page_without_cells_has_no_code() -> None:
    assert lint.cells("# Prose\n\n```python\nx = 1\n```\n") == ""


def test_a_mistake_in_a_cell_is_told_with_page_and_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pyproject.toml").write_bytes((lint.ROOT / "pyproject.toml").read_bytes())
    (tmp_path / "page.md").write_text(PAGE)
    monkeypatch.setattr(lint, "ROOT", tmp_path)

    assert not lint.check_page(tmp_path / "page.md")
    told = capfd.readouterr().out
    assert "F401" in told
    assert "page.md.py:6:8" in told


@pytest.mark.parametrize("page", lint.pages(), ids=lambda page: page.name)
def test_code_in_the_cells_is_clean(page: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert lint.check_page(page), capfd.readouterr().out


@pytest.mark.parametrize("check", lint.CHECKS, ids=" ".join)
def test_check_passes(check: tuple[str, ...], capfd: pytest.CaptureFixture[str]) -> None:
    passed = lint.run(list(check))

    assert passed, capfd.readouterr().out
