"""Pipelines declared in a Python file of the user, without a package around it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from soundstage.core.errors import BadPipeline
from soundstage.core.pipeline import Pipeline


def load_pipeline_file(path: Path) -> list[Pipeline]:
    """The pipelines that the file defines at its top level. Raises BadPipeline with the reason."""
    name = f"soundstage_pipeline_file_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if not path.is_file() or spec is None or spec.loader is None:
        raise BadPipeline(f"{path} is not a Python file that can be read.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # a file of the user may raise anything
        del sys.modules[name]
        raise BadPipeline(f"{path} cannot be loaded: {type(error).__name__}: {error}.") from error
    found = [value for value in vars(module).values() if isinstance(value, Pipeline)]
    if not found:
        raise BadPipeline(f"{path} declares no Pipeline at its top level.")
    return found
