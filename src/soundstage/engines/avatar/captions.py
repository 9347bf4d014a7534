"""Draws subtitles into frames: wrapped, inside the safe area, white on a dark plate, each made once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from soundstage.engines.avatar.geometry import Box, Picture
from soundstage.engines.contract import Cue

TEXT_HEIGHT = 0.046
LEAST_TEXT_PIXELS = 11
"""Size of the letters against the height of the video, and the size below which they cannot be read."""

SAFE_WIDTH = 0.88
SAFE_BOTTOM = 0.06
MOST_OF_HEIGHT = 0.3
PLATE_ALPHA = 150
SHRINK = 0.85


@dataclass(frozen=True, slots=True)
class _Plate:
    """A drawn caption: where it lies, its light, and what it leaves of the picture below."""

    box: Box
    light: Picture
    passing: Picture


class Captions:
    """The captions of a clip of `width` x `height`."""

    def __init__(self, cues: Sequence[Cue], width: int, height: int) -> None:
        self._cues = [cue for cue in cues if _printable(cue.text)]
        self._width, self._height = width, height
        self._drawn: tuple[Cue, _Plate] | None = None

    def draw(self, out: Picture, seconds: float) -> Box | None:
        """Draw the caption of this moment into the frame. Returns the part that was changed."""
        cue = next((cue for cue in self._cues if cue.start_seconds <= seconds < cue.end_seconds), None)
        if cue is None:
            return None
        plate = self._plate(cue)
        place = out[plate.box.rows, plate.box.columns]
        cv2.multiply(place, plate.passing, dst=place, scale=1 / 255)
        cv2.add(place, plate.light, dst=place)
        return plate.box

    def _plate(self, cue: Cue) -> _Plate:
        if self._drawn is None or self._drawn[0] is not cue:
            self._drawn = (cue, _render(_printable(cue.text), self._width, self._height))
        return self._drawn[1]


def _printable(text: str) -> str:
    """One line without controls; half characters and those outside of Unicode's printable ones become a space."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _render(text: str, width: int, height: int) -> _Plate:
    font, lines = _fitted(text, width, height)
    block = "\n".join(lines)
    size = font.size
    left, top, right, bottom = _measure(block, font)
    pad = round(0.5 * size)
    columns, rows = min(width, round(right - left) + 2 * pad), min(height, round(bottom - top) + 2 * pad)
    image = Image.new("RGBA", (columns, rows))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, columns - 1, rows - 1), radius=round(0.35 * size), fill=(0, 0, 0, PLATE_ALPHA))
    draw.multiline_text((pad - left, pad - top), block, font=font, fill="white", align="center", spacing=_spacing(font))
    x, y = (width - columns) // 2, max(0, height - round(SAFE_BOTTOM * height) - rows)
    return _plate_of(image, Box(x, y, x + columns, y + rows))


def _plate_of(image: Image.Image, box: Box) -> _Plate:
    pixels = np.asarray(image, dtype=np.uint16)
    alpha = np.repeat(pixels[..., 3:], 3, axis=2)
    light = (pixels[..., 2::-1] * alpha // 255).astype(np.uint8)
    return _Plate(box, light, (255 - alpha).astype(np.uint8))


def _fitted(text: str, width: int, height: int) -> tuple[Any, list[str]]:
    """The largest letters with which the text stays inside its part of the picture; the last resort is to cut it."""
    size = max(float(LEAST_TEXT_PIXELS), TEXT_HEIGHT * height)
    while True:
        font = ImageFont.load_default(size)
        lines = list(_wrapped(text, font, SAFE_WIDTH * width - size))
        room = max(1, int(MOST_OF_HEIGHT * height / (1.3 * size)))
        if len(lines) <= room:
            return font, lines
        if size <= LEAST_TEXT_PIXELS:
            return font, [*lines[: room - 1], _cut(lines[room - 1], font, SAFE_WIDTH * width - size)]
        size = max(float(LEAST_TEXT_PIXELS), size * SHRINK)


def _wrapped(text: str, font: Any, room: float) -> Iterator[str]:
    line = ""
    for word in _pieces(text, font, room):
        longer = f"{line} {word}" if line else word
        if line and font.getlength(longer) > room:
            yield line
            longer = word
        line = longer
    yield line


def _pieces(text: str, font: Any, room: float) -> Iterator[str]:
    """Words, cut where one alone is wider than the line (as in scripts without spaces)."""
    for word in text.split():
        while font.getlength(word) > room and len(word) > 1:
            fitting = max(1, int(len(word) * room / font.getlength(word)))
            yield word[:fitting]
            word = word[fitting:]
        yield word


def _cut(line: str, font: Any, room: float) -> str:
    while line and font.getlength(f"{line} …") > room:
        line = line[:-1]
    return f"{line} …"


def _measure(block: str, font: Any) -> tuple[float, float, float, float]:
    draw = ImageDraw.Draw(Image.new("L", (1, 1)))
    return draw.multiline_textbbox((0, 0), block, font=font, align="center", spacing=_spacing(font))


def _spacing(font: Any) -> float:
    return float(0.25 * font.size)
