"""Moves the lips and the jaw of a portrait: a weighted sum of fixed displacements, and the inside of the mouth."""

from __future__ import annotations

import cv2
import numpy as np

from soundstage.engines.avatar.geometry import Box, FaceFrame, Field, Picture, bell, box_around, ramp
from soundstage.engines.avatar.interior import MouthInterior
from soundstage.engines.avatar.lips import Lips
from soundstage.engines.avatar.speech import MouthPose

JAW_DROP = 0.22
LOWER_PARTING = 0.045
UPPER_PARTING = 0.05
WIDENING = 0.16
PURSING = 0.30
PRESSING = 0.45
"""The largest movements: distances in eye distances, the others as parts of the size of the lips."""

NARROW_WIDTH = 0.5
"""Half-width of the opening of a rounded mouth, against that of the closed lips."""

TUCK = 0.02
"""How far closed lips reach over the edges of the teeth of the portrait, in eye distances."""

ROUNDNESS = 0.65
"""Power of the parabola that the edges of open lips follow: 0.5 is an ellipse."""

EDGE_COVER = 0.014
"""How far the dark of the open mouth covers the shadow line that closed lips had, in eye distances."""

SEAM = 0.005
"""Half the height of the shadow drawn between lips that the portrait does not show closed, in eye distances."""

SMILE_FROM = 0.6
"""From this much rest on, the smile of the portrait itself is faded in."""

WIDEST = JAW_DROP + LOWER_PARTING
EDGE_POINTS = 33
WIDE, NARROW = 1, 2
"""Which of the weights open the lower lip."""


class MouthWarp:
    """Redraws the lower face for a pose. Works in place on the canvas that it was made for."""

    def __init__(self, canvas: Picture, frame: FaceFrame, lips: Lips) -> None:
        self._frame, self._lips = frame, lips
        height, width = canvas.shape[:2]
        u, v = lips.middle
        self._box = box_around(frame, (u - 1.1, u + 1.1), (v - 0.62, v + 1.25), width, height)
        self._interior = MouthInterior(canvas, frame, lips)
        us, vs = _face_coordinates(frame, self._box)
        self._closed = _with_closed_lips(canvas, frame, lips, self._box, us, vs)
        self._map = np.empty((self._box.height, self._box.width, 2), dtype=np.float32)
        self._moves = _displacements(frame, lips, us, vs)
        self._still = np.stack(
            [axis - edge for axis, edge in zip(self._box.grid(), (self._box.left, self._box.top), strict=True)], axis=-1
        )
        self._edge_us = np.linspace(
            lips.centre - lips.half_width, lips.centre + lips.half_width, EDGE_POINTS, dtype=np.float32
        )
        self._edges = _edge_shapes(lips, self._edge_us)
        self._smile = canvas[self._box.rows, self._box.columns].copy() if lips.shows_teeth else None

    def draw(self, canvas: Picture, pose: MouthPose) -> None:
        """Write the lower face in `pose` into `canvas`."""
        weights = _weights(pose, self._lips.shows_teeth)
        np.matmul(weights, self._moves, out=self._map.reshape(-1))
        self._map += self._still
        place = canvas[self._box.rows, self._box.columns]
        cv2.remap(self._closed, self._map, None, cv2.INTER_LINEAR, dst=place, borderMode=cv2.BORDER_REPLICATE)
        upper, lower = self._lip_edges(weights, pose.narrow)
        self._interior.draw(canvas, self._edge_us, upper, lower)
        if self._smile is not None and pose.rest > SMILE_FROM:
            share = (pose.rest - SMILE_FROM) / (1.0 - SMILE_FROM)
            cv2.addWeighted(self._smile, share, place, 1.0 - share, 0.0, dst=place)

    def _lip_edges(self, weights: Field, narrow: float) -> tuple[Field, Field]:
        opening = np.tensordot(weights, self._edges, axes=1)
        line = self._lips.line_at(self._edge_us)
        upper, lower = opening[0], opening[1]
        cover = np.minimum(EDGE_COVER, 0.2 * (upper + lower))
        if self._lips.shows_teeth:
            cover += SEAM * ((1.0 - narrow) * self._edges[WIDE, 1] + narrow * self._edges[NARROW, 1])
        return line - upper - cover, line + lower + cover


def _face_coordinates(frame: FaceFrame, box: Box) -> tuple[Field, Field]:
    u, v = frame.at(*box.grid())
    return u.astype(np.float32), v.astype(np.float32)


def _weights(pose: MouthPose, shows_teeth: bool) -> Field:
    wide, narrow = 1.0 - pose.narrow, pose.narrow
    lower, upper = LOWER_PARTING * pose.lips, UPPER_PARTING * pose.lips
    jaw = JAW_DROP * pose.jaw
    widening = WIDENING * pose.width if pose.width > 0 else PURSING * pose.width
    press = PRESSING * (pose.press - 0.5 * max(0.0, -pose.width))
    rest = pose.rest if shows_teeth else 0.0
    weights = (jaw, (lower + jaw) * wide, (lower + jaw) * narrow, upper * wide, upper * narrow, widening, press, rest)
    return np.array(weights, dtype=np.float32)


