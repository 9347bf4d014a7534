"""Tables for people."""

from __future__ import annotations

import pytest

from soundstage.cli.output import add_row, console, table

JOB = "job_06fk3v8q2s5d1n7x9b4c0m8r3t"


def test_the_id_of_a_job_stays_whole_in_a_narrow_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    rows = table("job", "pipeline", "what it says")
    add_row(rows, [JOB, "text_to_speech", "a long sentence that finds no room here"])
    console().print(rows)
    assert JOB in capsys.readouterr().out
