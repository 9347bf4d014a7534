"""Fitting a portrait to the size of the video."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from soundstage.core.errors import NoFace
from soundstage.engines.avatar.framing import fit_portrait
from soundstage.engines.avatar.geometry import FaceFrame, Picture

FACE = FaceFrame((253, 206), (345, 210), (297, 303))


@pytest.mark.parametrize("size", [(512, 512), (1280, 720), (720, 1280), (256, 256), (1920, 1080)])
def test_the_canvas_has_the_size_asked_for_and_the_face_well_inside(portrait: Picture, size: tuple[int, int]) -> None:
    canvas, face = fit_portrait(portrait, FACE, *size)
    assert canvas.shape == (size[1], size[0], 3)
    assert 0.3 * size[0] < face.origin[0] < 0.7 * size[0]
    assert 0.25 * size[1] < face.origin[1] < 0.55 * size[1]
    assert face.unit > 0.1 * min(size)


@pytest.mark.parametrize("size", [(512, 512), (1280, 720), (720, 1280)])
def test_the_eyes_are_where_the_frame_says(portrait: Picture, size: tuple[int, int]) -> None:
    marked = portrait.copy()
    cv2.circle(marked, (253, 206), 5, (255, 0, 255), -1)
    canvas, face = fit_portrait(marked, FACE, *size)
    x, y = (round(value) for value in face.left_eye)
    assert canvas[y, x].tolist() == pytest.approx([255, 0, 255], abs=12)


def test_a_tall_picture_in_a_wide_video_stands_before_a_blurred_backdrop(portrait: Picture) -> None:
    tall = np.ascontiguousarray(portrait[:, 150:450])
    canvas, face = fit_portrait(tall, FaceFrame((103, 206), (195, 210), (147, 303)), 1280, 720)
    assert abs(face.origin[0] - 640) < 40
    detail = np.abs(np.diff(canvas.astype(int), axis=1)).mean(axis=(0, 2))
    assert detail[:300].mean() < 0.2 * detail[500:780].mean()


def test_a_far_face_is_brought_near() -> None:
    scene = np.full((1000, 2000, 3), 120, dtype=np.uint8)
    _, face = fit_portrait(scene, FaceFrame((900, 500), (940, 500), (920, 545)), 512, 512)
    assert face.unit == pytest.approx(512 / 6.2, rel=0.02)


def test_a_face_of_a_few_pixels_is_refused() -> None:
    with pytest.raises(NoFace, match="too small"):
        fit_portrait(np.zeros((300, 300, 3), dtype=np.uint8), FaceFrame((100, 100), (110, 100), (105, 112)), 512, 512)
