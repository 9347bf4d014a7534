"""A finished video on the page of its job, looked at as a person would."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, expect
from tests.integration.journeys.visitor import WORK_MS, Visitor

_FACTS = """video => ({
  seconds: video.duration, width: video.videoWidth, at: video.currentTime, isPlaying: !video.paused,
  cues: Array.from(video.textTracks).flatMap(track => Array.from(track.cues ?? [])).map(cue => cue.text).join(" "),
})"""


def film(visitor: Visitor) -> Locator:
    """The video, once its first picture is there."""
    video = visitor.page.locator("main video").first
    expect(video).to_be_visible(timeout=WORK_MS)
    visitor.page.wait_for_function("document.querySelector('main video').readyState >= 2", timeout=WORK_MS)
    return video


def facts(video: Locator) -> dict[str, Any]:
    found: dict[str, Any] = video.evaluate(_FACTS)
    return found


def expect_played(visitor: Visitor, begin_seconds: float = 0.0) -> None:
    """That it moves on by itself."""
    visitor.page.wait_for_function(
        "begin => { const v = document.querySelector('main video'); return !v.paused && v.currentTime > begin + 0.3; }",
        arg=begin_seconds,
    )


def expect_subtitles(visitor: Visitor, word: str) -> None:
    visitor.page.wait_for_function(
        """word => Array.from(document.querySelector("main video").textTracks)
          .some(track => Array.from(track.cues ?? []).some(cue => cue.text.includes(word)))""",
        arg=word,
    )
