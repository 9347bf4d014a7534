"""Talking head from end to end: fake frames, real files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pydantic import ValidationError

from soundstage.core.errors import BadInput, BadMedia, BadPicture, Cancelled, NoFace, StageFailed, UnknownEngine
from soundstage.core.retry import is_retryable
from soundstage.engines.contract import FacePoints, Point
from soundstage.media.probe import probe
from soundstage.pipelines.stages.delivery import check_video
from soundstage.pipelines.talking_head import Params, talking_head
from soundstage.testing.context import FakeOutput, FakeStore, StopAfter, run_pipeline
from soundstage.testing.engines import FakeAvatarEngine

FPS = 10
SIDE = 256
FACE = {"left_eye": {"x": 0.3, "y": 0.4}, "right_eye": {"x": 0.7, "y": 0.4}, "mouth": {"x": 0.5, "y": 0.7}}


class Crash(BaseException):
    """Stands for kill -9."""


@pytest.fixture
def params(store: FakeStore, portrait: str, make_wav: Callable[..., Path]) -> dict[str, Any]:
    audio = store.add_file(make_wav(12.04))
    return {"portrait": portrait, "audio": audio, "width": SIDE, "height": SIDE, "fps": FPS}


@pytest.fixture
def short(params: dict[str, Any], store: FakeStore, make_wav: Callable[..., Path]) -> dict[str, Any]:
    return {**params, "audio": store.add_file(make_wav(1.0))}


def last(outputs: Mapping[str, Any]) -> FakeOutput:
    output: FakeOutput = outputs["UPLOADING"][0]
    return output


def test_a_portrait_and_a_recording_become_a_video(
    params: dict[str, Any], store: FakeStore, avatar_engine: FakeAvatarEngine
) -> None:
    output = last(run_pipeline(talking_head, params, store, engines=[avatar_engine]))
    info = probe(output.file("video.mp4"))
    assert (info.video and (info.video.width, info.video.height, info.video.codec)) == (SIDE, SIDE, "h264")
    assert (info.audio and (info.audio.codec, info.audio.rate_hz)) == ("aac", 48_000)
    assert info.duration_seconds == pytest.approx(12.1, abs=0.06)
    assert output.values["frames"] == 121
    assert output.values["engine"] == "fake_avatar"
    with Image.open(output.file("thumbnail.jpg")) as picture:
        assert (picture.format, picture.size) == ("JPEG", (SIDE, SIDE))


def test_the_clip_is_animated_in_segments_of_ten_seconds(
    params: dict[str, Any], store: FakeStore, avatar_engine: FakeAvatarEngine
) -> None:
    run_pipeline(talking_head, params, store, engines=[avatar_engine])
    assert avatar_engine.animated == [(0, 100), (100, 121)]


@pytest.mark.parametrize("reports", [1, 60, 110, 125])
def test_after_a_crash_finished_segments_are_not_animated_again(
    params: dict[str, Any], store: FakeStore, reports: int
) -> None:
    before, after = FakeAvatarEngine(), FakeAvatarEngine()
    with pytest.raises(Crash):
        run_pipeline(talking_head, params, store, engines=[before], stop_after=StopAfter(reports, Crash))
    output = last(run_pipeline(talking_head, params, store, engines=[after]))
    finished = [segment for segment in before.animated if segment not in after.animated]
    assert finished + after.animated == [(0, 100), (100, 121)]
    assert probe(output.file("video.mp4")).duration_seconds == pytest.approx(12.1, abs=0.06)


def test_a_retry_with_another_engine_and_size_keeps_the_setup(params: dict[str, Any], store: FakeStore) -> None:
    first, second = FakeAvatarEngine("first"), FakeAvatarEngine("second")
    setup = run_pipeline(talking_head, params, store, engines=[first, second])["SETUP"][0]
    store.retry_from(talking_head, "INFERENCE")
    outputs = run_pipeline(talking_head, {**params, "engine": "second", "width": 300}, store, engines=[first, second])
    assert outputs["SETUP"][0] is setup
    assert (last(outputs).values["engine"], last(outputs).values["width"]) == ("second", 300)


def test_the_face_is_looked_for_once_and_given_to_each_segment(
    params: dict[str, Any], store: FakeStore, avatar_engine: FakeAvatarEngine
) -> None:
    run_pipeline(talking_head, params, store, engines=[avatar_engine])
    assert {request.points for request in avatar_engine.requests} == {
        FacePoints(Point(0.4, 0.4), Point(0.6, 0.4), Point(0.5, 0.65))
    }


def test_progress_is_by_frames_and_never_falls(
    params: dict[str, Any], store: FakeStore, avatar_engine: FakeAvatarEngine
) -> None:
    run_pipeline(talking_head, params, store, engines=[avatar_engine])
    frames = [report.done for report in store.reports if report.stage == "INFERENCE"]
    assert frames == pytest.approx(range(1, 122))
    assert store.percentages == sorted(store.percentages)
    assert {20, 45, 70} <= set(store.percentages)
    assert {"SETUP", "INFERENCE", "POST_PROCESS", "UPLOADING"} == {report.stage for report in store.reports}


def test_a_cancelled_job_leaves_no_file_in_the_work_folder(
    params: dict[str, Any], store: FakeStore, avatar_engine: FakeAvatarEngine
) -> None:
    with pytest.raises(Cancelled):
        run_pipeline(talking_head, params, store, engines=[avatar_engine], stop_after=StopAfter(30))
    assert list((store.folder / "work").iterdir()) == []


def test_a_portrait_without_a_face_fails_setup_for_good(
    short: dict[str, Any], store: FakeStore, avatar_engine: FakeAvatarEngine, tmp_path: Path
) -> None:
    Image.new("RGB", (300, 300), "white").save(tmp_path / "wall.jpg")
    short["portrait"] = store.add_file(tmp_path / "wall.jpg")
    with pytest.raises(NoFace) as refused:
        run_pipeline(talking_head, short, store, engines=[avatar_engine])
    assert refused.value.code == "no_face"
    assert not is_retryable(refused.value)
    assert store.outputs == {}


def test_given_points_make_up_for_a_face_that_is_not_found(
    short: dict[str, Any], store: FakeStore, avatar_engine: FakeAvatarEngine, tmp_path: Path
) -> None:
    Image.new("RGB", (300, 300), "white").save(tmp_path / "wall.jpg")
    short |= {"portrait": store.add_file(tmp_path / "wall.jpg"), "face": FACE}
    run_pipeline(talking_head, short, store, engines=[avatar_engine])
    assert avatar_engine.requests[0].points == FacePoints(Point(0.3, 0.4), Point(0.7, 0.4), Point(0.5, 0.7))


def test_a_text_file_named_jpg_is_refused(
    short: dict[str, Any], store: FakeStore, avatar_engine: FakeAvatarEngine, tmp_path: Path
) -> None:
    (tmp_path / "face.jpg").write_text("This is not a picture.")
    short["portrait"] = store.add_file(tmp_path / "face.jpg")
    with pytest.raises(BadPicture, match="portrait"):
        run_pipeline(talking_head, short, store, engines=[avatar_engine])


@pytest.mark.parametrize("content", [b"", b"RIFF\x00\x00\x00\x00WAVE", b"words", b"#EXTM3U\nfile:///etc/hostname\n"])
def test_what_is_no_sound_is_refused(
    short: dict[str, Any], store: FakeStore, avatar_engine: FakeAvatarEngine, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "sound.wav").write_bytes(content)
    short["audio"] = store.add_file(tmp_path / "sound.wav")
    with pytest.raises(BadMedia, match="audio"):
        run_pipeline(talking_head, short, store, engines=[avatar_engine])


@pytest.mark.parametrize(
    ("seconds", "amplitude", "reason"), [(2.0, 0.0, "silent"), (0.05, 0.4, "0.1 seconds"), (0.0, 0.4, "audio")]
)
def test_silent_and_empty_audio_is_refused(
    short: dict[str, Any],
    store: FakeStore,
    avatar_engine: FakeAvatarEngine,
    make_wav: Callable[..., Path],
    seconds: float,
    amplitude: float,
    reason: str,
) -> None:
    short["audio"] = store.add_file(make_wav(seconds, amplitude))
    with pytest.raises(BadMedia, match=reason):
        run_pipeline(talking_head, short, store, engines=[avatar_engine])
    assert store.outputs == {}


def test_an_unknown_engine_fails_before_anything_is_made(
    short: dict[str, Any], store: FakeStore, avatar_engine: FakeAvatarEngine
) -> None:
    with pytest.raises(UnknownEngine):
        run_pipeline(talking_head, {**short, "engine": "other"}, store, engines=[avatar_engine])
    assert store.outputs == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"width": 511},
        {"width": 254},
        {"height": 1922},
        {"height": "tall"},
        {"fps": 0},
        {"fps": 61},
        {"portrait": "/etc/passwd"},
        {"audio": "sha256:short"},
        {"colour": "red"},
        {"engine": ""},
        {"face": {**FACE, "left_eye": {"x": 0.8, "y": 0.4}}},
        {"face": {**FACE, "mouth": {"x": 0.5, "y": 0.1}}},
        {"face": {**FACE, "mouth": {"x": 0.5, "y": 1.1}}},
    ],
)
def test_parameters_out_of_bounds_are_refused_at_the_door(wrong: dict[str, Any]) -> None:
    reference = "sha256:" + "0" * 64
    Params.model_validate({"portrait": reference, "audio": reference})
    with pytest.raises(ValidationError):
        Params.model_validate({"portrait": reference, "audio": reference, **wrong})


def test_a_video_that_is_not_as_planned_is_not_delivered(
    short: dict[str, Any], store: FakeStore, avatar_engine: FakeAvatarEngine
) -> None:
    output = last(run_pipeline(talking_head, short, store, engines=[avatar_engine]))
    planned = {"width": SIDE, "height": SIDE, "fps": FPS, "frames": 10}
    check_video(output.file("video.mp4"), planned)
    for change in ({"width": 512}, {"frames": 20}):
        with pytest.raises(StageFailed, match="planned"):
            check_video(output.file("video.mp4"), {**planned, **change})


def test_a_damaged_picture_is_bad_input(
    short: dict[str, Any], store: FakeStore, avatar_engine: FakeAvatarEngine, tmp_path: Path
) -> None:
    Image.effect_noise((300, 300), 60).convert("RGB").save(tmp_path / "whole.png")
    (tmp_path / "half.png").write_bytes((tmp_path / "whole.png").read_bytes()[:9_000])
    short["portrait"] = store.add_file(tmp_path / "half.png")
    with pytest.raises(BadInput):
        run_pipeline(talking_head, short, store, engines=[avatar_engine])
