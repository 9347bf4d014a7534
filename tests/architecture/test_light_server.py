"""The server process stays small and starts fast: it imports none of the libraries that only workers need."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parent.parent.parent / "src" / "soundstage"

HEAVY_LIBRARIES = ("numpy", "cv2", "av", "PIL")
SERVER_ROOMS = ("core", "store", "blobs", "pipelines", "studio", "api")
RUN_BY_ALEMBIC = PACKAGE / "store" / "migrations"
SERVER_MODULES = (
    "settings",
    "bootstrap.parts",
    "bootstrap.studio",
    "bootstrap.workers",
    "media",
    "engines",
    "engines.contract",
    "engines.registry",
)

IMPORT_EACH = """
import importlib, json, sys
modules, libraries = json.loads(sys.argv[1])
offenders = []
for module in modules:
    before = set(sys.modules)
    try:
        importlib.import_module(module)
    except Exception as error:
        offenders.append(f"{module} cannot be imported: {error!r}")
    offenders += [f"{module} imports {library}" for library in libraries if library in set(sys.modules) - before]
print(json.dumps(offenders))
"""


def test_the_server_imports_no_heavy_library() -> None:
    offenders = _import_alone(_server_modules())
    rule = f"{', '.join(HEAVY_LIBRARIES)} are imported inside functions. These, or what they import, do otherwise:"
    assert not offenders, "\n  ".join([rule, *offenders])


def _import_alone(modules: list[str]) -> list[str]:
    command = [sys.executable, "-c", IMPORT_EACH, json.dumps([modules, HEAVY_LIBRARIES])]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    offenders: list[str] = json.loads(answer.stdout)
    return offenders


def _server_modules() -> list[str]:
    rooms = [path for room in SERVER_ROOMS for path in sorted((PACKAGE / room).rglob("*.py")) if _is_module(path)]
    files = [PACKAGE / f"{name.replace('.', '/')}.py" for name in SERVER_MODULES]
    packages = [path.with_suffix("") / "__init__.py" for path in files]
    existing = [path for path in (PACKAGE / "__init__.py", *files, *packages, *rooms) if path.exists()]
    return [
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__") for path in existing
    ]


def _is_module(path: Path) -> bool:
    return RUN_BY_ALEMBIC not in path.parents
