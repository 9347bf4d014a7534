"""How states look: a sign and a colour for each, so that neither is needed to understand the other."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import ConsoleOptions

from soundstage.core.states import JobState, PartState


@dataclass(frozen=True, slots=True)
class Look:
    """A sign for terminals that know Unicode, one for those that do not, and a style."""

    sign: str
    ascii_sign: str
    style: str

    def drawn(self, ascii_only: bool) -> str:
        return self.ascii_sign if ascii_only else self.sign


@dataclass(frozen=True, slots=True)
class Line:
    """What a bar is drawn with: done, its moving edge, still to do, and what will not be done."""

    done: str
    edge: str
    open: str
    broken: str


UNICODE_LINE = Line(done="━", edge="╾", open="─", broken="╌")
ASCII_LINE = Line(done="=", edge=">", open="-", broken=".")

# Only colours that read well on a dark and on a light ground; yellow and white do not.
PART_LOOKS = {
    PartState.PENDING: Look("·", ".", "dim"),
    PartState.READY: Look("○", "o", "dim"),
    PartState.ACTIVE: Look("●", ">", "cyan"),
    PartState.WAITING: Look("◆", "?", "magenta"),
    PartState.COMPLETED: Look("✓", "+", "green"),
    PartState.FAILED: Look("✗", "!", "red"),
    PartState.SKIPPED: Look("»", "~", "dim"),
    PartState.CANCELLED: Look("□", "x", "dim"),
}
JOB_LOOKS = {
    JobState.QUEUED: Look("○", "o", "dim"),
    JobState.RUNNING: Look("●", ">", "cyan"),
    JobState.WAITING: Look("◆", "?", "magenta"),
    JobState.PAUSED: Look("‖", "=", "magenta"),
    JobState.SUCCEEDED: Look("✓", "+", "green"),
    JobState.FAILED: Look("✗", "!", "red"),
    JobState.CANCELLED: Look("□", "x", "dim"),
}


def draws_ascii_only(options: ConsoleOptions) -> bool:
    return not options.encoding.lower().startswith("utf")


def line_of(ascii_only: bool) -> Line:
    return ASCII_LINE if ascii_only else UNICODE_LINE
