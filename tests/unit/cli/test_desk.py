"""A server as the place where commands work: what it tells looks as it does on one computer, and so do its errors."""

from __future__ import annotations

import fcntl
import stat
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from soundstage import client
from soundstage.api.jobs.pictures import attempt_out, event_out, job_out, log_line_out, tick_out
from soundstage.cli.desk import views
from soundstage.cli.desk.remote import command_for, translated
from soundstage.cli.exits import Exit, exit_of_error
from soundstage.cli.logins import FileTokens, logins_path
from soundstage.cli.rail import Rail
from soundstage.core.errors import NotFound, NotSignedIn, ServerUnavailable, SoundstageError
from soundstage.core.events import Event, EventKind, Tick
from soundstage.core.job import ArtifactView, AttemptView, ErrorView, JobView
from soundstage.store.views import LogLine

NOW = 1000.0
SERVER = "https://studio.example.com"
Soundstage = Callable[..., Any]


def drawn(job: JobView) -> str:
    file = StringIO()
    Console(file=file, width=80).print(Rail(job, NOW))
    return file.getvalue()


def told(job: JobView) -> JobView:
    """As it arrives at the other end of the API."""
    return views.job_view(client.JobData.model_validate_json(job_out(job, ["en"]).model_dump_json()))


def in_whole_percent(job: JobView) -> JobView:
    """As exact as the API tells it."""
    stages = [
        replace(stage, parts=[replace(part, fraction=int(part.fraction * 100) / 100) for part in stage.parts])
        for stage in job.stages
    ]
    return replace(job, stages=stages)


def test_the_rail_of_a_servers_job_is_the_rail_of_a_job_here(pictures: dict[str, JobView]) -> None:
    for name, job in pictures.items():
        assert drawn(told(job)) == drawn(in_whole_percent(job)), name


def test_what_a_server_tells_of_a_job_is_all_that_commands_show(pictures: dict[str, JobView]) -> None:
    job = pictures["succeeded"]
    left = ArtifactView("a b.txt", "a" * 64, 5, "text/plain", job.stages[-1].parts[0].id, 7.0)
    stages = [*job.stages[:-1], replace(job.stages[-1], artifacts=[left], values={"words": 3})]
    arrived = told(replace(job, stages=stages, params={"text": "x"}))
    assert arrived.stages[-1].artifacts == [left]
    assert arrived.stages[-1].values == {"words": 3}
    assert (arrived.params, arrived.description, arrived.last_seq) == ({"text": "x"}, job.description, job.last_seq)
    assert (arrived.created_at, arrived.finished_at) == (job.created_at, job.finished_at)


def test_events_ticks_attempts_and_lines_are_the_same_values_again() -> None:
    event = Event("j", 3, EventKind.PART_FAILED, 5.5, "A", {"part": 1})
    assert views.event_of("j", client.Event.model_validate_json(event_out(event).model_dump_json())) == event
    tick = Tick("j", 1, 2, 0.25, "half of half", "A", 4)
    assert views.tick_of("j", client.Tick.model_validate_json(tick_out(tick).model_dump_json())) == tick
    attempt = AttemptView(1, "A", 4, 2, "w", 1.5, 2.5, "failed", ErrorView("stage_failed", "It broke.", "Try."))
    assert views.attempt_view(client.Attempt.model_validate_json(attempt_out(attempt).model_dump_json())) == attempt
    line = LogLine(9, "A", 1, 3.5, "hello")
    assert views.log_line_of(client.LogLine.model_validate_json(log_line_out(line).model_dump_json())) == line


