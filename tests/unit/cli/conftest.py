"""Pictures of jobs in every state, a home of its own for each test, and the command line as a function."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from soundstage.cli.app import main
from soundstage.core.job import ErrorView, JobView, PartView, StageView, WaitView
from soundstage.core.states import JobState, PartState, Priority, StageKind, WaitKind

NOW = 1000.0
JOB_ID = "job_06fk3m8q2v9xw4t7rjzc5n1abd"
STAGES = (
    ("SETUP", "Checking the portrait and the audio", 20),
    ("INFERENCE", "Animating the portrait", 50),
    ("POST_PROCESS", "Joining picture and sound", 15),
    ("UPLOADING", "Saving the video", 15),
)

PIPELINES = """
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from soundstage import Done, FileInput, Pipeline, Stage, StageContext


class Params(BaseModel):
    word: str = Field(min_length=2, max_length=20, description="A word")
    count: int = Field(3, ge=1, description="How often")
    loud: bool = False
    mode: Literal["a", "b"] = "a"
    extra: dict[str, int] | None = None
    paper: Annotated[str, FileInput(accept=("text", "image"))] | None = None


def work(ctx: StageContext[Params]) -> Done:
    return Done()


words = Pipeline(
    kind="words",
    params=Params,
    description="Says a word.",
    stages=[Stage("LISTEN", work, 40), Stage("SPEAK", work, 60, label="Speaking")],
)
"""


def part(state: PartState, fraction: float = 0.0, **fields: Any) -> PartView:
    nothing: dict[str, Any] = {
        "id": 1,
        "item_index": None,
        "message": None,
        "attempt": 1,
        "failures": 0,
        "losses": 0,
        "worker_id": None,
        "started_at": None,
        "finished_at": None,
        "wait": None,
        "error": None,
    }
    return PartView(**{**nothing, "state": state, "fraction": fraction, **fields})


def job_of(state: JobState, *parts: Sequence[PartView], remaining_seconds: float | None = None) -> JobView:
    """A talking head whose first stages have the given parts."""
    filled = [*parts, *([] for _ in range(len(STAGES) - len(parts)))]
    stages = [
        StageView(key, label, {}, weight, StageKind.AUTOMATIC, "cpu", own, [], {})
        for (key, label, weight), own in zip(STAGES, filled, strict=True)
    ]
    return JobView(
        id=JOB_ID,
        owner="local",
        pipeline="talking_head",
        version=1,
        state=state,
        priority=Priority.NORMAL,
        params={},
        description="",
        metadata={},
        generation=1,
        last_seq=5,
        created_at=900.0,
        started_at=905.0,
        finished_at=None,
        stages=stages,
        remaining_seconds=remaining_seconds,
    )


def items(done: int, active: int, ready: int) -> list[PartView]:
    return [
        *(part(PartState.COMPLETED, 1.0, id=n, item_index=n, started_at=940.0) for n in range(done)),
        *(
            part(PartState.ACTIVE, 0.4, id=n, item_index=n, started_at=950.0, message="frame 48 of 120")
            for n in range(done, done + active)
        ),
        *(part(PartState.READY, id=n, item_index=n) for n in range(done + active, done + active + ready)),
    ]


def every_state() -> dict[str, JobView]:
    done = [part(PartState.COMPLETED, 1.0, started_at=905.0, finished_at=930.0)]
    choice = WaitView(WaitKind.MANUAL, "Listen to the voice and say whether it fits", ("approve", "again"), None)
    later = WaitView(WaitKind.BACKOFF, "", (), 1004.0)
    looks_again = WaitView(WaitKind.EXTERNAL, "the remote task", (), 1002.0)
    stopped = ErrorView("engine_failed", "The engine stopped with signal 9.")
    no_face = ErrorView("no_face", "No face was found in the portrait.", "Use a portrait that looks at the camera.")
    active = part(PartState.ACTIVE, 0.463, id=2, started_at=968.0, message="frame 210 of 450")
    return {
        "queued": job_of(JobState.QUEUED, [part(PartState.READY)]),
        "running": job_of(JobState.RUNNING, done, [active], remaining_seconds=41.0),
        "items": job_of(JobState.RUNNING, done, items(9, 2, 13), remaining_seconds=130.0),
        "many items": job_of(JobState.RUNNING, done, items(500, 2, 498)),
        "your turn": job_of(JobState.WAITING, done, [part(PartState.WAITING, started_at=968.0, wait=choice)]),
        "trying again": job_of(
            JobState.WAITING, done, [part(PartState.WAITING, 0.3, started_at=968.0, wait=later, error=stopped)]
        ),
        "looking again": job_of(JobState.WAITING, done, [part(PartState.WAITING, 0.3, wait=looks_again)]),
        "failed": job_of(
            JobState.FAILED, done, [part(PartState.FAILED, 0.6, started_at=968.0, finished_at=990.0, error=no_face)]
        ),
        "paused": job_of(JobState.PAUSED, done, [part(PartState.PENDING, 0.6, started_at=968.0)]),
        "succeeded": job_of(JobState.SUCCEEDED, done, done, done, done),
        "cancelled": job_of(
            JobState.CANCELLED, done, [part(PartState.CANCELLED, 0.6, started_at=968.0, finished_at=990.0)]
        ),
    }


@pytest.fixture
def pictures() -> dict[str, JobView]:
    """A job in each state that a person can meet, at the moment 1000."""
    return every_state()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh home with the pipeline `words` in it; the working folder is another one."""
    for name in ("SOUNDSTAGE_DATABASE_URL", "SOUNDSTAGE_PIPELINE_FILES", "SOUNDSTAGE_LOG_LEVEL", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "home"
    (folder / "pipelines").mkdir(parents=True)
    (folder / "pipelines" / "words.py").write_text(PIPELINES, encoding="utf-8")
    monkeypatch.setenv("SOUNDSTAGE_HOME", str(folder))
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    return folder


@dataclass
class Said:
    """What a command returned and printed."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def soundstage(home: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Runs a command in this process, in the fresh home."""

    def run(*words: str) -> Said:
        code = main(words)
        printed = capsys.readouterr()
        return Said(code, printed.out, printed.err)

    return run
