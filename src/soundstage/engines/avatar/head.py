"""Moves the whole head a little: sway, turn, nod, brows and breath as one smooth displacement of the canvas."""

from __future__ import annotations

import cv2
import numpy as np

from soundstage.engines.avatar.geometry import Box, FaceFrame, Field, Picture, bell, box_around, ramp
from soundstage.engines.avatar.motion import HeadPose

GRID = 8
"""The displacement is smooth, so it is reckoned at every eighth pixel and scaled up."""

SHIFT_X = 0.035
SHIFT_Y = 0.022
ROLL_RADIANS = 0.014
YAW = 0.050
PITCH = 0.030
BROWS = 0.030
BREATH = 0.016
"""The largest movements, in eye distances."""

NECK_V = 2.3
BORDER = 0.05


class HeadWarp:
    """Makes a frame of the video from the canvas with the face in its pose."""

    def __init__(self, frame: FaceFrame, width: int, height: int) -> None:
        self._box = box_around(frame, (-3.2, 3.2), (-3.4, 6.0), width, height)
        x, y = self._box.grid()
        self._still = np.stack([x - self._box.left, y - self._box.top], axis=-1)
        self._map = np.empty_like(self._still)
        self._moves, self._shape = _displacements(frame, self._box, width, height)

    def draw(self, canvas: Picture, pose: HeadPose, out: Picture) -> None:
        """Write the canvas with the head in `pose` into `out`; what lies far from the head is left as it is there."""
        weights = (pose.shift_x, pose.shift_y, pose.roll, pose.yaw, pose.pitch, pose.brows, pose.breath)
        coarse = (np.array(weights, dtype=np.float32) @ self._moves).reshape(self._shape)
        cv2.resize(coarse, (self._box.width, self._box.height), dst=self._map, interpolation=cv2.INTER_LINEAR)
        cv2.add(self._map, self._still, dst=self._map)
        source, place = (picture[self._box.rows, self._box.columns] for picture in (canvas, out))
        cv2.remap(source, self._map, None, cv2.INTER_LINEAR, dst=place, borderMode=cv2.BORDER_REPLICATE)


def _displacements(frame: FaceFrame, box: Box, width: int, height: int) -> tuple[Field, tuple[int, int, int]]:
    x, y = np.meshgrid(_samples(box.left, box.width), _samples(box.top, box.height))
    u, v = (axis.astype(np.float32) for axis in frame.at(x, y))
    head = 1.0 - ramp(np.hypot(u / 1.5, (v - 0.1) / 2.2).astype(np.float32), 0.8, 1.75)
    edge = _inside(x, width) * _inside(y, height)
    depth = np.sqrt(np.clip(1.0 - (u / 1.25) ** 2 - ((v - 0.3) / 2.0) ** 2, 0.0, 1.0)) + 0.25 * bell(u, 0.25) * bell(
        v - 0.6, 0.4
    )
    depth = cv2.GaussianBlur(depth.astype(np.float32), (0, 0), max(1.0, 0.12 * frame.unit / GRID))
    brows = bell(v + 0.40, 0.16) * (1.0 - ramp(np.abs(u), 0.6, 1.1))
    chest = ramp(v, 1.9, 3.2) * (1.0 - ramp(v, 4.2, 5.8)) * (1.0 - ramp(np.abs(u), 1.6, 3.0))
    none = np.zeros_like(u)
    moves = [
        (-SHIFT_X * head, none),
        (none, -SHIFT_Y * head),
        (ROLL_RADIANS * (v - NECK_V) * head, -ROLL_RADIANS * u * head),
        (-YAW * depth, none),
        (none, -PITCH * depth),
        (none, BROWS * brows),
        (none, BREATH * (chest + 0.5 * head)),
    ]
    (ax, ay), unit = frame.axis, frame.unit * edge
    fields = [np.stack([(du * ax - dv * ay) * unit, (du * ay + dv * ax) * unit], axis=-1) for du, dv in moves]
    return np.stack([field.reshape(-1) for field in fields]).astype(np.float32), fields[0].shape


def _samples(start: int, size: int) -> Field:
    """Where `cv2.resize` takes the samples of a coarse grid to lie in the full one."""
    count = max(2, size // GRID)
    return ((np.arange(count) + 0.5) * size / count - 0.5 + start).astype(np.float32)


def _inside(positions: Field, size: int) -> Field:
    return ramp(np.minimum(positions, size - 1 - positions), GRID, GRID + BORDER * size)
