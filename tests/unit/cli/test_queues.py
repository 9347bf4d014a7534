"""`soundstage queues`: seen and steered at the home of this computer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Soundstage = Callable[..., Any]


def cpu(soundstage: Soundstage) -> dict[str, Any]:
    queues: list[dict[str, Any]] = soundstage("queues", "list", "--json").lines
    return next(queue for queue in queues if queue["name"] == "cpu")


def test_a_queue_is_paused_and_resumed_and_says_who_did_it_and_why(soundstage: Soundstage) -> None:
    paused = soundstage("queues", "pause", "cpu", "--reason", "A new card")
    assert (paused.code, paused.out) == (0, "The queue cpu is paused: nothing of it starts.\n")
    assert cpu(soundstage) == {
        "name": "cpu",
        "state": "paused",
        "ready_parts": 0,
        "active_parts": 0,
        "retrying_parts": 0,
        "oldest_seconds": 0.0,
        "workers": 0,
        "paused_by": "local",
        "reason": "A new card",
    }
    listed = soundstage("queues", "list").out
    assert "A new card" in listed
    assert "local" in listed
    resumed = soundstage("queues", "resume", "cpu")
    assert (resumed.code, resumed.out) == (0, "The queue cpu is open, with 0 parts ready.\n")
    assert cpu(soundstage)["state"] == "open"


@pytest.mark.parametrize("verb", ["pause", "resume"])
def test_a_queue_that_there_is_not_is_told_with_those_that_there_are(soundstage: Soundstage, verb: str) -> None:
    refused = soundstage("queues", verb, "cpuu")
    assert (refused.code, refused.err.split()[0]) == (4, "queue_not_found")
    assert "cpu" in refused.err.splitlines()[-1]


def test_a_reason_that_is_too_long_is_refused(soundstage: Soundstage) -> None:
    refused = soundstage("queues", "pause", "cpu", "--reason", "x" * 201)
    assert (refused.code, refused.err.split()[0]) == (2, "bad_input")
    assert cpu(soundstage)["state"] == "open"
