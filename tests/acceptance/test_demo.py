"""The main job on the bundled portrait, with real engines: it survives kills, and its video can be played."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from soundstage.media.probe import probe

EXAMPLES = Path(__file__).parents[2] / "examples"
SCRIPT = "Nothing that was finished is lost. " * 5
SMALL = ["--param", "width=256", "--param", "height=256", "--param", "fps=20"]


def soundstage(folder: Path, *arguments: str, crash_at: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SOUNDSTAGE_HOME": str(folder / "home")}
    if crash_at:
        environment |= {"SOUNDSTAGE_CRASH_AT": crash_at, "SOUNDSTAGE_CRASH_MARK": str(folder / "crashed")}
    return subprocess.run(
        [str(Path(sys.executable).with_name("soundstage")), *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def make_video(folder: Path, crash_at: str = "") -> subprocess.CompletedProcess[str]:
    given = ["--param", f"portrait={EXAMPLES / 'portrait.jpg'}", "--param", f"script={SCRIPT}"]
    return soundstage(folder, "run", "full_pipeline", *given, *SMALL, "--output", "made", crash_at=crash_at)


def attempts_of_only_job(folder: Path) -> list[dict[str, Any]]:
    (job,) = (json.loads(line) for line in soundstage(folder, "jobs", "list", "--json").stdout.splitlines())
    told = soundstage(folder, "jobs", "attempts", job["id"], "--json").stdout
    return [json.loads(line) for line in told.splitlines()]


@pytest.mark.slow
@pytest.mark.parametrize("crash_at", ["commit.checkpoint.after:2", "commit.complete.before:6", "spawn.after:2"])
def test_a_video_whose_making_was_killed_is_finished_without_repeating_a_stage(crash_at: str, tmp_path: Path) -> None:
    done = make_video(tmp_path, crash_at)
    assert (tmp_path / "crashed").exists()
    if done.returncode == -9:
        done = make_video(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    completed = Counter(a["part_id"] for a in attempts_of_only_job(tmp_path) if a["result"] == "completed")
    assert set(completed.values()) == {1}
    assert len(completed) == 7

    video = probe(tmp_path / "made" / "video.mp4")
    assert video.video is not None
    assert video.audio is not None
    assert (video.video.width, video.video.height, video.video.codec) == (256, 256, "h264")
    assert (video.audio.codec, video.audio.rate_hz) == ("aac", 48_000)
    assert video.duration_seconds > 9
