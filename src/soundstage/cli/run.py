"""`soundstage run`: one job from its parameters to its files, here or by the process that serves the home."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from soundstage.cli.amounts import duration_text, size_text
from soundstage.cli.exits import Exit, exit_of_job
from soundstage.cli.follow import Follower, Interrupts
from soundstage.cli.made import MadeFile, check_folder, copy_made
from soundstage.cli.output import console, job_fields, print_json, say
from soundstage.cli.parameters import ParameterReader, Word
from soundstage.cli.rail import error_lines
from soundstage.cli.session import open_studio, read_settings, with_pipeline_files
from soundstage.cli.shows import LiveRail, choose_show
from soundstage.core.errors import Conflict
from soundstage.core.job import JobView
from soundstage.core.states import JobState, Priority

if TYPE_CHECKING:
    from soundstage.bootstrap import Studio
    from soundstage.settings import Settings
    from soundstage.studio.jobs import Order


@dataclass(frozen=True, slots=True)
class Wish:
    """What was typed after `soundstage run`."""

    pipeline: str
    words: Sequence[Word] = ()
    params_file: Path | None = None
    priority: Priority = Priority.NORMAL
    pipeline_files: Sequence[Path] = ()
    starts_anew: bool = False
    follow: FollowOptions = field(default_factory=lambda: FollowOptions())
    is_detached: bool = False


@dataclass(frozen=True, slots=True)
class FollowOptions:
    """How to follow a job, and where its files go: by default to `out/<job id>`."""

    output: Path | None = None
    as_json: bool = False
    keeps_on_interrupt: bool = False


def run(wish: Wish) -> Exit:
    """Raises SoundstageError for whatever keeps the job from being made."""
    from soundstage.runtime.doorbell.local import ring_local

    if wish.follow.output is not None:
        check_folder(wish.follow.output)
    with open_studio(_settings(wish)) as studio:
        job_id = _find_or_create(studio, wish)
        if wish.pipeline_files and (wish.is_detached or ring_local(studio.home.run)):
            _say_pipeline_must_be_known(studio, wish)
        if wish.is_detached:
            _say_detached(studio, job_id, wish.follow.as_json)
            return Exit.SUCCEEDED
        return follow(studio, job_id, wish.follow)


def follow(studio: Studio, job_id: str, options: FollowOptions) -> Exit:
    """Show the job until it ends, then bring its files."""
    with Interrupts() as interrupts:
        job = _watched(studio, job_id, options, interrupts)
        # Workers first: what is printed from here on is true of a machine where nothing of the job runs any more.
        studio.close()
    if not job.state.is_final:
        return _say_left(job, interrupts, options)
    if job.state is JobState.SUCCEEDED:
        return bring_made(studio, job, options)
    return _say_ended(job, options)


def _watched(studio: Studio, job_id: str, options: FollowOptions, interrupts: Interrupts) -> JobView:
    is_cancelled = False
    with choose_show(options.as_json) as show:
        for picture in Follower(studio, job_id).pictures():
            show.show(picture)
            if interrupts.received is None or is_cancelled:
                continue
            if interrupts.received is signal.SIGTERM or options.keeps_on_interrupt:
                return picture.job
            with contextlib.suppress(Conflict):  # it has ended by itself in the meantime
                studio.jobs.cancel(job_id)
            is_cancelled = True
    return picture.job


def _settings(wish: Wish) -> Settings:
    """Those of the environment, with the named pipelines and at least one worker."""
    settings = with_pipeline_files(read_settings(), list(wish.pipeline_files))
    return settings.model_copy(update={"workers": max(1, settings.workers)})


def _find_or_create(studio: Studio, wish: Wish) -> str:
    order = _order(studio, wish)
    known = None if wish.starts_anew else studio.jobs.find_unfinished(order)
    if known is None:
        return studio.jobs.create(order)
    job = studio.jobs.get(known)
    if wish.follow.as_json:
        print_json({"type": "going_on", "job_id": known, "stage": job.current_stage})
    else:
        say(f"Going on with {known} at {job.current_stage}. (--new starts another.)")
    if job.state is JobState.PAUSED:
        studio.jobs.resume(known)
    return known


def _order(studio: Studio, wish: Wish) -> Order:
    from soundstage.studio.jobs import Order

    pipeline = studio.parts.pipelines.get(wish.pipeline)
    reader = ParameterReader(pipeline, studio.jobs.store_path, studio.settings.max_upload_bytes)
    return Order(wish.pipeline, reader.read(wish.words, wish.params_file), priority=wish.priority)


def _say_pipeline_must_be_known(studio: Studio, wish: Wish) -> None:
    """Another process runs the job: it reads its pipelines for itself."""
    names = ", ".join(str(path) for path in wish.pipeline_files)
    console(to_stderr=True).print(
        f"The process that serves this home must know {names} too: copy it to {studio.home.root / 'pipelines'}.",
        soft_wrap=True,
    )


def _say_detached(studio: Studio, job_id: str, as_json: bool) -> None:
    from soundstage.runtime.doorbell.local import ring_local

    is_served = ring_local(studio.home.run)
    if as_json:
        print_json({"type": "created", "job_id": job_id, "is_served": is_served})
        return
    say(job_id)
    if not is_served:
        console(to_stderr=True).print(
            f"It starts when a Soundstage serves this home: `soundstage serve`, or `soundstage jobs watch {job_id}`.",
            soft_wrap=True,
        )


def _say_left(job: JobView, interrupts: Interrupts, options: FollowOptions) -> Exit:
    code = Exit.STOPPED if interrupts.received is signal.SIGTERM else Exit.CANCELLED
    if options.as_json:
        _print_result(job, [], code)
    else:
        say(f"Left job {job.id} at {job.current_stage}. What is done is kept; go on with the same command, or with")
        say(f"  soundstage jobs watch {job.id}")
    return code


def bring_made(studio: Studio, job: JobView, options: FollowOptions) -> Exit:
    """Copy what the job made to the folder of the user, and say what it is."""
    made = copy_made(job, options.output or Path("out") / job.id, studio.parts.blobs.path)
    if options.as_json:
        _print_result(job, made, Exit.SUCCEEDED)
    else:
        _say_made(job, made)
    return Exit.SUCCEEDED


def _say_made(job: JobView, made: Sequence[MadeFile]) -> None:
    seconds = (job.finished_at or 0.0) - (job.started_at or 0.0)
    total = size_text(sum(file.size_bytes for file in made))
    names = max((len(str(file.path)) for file in made), default=0)
    count = "1 file" if len(made) == 1 else f"{len(made)} files"
    say(Text.assemble(("\nMade ", "bold green"), f"{count}, {total}, in {duration_text(seconds)}"))
    for file in made:
        say(f"  {os.fspath(file.path):<{names}}  {size_text(file.size_bytes):>8}")
    for name, value in () if made else job.stages[-1].values.items():
        say(f"  {name}: {value}")


def _say_ended(job: JobView, options: FollowOptions) -> Exit:
    code = exit_of_job(job)
    if options.as_json:
        _print_result(job, [], code)
    elif job.state is JobState.CANCELLED:
        say(f"Cancelled job {job.id}. What is done is kept; go on with\n  soundstage jobs retry {job.id}")
    elif not isinstance(choose_show(as_json=False), LiveRail):
        for line in error_lines(job.error):
            console(to_stderr=True).print(line, soft_wrap=True)
        say(f"What is done is kept. Go on with: soundstage jobs retry {job.id}")
    return code


def _print_result(job: JobView, made: Sequence[MadeFile], code: Exit) -> None:
    files = [{"path": str(file.path), "size_bytes": file.size_bytes, "media_type": file.media_type} for file in made]
    print_json({"type": "result", "exit_code": int(code), "files": files, "job": job_fields(job)})
