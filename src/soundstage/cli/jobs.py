"""`soundstage jobs`: look at jobs and steer them."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from soundstage.cli.desk.contract import Wanted
from soundstage.cli.session import open_desk, open_job
from soundstage.core.errors import BadParameters, Conflict
from soundstage.core.states import JobState, Priority

if TYPE_CHECKING:
    from soundstage.cli.desk.contract import JobDesk
    from soundstage.core.job import JobView

app = typer.Typer(help="Look at jobs and steer them.", no_args_is_help=True)

Job = Annotated[
    str, typer.Argument(metavar="JOB", help="The id of a job, or `last` for the newest.", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")]


@app.command("list")
def list_jobs(
    state: Annotated[list[JobState] | None, typer.Option(help="Only jobs in this state; can be repeated.")] = None,
    pipeline: Annotated[str | None, typer.Option(help="Only jobs of this pipeline.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many.")] = 20,
    as_json: AsJson = False,
) -> None:
    """List jobs, the newest first."""
    from soundstage.cli.amounts import age_text
    from soundstage.cli.output import add_row, console, job_fields, print_json, table
    from soundstage.cli.rail import SmallRail
    from soundstage.cli.signs import JOB_LOOKS

    with open_desk() as desk:
        found = desk.list_jobs(Wanted(state or (), pipeline, limit))
    if as_json:
        for job in found:
            print_json(job_fields(job))
        return
    screen = console()
    rows = table("job", "pipeline", "", "state", "", "age")
    for job in found:
        look = JOB_LOOKS[job.state]
        sign = look.drawn(not screen.encoding.startswith("utf"))
        age = age_text(time.time() - job.created_at)
        add_row(rows, [job.id, job.pipeline, SmallRail(job), f"{sign} {job.state}", f"{job.progress:3} %", age])
    screen.print(rows if found else "There is no such job.")


@app.command()
def show(job: Job, as_json: AsJson = False) -> None:
    """Show one job with its parameters and files."""
    from soundstage.cli.output import job_fields, print_json

    with open_job(job) as (desk, job_id):
        found = desk.get(job_id)
    if as_json:
        print_json(job_fields(found))
    else:
        _print_job(found, desk.command)


@app.command()
def events(
    job: Job,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on until the job has ended.")] = False,
    after: Annotated[int, typer.Option(min=0, help="Only events with a number above this one.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Print the events of a job."""
    from soundstage.cli.output import print_json, say
    from soundstage.cli.shows import event_line

    with open_job(job) as (desk, job_id), closing(desk.looks(job_id, after, follow)) as pictures:
        for picture in pictures:
            for event in picture.events:
                if as_json:
                    print_json({"type": "event", **asdict(event)})
                else:
                    say(f"{event.seq:5}  {event_line(event, picture.job, desk.command)}")


@app.command()
def attempts(job: Job, as_json: AsJson = False) -> None:
    """List each try of each part.

    When it began, how long it took, which worker it was, and how it ended.
    """
    from soundstage.cli.amounts import duration_text, time_of_day
    from soundstage.cli.output import add_row, console, print_json, table

    with open_job(job) as (desk, job_id):
        found = desk.attempts(job_id)
    if as_json:
        for attempt in found:
            print_json(asdict(attempt))
        return
    rows = table("stage", "item", "try", "began", "took", "ended as", "worker", "error")
    for a in found:
        item = "" if a.item_index is None else str(a.item_index)
        took = duration_text(a.finished_at - a.started_at)
        error = f"{a.error.code}: {a.error.message}" if a.error else ""
        add_row(rows, [a.stage, item, str(a.attempt), time_of_day(a.started_at), took, a.result, a.worker_id, error])
    console().print(rows)


@app.command()
def logs(job: Job, as_json: AsJson = False) -> None:
    """Print what the stages logged."""
    from soundstage.cli.amounts import time_of_day
    from soundstage.cli.output import print_json, say

    with open_job(job) as (desk, job_id):
        for line in desk.logs(job_id):
            if as_json:
                print_json(asdict(line))
            else:
                say(f"{time_of_day(line.at)}  {line.stage}  {line.line}")


@app.command()
def watch(
    job: Job,
    output: Annotated[Path | None, typer.Option(help="Where the files go; by default out/JOB.")] = None,
    as_json: AsJson = False,
) -> None:
    """Follow a job to its end and bring its files.

    Where no Soundstage serves the home, the job runs here. Ctrl-C leaves the job to be continued.
    """
    with open_job(job) as (desk, job_id):
        _watch(desk, job_id, output, as_json)


@app.command()
def save(
    job: Job,
    output: Annotated[Path | None, typer.Option(help="Where the files go; by default out/JOB.")] = None,
    as_json: AsJson = False,
) -> None:
    """Copy the files that a job has made."""
    from soundstage.cli.run import FollowOptions, bring_made

    with open_job(job) as (desk, job_id):
        found = desk.get(job_id)
        if found.state is not JobState.SUCCEEDED:
            raise Conflict(f"Job {job_id} is {found.state}: it has made nothing yet.")
        bring_made(desk, found, FollowOptions(output, as_json))


