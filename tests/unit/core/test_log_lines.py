"""Lines of the log: no secret stands in them, and nobody writes a line of their own (L01, L02, A21)."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

import pytest

from soundstage.core.errors import JobNotFound
from soundstage.core.log_context import known_fields, log_fields, note
from soundstage.core.log_lines import JsonLines, TextLines, keep_fields, redacted

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl"


def line_of(message: str, *args: object, formatter: logging.Formatter | None = None, exc_info: Any = None) -> str:
    record = logging.LogRecord("soundstage.test", logging.WARNING, "", 0, message, args, exc_info)
    keep_fields(record)
    return (formatter or JsonLines()).format(record)


@pytest.mark.parametrize(
    "text",
    [
        f"Authorization: Bearer {JWT}",
        "{'authorization': 'Bearer hunter2hunter2'}",
        "authorization=Basic aHVudGVyMmh1bnRlcjI",
        "GET /ws/jobs/1?ticket=hunter2hunter2&after=3",
        "/api/files?token=hunter2hunter2",
        '{"refresh_token": "hunter2hunter2"}',
        "https://b.example.com/o?X-Amz-Signature=hunter2hunter2&X-Amz-Date=1",
        "https://b.example.com/o?X-Amz-Credential=hunter2hunter2",
        "a%3Ftoken%3Dhunter2hunter2",
        "key sk_hunter2hunter2",
        "key sk-hunter2hunter2",
        "whsec_hunter2hunter2",
        "password=hunter2hunter2",
        "api_key: hunter2hunter2",
        "Cookie: refresh=hunter2hunter2; theme=dark",
        "postgresql://soundstage:hunter2hunter2@db/soundstage",
    ],
)
def test_a21_no_secret_is_told(text: str) -> None:
    for told in (redacted(text), line_of("%s", text), line_of("%s", text, formatter=TextLines())):
        assert "hunter2" not in told
        assert JWT not in told
        assert "[redacted]" in told


@pytest.mark.parametrize(
    "text", ["The token has expired.", "The job ended.", "after=3&limit=5", "basket=3", "monkey: 5"]
)
def test_other_words_stay(text: str) -> None:
    assert redacted(text) == text


def test_l02_a_secret_in_a_traceback_is_not_told() -> None:
    try:
        raise RuntimeError("The provider said: api_key=hunter2hunter2 is wrong")
    except RuntimeError:
        told = [line_of("It failed", formatter=kind, exc_info=sys.exc_info()) for kind in (JsonLines(), TextLines())]
    assert all("hunter2" not in line and "The provider said" in line for line in told)


@pytest.mark.parametrize(
    "text",
    ["a\r\nHTTP/1.1 200", "a\x1b[2Jb", "a\u2028b", "a\u2029b", "a\x85b", "a\u202eb", "a\x00b", "a\udc80b", "a\x7fb"],
    ids=[
        "L01-crlf",
        "L01-ansi",
        "L01-u2028",
        "L01-u2029",
        "L01-nel",
        "L01-bidi",
        "L01-nul",
        "L01-surrogate",
        "L01-del",
    ],
)
def test_l01_nothing_begins_a_line_of_its_own_or_steers_a_terminal(text: str) -> None:
    with log_fields(user_id=text):
        as_json, as_text = line_of("%s", text), line_of("%s", text, formatter=TextLines())
    for told in (as_json, as_text):
        assert len(told.splitlines()) == 1
        assert told.isprintable()
        told.encode()
    assert json.loads(as_json)["message"] == text
    assert json.loads(as_json)["user_id"] == text


def test_other_scripts_stay_readable() -> None:
    assert "Café 東京 🎬" in line_of("Café 東京 🎬")


def test_a_line_has_what_is_known_of_the_work_at_hand() -> None:
    with log_fields(request_id="r1", job_id=None):
        note(job_id="job_1")
        with log_fields(part_id=7):
            told = json.loads(line_of("Go"))
        after = json.loads(line_of("Gone"))
    assert (told["request_id"], told["job_id"], told["part_id"]) == ("r1", "job_1", 7)
    assert "part_id" not in after
    assert (told["level"], told["logger"]) == ("warning", "soundstage.test")
    assert told["ts"].endswith("+00:00")


def test_outside_of_any_work_a_note_stays_nowhere() -> None:
    note(job_id="job_1")
    assert known_fields() == {}


def test_a_known_error_tells_its_code() -> None:
    error = JobNotFound("There is no job.")
    told = json.loads(line_of("It failed", exc_info=(type(error), error, None)))
    assert told["error_code"] == "job_not_found"
    assert "There is no job." in told["traceback"]