@pytest.mark.parametrize(
    ("error", "expected", "code", "exit_code"),
    [
        (client.NotFound(404, "job_not_found", "No job."), NotFound, "job_not_found", Exit.NOT_FOUND),
        (client.BadInput(422, "bad_parameters", "Wrong."), SoundstageError, "bad_parameters", Exit.BAD_INPUT),
        (client.Conflict(409, "conflict", "No."), SoundstageError, "conflict", Exit.CONFLICT),
        (client.Unavailable(503, "store_unavailable", "No."), SoundstageError, "store_unavailable", Exit.ENVIRONMENT),
        (client.ConnectionLost("Away."), ServerUnavailable, "server_unavailable", Exit.ENVIRONMENT),
        (client.NotSignedIn(401, "not_signed_in", "Who?"), NotSignedIn, "not_signed_in", Exit.FAILED),
        (client.ApiError(500, "internal", "Oh."), SoundstageError, "internal", Exit.FAILED),
        (client.DamagedDownload("Other bytes."), SoundstageError, "internal", Exit.FAILED),
    ],
)
def test_an_error_of_the_server_ends_a_command_as_one_of_here(
    error: client.ClientError, expected: type[SoundstageError], code: str, exit_code: Exit
) -> None:
    with pytest.raises(expected) as caught, translated():
        raise error
    assert (caught.value.code, exit_of_error(type(caught.value))) == (code, exit_code)
    assert caught.value.message in str(error)


def test_commands_name_the_server_only_where_the_environment_does_not() -> None:
    assert command_for(SERVER, is_named=True) == f"soundstage --server {SERVER}"
    assert command_for(SERVER, is_named=False) == "soundstage"
    assert command_for("http://a b", is_named=True) == "soundstage --server 'http://a b'"


@pytest.fixture
def logins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return logins_path()


def test_logins_are_kept_for_each_server_and_for_nobody_else_to_read(logins: Path) -> None:
    first, second = FileTokens(logins, SERVER + "/"), FileTokens(logins, "http://127.0.0.1:8484")
    assert first.load() is None
    first.save(client.Tokens(access_token="a", refresh_token="b"))
    second.save(client.Tokens(access_token="c", refresh_token="d"))
    assert FileTokens(logins, SERVER).load() == client.Tokens(access_token="a", refresh_token="b")
    assert stat.S_IMODE(logins.stat().st_mode) == 0o600
    assert stat.S_IMODE(logins.parent.stat().st_mode) == 0o700
    first.save(None)
    assert (first.load(), second.load()) == (None, client.Tokens(access_token="c", refresh_token="d"))
    assert [path.name for path in logins.parent.iterdir()] == ["logins.json"]


def test_one_command_renews_at_a_time(logins: Path) -> None:
    with (
        FileTokens(logins, SERVER).alone(),
        logins.with_suffix(".lock").open() as lock,
        pytest.raises(BlockingIOError),
    ):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"x": 1}'])
def test_a_file_of_logins_that_cannot_be_read_is_as_if_nobody_had_logged_in(logins: Path, text: str) -> None:
    logins.parent.mkdir(parents=True)
    logins.write_text(text)
    assert FileTokens(logins, SERVER).load() is None


def test_without_a_folder_of_its_own_the_configuration_is_below_the_home(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("", "relative/path"):
        monkeypatch.setenv("XDG_CONFIG_HOME", value)
        assert logins_path() == Path.home() / ".config" / "soundstage" / "logins.json"


@pytest.mark.parametrize("words", [["serve"], ["doctor"], ["db", "version"], ["user", "list"]])
def test_what_works_on_this_computer_alone_refuses_a_server(soundstage: Soundstage, words: list[str]) -> None:
    said = soundstage("--server", SERVER, *words)
    assert said.code == Exit.BAD_INPUT
    assert "leave --server out" in said.err


def test_a_server_that_cannot_be_one_and_a_key_that_is_not_there_are_told(soundstage: Soundstage, logins: Path) -> None:
    said = soundstage("--server", "studio.example.com", "jobs", "list")
    assert (said.code, "is not the address of a server" in said.err) == (Exit.BAD_INPUT, True)
    said = soundstage("--server", SERVER, "--api-key-file", "nowhere", "jobs", "list")
    assert (said.code, "The API key cannot be read from nowhere" in said.err) == (Exit.BAD_INPUT, True)


def test_pipelines_in_a_file_are_for_jobs_of_this_computer(soundstage: Soundstage, logins: Path) -> None:
    said = soundstage("--server", SERVER, "run", "words", "--pipelines", "mine.py")
    assert (said.code, "A server runs the pipelines that it knows" in said.err) == (Exit.BAD_INPUT, True)
