"""`soundstage run` as people meet it: real processes that are interrupted, killed, and started beside each other."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

PIPELINE_FILE = Path(__file__).parent / "run_pipeline.py"
PATIENCE_SECONDS = 60.0


@dataclass
class Desk:
    """A home, a working folder, and the commands that were started there."""

    home: Path
    folder: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """A command in a session of its own, as in a terminal."""
        command = [sys.executable, "-c", "import sys; from soundstage.cli.app import main; sys.exit(main())", *words]
        environment = {k: v for k, v in os.environ.items() if not k.startswith("SOUNDSTAGE_")}
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.folder,
            start_new_session=True,
            env={
                **environment,
                "SOUNDSTAGE_HOME": str(self.home),
                "SOUNDSTAGE_PIPELINE_FILES": str(PIPELINE_FILE),
                "SOUNDSTAGE_SHUTDOWN_GRACE_SECONDS": "1",
            },
        )
        self.started.append(process)
        return process

    def start_run(self, *words: str) -> subprocess.Popen[str]:
        return self.start("run", "slow_word", "--folder", str(self.folder), *words)

    def call(self, *words: str) -> tuple[int, str, str]:
        return finished(self.start(*words))

    def job(self, name: str = "last") -> dict[str, Any]:
        code, out, err = self.call("jobs", "show", name, "--json")
        assert code == 0, err
        found: dict[str, Any] = json.loads(out)
        return found

    def ledger(self) -> list[str]:
        path = self.folder / "ledger"
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    def wait_for(self, line: str, times: int = 1) -> None:
        wait_until(lambda: self.ledger().count(line) >= times, f"{line} in the ledger {times} times")

    def let_go(self) -> None:
        (self.folder / "go").touch()


def finished(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=PATIENCE_SECONDS)
    return process.returncode, out, err


def wait_until(condition: Callable[[], bool], what: str) -> None:
    never = threading.Event()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"It never came: {what}."
        never.wait(0.02)


def descendants(pid: int) -> list[int]:
    """The children of a process, and theirs."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = path.read_text(encoding="utf-8").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if words[0] != "Z":
            children.setdefault(int(words[1]), []).append(int(path.parent.name))
    found = list(children.get(pid, ()))
    for child in found:
        found.extend(children.get(child, ()))
    return found


def still_alive(pids: list[int]) -> list[int]:
    return [pid for pid in pids if Path(f"/proc/{pid}").exists()]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "home", tmp_path / "desk")
    made.folder.mkdir()
    yield made
    for process in made.started:
        if process.poll() is None:
            for pid in [*descendants(process.pid), process.pid]:
                os.kill(pid, signal.SIGKILL)
            process.communicate()
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def test_a_run_brings_what_it_made(desk: Desk) -> None:
    desk.let_go()
    code, out, err = finished(desk.start_run())
    assert (code, err) == (0, "")
    job = desk.job()
    made = desk.folder / "out" / job["id"] / "word.txt"
    assert made.read_text(encoding="utf-8") == "hello"
    assert "Made 1 file, 5 B" in out
    assert f"out/{job['id']}/word.txt" in out
    assert desk.ledger() == ["PREPARE hello", "WORK hello", "PUBLISH hello"]


def test_json_tells_every_event_once_and_the_result_at_the_end(desk: Desk) -> None:
    desk.let_go()
    code, out, _ = finished(desk.start_run("--json", "--output", "made"))
    lines = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [line["seq"] for line in lines[:-1]] == list(range(1, len(lines)))
    assert lines[-2]["kind"] == "job.succeeded"
    assert (lines[-1]["type"], lines[-1]["exit_code"]) == ("result", 0)
    assert lines[-1]["files"] == [{"path": "made/word.txt", "size_bytes": 5, "media_type": "text/plain"}]
    assert lines[-1]["job"]["progress"] == 100


@pytest.mark.parametrize("in_child", ["no", "yes"])
def test_ctrl_c_cancels_the_job_and_leaves_no_process(in_child: str, desk: Desk) -> None:
    process = desk.start_run("--in-child", in_child)
    desk.wait_for("WORK hello")
    if in_child == "yes":
        wait_until(lambda: len(descendants(process.pid)) >= 3, "the child of the stage")
    ours = descendants(process.pid)
    os.killpg(process.pid, signal.SIGINT)
    code, out, err = finished(process)
    assert (code, err) == (130, "")
    assert "Cancelled job" in out
    wait_until(lambda: still_alive(ours) == [], "the end of every process of the job")
    assert desk.job()["state"] == "cancelled"


