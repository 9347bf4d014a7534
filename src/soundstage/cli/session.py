"""Opening the place where a command works, and closing it whatever happens."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from soundstage.cli.place import chosen_place
from soundstage.core.errors import BadInput

if TYPE_CHECKING:
    from soundstage.bootstrap.studio import Studio
    from soundstage.cli.desk.contract import Catalog, JobDesk
    from soundstage.settings import Settings


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
    from soundstage.bootstrap.studio import Studio

    studio = Studio(settings or read_settings())
    try:
        yield studio
    finally:
        studio.close()


@contextmanager
def open_desk(pipeline_files: Sequence[Path] = (), *, works: bool = False) -> Iterator[JobDesk]:
    """Where the command line was told to work; one that works there can run jobs in this process where it must.

    Raises what `open_studio` raises, and SoundstageError for a server that cannot be used.
    """
    place = chosen_place()
    if place.server is None:
        from soundstage.cli.desk.local import LocalDesk

        settings = with_pipeline_files(read_settings(), list(pipeline_files))
        workers = max(1, settings.workers) if works else settings.workers
        with open_studio(settings.model_copy(update={"workers": workers})) as studio:
            yield LocalDesk(studio, pipeline_files)
        return
    from soundstage.cli.desk.opening import open_server

    _refuse_files(pipeline_files)
    with open_server(place) as server:
        yield server.desk


@contextmanager
def open_catalog(pipeline_files: Sequence[Path] = ()) -> Iterator[Catalog]:
    """Raises SoundstageError."""
    place = chosen_place()
    if place.server is None:
        from soundstage.bootstrap.parts import Parts
        from soundstage.cli.desk.local import LocalCatalog

        yield LocalCatalog(Parts.of(with_pipeline_files(read_settings(), list(pipeline_files))))
        return
    from soundstage.cli.desk.opening import open_server

    _refuse_files(pipeline_files)
    with open_server(place) as server:
        yield server.catalog


@contextmanager
def open_job(name: str) -> Iterator[tuple[JobDesk, str]]:
    """The place where commands work, and the id of the job that is meant. Raises what `open_desk` raises, NotFound."""
    with open_desk() as desk:
        yield desk, desk.named(name)


def _refuse_files(pipeline_files: Sequence[Path]) -> None:
    if pipeline_files:
        raise BadInput(
            "A server runs the pipelines that it knows: --pipelines is for jobs of this computer.",
            hint="Copy the file to the `pipelines` folder of the server's home.",
        )
