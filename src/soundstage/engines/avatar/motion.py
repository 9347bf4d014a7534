"""How a head moves by itself: pure functions of time and seed, so that every cut of a clip shows the same."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from functools import lru_cache

BLINK_EVERY_SECONDS = 3.4
BLINK_JITTER = 0.75
CLOSE_SECONDS = 0.09
HOLD_SECONDS = 0.05
OPEN_SECONDS = 0.17
DOUBLE_BLINK_CHANCE = 0.12
DOUBLE_BLINK_SECONDS = 0.42

SWAY_PERIODS_SECONDS = (4.3, 7.1, 11.9)
SWAY_SHARES = (0.35, 0.4, 0.25)
BREATH_SECONDS = 4.0


@dataclass(frozen=True, slots=True)
class HeadPose:
    """The head in one moment, every part between about -1 and 1. `brows` and `breath` from 0 to 1."""

    shift_x: float
    shift_y: float
    roll: float
    yaw: float
    pitch: float
    brows: float
    breath: float


def head_pose(seconds: float, seed: int, emphasis: float) -> HeadPose:
    """`emphasis` (0 to 1) is how loud the speech is around this moment: it nods and lifts the brows."""
    sway = {name: _sway(seconds, seed, name) for name in ("shift_x", "shift_y", "roll", "yaw", "pitch", "brows")}
    breath = 0.5 - 0.5 * math.cos(2 * math.pi * seconds / BREATH_SECONDS)
    return HeadPose(
        shift_x=sway["shift_x"],
        shift_y=0.5 * sway["shift_y"] + 0.5 * emphasis,
        roll=sway["roll"],
        yaw=sway["yaw"],
        pitch=0.6 * sway["pitch"] + 0.8 * (emphasis - 0.3),
        brows=max(0.0, 0.9 * emphasis - 0.45 + 0.4 * sway["brows"]),
        breath=breath,
    )


def eyes_closed(seconds: float, seed: int) -> float:
    """How far the lids are down, from 0 to 1: irregular blinks, some of them double."""
    slot = math.floor(seconds / BLINK_EVERY_SECONDS)
    starts = [start for near in (slot - 1, slot, slot + 1) for start in _blinks(near, seed)]
    return max(_lid(seconds - start) for start in starts)


@lru_cache(maxsize=256)
def _blinks(slot: int, seed: int) -> tuple[float, ...]:
    chance = random.Random(f"blink {seed} {slot}")
    start = (slot + 0.5 + BLINK_JITTER * (chance.random() - 0.5)) * BLINK_EVERY_SECONDS
    if chance.random() < DOUBLE_BLINK_CHANCE:
        return start, start + DOUBLE_BLINK_SECONDS
    return (start,)


def _lid(since: float) -> float:
    if since < 0:
        return 0.0
    if since < CLOSE_SECONDS:
        return _ease(since / CLOSE_SECONDS)
    opening = (since - CLOSE_SECONDS - HOLD_SECONDS) / OPEN_SECONDS
    return 1.0 - _ease(min(max(opening, 0.0), 1.0))


def _ease(t: float) -> float:
    return t * t * (3 - 2 * t)


def _sway(seconds: float, seed: int, name: str) -> float:
    phases = _phases(seed, name)
    waves = zip(SWAY_PERIODS_SECONDS, SWAY_SHARES, phases, strict=True)
    return sum(share * math.sin(2 * math.pi * (seconds / period + phase)) for period, share, phase in waves)


@lru_cache(maxsize=64)
def _phases(seed: int, name: str) -> tuple[float, ...]:
    chance = random.Random(f"sway {seed} {name}")
    return tuple(chance.random() for _ in SWAY_PERIODS_SECONDS)
