"""Subtitles drawn into frames."""

from __future__ import annotations

import numpy as np
import pytest

from soundstage.engines.avatar.captions import Captions
from soundstage.engines.avatar.geometry import Picture
from soundstage.engines.contract import Cue


def drawn(text: str, width: int = 512, height: int = 512, light: int = 128) -> tuple[Picture, Picture]:
    before = np.full((height, width, 3), light, dtype=np.uint8)
    after = before.copy()
    Captions([Cue(text, 1.0, 2.0)], width, height).draw(after, 1.5)
    return before, after


@pytest.mark.parametrize("light", [0, 128, 255])
def test_a_caption_is_white_on_dark_on_any_background(light: int) -> None:
    _, after = drawn("Hello, world", light=light)
    bright = after.min(axis=2) > 240
    caption = after[440:480, 200:312]
    assert bright[440:480, 200:312].mean() > 0.05
    assert np.percentile(caption, 25) < 140


def test_a_caption_shows_only_in_its_time() -> None:
    captions = Captions([Cue("Hello", 1.0, 2.0)], 256, 256)
    frame = np.zeros((256, 256, 3), dtype=np.uint8)
    assert captions.draw(frame, 0.99) is None
    assert captions.draw(frame, 2.0) is None
    assert frame.max() == 0
    assert captions.draw(frame, 1.0) is not None
    assert frame.max() > 250


@pytest.mark.parametrize("size", [(512, 512), (1280, 720), (720, 1280), (128, 128)])
@pytest.mark.parametrize("text", ["Short", "A line that is much longer than one line can hold here. " * 2, "W" * 90])
def test_a_caption_is_wrapped_inside_the_safe_area(size: tuple[int, int], text: str) -> None:
    width, height = size
    before, after = drawn(text, width, height)
    rows, columns = np.nonzero((before != after).any(axis=2))
    assert columns.min() >= 0.03 * width
    assert columns.max() < 0.97 * width
    assert rows.max() < 0.96 * height
    assert rows.min() > 0.5 * height


def test_a_text_far_too_long_is_cut_and_not_spilled() -> None:
    before, after = drawn("word " * 2000)
    assert np.nonzero((before != after).any(axis=2))[0].min() > 0.5 * 512


@pytest.mark.parametrize(
    "text",
    ["日本語の字幕です", "😀 👩‍🚀", "half \ud800 a letter", "a\x00b\x1b[31m", "עברית", "line\nbreak", "{\\an8}<i>"],
)
def test_letters_that_the_font_lacks_do_no_harm(text: str) -> None:
    before, after = drawn(text)
    assert (before != after).any()


@pytest.mark.parametrize("text", ["", "  \n", "\x00"])
def test_a_caption_without_letters_is_not_drawn(text: str) -> None:
    before, after = drawn(text)
    assert (before == after).all()
