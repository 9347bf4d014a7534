"""What is shipped: the wheel brings the built page along, the source archive what it is built from."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UV = Path(sys.executable).with_name("uv")


def built(kind: str, out: Path, **variables: str) -> Path:
    command = [str(UV), "build", f"--{kind}", "--out-dir", str(out), "--python", sys.executable, str(ROOT)]
    ran = subprocess.run(command, env={**os.environ, **variables}, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    (path,) = (path for path in out.iterdir() if path.suffix in (".whl", ".gz"))
    return path


@pytest.mark.slow
def test_the_wheel_brings_the_built_page(tmp_path: Path) -> None:
    if shutil.which("npm") is None and "CI" not in os.environ:
        pytest.skip("npm is missing, so that the page cannot be built.")
    names = zipfile.ZipFile(built("wheel", tmp_path)).namelist()
    page = [name.removeprefix("soundstage/_page/") for name in names if name.startswith("soundstage/_page/")]
    assert "index.html" in page
    for suffix in (".js", ".css", ".js.br", ".js.gz"):
        assert [name for name in page if name.startswith("assets/") and name.endswith(suffix)], suffix


@pytest.mark.slow
def test_a_wheel_without_the_page_is_built_where_that_is_asked_for(tmp_path: Path) -> None:
    names = zipfile.ZipFile(built("wheel", tmp_path, SOUNDSTAGE_SKIP_PAGE="1")).namelist()
    assert "soundstage/api/app.py" in names
    assert not [name for name in names if name.startswith("soundstage/_page/")]


@pytest.mark.slow
def test_the_source_archive_has_the_sources_of_the_page_and_nothing_that_is_made_from_them(tmp_path: Path) -> None:
    with tarfile.open(built("sdist", tmp_path)) as archive:
        names = [name.partition("/")[2] for name in archive.getnames()]
    assert {"web/package-lock.json", "web/index.html", "tools/page.sh", "hatch_build.py"} <= set(names)
    assert not [name for name in names if "node_modules" in name or name.startswith(("web/dist", ".venv"))]
