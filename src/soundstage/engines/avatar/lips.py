"""Reads the mouth of a portrait: where the lips part, how wide they are, and what an open mouth shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from soundstage.engines.avatar.geometry import FaceFrame, Field, Picture, Pixel, upright

PER_UNIT = 96
"""Pixels to the eye distance in the copy that is measured."""

REACH_U = 0.62
REACH_V = 0.45
"""What of the face is looked at: this far from the expected middle of the mouth, in eye distances."""

FREE_SEARCH = 0.16
GIVEN_SEARCH = 0.06
"""How far the line between the lips may be from where it is expected, in eye distances (standard deviation)."""

HALF_WIDTHS = (0.33, 0.55)
USUAL_HALF_WIDTH = 0.40
LEAST_TEETH = 0.018
"""Teeth cover at least this part of a squared eye distance; smaller bright spots are reflections."""

TEETH_LIGHT = 1.12
"""Teeth are lighter than the skin at least by this factor (measured: 1.24 to 1.65)."""

GREY = 128.0 + 0.5 * 128.0
PALER = 6.0
"""Teeth have less colour than skin: a + b / 2 of grey, and by how much less, in 8-bit Lab."""

SKIN = (-0.45, 0.45), (0.3, 0.65)
USUAL_SKIN = 165.0
MOST_GAIN = 5.0
"""Where skin is measured (u and v), the light of its strongest channel after correction, and the correction's limit."""

UPPER_DEGREE, LOWER_DEGREE = 4, 2
"""Polynomials that follow the lips of a smile: the lower one is a plain bow."""

CORNER_REACH_U, CORNER_REACH_V = 0.2, 0.14
CORNER_DEPTH = 0.05
"""The corner of a smiling mouth lies this far beyond the darkest place beside the teeth, which is sought so near."""


@dataclass(frozen=True, slots=True)
class Lips:
    """The mouth in coordinates of the face, in eye distances.

    `line`, `top` and `bottom` hold v for each of `us`: where the closed lips meet, and where the lips of the portrait
    end. `top` and `bottom` are equal to `line` where the mouth of the portrait is closed.
    """

    centre: float
    half_width: float
    us: Field
    line: Field
    top: Field
    bottom: Field
    shows_teeth: bool

    def line_at(self, u: Field) -> Field:
        return np.interp(u, self.us, self.line).astype(np.float32)

    def top_at(self, u: Field) -> Field:
        return np.interp(u, self.us, self.top).astype(np.float32)

    def bottom_at(self, u: Field) -> Field:
        return np.interp(u, self.us, self.bottom).astype(np.float32)

    @property
    def middle(self) -> Pixel:
        """The middle of the mouth as (u, v)."""
        return self.centre, float(np.interp(self.centre, self.us, self.line))


def read_lips(picture: Picture, frame: FaceFrame, search: float = GIVEN_SEARCH) -> Lips:
    """Measure the mouth near `frame.mouth`; `search` is the trust in that place, a standard deviation."""
    middle_u, middle_v = frame.mouth_at
    us, vs = (middle_u - REACH_U, middle_u + REACH_U), (middle_v - REACH_V, middle_v + REACH_V)
    gain = _gain(picture, frame)
    lab = _lab(upright(picture, frame, us, vs, PER_UNIT), gain)
    columns = np.linspace(us[0], us[1], lab.shape[1], endpoint=False, dtype=np.float32)
    teeth = _teeth(lab, _skin(picture, frame, gain))
    if teeth is not None:
        return _open_lips(columns, vs[0], teeth, lab[..., 0])
    return _closed_lips(columns, vs[0], lab[..., 0], search)


def mouth_centre(picture: Picture, frame: FaceFrame) -> Pixel:
    """The pixel in the middle of the mouth of a face whose eyes are known."""
    x, y = frame.pixel(*read_lips(picture, frame, FREE_SEARCH).middle)
    return float(x), float(y)


