"""How fast the puppet speaks: seconds of video for each second of work, H.264 encoding included."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import cast

from bench.report import Section, Verdict, at_least, progress, spread
from soundstage.core.errors import EngineNotReady, UnknownEngine
from soundstage.engines.contract import AvatarEngine, AvatarRequest, Speech, SpeechEngine, SpeechRequest
from soundstage.engines.registry import EngineRegistry

NAME = "puppet"
EXAMPLES = Path(__file__).parent.parent / "examples"
FPS = 25
RUNS, QUICK_RUNS = 3, 1
TARGETS = {(512, 512): 3.5, (1280, 720): 1.5}
COLUMNS = ("picture", "times real time", "frames/s")


def run(quick: bool) -> Section:
    repeats = QUICK_RUNS if quick else RUNS
    engines = EngineRegistry.installed()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        try:
            puppet = cast(AvatarEngine, engines.choose("avatar", "puppet"))
            speech = _speak(engines, Path(folder, "speech.wav"))
        except (EngineNotReady, UnknownEngine) as error:
            return _not_measured(error.message)
        speeds: dict[tuple[int, int], list[float]] = {size: [] for size in TARGETS}
        for number in range(1, repeats + 1):
            progress(f"{NAME}: run {number} of {repeats}")
            for size, measured in speeds.items():
                measured.append(_speed(puppet, speech, size, Path(folder, "clip.mp4")))
    rows = [
        (f"{_named(size)}, {FPS} fps", spread(measured), spread([speed * FPS for speed in measured]))
        for size, measured in speeds.items()
    ]
    note = (
        f"{repeats} runs, in turn, over {speech.duration_seconds:.1f} s of speech by the installed draft voice: one "
        "call of the engine, from the files of the portrait and the sound to the encoded video."
    )
    verdicts = [
        at_least(_figure(size), measured, TARGETS[size], "times real time") for size, measured in speeds.items()
    ]
    return Section(NAME, "The puppet", COLUMNS, rows, note, verdicts)


def _not_measured(reason: str) -> Section:
    verdicts = [Verdict(_figure(size), f"at least {target:g}", reason, None) for size, target in TARGETS.items()]
    return Section(NAME, "The puppet", COLUMNS, [], reason, verdicts)


def _figure(size: tuple[int, int]) -> str:
    return f"puppet at {_named(size)}, {FPS} fps, encoding included"


def _named(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"


def _speak(engines: EngineRegistry, audio_path: Path) -> Speech:
    text = (EXAMPLES / "script.txt").read_text(encoding="utf-8")
    engine = cast(SpeechEngine, engines.choose("speech"))
    return engine.speak(SpeechRequest(text, audio_path), _say_nothing)


def _speed(puppet: AvatarEngine, speech: Speech, size: tuple[int, int], video_path: Path) -> float:
    frames = round(speech.duration_seconds * FPS)
    request = AvatarRequest(
        portrait_path=EXAMPLES / "portrait.jpg",
        audio_path=speech.audio_path,
        video_path=video_path,
        width=size[0],
        height=size[1],
        fps=FPS,
        first_frame=0,
        end_frame=frames,
        phonemes=speech.phonemes,
    )
    start = time.monotonic()
    puppet.animate(request, _say_nothing)
    return frames / FPS / (time.monotonic() - start)


def _say_nothing(done: float, total: float, message: str | None = None) -> None:
    pass
