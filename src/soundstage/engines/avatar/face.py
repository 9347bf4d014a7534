"""Finds the face in a portrait: the head and the eyes by Haar cascades, the mouth by the dark line of the lips."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from soundstage.core.errors import NoFace
from soundstage.engines.avatar.geometry import FaceFrame, Picture, Pixel
from soundstage.engines.avatar.lips import mouth_centre

Grey: TypeAlias = NDArray[np.uint8]

ATTEMPTS = ((720, 0), (720, -20), (720, 20), (1400, 0), (720, -40), (720, 40))
"""Longer side in pixels of the copy that is searched, and by how many degrees it is turned: usual faces first."""

SMALLEST_FACE, SMALLEST_TILTED_FACE = 0.04, 0.13
"""Against the longer side. Small and tilted shapes are mistaken for faces too often."""

FRONTAL = ("frontalface_alt2", "frontalface_alt")
"""Cascades for faces, in the order in which they are asked."""

RIVAL_WIDTH = 0.8
"""A second face of at least this part of the first one's width makes the choice a guess."""

EYES_IN_FACE = ((0.31, 0.40), (0.69, 0.40))
"""Where eyes lie in the square that the frontal cascade gives, as fractions of its side."""

EYE_TOLERANCE = 0.14
EYE_PATCHES = (160, 240)
"""Sides in pixels to which a face is scaled for the search of its eyes."""


@dataclass(frozen=True, slots=True)
class _Face:
    x: int
    y: int
    side: int
    eyes: tuple[Pixel, Pixel] | None


def find_frame(picture: Picture) -> FaceFrame:
    """The frame of the largest face in a BGR picture.

    Raises NoFace where no face, no eyes, or several faces of about the same size are seen.
    """
    for side, degrees in ATTEMPTS:
        grey, scale = _search_copy(picture, side)
        turn = _rotation(grey, degrees)
        faces = _faces(_turned(grey, turn), SMALLEST_TILTED_FACE if degrees else SMALLEST_FACE)
        if any(face.eyes for face in faces):
            left, right = (_undone(eye, turn, scale) for eye in _eyes_of_the_largest(faces))
            return FaceFrame(left, right, mouth_centre(picture, FaceFrame.of_eyes(left, right)))
    raise NoFace(_reason(picture))


def _search_copy(picture: Picture, side: int) -> tuple[Grey, float]:
    scale = side / max(picture.shape[:2])
    kind = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=kind)
    return cv2.createCLAHE(1.0, (8, 8)).apply(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)), scale


def _rotation(grey: Grey, degrees: float) -> NDArray[np.float64]:
    height, width = grey.shape
    return np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0))


def _turned(grey: Grey, turn: NDArray[np.float64]) -> Grey:
    height, width = grey.shape
    turned = cv2.warpAffine(grey, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(turned, dtype=np.uint8)


def _undone(pixel: Pixel, turn: NDArray[np.float64], scale: float) -> Pixel:
    x, y = cv2.invertAffineTransform(turn) @ np.array([*pixel, 1.0])
    return float(x) / scale, float(y) / scale


def _faces(grey: Grey, smallest_part: float = SMALLEST_FACE) -> list[_Face]:
    smallest = int(smallest_part * max(grey.shape))
    found = (_cascade(name).detectMultiScale(grey, 1.1, 5, minSize=(smallest, smallest)) for name in FRONTAL)
    boxes = next((boxes for boxes in found if len(boxes)), ())
    faces = [_Face(int(x), int(y), int(side), _eyes(grey, int(x), int(y), int(side))) for x, y, side, _ in boxes]
    return sorted(faces, key=lambda face: -face.side)


def _eyes_of_the_largest(faces: Sequence[_Face]) -> tuple[Pixel, Pixel]:
    first, eyes = next((face, face.eyes) for face in faces if face.eyes)
    rivals = [face for face in faces if face is not first and face.side >= RIVAL_WIDTH * first.side]
    if rivals:
        raise NoFace(
            f"{len(rivals) + 1} faces of about the same size are in the portrait, so it is not clear which one speaks.",
            hint="Crop the picture to one person, or give the points of the eyes and the mouth.",
        )
    return eyes


def _eyes(grey: Grey, x: int, y: int, side: int) -> tuple[Pixel, Pixel] | None:
    patch = grey[y : y + side, x : x + side]
    candidates = [eye for size in EYE_PATCHES for eye in _eye_candidates(cv2.resize(patch, (size, size)))]
    left, right = (_near(candidates, place) for place in EYES_IN_FACE)
    pairs = [pair for pair in itertools.product(left, right) if _plausible(*pair)]
    if not pairs:
        return None
    first, second = min(pairs, key=_oddness)
    return (x + first[0] * side, y + first[1] * side), (x + second[0] * side, y + second[1] * side)


def _eye_candidates(patch: Grey) -> Iterable[Pixel]:
    size = patch.shape[0]
    for name in ("eye_tree_eyeglasses", "eye"):
        for x, y, w, h in _cascade(name).detectMultiScale(
            patch[: int(0.65 * size)], 1.05, 2, minSize=(size // 9, size // 9), maxSize=(size * 2 // 5, size * 2 // 5)
        ):
            yield float(x + w / 2) / size, float(y + h / 2) / size


def _near(candidates: Iterable[Pixel], place: Pixel) -> list[Pixel]:
    return [eye for eye in candidates if math.dist(eye, place) < EYE_TOLERANCE]


def _plausible(left: Pixel, right: Pixel) -> bool:
    across, down = right[0] - left[0], right[1] - left[1]
    return 0.26 < across < 0.52 and abs(down) < 0.35 * across


def _oddness(pair: tuple[Pixel, Pixel]) -> float:
    return sum(math.dist(eye, place) for eye, place in zip(pair, EYES_IN_FACE, strict=True))


def _reason(picture: Picture) -> str:
    grey, _ = _search_copy(picture, ATTEMPTS[0][0])
    if _faces(grey):
        return "A face was found in the portrait, but not its eyes: they may be covered, closed or in shadow."
    for side in (grey, cv2.flip(grey, 1)):
        if len(_cascade("profileface").detectMultiScale(side, 1.1, 5, minSize=(60, 60))):
            return "The face in the portrait is seen from the side."
    return "No face was found in the portrait."


@cache
def _cascade(name: str) -> Any:
    return cv2.CascadeClassifier(str(Path(cv2.__file__).parent / "data" / f"haarcascade_{name}.xml"))
