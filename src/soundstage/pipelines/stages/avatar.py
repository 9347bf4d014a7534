"""From a portrait and speech to a silent clip of the face that speaks, in segments that a crash does not lose."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from soundstage.core.context import CheckpointedItem, StageContext, StageOutput
from soundstage.core.errors import BadMedia
from soundstage.core.outcome import Done
from soundstage.engines.contract import AvatarEngine, AvatarRequest, Cue, FacePoints, Phoneme, Point
from soundstage.media.assemble import join_clips
from soundstage.media.audio import frame_count, level, to_wav, wav_info
from soundstage.media.pictures import load_picture, save_jpeg
from soundstage.pipelines.stages.choice import engine_kind
from soundstage.pipelines.stages.parameters import Face
from soundstage.pipelines.stages.progress import within
from soundstage.pipelines.stages.speech import SPEECH_FILE

SEGMENT_SECONDS = 10
LONGEST_CLIP_SECONDS = 7200.0
SHORTEST_CLIP_SECONDS = 0.2
AUDIO_RATE_HZ = 48_000
SILENCE_PEAK_DB = -60.0
PORTRAIT_PIXELS = 4_000_000
PORTRAIT_QUALITY = 95
PORTRAIT_FILE = "portrait.jpg"
CLIP_FILE = "clip.mp4"
VIDEO_FILE = "video.mp4"


@dataclass(frozen=True, slots=True)
class Clip:
    """What the finished clip looks like. Sides in pixels."""

    width: int
    height: int
    fps: int
    phonemes: Sequence[Phoneme] = ()
    captions: Sequence[Cue] = ()


def prepare_portrait(ctx: StageContext[Any], reference: str, face: Face | None, engine: str) -> Done:
    """Makes the portrait upright and clean, and finds the face where none is given.

    Leaves the values `engine` and `points` and the file portrait.jpg. Raises BadPicture, NoFace, UnknownEngine,
    EngineNotReady.
    """
    animator: AvatarEngine = ctx.engine("avatar", engine)
    portrait = ctx.workdir / PORTRAIT_FILE
    save_jpeg(load_picture(_named(ctx, reference, "portrait"), PORTRAIT_PIXELS), portrait, PORTRAIT_QUALITY)
    points = animator.find_face(portrait) if face is None else face.to_points()
    ctx.log(f"The face was {'found' if face is None else 'given'}; {animator.spec.title} will animate it.")
    return Done(
        values={"engine": animator.spec.kind, "points": asdict(points)},
        files={PORTRAIT_FILE: portrait},
    )


def prepare_audio(ctx: StageContext[Any], reference: str) -> Done:
    """Makes an uploaded recording 48 kHz mono WAV.

    Leaves the value `duration_seconds` and the file speech.wav. Raises BadMedia for what is no sound, silent, too
    short or too long.
    """
    audio = ctx.workdir / SPEECH_FILE
    made = to_wav(_named(ctx, reference, "audio"), audio, AUDIO_RATE_HZ)
    check_duration(made.duration_seconds)
    if level(audio).peak_db < SILENCE_PEAK_DB:
        raise BadMedia("The audio is silent from start to end.", hint="Choose a recording in which somebody speaks.")
    return Done(values={"duration_seconds": round(made.duration_seconds, 3)}, files={SPEECH_FILE: audio})


def check_duration(seconds: float) -> None:
    """Raises BadMedia."""
    if not SHORTEST_CLIP_SECONDS <= seconds <= LONGEST_CLIP_SECONDS:
        raise BadMedia(
            f"The speech lasts {seconds:.1f} seconds: a clip takes {SHORTEST_CLIP_SECONDS:g} to "
            f"{LONGEST_CLIP_SECONDS:g} seconds.",
            hint="Cut it into shorter pieces and make a video of each.",
        )


def animate(ctx: StageContext[Any], setup: StageOutput, engine: str, audio: Path, clip: Clip) -> Done:
    """Animates the portrait in segments of about 10 seconds; each is a checkpoint. Progress is by frames.

    Leaves the values `engine`, `width`, `height`, `fps`, `frames` and `segments` and the files clip_0000.mp4,
    clip_0001.mp4 ... Raises what the engine raises.
    """
    animator: AvatarEngine = ctx.engine("avatar", engine_kind(engine, setup))
    whole = _whole_clip(ctx, setup, audio, clip)
    segments = split_frames(whole.end_frame, clip.fps)
    for turn in ctx.checkpointed("segment", segments):
        _animate_segment(ctx, animator, whole, turn)
    clips = _collected_clips(ctx)
    values = {
        "engine": animator.spec.kind,
        "width": clip.width,
        "height": clip.height,
        "fps": clip.fps,
        "frames": whole.end_frame,
        "segments": len(clips),
    }
    return Done(values=values, files={path.name: path for path in clips})


def split_frames(frames: int, fps: int) -> list[list[int]]:
    """First frame and end (exclusive) of each segment."""
    step = SEGMENT_SECONDS * fps
    return [[first, min(first + step, frames)] for first in range(0, frames, step)]


def assemble(ctx: StageContext[Any], animated: StageOutput, audio: Path) -> Done:
    """Joins the segments without encoding them again, and adds the sound. Leaves the file video.mp4."""
    clips = [animated.file(clip_name(index)) for index in range(animated.values["segments"])]
    video = ctx.workdir / VIDEO_FILE
    join_clips(clips, audio, video, fps=animated.values["fps"], on_progress=ctx.progress)
    return Done(files={VIDEO_FILE: video})


def clip_name(index: int) -> str:
    return f"clip_{index:04}.mp4"


def _whole_clip(ctx: StageContext[Any], setup: StageOutput, audio: Path, clip: Clip) -> AvatarRequest:
    return AvatarRequest(
        portrait_path=setup.file(PORTRAIT_FILE),
        audio_path=audio,
        video_path=ctx.workdir / CLIP_FILE,
        width=clip.width,
        height=clip.height,
        fps=clip.fps,
        first_frame=0,
        end_frame=frame_count(wav_info(audio), clip.fps),
        phonemes=clip.phonemes,
        captions=clip.captions,
        points=_points(setup.values["points"]),
    )


def _animate_segment(
    ctx: StageContext[Any], engine: AvatarEngine, whole: AvatarRequest, turn: CheckpointedItem
) -> None:
    first, end = turn.item
    report = within(ctx, first, end - first, whole.end_frame, f"Frames {first + 1} to {end} of {whole.end_frame}")
    engine.animate(replace(whole, first_frame=first, end_frame=end), report)
    turn.keep(files={CLIP_FILE: whole.video_path})


def _collected_clips(ctx: StageContext[Any]) -> list[Path]:
    clips = []
    for index, segment in enumerate(ctx.checkpoints("segment")):
        clips.append(Path(shutil.copyfile(segment.file(CLIP_FILE), ctx.workdir / clip_name(index))))
    return clips


def _named(ctx: StageContext[Any], reference: str, name: str) -> Path:
    # Stored files are named by their hash; a link lets errors speak of "portrait".
    link = ctx.workdir / name
    link.symlink_to(ctx.input_file(reference))
    return link


def _points(values: dict[str, dict[str, float]]) -> FacePoints:
    return FacePoints(**{name: Point(**point) for name, point in values.items()})
