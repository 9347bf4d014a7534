"""A portrait, a sound and a time give a frame."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from soundstage.core.errors import BadInput
from soundstage.engines.avatar.captions import Captions
from soundstage.engines.avatar.eyes import Eyelids
from soundstage.engines.avatar.face import find_frame
from soundstage.engines.avatar.framing import fit_portrait
from soundstage.engines.avatar.geometry import Box, FaceFrame, Picture
from soundstage.engines.avatar.head import HeadWarp
from soundstage.engines.avatar.lips import read_lips
from soundstage.engines.avatar.motion import eyes_closed, head_pose
from soundstage.engines.avatar.mouth import MouthWarp
from soundstage.engines.avatar.sound import hear
from soundstage.engines.avatar.speech import SpeechTrack
from soundstage.engines.contract import AvatarRequest, FacePoints
from soundstage.media.pictures import load_picture

MOST_PORTRAIT_PIXELS = 12_000_000
LEAST_MOUTH_DISTANCE, MOST_MOUTH_DISTANCE = 0.5, 2.5
"""How far below the eyes a given mouth may be, in eye distances."""


class Animator:
    """Draws any frame of a clip, in any order. Making one raises BadPicture, NoFace, BadInput, BadMedia."""

    def __init__(self, request: AvatarRequest) -> None:
        self._seed, self._fps = request.seed, request.fps
        self._speech = SpeechTrack(hear(request.audio_path), request.phonemes)
        picture = open_portrait(request.portrait_path)
        face = _face_of(picture, request.points)
        self._canvas, self._face = fit_portrait(picture, face, request.width, request.height)
        self._eyelids = Eyelids(self._canvas, self._face)
        self._mouth = MouthWarp(self._canvas, self._face, read_lips(self._canvas, self._face))
        self._head = HeadWarp(self._face, request.width, request.height)
        self._captions = Captions(request.captions, request.width, request.height)
        self._captioned: Box | None = None
        self._out = self._canvas.copy()

    @property
    def face(self) -> FaceFrame:
        """Where the face lies in the frames while the head is still."""
        return self._face

    def frame(self, index: int) -> Picture:
        """Frame `index`: height x width x 3, BGR. The array is used again for the next one."""
        seconds = (index + 0.5) / self._fps
        self._clear_caption()
        self._eyelids.draw(self._canvas, eyes_closed(seconds, self._seed))
        self._mouth.draw(self._canvas, self._speech.mouth(seconds))
        self._head.draw(self._canvas, head_pose(seconds, self._seed, self._speech.emphasis(seconds)), self._out)
        self._captioned = self._captions.draw(self._out, seconds)
        return self._out

    def _clear_caption(self) -> None:
        if self._captioned:
            part = self._captioned.rows, self._captioned.columns
            self._out[part] = self._canvas[part]


def open_portrait(path: Path) -> Picture:
    """The picture upright, in BGR. Raises BadPicture."""
    return np.ascontiguousarray(np.asarray(load_picture(path, MOST_PORTRAIT_PIXELS))[..., ::-1])


def _face_of(picture: Picture, points: FacePoints | None) -> FaceFrame:
    if points is None:
        return find_frame(picture)
    face = FaceFrame.of_points(points, picture.shape[1], picture.shape[0])
    if face.unit == 0 or not LEAST_MOUTH_DISTANCE < face.mouth_at[1] < MOST_MOUTH_DISTANCE:
        raise BadInput(
            "The given points do not make a face.",
            hint="Put the mouth below the eyes, and the left eye on the left as seen in the picture.",
        )
    return face
