"""X3: every block of the page about HTTP runs, in one shell, against the server that the page itself starts."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from soundstage.media.probe import probe

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "tutorial" / "http.md"
SCRIPT_SECONDS = 15
LIMIT_SECONDS = 240


def blocks() -> list[str]:
    return re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def free_ports(count: int) -> list[int]:
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [listener.getsockname()[1] for listener in listeners]
    for listener in listeners:
        listener.close()
    return ports


def walk(folder: Path) -> subprocess.CompletedProcess[str]:
    """One bash for all blocks, that stops at the first command that fails; nothing of it outlives this."""
    studio, receiver = free_ports(2)
    script = "\n".join(["set -euo pipefail", *blocks()]).replace("8484", str(studio)).replace("9000", str(receiver))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SOUNDSTAGE_")}
    environment |= {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "SOUNDSTAGE_PASSWORD_HASHING": "insecure_for_tests",
    }
    shell = subprocess.Popen(
        ["/bin/bash"],
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        said, _ = shell.communicate(script, timeout=LIMIT_SECONDS)
        return subprocess.CompletedProcess(shell.args, shell.returncode, said)
    finally:
        if shell.returncode != 0:
            os.killpg(shell.pid, signal.SIGKILL)


@pytest.mark.slow
def test_every_block_of_the_page_runs_and_leaves_a_video(tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    done = walk(tmp_path)
    assert done.returncode == 0, done.stdout
    folder = tmp_path / ".walkthrough"

    assert "without a token: 401" in done.stdout
    assert re.search(r"idempotency-replayed: true", done.stdout, re.IGNORECASE)
    assert_numbered_without_gap(done.stdout)
    assert "the rest: 206" in done.stdout

    video = probe(folder / "video.mp4")
    assert video.video is not None
    assert video.audio is not None
    assert (video.video.codec, video.video.width, video.video.height) == ("h264", 320, 320)
    assert video.audio.codec == "aac"
    assert video.duration_seconds > SCRIPT_SECONDS

    heard = json.loads((folder / "heard.json").read_text())
    assert (heard["type"], heard["data"]["pipeline"]) == ("job.succeeded", "text_to_speech")


def assert_numbered_without_gap(said: str) -> None:
    """The first stream tells every fact of the job, the second one all behind the fourth."""
    numbers = [int(number) for number in re.findall(r"^id: (\d+)$", said, re.MULTILINE)]
    last = max(numbers)
    assert last > 10
    assert numbers == [*range(1, last + 1), *range(5, last + 1)]
    assert "event: tick" in said
    assert said.count('data: {"reason": "ended"}') == 2
