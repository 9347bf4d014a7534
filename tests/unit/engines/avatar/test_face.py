"""Finding one face in a picture."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest

from soundstage.core.errors import NoFace
from soundstage.engines.avatar.face import find_frame
from soundstage.engines.avatar.geometry import FaceFrame, Picture
from soundstage.engines.avatar.lips import read_lips

EYES = ((253.0, 206.0), (345.0, 210.0))
MOUTH = (297.0, 303.0)


def near(found: tuple[float, float], expected: tuple[float, float], pixels: float = 9.0) -> bool:
    return math.dist(found, expected) < pixels


def painted_over_the_eyes(portrait: Picture) -> Picture:
    covered = portrait.copy()
    for x, y in EYES:
        cv2.ellipse(covered, (round(x), round(y)), (38, 28), 0, 0, 360, (12, 12, 12), -1)
    return covered


def test_the_eyes_and_the_mouth_of_the_demo_portrait_are_found(portrait: Picture) -> None:
    face = find_frame(portrait)
    assert near(face.left_eye, EYES[0])
    assert near(face.right_eye, EYES[1])
    assert near(face.mouth, MOUTH, 12)


@pytest.mark.parametrize("degrees", [-35, -15, 15, 35])
def test_a_tilted_face_is_found_with_its_tilt(portrait: Picture, degrees: float) -> None:
    turn = cv2.getRotationMatrix2D((300, 250), degrees, 0.85)
    face = find_frame(cv2.warpAffine(portrait, turn, (600, 600), borderMode=cv2.BORDER_REPLICATE))
    left, right = (tuple(turn @ (*eye, 1.0)) for eye in EYES)
    assert near(face.left_eye, left)
    assert near(face.right_eye, right)


@pytest.mark.parametrize("light", [0.22, 0.5, 1.3])
def test_a_face_is_found_in_a_dark_and_in_a_bright_picture(portrait: Picture, light: float) -> None:
    assert near(find_frame(cv2.convertScaleAbs(portrait, alpha=light)).left_eye, EYES[0])


def test_a_grey_picture_is_as_good(portrait: Picture) -> None:
    grey = cv2.cvtColor(cv2.cvtColor(portrait, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    assert near(find_frame(grey).right_eye, EYES[1])


def test_a_small_face_in_a_large_picture_is_found(portrait: Picture) -> None:
    scene = np.full((800, 1200, 3), 150, dtype=np.uint8)
    scene[600:750, 500:650] = cv2.resize(portrait, (150, 150), interpolation=cv2.INTER_AREA)
    assert near(find_frame(scene).left_eye, (500 + EYES[0][0] / 4, 600 + EYES[0][1] / 4), 4)


def test_the_largest_of_several_faces_is_taken(portrait: Picture) -> None:
    scene = np.full((600, 1000, 3), 140, dtype=np.uint8)
    scene[:, :600] = portrait
    scene[150:450, 650:950] = cv2.resize(portrait, (300, 300), interpolation=cv2.INTER_AREA)
    assert near(find_frame(scene).left_eye, EYES[0])


def test_two_faces_of_one_size_are_refused(portrait: Picture) -> None:
    with pytest.raises(NoFace, match="2 faces"):
        find_frame(np.hstack([portrait, portrait[:, ::-1]]))


def test_a_face_without_eyes_is_refused_with_that_reason(portrait: Picture) -> None:
    with pytest.raises(NoFace, match="not its eyes"):
        find_frame(painted_over_the_eyes(portrait))


def test_a_picture_without_a_face_is_refused(portrait: Picture) -> None:
    with pytest.raises(NoFace, match="No face was found") as refusal:
        find_frame(np.ascontiguousarray(portrait[380:, :]))
    assert "give the points" in refusal.value.hint


def test_the_smile_of_the_demo_portrait_shows_teeth_between_its_lips(portrait: Picture) -> None:
    lips = read_lips(portrait, find_frame(portrait))
    middle = np.array([lips.centre], dtype=np.float32)
    assert lips.shows_teeth
    assert 0.05 < float((lips.bottom_at(middle) - lips.top_at(middle))[0]) < 0.2
    assert lips.top_at(middle) < lips.line_at(middle) < lips.bottom_at(middle)


def test_closed_lips_are_read_as_one_dark_line() -> None:
    face = np.full((400, 400, 3), (120, 150, 200), dtype=np.uint8)
    cv2.ellipse(face, (200, 264), (50, 12), 0, 0, 360, (90, 90, 170), -1)
    cv2.line(face, (150, 264), (250, 264), (40, 40, 80), 3)
    lips = read_lips(face, FaceFrame((140, 130), (260, 130), (200, 258)))
    assert not lips.shows_teeth
    assert lips.middle == pytest.approx((0.0, (264 - 130) / 120), abs=0.03)
    assert lips.half_width == pytest.approx(50 / 120, abs=0.06)
