"""A file that appears whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Gives a private, absolute path beside `path` to write to; it becomes `path` when the block ends without an error."""
    with tempfile.TemporaryDirectory(prefix=".unfinished-", dir=path.absolute().parent) as folder:
        unfinished = Path(folder) / "file"
        yield unfinished
        unfinished.replace(path)
