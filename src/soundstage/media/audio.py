"""Sound: 16-bit mono WAV in and out, joining, and what can be measured in it."""

from __future__ import annotations

import math
import wave
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from soundstage.core.errors import BadMedia
from soundstage.media.ffmpeg import Input, OnProgress, Output, run_ffmpeg
from soundstage.media.files import whole_file
from soundstage.media.probe import ProbeLimits, probe

if TYPE_CHECKING:
    from numpy.typing import NDArray

SILENCE_DB = -120.0
HOP_SECONDS = 0.1
HOPS_A_BLOCK = 4
WAV_HEAD_BYTES = 44
COPY_SAMPLES = 1 << 16
FADE_SECONDS = 0.005

# ITU-R BS.1770-4, tables 1 and 2: the two biquads of K-weighting at 48 kHz, (b, a).
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))


@dataclass(frozen=True, slots=True)
class WavInfo:
    """The head of a 16-bit mono WAV."""

    rate_hz: int
    samples: int

    @property
    def duration_seconds(self) -> float:
        return self.samples / self.rate_hz


@dataclass(frozen=True, slots=True)
class Level:
    """How loud a sound is: peak and RMS in dBFS, gated loudness in LUFS (ITU-R BS.1770-4). -120 is silence."""

    peak_db: float
    rms_db: float
    loudness_lufs: float


def wav_info(path: Path) -> WavInfo:
    """Raises BadMedia where the file is not 16-bit mono WAV."""
    with _reading(path) as reader:
        return WavInfo(reader.getframerate(), reader.getnframes())


def read_wav(path: Path) -> tuple[NDArray[Any], int]:
    """The samples (int16, one dimension) and their rate in hertz. Raises BadMedia."""
    import numpy as np

    with _reading(path) as reader:
        return np.frombuffer(reader.readframes(reader.getnframes()), dtype="<i2"), reader.getframerate()


def write_wav(path: Path, samples: NDArray[Any], rate_hz: int) -> None:
    """Write samples (int16, or floats of -1..1, which are clipped), one dimension, whole or not at all."""
    import numpy as np

    if samples.dtype != np.int16:
        samples = np.round(np.clip(samples, -1.0, 1.0) * 32767).astype(np.int16)
    with _writing(path, rate_hz) as writer:
        writer.writeframes(samples.astype("<i2").tobytes())


def to_wav(path: Path, out: Path, rate_hz: int, on_progress: OnProgress | None = None) -> WavInfo:
    """The sound of any accepted file as 16-bit mono WAV. Raises BadMedia where it has none or cannot be read."""
    info = probe(path)
    if info.audio is None:
        raise BadMedia(f"{path.name} holds no sound.", hint="Choose a file with sound.")
    longest = ("-t", f"{ProbeLimits().duration_seconds:g}")
    plain = ("-map", "0:a:0", "-ac", "1", "-ar", str(rate_hz), "-c:a", "pcm_s16le", *longest)
    bare = ("-map_metadata", "-1", "-fflags", "+bitexact")
    with whole_file(out) as unfinished:
        run_ffmpeg(
            [Input(path, info.container)],
            [Output(unfinished, "wav", (*plain, *bare))],
            duration_seconds=info.duration_seconds,
            on_progress=on_progress,
        )
        made = wav_info(unfinished)
        if not made.samples:
            raise BadMedia(f"{path.name} holds no sound that can be decoded.")
    return made


def change_tempo(path: Path, out: Path, tempo: float) -> None:
    """The sound of a WAV `tempo` times as fast (0.5 to 100) at the same pitch. Raises BadMedia."""
    rate_hz = wav_info(path).rate_hz
    options = ("-filter:a", f"atempo={tempo:.6f}", "-ar", str(rate_hz), "-c:a", "pcm_s16le")
    run_ffmpeg([Input(path, "wav")], [Output(out, "wav", (*options, "-map_metadata", "-1", "-fflags", "+bitexact"))])


def join_wavs(paths: Sequence[Path], out: Path, pauses_seconds: Sequence[float]) -> list[float]:
    """Join WAVs of one rate with these pauses between them. Returns the second at which each begins. Raises BadMedia.

    The first and the last 5 ms of each rise from silence and fall to it, so that no edge clicks.
    """
    if not paths:
        raise BadMedia("There is no sound to join.")
    rate_hz = wav_info(paths[0]).rate_hz
    starts: list[float] = []
    with _writing(out, rate_hz) as writer:
        for path, pause_seconds in zip(paths, [0.0, *pauses_seconds], strict=True):
            writer.writeframes(bytes(2 * round(pause_seconds * rate_hz)))
            starts.append(writer.tell() / rate_hz)
            _copy(path, writer, rate_hz)
    return starts


