"""Every write of the store has a named place before and after its commit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import soundstage.store
from soundstage.core.crashpoints import COMMITS, CRASH_POINTS, _Trigger


def test_every_write_transaction_of_the_store_is_named_here() -> None:
    sources = Path(soundstage.store.__path__[0]).rglob("*.py")
    used = {name for path in sources for name in re.findall(r"\.write\(\"(\w+)\"", path.read_text(encoding="utf-8"))}
    assert used == set(COMMITS)


def test_a_trigger_must_name_a_point_that_exists() -> None:
    assert "commit.complete.after" in CRASH_POINTS
    with pytest.raises(ValueError, match="names no crash point"):
        _Trigger("commit.nothing.after")


def test_a_trigger_counts_down_to_the_time_it_was_set_for() -> None:
    trigger = _Trigger("commit.claim.before:3")
    trigger.reach("commit.claim.before")
    trigger.reach("commit.claim.after")
    assert trigger.remaining == 2
