"""Commands that need no worker: orders that are left to a server, looking, steering, and how each ends."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from soundstage.cli.exits import MEANINGS, Exit, exit_of_job
from soundstage.core.job import JobView
from soundstage.engines.contract import EngineSpec, Quality, Readiness
from soundstage.engines.registry import EngineRegistry
from soundstage.testing.engines import FakeSpeechEngine

Soundstage = Callable[..., Any]


@pytest.fixture
def job_id(soundstage: Soundstage) -> str:
    """A job that waits for a worker."""
    return str(soundstage("run", "words", "--word", "hello", "--detach").out.strip())


def test_the_version_is_that_of_the_package(soundstage: Soundstage) -> None:
    assert soundstage("--version").out.startswith("soundstage 0.")


def test_the_help_says_what_each_exit_code_means(soundstage: Soundstage) -> None:
    told = " ".join(soundstage("--help").out.split())
    assert set(MEANINGS) == set(Exit)
    assert all(f"{code.value} {' '.join(meaning.split()[:4])}" in told for code, meaning in MEANINGS.items())


def test_a_detached_job_is_accepted_and_its_id_printed(soundstage: Soundstage) -> None:
    said = soundstage("run", "words", "--param", "word=hello", "--detach", "--priority", "high")
    assert said.code == 0
    assert "serves this home" in said.err
    job = soundstage("jobs", "show", said.out.strip(), "--json").lines[0]
    assert (job["state"], job["params"]["word"], job["priority"]) == ("queued", "hello", "high")


def test_an_equal_unfinished_job_is_continued_and_not_doubled(soundstage: Soundstage, job_id: str) -> None:
    said = soundstage("run", "words", "--word=hello", "--detach")
    assert said.out.splitlines() == [f"Going on with {job_id} at LISTEN. (--new starts another.)", job_id]


def test_new_starts_another_job_beside_an_equal_one(soundstage: Soundstage, job_id: str) -> None:
    assert soundstage("run", "words", "--word", "hello", "--detach", "--new").out.strip() != job_id


def test_a_paused_job_is_resumed_when_it_is_continued(soundstage: Soundstage, job_id: str) -> None:
    soundstage("jobs", "pause", job_id)
    soundstage("run", "words", "--word", "hello", "--detach")
    assert soundstage("jobs", "show", job_id, "--json").lines[0]["state"] == "queued"


def test_a_pipeline_file_must_be_known_to_the_process_that_will_run_it(soundstage: Soundstage, home: Path) -> None:
    shutil.copy(home / "pipelines" / "words.py", "mine.py")
    said = soundstage("run", "words", "--word", "hello", "--pipelines", "mine.py", "--detach")
    assert f"must know mine.py too: copy it to {home / 'pipelines'}" in said.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["words", "--word", "x"], "word: String should have at least 2 characters"),
        (["words"], "word: Field required"),
        (["words", "--word", "hello", "--count", "many"], "count: Input should be a valid integer"),
        (["words", "--wort", "hello"], "Did you mean word?"),
        (["words", "--word", "hello", "--paper", "nowhere.txt"], "paper: there is no file nowhere.txt"),
        (["words", "--word"], "--word has no value"),
        (["words", "--word", "hello", "--pipelines", "nowhere.py"], "nowhere.py is not a Python file that can be read"),
    ],
)
def test_what_cannot_be_used_ends_with_2_and_names_it(words: list[str], told: str, soundstage: Soundstage) -> None:
    said = soundstage("run", *words, "--detach")
    assert said.code == Exit.BAD_INPUT
    assert told in said.err
    assert "Traceback" not in said.err
    assert soundstage("jobs", "list", "--json").lines == []


def test_a_file_of_the_wrong_kind_is_refused_by_its_content(soundstage: Soundstage) -> None:
    Path("sound.png").write_bytes(b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\x00" * 64)
    said = soundstage("run", "words", "--word", "hello", "--paper", "sound.png", "--detach")
    assert said.code == Exit.BAD_INPUT
    assert "paper: the file is audio by its content" in said.err


def test_a_file_is_stored_and_named_by_its_hash(soundstage: Soundstage, home: Path) -> None:
    Path("note.txt").write_text("a note", encoding="utf-8")
    said = soundstage("run", "words", "--word", "hello", "--paper", "note.txt", "--detach")
    reference = soundstage("jobs", "show", said.out.strip(), "--json").lines[0]["params"]["paper"]
    assert (home / "blobs" / "sha256" / reference[7:9] / reference[7:]).read_text(encoding="utf-8") == "a note"


def test_parameters_come_from_a_file_too(soundstage: Soundstage) -> None:
    Path("params.json").write_text(json.dumps({"word": "from file", "count": 7}), encoding="utf-8")
    said = soundstage("run", "words", "--params-file", "params.json", "--loud", "yes", "--detach")
    params = soundstage("jobs", "show", said.out.strip(), "--json").lines[0]["params"]
    assert (params["word"], params["count"], params["loud"]) == ("from file", 7, True)


def test_options_before_the_pipeline_are_refused_with_the_right_order(soundstage: Soundstage) -> None:
    said = soundstage("run", "--word", "hello", "words")
    assert said.code == Exit.BAD_INPUT
    assert "name the pipeline first" in said.err


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (["run", "nothing"], Exit.NOT_FOUND, "unknown_pipeline"),
        (["pipelines", "nothing"], Exit.NOT_FOUND, "unknown_pipeline"),
        (["jobs", "show", "job_unknown"], Exit.NOT_FOUND, "job_not_found"),
        (["jobs", "show", "last"], Exit.NOT_FOUND, "not_found"),
    ],
)
def test_what_is_not_there_ends_with_4(words: list[str], code: Exit, error: str, soundstage: Soundstage) -> None:
    said = soundstage(*words)
    assert (said.code, said.err.split()[0]) == (code, error)


def test_an_error_is_json_where_json_was_asked_for(soundstage: Soundstage) -> None:
    said = soundstage("run", "nothing", "--json")
    assert (said.lines[-1]["type"], said.lines[-1]["code"]) == ("error", "unknown_pipeline")
    assert said.err == ""


def test_a_home_that_cannot_be_written_ends_with_6(
    soundstage: Soundstage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("SOUNDSTAGE_HOME", str(tmp_path / "file" / "home"))
    said = soundstage("run", "text_to_speech", "--text", "hello")
    assert said.code == Exit.ENVIRONMENT
    assert "SOUNDSTAGE_HOME" in said.err


def test_a_wrong_setting_ends_with_2_and_is_named(soundstage: Soundstage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOUNDSTAGE_WORKERS", "many")
    said = soundstage("jobs", "list")
    assert said.code == Exit.BAD_INPUT
    assert "SOUNDSTAGE_WORKERS" in said.err


def test_jobs_are_listed_the_newest_first_with_a_small_rail(soundstage: Soundstage, job_id: str) -> None:
    second = soundstage("run", "words", "--word", "world", "--detach").out.strip()
    assert [job["id"] for job in soundstage("jobs", "list", "--json").lines] == [second, job_id]
    listed = soundstage("jobs", "list").out
    assert listed.index(second) < listed.index(job_id)
    assert "─────────" in listed.splitlines()[2]


def test_jobs_are_listed_by_state_and_pipeline(soundstage: Soundstage, job_id: str) -> None:
    soundstage("jobs", "cancel", job_id)
    other = soundstage("run", "words", "--word", "world", "--detach").out.strip()
    found = [job["id"] for job in soundstage("jobs", "list", "--state", "queued", "--json").lines]
    assert found == [other]
    assert soundstage("jobs", "list", "--pipeline", "others", "--json").lines == []


def test_a_job_is_shown_with_its_rail_and_parameters(soundstage: Soundstage, job_id: str) -> None:
    shown = soundstage("jobs", "show", "last").out
    assert shown.startswith(job_id)
    assert "LISTEN" in shown
    assert 'word: "hello"' in shown


def test_a_job_is_steered_through_its_states(soundstage: Soundstage, job_id: str) -> None:
    steps = [("pause", "paused"), ("resume", "queued"), ("cancel", "cancelled"), ("retry", "queued")]
    for verb, state in steps:
        assert soundstage("jobs", verb, job_id, "--json").lines[0]["state"] == state
    kinds = [event["kind"] for event in soundstage("jobs", "events", job_id, "--json").lines]
    assert kinds == ["job.queued", "job.paused", "job.resumed", "job.cancelled", "job.retried"]


def test_a_retry_changes_parameters_and_checks_them(soundstage: Soundstage, job_id: str) -> None:
    soundstage("jobs", "cancel", job_id)
    assert soundstage("jobs", "retry", job_id, "--param", "count=0").code == Exit.BAD_INPUT
    changed = soundstage("jobs", "retry", job_id, "--from", "LISTEN", "--param", "count=9", "--json").lines[0]
    assert (changed["params"]["count"], changed["params"]["word"], changed["generation"]) == (9, "hello", 2)


def test_what_the_state_does_not_allow_ends_with_5(soundstage: Soundstage, job_id: str) -> None:
    for words in (["resume", job_id], ["retry", job_id], ["delete", job_id], ["answer", job_id, "SPEAK", "yes"]):
        assert soundstage("jobs", *words).code == Exit.CONFLICT
    assert soundstage("jobs", "save", job_id).code == Exit.CONFLICT


def test_a_job_is_made_urgent(soundstage: Soundstage, job_id: str) -> None:
    assert soundstage("jobs", "priority", job_id, "urgent", "--json").lines[0]["priority"] == "urgent"


def test_an_ended_job_is_deleted(soundstage: Soundstage, job_id: str) -> None:
    soundstage("jobs", "cancel", job_id)
    assert soundstage("jobs", "delete", job_id).code == 0
    assert soundstage("jobs", "show", job_id).code == Exit.NOT_FOUND


def test_events_are_followed_until_the_job_has_ended(soundstage: Soundstage, job_id: str) -> None:
    soundstage("jobs", "cancel", job_id)
    followed = soundstage("jobs", "events", job_id, "--follow", "--after", "1", "--json").lines
    assert [event["kind"] for event in followed] == ["job.cancelled"]


def test_attempts_and_logs_of_a_job_that_never_ran_are_empty(soundstage: Soundstage, job_id: str) -> None:
    assert soundstage("jobs", "attempts", job_id, "--json").lines == []
    assert soundstage("jobs", "logs", job_id, "--json").lines == []


def test_an_answer_brings_a_json_object(soundstage: Soundstage, job_id: str) -> None:
    assert soundstage("jobs", "answer", job_id, "SPEAK", "yes", "--data", "[1]").code == Exit.BAD_INPUT


def test_the_pipelines_of_files_stand_beside_the_installed_ones(soundstage: Soundstage) -> None:
    kinds = [line["kind"] for line in soundstage("pipelines", "--json").lines]
    assert {"words", "text_to_speech", "talking_head", "full_pipeline"} <= set(kinds)


def test_a_pipeline_is_shown_with_what_its_parameters_take(soundstage: Soundstage) -> None:
    shown = [" ".join(line.split()) for line in soundstage("pipelines", "words").out.splitlines()]
    assert "word text, 2 characters at least, 20 characters at most required A word" in shown
    assert "count whole number, 1 at least 3 How often" in shown
    assert 'mode a, b "a"' in shown
    assert "paper a file: text or image none" in shown
    assert "LISTEN 40 % cpu automatic Listen" in shown


def test_a_broken_pipeline_file_in_the_home_is_set_aside_with_its_reason(soundstage: Soundstage, home: Path) -> None:
    (home / "pipelines" / "broken.py").write_text("import nothing_of_that_name", encoding="utf-8")
    said = soundstage("pipelines")
    assert said.code == Exit.SUCCEEDED
    assert "cannot be loaded" in said.out
    assert "words" in said.out


def test_a_broken_pipeline_file_that_is_named_is_refused(soundstage: Soundstage, tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("import nothing_of_that_name", encoding="utf-8")
    said = soundstage("pipelines", "--pipelines", str(tmp_path / "broken.py"))
    assert said.code == Exit.BAD_INPUT
    assert "nothing_of_that_name" in said.err


def test_each_engine_says_whether_it_is_ready_or_what_is_missing(soundstage: Soundstage) -> None:
    for engine in soundstage("engines", "--json").lines:
        assert engine["kind"]
        assert engine["licence"]
        assert engine["ready"] or engine["reason"]
    assert "flite" in soundstage("engines").out


def test_voices_are_listed_by_engine_and_language(soundstage: Soundstage, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = EngineRegistry.of(FakeSpeechEngine)
    monkeypatch.setattr(EngineRegistry, "installed", lambda preferred: fake)
    known = FakeSpeechEngine().voices()
    listed = soundstage("voices", "--json").lines
    assert [(line["name"], line["engine"]) for line in listed] == [
        (v.name, FakeSpeechEngine().spec.kind) for v in known
    ]
    assert known[0].name in soundstage("voices", "--language", known[0].language).out
    assert soundstage("voices", "--language", "tlh", "--json").lines == []
    assert soundstage("voices", "--engine", "nobody").code == Exit.NOT_FOUND


def test_the_database_is_made_and_says_its_version(soundstage: Soundstage) -> None:
    before = soundstage("db", "version", "--json").lines[0]
    assert before["installed"] is None
    assert soundstage("db", "upgrade").code == 0
    after = soundstage("db", "version", "--json").lines[0]
    assert after["installed"] == after["newest"] == before["newest"]
    assert "already" in soundstage("db", "upgrade").out


def test_the_doctor_finds_a_healthy_machine_healthy(soundstage: Soundstage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EngineRegistry, "describe", lambda self: described(ready=True))
    said = soundstage("doctor", "--json")
    assert said.code == 0
    subjects = [line["subject"] for line in said.lines]
    assert {"Python", "SQLite", "ffmpeg", "home folder", "disk", "server", "database"} <= set(subjects)


def test_the_doctor_says_what_to_type_for_what_is_missing(
    soundstage: Soundstage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EngineRegistry, "describe", lambda self: described(ready=False))
    monkeypatch.setenv("SOUNDSTAGE_FFMPEG", "nowhere/ffmpeg")
    said = soundstage("doctor", "--json")
    assert said.code == Exit.NOT_READY
    found = {line["subject"]: line for line in said.lines}
    assert found["ffmpeg"]["health"] == found["speech"]["health"] == "missing"
    assert found["talker"]["remedy"] == "apt-get install talker"
    assert "apt-get install talker" in soundstage("doctor").out


def test_the_doctor_warns_of_a_sqlite_that_can_damage_the_database(
    soundstage: Soundstage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("soundstage.store.sqlite.sqlite_version", lambda: (3, 46, 1))
    found = {line["subject"]: line for line in soundstage("doctor", "--json").lines}
    assert found["SQLite"]["health"] == "note"
    assert "WAL-reset" in found["SQLite"]["found"]


def test_the_doctor_finds_a_home_that_cannot_be_written(
    soundstage: Soundstage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("SOUNDSTAGE_HOME", str(tmp_path / "file" / "home"))
    said = soundstage("doctor", "--json")
    assert said.code == Exit.NOT_READY
    assert said.lines[-1]["subject"] == "home folder"


def test_a_failed_job_tells_apart_what_its_machine_lacks(pictures: dict[str, JobView]) -> None:
    assert exit_of_job(pictures["succeeded"]) == Exit.SUCCEEDED
    assert exit_of_job(pictures["cancelled"]) == Exit.CANCELLED
    assert exit_of_job(pictures["failed"]) == Exit.FAILED


def described(ready: bool) -> list[tuple[EngineSpec, Readiness]]:
    readiness = Readiness(ready, "" if ready else "It is not installed.", "" if ready else "apt-get install talker")
    return [
        (EngineSpec(kind, capability, kind, Quality.DRAFT, "MIT"), readiness)
        for kind, capability in (("talker", "speech"), ("face", "avatar"))
    ]
