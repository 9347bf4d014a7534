"""The shape of a sound: its lowest and highest sample in each of many slices, as players draw it."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from soundstage.media.audio import read_wav, to_wav
from soundstage.media.ffmpeg import OnProgress
from soundstage.media.files import whole_file

RATE_HZ = 8_000
MOST_SLICES = 2_000


def write_peaks(path: Path, out_json: Path, on_progress: OnProgress | None = None) -> None:
    """Write the peaks of any accepted file with sound, in the JSON of audiowaveform (version 2, 8 bits, one channel).

    https://github.com/bbc/audiowaveform/blob/master/doc/DataFormat.md. Raises BadMedia.
    """
    import numpy as np

    with tempfile.TemporaryDirectory(prefix="soundstage-peaks-") as folder:
        wav = Path(folder) / "sound.wav"
        to_wav(path, wav, RATE_HZ, on_progress)
        samples, rate_hz = read_wav(wav)
    per_slice = max(1, -(-len(samples) // MOST_SLICES))
    starts = np.arange(0, len(samples), per_slice)
    pairs = np.stack([np.minimum.reduceat(samples, starts), np.maximum.reduceat(samples, starts)], axis=1) >> 8
    peaks = {
        "version": 2,
        "channels": 1,
        "sample_rate": rate_hz,
        "samples_per_pixel": per_slice,
        "bits": 8,
        "length": len(starts),
        "data": pairs.ravel().tolist(),
    }
    with whole_file(out_json) as unfinished:
        unfinished.write_text(json.dumps(peaks, separators=(",", ":")), encoding="utf-8")
