"""`soundstage queues`: what waits for workers, and pausing it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

MOST_REASON_CHARACTERS = 200

app = typer.Typer(help="What waits for workers.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(metavar="QUEUE", help="Its name; `soundstage queues list` shows all.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")]


@app.command("list")
def list_queues(as_json: AsJson = False) -> None:
    """List the queues.

    How many parts are ready, run, or wait for their next try; how long the first one waits; who serves and who paused.
    """
    from soundstage.cli.amounts import age_text
    from soundstage.cli.desk.queues import open_queues
    from soundstage.cli.output import add_row, console, print_json, table

    with open_queues() as desk:
        found = desk.list_queues()
    if as_json:
        for queue in found:
            print_json(asdict(queue))
        return
    rows = table("queue", "state", "ready", "waits since", "running", "retrying", "workers", "paused by", "reason")
    for q in found:
        since = age_text(q.oldest_seconds) if q.ready_parts else ""
        numbers = [str(q.active_parts), str(q.retrying_parts), str(q.workers)]
        add_row(rows, [q.name, q.state, str(q.ready_parts), since, *numbers, q.paused_by, q.reason])
    console().print(rows)


@app.command()
def pause(name: Name, reason: Annotated[str, typer.Option(help="For those who wonder later.")] = "") -> None:
    """Start nothing of a queue any more.

    On all machines, until it is resumed. What runs goes on.
    """
    from soundstage.cli.desk.queues import open_queues
    from soundstage.core.errors import BadInput

    if len(reason) > MOST_REASON_CHARACTERS:
        raise BadInput(f"The reason has {len(reason)} characters: {MOST_REASON_CHARACTERS} at most are kept.")
    with open_queues() as desk:
        queue = desk.pause_queue(name, reason)
    running = f" {queue.active_parts} of its parts still run." if queue.active_parts else ""
    typer.echo(f"The queue {queue.name} is paused: nothing of it starts.{running}")


@app.command()
def resume(name: Name) -> None:
    """Start what waits in a paused queue."""
    from soundstage.cli.desk.queues import open_queues

    with open_queues() as desk:
        queue = desk.resume_queue(name)
    typer.echo(f"The queue {queue.name} is open, with {queue.ready_parts} parts ready.")
