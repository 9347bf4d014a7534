"""Looking into files of strangers, for a process that must not decode anything itself."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from soundstage.core.errors import BadMedia, BadPicture
from soundstage.media.child import Child, ChildFailed, start_child
from soundstage.media.probe import AudioInfo, MediaInfo, VideoInfo

COMMAND = (sys.executable, "-I", "-m", "soundstage.media._inspect_child")
TIMEOUT_SECONDS = 60.0
CONVERT = "Convert it, then add it again."


class Inspector:
    """A child of its own for each file. `prepare` has one wait, with its libraries loaded, for a while."""

    def __init__(self, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        self._timeout_seconds = timeout_seconds
        self._spare: Child | None = None
        self._lock = threading.Lock()
        self._is_closed = False

    def inspect(self, path: Path) -> MediaInfo:
        """As `probe`. Raises BadMedia, BadPicture; also where the file is too much for the child."""
        with self._asked(path) as child:
            try:
                answer = next(child.lines(self._timeout_seconds), None)
                if answer is None:
                    child.check(1.0)
            except ChildFailed as error:
                raise BadMedia("It needs too much to find out what the file holds.", hint=CONVERT) from error
        if answer is None:
            raise BadMedia("It could not be found out what the file holds.", hint=CONVERT)
        return _told(json.loads(answer), path.name)

    def prepare(self) -> None:
        """Have a child wait for the next file."""
        with self._lock:
            if self._spare is None and not self._is_closed:
                self._spare = _started()

    def close(self) -> None:
        with self._lock:
            self._is_closed = True
            spare, self._spare = self._spare, None
        if spare is not None:
            _end(spare)

    def _asked(self, path: Path) -> Child:
        with self._lock:
            spare, self._spare = self._spare, None
        if spare is not None:
            try:
                _ask(spare, path)
            except BrokenPipeError:  # it waited for so long that it ended
                _end(spare)
            else:
                return spare
        child = _started()
        _ask(child, path)
        return child


def _started() -> Child:
    return start_child(COMMAND, stdin=subprocess.PIPE, limits_itself=True)


def _ask(child: Child, path: Path) -> None:
    child.stdin.write(json.dumps(str(path.absolute())).encode() + b"\n")
    child.stdin.flush()


def _end(child: Child) -> None:
    with suppress(ChildFailed), child:
        child.end()


def _told(answer: dict[str, Any], name: str) -> MediaInfo:
    if "refused" in answer:
        kind, message, hint = answer["refused"]
        # Stored files are named by their hash, which tells nobody anything.
        message = message.replace(name, "the file")
        raise (BadPicture if kind == BadPicture.__name__ else BadMedia)(message[:1].upper() + message[1:], hint=hint)
    found = answer["found"]
    video, audio = found.pop("video"), found.pop("audio")
    return MediaInfo(
        **found,
        video=None if video is None else VideoInfo(**video),
        audio=None if audio is None else AudioInfo(**audio),
    )