def level(path: Path) -> Level:
    """Measure a 16-bit mono WAV. Raises BadMedia."""
    import numpy as np

    peak, energy, samples, weighted = 0.0, 0.0, 0, []
    with _reading(path) as reader:
        rate_hz = reader.getframerate()
        gain = _weighting(round(rate_hz * HOP_SECONDS), rate_hz)
        for hop in _chunks(reader, round(rate_hz * HOP_SECONDS)):
            peak = max(peak, float(np.abs(hop).max()))
            energy += float(np.square(hop).sum())
            samples += len(hop)
            if len(hop) == round(rate_hz * HOP_SECONDS):
                weighted.append(float((np.abs(np.fft.rfft(hop)) ** 2 * gain).sum()) * 2 / len(hop) ** 2)
    return Level(_db(peak**2), _db(energy / max(samples, 1)), _gated_loudness(weighted))


def envelope(path: Path, fps: int) -> NDArray[Any]:
    """The RMS of the sound in each video frame, float32 in 0..1; the last frame may be partial. Raises BadMedia."""
    import numpy as np

    with _reading(path) as reader:
        samples = reader.getnframes()
        edges = [round(frame * reader.getframerate() / fps) for frame in range(frame_count(wav_info(path), fps))]
        sizes = [end - start for start, end in zip(edges, [*edges[1:], samples], strict=True)]
        chunks = (_as_floats(reader.readframes(size)) for size in sizes)
        return np.array([math.sqrt(float(np.square(chunk).mean())) for chunk in chunks], dtype=np.float32)


def frame_count(info: WavInfo, fps: int) -> int:
    """How many video frames the sound needs."""
    return -(-info.samples * fps // info.rate_hz)


@contextmanager
def _reading(path: Path) -> Iterator[wave.Wave_read]:
    try:
        with wave.open(str(path), "rb") as reader:
            if (reader.getnchannels(), reader.getsampwidth()) != (1, 2) or reader.getframerate() < 1:
                raise BadMedia(f"{path.name} is not 16-bit mono WAV.", hint="Convert it first.")
            if reader.getnframes() * 2 + WAV_HEAD_BYTES > path.stat().st_size:
                raise BadMedia(f"{path.name} ends before the sound that it promises.")
            yield reader
    except (wave.Error, EOFError) as error:
        raise BadMedia(f"{path.name} is not WAV: {error or 'it ends too early'}.") from error


@contextmanager
def _writing(path: Path, rate_hz: int) -> Iterator[wave.Wave_write]:
    with whole_file(path) as unfinished, wave.open(str(unfinished), "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(rate_hz)
        yield writer


def _copy(path: Path, writer: wave.Wave_write, rate_hz: int) -> None:
    with _reading(path) as reader:
        if reader.getframerate() != rate_hz:
            raise BadMedia(f"{path.name} has {reader.getframerate()} samples a second, the first has {rate_hz}.")
        position = 0
        while data := reader.readframes(COPY_SAMPLES):
            writer.writeframes(_faded(data, position, reader.getnframes(), rate_hz * FADE_SECONDS))
            position += COPY_SAMPLES


def _faded(data: bytes, position: int, samples: int, fade: float) -> bytes:
    import numpy as np

    sound = np.frombuffer(data, dtype="<i2")
    if fade <= position <= samples - fade - len(sound):
        return data
    at = np.arange(position, position + len(sound))
    gain = np.clip(np.minimum(at, samples - 1 - at) / fade, 0.0, 1.0)
    return np.round(sound * gain).astype("<i2").tobytes()


def _chunks(reader: wave.Wave_read, size: int) -> Iterator[NDArray[Any]]:
    while data := reader.readframes(size):
        yield _as_floats(data)


def _as_floats(data: bytes) -> NDArray[Any]:
    import numpy as np

    samples: NDArray[Any] = np.frombuffer(data, dtype="<i2").astype(np.float32) / 32768
    return samples


def _weighting(size: int, rate_hz: int) -> NDArray[Any]:
    import numpy as np

    shift = np.exp(-2j * np.pi * np.fft.rfftfreq(size, 1 / rate_hz) / 48_000)
    gain: NDArray[Any] = np.ones(len(shift))
    for above, below in (_SHELF, _HIGH_PASS):
        gain *= np.abs(np.polyval(above[::-1], shift) / np.polyval(below[::-1], shift)) ** 2
    return gain


def _gated_loudness(hops: Sequence[float]) -> float:
    import numpy as np

    if len(hops) < HOPS_A_BLOCK:
        return SILENCE_DB
    blocks = np.convolve(hops, np.full(HOPS_A_BLOCK, 1 / HOPS_A_BLOCK), mode="valid")
    loud = blocks[blocks > _power(-70.0)]
    if not len(loud):
        return SILENCE_DB
    loud = loud[loud > _power(_lufs(float(loud.mean())) - 10.0)]
    return _lufs(float(loud.mean()))


def _lufs(power: float) -> float:
    return _db(power) - 0.691


def _power(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))


def _db(power: float) -> float:
    return max(SILENCE_DB, 10 * math.log10(power)) if power > 0 else SILENCE_DB