@app.command()
def pause(job: Job, as_json: AsJson = False) -> None:
    """Start no new part of a job.

    Running ones finish or stop at a checkpoint.
    """
    _steer(job, as_json, lambda desk, job_id: desk.pause(job_id))


@app.command()
def resume(job: Job, as_json: AsJson = False) -> None:
    """Go on with a paused job."""
    _steer(job, as_json, lambda desk, job_id: desk.resume(job_id))


@app.command()
def cancel(job: Job, as_json: AsJson = False) -> None:
    """End a job now. What is done is kept."""
    _steer(job, as_json, lambda desk, job_id: desk.cancel(job_id))


@app.command()
def retry(
    job: Job,
    from_stage: Annotated[
        str | None, typer.Option("--from", metavar="STAGE", help="Run this stage and those after it anew.")
    ] = None,
    param: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="Change a parameter; can be repeated.")
    ] = None,
    follow: Annotated[bool, typer.Option("--watch", help="Then follow it, as `jobs watch` does.")] = False,
    as_json: AsJson = False,
) -> None:
    """Go on with a job that ended badly.

    From the failed stage and its checkpoints, or anew from an earlier one. What is done before it is used again.
    """
    if not follow:
        _steer(job, as_json, lambda desk, job_id: _retry(desk, job_id, from_stage, param or []))
        return
    with open_job(job) as (desk, job_id):
        _retry(desk, job_id, from_stage, param or [])
        _watch(desk, job_id, None, as_json)


@app.command()
def answer(
    job: Job,
    stage: Annotated[str, typer.Argument(metavar="STAGE", help="The stage that waits.")],
    action: Annotated[str, typer.Argument(metavar="ACTION", help="One of the actions that it offers.")],
    data: Annotated[str, typer.Option(help="What the answer brings with it, as a JSON object.")] = "{}",
    as_json: AsJson = False,
) -> None:
    """Answer a stage that waits for a person."""
    told = _json_object(data)
    _steer(job, as_json, lambda desk, job_id: desk.answer(job_id, stage, action, told))


@app.command()
def priority(
    job: Job,
    to: Annotated[Priority, typer.Argument(metavar="PRIORITY", help="How urgent it is from now on.")],
    as_json: AsJson = False,
) -> None:
    """Make a job low, normal, high or urgent."""
    _steer(job, as_json, lambda desk, job_id: desk.set_priority(job_id, to))


@app.command()
def delete(job: Job, as_json: AsJson = False) -> None:
    """Remove a job that has ended, with its files."""
    from soundstage.cli.output import print_json, say

    with open_job(job) as (desk, job_id):
        desk.delete(job_id)
    if as_json:
        print_json({"type": "deleted", "job_id": job_id})
    else:
        say(f"Deleted job {job_id}.")


def _steer(name: str, as_json: bool, act: Callable[[JobDesk, str], None]) -> None:
    """Do it, then show the job as it is now, and say where nobody is there to run it."""
    from soundstage.cli.output import job_fields, print_json, say

    with open_job(name) as (desk, job_id):
        act(desk, job_id)
        job = desk.get(job_id)
        is_served = desk.is_served()
    if as_json:
        print_json(job_fields(job))
        return
    say(f"Job {job_id} is {job.state}, {job.progress} %.")
    if not is_served and job.state in (JobState.QUEUED, JobState.RUNNING):
        say(f"Nobody serves this home: `{desk.command} jobs watch {job_id}` runs it.")


def _watch(desk: JobDesk, job_id: str, output: Path | None, as_json: bool) -> NoReturn:
    from soundstage.cli.run import FollowOptions
    from soundstage.cli.run import follow as follow_job

    raise typer.Exit(follow_job(desk, job_id, FollowOptions(output, as_json, keeps_on_interrupt=True)))


def _retry(desk: JobDesk, job_id: str, from_stage: str | None, pairs: Sequence[str]) -> None:
    from soundstage.cli.parameters import ParameterReader, split_pairs

    changes: dict[str, Any] = {}
    if pairs:
        kind = desk.get(job_id).pipeline
        reader = ParameterReader(kind, desk.form(kind).params, desk.store_file, desk.max_file_bytes)
        changes = reader.read(split_pairs(pairs))
    desk.retry(job_id, from_stage, changes)


def _json_object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise BadParameters(f"--data is not JSON: {error}.") from error
    if not isinstance(value, dict):
        raise BadParameters("--data must be a JSON object.")
    return value


def _print_job(job: JobView, command: str) -> None:
    from soundstage.cli.amounts import duration_text, size_text
    from soundstage.cli.output import add_row, console, say, table
    from soundstage.cli.rail import Rail

    say(job.id)
    console().print(Rail(job, time.time(), command))
    rows = table("stage", "took", "file", "size")
    for stage in job.stages:
        begun, ended = stage.started_at, stage.finished_at
        took = duration_text(ended - begun) if begun is not None and ended is not None else ""
        add_row(rows, [stage.key, took, "", ""])
        for artifact in stage.artifacts:
            add_row(rows, ["", "", artifact.name, size_text(artifact.size_bytes)])
    console().print("", rows)
    say("")
    for name, value in job.params.items():
        say(f"{name}: {json.dumps(value, ensure_ascii=False)}")