def _profiles(lips: Lips, u: Field) -> tuple[Field, Field]:
    s = (u - lips.centre) / lips.half_width
    wide = np.clip(1.0 - s**2, 0.0, 1.0) ** ROUNDNESS
    narrow = np.clip(1.0 - (s / NARROW_WIDTH) ** 2, 0.0, 1.0) ** ROUNDNESS
    return wide.astype(np.float32), narrow.astype(np.float32)


def _smile(lips: Lips, u: Field) -> tuple[Field, Field]:
    s = np.abs(u - lips.centre) / lips.half_width
    inside = 1.0 - ramp(s.astype(np.float32), 0.84, 1.0)
    line = lips.line_at(u)
    return (line - lips.top_at(u)) * inside, (lips.bottom_at(u) - line) * inside


def _edge_shapes(lips: Lips, u: Field) -> Field:
    """How far each weight moves the upper lip up and the lower lip down: weights x 2 x points."""
    wide, narrow = _profiles(lips, u)
    none = np.zeros_like(u)
    lower, upper = [(none, wide), (none, narrow)], [(wide, none), (narrow, none)]
    still = (none, none)
    return np.array([still, *lower, *upper, still, still, _smile(lips, u)], dtype=np.float32)


def _upper_fade(below: Field) -> Field:
    return 1.0 - ramp(-below, 0.10, 0.42)


def _lower_fade(below: Field) -> Field:
    return 1.0 - ramp(below, 0.14, 0.62)


def _displacements(frame: FaceFrame, lips: Lips, u: Field, v: Field) -> Field:
    """From where each pixel comes, for each weight of 1: weights x (pixels x 2)."""
    below = v - lips.line_at(u)
    across = u - lips.centre
    under = (below > 0).astype(np.float32)
    lower, upper = under * _lower_fade(below), (1.0 - under) * _upper_fade(below)
    wide, narrow = (_spread_with_distance(profile, across / lips.half_width, below) for profile in _profiles(lips, u))
    chin = ramp(below, 0.08, 0.55) * (1.0 - ramp(below, 0.72, 1.2)) * (1.0 - ramp(np.abs(across), 0.35, 0.95))
    spread = -across * bell(across, 0.42) * bell(below, 0.26)
    slope = cv2.GaussianBlur(np.gradient(lips.line, lips.us)[None, :], (0, 0), 0.08 / float(lips.us[1] - lips.us[0]))[0]
    climb = spread * np.interp(u, lips.us, slope).astype(np.float32)
    pressed = below * bell(below, 0.12) * (1.0 - ramp(np.abs(across) / lips.half_width, 0.7, 1.15))
    gap_up, gap_down = _smile(lips, u)
    teeth = upper * gap_up - lower * gap_down
    none = np.zeros_like(u)
    moves = [
        (none, -chin),
        (none, -lower * wide),
        (none, -lower * narrow),
        (none, upper * wide),
        (none, upper * narrow),
        (spread, climb),
        (none, pressed),
        (none, teeth),
    ]
    return np.stack([_in_pixels(frame, *move) for move in moves])


def _spread_with_distance(profile: Field, s: Field, below: Field) -> Field:
    """The shape of the opening at the lips, a broad hump away from them: skin does not shear."""
    broad = np.clip(1.0 - (s / 1.6) ** 2, 0.0, 1.0) ** 1.5
    return np.asarray(profile + (broad - profile) * ramp(np.abs(below) - WIDEST * profile, 0.0, 0.25), dtype=np.float32)


def _in_pixels(frame: FaceFrame, du: Field, dv: Field) -> Field:
    (ax, ay), unit = frame.axis, frame.unit
    return np.stack([(du * ax - dv * ay) * unit, (du * ay + dv * ax) * unit], axis=-1).astype(np.float32).reshape(-1)


def _with_closed_lips(canvas: Picture, frame: FaceFrame, lips: Lips, box: Box, u: Field, v: Field) -> Picture:
    if not lips.shows_teeth:
        return canvas[box.rows, box.columns].copy()
    below = v - lips.line_at(u)
    gap_up, gap_down = _smile(lips, u)
    tuck = ramp(gap_up + gap_down, 0.004, 0.03) * TUCK
    source = v + np.where(below > 0, (gap_down + tuck) * _lower_fade(below), -(gap_up + tuck) * _upper_fade(below))
    x, y = frame.pixel(u, source)
    closed = cv2.remap(
        canvas, x.astype(np.float32), y.astype(np.float32), cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(closed, dtype=np.uint8)
