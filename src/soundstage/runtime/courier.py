"""Brings what is due to webhooks: one thread that plans and writes down, and one for each message under way."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence

from soundstage.runtime.lanes import Lanes
from soundstage.store.deliveries import Due
from soundstage.studio.webhooks.sending import Answer, Parcel, Sender

POLL_SECONDS = 0.5
STOP_SECONDS = 3.0
WINDOW = 200
"""How many due deliveries are looked at in one go."""

_log = logging.getLogger(__name__)


class Courier:
    """Any number of processes may have one: each delivery is taken by a single one of them at a time.

    Only the courier's own thread uses the database, and calls `on_end` at its end. What is under way when the process
    ends is sent again, under the same id, by the next one.
    """

    def __init__(
        self,
        sender: Sender,
        on_end: Callable[[], None] = lambda: None,
        lanes: Lanes | None = None,
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        self._sender = sender
        self._on_end = on_end
        self._lanes = lanes or Lanes()
        self._poll_seconds = poll_seconds
        self._answered: queue.SimpleQueue[tuple[Parcel, Answer] | None] = queue.SimpleQueue()
        self._unsettled: list[tuple[Parcel, Answer]] = []
        self._is_stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def ring(self) -> None:
        """There may be something to send. Safe from any thread, and cheap."""
        self._answered.put(None)

    def stop(self) -> None:
        """Begin nothing more, and wait a moment for what is under way."""
        self._is_stopping.set()
        self.ring()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._is_stopping.is_set():
            self._go_on_after_errors()
            self._hear(self._poll_seconds)
        deadline = time.monotonic() + STOP_SECONDS
        while self._lanes.under_way and time.monotonic() < deadline:
            self._hear(deadline - time.monotonic())
        self._go_on_after_errors()
        self._on_end()

    def _go_on_after_errors(self) -> None:
        try:
            self._settle()
            while not self._is_stopping.is_set() and self._send_due():
                pass
        except Exception as error:  # a database that is away for a while must not end the thread
            _log.warning("Webhooks could not be served; it is tried again: %s", error)

    def _hear(self, timeout_seconds: float) -> None:
        """Wait for an answer or a ring, and take all that came."""
        try:
            heard = self._answered.get(timeout=max(0.0, timeout_seconds))
            while True:
                if heard is not None:
                    self._lanes.leave(heard[0].webhook.host, heard[1].seconds)
                    self._unsettled.append(heard)
                heard = self._answered.get_nowait()
        except queue.Empty:
            return

    def _settle(self) -> None:
        while self._unsettled:
            self._sender.settle(*self._unsettled[0])
            del self._unsettled[0]

    def _send_due(self) -> bool:
        """Whether there may be more to send now."""
        if not self._lanes.free:
            return False
        due = self._sender.list_due(self._lanes.closed_hosts(), WINDOW)
        parcels = self._sender.take(self._chosen(due)) if due else []
        for parcel in parcels:
            self._lanes.enter(parcel.webhook.host)
            threading.Thread(target=self._bring, args=(parcel,), name="webhook", daemon=True).start()
        return bool(parcels)

    def _chosen(self, due: Sequence[Due]) -> list[str]:
        """The longest due for which there is room."""
        planned = self._lanes.copy()
        chosen = []
        for each in due:
            if planned.has_room(each.host):
                planned.enter(each.host)
                chosen.append(each.delivery_id)
        return chosen

    def _bring(self, parcel: Parcel) -> None:
        try:
            answer = self._sender.send(parcel)
        except Exception:  # the lane must be left, whatever happens
            _log.exception("A message to a webhook could not be sent.")
            answer = Answer(None, "Something went wrong inside Soundstage.")
        self._answered.put((parcel, answer))
