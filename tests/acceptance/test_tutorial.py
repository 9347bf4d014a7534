"""X4: the pipeline of the tutorial, outside the package, gets command, API, progress and resume."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import wave
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from soundstage.core.states import JobState
from soundstage.pipelines.files import load_pipeline_file
from soundstage.testing.context import FakeStore, run_pipeline
from soundstage.testing.engines import FakeSpeechEngine

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial"
LINES = ["Doors open.", "Mind the gap.", "Doors close."]


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder with nothing of ours but the file that the tutorial says to save."""
    (tmp_path / "announcements.py").write_text((TUTORIAL / "announcements.py").read_text())
    return tmp_path


def run_outside(folder: Path, *arguments: str, crash_at: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SOUNDSTAGE_HOME": str(folder / "home")}
    if crash_at:
        environment |= {"SOUNDSTAGE_CRASH_AT": crash_at, "SOUNDSTAGE_CRASH_MARK": str(folder / "crashed")}
    return subprocess.run(
        [str(Path(sys.executable).with_name("soundstage")), *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def order(lines: list[str]) -> list[str]:
    asked = ["--param", f"lines={json.dumps(lines)}", "--output", "made"]
    return ["run", "announcements", "--pipelines", "announcements.py", *asked]


def json_lines(done: subprocess.CompletedProcess[str]) -> list[Any]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_page_shows_the_file_that_is_tested() -> None:
    page = (TUTORIAL / "first-pipeline.md").read_text(encoding="utf-8")
    shown = re.search(r"<!-- file: announcements.py -->\n```python\n(.*?)```", page, re.DOTALL)
    assert shown is not None
    assert shown[1] == (TUTORIAL / "announcements.py").read_text(encoding="utf-8")


def test_it_is_short() -> None:
    assert len((TUTORIAL / "announcements.py").read_text(encoding="utf-8").splitlines()) <= 40


def test_its_stages_run_on_fake_engines_without_a_server(tmp_path: Path) -> None:
    (pipeline,) = load_pipeline_file(TUTORIAL / "announcements.py")
    store = FakeStore(tmp_path)
    outputs = run_pipeline(pipeline, {"lines": LINES}, store, engines=[FakeSpeechEngine()])
    assert len(outputs["SPEAK"]) == len(LINES)
    assert outputs["JOIN"][0].file("announcements.wav").stat().st_size > 1000


def test_the_command_runs_it_from_another_folder(outside: Path) -> None:
    done = run_outside(outside, *order(LINES))
    assert done.returncode == 0, done.stdout + done.stderr
    with wave.open(str(outside / "made" / "announcements.wav")) as made:
        assert made.getnframes() / made.getframerate() > 2 * 0.8 + len(LINES) * 0.3


def test_an_empty_list_is_refused_with_the_name_of_the_parameter(outside: Path) -> None:
    done = run_outside(outside, *order([]))
    assert done.returncode == 2
    assert "lines" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_after_a_kill_it_goes_on_and_speaks_no_finished_line_again(outside: Path) -> None:
    killed = run_outside(outside, *order(LINES), crash_at="commit.complete.after:2")
    assert (outside / "crashed").exists()
    done = killed if killed.returncode == 0 else run_outside(outside, *order(LINES))
    assert done.returncode == 0, done.stdout + done.stderr
    (job,) = json_lines(run_outside(outside, "jobs", "list", "--json"))
    assert job["state"] == JobState.SUCCEEDED
    attempts = json_lines(run_outside(outside, "jobs", "attempts", job["id"], "--json"))
    completed = Counter(a["part_id"] for a in attempts if a["result"] == "completed")
    assert set(completed.values()) == {1}
