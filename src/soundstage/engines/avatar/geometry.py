"""Where a face lies in a picture: the frame of reference that every other measure of the puppet is taken in."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from soundstage.engines.contract import FacePoints, Point

Picture: TypeAlias = NDArray[np.uint8]
"""Height x width x 3, BGR."""

Field: TypeAlias = NDArray[np.float32]
Pixel: TypeAlias = tuple[float, float]

MOUTH_BELOW_EYES = 1.12
"""Distance from the eyes down to the line between the lips in eye distances, of a face seen from the front."""


@dataclass(frozen=True, slots=True)
class FaceFrame:
    """Coordinates of a face: u to the right along the eyes, v down, in eye distances from the middle of the eyes."""

    left_eye: Pixel
    right_eye: Pixel
    mouth: Pixel

    @classmethod
    def of_eyes(cls, left_eye: Pixel, right_eye: Pixel) -> FaceFrame:
        """A frame with the mouth where it is in most faces."""
        frame = cls(left_eye, right_eye, left_eye)
        return cls(left_eye, right_eye, frame.pixel(0.0, MOUTH_BELOW_EYES))

    @classmethod
    def of_points(cls, points: FacePoints, width: int, height: int) -> FaceFrame:
        """The frame of points that were given for a picture of `width` x `height` pixels."""
        left, right, mouth = (
            (point.x * width, point.y * height) for point in (points.left_eye, points.right_eye, points.mouth)
        )
        return cls(left, right, mouth)

    @property
    def unit(self) -> float:
        """Pixels between the eyes."""
        return math.dist(self.left_eye, self.right_eye)

    @property
    def origin(self) -> Pixel:
        return (self.left_eye[0] + self.right_eye[0]) / 2, (self.left_eye[1] + self.right_eye[1]) / 2

    @property
    def axis(self) -> Pixel:
        """The direction of u in the picture, of length 1."""
        unit = self.unit
        return (self.right_eye[0] - self.left_eye[0]) / unit, (self.right_eye[1] - self.left_eye[1]) / unit

    @property
    def mouth_at(self) -> Pixel:
        """The middle of the mouth as (u, v)."""
        u, v = self.at(*self.mouth)
        return float(u), float(v)

    def at(self, x: Any, y: Any) -> tuple[Any, Any]:
        """(u, v) of pixels, numbers or arrays."""
        (ox, oy), (ax, ay), unit = self.origin, self.axis, self.unit
        return ((x - ox) * ax + (y - oy) * ay) / unit, ((y - oy) * ax - (x - ox) * ay) / unit

    def pixel(self, u: Any, v: Any) -> tuple[Any, Any]:
        """Pixels of (u, v), numbers or arrays."""
        (ox, oy), (ax, ay), unit = self.origin, self.axis, self.unit
        return ox + (u * ax - v * ay) * unit, oy + (u * ay + v * ax) * unit

    def moved(self, scale: float, shift: Pixel) -> FaceFrame:
        """The frame after its picture was scaled, then shifted."""
        left, right, mouth = (
            (x * scale + shift[0], y * scale + shift[1]) for x, y in (self.left_eye, self.right_eye, self.mouth)
        )
        return FaceFrame(left, right, mouth)

    def points(self, width: int, height: int) -> FacePoints:
        """As fractions of a picture of `width` x `height` pixels."""
        left, right, mouth = (Point(x / width, y / height) for x, y in (self.left_eye, self.right_eye, self.mouth))
        return FacePoints(left, right, mouth)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of whole pixels: `left` and `top` inside, `right` and `bottom` outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def rows(self) -> slice:
        return slice(self.top, self.bottom)

    @property
    def columns(self) -> slice:
        return slice(self.left, self.right)

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    def grid(self) -> tuple[Field, Field]:
        """x and y of every pixel, in pixels of the whole picture."""
        x, y = np.meshgrid(
            np.arange(self.left, self.right, dtype=np.float32), np.arange(self.top, self.bottom, dtype=np.float32)
        )
        return x, y


def box_around(frame: FaceFrame, us: Pixel, vs: Pixel, width: int, height: int) -> Box:
    """The pixels of a canvas that hold the given ranges of u and v."""
    corners = [frame.pixel(u, v) for u in us for v in vs]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Box(
        max(0, math.floor(min(xs))),
        max(0, math.floor(min(ys))),
        min(width, math.ceil(max(xs))),
        min(height, math.ceil(max(ys))),
    )


def ramp(values: Field, start: float, end: float) -> Field:
    """0 before `start`, 1 after `end`, smooth between (smoothstep)."""
    t = np.clip((values - start) / (end - start), 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t), dtype=np.float32)


def bell(values: Field, width: float) -> Field:
    """Gaussian of 0 with the standard deviation `width`."""
    return np.asarray(np.exp(-0.5 * (values / width) ** 2), dtype=np.float32)


def upright(picture: Picture, frame: FaceFrame, us: Pixel, vs: Pixel, per_unit: int) -> Picture:
    """The given ranges of u and v as a picture of their own, with `per_unit` pixels to the eye distance."""
    columns, rows = round((us[1] - us[0]) * per_unit), round((vs[1] - vs[0]) * per_unit)
    u, v = np.meshgrid(
        np.linspace(us[0], us[1], columns, endpoint=False, dtype=np.float32),
        np.linspace(vs[0], vs[1], rows, endpoint=False, dtype=np.float32),
    )
    x, y = frame.pixel(u, v)
    found = cv2.remap(
        picture, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(found, dtype=np.uint8)
