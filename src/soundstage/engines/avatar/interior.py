"""The inside of the mouth: the dark, the tongue, and the upper teeth of the portrait or drawn ones."""

from __future__ import annotations

import cv2
import numpy as np

from soundstage.engines.avatar.geometry import FaceFrame, Field, Picture, bell, box_around, ramp
from soundstage.engines.avatar.lips import Lips

CAVITY = (26.0, 18.0, 46.0)
TONGUE = (84.0, 78.0, 150.0)
TOOTH = (0.86, 0.93, 0.97)
"""Colours in BGR. A drawn tooth is as light as the skin around the mouth, times this."""

TOOTH_WIDTH = 0.105
TEETH_BELOW_LIP = 0.045
GUM_LINE = 0.15
SUBPIXEL_BITS = 4


class MouthInterior:
    """Fills the opening between the lips."""

    def __init__(self, canvas: Picture, frame: FaceFrame, lips: Lips) -> None:
        height, width = canvas.shape[:2]
        u, v = lips.middle
        self._frame = frame
        self._middle = u
        self._box = box_around(frame, (u - 0.6, u + 0.6), (v - 0.28, v + 0.5), width, height)
        us, vs = (axis.astype(np.float32) for axis in frame.at(*self._box.grid()))
        self._us, self._vs = us, vs
        self._soft = max(0.6, 0.009 * frame.unit)
        self._shadow = max(1.0, 0.035 * frame.unit)
        light = _skin_light(canvas, frame, lips)
        self._dark = np.empty((*us.shape, 3), dtype=np.float32)
        self._dark[:] = np.array(CAVITY, dtype=np.float32) * (0.5 + 0.5 * light)
        self._tongue = np.array(TONGUE, dtype=np.float32) * (0.35 + 0.65 * light)
        if lips.shows_teeth:
            self._teeth, self._teeth_alpha = _portrait_teeth(canvas, frame, lips, us, vs)
        else:
            self._teeth, self._teeth_alpha = _drawn_teeth(lips, us, vs, light)

    def draw(self, canvas: Picture, us: Field, upper: Field, lower: Field) -> None:
        """Fill what lies between the edges of the lips, given as v for each of `us`."""
        opening = self._opening(us, upper, lower)
        alpha = cv2.GaussianBlur(opening, (0, 0), self._soft)[..., None]
        shade = cv2.GaussianBlur(opening, (0, 0), self._shadow)[..., None]
        inside = self._dark + self._tongue_alpha(us, upper, lower) * (self._tongue - self._dark)
        inside += self._teeth_alpha * (self._teeth - inside)
        inside *= 0.25 + 0.75 * np.minimum(1.0, 1.25 * shade)
        place = canvas[self._box.rows, self._box.columns]
        place[:] = place + (inside - place) * alpha

    def _opening(self, us: Field, upper: Field, lower: Field) -> Field:
        around_u, around_v = np.concatenate([us, us[::-1]]), np.concatenate([upper, lower[::-1]])
        x, y = self._frame.pixel(around_u, around_v)
        corners = np.stack([x - self._box.left, y - self._box.top], axis=-1) * (1 << SUBPIXEL_BITS)
        mask = np.zeros((self._box.height, self._box.width), dtype=np.uint8)
        cv2.fillPoly(mask, [np.rint(corners).astype(np.int32)], 255, cv2.LINE_AA, SUBPIXEL_BITS)
        return mask.astype(np.float32) / 255.0

    def _tongue_alpha(self, us: Field, upper: Field, lower: Field) -> Field:
        middle = len(us) // 2
        depth = float(lower[middle] - upper[middle])
        floor = float(lower[middle]) - 0.02
        across, down = (self._us - self._middle) / 0.3, (self._vs - floor) / max(0.02, 0.42 * depth)
        return np.asarray(0.85 * np.exp(-1.2 * (across**2 + down**2)), dtype=np.float32)[..., None]


def _skin_light(canvas: Picture, frame: FaceFrame, lips: Lips) -> float:
    u, v = lips.middle
    height, width = canvas.shape[:2]
    box = box_around(frame, (u - 0.5, u + 0.5), (v - 0.3, v + 0.4), width, height)
    return float(np.percentile(canvas[box.rows, box.columns].max(axis=2), 75)) / 255.0


def _portrait_teeth(canvas: Picture, frame: FaceFrame, lips: Lips, u: Field, v: Field) -> tuple[Field, Field]:
    top, bottom = lips.top_at(u), lips.bottom_at(u)
    x, y = frame.pixel(u, np.clip(v, top + 0.02, np.maximum(bottom - 0.015, top + 0.02)))
    teeth = cv2.remap(
        canvas, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    gums = 1.0 - 0.5 * ramp(top - v, 0.0, 0.08)
    across = np.abs(u - lips.centre) / lips.half_width
    alpha = (1.0 - ramp(v - bottom, -0.005, 0.02)) * (1.0 - ramp(across, 0.9, 1.05))
    return teeth.astype(np.float32) * gums[..., None], alpha[..., None]


def _drawn_teeth(lips: Lips, u: Field, v: Field, light: float) -> tuple[Field, Field]:
    across = (u - lips.centre) / TOOTH_WIDTH
    in_tooth = across - np.floor(across) - 0.5
    below = v - lips.line_at(np.full_like(u, lips.centre)) + 0.16 * (u - lips.centre) ** 2
    edge = TEETH_BELOW_LIP - 0.02 * (2 * np.abs(in_tooth)) ** 4
    alpha = (1.0 - ramp(below - edge, -0.02, 0.008)) * (1.0 - ramp(np.abs(u - lips.centre), 0.2, 0.36))
    gaps = 1.0 - 0.22 * bell(np.abs(in_tooth) - 0.5, 0.06)
    roundness = (1.0 - 0.35 * ramp(np.abs(u - lips.centre), 0.05, 0.34)) * (1.0 - 0.25 * ramp(-below, 0.0, GUM_LINE))
    colour = np.array(TOOTH, dtype=np.float32) * (255.0 * min(1.0, 0.12 + 0.95 * light))
    return (gaps * roundness)[..., None] * colour, alpha[..., None]
