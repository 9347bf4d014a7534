"""Fits a portrait to the size of the video: a crop around the face, or the whole width before a blurred backdrop."""

from __future__ import annotations

import cv2
import numpy as np

from soundstage.core.errors import NoFace
from soundstage.engines.avatar.geometry import FaceFrame, Field, Picture

LEAST_EYE_DISTANCE = 14.0
"""Pixels between the eyes in the portrait, below which there is nothing to animate."""

WANTED_HEIGHT = 6.2
TIGHTEST_HEIGHT = 4.8
TIGHTEST_WIDTH = 3.6
"""How much of the portrait is shown, in eye distances: a head is about 3.7 high and 2.5 wide."""

EYES_AT = 0.42
"""Height of the eyes in the video, as a fraction from the top."""


def fit_portrait(picture: Picture, frame: FaceFrame, width: int, height: int) -> tuple[Picture, FaceFrame]:
    """The portrait as a canvas of `width` x `height` and its face in pixels of that canvas. Raises NoFace."""
    if frame.unit < LEAST_EYE_DISTANCE:
        raise NoFace(
            f"The face in the portrait is too small: its eyes are {frame.unit:.0f} pixels apart.",
            hint=f"Use a picture with at least {LEAST_EYE_DISTANCE:.0f} pixels between the eyes, better 60 or more.",
        )
    crop_width, crop_height = _crop_size(picture, frame, width / height)
    left, top = _crop_corner(picture, frame, crop_width, crop_height)
    cropped = picture[round(top) : round(top + crop_height), round(left) : round(left + crop_width)]
    scale = min(width / cropped.shape[1], height / cropped.shape[0])
    scaled = _scaled(cropped, scale, width, height)
    shift_x, shift_y = (width - scaled.shape[1]) // 2, (height - scaled.shape[0]) // 2
    moved = frame.moved(scale, (shift_x - round(left) * scale, shift_y - round(top) * scale))
    return _on_backdrop(scaled, width, height), moved


def _crop_size(picture: Picture, frame: FaceFrame, aspect: float) -> tuple[float, float]:
    rows, columns = picture.shape[:2]
    wanted = max(WANTED_HEIGHT, TIGHTEST_WIDTH / aspect) * frame.unit
    covering = min(wanted, rows, columns / aspect)
    if covering >= TIGHTEST_HEIGHT * frame.unit or columns / rows > aspect:
        return covering * aspect, covering
    tall = min(wanted, rows)
    return min(columns, tall * aspect), tall


def _crop_corner(picture: Picture, frame: FaceFrame, width: float, height: float) -> tuple[float, float]:
    rows, columns = picture.shape[:2]
    x, y = frame.origin
    left, top = x - width / 2, y - EYES_AT * height
    return min(max(0.0, left), columns - width), min(max(0.0, top), rows - height)


def _scaled(picture: Picture, scale: float, width: int, height: int) -> Picture:
    size = (min(width, round(picture.shape[1] * scale)), min(height, round(picture.shape[0] * scale)))
    size = (width if width - size[0] < 3 else size[0], height if height - size[1] < 3 else size[1])
    kind = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, size, interpolation=kind), dtype=np.uint8)


def _on_backdrop(picture: Picture, width: int, height: int) -> Picture:
    rows, columns = picture.shape[:2]
    if (columns, rows) == (width, height):
        return picture
    cover = max(width / columns, height / rows)
    backdrop = cv2.resize(picture, None, fx=cover, fy=cover)
    top, left = (backdrop.shape[0] - height) // 2, (backdrop.shape[1] - width) // 2
    backdrop = cv2.GaussianBlur(backdrop[top : top + height, left : left + width], (0, 0), width / 40)
    canvas = np.asarray(backdrop * 0.75, dtype=np.uint8)
    x, y = (width - columns) // 2, (height - rows) // 2
    place = canvas[y : y + rows, x : x + columns]
    alpha = _soft_edges(rows, columns, rows < height, columns < width)[..., None]
    place[:] = (picture * alpha + place * (1.0 - alpha)).astype(np.uint8)
    return canvas


def _soft_edges(rows: int, columns: int, vertical: bool, horizontal: bool) -> Field:
    edge = max(2.0, 0.03 * min(rows, columns))
    x, y = np.arange(columns, dtype=np.float32) + 1, np.arange(rows, dtype=np.float32) + 1
    across = np.clip(np.minimum(x, columns + 1 - x) / edge, 0, 1) if horizontal else np.ones_like(x)
    down = np.clip(np.minimum(y, rows + 1 - y) / edge, 0, 1) if vertical else np.ones_like(y)
    return np.asarray(down[:, None] * across[None, :], dtype=np.float32)
