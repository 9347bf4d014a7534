"""Raw pictures in, H.264 out: frames go through a pipe to x264, and clips made alike can be joined by copy."""

from __future__ import annotations

import fcntl
import os
import subprocess
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast

from soundstage.core.errors import BadInput, EngineFailed
from soundstage.media.child import start_child
from soundstage.media.ffmpeg import Input, find_ffmpeg, input_arguments
from soundstage.media.files import whole_file

if TYPE_CHECKING:
    from numpy.typing import NDArray

TIMESCALE_HZ = 90_000
PIPE_BYTES = 1 << 20
FINISH_SECONDS = 600.0
ENCODING = (
    *("-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-bf", "0", "-pix_fmt", "yuv420p"),
    *("-force_key_frames", "0", "-video_track_timescale", str(TIMESCALE_HZ)),
)
"""The house format. Without B-frames, pieces that are joined by copy keep exact times."""


class FrameWriter:
    """Encodes BGR24 frames to an MP4 without sound: `with FrameWriter(...) as clip: clip.write(frame)`.

    The file appears when the block ends well; after an exception there is none. Raises BadInput where a side is odd
    or the rate is not 1 to 120; EngineFailed, DiskFull, or what `end_all_children` was given.
    """

    def __init__(self, path: Path, width: int, height: int, fps: int) -> None:
        if min(width, height) < 2 or width % 2 or height % 2:
            raise BadInput(f"A video cannot be {width}x{height} pixels: both sides must be even.")
        if not 1 <= fps <= 120:
            raise BadInput(f"A video cannot have {fps} frames a second: choose 1 to 120.")
        self.frames = 0
        self._path = path
        self._frame_bytes = width * height * 3
        self._source = Input(None, "rawvideo", ("-pix_fmt", "bgr24", "-s", f"{width}x{height}", "-r", str(fps)))
        self._resources = ExitStack()

    def write(self, frame: bytes | memoryview | NDArray[Any]) -> None:
        """Add one frame: height x width x 3 bytes in blue, green, red, contiguous."""
        view = memoryview(cast("bytes", frame)).cast("B")  # numpy's types name its buffer from Python 3.12 on
        if view.nbytes != self._frame_bytes:
            raise ValueError(f"A frame of {view.nbytes} bytes was given, {self._frame_bytes} are needed.")
        try:
            while view:
                view = view[os.write(self._pipe, view) :]
        except BrokenPipeError:
            self._child.check(FINISH_SECONDS)
            raise EngineFailed("ffmpeg stopped before the last frame.") from None
        self.frames += 1

    def __enter__(self) -> FrameWriter:
        with ExitStack() as stack:
            unfinished = stack.enter_context(whole_file(self._path))
            argv = [str(find_ffmpeg().path), "-nostdin", "-hide_banner", "-loglevel", "error", "-nostats"]
            argv += [*input_arguments(self._source), *ENCODING, "-f", "mp4", f"file:{unfinished}"]
            child = start_child(argv, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
            self._child = stack.enter_context(child)
            self._pipe = child.stdin.fileno()
            with suppress(OSError):  # the system may allow less: slower, not wrong
                fcntl.fcntl(self._pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
            self._resources = stack.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        if kind is not None:
            self._resources.__exit__(kind, error, tb)
            return
        with self._resources:
            self._child.stdin.close()
            self._child.check(FINISH_SECONDS)
            if not self.frames:
                raise EngineFailed(f"No frame was written to {self._path.name}.")
