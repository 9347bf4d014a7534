"""The courier sends what is due, side by side, and lets no receiver delay another."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from soundstage.core.errors import StoreUnavailable
from soundstage.runtime.courier import Courier
from soundstage.runtime.lanes import SLOW_SECONDS, Lanes
from soundstage.store.deliveries import Delivery, DeliveryState, Due
from soundstage.store.webhooks import Webhook
from soundstage.studio.webhooks.sending import Answer, Parcel, Sender

DEADLINE_SECONDS = 10.0


def parcel(number: int, host: str) -> Parcel:
    hook = Webhook(f"wh_{host}", "ann", "u", host, "s", None, None, ("*",), "", True, None, 0.0, 0.0)
    name = f"msg_{number:03}"
    fields = ("job.failed", None, None, "{}", DeliveryState.PENDING, 1, 0.0, None, None, 0.0, None)
    return Parcel(Delivery(name, hook.id, "ann", *fields), hook, 0.0)


class FakeSender(Sender):
    """Deliveries in memory. What goes to a host of `stuck` is answered when the test lets it."""

    def __init__(self) -> None:
        self.pending: dict[str, Parcel] = {}
        self.sent: list[str] = []
        self.settled: list[str] = []
        self.failures = 0
        self.stuck: dict[str, threading.Event] = {}
        self.changed = threading.Condition()

    def add(self, *hosts: str) -> None:
        with self.changed:
            for host in hosts:
                each = parcel(len(self.pending) + len(self.sent), host)
                self.pending[each.delivery.id] = each

    def list_due(self, closed_hosts: Collection[str], limit: int) -> list[Due]:
        with self.changed:
            if self.failures:
                self.failures -= 1
                raise StoreUnavailable("The database rests.")
            due = [Due(name, each.webhook.host) for name, each in self.pending.items()]
        return [each for each in due if each.host not in closed_hosts][:limit]

    def take(self, ids: Sequence[str]) -> list[Parcel]:
        with self.changed:
            return [self.pending.pop(name) for name in ids if name in self.pending]

    def send(self, parcel: Parcel) -> Answer:
        host = parcel.webhook.host
        with self.changed:
            self.sent.append(host)
            self.changed.notify_all()
        if host == "broken":
            raise ZeroDivisionError
        if host in self.stuck:
            self.stuck[host].wait(DEADLINE_SECONDS)
            return Answer(None, "too late", seconds=SLOW_SECONDS)
        return Answer(204, None)

    def settle(self, parcel: Parcel, answer: Answer) -> None:
        with self.changed:
            self.settled.append(parcel.webhook.host)
            self.changed.notify_all()

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        with self.changed:
            assert self.changed.wait_for(is_so, DEADLINE_SECONDS), (self.sent, self.settled)


@pytest.fixture
def sender() -> FakeSender:
    return FakeSender()


@pytest.fixture
def courier(sender: FakeSender) -> Iterator[Courier]:
    courier = Courier(sender, poll_seconds=0.01)
    yield courier
    for event in sender.stuck.values():
        event.set()
    courier.stop()


def test_everything_due_is_sent_and_settled(sender: FakeSender, courier: Courier) -> None:
    sender.add(*["a"] * 10, *["b"] * 10)
    courier.start()
    sender.wait_until(lambda: len(sender.settled) == 20)


def test_what_becomes_due_later_is_seen(sender: FakeSender, courier: Courier) -> None:
    courier.start()
    sender.add("a")
    sender.wait_until(lambda: sender.settled == ["a"])


def test_a_dead_receiver_with_a_long_backlog_does_not_delay_the_others(sender: FakeSender, courier: Courier) -> None:
    sender.stuck["dead"] = threading.Event()
    sender.add(*["dead"] * 300, *["alive"] * 30)
    courier.start()
    sender.wait_until(lambda: sender.settled.count("alive") == 30)
    assert sender.sent.count("dead") == 2


def test_receivers_that_were_slow_get_half_of_the_lanes_at_most(sender: FakeSender, courier: Courier) -> None:
    hosts = [f"slow{number}" for number in range(8)]
    sender.stuck = {host: threading.Event() for host in hosts}
    sender.add(*hosts)
    courier.start()
    sender.wait_until(lambda: len(sender.sent) == 8)
    first_round, again = sender.stuck, {host: threading.Event() for host in hosts}
    sender.stuck = again
    for event in first_round.values():
        event.set()
    sender.wait_until(lambda: len(sender.settled) == 8)
    sender.add(*hosts, *["alive"] * 20)
    sender.wait_until(lambda: sender.settled.count("alive") == 20)
    assert len(sender.sent) == 8 + 4 + 20


def test_a_database_that_is_away_for_a_while_ends_nothing(sender: FakeSender, courier: Courier) -> None:
    sender.failures = 3
    sender.add("a")
    courier.start()
    sender.wait_until(lambda: sender.settled == ["a"])


def test_an_error_in_one_message_leaves_its_lane(sender: FakeSender, courier: Courier) -> None:
    sender.add(*["broken"] * 5)
    courier.start()
    sender.wait_until(lambda: len(sender.settled) == 5)


def test_what_could_not_be_written_down_is_written_down_later(
    sender: FakeSender, courier: Courier, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle, failures = sender.settle, [StoreUnavailable("The database rests."), None]

    def fail_once(parcel: Parcel, answer: Answer) -> None:
        failure = failures.pop(0)
        if failure is not None:
            raise failure
        settle(parcel, answer)

    monkeypatch.setattr(sender, "settle", fail_once)
    sender.add("a")
    courier.start()
    sender.wait_until(lambda: sender.settled == ["a"])
    assert sender.sent == ["a"]


def test_stopping_waits_for_what_is_under_way_and_begins_nothing_more(sender: FakeSender) -> None:
    ended: list[Any] = []
    courier = Courier(sender, lambda: ended.append(threading.current_thread().name), poll_seconds=0.01)
    sender.stuck["a"] = threading.Event()
    sender.add("a")
    courier.start()
    sender.wait_until(lambda: sender.sent == ["a"])
    stopping = threading.Thread(target=courier.stop)
    stopping.start()
    assert courier._is_stopping.wait(DEADLINE_SECONDS)
    sender.add("b")
    sender.stuck["a"].set()
    stopping.join(DEADLINE_SECONDS)
    assert (sender.settled, ended) == (["a"], ["courier"])


def test_a_courier_that_never_started_can_be_stopped(sender: FakeSender) -> None:
    Courier(sender).stop()


def test_lanes_close_when_full_and_open_when_left() -> None:
    lanes = Lanes(total=3, per_host=2)
    for host in ("a", "a"):
        assert lanes.has_room(host)
        lanes.enter(host)
    assert (lanes.closed_hosts(), lanes.free) == ({"a"}, 1)
    lanes.enter("b")
    assert not lanes.has_room("c")
    lanes.leave("a", 0.1)
    assert lanes.has_room("a")
    assert lanes.has_room("c")


def test_a_slow_host_has_one_lane_until_it_is_fast_again() -> None:
    lanes = Lanes(total=8, per_host=2)
    lanes.enter("a")
    lanes.leave("a", SLOW_SECONDS)
    lanes.enter("a")
    assert lanes.closed_hosts() == {"a"}
    lanes.leave("a", 0.1)
    lanes.enter("a")
    assert lanes.closed_hosts() == set()


def test_a_plan_does_not_change_the_lanes() -> None:
    lanes = Lanes()
    planned = lanes.copy()
    planned.enter("a")
    assert (lanes.under_way, planned.under_way) == (0, 1)
    assert replace(lanes).free == 8
