"""Script to video from end to end: fake speech and frames, real files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pydantic import ValidationError

from soundstage.core.errors import NoFace, NothingToSay, UnknownVoice
from soundstage.media.audio import wav_info
from soundstage.media.probe import probe
from soundstage.media.subtitles import parse_webvtt
from soundstage.pipelines.full_pipeline import Params, full_pipeline
from soundstage.testing.context import FakeOutput, FakeStore, StopAfter, run_pipeline
from soundstage.testing.engines import FakeAvatarEngine, FakeSpeechEngine

SCRIPT = " ".join(f"Sentence number {n} is short." for n in range(28))
STAGES = ["SCRIPT", "SETUP", "SPEECH", "SUBTITLES", "INFERENCE", "POST_PROCESS", "UPLOADING"]


class Crash(BaseException):
    """Stands for kill -9."""


@pytest.fixture
def params(portrait: str) -> dict[str, Any]:
    return {"portrait": portrait, "script": SCRIPT, "width": 256, "height": 256, "fps": 10, "rate": 2.0}


@pytest.fixture
def engines(
    speech_engine: FakeSpeechEngine, avatar_engine: FakeAvatarEngine
) -> list[FakeSpeechEngine | FakeAvatarEngine]:
    return [speech_engine, avatar_engine]


def run(
    store: FakeStore, params: dict[str, Any], engines: list[Any], stop_after: StopAfter | None = None
) -> FakeOutput:
    return run_pipeline(full_pipeline, params, store, engines=engines, stop_after=stop_after)["UPLOADING"][0]


def test_a_script_and_a_portrait_become_a_subtitled_video(
    params: dict[str, Any], store: FakeStore, engines: list[Any]
) -> None:
    output = run(store, params, engines)
    assert set(output.files) == {"video.mp4", "thumbnail.jpg", "subtitles.vtt", "speech.wav"}
    seconds = wav_info(output.file("speech.wav")).duration_seconds
    info = probe(output.file("video.mp4"))
    assert (info.video and info.video.codec, info.audio and info.audio.codec) == ("h264", "aac")
    assert info.duration_seconds == pytest.approx(seconds, abs=0.15)
    cues = parse_webvtt(output.file("subtitles.vtt").read_text(encoding="utf-8"))
    assert " ".join(cue.text.replace("\n", " ") for cue in cues) == SCRIPT


def test_the_mouth_follows_the_phonemes_of_the_speech(
    params: dict[str, Any], store: FakeStore, engines: list[Any], avatar_engine: FakeAvatarEngine
) -> None:
    run(store, params, engines)
    phonemes = avatar_engine.requests[-1].phonemes
    assert len(phonemes) == len(SCRIPT.split())
    assert phonemes[-1].end_seconds <= wav_info(store.outputs["SPEECH"][0].file("speech.wav")).duration_seconds


def test_burnt_subtitles_are_given_to_the_avatar_and_the_file_is_there_too(
    params: dict[str, Any], store: FakeStore, engines: list[Any], avatar_engine: FakeAvatarEngine
) -> None:
    output = run(store, {**params, "subtitles": "burnt"}, engines)
    cues = parse_webvtt(output.file("subtitles.vtt").read_text(encoding="utf-8"))
    for request in avatar_engine.requests:
        assert [(cue.text, cue.start_seconds) for cue in request.captions] == [(c.text, c.start_seconds) for c in cues]


@pytest.mark.parametrize("subtitles", ["vtt", "none"])
def test_the_picture_stays_clean_without_burnt_subtitles(
    params: dict[str, Any], store: FakeStore, engines: list[Any], avatar_engine: FakeAvatarEngine, subtitles: str
) -> None:
    output = run(store, {**params, "script": "Hello there.", "subtitles": subtitles}, engines)
    assert avatar_engine.requests[0].captions == ()
    assert ("subtitles.vtt" in output.files) is (subtitles == "vtt")


@pytest.mark.parametrize("reports", [1, 60, 100, 150, 240, 320])
def test_after_a_crash_anywhere_no_finished_work_is_done_again(
    params: dict[str, Any], store: FakeStore, reports: int
) -> None:
    before: list[Any] = [FakeSpeechEngine(), FakeAvatarEngine()]
    after: list[Any] = [FakeSpeechEngine(), FakeAvatarEngine()]
    with pytest.raises(Crash):
        run(store, params, before, StopAfter(reports, Crash))
    finished = {stage: outputs[0] for stage, outputs in store.outputs.items()}
    output = run(store, params, after)
    assert all(store.outputs[stage][0] is kept for stage, kept in finished.items())
    repeated_texts = set(before[0].spoken) & set(after[0].spoken)
    repeated_segments = set(before[1].animated) & set(after[1].animated)
    assert repeated_texts <= {before[0].spoken[-1]}
    assert repeated_segments <= set(before[1].animated[-1:])
    assert len(set(before[1].animated + after[1].animated)) == output.values["segments"]


def test_the_stages_run_in_their_order_and_progress_never_falls(
    params: dict[str, Any], store: FakeStore, engines: list[Any]
) -> None:
    run(store, params, engines)
    assert list(store.outputs) == STAGES
    assert store.percentages == sorted(store.percentages)


def test_a_portrait_without_a_face_is_refused_before_a_word_is_spoken(
    params: dict[str, Any], store: FakeStore, engines: list[Any], speech_engine: FakeSpeechEngine, tmp_path: Path
) -> None:
    Image.new("RGB", (300, 300), "grey").save(tmp_path / "wall.jpg")
    with pytest.raises(NoFace):
        run(store, {**params, "portrait": store.add_file(tmp_path / "wall.jpg")}, engines)
    assert speech_engine.spoken == []


@pytest.mark.parametrize(("change", "error"), [({"script": "🎬"}, NothingToSay), ({"voice": "nobody"}, UnknownVoice)])
def test_a_bad_script_or_voice_is_refused_at_once(
    params: dict[str, Any], store: FakeStore, engines: list[Any], change: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        run(store, {**params, **change}, engines)
    assert store.outputs == {}


@pytest.mark.parametrize("wrong", [{"subtitles": "srt"}, {"script": ""}, {"width": 333}, {"rate": 9}, {"engine": "x"}])
def test_parameters_out_of_bounds_are_refused_at_the_door(wrong: dict[str, Any]) -> None:
    reference = "sha256:" + "0" * 64
    Params.model_validate({"portrait": reference, "script": "Hello"})
    with pytest.raises(ValidationError):
        Params.model_validate({"portrait": reference, "script": "Hello", **wrong})
