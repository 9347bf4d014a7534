"""ffmpeg behind one wrapper: named demuxers, local files alone, limits, real progress, whole outputs or none."""

from __future__ import annotations

import functools
import os
import re
import shutil
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from soundstage.core.errors import BadMedia, EngineNotReady
from soundstage.media.child import ChildFailed, Limits, run_child
from soundstage.media.files import whole_file

OnProgress = Callable[[float, float], None]
"""Called with the seconds done and the seconds in all. May raise to end the child."""

UPLOAD_DEMUXERS = ("aac", "aiff", "flac", "matroska", "mov", "mp3", "ogg", "wav")
"""What an upload may be, by ffmpeg's names. Playlists and lists of files are not among them."""

OWN_DEMUXERS = ("concat", "ffmetadata", "rawvideo")
"""What we write ourselves and read back."""

DECODERS = (
    "aac,aac_latm,ac3,alac,av1,eac3,flac,h264,hevc,libdav1d,libopus,libvpx-vp9,mjpeg,mp3,mp3float,mpeg4,opus,"
    "pcm_alaw,pcm_f32le,pcm_f64le,pcm_mulaw,pcm_s16be,pcm_s16le,pcm_s24be,pcm_s24le,pcm_s32le,pcm_u8,png,prores,"
    "rawvideo,vorbis,vp8,vp9"
)
"""The decoders that an input may reach."""

INPUT_FAULTS = (
    "Invalid data found",
    "moov atom not found",
    "Decoder not found",
    "does not contain any stream",
    "matches no streams",
    "could not find codec parameters",
    "Could not find codec parameters",
    "not on whitelist",
    "Cannot determine format",
    "Could not seek to",
    "End of file",
    "Unknown decoder",
    "Error while decoding",
    "Error submitting packet to decoder",
    "received no packets",
    "Nothing was written into output file",
)
NO_FFMPEG = "Install ffmpeg (`apt install ffmpeg`) or the wheel (`pip install imageio-ffmpeg`)."


@dataclass(frozen=True, slots=True)
class Ffmpeg:
    """The program in use. `source` is "configured", "system" or "wheel"."""

    path: Path
    source: str


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read with the named demuxer, or the standard input where `path` is None.

    `options` come from our own code and never from data.
    """

    path: Path | None
    demuxer: str
    options: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Output:
    """A file to write with the named muxer. `options` come from our own code and never from data."""

    path: Path
    muxer: str
    options: Sequence[str] = ()


_SOURCE = re.compile(r"^\[[^]]* @ 0x[0-9a-f]+] ?")
_configured: Path | None = None


def choose_ffmpeg(path: Path | None) -> None:
    """Use the ffmpeg at `path` in this process, or with None the first that is found."""
    global _configured
    _configured = path
    find_ffmpeg.cache_clear()


@functools.cache
def find_ffmpeg() -> Ffmpeg:
    """The chosen ffmpeg, that of the system, or that of the imageio-ffmpeg wheel. Raises EngineNotReady."""
    if _configured is not None:
        if not (_configured.is_file() and os.access(_configured, os.X_OK)):
            raise EngineNotReady(f"There is no ffmpeg at {_configured}.", hint="Correct the path in the settings.")
        return Ffmpeg(_configured.absolute(), "configured")
    if found := shutil.which("ffmpeg"):
        return Ffmpeg(Path(found).absolute(), "system")
    if wheel := _wheel_ffmpeg():
        return Ffmpeg(wheel, "wheel")
    raise EngineNotReady("ffmpeg was not found.", hint=NO_FFMPEG)


def run_ffmpeg(
    inputs: Sequence[Input],
    outputs: Sequence[Output],
    *,
    options: Sequence[str] = (),
    duration_seconds: float | None = None,
    on_progress: OnProgress | None = None,
    timeout_seconds: float = 3600.0,
    limits: Limits | None = None,
) -> None:
    """Read the inputs, write the outputs: all of them whole, or none. `options` stand between the two.

    Progress is reported where `duration_seconds` is known. Raises BadMedia where an input is at fault, ChildFailed,
    ChildTimedOut, DiskFull, EngineNotReady.
    """
    program = find_ffmpeg()
    with ExitStack() as stack:
        unfinished = [stack.enter_context(whole_file(output.path)) for output in outputs]
        argv = [
            *(str(program.path), "-nostdin", "-hide_banner", "-loglevel", "error", "-y"),
            *("-nostats", "-stats_period", "0.2", "-progress", "pipe:1"),
            *(word for given in inputs for word in input_arguments(given)),
            *options,
            *(
                word
                for output, path in zip(outputs, unfinished, strict=True)
                for word in _output_arguments(output, path)
            ),
        ]
        try:
            run_child(
                argv,
                timeout_seconds=timeout_seconds,
                limits=limits,
                on_line=_progress_reader(duration_seconds, on_progress),
            )
        except ChildFailed as error:
            raise _blamed(error, inputs) from error


def input_arguments(given: Input) -> list[str]:
    """The words of the command line for one input: what it may be is said before it is opened."""
    whitelist = ",".join((*UPLOAD_DEMUXERS, *OWN_DEMUXERS))
    return [
        *("-protocol_whitelist", "file,pipe", "-format_whitelist", whitelist, "-codec_whitelist", DECODERS),
        *given.options,
        *("-f", _one_of_ours(given.demuxer), "-i", "pipe:0" if given.path is None else _as_url(given.path)),
    ]


def _output_arguments(output: Output, path: Path) -> list[str]:
    return [*output.options, "-f", output.muxer, _as_url(path)]


def _one_of_ours(demuxer: str) -> str:
    if demuxer not in (*UPLOAD_DEMUXERS, *OWN_DEMUXERS):
        raise BadMedia(f"Files of the kind {demuxer} are not read here.")
    return demuxer


def _as_url(path: Path) -> str:
    return f"file:{path.absolute()}"


def _progress_reader(duration_seconds: float | None, on_progress: OnProgress | None) -> Callable[[str], None] | None:
    if duration_seconds is None or on_progress is None:
        return None
    newest = 0.0

    def read(line: str) -> None:
        nonlocal newest
        name, _, value = line.partition("=")
        if name == "out_time_us" and value.isdigit():
            newest = max(newest, min(int(value) / 1e6, duration_seconds))
            on_progress(newest, duration_seconds)

    return read


def _blamed(error: ChildFailed, inputs: Sequence[Input]) -> Exception:
    blaming = [line for line in error.stderr.splitlines() if any(text in line for text in INPUT_FAULTS)]
    if not blaming:
        return error
    names = ", ".join(given.path.name for given in inputs if given.path is not None)
    said = _SOURCE.sub("", blaming[0]).split(" '", maxsplit=1)[0]
    return BadMedia(f"{names} cannot be read: {said}.", hint="Check that it plays, then convert and add it again.")


def _wheel_ffmpeg() -> Path | None:
    try:
        import imageio_ffmpeg

        return Path(imageio_ffmpeg.get_ffmpeg_exe())
    except (ImportError, RuntimeError):
        return None
