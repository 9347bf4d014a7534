"""What the benchmark and the workers of its Celery peer must agree on."""

from __future__ import annotations

from celery import Celery

SOCKET_VARIABLE = "BENCH_REDIS_SOCKET"
RESULTS_VARIABLE = "BENCH_KEEP_RESULTS"
ACKS_LATE_VARIABLE = "BENCH_ACKS_LATE"
DONE_LIST = "bench-done"
STAGE = "run_stage"
LAST_STAGE = "run_last_stage"


def make_app(socket_path: str, keep_results: bool) -> Celery:
    """Celery as it ships, with the Redis behind the socket as its broker and, where asked, its result store."""
    url = f"redis+socket://{socket_path}"
    return Celery("bench", broker=url, backend=url if keep_results else None)