def _teeth(lab: Field, skin: Field) -> NDArray[np.bool_] | None:
    colour = lab[..., 1] + 0.5 * lab[..., 2] - GREY
    skin_colour = float(skin[1] + 0.5 * skin[2] - GREY)
    paler = colour <= skin_colour - min(PALER, 0.4 * max(0.0, skin_colour))
    white = (paler & (lab[..., 0] > skin[0])).astype(np.uint8)
    white = cv2.morphologyEx(white, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    white = cv2.morphologyEx(white, cv2.MORPH_CLOSE, np.ones((5, 9), np.uint8))
    count, labels, stats, centres = cv2.connectedComponentsWithStats(white)
    for label in sorted(range(1, count), key=lambda label: -stats[label][cv2.CC_STAT_AREA]):
        row = labels == label
        if _is_a_row(stats[label], centres[label], lab.shape) and lab[row, 0].mean() > TEETH_LIGHT * skin[0]:
            return np.asarray(row)
    return None


def _skin(picture: Picture, frame: FaceFrame, gain: float) -> Field:
    """L, a and b of the nose and the cheeks beside it, where no beard grows."""
    lab = _lab(upright(picture, frame, *SKIN, PER_UNIT // 2), gain)
    return np.asarray(np.median(lab.reshape(-1, 3), axis=0), dtype=np.float32)


def _gain(picture: Picture, frame: FaceFrame) -> float:
    """What brings the skin to a usual exposure: colours of dark pictures are too close to tell apart."""
    skin = upright(picture, frame, *SKIN, PER_UNIT // 2).max(axis=2)
    return min(max(USUAL_SKIN / max(1.0, float(np.median(skin))), 1.0), MOST_GAIN)


def _lab(patch: Picture, gain: float) -> Field:
    exposed = cv2.convertScaleAbs(cv2.GaussianBlur(patch, (0, 0), 0.8), alpha=gain)
    return np.asarray(cv2.cvtColor(exposed, cv2.COLOR_BGR2LAB), dtype=np.float32)


def _is_a_row(stats: NDArray[np.int32], centre: NDArray[np.float64], shape: tuple[int, ...]) -> bool:
    rows, columns = shape[:2]
    width, height, area = stats[cv2.CC_STAT_WIDTH], stats[cv2.CC_STAT_HEIGHT], stats[cv2.CC_STAT_AREA]
    in_the_middle = abs(centre[0] - columns / 2) < 0.2 * PER_UNIT and abs(centre[1] - rows / 2) < 0.25 * PER_UNIT
    return bool(in_the_middle and area > LEAST_TEETH * PER_UNIT**2 and width > 1.6 * height and width > 0.25 * PER_UNIT)


def _open_lips(columns: Field, first_v: float, teeth: NDArray[np.bool_], light: Field) -> Lips:
    seen = np.flatnonzero(teeth.any(axis=0))
    top = first_v + teeth.argmax(axis=0) / PER_UNIT
    bottom = first_v + (teeth.shape[0] - teeth[::-1].argmax(axis=0)) / PER_UNIT
    corners = [_corner(columns, first_v, light, int(end), float(bottom[end]), side) for end, side in _ends(seen)]
    inner = seen[(columns[seen] > columns[seen[0]] + 0.06) & (columns[seen] < columns[seen[-1]] - 0.06)]
    upper = _through_corners(columns, top, inner, corners, UPPER_DEGREE)
    lower = _through_corners(columns, bottom, inner, corners, LOWER_DEGREE)
    upper, lower = np.minimum(upper, lower), np.maximum(upper, lower)
    line = 0.45 * upper + 0.55 * lower
    left, right = corners[0][0], corners[1][0]
    half = min(max((right - left) / 2, HALF_WIDTHS[0]), HALF_WIDTHS[1])
    return Lips((left + right) / 2, half, columns, line, upper, lower, shows_teeth=True)


def _ends(seen: NDArray[np.intp]) -> tuple[tuple[int, int], tuple[int, int]]:
    """The outermost columns of teeth, each with its side."""
    return (int(seen[0]), -1), (int(seen[-1]), 1)


def _corner(columns: Field, first_v: float, light: Field, end: int, end_v: float, side: int) -> Pixel:
    soft = cv2.GaussianBlur(light, (0, 0), 0.025 * PER_UNIT)
    rows = first_v + np.arange(light.shape[0]) / PER_UNIT
    outward = (columns - columns[end]) * side
    near = (np.abs(rows - end_v + CORNER_REACH_V / 2) < CORNER_REACH_V)[:, None] & (
        (outward > 0) & (outward < CORNER_REACH_U)
    )
    row, column = np.unravel_index(int(np.where(near, soft, np.inf).argmin()), soft.shape)
    return float(columns[column]) + side * CORNER_DEPTH, float(rows[row])


def _through_corners(
    columns: Field, edge: NDArray[np.float64], known: NDArray[np.intp], corners: Sequence[Pixel], degree: int
) -> Field:
    us = np.concatenate([columns[known], [u for u, _ in corners]])
    vs = np.concatenate([edge[known], [v for _, v in corners]])
    trust = np.ones(len(us))
    trust[-2:] = len(known) / 2
    curve = np.polynomial.Polynomial.fit(us, vs, degree, w=trust)
    return np.asarray(curve(np.clip(columns, corners[0][0], corners[1][0])), dtype=np.float32)


def _closed_lips(columns: Field, first_v: float, light: Field, search: float) -> Lips:
    soft = cv2.GaussianBlur(light, (0, 0), 0.02 * PER_UNIT) / max(1.0, float(np.median(light)))
    gap = round(0.07 * PER_UNIT)
    valley = soft - 0.5 * (np.roll(soft, gap, axis=0) + np.roll(soft, -gap, axis=0))
    rows = np.linspace(-REACH_V, REACH_V, light.shape[0], endpoint=False, dtype=np.float32)
    cost = 0.5 * soft + 4.0 * valley + 0.5 * (rows[:, None] / search) ** 2
    path = _cheapest_path(cost)
    depth = -valley[path, np.arange(len(path))]
    centre, half = _extent(columns, depth)
    line = cv2.GaussianBlur((first_v + path / PER_UNIT).astype(np.float32)[None, :], (0, 0), 0.03 * PER_UNIT)[0]
    line = _flat_outside(columns, line, centre, half)
    return Lips(centre, half, columns, line, line, line, shows_teeth=False)


def _cheapest_path(cost: Field) -> NDArray[np.intp]:
    columns = cost.shape[1]
    total = cost.copy()
    for column in range(1, columns):
        before = np.pad(total[:, column - 1], 1, constant_values=np.inf)
        total[:, column] += np.minimum(before[1:-1], np.minimum(before[:-2], before[2:]) + 0.05)
    path = np.empty(columns, dtype=np.intp)
    path[-1] = int(total[:, -1].argmin())
    for column in range(columns - 2, -1, -1):
        low = max(0, path[column + 1] - 1)
        path[column] = low + int(total[low : path[column + 1] + 2, column].argmin())
    return path


def _extent(columns: Field, depth: Field) -> tuple[float, float]:
    middle = float(columns[len(columns) // 2])
    soft = cv2.GaussianBlur(depth.astype(np.float32)[None, :], (0, 0), 0.02 * PER_UNIT)[0]
    level = 0.35 * float(np.median(soft[np.abs(columns - middle) < 0.25]))
    shallow = soft < max(level, 0.005)
    left, right = (_first(shallow, columns, middle, side, HALF_WIDTHS) for side in (-1, 1))
    if right - left < 2 * HALF_WIDTHS[0]:
        return middle, USUAL_HALF_WIDTH
    return (left + right) / 2, (right - left) / 2


def _first(shallow: NDArray[np.bool_], columns: Field, middle: float, side: int, limits: tuple[float, float]) -> float:
    outward = (columns - middle) * side
    ends = outward[shallow & (outward > limits[0] - 0.08)]
    return middle + side * min(float(ends.min()) if len(ends) else limits[1], limits[1])


def _flat_outside(columns: Field, line: Field, centre: float, half: float) -> Field:
    inside = np.clip(columns, centre - half, centre + half)
    return np.interp(inside, columns, line).astype(np.float32)
