"""Metrics of the installation are looked up seldom, and a database that is away is told."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from soundstage.api.operating.installation import InstallationMetrics
from soundstage.core.errors import StoreUnavailable
from soundstage.store.operating import JobCount, Picture, QueueDepth, WorkerCounts


class FakeFacts:
    """Facts that are slow or away when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.elapsed = 0.0
        self.cost_seconds = 0.0
        self.looks = 0
        self.is_away = False
        self.spans: list[tuple[float, float]] = []

    def monotonic(self) -> float:
        return self.elapsed

    def picture(self, silent_after_seconds: float) -> Picture:
        self.looks += 1
        self.elapsed += self.cost_seconds
        if self.is_away:
            raise StoreUnavailable("The database rests.")
        unfinished = [JobCount("speech", "queued", 7)]
        return Picture(unfinished, [QueueDepth("cpu", 7, 2.5)], WorkerCounts(1, 2, 0, 3.0), 4, 1, 4096)

    def ended_between(self, after: float, until: float) -> list[JobCount]:
        self.spans.append((after, until))
        return [JobCount("speech", "succeeded", 2)]


def told(installation: InstallationMetrics) -> dict[str, float]:
    registry = CollectorRegistry()
    registry.register(installation)
    families = text_string_to_metric_families(generate_latest(registry).decode())
    return {sample.name: sample.value for family in families for sample in family.samples}


def test_the_picture_becomes_numbers() -> None:
    facts = FakeFacts()
    found = told(InstallationMetrics(facts, lambda: 123, 15.0, facts.monotonic))
    assert found["soundstage_jobs"] == 7
    assert found["soundstage_ready_parts"] == 7
    assert found["soundstage_oldest_ready_part_seconds"] == 2.5
    assert found["soundstage_disk_free_bytes"] == 123
    assert found["soundstage_database_up"] == 1


def test_many_looks_in_a_few_seconds_ask_the_database_once() -> None:
    facts = FakeFacts()
    installation = InstallationMetrics(facts, lambda: 1, 15.0, facts.monotonic)
    for _ in range(3):
        told(installation)
    assert facts.looks == 1
    facts.elapsed += 5.1
    told(installation)
    assert facts.looks == 2


def test_a_look_that_was_slow_is_good_for_longer() -> None:
    facts = FakeFacts()
    facts.cost_seconds = 1.0
    installation = InstallationMetrics(facts, lambda: 1, 15.0, facts.monotonic)
    told(installation)
    facts.elapsed += 49.0
    told(installation)
    assert facts.looks == 1


def test_ended_jobs_are_counted_from_look_to_look() -> None:
    facts = FakeFacts()
    installation = InstallationMetrics(facts, lambda: 1, 15.0, facts.monotonic)
    assert "soundstage_jobs_ended_total" not in told(installation)
    for _ in range(2):
        facts.now += 10
        facts.elapsed += 10
        found = told(installation)
    assert facts.spans == [(1000.0, 1005.0), (1005.0, 1015.0)]
    assert found["soundstage_jobs_ended_total"] == 4


def test_a_database_that_is_away_is_told_and_asked_again() -> None:
    facts = FakeFacts()
    facts.is_away = True
    installation = InstallationMetrics(facts, lambda: 1, 15.0, facts.monotonic)
    found = told(installation)
    assert found["soundstage_database_up"] == 0
    assert "soundstage_jobs" not in found
    facts.is_away = False
    facts.elapsed += 6
    assert told(installation)["soundstage_jobs"] == 7
