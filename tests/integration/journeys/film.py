"""A finished video on the page of its job, looked at as a person would."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, expect
from tests.integration.conftest import until
from tests.integration.journeys.visitor import WORK_MS, Visitor

_FACTS = """video => ({
  isLoaded: video.readyState >= 2, seconds: video.duration, width: video.videoWidth,
  at: video.currentTime, isPlaying: !video.paused,
  words: Array.from(video.textTracks).flatMap(track => Array.from(track.cues ?? [])).map(cue => cue.text).join(" "),
})"""


def film(visitor: Visitor) -> Locator:
    """The video, once its first picture is there."""
    video = visitor.page.get_by_role("main").locator("video").first
    expect(video).to_be_visible(timeout=WORK_MS)
    until(lambda: facts(video)["isLoaded"], "the first picture of the video is there")
    return video


def facts(video: Locator) -> dict[str, Any]:
    found: dict[str, Any] = video.evaluate(_FACTS)
    return found


def expect_played(video: Locator) -> None:
    """That it moves on by itself."""
    until(lambda: facts(video)["isPlaying"] and facts(video)["at"] > 0.3, "the video plays")


def expect_subtitles(video: Locator, word: str) -> None:
    until(lambda: word in facts(video)["words"], f"the subtitles have the word {word}")
