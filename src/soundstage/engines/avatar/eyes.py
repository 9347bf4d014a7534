"""Closes the eyes of a portrait by drawing the skin of the upper lid down, lashes and all."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from soundstage.engines.avatar.geometry import Box, FaceFrame, Field, Picture, box_around, ramp, upright

LEVELS = 9
HALF_WIDTH = 0.25
LID_ABOVE = 0.085
LID_BELOW = 0.085
"""Half-width and edges of an open eye around its middle, in eye distances."""

LASHES = 0.035
BROW_GAP = 0.15
"""Height of the lashes, and of the skin above them that is drawn down."""

SMOOTHING = 0.03
"""Blur along the lid in eye distances, so that no hair of the brow is drawn down with the skin."""

PER_UNIT = 96


class Eyelids:
    """Both eyes at each degree of closing, made once; a frame gets the nearest."""

    def __init__(self, canvas: Picture, frame: FaceFrame) -> None:
        self._eyes = [_Eye(canvas, frame, side) for side in (-0.5, 0.5)]

    def draw(self, canvas: Picture, closed: float) -> None:
        """Write the eyes, `closed` from 0 to 1, into the canvas."""
        level = round(closed * (LEVELS - 1))
        for eye in self._eyes:
            canvas[eye.box.rows, eye.box.columns] = eye.stages[level]


class _Eye:
    def __init__(self, canvas: Picture, frame: FaceFrame, middle: float) -> None:
        height, width = canvas.shape[:2]
        self.box: Box = box_around(frame, (middle - 0.36, middle + 0.36), (-0.36, 0.24), width, height)
        u, v = (axis.astype(np.float32) for axis in frame.at(*self.box.grid()))
        lid = _find_lid(canvas, frame, middle)
        smooth = cv2.GaussianBlur(canvas, (0, 0), sigmaX=max(0.5, SMOOTHING * frame.unit), sigmaY=0.5)
        self.stages = [
            _closed(canvas, smooth, frame, self.box, u - middle, v, lid, level / (LEVELS - 1))
            for level in range(LEVELS)
        ]


@dataclass(frozen=True, slots=True)
class _Lid:
    """v of the lower edge of the brow, and of the edge of the upper lid over the pupil."""

    brow: float
    edge: float


def _find_lid(canvas: Picture, frame: FaceFrame, middle: float) -> _Lid:
    patch = upright(canvas, frame, (middle - 0.12, middle + 0.12), (-0.36, 0.1), PER_UNIT)
    light = cv2.GaussianBlur(patch, (0, 0), 1.2).astype(np.float32).mean(axis=(1, 2))
    rows = np.linspace(-0.36, 0.1, len(light), endpoint=False)
    near = (rows > -0.16) & (rows < -0.03)
    steepest = rows[near][int(np.gradient(light)[near].argmin())]
    edge = float(0.5 * steepest - 0.5 * LID_ABOVE)
    return _Lid(_brow_edge(light, rows, edge), edge)


def _brow_edge(light: Field, rows: NDArray[np.float64], edge: float) -> float:
    skin = (rows > edge - BROW_GAP) & (rows < edge - 0.5 * LASHES)
    brightest = int(np.flatnonzero(skin)[light[skin].argmax()])
    above = light[:brightest]
    level = 0.2 * float(above.min()) + 0.8 * float(light[brightest])
    darker = np.flatnonzero(above < level)
    brow = float(rows[darker[-1]]) if len(darker) else edge - BROW_GAP
    return min(max(brow, edge - BROW_GAP), edge - LASHES - 0.02)


def _closed(
    canvas: Picture, smooth: Picture, frame: FaceFrame, box: Box, across: Field, v: Field, lid: _Lid, closing: float
) -> Picture:
    original = canvas[box.rows, box.columns]
    if closing == 0:
        return original.copy()
    arc = np.sqrt(np.clip(1.0 - (across / HALF_WIDTH) ** 2, 0.0, 1.0))
    upper, lower = lid.edge * arc, LID_BELOW * arc**2
    edge = upper + closing * (lower - upper)
    source = _lid_source(v, upper, edge, lid.brow)
    x, y = frame.pixel(across + _middle_of(frame, box, across), source)
    skin = cv2.remap(
        smooth, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    covered = 1.0 - ramp(v - edge, -0.004, 0.016)
    covered *= 1.0 - ramp(np.abs(across), HALF_WIDTH, HALF_WIDTH + 0.05)
    covered *= ramp(v, lid.brow - 0.02, lid.brow + 0.03)
    return np.asarray(original + (skin.astype(np.float32) - original) * covered[..., None], dtype=np.uint8)


def _middle_of(frame: FaceFrame, box: Box, across: Field) -> Field:
    u, _ = frame.at(*box.grid())
    return np.asarray(u - across, dtype=np.float32)


def _lid_source(v: Field, upper: Field, edge: Field, start: float) -> Field:
    lashes_to, lashes_from = edge - LASHES, upper - LASHES
    stretch = (lashes_from - start) / np.maximum(lashes_to - start, 1e-3)
    skin = start + (v - start) * stretch
    return np.where(v < start, v, np.where(v < lashes_to, skin, v - (edge - upper)))
