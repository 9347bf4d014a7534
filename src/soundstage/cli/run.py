"""`soundstage run`: one job from its parameters to its files, here or at a server."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from soundstage.cli.amounts import duration_text, size_text
from soundstage.cli.exits import Exit, exit_of_job
from soundstage.cli.follow import Interrupts
from soundstage.cli.made import MadeFile, check_folder, save_made
from soundstage.cli.output import console, job_fields, print_json, say
from soundstage.cli.parameters import ParameterReader, Word
from soundstage.cli.rail import error_lines
from soundstage.cli.session import open_desk
from soundstage.cli.shows import LiveRail, choose_show
from soundstage.core.errors import Conflict
from soundstage.core.job import JobView
from soundstage.core.states import JobState, Priority

if TYPE_CHECKING:
    from soundstage.cli.desk.contract import JobDesk


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
    if wish.follow.output is not None:
        check_folder(wish.follow.output)
    with open_desk(wish.pipeline_files, works=True) as desk:
        job_id = _order(desk, wish)
        if wish.is_detached:
            _say_detached(desk, job_id, wish.follow.as_json)
        for note in desk.notes(job_id, wish.is_detached):
            console(to_stderr=True).print(note, soft_wrap=True)
        return Exit.SUCCEEDED if wish.is_detached else follow(desk, job_id, wish.follow)


def follow(desk: JobDesk, job_id: str, options: FollowOptions) -> Exit:
    """Show the job until it ends, then bring its files."""
    with Interrupts() as interrupts:
        job = _watched(desk, job_id, options, interrupts)
        # Workers first: what is printed from here on is true of a machine where nothing of the job runs any more.
        desk.end_work()
    if not job.state.is_final:
        return _say_left(desk, job, interrupts, options)
    if job.state is JobState.SUCCEEDED:
        return bring_made(desk, job, options)
    return _say_ended(desk, job, options)


def _watched(desk: JobDesk, job_id: str, options: FollowOptions, interrupts: Interrupts) -> JobView:
    is_cancelled = False
    leaves = options.keeps_on_interrupt or desk.leaves_jobs_running
    with choose_show(options.as_json, desk.command) as show, closing(desk.pictures(job_id)) as pictures:
        for picture in pictures:
            show.show(picture)
            if interrupts.received is None or is_cancelled:
                continue
            if interrupts.received is signal.SIGTERM or leaves:
                return picture.job
            with contextlib.suppress(Conflict):  # it has ended by itself in the meantime
                desk.cancel(job_id)
            is_cancelled = True
    return picture.job


def _order(desk: JobDesk, wish: Wish) -> str:
    reader = ParameterReader(wish.pipeline, desk.form(wish.pipeline).params, desk.store_file, desk.max_file_bytes)
    params = reader.read(wish.words, wish.params_file)
    ordered = desk.order(wish.pipeline, params, wish.priority, wish.starts_anew)
    if ordered.is_known:
        stage = desk.get(ordered.job_id).current_stage
        if wish.follow.as_json:
            print_json({"type": "going_on", "job_id": ordered.job_id, "stage": stage})
        else:
            say(f"Going on with {ordered.job_id} at {stage}. (--new starts another.)")
    return ordered.job_id


def _say_detached(desk: JobDesk, job_id: str, as_json: bool) -> None:
    if as_json:
        print_json({"type": "created", "job_id": job_id, "is_served": desk.is_served()})
    else:
        say(job_id)


def _say_left(desk: JobDesk, job: JobView, interrupts: Interrupts, options: FollowOptions) -> Exit:
    code = Exit.STOPPED if interrupts.received is signal.SIGTERM else Exit.CANCELLED
    if options.as_json:
        _print_result(job, [], code)
        return code
    if desk.leaves_jobs_running:
        say(f"Left job {job.id} at {job.current_stage}. It goes on at the server; come back to it with")
    else:
        say(f"Left job {job.id} at {job.current_stage}. What is done is kept; go on with the same command, or with")
    say(f"  {desk.command} jobs watch {job.id}")
    return code


def bring_made(desk: JobDesk, job: JobView, options: FollowOptions) -> Exit:
    """Copy what the job made to the folder of the user, and say what it is."""
    folder = options.output or Path("out") / job.id
    made = save_made(job, folder, lambda artifact, target: desk.fetch(job.id, artifact, target), desk.command)
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


def _say_ended(desk: JobDesk, job: JobView, options: FollowOptions) -> Exit:
    code = exit_of_job(job)
    if options.as_json:
        _print_result(job, [], code)
    elif job.state is JobState.CANCELLED:
        say(f"Cancelled job {job.id}. What is done is kept; go on with\n  {desk.command} jobs retry {job.id}")
    elif not isinstance(choose_show(as_json=False), LiveRail):
        for line in error_lines(job.error):
            console(to_stderr=True).print(line, soft_wrap=True)
        say(f"What is done is kept. Go on with: {desk.command} jobs retry {job.id}")
    return code


def _print_result(job: JobView, made: Sequence[MadeFile], code: Exit) -> None:
    files = [{"path": str(file.path), "size_bytes": file.size_bytes, "media_type": file.media_type} for file in made]
    print_json({"type": "result", "exit_code": int(code), "files": files, "job": job_fields(job)})
