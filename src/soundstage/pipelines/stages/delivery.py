"""The last stages: results checked, encoded as asked for, and put together for the one who waits for them."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from soundstage.core.context import StageContext, StageOutput
from soundstage.core.errors import StageFailed
from soundstage.core.outcome import Done
from soundstage.media.assemble import thumbnail
from soundstage.media.ffmpeg import Input, Output, run_ffmpeg
from soundstage.media.probe import MediaInfo, probe
from soundstage.pipelines.stages.avatar import VIDEO_FILE
from soundstage.pipelines.stages.speech import SPEECH_FILE, TIMING_FILE
from soundstage.pipelines.stages.subtitles import write_subtitles

THUMBNAIL_FILE = "thumbnail.jpg"
THUMBNAIL_AT_SECONDS = 1.0
DURATION_TOLERANCE_SECONDS = 0.2
ENCODE_TIMEOUT_SECONDS = 1800.0

MUXERS: Mapping[str, str] = MappingProxyType(
    {"mp3": "mp3", "m4a": "ipod", "opus": "opus", "aac": "adts", "flac": "flac", "pcm": "s16le"}
)
ENCODINGS: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "mp3": ("-c:a", "libmp3lame", "-q:a", "2"),
        "m4a": ("-c:a", "aac", "-b:a", "96k", "-movflags", "+faststart"),
        "opus": ("-c:a", "libopus", "-b:a", "64k"),
        "aac": ("-c:a", "aac", "-b:a", "96k"),
        "flac": ("-c:a", "flac"),
        "pcm": ("-c:a", "pcm_s16le", "-ar", "24000"),
    }
)


def deliver_speech(ctx: StageContext[Any], speech: StageOutput, audio_format: str) -> Done:
    """Leaves the speech as wav or one of ENCODINGS, its subtitles as WebVTT, and words.json. Progress is ffmpeg's."""
    audio = _encoded(ctx, speech, audio_format)
    subtitles = write_subtitles(ctx, speech)
    words = keep_copy(ctx, speech.file(TIMING_FILE), TIMING_FILE)
    return Done(
        values={**speech.values, "format": audio_format, "size_bytes": audio.stat().st_size},
        files={audio.name: audio, **subtitles.files, words.name: words},
    )


def deliver_video(ctx: StageContext[Any], video: Path, animated: StageOutput) -> Done:
    """Checks that the video is what was planned. Leaves video.mp4 and thumbnail.jpg. Raises StageFailed."""
    info = check_video(video, animated.values)
    ctx.progress(1, 3, "The video was checked")
    kept = keep_copy(ctx, video, VIDEO_FILE)
    ctx.progress(2, 3, "Making the thumbnail")
    picture = ctx.workdir / THUMBNAIL_FILE
    thumbnail(kept, picture, at_seconds=min(THUMBNAIL_AT_SECONDS, info.duration_seconds / 2))
    values = {**animated.values, "duration_seconds": round(info.duration_seconds, 3), "size_bytes": info.size_bytes}
    return Done(values=values, files={VIDEO_FILE: kept, THUMBNAIL_FILE: picture})


def check_video(video: Path, planned: Mapping[str, Any]) -> MediaInfo:
    """`planned` names width, height, fps and frames. Raises StageFailed."""
    info = probe(video)
    expected = f"h264 {planned['width']}x{planned['height']} with aac"
    seconds = planned["frames"] / planned["fps"]
    if _described(info) != expected or abs(info.duration_seconds - seconds) > DURATION_TOLERANCE_SECONDS:
        raise StageFailed(
            f"The finished video is {_described(info)} of {info.duration_seconds:.2f} s, planned was {expected} of "
            f"{seconds:.2f} s. Retry the job from the stage before this one."
        )
    return info


def keep_copy(ctx: StageContext[Any], source: Path, name: str) -> Path:
    """A file of an earlier stage as a file of this one."""
    return Path(shutil.copyfile(source, ctx.workdir / name))


def _described(info: MediaInfo) -> str:
    picture = f"{info.video.codec} {info.video.width}x{info.video.height}" if info.video else "no picture"
    return f"{picture} with {info.audio.codec if info.audio else 'no sound'}"


def _encoded(ctx: StageContext[Any], speech: StageOutput, audio_format: str) -> Path:
    wav = speech.file(SPEECH_FILE)
    if audio_format == "wav":
        return keep_copy(ctx, wav, SPEECH_FILE)
    audio = ctx.workdir / f"speech.{audio_format}"
    run_ffmpeg(
        [Input(wav, "wav")],
        [Output(audio, MUXERS[audio_format], ENCODINGS[audio_format])],
        duration_seconds=speech.values["duration_seconds"],
        on_progress=ctx.progress,
        timeout_seconds=ENCODE_TIMEOUT_SECONDS,
    )
    return audio
