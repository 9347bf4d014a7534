"""Builds the page and puts it into the wheel as `soundstage/_page`. An editable install serves it from web/dist."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SKIP = "SOUNDSTAGE_SKIP_PAGE"


class PageHook(BuildHookInterface[Any]):
    """Needs Node, or a page that is built already; with SOUNDSTAGE_SKIP_PAGE=1 the wheel brings the API alone."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable" or os.environ.get(SKIP) == "1":
            return
        root = Path(self.root)
        subprocess.run([str(root / "tools" / "page.sh"), "build"], check=True)
        page = root / "web" / "dist"
        if not (page / "index.html").is_file():
            raise RuntimeError(f"The page is not in the wheel: see above. To build without the page, set {SKIP}=1.")
        build_data["force_include"][str(page)] = "soundstage/_page"
