"""Fake engines that keep to the contracts and make small, real files: a tone for each word, grey frames."""

from __future__ import annotations

import array
import math
import wave
from collections.abc import Sequence
from pathlib import Path

from soundstage.core.errors import EngineNotReady, NoFace, NothingToSay, UnknownVoice
from soundstage.engines.contract import (
    READY,
    AvatarClip,
    AvatarRequest,
    EngineSpec,
    FacePoints,
    Phoneme,
    Point,
    Quality,
    Readiness,
    Report,
    Speech,
    SpeechRequest,
    Voice,
    Word,
)

SAMPLE_RATE_HZ = 16_000
WORD_SECONDS = 0.3
TONE_SECONDS = 0.25
TONE_HZ = 220.0
FULL_SCALE = 12_000
LARGEST_PORTRAIT_PIXELS = 4_000_000
CONTRAST = 40


class FakeSpeechEngine:
    """Speaks each word as a tone of a quarter of a second. `spoken` lists the texts that it was given.

    With `failures`, that many calls of `speak` raise `error` in the middle of the work.
    """

    def __init__(
        self,
        kind: str = "fake_speech",
        *,
        readiness: Readiness = READY,
        failures: int = 0,
        error: Exception | None = None,
    ) -> None:
        self.spec = EngineSpec(kind, "speech", "Fake speech", Quality.DRAFT, "Apache-2.0")
        self.spoken: list[str] = []
        self._readiness = readiness
        self._failures = failures
        self._error = error or OSError("the fake engine was told to fail")

    def readiness(self) -> Readiness:
        return self._readiness

    def release(self) -> None:
        """Holds nothing."""

    def voices(self) -> Sequence[Voice]:
        return (Voice("tone", "en-US", "Tone"), Voice("bell", "en-GB", "Bell"))

    def speak(self, request: SpeechRequest, report: Report) -> Speech:
        """Raises NothingToSay, UnknownVoice, EngineNotReady."""
        self._check(request)
        self.spoken.append(request.text)
        words = [word for word in request.text.split() if any(c.isalnum() for c in word)]
        word_frames = round(SAMPLE_RATE_HZ * WORD_SECONDS / request.rate)
        sound = _tone(word_frames)
        for done in range(1, len(words) + 1):
            self._maybe_fail(done, len(words))
            report(done, len(words))
        _write_wav(request.audio_path, sound * len(words))
        return _speech(request.audio_path, words, word_frames / SAMPLE_RATE_HZ)

    def _check(self, request: SpeechRequest) -> None:
        if not self._readiness.ready:
            raise EngineNotReady(f"Fake speech is not ready: {self._readiness.reason}")
        if request.voice not in ("default", *(voice.name for voice in self.voices())):
            raise UnknownVoice(f"Fake speech has no voice {request.voice!r}: it has tone and bell.")
        if not any(c.isalnum() for c in request.text):
            raise NothingToSay("The text has no word in it.")

    def _maybe_fail(self, done: int, total: int) -> None:
        if self._failures > 0 and done * 2 >= total:
            self._failures -= 1
            raise self._error


class FakeAvatarEngine:
    """Makes frames of one grey each, which grows with their number. `animated` lists the ranges it was asked for.

    It finds a face where the middle of a picture stands out from four like corners, as in that of `write_portrait`.
    """

    def __init__(self, kind: str = "fake_avatar", *, readiness: Readiness = READY) -> None:
        self.spec = EngineSpec(kind, "avatar", "Fake avatar", Quality.DRAFT, "Apache-2.0")
        self.animated: list[tuple[int, int]] = []
        self.requests: list[AvatarRequest] = []
        self._readiness = readiness

    def readiness(self) -> Readiness:
        return self._readiness

    def release(self) -> None:
        """Holds nothing."""

    def find_face(self, portrait_path: Path) -> FacePoints:
        """Raises NoFace, BadPicture."""
        from soundstage.media.pictures import load_picture

        grey = load_picture(portrait_path, LARGEST_PORTRAIT_PIXELS).convert("L").resize((3, 3)).tobytes()
        corners, middle = (grey[0], grey[2], grey[6], grey[8]), grey[4]
        if max(corners) - min(corners) > CONTRAST or abs(middle - corners[0]) <= CONTRAST:
            raise NoFace("No face was found in the portrait: its middle does not stand out.")
        return FacePoints(left_eye=Point(0.4, 0.4), right_eye=Point(0.6, 0.4), mouth=Point(0.5, 0.65))

    def animate(self, request: AvatarRequest, report: Report) -> AvatarClip:
        """Raises NoFace, BadPicture, EngineNotReady."""
        from soundstage.media.frames import FrameWriter

        if not self._readiness.ready:
            raise EngineNotReady(f"Fake avatar is not ready: {self._readiness.reason}")
        if request.points is None:
            self.find_face(request.portrait_path)
        self.animated.append((request.first_frame, request.end_frame))
        self.requests.append(request)
        frames = request.end_frame - request.first_frame
        with FrameWriter(request.video_path, request.width, request.height, request.fps) as writer:
            for done, number in enumerate(range(request.first_frame, request.end_frame), start=1):
                writer.write(_grey_frame(request, number))
                report(done, frames)
        return AvatarClip(request.video_path, frames)


def write_portrait(path: Path) -> Path:
    """A small picture in which FakeAvatarEngine finds a face. The suffix of `path` says its format."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (300, 300), "white")
    ImageDraw.Draw(picture).ellipse((60, 40, 240, 280), fill="saddlebrown")
    picture.save(path)
    return path


def _grey_frame(request: AvatarRequest, number: int) -> bytes:
    grey = (request.seed + number) % 200 + 20
    return bytes([grey]) * (request.width * request.height * 3)


def _tone(frames: int) -> bytes:
    sounding = round(frames * TONE_SECONDS / WORD_SECONDS)
    step = 2 * math.pi * TONE_HZ / SAMPLE_RATE_HZ
    tone = array.array("h", (round(FULL_SCALE * math.sin(step * n)) for n in range(sounding)))
    return tone.tobytes() + bytes(2 * (frames - sounding))


def _write_wav(path: Path, samples: bytes) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE_HZ)
        file.writeframes(samples)


def _speech(audio_path: Path, words: Sequence[str], word_seconds: float) -> Speech:
    starts = [n * word_seconds for n in range(len(words))]
    sounding = word_seconds * TONE_SECONDS / WORD_SECONDS
    return Speech(
        audio_path=audio_path,
        sample_rate_hz=SAMPLE_RATE_HZ,
        duration_seconds=len(words) * word_seconds,
        words=[Word(text, start, start + sounding) for text, start in zip(words, starts, strict=True)],
        phonemes=[Phoneme("a", start, start + sounding) for start in starts],
    )
