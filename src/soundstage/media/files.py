"""A file that appears whole or not at all."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from soundstage.core.errors import DiskFull


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Gives a private, absolute path beside `path`; what was written there becomes `path` when the block ends well.

    Raises DiskFull where the block, or the move, finds no space left.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=".unfinished-", dir=path.absolute().parent) as folder:
            unfinished = Path(folder) / "file"
            yield unfinished
            unfinished.replace(path)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(f"The disk is full: {path.name} could not be written.") from error
        raise
