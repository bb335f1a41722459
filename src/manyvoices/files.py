"""Writing files so that a reader sees the old one or the new one, and never half of one."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile


def write_aside(file: Path | str, text: str) -> None:
    """Write `text` beside `file`, then rename it into place."""
    file = Path(file)
    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=file.parent, prefix=f".{file.name}.", delete=False
    ) as aside:
        aside.write(text)
    try:
        os.replace(aside.name, file)  # noqa: PTH105 (the one call that replaces on every system)
    except OSError:
        Path(aside.name).unlink()
        raise
