"""What an engine is: a spec, its readiness, and one verb for its capability.

An engine gets files and parameters, reports progress through a callback, and leaves files. A report may raise
(`soundstage.core.errors.Stop`): the engine lets it pass and ends its child processes on the way out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol


class Quality(StrEnum):
    """What to expect: classical means, a model on this machine, or a service that costs money."""

    DRAFT = "draft"
    MODEL = "model"
    CLOUD = "cloud"


@dataclass(frozen=True, slots=True)
class EngineSpec:
    """What an engine says of itself. `queue` is where its stages run; `languages` are BCP 47 tags, empty for any."""

    kind: str
    capability: str
    title: str
    quality: Quality
    licence: str
    queue: str = "cpu"
    languages: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether the engine can run here. Where not: `reason` says what is missing, `remedy` what to type."""

    ready: bool
    reason: str = ""
    remedy: str = ""


READY = Readiness(ready=True)


class Report(Protocol):
    """Called from inside the engine's loop with real work done, in the engine's own unit."""

    def __call__(self, done: float, total: float, message: str | None = None) -> None: ...


class Engine(Protocol):
    """What every engine has. Made without arguments; cheap to make; loads on first use."""

    @property
    def spec(self) -> EngineSpec: ...

    def readiness(self) -> Readiness:
        """Looks without loading: fast enough for a settings page."""

    def release(self) -> None:
        """Drop loaded models and end child processes. The engine can be used again after it."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A named speaker. `language` is a BCP 47 tag."""

    name: str
    language: str
    title: str


@dataclass(frozen=True, slots=True)
class Word:
    """A spoken word as written in the text, with seconds from the start of the audio."""

    text: str
    start_seconds: float
    end_seconds: float


@dataclass(frozen=True, slots=True)
class Phoneme:
    """A sound in IPA without stress marks ("" is silence), with seconds from the start of the audio."""

    symbol: str
    start_seconds: float
    end_seconds: float


@dataclass(frozen=True, slots=True)
class SpeechRequest:
    """What to say. `voice` "default" is the engine's best; `rate` 1.0 is its natural speed (0.5 to 2.0)."""

    text: str
    audio_path: Path
    voice: str = "default"
    rate: float = 1.0


@dataclass(frozen=True, slots=True)
class Speech:
    """16-bit mono WAV at `audio_path`. Words and phonemes are in order, do not overlap and lie within the audio."""

    audio_path: Path
    sample_rate_hz: int
    duration_seconds: float
    words: Sequence[Word]
    phonemes: Sequence[Phoneme]


class SpeechEngine(Engine, Protocol):
    def voices(self) -> Sequence[Voice]: ...

    def speak(self, request: SpeechRequest, report: Report) -> Speech:
        """Raises NothingToSay, UnknownVoice, EngineNotReady, EngineFailed."""


@dataclass(frozen=True, slots=True)
class Point:
    """Position in a picture as fractions of its width and height, from the upper left."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class FacePoints:
    """Where the face is, given by a person or found by the engine. Left and right as seen in the picture."""

    left_eye: Point
    right_eye: Point
    mouth: Point


@dataclass(frozen=True, slots=True)
class Cue:
    """A line of subtitles."""

    text: str
    start_seconds: float
    end_seconds: float


@dataclass(frozen=True, slots=True)
class AvatarRequest:
    """Animate frames `first_frame` to `end_frame` (exclusive) of the clip that fits the audio.

    The same request gives the same frames however the clip is cut into pieces. `audio_path` is WAV; `phonemes` may
    be empty, the mouth then follows the sound alone. `captions` are drawn into the picture.
    """

    portrait_path: Path
    audio_path: Path
    video_path: Path
    width: int
    height: int
    fps: int
    first_frame: int
    end_frame: int
    phonemes: Sequence[Phoneme] = ()
    captions: Sequence[Cue] = ()
    points: FacePoints | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True)
class AvatarClip:
    """Video without sound at `video_path`: H.264, yuv420p, no B-frames, constant frame rate."""

    video_path: Path
    frames: int


class AvatarEngine(Engine, Protocol):
    def find_face(self, portrait_path: Path) -> FacePoints:
        """Raises NoFace with the reason, BadPicture."""

    def animate(self, request: AvatarRequest, report: Report) -> AvatarClip:
        """Reports each frame. Raises NoFace, BadPicture, BadMedia, EngineNotReady, EngineFailed."""
