"""A job names the files that went in, and what made each stage."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from PIL import Image

from soundstage.bootstrap.studio import Studio
from soundstage.core.job import EngineUse
from soundstage.store.claims import Claim
from soundstage.store.parts import Completion


def test_an_input_is_named_as_in_the_library_as_long_as_it_is_there(api: httpx.Client, tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "ann.png")
    picture = (tmp_path / "ann.png").read_bytes()
    asset = api.post("/api/assets", files={"file": ("ann.png", picture)}).json()
    params = {"text": "Hello", "portrait": f"asset:{asset['id']}"}
    job = api.post("/api/jobs", json={"pipeline": "letter", "params": params}).json()
    [found] = job["inputs"]
    assert found["reference"] == f"sha256:{found['sha256']}" == job["params"]["portrait"]
    assert (found["param"], found["asset_id"]) == ("portrait", asset["id"])
    assert (found["name"], found["size_bytes"]) == ("ann.png", len(picture))
    assert api.delete(f"/api/assets/{asset['id']}?force=true").status_code == 204
    [left] = api.get(f"/api/jobs/{job['id']}").json()["inputs"]
    assert left == {**found, "asset_id": None, "name": None, "size_bytes": None}


def test_a_stage_says_which_engine_spoke_with_which_voice(
    api: httpx.Client, studio: Studio, order: Callable[..., dict[str, Any]], claim: Callable[[], Claim]
) -> None:
    job_id = order()["id"]
    made = Completion(values={"engine": "flite", "voice": "slt"}, made_by=[EngineUse("flite", "1.2")])
    studio.parts.store.parts.complete(claim(), made, None, 1.0)
    write, send = api.get(f"/api/jobs/{job_id}").json()["stages"]
    assert write["made_by"] == [{"engine": "flite", "version": "1.2", "voice": "slt", "seed": None}]
    assert send["made_by"] == []
