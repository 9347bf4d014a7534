"""The story video document's routes, with its field names, limits and words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

Act = Callable[..., None]
FIELDS = {
    *("videoId", "postId", "niche", "prompt", "metadata", "status", "progress", "currentStage", "error"),
    *("videoUrl", "thumbnailUrl", "duration", "createdAt", "completedAt"),
}


@pytest.fixture(autouse=True)
def story_video(install: Act) -> None:
    install("story_video")


def generate(client: httpx.Client, **fields: Any) -> dict[str, Any]:
    answer = client.post("/api/video/generate", json={"prompt": "A lighthouse in a storm", **fields})
    assert answer.status_code == 202, answer.text
    video: dict[str, Any] = answer.json()
    return video


def test_a_prompt_alone_becomes_three_scenes_of_thirty_seconds(ann: httpx.Client) -> None:
    video = generate(ann)
    assert set(video) == FIELDS
    assert (video["status"], video["duration"], video["niche"], video["postId"]) == ("pending", 30, "general", None)
    params = ann.get(f"/api/jobs/{video['videoId']}").json()["params"]
    assert (params["prompt"], params["scene_count"]) == ("A lighthouse in a storm", 3)
    assert (params["niche"], params["duration_seconds"]) == ("general", 30)


def test_a_video_goes_through_the_states_of_the_document(ann: httpx.Client, finish_stage: Act) -> None:
    video_id = generate(ann, niche="travel", postId="post-1", sceneCount=5, duration=15)["videoId"]
    finish_stage()
    status = ann.get("/api/video/status", params={"videoId": video_id}).json()
    assert status == {
        "videoId": video_id,
        "status": "processing",
        "progress": 10,
        "currentStage": "SCENES",
        "error": None,
    }
    finish_stage()
    made = {"duration_seconds": 15.2, "width": 1280, "height": 720}
    finish_stage({"video.mp4": b"film", "thumbnail.jpg": b"picture"}, made)
    video = ann.get("/api/video/get", params={"videoId": video_id}).json()
    assert set(video) == FIELDS
    assert (video["status"], video["niche"], video["postId"], video["duration"]) == (
        "completed",
        "travel",
        "post-1",
        15.2,
    )
    assert (video["metadata"]["width"], video["metadata"]["height"]) == (1280, 720)
    assert video["completedAt"] >= video["createdAt"]
    assert ann.get(video["videoUrl"]).content == b"film"
    assert ann.get(video["thumbnailUrl"]).content == b"picture"


def test_a_failed_video_says_why(ann: httpx.Client, fail: Act) -> None:
    video_id = generate(ann)["videoId"]
    fail()
    status = ann.get("/api/video/status", params={"videoId": video_id}).json()
    assert (status["status"], status["currentStage"], status["error"]) == ("failed", "STORYBOARD", "The pen broke.")


def test_the_list_has_twenty_unless_told_otherwise(ann: httpx.Client, ben: httpx.Client) -> None:
    placed = [generate(ann, niche=f"{n}")["videoId"] for n in range(22)][::-1]
    generate(ben)

    def listed(**page: int) -> list[str]:
        return [video["videoId"] for video in ann.get("/api/video/list", params=page).json()]

    assert listed() == placed[:20]
    assert listed(limit=100) == placed
    assert listed(limit=5, offset=20) == placed[20:]
    assert listed(offset=22) == []


@pytest.mark.parametrize("page", [{"limit": 0}, {"limit": 101}, {"offset": -1}, {"limit": "x"}])
def test_pages_beyond_the_limits_are_refused(ann: httpx.Client, page: dict[str, Any]) -> None:
    assert ann.get("/api/video/list", params=page).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"prompt": ""},
        {"sceneCount": 0},
        {"sceneCount": 6},
        {"duration": 14},
        {"duration": 61},
        {"scene_count": 3},
        {"videoId": "mine"},
        {"status": "completed"},
    ],
)
def test_orders_beyond_the_limits_are_refused(ann: httpx.Client, wrong: dict[str, Any]) -> None:
    answer = ann.post("/api/video/generate", json={"prompt": "A lighthouse", **wrong})
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_request")


def test_what_is_another_s_or_no_video_is_not_found(ann: httpx.Client, ben: httpx.Client) -> None:
    video_id = generate(ann)["videoId"]
    speech_id = ann.post("/api/generate/text-to-speech", json={"text": "Hello"}).json()["job_id"]
    for route in ("status", "get"):
        for client, asked in ((ben, video_id), (ann, speech_id), (ann, f"job_{'0' * 26}"), (ann, "../x")):
            answer = client.get(f"/api/video/{route}", params={"videoId": asked})
            assert (answer.status_code, answer.json()["code"]) == (404, "job_not_found")


def test_nobody_generates_without_a_key(as_caller: Callable[[str], httpx.Client]) -> None:
    assert as_caller("").post("/api/video/generate", json={"prompt": "A lighthouse"}).status_code == 401
