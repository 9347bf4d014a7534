"""How a job is shown while it runs: a live rail, plain lines, or JSON."""

from __future__ import annotations

import time
from dataclasses import asdict
from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.constrain import Constrain
from rich.live import Live

from soundstage.cli.amounts import time_of_day
from soundstage.cli.desk.contract import Picture
from soundstage.cli.output import console, print_json
from soundstage.cli.rail import Rail
from soundstage.core.events import Event, EventKind
from soundstage.core.job import JobView
from soundstage.core.states import PartState

PLAIN_STEP_PERCENT = 10
_TOO_FINE = (EventKind.PART_STARTED, EventKind.PART_COMPLETED, EventKind.CHECKPOINT_SAVED, EventKind.PART_DUE)


class Show(Protocol):
    """Opened around the run of a job, and given each picture of it."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...

    def show(self, picture: Picture) -> None: ...


class LiveRail:
    """The rail, drawn anew in place."""

    def __init__(self, screen: Console, command: str = "soundstage") -> None:
        self._command = command
        self._live = Live(console=screen, auto_refresh=False, vertical_overflow="visible")
        # Two cells stay free, so that the ^C that a terminal echoes does not break the last line.
        self._width = max(1, screen.width - len("^C"))

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._live.stop()

    def show(self, picture: Picture) -> None:
        self._live.update(Constrain(Rail(picture.job, time.time(), self._command), self._width), refresh=True)


class PlainLines:
    """A line for each event and each ten percent, for pipes and terminals that cannot draw."""

    def __init__(self, screen: Console, command: str = "soundstage") -> None:
        self._screen = screen
        self._command = command
        self._told_percent = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...

    def show(self, picture: Picture) -> None:
        for event in picture.events:
            if event.kind not in _TOO_FINE:
                self._print(event_line(event, picture.job, self._command))
        percent = picture.job.progress
        if not picture.job.state.is_final and percent >= self._told_percent + PLAIN_STEP_PERCENT:
            self._told_percent = percent - percent % PLAIN_STEP_PERCENT
            self._print(f"{time_of_day(time.time())}  {percent:3} %{_message(picture.job)}")

    def _print(self, line: str) -> None:
        self._screen.print(line, soft_wrap=True)


class JsonLines:
    """Each event as one JSON object."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...

    def show(self, picture: Picture) -> None:
        for event in picture.events:
            print_json({"type": "event", **asdict(event)})


def choose_show(as_json: bool, command: str = "soundstage") -> Show:
    """`command` is how a command line for the place of the job begins."""
    if as_json:
        return JsonLines()
    screen = console()
    is_drawn = screen.is_terminal and not screen.is_dumb_terminal
    return LiveRail(screen, command) if is_drawn else PlainLines(screen, command)


def event_line(event: Event, job: JobView, command: str = "soundstage") -> str:
    """A fact in one line: when, what, and the words that it carries."""
    what = event.kind.value.replace(".", " ")
    if event.stage is not None:
        what = f"{event.stage} {event.kind.value.partition('.')[2]}"
    told = event.data.get("reason") or event.data.get("message") or event.data.get("action") or ""
    if event.kind is EventKind.STAGE_STARTED:
        told = next((stage.label for stage in job.stages if stage.key == event.stage), "")
    if event.kind is EventKind.PART_WAITING:
        told += _offer(event, job, command)
    return f"{time_of_day(event.at)}  {what}  {told}".rstrip()


def _offer(event: Event, job: JobView, command: str) -> str:
    wait = next((stage.wait for stage in job.stages if stage.key == event.stage), None)
    if wait is None or not wait.actions:
        return ""
    return f"  ({command} jobs answer {job.id} {event.stage} {'|'.join(wait.actions)})"


def _message(job: JobView) -> str:
    parts = [part for stage in job.stages for part in stage.parts if part.state is PartState.ACTIVE]
    message = next((part.message for part in parts if part.message), None)
    return f"  {message}" if message else ""
