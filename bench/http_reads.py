"""What it takes to read over HTTP: one job at a steady rate, and lists of a user who has very many."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from bench.http_client import HttpClient, open_loop_ms
from bench.own_studio import CHAIN, GATE, OwnStudio, clone_job, copy_id, own_studio
from bench.report import Section, Verdict, at_most, percentile, progress, spread
from bench.server import make_key, serve
from soundstage.core.states import Priority
from soundstage.studio.access import LOCAL_OWNER
from soundstage.studio.jobs import JobOrder, Order

NAME = "reads"
JOBS, QUICK_JOBS = 100_000, 5_000
RUNS, QUICK_RUNS = 3, 1
PER_SECOND = 50.0
WARM_UP_SECONDS = 2.0
READ_SECONDS, QUICK_READ_SECONDS = 15, 4
ROUNDS, QUICK_ROUNDS = 100, 5
PAGE_JOBS = 50
DEEP_PAGES = 20
FULL = "with all details (`detail=full`)"
COLUMNS = ("asked for", "p50, ms", "p99, ms")
GET_LIMITS_MS = {50: 5.0, 99: 25.0}
LIST_LIMIT_MS = 30.0


@dataclass(frozen=True, slots=True)
class _Kind:
    """Jobs that are alike: how they stand, what was ordered, and how many of each hundred they are."""

    of_hundred: int
    state: str
    description: str
    priority: Priority = Priority.NORMAL
    pipeline: str = CHAIN


KINDS = (
    _Kind(40, "succeeded", "Lesson"),
    _Kind(19, "succeeded", "Chapter", Priority.HIGH),
    _Kind(1, "succeeded", "Lantern", Priority.LOW),
    _Kind(20, "cancelled", "Lesson", pipeline=GATE),
    _Kind(20, "queued", "Chapter", Priority.URGENT),
)


def run(quick: bool) -> Section:
    jobs, repeats, rounds = (QUICK_JOBS, QUICK_RUNS, QUICK_ROUNDS) if quick else (JOBS, RUNS, ROUNDS)
    seconds = QUICK_READ_SECONDS if quick else READ_SECONDS
    with own_studio() as own:
        progress(f"{NAME}: a database of {jobs:,} jobs")
        job_ids = fill(own, jobs)
        home = own.database.parent
        key = make_key(home)
        with serve(home, workers="0") as server:
            server.await_health()
            _read_jobs(server.port, key, job_ids, WARM_UP_SECONDS)
            reads = []
            for number in range(1, repeats + 1):
                progress(f"{NAME}: run {number} of {repeats}: one job at a time for {seconds} s")
                reads.append(_read_jobs(server.port, key, job_ids, seconds))
            progress(f"{NAME}: {rounds} rounds of all lists")
            lists = _read_lists(HttpClient(server.port, key), rounds)
    note = (
        f"{jobs:,} jobs of one user, of {len(KINDS)} kinds, copies of real ones made by SQL; one server process "
        f"without workers, the client in another process, each request with an API key. *One job*: {repeats} runs of "
        f"{seconds} s at {PER_SECOND:.0f} requests a second, at fixed moments whether the ones before were answered or "
        f"not, from that moment to the last byte. *Lists*: {PAGE_JOBS} jobs, one request at a time, {rounds} of each "
        f"filter in each of the {len(JobOrder)} orders, in turn; the row shows the slowest order. The target "
        "is for lists without the details of each job."
    )
    return Section(NAME, "Reading over HTTP", COLUMNS, _rows(reads, lists), note, _verdicts(reads, lists))


def fill(own: OwnStudio, jobs: int) -> list[str]:
    """Makes the jobs and closes the studio. Gives their ids."""
    originals = [_order(own, kind) for kind in KINDS]
    own.bell.close()
    own.studio.close()
    job_ids = []
    for kind, job_id in zip(KINDS, originals, strict=True):
        copies = jobs * kind.of_hundred // 100 - 1
        clone_job(own.database, job_id, copies)
        job_ids += [job_id, *(copy_id(job_id, number) for number in range(1, copies + 1))]
    return job_ids


def _order(own: OwnStudio, kind: _Kind) -> str:
    """A job that stands as its kind says; the queued ones come last, when the workers have gone."""
    if kind.state == "queued":
        own.stop_workers()
    order = Order(kind.pipeline, {"bell": str(own.bell.path)}, LOCAL_OWNER, kind.priority, kind.description)
    if kind.state == "cancelled":
        with own.held_workers():
            job_id = own.studio.jobs.create(order)
            own.studio.jobs.cancel(job_id)
        return job_id
    job_id = own.studio.jobs.create(order)
    if kind.state == "succeeded":
        own.bell.hear()
    return job_id


def _read_jobs(port: int, key: str, job_ids: Sequence[str], seconds: float) -> list[float]:
    paths = [f"/api/jobs/{random.choice(job_ids)}" for _ in range(int(seconds * PER_SECOND))]
    return open_loop_ms(port, key, paths, PER_SECOND)


def _filters() -> Mapping[str, Mapping[str, Sequence[str] | str]]:
    long_ago = (datetime.now(UTC) - timedelta(hours=4)).isoformat()
    return {
        "all": {},
        "state=succeeded": {"state": "succeeded"},
        "state=failed (none)": {"state": "failed"},
        "state=queued, cancelled": {"state": ["queued", "cancelled"]},
        "status=completed": {"status": "completed"},
        "pipeline (a fifth)": {"pipeline": GATE},
        "priority=high, low": {"priority": ["high", "low"]},
        "text (two fifths)": {"text": "CHAPTER"},
        "text (a hundredth)": {"text": "lantern"},
        "text (none)": {"text": "ferry"},
        "created_after": {"created_after": long_ago},
        "created_before": {"created_before": long_ago},
        "all of these": {
            "state": "succeeded",
            "pipeline": CHAIN,
            "priority": "low",
            "text": "lantern",
            "created_before": long_ago,
        },
    }


def _read_lists(client: HttpClient, rounds: int) -> dict[str, dict[JobOrder, list[float]]]:
    """Milliseconds of every answer, by filter and order."""
    with closing(client):
        paths = {
            label: {order: _list_path({**wanted, "sort": order.value}) for order in JobOrder}
            for label, wanted in _filters().items()
        }
        paths[f"page {DEEP_PAGES}"] = {order: _deep_path(client, order) for order in JobOrder}
        paths[FULL] = {order: _list_path({"detail": "full", "sort": order.value}) for order in JobOrder}
        taken_ms: dict[str, dict[JobOrder, list[float]]] = {
            label: {order: [] for order in orders} for label, orders in paths.items()
        }
        for _ in range(rounds):
            for label, orders in paths.items():
                for order, path in orders.items():
                    taken_ms[label][order].append(client.timed_ms(path))
    return taken_ms


def _list_path(query: Mapping[str, Sequence[str] | str]) -> str:
    return f"/api/jobs?{urlencode({'limit': str(PAGE_JOBS), **query}, doseq=True)}"


def _deep_path(client: HttpClient, order: JobOrder) -> str:
    path = _list_path({"sort": order.value})
    for _ in range(DEEP_PAGES - 1):
        path = _list_path({"sort": order.value, "cursor": client.get(path)["next"]})
    return path


def _rows(reads: Sequence[list[float]], lists: Mapping[str, Mapping[JobOrder, list[float]]]) -> list[Sequence[str]]:
    one = ("one job", *(spread([percentile(run, percent) for run in reads]) for percent in (50, 99)))
    return [one, *(_list_row(label, orders) for label, orders in lists.items())]


def _list_row(label: str, orders: Mapping[JobOrder, list[float]]) -> Sequence[str]:
    order, taken_ms = max(orders.items(), key=lambda found: percentile(found[1], 99))
    figures = (spread([percentile(taken_ms, percent)]) for percent in (50, 99))
    return f"list: {label}; sort={order.value}", *figures


def _verdicts(reads: Sequence[list[float]], lists: Mapping[str, Mapping[JobOrder, list[float]]]) -> list[Verdict]:
    single = [
        at_most(f"one job over HTTP, p{percent}", [percentile(run, percent) for run in reads], limit, "ms")
        for percent, limit in GET_LIMITS_MS.items()
    ]
    summaries = [orders for label, orders in lists.items() if label != FULL]
    worst = max(percentile(taken_ms, 99) for orders in summaries for taken_ms in orders.values())
    return [*single, at_most("a list of 50 jobs, worst filter and order, p99", [worst], LIST_LIMIT_MS, "ms")]
