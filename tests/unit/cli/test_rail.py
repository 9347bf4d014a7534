"""The stage rail: what is drawn for each state, at each width, with and without Unicode and colour."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from soundstage.cli.rail import WIDEST_CELLS, Rail, SmallRail, segment_widths, with_ticks
from soundstage.cli.signs import JOB_LOOKS, PART_LOOKS
from soundstage.core.events import Tick
from soundstage.core.job import JobView
from soundstage.core.states import JobState, PartState

NOW = 1000.0
SNAPSHOTS = Path(__file__).parent / "rails"

Pictures = dict[str, JobView]


def drawn(renderable: RenderableType, width: int, encoding: str = "utf-8", color: bool = False) -> str:
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    screen = Console(
        file=file, width=width, force_terminal=color, no_color=not color, color_system="standard" if color else None,
        legacy_windows=False,
    )  # fmt: skip
    screen.print(renderable)
    file.seek(0)
    return "\n".join(line.rstrip() for line in file.read().splitlines())


@pytest.mark.parametrize("width", [60, 80, 120])
def test_each_state_is_drawn_as_it_was_designed(width: int, pictures: Pictures) -> None:
    album = "\n\n".join(f"# {name}\n{drawn(Rail(job, NOW), width)}" for name, job in pictures.items()) + "\n"
    assert album == (SNAPSHOTS / f"{width}.txt").read_text(encoding="utf-8")


def test_a_terminal_without_unicode_gets_the_same_in_ascii(pictures: Pictures) -> None:
    album = "\n\n".join(f"# {name}\n{drawn(Rail(job, NOW), 80, 'ascii')}" for name, job in pictures.items()) + "\n"
    assert album == (SNAPSHOTS / "ascii-80.txt").read_text(encoding="ascii")


def test_no_line_is_wider_than_the_terminal(pictures: Pictures) -> None:
    for width in range(40, 200, 7):
        for job in pictures.values():
            assert all(cell_len(line) <= width for line in drawn(Rail(job, NOW), width).splitlines())


def test_a_very_wide_terminal_does_not_stretch_the_rail(pictures: Pictures) -> None:
    assert len(drawn(Rail(pictures["running"], NOW), 400).splitlines()[1]) == WIDEST_CELLS


def test_a_stage_of_a_paused_queue_says_why_it_does_not_start(pictures: Pictures) -> None:
    job = pictures["running"]
    held = replace(job, stages=[replace(stage, queue_paused=stage.key == "INFERENCE") for stage in job.stages])
    told = "An administrator has paused the queue cpu: it goes on after that."
    assert told in drawn(Rail(held, NOW), 80)
    assert told not in drawn(Rail(job, NOW), 80)


def test_each_state_has_a_sign_of_its_own_with_and_without_unicode() -> None:
    for looks in (PART_LOOKS.values(), JOB_LOOKS.values()):
        assert len({look.sign for look in looks}) == len(looks)
        assert len({look.ascii_sign for look in looks}) == len(looks)
        assert all(cell_len(look.sign) == 1 and look.ascii_sign.isascii() for look in looks)
    assert set(PART_LOOKS) == set(PartState)
    assert set(JOB_LOOKS) == set(JobState)


def test_colour_only_repeats_what_the_signs_say(pictures: Pictures) -> None:
    colours = {"running": "36", "succeeded": "32", "failed": "31", "your turn": "35"}
    for name, code in colours.items():
        assert f"\x1b[{code}m" in drawn(Rail(pictures[name], NOW), 80, color=True)


def test_segments_fill_the_width_in_proportion_to_the_weights() -> None:
    widths = segment_widths([20, 50, 15, 15], 83)
    assert widths == [16, 40, 12, 12]
    assert sum(widths) + 3 == 83


@pytest.mark.parametrize("weights", [[1, 98, 1], [100], [1] * 100, [7, 13, 29, 51], [1, 1, 1, 97]])
@pytest.mark.parametrize("width", [24, 60, 80, 120])
def test_segments_never_leave_or_exceed_the_width_they_have(weights: list[int], width: int) -> None:
    widths = segment_widths(weights, width)
    assert min(widths) >= 1
    assert sum(widths) + len(weights) - 1 == max(width, 2 * len(weights) - 1)


def test_a_light_stage_keeps_three_cells() -> None:
    assert min(segment_widths([1, 98, 1], 60)) == 3


def test_the_bar_grows_with_progress_and_is_full_only_when_a_stage_is_done(pictures: Pictures) -> None:
    def bar(fraction: float) -> str:
        ticks = {2: Tick("job", 2, 1, fraction)}
        active = pictures["running"].stages[1]
        empty = replace(active, parts=[replace(active.parts[0], fraction=0.0)])
        stages = [pictures["running"].stages[0], empty, *pictures["running"].stages[2:]]
        job = with_ticks(replace(pictures["running"], stages=stages), ticks)
        return drawn(Rail(job, NOW), 80).splitlines()[1].split(" ")[1]

    lengths = [bar(step / 100).count("━") for step in range(100)]
    assert lengths == sorted(lengths)
    assert lengths[0] == 0
    assert "─" in bar(0.99) or "╾" in bar(0.99)


def test_the_newest_tick_counts_where_it_is_newer_than_the_database(pictures: Pictures) -> None:
    job = with_ticks(pictures["running"], {2: Tick("job", 2, 1, 0.75, "frame 337 of 450")})
    assert "75 %  frame 337 of 450" in drawn(Rail(job, NOW), 80)
    assert job.progress == 57


@pytest.mark.parametrize("tick", [Tick("job", 2, 9, 0.99), Tick("job", 2, 1, 0.1), Tick("job", 3, 1, 0.99)])
def test_a_tick_of_another_attempt_or_an_older_one_changes_nothing(tick: Tick, pictures: Pictures) -> None:
    assert with_ticks(pictures["running"], {tick.part_id: tick}).progress == pictures["running"].progress


def test_time_remaining_is_shown_only_when_it_is_known(pictures: Pictures) -> None:
    assert "0:41 left" in drawn(Rail(pictures["running"], NOW), 80)
    unknown = replace(pictures["running"], remaining_seconds=None)
    assert "left" not in drawn(Rail(unknown, NOW), 80)


def test_what_comes_from_users_is_never_read_as_markup(pictures: Pictures) -> None:
    stage = pictures["running"].stages[1]
    parts = [replace(stage.parts[0], message="[bold]no[/bold] [/]")]
    stages = [pictures["running"].stages[0], replace(stage, parts=parts), *pictures["running"].stages[2:]]
    assert "[bold]no[/bold] [/]" in drawn(Rail(replace(pictures["running"], stages=stages), NOW), 80)


def test_the_small_rail_is_the_bar_alone(pictures: Pictures) -> None:
    assert drawn(SmallRail(pictures["running"], 24), 80) == "━━━━ ━━━━━────── ─── ───"


def test_a_message_too_long_for_an_ascii_terminal_is_cut_without_a_foreign_sign(pictures: Pictures) -> None:
    stage = pictures["running"].stages[1]
    parts = [replace(stage.parts[0], message="word " * 40)]
    stages = [pictures["running"].stages[0], replace(stage, parts=parts), *pictures["running"].stages[2:]]
    assert drawn(Rail(replace(pictures["running"], stages=stages), NOW), 60, "ascii").isascii()
