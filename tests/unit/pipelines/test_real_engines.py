"""The products on the built-in engines: what a maker gets after installation, without a network or a GPU."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from soundstage.core.errors import SoundstageError
from soundstage.engines.registry import EngineRegistry
from soundstage.media.audio import wav_info
from soundstage.media.probe import probe
from soundstage.media.subtitles import parse_webvtt
from soundstage.pipelines.full_pipeline import full_pipeline
from soundstage.pipelines.text_to_speech import text_to_speech
from soundstage.testing.context import FakeStore, run_pipeline

PORTRAIT = Path(__file__).parents[3] / "examples" / "portrait.jpg"
TEXT = "Soundstage makes media in stages. Each stage survives a crash, and goes on after it."


@pytest.fixture(scope="module")
def registry() -> EngineRegistry:
    return EngineRegistry.installed()


def ready(registry: EngineRegistry, capability: str, kind: str) -> Any:
    try:
        return registry.choose(capability, kind)
    except SoundstageError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(error.message)


@pytest.mark.parametrize("kind", ["flite", "espeak"])
def test_a_text_is_spoken(registry: EngineRegistry, store: FakeStore, kind: str) -> None:
    engine = ready(registry, "speech", kind)
    output = run_pipeline(text_to_speech, {"text": TEXT, "engine": kind}, store, engines=[engine])["UPLOADING"][0]
    assert 4 < wav_info(output.file("speech.wav")).duration_seconds < 10
    cues = parse_webvtt(output.file("subtitles.vtt").read_text(encoding="utf-8"))
    assert " ".join(cue.text.replace("\n", " ") for cue in cues) == TEXT
    assert store.percentages == sorted(store.percentages)


@pytest.mark.slow
def test_a_script_becomes_a_video_with_subtitles_in_the_picture(registry: EngineRegistry, store: FakeStore) -> None:
    engines = [ready(registry, "speech", "flite"), ready(registry, "avatar", "puppet")]
    params = {"portrait": store.add_file(PORTRAIT), "script": TEXT, "subtitles": "burnt", "width": 256, "height": 256}
    output = run_pipeline(full_pipeline, params, store, engines=engines)["UPLOADING"][0]
    seconds = wav_info(output.file("speech.wav")).duration_seconds
    assert probe(output.file("video.mp4")).duration_seconds == pytest.approx(seconds, abs=0.1)
    assert output.values["engine"] == "puppet"
    assert store.percentages == sorted(store.percentages)
