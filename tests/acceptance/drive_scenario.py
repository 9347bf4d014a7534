"""Runs the scenario to its end as a program: orders it, or goes on with it, answers, pauses once and resumes."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

from soundstage.bootstrap.studio import Studio
from soundstage.core.states import JobState, PartState
from soundstage.settings import Settings
from soundstage.store.views import JobFilter
from soundstage.studio.jobs import Order

DEADLINE_SECONDS = 45.0


def main(home: Path) -> int:
    pipeline = Path(__file__).with_name("scenario_pipeline.py")
    settings = Settings(home=home, pipeline_files=str(pipeline), shutdown_grace_seconds=1.0, workers=1)
    studio = Studio(settings)
    studio.own_home()
    studio.start_workers()
    try:
        return 0 if drive(studio, home) is JobState.SUCCEEDED else 1
    finally:
        studio.close()


def drive(studio: Studio, home: Path) -> JobState:
    jobs = studio.jobs
    known = jobs.list_jobs(JobFilter(limit=10))
    order = Order("scenario", {"ledger": str(home / "ledger"), "turns": 8, "turn_seconds": 0.15})
    job_id = known[0].id if known else jobs.create(order)
    paused = home / "paused-once"
    deadline = time.monotonic() + DEADLINE_SECONDS
    while time.monotonic() < deadline:
        job = jobs.get(job_id)
        stages = {stage.key: stage for stage in job.stages}
        if job.state.is_final:
            return job.state
        if job.state is JobState.PAUSED and stages["TURNS"].state is PartState.PENDING:
            jobs.resume(job_id)
        elif stages["ASK"].state is PartState.WAITING:
            jobs.answer(job_id, "ASK", "continue", {}, "somebody")
        elif stages["TURNS"].state is PartState.ACTIVE and not paused.exists():
            jobs.pause(job_id)
            paused.touch()
        threading.Event().wait(0.02)
    raise TimeoutError(f"Job {job_id} did not end.")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
