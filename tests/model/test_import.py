"""Importing the library is light; what is heavy is loaded when it is used."""

import json
import os
import subprocess
import sys

import pytest

import manyvoices
from tests.conftest import DESCRIPTION

HEAVY = {
    *("nltk", "sklearn", "seaborn", "matplotlib", "pandas", "scipy", "pyarrow"),
    *("statsmodels", "networkx", "sphinx", "vaderSentiment", "textblob", "dask"),
}
SECONDS = 1.5


def loaded_by(program: str) -> tuple[set[str], float]:
    """The top-level modules that a program loads in a fresh process, and the seconds it takes."""
    code = (
        "import json, sys, time\n"
        "begin = time.perf_counter()\n"
        f"{program}\n"
        "took = time.perf_counter() - begin\n"
        "print(json.dumps([sorted({name.split('.')[0] for name in sys.modules}), took]))\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    found = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    names, took = json.loads(found.stdout)
    return set(names), took


@pytest.mark.parametrize(
    "program",
    [
        "import manyvoices",
        "from manyvoices import Corpus",
        "import manyvoices.settings, manyvoices.sources, manyvoices.store, manyvoices.engine",
        "import manyvoices.book",
        "import manyvoices.cli",
    ],
)
def test_import_loads_nothing_heavy(program: str) -> None:
    names, _ = loaded_by(program)

    assert "manyvoices" in names
    assert names & HEAVY == set()


def test_import_takes_a_moment() -> None:
    assert min(loaded_by("import manyvoices")[1] for _ in range(3)) < SECONDS


def test_public_view_of_a_corpus_needs_no_tables() -> None:
    names, _ = loaded_by(
        f"from manyvoices import Corpus\nCorpus.load({str(DESCRIPTION)!r}).public().documents"
    )

    assert names & HEAVY == set()


def test_every_public_name_is_there() -> None:
    for name in manyvoices.__all__:
        assert getattr(manyvoices, name).__name__ == name
    assert set(manyvoices.__all__) <= set(dir(manyvoices))


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = manyvoices.nothing
