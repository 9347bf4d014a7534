"""The command line and a server: the same words, lists and rail as on one computer."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from soundstage.cli.app import main

PIPELINES = Path(__file__).parent
COMMAND = Path(sys.executable).with_name("soundstage")
PASSWORD = "lantern ferry gravel moth"
USER = "ann_of_the_desk"
HASHING = {"SOUNDSTAGE_PASSWORD_HASHING": "insecure_for_tests"}


@dataclass
class Said:
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


class Desk:
    """A person at another computer: a folder of their own, no home of Soundstage, and a server far away."""

    def __init__(
        self, folder: Path, server_home: Path, start: Callable[..., Any], capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder = folder
        self._capsys = capsys
        self.server_home = server_home
        self._start = start
        with socket.create_server(("127.0.0.1", 0)) as found:
            self.port = str(found.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self.server: Any = None
        self._started: list[subprocess.Popen[str]] = []

    def open_server(self) -> None:
        files = os.pathsep.join(str(PIPELINES / name) for name in ("gated_pipeline.py", "paper_pipeline.py"))
        self.server = self._start(
            self.server_home, port=self.port, pipeline_files=files, password_hashing="insecure_for_tests"
        )

    def log_in(self) -> None:
        (self.folder / "password").write_text(PASSWORD)
        words = [
            "user",
            "create-admin",
            "--email",
            "ann@example.com",
            "--username",
            USER,
            "--password-file",
            "password",
        ]
        assert self.say(*words, SOUNDSTAGE_HOME=str(self.server_home), **HASHING).code == 0
        assert self.say("login", self.url, "--user", USER, "--password-file", "password").code == 0

    def environment(self, **variables: str) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if not name.startswith("SOUNDSTAGE_")}
        return {
            **ours,
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "SOUNDSTAGE_HOME": str(self.folder / "no home here"),
            **variables,
        }

    def start(self, *words: str) -> subprocess.Popen[str]:
        """A command in a process of its own."""
        process = subprocess.Popen(
            [COMMAND, *words],
            cwd=self.folder,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self._started.append(process)
        return process

    def say(self, *words: str, **variables: str) -> Said:
        """A command in this process, which is quicker."""
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.folder)
            for name in set(os.environ) - set(self.environment()):
                patch.delenv(name)
            for name, value in self.environment(**variables).items():
                patch.setenv(name, value)
            code = main(words)
        printed = self._capsys.readouterr()
        return Said(code, printed.out, printed.err)

    def there(self, *words: str) -> Said:
        """At the server, with the login that is kept."""
        return self.say("--server", self.url, *words)

    def end_all(self) -> None:
        for process in self._started:
            process.kill()
            process.communicate()


def finished(process: subprocess.Popen[str]) -> Said:
    """Reads on behind the lines that were read before: `communicate` would lose what came with them."""
    assert process.stdout is not None
    assert process.stderr is not None
    out, err = process.stdout.read(), process.stderr.read()
    return Said(process.wait(timeout=60), out, err)


@pytest.fixture
def desk(tmp_path: Path, start: Callable[..., Any], capsys: pytest.CaptureFixture[str]) -> Iterator[Desk]:
    (tmp_path / "desk").mkdir()
    made = Desk(tmp_path / "desk", tmp_path / "home", start, capsys)
    made.open_server()
    made.log_in()
    yield made
    made.end_all()


@pytest.mark.slow
def test_a_file_goes_there_a_person_answers_and_the_result_comes_back(desk: Desk) -> None:
    logins = desk.folder / "config" / "soundstage" / "logins.json"
    assert stat.S_IMODE(logins.stat().st_mode) == 0o600
    assert PASSWORD not in logins.read_text()
    (desk.folder / "note.txt").write_text("hello ")
    ordered = desk.there("run", "paper", "--paper", "note.txt", "--copies", "2", "--detach", "--priority", "high")
    assert (ordered.code, ordered.err) == (0, "")
    job_id = ordered.out.strip()
    watching = desk.start("--server", desk.url, "jobs", "watch", job_id, "--output", "made")
    lines = iter(watching.stdout.readline, "") if watching.stdout else iter(())
    offer = next(line for line in lines if "Is it loud enough?" in line)
    assert f"(soundstage --server {desk.url} jobs answer {job_id} ASK send|stop)" in offer
    answered = desk.there("jobs", "answer", "last", "ASK", "send")
    assert (answered.code, answered.err) == (0, "")
    watched = finished(watching)
    assert (watched.code, watched.err) == (0, "")
    assert "Made 1 file, 12 B" in watched.out
    assert (desk.folder / "made" / "sent.txt").read_text() == "HELLO HELLO "
    job = desk.there("jobs", "show", job_id, "--json").lines[0]
    assert (job["state"], job["priority"], job["params"]["copies"]) == ("succeeded", "high", 2)
    assert job["params"]["paper"].startswith("sha256:")
    assert not (desk.folder / "no home here").exists()


@pytest.mark.slow
def test_lists_and_steering_are_those_of_one_computer(desk: Desk) -> None:
    folder = desk.folder / "gate"
    folder.mkdir()
    job_id = desk.there("run", "gated", "--folder", str(folder), "--detach").out.strip()
    assert desk.there("jobs", "pause", job_id).out.startswith(f"Job {job_id} is paused, ")
    assert desk.there("jobs", "resume", job_id, "--json").lines[0]["state"] in ("queued", "running")
    assert "GATED" in desk.there("jobs", "show", job_id).out
    assert [job["id"] for job in desk.there("jobs", "list", "--json").lines] == [job_id]
    assert job_id in desk.there("jobs", "list", "--state", "running", "--state", "queued").out
    assert desk.there("jobs", "list", "--state", "failed").out == "There is no such job.\n"
    assert desk.there("jobs", "priority", job_id, "urgent").code == 0
    assert f"Job {job_id} is cancelled" in desk.there("jobs", "cancel", job_id).out
    (folder / "open").touch()
    retried = desk.there("jobs", "retry", job_id, "--from", "FIRST", "--watch", "--json")
    assert (retried.code, retried.lines[-1]["job"]["state"]) == (0, "succeeded")
    events = desk.there("jobs", "events", job_id, "--json").lines
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert [event["seq"] for event in desk.there("jobs", "events", job_id, "-f", "--after", "3", "--json").lines] == [
        event["seq"] for event in events[3:]
    ]
    assert "completed" in desk.there("jobs", "attempts", job_id).out
    assert desk.there("jobs", "logs", job_id).code == 0
    assert desk.there("jobs", "save", job_id, "--output", "saved").code == 0
    assert (desk.folder / "saved" / "result.txt").read_text() == "0123456789"
    here = desk.say("pipelines", "gated", SOUNDSTAGE_PIPELINE_FILES=str(PIPELINES / "gated_pipeline.py"))
    assert desk.there("pipelines", "gated").out == here.out
    assert desk.there("engines").out == desk.say("engines").out
    assert desk.there("voices", "--language", "en").out == desk.say("voices", "--language", "en").out
    assert desk.there("jobs", "delete", job_id).out == f"Deleted job {job_id}.\n"
    gone = desk.there("jobs", "show", job_id)
    assert (gone.code, gone.err.split()[0]) == (4, "job_not_found")


@pytest.mark.slow
def test_an_administrator_steers_the_queues_of_a_server(desk: Desk) -> None:
    paused = desk.there("queues", "pause", "cpu", "--reason", "A new card")
    assert (paused.code, paused.err) == (0, "")
    folder = desk.folder / "gate"
    folder.mkdir()
    (folder / "open").touch()
    job_id = desk.there("run", "gated", "--folder", str(folder), "--detach").out.strip()
    cpu = next(queue for queue in desk.there("queues", "list", "--json").lines if queue["name"] == "cpu")
    assert (cpu["state"], cpu["ready_parts"], cpu["workers"]) == ("paused", 1, 2)
    assert (cpu["paused_by"], cpu["reason"]) == (USER, "A new card")
    assert "An administrator has paused the queue cpu" in desk.there("jobs", "show", job_id).out
    assert desk.there("queues", "list").out == desk.say("queues", "list", SOUNDSTAGE_HOME=str(desk.server_home)).out
    assert desk.there("queues", "resume", "cpu").code == 0
    assert desk.there("jobs", "watch", job_id).code == 0


@pytest.mark.slow
def test_ctrl_c_leaves_the_job_running_and_a_killed_server_is_waited_for(
    desk: Desk, eventually: Callable[[Callable[[], object], str], None]
) -> None:
    folder = desk.folder / "gate"
    folder.mkdir()
    ledger = folder / "ledger"
    running = desk.start("--server", desk.url, "run", "gated", "--folder", str(folder))
    assert running.stdout is not None
    assert "job queued" in running.stdout.readline()
    eventually(lambda: ledger.exists() and "GATED" in ledger.read_text(), "the job runs")
    running.send_signal(signal.SIGINT)
    left = finished(running)
    assert (left.code, left.err) == (130, "")
    job = desk.there("jobs", "show", "last", "--json").lines[0]
    assert job["state"] == "running"
    back = f"soundstage --server {desk.url} jobs watch {job['id']}"
    assert left.out.endswith(f"It goes on at the server; come back to it with\n  {back}\n")
    again = desk.start(*back.split()[1:], "--json")
    assert again.stdout is not None
    first = json.loads(again.stdout.readline())
    desk.server.kill()
    desk.open_server()
    (folder / "open").touch()
    ended = finished(again)
    numbers = [first["seq"], *(line["seq"] for line in ended.lines[:-1])]
    assert numbers == list(range(1, len(numbers) + 1))
    assert (ended.code, ended.lines[-1]["job"]["state"]) == (0, "succeeded")
    assert (desk.folder / "out" / job["id"] / "result.txt").read_text() == "0123456789"


@pytest.mark.slow
def test_who_has_no_login_or_a_wrong_key_is_told_what_to_do(desk: Desk) -> None:
    (desk.folder / "key").write_text("sk_wrong")
    by_file = desk.there("--api-key-file", "key", "jobs", "list")
    by_environment = desk.say("jobs", "list", SOUNDSTAGE_SERVER=desk.url, SOUNDSTAGE_API_KEY="sk_wrong")
    for refused in (by_file, by_environment):
        assert refused.code == 1
        assert refused.err.startswith("not_signed_in")
        assert "soundstage login URL" in refused.err
    assert desk.say("jobs", "list", SOUNDSTAGE_SERVER=desk.url).code == 0
    assert desk.say("logout", desk.url).code == 0
    assert desk.there("jobs", "list").code == 1
