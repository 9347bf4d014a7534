"""How soon a fact that a worker committed is seen by those who follow, and what they cost the server."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import random
import re
import tempfile
import time
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx
import uvloop

from bench.followers import TRANSPORTS, Address, Follow, Follower, over_sse
from bench.pipelines import LIVE_STAGES
from bench.report import Section, Verdict, at_most, percentile, progress
from bench.server import make_key, serve

NAME = "live"
SUBSCRIBERS: Mapping[int, Mapping[int, float]] = {1: {50: 2.0, 99: 10.0}, 200: {50: 10.0, 99: 50.0}}
"""How many at once; of each the percentiles and their limits, in milliseconds."""
SETTLING_SECONDS = 0.5
LOOK_SECONDS, QUIET_SHARE = 0.25, 0.1
STORM, QUICK_STORM = 1_000, 100
STALLED, HEALTHY = 200, 20
COME_BACK_SECONDS = 1.0, 10.0
"""What the server's `retry:` asks of readers that lost it."""
COLUMNS = ("figure", "p50, ms", "p99, ms")

Result = TypeVar("Result")


@dataclass
class Studio:
    """A running server and one who has signed in."""

    pid: int
    address: Address
    folder: Path

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.address.url, headers=self.address.bearer, timeout=60)

    def cpu_seconds(self) -> float:
        """What the server has used; man 5 proc, /proc/pid/stat, fields 14 and 15."""
        fields = Path("/proc", str(self.pid), "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return sum(int(ticks) for ticks in fields[11:13]) / os.sysconf("SC_CLK_TCK")

    def rss_kib(self) -> int:
        status = Path("/proc", str(self.pid), "status").read_text(encoding="ascii")
        return int(re.findall(r"VmRSS:\s+(\d+)", status)[0])


def run(quick: bool) -> Section:
    clients = QUICK_STORM if quick else STORM
    with _studio() as studio:
        latencies = {
            (transport, count): _latencies(studio, transport, count)
            for transport in TRANSPORTS
            for count in SUBSCRIBERS
        }
        calm = _latencies(studio, "SSE", HEALTHY)
        storm = _run(_storm(studio, clients))
        beside, stalled_kib = _latencies_beside_stalled(studio)
    rows = [
        *(_row(_title(transport, count), values) for (transport, count), values in latencies.items()),
        _row(_title("SSE", HEALTHY), calm),
        _row(f"{_title('SSE', HEALTHY)}, beside {STALLED} that never read", beside),
        _row(f"another request while {clients} clients come back", storm.answers),
    ]
    note = (
        "From the first line of a stage, in a worker, until a client has read the fact that announced it, which was "
        f"committed just before: a job of {LIVE_STAGES} stages. One client more over SSE costs {storm.kib:.0f} KiB "
        f"of the server's memory, one that never reads {stalled_kib:.0f} KiB. {storm.refused} of the clients that came "
        "back, within the seconds that the server names, were refused."
    )
    verdicts = [
        *(
            verdict
            for (transport, count), values in latencies.items()
            for verdict in _in_time(transport, count, values)
        ),
        *_verdicts(calm, beside, stalled_kib, storm),
    ]
    return Section(NAME, "Live events", COLUMNS, rows, note, verdicts)


@dataclass
class Storm:
    answers: list[float]
    kib: float
    refused: int


def _in_time(transport: str, count: int, values: list[float]) -> Iterator[Verdict]:
    for percent, limit in SUBSCRIBERS[count].items():
        figure = f"event latency, {_title(transport, count)}, p{percent}"
        yield at_most(figure, [percentile(values, percent)], limit, "ms")


def _verdicts(calm: list[float], beside: list[float], stalled_kib: float, storm: Storm) -> list[Verdict]:
    ratio = percentile(beside, 99) / percentile(calm, 99)
    return [
        at_most("p99 beside 200 stalled clients, of that without", [ratio], 2.0, "times"),
        at_most("memory of a stalled client", [stalled_kib], 1024.0, "KiB"),
        at_most("memory of a client over SSE", [storm.kib], 20.0, "KiB"),
        at_most("request during a reconnect storm, p99", [percentile(storm.answers, 99)], 1000.0, "ms"),
    ]


def _title(transport: str, count: int) -> str:
    return f"{transport}, {count} subscriber{'s' if count > 1 else ''}"


def _row(figure: str, values: list[float]) -> tuple[str, ...]:
    return figure, f"{percentile(values, 50):.1f}", f"{percentile(values, 99):.1f}"


@contextmanager
def _studio() -> Iterator[Studio]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        home = Path(folder, "home")
        key = make_key(home)
        with serve(home) as server:
            server.await_health()
            yield Studio(server.process.pid, Address(server.port, key), Path(folder))


def _run(work: Coroutine[Any, Any, Result]) -> Result:
    """On the quickest loop there is: what clients take is taken from the server that is measured."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


def _latencies(studio: Studio, transport: str, count: int) -> list[float]:
    progress(f"{NAME}: {_title(transport, count)}")
    return _run(_measure(studio, TRANSPORTS[transport], count))


async def _measure(studio: Studio, follow: Follow, count: int) -> list[float]:
    """Milliseconds, of each stage and each follower."""
    with tempfile.NamedTemporaryFile(dir=studio.folder) as gate, studio.client() as client:
        fcntl.flock(gate, fcntl.LOCK_EX)
        job_id = _order(client, gate.name)
        followers = [await follow(studio.address, job_id) for _ in range(count)]
        await asyncio.sleep(SETTLING_SECONDS)
        fcntl.flock(gate, fcntl.LOCK_UN)
        for follower in followers:
            await follower.ended.wait()
            follower.close()
        stages = client.get(f"/api/jobs/{job_id}").json()["stages"][1:]
    starts = {stage["key"]: stage["values"]["start"] for stage in stages}
    return [(follower.seen[key] - start) * 1000 for follower in followers for key, start in starts.items()]


def _order(client: httpx.Client, gate: str, pipeline: str = "bench_live") -> str:
    wish = {"pipeline": pipeline, "params": {"bell": f"{gate}-nobody", "gate": gate}}
    answer = client.post("/api/jobs", json=wish)
    answer.raise_for_status()
    return str(answer.json()["id"])


def _latencies_beside_stalled(studio: Studio) -> tuple[list[float], float]:
    """The latencies, and how much the server grew for each client that never reads."""
    before = studio.rss_kib()

    async def measure() -> tuple[list[float], float]:
        with studio.client() as client:
            job_id = _order(client, "", "bench_flood")
            await (await over_sse(studio.address, job_id)).ended.wait()
            stalled = [await _stalled(studio, job_id) for _ in range(STALLED)]
            await _until_quiet(studio)
            values = await _measure(studio, over_sse, HEALTHY)
            grown = (studio.rss_kib() - before) / STALLED
            for follower in stalled:
                follower.close()
        return values, grown

    progress(f"{NAME}: {HEALTHY} subscribers beside {STALLED} stalled ones")
    return _run(measure())


async def _stalled(studio: Studio, job_id: str) -> Follower:
    follower = await over_sse(studio.address, job_id)
    follower.transport.pause_reading()
    return follower


async def _until_quiet(studio: Studio) -> None:
    """Until the server has filled the buffers of all that do not read."""
    used, now = 0.0, studio.cpu_seconds()
    while now - used > QUIET_SHARE * LOOK_SECONDS:
        await asyncio.sleep(LOOK_SECONDS)
        used, now = now, studio.cpu_seconds()


async def _storm(studio: Studio, clients: int) -> Storm:
    """All come back as they were asked to; meanwhile another asks for something else, again and again."""
    progress(f"{NAME}: {clients} clients come back")
    with studio.client() as client, tempfile.NamedTemporaryFile(dir=studio.folder) as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        job_id = _order(client, gate.name)
        first = await over_sse(studio.address, job_id)
        before = studio.rss_kib()
        async with _asking(studio) as answers:
            coming = (_come_back(studio, job_id) for _ in range(clients))
            came = await asyncio.gather(*coming, return_exceptions=True)
        followers = [follower for follower in came if isinstance(follower, Follower)]
        kib = (studio.rss_kib() - before) / max(1, len(followers))
        for follower in (first, *followers):
            follower.close()
        client.post(f"/api/jobs/{job_id}/cancel")
    return Storm(answers, kib, clients - len(followers))


async def _come_back(studio: Studio, job_id: str) -> Follower:
    await asyncio.sleep(random.uniform(*COME_BACK_SECONDS))
    return await over_sse(studio.address, job_id)


@asynccontextmanager
async def _asking(studio: Studio) -> AsyncIterator[list[float]]:
    """Milliseconds of each answer to a list of jobs."""
    answers: list[float] = []

    async def ask() -> None:
        address = studio.address
        async with httpx.AsyncClient(base_url=address.url, headers=address.bearer, timeout=60) as client:
            while True:
                begun = time.monotonic()
                await client.get("/api/jobs", params={"limit": 1})
                answers.append((time.monotonic() - begun) * 1000)

    task = asyncio.create_task(ask())
    try:
        yield answers
        await asyncio.sleep(0.1)
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
