"""The engine `puppet`: animates a portrait by classical means, on a processor alone."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from soundstage.core.errors import BadInput, EngineNotReady
from soundstage.engines.contract import (
    READY,
    AvatarClip,
    AvatarRequest,
    EngineSpec,
    FacePoints,
    Quality,
    Readiness,
    Report,
)

CASCADE = Path("data", "haarcascade_frontalface_alt2.xml")
NO_OPENCV = Readiness(
    ready=False,
    reason="OpenCV is not installed, or it is a version without face cascades.",
    remedy="pip install 'opencv-python-headless>=4.10,<5'",
)
SMALLEST_SIDE = 64
LARGEST_SIDE = 3840


class PuppetEngine:
    """A talking head from one picture: lips by phoneme, blinks, slow motion of the head. See docs/engines/puppet.md."""

    spec = EngineSpec(
        kind="puppet",
        capability="avatar",
        title="Puppet",
        quality=Quality.DRAFT,
        licence="Apache-2.0",
        note="Moves the lips, the lids and the head of the portrait itself; best with a face seen from the front.",
    )

    def readiness(self) -> Readiness:
        from soundstage.media.ffmpeg import find_ffmpeg

        found = importlib.util.find_spec("cv2")
        folders = (found.submodule_search_locations if found else None) or ()
        if not any((Path(folder) / CASCADE).is_file() for folder in folders):
            return NO_OPENCV
        try:
            find_ffmpeg()
        except EngineNotReady as error:
            return Readiness(ready=False, reason=error.message, remedy=error.hint)
        return READY

    def release(self) -> None:
        """Nothing is held between calls."""

    def find_face(self, portrait_path: Path) -> FacePoints:
        """Where the face of the portrait is. Raises NoFace with the reason, BadPicture, EngineNotReady."""
        self._must_be_ready()
        from soundstage.engines.avatar.animator import open_portrait
        from soundstage.engines.avatar.face import find_frame

        picture = open_portrait(portrait_path)
        height, width = picture.shape[:2]
        return find_frame(picture).points(width, height)

    def animate(self, request: AvatarRequest, report: Report) -> AvatarClip:
        """Frames as H.264, reported one by one. Raises NoFace, BadPicture, BadMedia, BadInput, EngineNotReady."""
        self._must_be_ready()
        _check(request)
        from soundstage.engines.avatar.animator import Animator
        from soundstage.media.frames import FrameWriter

        animator = Animator(request)
        total = request.end_frame - request.first_frame
        with FrameWriter(request.video_path, request.width, request.height, request.fps) as clip:
            for done, index in enumerate(range(request.first_frame, request.end_frame), start=1):
                clip.write(animator.frame(index))
                report(done, total)
        return AvatarClip(request.video_path, total)

    def _must_be_ready(self) -> None:
        readiness = self.readiness()
        if not readiness.ready:
            raise EngineNotReady(f"The puppet cannot run here. {readiness.reason}", hint=readiness.remedy)


def _check(request: AvatarRequest) -> None:
    if not 0 <= request.first_frame < request.end_frame:
        raise BadInput(f"There are no frames from {request.first_frame} to {request.end_frame}.")
    sides = (request.width, request.height)
    if min(sides) < SMALLEST_SIDE or max(sides) > LARGEST_SIDE:
        raise BadInput(
            f"The puppet does not draw {request.width}x{request.height} pixels.",
            hint=f"Choose sides from {SMALLEST_SIDE} to {LARGEST_SIDE} pixels.",
        )
