"""Let one process at a time do something.

Needs Python 3.8 or newer and nothing else.
"""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import Iterator

if sys.platform != "win32":
    import fcntl


@contextlib.contextmanager
def alone(file: Path) -> Iterator[None]:
    """Hold `file`, which is made if need be, until the block ends; others wait for it.

    The system lets go of it when the process ends, however it ends. Windows has no such lock
    in Python's library, and there nobody waits.
    """
    with file.open("a") as held:
        if sys.platform != "win32":
            fcntl.flock(held, fcntl.LOCK_EX)
        yield
