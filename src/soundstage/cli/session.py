"""Opening the studio for one command, and closing it whatever happens."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from soundstage.core.errors import BadInput, NotFound

if TYPE_CHECKING:
    from soundstage.bootstrap import Studio
    from soundstage.settings import Settings

NEWEST = "last"


def read_settings(**changes: Any) -> Settings:
    """The settings of the environment with the given ones on top; logs from here on as they say.

    Raises BadInput that names each wrong one.
    """
    from pydantic import ValidationError

    from soundstage.settings import Settings, unknown_names

    if unknown := unknown_names(os.environ):
        raise BadInput(f"There is no setting {', '.join(unknown)}.", hint="docs/reference/settings.md lists them.")
    given = {name: value for name, value in changes.items() if value is not None}
    try:
        settings = Settings(**given)
    except ValidationError as error:
        problems = [
            f"SOUNDSTAGE_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors(include_url=False)
        ]
        raise BadInput(f"The settings cannot be used: {'; '.join(problems)}.") from error
    logging.basicConfig(level=settings.log_level, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    return settings


def with_pipeline_files(settings: Settings, files: list[Path]) -> Settings:
    """The settings with further pipeline files. Raises BadPipeline for one that cannot be loaded."""
    from soundstage.pipelines.files import load_pipeline_file

    for path in files:
        load_pipeline_file(path)
    names = [settings.pipeline_files, *(str(path.absolute()) for path in files)]
    return settings.model_copy(update={"pipeline_files": os.pathsep.join(name for name in names if name)})


@contextmanager
def open_studio(settings: Settings | None = None) -> Iterator[Studio]:
    """Raises HomeNotWritable, DiskFull, StoreUnavailable, BadPipeline."""
    from soundstage.bootstrap import Studio

    studio = Studio(settings or read_settings())
    try:
        yield studio
    finally:
        studio.close()


@contextmanager
def open_job(name: str) -> Iterator[tuple[Studio, str]]:
    """The studio and the id of the job that is meant. Raises what `open_studio` and `job_named` raise."""
    with open_studio() as studio:
        yield studio, job_named(studio, name)


def job_named(studio: Studio, name: str) -> str:
    """The id of a job; `last` is the newest. Raises NotFound, JobNotFound."""
    from soundstage.store.views import JobFilter

    if name != NEWEST:
        return studio.jobs.get(name).id
    newest = studio.jobs.list_jobs(JobFilter(limit=1))
    if not newest:
        raise NotFound("There is no job yet.", hint="`soundstage run` starts one.")
    return newest[0].id
