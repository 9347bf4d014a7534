"""Which fields of a refused request are wrong, for programs that show it beside them."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from soundstage.studio.parameters import NO_FILE

UNSTORED = f"sha256:{'0' * 64}"


@pytest.mark.parametrize(
    ("params", "errors"),
    [
        ({}, [{"path": "text", "message": "Field required"}]),
        (
            {"text": "", "size": 1},
            [
                {"path": "text", "message": "String should have at least 1 character"},
                {"path": "size", "message": "Extra inputs are not permitted"},
            ],
        ),
        (
            {"text": "x", "portrait": UNSTORED},
            [{"path": "portrait", "message": "the file 000000000000 was not stored before; store it first."}],
        ),
    ],
)
def test_each_wrong_parameter_is_named_with_what_is_wrong(
    api: httpx.Client, params: dict[str, Any], errors: list[dict[str, str]]
) -> None:
    answer = api.post("/api/jobs", json={"pipeline": "letter", "params": params})
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_parameters")
    assert answer.json()["errors"] == errors


def test_each_wrong_field_of_a_request_is_named(api: httpx.Client) -> None:
    answer = api.post("/api/jobs", json={"params": {}, "priority": "soon"})
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_request")
    assert [error["path"] for error in answer.json()["errors"]] == ["pipeline", "priority"]


def test_a_deeper_field_is_named_by_its_whole_path(api: httpx.Client) -> None:
    face = {"left_eye": {"x": 0.4, "y": 0.4}, "right_eye": {"x": 0.6, "y": 0.4}, "mouth": {"x": 2, "y": 0.7}}
    params = {"portrait": UNSTORED, "audio": UNSTORED, "face": face}
    answer = api.post("/api/jobs", json={"pipeline": "talking_head", "params": params})
    assert [error["path"] for error in answer.json()["errors"]] == ["face.mouth.x"]


def test_a_request_with_a_thousand_wrong_fields_is_told_a_hundred(api: httpx.Client) -> None:
    params = {f"field_{number}": 1 for number in range(1_000)}
    answer = api.post("/api/jobs", json={"pipeline": "letter", "params": params})
    assert len(answer.json()["errors"]) == 100


def test_other_problems_name_no_fields(api: httpx.Client) -> None:
    assert "errors" not in api.get("/api/jobs/job_" + "0" * 26).json()


def test_what_names_no_file_is_told_how_to_name_one(api: httpx.Client) -> None:
    answer = api.post("/api/jobs", json={"pipeline": "letter", "params": {"text": "x", "portrait": "me.jpg"}})
    assert answer.json()["errors"] == [{"path": "portrait", "message": NO_FILE}]
