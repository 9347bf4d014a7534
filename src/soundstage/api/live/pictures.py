"""Facts and ticks as JSON text: made once, however many streams tell them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Generic, TypeVar

from soundstage.api.jobs.pictures import event_out, tick_out
from soundstage.core.events import Event, Start, Tick

KEPT_TEXTS = 1_024

Thing = TypeVar("Thing")


class Texts(Generic[Thing]):
    """Remembers the newest by identity: the hub gives the same object to all who follow."""

    def __init__(self, text_of: Callable[[Thing], str]) -> None:
        self._text_of = text_of
        self._kept: dict[int, tuple[Thing, str]] = {}

    def of(self, thing: Thing) -> str:
        kept = self._kept.get(id(thing))
        if kept is not None and kept[0] is thing:
            return kept[1]
        text = self._text_of(thing)
        if len(self._kept) >= KEPT_TEXTS:
            del self._kept[next(iter(self._kept))]
        self._kept[id(thing)] = thing, text
        return text


facts: Texts[Event] = Texts(lambda fact: event_out(fact).model_dump_json())
ticks: Texts[Tick] = Texts(lambda tick: tick_out(tick).model_dump_json())


def start_text(start: Start) -> str:
    return json.dumps({"reason": start.reason, "cursor": start.cursor})


def start_name(start: Start) -> str:
    """`ready`, or `snapshot_required`: the reader loads what it knows anew, and goes on from the cursor."""
    return "ready" if start.reason is None else "snapshot_required"
