"""Every block of Python on the page of the client runs, one after the other, against a real server."""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "python-client.md"
COMMAND = Path(sys.executable).with_name("soundstage")
PASSWORD = "lantern ferry gravel moth"
SCOPES = ["jobs:read", "jobs:write", "assets:read", "assets:write"]


def blocks() -> list[str]:
    return re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def server(tmp_path: Path, start: Callable[..., Any]) -> Any:
    """With the account of the page."""
    started = start(tmp_path / "home", password_hashing="insecure_for_tests")
    (tmp_path / "password").write_text(PASSWORD)
    words = ["user", "create-admin", "--email", "ann@example.com", "--username", "ann"]
    subprocess.run(
        [COMMAND, *words, "--password-file", str(tmp_path / "password")],
        env={
            **os.environ,
            "SOUNDSTAGE_HOME": str(tmp_path / "home"),
            "SOUNDSTAGE_PASSWORD_HASHING": "insecure_for_tests",
        },
        check=True,
    )
    return started


@pytest.fixture
def api_key(server: Any) -> str:
    def post(path: str, body: dict[str, Any], **headers: str) -> Any:
        answer = server.client.post(path, json=body, headers=headers)
        assert answer.is_success, answer.text
        return answer.json()

    token = post("/api/auth/login", {"login": "ann", "password": PASSWORD})["access_token"]
    made = post("/api/auth/keys", {"name": "the page", "scopes": SCOPES}, Authorization=f"Bearer {token}")
    return str(made["key"])


@pytest.mark.slow
def test_every_block_of_the_page_runs(
    server: Any, api_key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = str(server.client.base_url).rstrip("/")
    monkeypatch.setenv("SOUNDSTAGE_SERVER", url)
    monkeypatch.setenv("SOUNDSTAGE_API_KEY", api_key)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lesson.txt").write_text("The moth flew over the gravel to the lantern. " * 200)
    names: dict[str, Any] = {"__name__": "page", "studio": contextlib.ExitStack()}
    said = []
    try:
        for block in blocks():
            with contextlib.redirect_stdout(io.StringIO()) as out:
                exec(compile(block.replace("https://studio.example.com", url), str(PAGE), "exec"), names)  # noqa: S102
            said.append(out.getvalue())
    finally:
        names["studio"].close()
    assert (tmp_path / "speech.wav").read_bytes()[:4] == b"RIFF"
    assert (tmp_path / "morning.wav").read_bytes()[:4] == b"RIFF"
    shared = f"{url}/s/shr_"
    parts = [
        "job.succeeded",
        "",
        shared,
        "asset:asset_",
        "text_to_speech",
        "succeeded",
        "job.succeeded",
        "bad_parameters",
    ]
    assert [part in text for part, text in zip(parts, said, strict=True)] == [True] * len(parts)
