"""A studio whose files are in S3: a job from end to end, and clear words where the bucket cannot be used."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from soundstage.testing.s3 import S3Double

COMMAND = Path(sys.executable).with_name("soundstage")


@pytest.fixture
def settings(s3: S3Double) -> dict[str, str]:
    return {
        "blobs_url": f"s3://{s3.bucket}/studio",
        "s3_endpoint_url": s3.endpoint,
        "s3_access_key_id": s3.keys.access_key_id,
        "s3_secret_access_key": s3.keys.secret_access_key,
    }


def soundstage(home: Path, settings: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    told = {f"SOUNDSTAGE_{name.upper()}": value for name, value in {**settings, "home": str(home)}.items()}
    command = [str(COMMAND), *words]
    return subprocess.run(
        command, env={**os.environ, **told}, cwd=home.parent, capture_output=True, text=True, timeout=100, check=False
    )


def made_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_job_leaves_its_files_in_s3_and_reads_them_from_there(
    tmp_path: Path, s3: S3Double, settings: dict[str, str]
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    ran = soundstage(home, settings, "run", "text_to_speech", "--text", "Good morning.", "--output", "made")
    assert ran.returncode == 0, ran.stderr
    assert settings["s3_secret_access_key"] not in ran.stdout + ran.stderr
    made = made_in(tmp_path / "made")
    in_s3 = {key.rpartition("/")[2]: stored.data for key, stored in s3.objects.items() if "/sha256/" in key}
    assert made
    assert {hashlib.sha256(data).hexdigest() for data in made.values()} <= set(in_s3)
    assert all(hashlib.sha256(data).hexdigest() == sha256 for sha256, data in in_s3.items())
    assert not list((home / "blobs").rglob("*"))

    shutil.rmtree(home / "cache")
    saved = soundstage(home, settings, "jobs", "save", "last", "--output", "saved")
    assert saved.returncode == 0, saved.stderr
    assert made_in(tmp_path / "saved") == made


def test_a_stage_reads_from_s3_what_another_machine_left(
    tmp_path: Path, s3: S3Double, settings: dict[str, str]
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    assert soundstage(home, settings, "run", "text_to_speech", "--text", "Good morning.").returncode == 0
    shutil.rmtree(home / "cache")
    reads = s3.requests.count("GetObject")
    again = soundstage(home, settings, "jobs", "retry", "last", "--from", "UPLOADING", "--watch")
    assert again.returncode == 0, again.stderr
    assert s3.requests.count("GetObject") > reads
    assert not list((home / "work").rglob(".held")), "held files stay behind"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        pytest.param({"blobs_url": "s3://nowhere/at-all"}, "There is no bucket nowhere", id="no bucket"),
        pytest.param({"s3_secret_access_key": "a guess"}, "refuses the secret key", id="wrong secret"),
        pytest.param({"s3_secret_access_key": ""}, "One of the two S3 keys is missing", id="half a key"),
        pytest.param({"blobs_url": "ftp://studio"}, "is not a place for files", id="not S3"),
    ],
)
def test_a_server_without_its_bucket_does_not_start_and_says_why(
    start_in_vain: Callable[..., subprocess.CompletedProcess[str]],
    settings: dict[str, str],
    changed: dict[str, str],
    told: str,
) -> None:
    refused = start_in_vain(**{**settings, **changed})
    assert refused.returncode != 0
    assert told in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_server_is_not_ready_while_its_bucket_is_away(
    start: Callable[..., Any], s3: S3Double, settings: dict[str, str]
) -> None:
    client = start(**settings, workers="0").client
    s3.fail("PutObject", "slow_down", times=1000)
    answer = client.get("/readyz")
    checks = {check["name"]: check["ready"] for check in answer.json()["checks"]}
    assert (answer.status_code, checks["blobs"]) == (503, False)
    s3.faults.clear()
    assert client.get("/readyz").status_code == 200


def test_the_doctor_looks_at_the_bucket(tmp_path: Path, s3: S3Double, settings: dict[str, str]) -> None:
    def finding() -> dict[str, str]:
        said = soundstage(tmp_path / "home", settings, "doctor", "--json").stdout
        found = [json.loads(line) for line in said.splitlines()]
        return next(line for line in found if line["subject"] == "files")

    assert (finding()["health"], finding()["found"]) == ("ok", f"s3://{s3.bucket}/studio")
    s3.bucket = "another"
    assert finding()["health"] == "missing"
    assert "Make the bucket" in finding()["remedy"]
