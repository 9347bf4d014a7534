"""How long the page takes from its sources to files that are served."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from pathlib import Path

WEB = Path(__file__).parent.parent / "web"


def build_seconds() -> float:
    """`npm ci && npm run build` in a copy without packages. Raises CalledProcessError."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        copy = Path(folder, "web")
        shutil.copytree(WEB, copy, ignore=shutil.ignore_patterns("node_modules", "dist"))
        begin = time.monotonic()
        for command in (("npm", "ci"), ("npm", "run", "build")):
            subprocess.run(command, cwd=copy, capture_output=True, check=True)
        return time.monotonic() - begin
