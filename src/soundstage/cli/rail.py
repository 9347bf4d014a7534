"""The stage rail: a job as one bar, each segment as wide as its stage is heavy, filled by true progress."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.text import Text

from soundstage.cli.amounts import clock_text
from soundstage.cli.signs import JOB_LOOKS, PART_LOOKS, Line, Look, draws_ascii_only, line_of
from soundstage.core.events import Tick
from soundstage.core.job import ErrorView, JobView, PartView, StageView, WaitView, stage_state
from soundstage.core.states import JobState, PartState, WaitKind

WIDEST_CELLS = 120
NARROWEST_SEGMENT_CELLS = 3
SMALL_RAIL_CELLS = 24
_BROKEN = (PartState.FAILED, PartState.CANCELLED)


class Rail:
    """A renderable of one picture of a job. `now` is in seconds since the epoch, by the clock of the job's times.

    `command` is how a command line for this job begins.
    """

    def __init__(self, job: JobView, now: float, command: str = "soundstage") -> None:
        self._job = job
        self._now = now
        self._command = command

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = min(options.max_width, WIDEST_CELLS)
        ascii_only = draws_ascii_only(options)
        widths = segment_widths([stage.weight for stage in self._job.stages], width)
        yield self._spread(self._title(ascii_only), self._total(), width, ascii_only)
        yield _joined(
            _segment(stage, cells, self._job, line_of(ascii_only))
            for stage, cells in zip(self._job.stages, widths, strict=True)
        )
        yield _joined(
            _name(stage, cells, self._job, ascii_only) for stage, cells in zip(self._job.stages, widths, strict=True)
        )
        told = [line for stage in _stages_to_tell(self._job) for line in self._details(stage, width, ascii_only)]
        told += self._ending()
        yield from ([Text(), *told] if told else [])

    def _title(self, ascii_only: bool) -> Text:
        look = JOB_LOOKS[self._job.state]
        return Text.assemble(
            (f"{look.drawn(ascii_only)} ", look.style),
            (self._job.pipeline, "bold"),
            (f"  {self._job.state}", look.style),
        )

    def _total(self) -> Text:
        text = Text()
        left = self._job.remaining_seconds
        if left is not None:
            text.append(f"{clock_text(left)} left   ", "dim")
        return text.append(f"{self._job.progress} %", "bold")

    def _details(self, stage: StageView, width: int, ascii_only: bool) -> Iterator[RenderableType]:
        look = _stage_look(stage, self._job)
        told = Text.assemble(
            (f"{look.drawn(ascii_only)} ", look.style), stage.label, (f"  {stage.fraction * 100:.0f} %", look.style)
        )
        message = next((part.message for part in stage.parts if part.message and part.state is PartState.ACTIVE), None)
        if message:
            told.append(f"  {message}", "dim")
        yield self._spread(told, Text(self._elapsed(stage), "dim"), width, ascii_only)
        if len(stage.parts) > 1:
            yield _parts_row(stage.parts, width, ascii_only)
        if stage.queue_paused:
            yield _indented(
                Text(f"An administrator has paused the queue {stage.queue}: it goes on after that.", "magenta")
            )
        if stage.wait is not None:
            yield from self._waiting(stage, stage.wait, ascii_only)

    def _elapsed(self, stage: StageView) -> str:
        if stage.started_at is None:
            return ""
        return clock_text((stage.finished_at or self._now) - stage.started_at)

    def _waiting(self, stage: StageView, wait: WaitView, ascii_only: bool) -> Iterator[RenderableType]:
        due = "" if wait.due_at is None else f" in {clock_text(wait.due_at - self._now)}"
        if wait.kind is WaitKind.BACKOFF:
            reason = f" after: {stage.error.message}" if stage.error else ""
            yield _indented(Text(f"Trying again{due}{reason}", "magenta"))
            return
        if not wait.actions:
            again = f"  (looks again{due})" if due else ""
            yield _indented(Text(f"Waiting: {wait.reason or 'for its time'}{again}", "magenta"))
            return
        choice = "" if len(wait.actions) == 1 else f"  (or {(', ' if ascii_only else ' · ').join(wait.actions[1:])})"
        yield _indented(Text.assemble(("Your turn: ", "bold magenta"), wait.reason))
        yield _indented(
            Text.assemble(self._to_type(f"answer {self._job.id} {stage.key} {wait.actions[0]}"), (choice, "dim"))
        )

    def _ending(self) -> Iterator[RenderableType]:
        if self._job.state is JobState.FAILED:
            yield from (_indented(line) for line in error_lines(self._job.error))
            yield _indented(Text("What is done is kept. Go on with:"))
            yield _indented(self._to_type(f"retry {self._job.id}"))
        elif self._job.state is JobState.PAUSED:
            yield _indented(Text("Go on with:"))
            yield _indented(self._to_type(f"resume {self._job.id}"))

    def _to_type(self, words: str) -> Text:
        return Text(f"{self._command} jobs {words}", "bold")

    @staticmethod
    def _spread(left: Text, right: Text, width: int, ascii_only: bool) -> Text:
        """One line with a word at each end; the left gives way where both do not fit."""
        room = width - right.cell_len - (2 if right.cell_len else 0)
        left.truncate(max(1, room), overflow="crop" if ascii_only else "ellipsis")
        return Text.assemble(left, " " * max(0, width - left.cell_len - right.cell_len), right)


class SmallRail:
    """The bar alone, for lists."""

    def __init__(self, job: JobView, width: int = SMALL_RAIL_CELLS) -> None:
        self._job = job
        self._width = width

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        widths = segment_widths([stage.weight for stage in self._job.stages], self._width)
        line = line_of(draws_ascii_only(options))
        yield _joined(
            _segment(stage, cells, self._job, line) for stage, cells in zip(self._job.stages, widths, strict=True)
        )

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(self._width, self._width)


def with_ticks(job: JobView, ticks: Mapping[int, Tick]) -> JobView:
    """The job with the newest report of each running part, where that is newer than what the database holds."""
    stages = [
        replace(stage, parts=[_with_tick(part, ticks.get(part.id)) for part in stage.parts]) for stage in job.stages
    ]
    return replace(job, stages=stages)


def segment_widths(weights: Sequence[int], width: int) -> list[int]:
    """Cells for each stage, in proportion to its weight, that fill `width` with one free cell between two.

    Largest remainders get what rounding leaves; no segment is narrower than three cells while there is room.
    """
    room = max(len(weights), width - (len(weights) - 1))
    least = min(NARROWEST_SEGMENT_CELLS, room // len(weights))
    free = room - least * len(weights)
    # What the smallest width does not give by itself is shared by what each weight lacks.
    lacks = [max(0.0, weight * room / sum(weights) - least) for weight in weights]
    shares = [lack * free / (sum(lacks) or 1) for lack in lacks]
    cells = [least + int(share) for share in shares]
    by_remainder = sorted(range(len(weights)), key=lambda index: int(shares[index]) - shares[index])
    for index in by_remainder[: room - sum(cells)]:
        cells[index] += 1
    return cells


def error_lines(error: ErrorView | None) -> Iterator[Text]:
    """The error of a job in words, and what to do about it."""
    if error is None:
        yield Text("It failed without saying why.", "red")
        return
    yield Text.assemble((error.code, "bold red"), f"  {error.message}")
    if error.hint:
        yield Text(error.hint)


def _indented(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, 2))


def _with_tick(part: PartView, tick: Tick | None) -> PartView:
    if tick is None or tick.attempt != part.attempt or part.state is not PartState.ACTIVE:
        return part
    return replace(part, fraction=max(part.fraction, tick.fraction), message=tick.message or part.message)


def _joined(segments: Iterator[Text]) -> Text:
    return Text(" ").join(segments)


def _stages_to_tell(job: JobView) -> list[StageView]:
    """Those that are under way; of a job that ended badly, where it ended."""
    telling = [s for s in job.stages if s.state in (PartState.ACTIVE, PartState.WAITING, PartState.READY)]
    ended = [s for s in job.stages if s.state in _BROKEN]
    return telling or ended


def _stage_look(stage: StageView, job: JobView) -> Look:
    if job.state is JobState.PAUSED and stage.state is PartState.PENDING and stage.parts:
        return JOB_LOOKS[JobState.PAUSED]
    return PART_LOOKS[stage.state]


def _segment(stage: StageView, cells: int, job: JobView, line: Line) -> Text:
    look = _stage_look(stage, job)
    if stage.state in (PartState.COMPLETED, PartState.SKIPPED):
        return Text((line.done if stage.state is PartState.COMPLETED else line.broken) * cells, look.style)
    halves = int(stage.fraction * cells * 2)
    done = line.done * (halves // 2)
    # A half filled cell marks the edge; a stage that is not quite done never looks done.
    edge = line.edge if halves % 2 else ""
    rest = (line.broken if stage.state in _BROKEN else line.open) * (cells - len(done) - len(edge))
    return Text.assemble((done + edge, look.style), (rest, look.style if stage.state in _BROKEN else "dim"))


def _name(stage: StageView, cells: int, job: JobView, ascii_only: bool) -> Text:
    look = _stage_look(stage, job)
    name = Text.assemble((look.drawn(ascii_only), look.style), (f" {stage.key}", _name_style(stage.state)))
    if name.cell_len > cells:
        name.truncate(cells, overflow="crop" if ascii_only or cells < 5 else "ellipsis")
    name.pad_right(cells - name.cell_len)
    return name


def _name_style(state: PartState) -> str:
    return {PartState.ACTIVE: "bold", PartState.WAITING: "bold", PartState.FAILED: "bold"}.get(state, "dim")


def _parts_row(parts: Sequence[PartView], width: int, ascii_only: bool) -> Text:
    """One sign for each part, or for several where there are more than fit, and how many are done."""
    done = sum(part.state in (PartState.COMPLETED, PartState.SKIPPED) for part in parts)
    told = f"  {done} of {len(parts)}"
    room = max(1, width - 2 - len(told))
    row = Text("  ")
    for first, end in _buckets(len(parts), room):
        look = PART_LOOKS[stage_state(part.state for part in parts[first:end])]
        row.append(look.drawn(ascii_only), look.style)
    return row.append(told, "dim")


def _buckets(count: int, room: int) -> Iterator[tuple[int, int]]:
    shown = min(count, room)
    for index in range(shown):
        yield index * count // shown, (index + 1) * count // shown