def test_sigterm_leaves_the_job_to_be_continued(desk: Desk) -> None:
    process = desk.start_run()
    desk.wait_for("WORK hello")
    process.terminate()
    code, out, _ = finished(process)
    assert code == 143
    assert "Left job" in out
    assert desk.job()["state"] == "running"
    desk.let_go()
    code, out, _ = finished(desk.start_run())
    assert code == 0
    assert "Going on with" in out
    assert desk.ledger() == ["PREPARE hello", "WORK hello", "WORK hello", "PUBLISH hello"]


def test_keep_makes_ctrl_c_leave_the_job_too(desk: Desk) -> None:
    process = desk.start_run("--keep")
    desk.wait_for("WORK hello")
    os.killpg(process.pid, signal.SIGINT)
    assert finished(process)[0] == 130
    assert desk.job()["state"] == "running"


def test_a_run_after_a_power_cut_goes_on_and_repeats_no_finished_stage(desk: Desk) -> None:
    process = desk.start_run()
    desk.wait_for("WORK hello")
    for pid in [process.pid, *descendants(process.pid)]:
        os.kill(pid, signal.SIGKILL)
    process.communicate()
    desk.let_go()
    code, out, err = finished(desk.start_run())
    assert code == 0, err
    assert f"Going on with {desk.job()['id']} at WORK." in out
    assert desk.ledger() == ["PREPARE hello", "WORK hello", "WORK hello", "PUBLISH hello"]


def test_a_second_run_is_done_by_the_workers_of_the_first(desk: Desk) -> None:
    first = desk.start_run()
    desk.wait_for("WORK hello")
    second = desk.start_run("--word", "world")
    desk.wait_for("WORK world")
    assert descendants(second.pid) == []
    desk.let_go()
    assert finished(first)[0] == 0
    code, out, err = finished(second)
    assert code == 0, err
    assert "Made 1 file" in out
    assert sorted(desk.ledger()).count("PREPARE world") == 1


def test_a_run_goes_on_by_itself_when_the_one_that_did_its_work_leaves(desk: Desk) -> None:
    first = desk.start_run()
    desk.wait_for("WORK hello")
    second = desk.start_run("--word", "world")
    desk.wait_for("WORK world")
    first.terminate()
    assert finished(first)[0] == 143
    desk.wait_for("WORK world", times=2)
    desk.let_go()
    code, _, err = finished(second)
    assert code == 0, err
    assert desk.ledger().count("PREPARE world") == 1


def test_a_run_beside_a_server_is_done_by_the_server(desk: Desk) -> None:
    server = desk.start("serve", "--port", "0", "--workers", "1")
    assert server.stderr is not None
    assert "Soundstage is at http://" in server.stderr.readline()
    process = desk.start_run()
    desk.wait_for("WORK hello")
    assert descendants(process.pid) == []
    desk.let_go()
    assert finished(process)[0] == 0
    server.terminate()
    server.wait(PATIENCE_SECONDS)


def test_a_job_runs_anew_from_an_earlier_stage(desk: Desk) -> None:
    desk.let_go()
    assert finished(desk.start_run())[0] == 0
    assert desk.call("jobs", "retry", "last", "--from", "WORK")[0] == 0
    code, out, err = desk.call("jobs", "watch", "last", "--output", "again")
    assert code == 0, err
    assert "again/word.txt" in out
    assert desk.ledger() == ["PREPARE hello", "WORK hello", "PUBLISH hello", "WORK hello", "PUBLISH hello"]
    assert desk.call("jobs", "retry", "last", "--from", "PUBLISH", "--watch")[0] == 0
    assert desk.ledger()[5:] == ["PUBLISH hello"]


def test_a_job_that_fails_ends_with_1_and_says_how_to_go_on(desk: Desk) -> None:
    desk.let_go()
    code, _, err = finished(desk.start_run("--fails", "true"))
    assert code == 1
    assert "The word hello cannot be said." in err
    assert "Traceback" not in err


def test_a_bad_parameter_ends_with_2_and_names_the_field(desk: Desk) -> None:
    code, _, err = finished(desk.start_run("--word", "x"))
    assert code == 2
    assert "word: String should have at least 2 characters" in err


def test_a_home_that_cannot_be_written_ends_with_6(desk: Desk) -> None:
    desk.home.write_bytes(b"a file where the home should be")
    code, _, err = finished(desk.start_run())
    assert code == 6
    assert err.startswith("home_not_writable")


def test_what_a_job_made_can_be_saved_again_later(desk: Desk) -> None:
    desk.let_go()
    assert finished(desk.start_run())[0] == 0
    code, out, err = desk.call("jobs", "save", "last", "--output", "later")
    assert code == 0, err
    assert (desk.folder / "later" / "word.txt").read_text(encoding="utf-8") == "hello"
    assert "later/word.txt" in out
