"""A worker of the Celery peer: stages that do nothing but note when they ran. Set by its environment."""

from __future__ import annotations

import json
import os
import time

from redis import Redis

from bench import celery_app

_socket_path = os.environ[celery_app.SOCKET_VARIABLE]
_redis = Redis(unix_socket_path=_socket_path)

app = celery_app.make_app(_socket_path, celery_app.RESULTS_VARIABLE in os.environ)
app.conf.task_acks_late = celery_app.ACKS_LATE_VARIABLE in os.environ


def run_stage(times: list[list[float]]) -> list[list[float]]:
    """Adds when this stage began and ended, in seconds of CLOCK_MONOTONIC."""
    start = time.monotonic()
    return [*times, [start, time.monotonic()]]


def run_last_stage(times: list[list[float]]) -> None:
    """Hands the times of the job to the benchmark."""
    _redis.rpush(celery_app.DONE_LIST, json.dumps(run_stage(times)))


app.task(run_stage, name=celery_app.STAGE)
app.task(run_last_stage, name=celery_app.LAST_STAGE)
