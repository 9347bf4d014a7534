"""What a head does by itself."""

from __future__ import annotations

from dataclasses import astuple
from itertools import pairwise

import pytest

from soundstage.engines.avatar.motion import eyes_closed, head_pose

FPS = 50
A_MINUTE = [index / FPS for index in range(60 * FPS)]


def blinks(seed: int) -> list[float]:
    closed = [eyes_closed(seconds, seed) for seconds in A_MINUTE]
    return [A_MINUTE[i + 1] for i, (before, after) in enumerate(pairwise(closed)) if before < 0.9 <= after]


@pytest.mark.parametrize("seed", range(5))
def test_eyes_blink_ten_to_thirty_times_a_minute_and_never_evenly(seed: int) -> None:
    gaps = [after - before for before, after in pairwise(blinks(seed))]
    assert 9 <= len(gaps) <= 30
    assert max(gaps) - min(gaps) > 0.8


def test_eyes_open_again_after_a_blink() -> None:
    assert sum(eyes_closed(seconds, 0) == 0 for seconds in A_MINUTE) > 0.75 * len(A_MINUTE)


def test_lids_never_jump() -> None:
    steps = [abs(eyes_closed(a, 3) - eyes_closed(b, 3)) for a, b in pairwise(A_MINUTE)]
    assert max(steps) < 0.4


def test_another_seed_blinks_at_other_moments() -> None:
    assert blinks(1) != blinks(2)
    assert blinks(1) == blinks(1)


def test_the_head_moves_slowly_and_a_little() -> None:
    poses = [astuple(head_pose(seconds, 7, 0.5)) for seconds in A_MINUTE]
    assert all(-1.2 <= part <= 1.2 for pose in poses for part in pose)
    assert max(abs(a - b) for one, two in pairwise(poses) for a, b in zip(one, two, strict=True)) < 0.04
    assert max(pose[0] for pose in poses) - min(pose[0] for pose in poses) > 0.5


def test_emphasis_lifts_the_brows() -> None:
    assert head_pose(1.0, 0, 1.0).brows > head_pose(1.0, 0, 0.0).brows
