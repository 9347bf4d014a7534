"""The portrait speaks: what can be measured in its frames."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from soundstage.core.errors import BadInput, BadMedia, BadPicture, EngineNotReady, NoFace
from soundstage.engines.avatar.animator import Animator
from soundstage.engines.avatar.geometry import Picture
from soundstage.engines.avatar.puppet import PuppetEngine
from soundstage.engines.contract import AvatarRequest, Cue, FacePoints, Phoneme, Point

Requests = Callable[..., AvatarRequest]
Render = Callable[..., list[Picture]]
Darkness = Callable[[Animator, int], float]
FRAMES = 45


def report(done: float, total: float, message: str | None = None) -> None:
    """Takes what it is told."""


def vowels(phonemes: list[Phoneme]) -> np.ndarray[Any, Any]:
    times = (np.arange(FRAMES) + 0.5) / 25
    return np.array(
        [any(p.symbol == "ɑ" and p.start_seconds <= time < p.end_seconds for p in phonemes) for time in times], float
    )


def best_lag(signal: np.ndarray[Any, Any], follower: np.ndarray[Any, Any]) -> int:
    """By how many frames `follower` is late."""
    return max(range(-5, 6), key=lambda lag: float(np.corrcoef(signal[5:-5], np.roll(follower, -lag)[5:-5])[0, 1]))


def test_the_mouth_is_open_for_a_and_closed_for_m(
    request_for: Requests, mama_wav: Path, mama_phonemes: list[Phoneme], darkness: Darkness
) -> None:
    animator = Animator(request_for(mama_wav, phonemes=mama_phonemes))
    middles = {
        symbol: [
            darkness(animator, int((p.start_seconds + p.end_seconds) / 2 * 25))
            for p in mama_phonemes
            if p.symbol == symbol
        ]
        for symbol in ("ɑ", "m")
    }
    assert min(middles["ɑ"]) > 0.1
    assert max(middles["m"]) < 0.004


@pytest.mark.parametrize("known", [True, False], ids=["with phonemes", "by sound alone"])
def test_the_mouth_is_in_time_with_the_sound(
    request_for: Requests, mama_wav: Path, mama_phonemes: list[Phoneme], darkness: Darkness, known: bool
) -> None:
    animator = Animator(request_for(mama_wav, phonemes=mama_phonemes if known else ()))
    opening = np.array([darkness(animator, number) for number in range(FRAMES)])
    assert -1 <= best_lag(vowels(mama_phonemes), opening) <= 1
    assert np.corrcoef(vowels(mama_phonemes), opening)[0, 1] > 0.6


def test_at_rest_the_portrait_keeps_its_own_smile(request_for: Requests, silent_wav: Path, darkness: Darkness) -> None:
    animator = Animator(request_for(silent_wav))
    face = animator.face
    still = animator.frame(0).copy()
    x, y = face.pixel(*face.mouth_at)
    mouth = still[round(y) - 6 : round(y) + 6, round(x) - 8 : round(x) + 8]
    assert np.percentile(mouth.min(axis=2), 80) > 150, "teeth are white"
    assert darkness(animator, 0) < 0.02


def test_the_eyes_blink(request_for: Requests, silent_wav: Path) -> None:
    animator = Animator(request_for(silent_wav))
    x, y = (round(value) for value in animator.face.left_eye)
    eye = [animator.frame(number)[y - 3 : y + 4, x - 5 : x + 6].max(axis=2).mean() for number in range(150)]
    lighter = np.array(eye) > np.median(eye) + 25
    assert 2 <= lighter.sum() <= 60, "skin covers the dark of the eye now and then"


def test_every_frame_moves_a_little_and_no_border_shows(
    request_for: Requests, silent_wav: Path, render: Render
) -> None:
    frames = render(request_for(silent_wav), range(0, 100, 5))
    edges = [np.concatenate([f[0], f[-1], f[:, 0], f[:, -1]]) for f in frames]
    assert all(np.abs(edge.astype(int) - edges[0]).max() <= 3 for edge in edges)
    changes = [np.abs(a.astype(int) - b).mean() for a, b in pairwise(frames)]
    assert min(changes) > 0
    assert max(changes) < 6


def test_the_frames_of_a_piece_are_exactly_those_of_the_whole(
    request_for: Requests, mama_wav: Path, mama_phonemes: list[Phoneme], render: Render
) -> None:
    request = request_for(mama_wav, phonemes=mama_phonemes, captions=[Cue("Mama", 0.5, 0.9)])
    whole = render(request, range(FRAMES))
    piece = render(request, range(20, FRAMES))
    assert all(np.array_equal(a, b) for a, b in zip(whole[20:], piece, strict=True))


def test_another_seed_is_another_performance(request_for: Requests, silent_wav: Path, render: Render) -> None:
    (one,), (two,) = (render(request_for(silent_wav, seed=seed), [40]) for seed in (1, 2))
    assert not np.array_equal(one, two)


def test_a_caption_leaves_no_trace_when_its_time_is_over(
    request_for: Requests, silent_wav: Path, render: Render
) -> None:
    captioned = request_for(silent_wav, captions=[Cue("Hello, this is a caption", 0.0, 0.1)])
    plain = request_for(silent_wav)
    assert not np.array_equal(render(captioned, [1])[0], render(plain, [1])[0])
    assert np.array_equal(render(captioned, [1, 10])[1], render(plain, [10])[0])


def test_a_drawn_portrait_speaks_when_its_points_are_given(
    request_for: Requests, mama_wav: Path, mama_phonemes: list[Phoneme], darkness: Darkness, tmp_path: Path
) -> None:
    drawing = np.full((400, 400, 3), 245, dtype=np.uint8)
    cv2.circle(drawing, (200, 200), 150, (140, 200, 250), -1)
    for x in (140, 260):
        cv2.circle(drawing, (x, 160), 12, (30, 30, 30), -1)
    cv2.line(drawing, (155, 285), (245, 285), (60, 60, 160), 4)
    path = tmp_path / "drawing.png"
    cv2.imwrite(str(path), drawing)
    with pytest.raises(NoFace):
        PuppetEngine().find_face(path)
    points = FacePoints(Point(0.35, 0.4), Point(0.65, 0.4), Point(0.5, 0.7125))
    animator = Animator(request_for(mama_wav, portrait_path=path, points=points, phonemes=mama_phonemes))
    assert darkness(animator, 12) > 0.05 > 0.02 > darkness(animator, 7)


def test_points_that_make_no_face_are_refused(request_for: Requests, mama_wav: Path) -> None:
    upside_down = FacePoints(Point(0.3, 0.6), Point(0.7, 0.6), Point(0.5, 0.2))
    with pytest.raises(BadInput, match="do not make a face"):
        Animator(request_for(mama_wav, points=upside_down))


def test_the_points_that_were_found_give_the_same_frames_when_given_back(
    request_for: Requests, mama_wav: Path, portrait_path: Path, render: Render
) -> None:
    found = PuppetEngine().find_face(portrait_path)
    (alone,), (given,) = (render(request_for(mama_wav, points=points), [12]) for points in (None, found))
    assert np.abs(alone.astype(int) - given).mean() < 0.5


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"end_frame": 0}, BadInput),
        ({"width": 255}, BadInput),
        ({"width": 100_000, "height": 100_000}, BadInput),
        ({"fps": 0}, BadInput),
        ({"portrait_path": Path(__file__)}, BadPicture),
        ({"audio_path": Path(__file__)}, BadMedia),
    ],
)
def test_bad_input_is_refused_and_leaves_no_file(
    request_for: Requests, mama_wav: Path, tmp_path: Path, changes: dict[str, Any], error: type[Exception]
) -> None:
    request = request_for(**{"audio_path": mama_wav, "video_path": tmp_path / "clip.mp4", **changes})
    with pytest.raises(error):
        PuppetEngine().animate(request, report)
    assert {path.name for path in tmp_path.iterdir()} == {"mama.wav"}


def test_without_opencv_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, portrait_path: Path) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    readiness = PuppetEngine().readiness()
    assert not readiness.ready
    assert "opencv-python-headless" in readiness.remedy
    with pytest.raises(EngineNotReady, match="OpenCV"):
        PuppetEngine().find_face(portrait_path)


def test_asking_whether_it_is_ready_loads_no_heavy_library() -> None:
    code = (
        "import sys; from soundstage.engines.avatar.puppet import PuppetEngine; engine = PuppetEngine();"
        "engine.readiness(); print({'cv2', 'numpy', 'PIL', 'av'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
