"""The corpus E01-E07 as far as words and names reach ffmpeg: they arrive as they are, or are refused."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from soundstage.core.errors import BadMedia
from soundstage.media.assemble import join_clips, thumbnail
from soundstage.media.audio import to_wav, write_wav
from soundstage.media.frames import FrameWriter
from soundstage.media.probe import probe

Trap = Any

SPECIAL = "\\':;,[]{}=#%\n\t\0"
ALL_PAIRS = "".join(one + other for one, other in product(SPECIAL, repeat=2))
TITLES = {
    "E01": "hello,movie=secret.mp4[x];[in][x]overlay",
    "E02": "a':textfile=/etc/passwd",
    "E03": "%{metadata:title} %{pts} %{eif\\:1\\:d}",
    "E04": "100%",
    **{f"E05-{number}": ALL_PAIRS[start : start + 150] for number, start in enumerate(range(0, len(ALL_PAIRS), 150))},
    "E05-section": "x\n[CHAPTER]\ntitle=owned\nartist=owned",
    "E05-end": "\\",
}
NAMES = ["-i", "-vstats_file", "x%03d", "it's", "a b", "a\nfile 'canary.txt'", "concat:x|y", "x:y,z=[1];", "ünï", "#x"]


def clip(path: Path) -> Path:
    with FrameWriter(path, 64, 48, 25) as writer:
        for value in range(5):
            writer.write(np.full((48, 64, 3), value, dtype=np.uint8))
    return path


@pytest.mark.parametrize("case", TITLES)
def test_a_title_arrives_as_it_is(trap: Trap, case: str) -> None:
    join_clips([clip(trap.folder / "c.mp4")], None, trap.folder / "out.mp4", fps=25, title=TITLES[case])
    with av.open(str(trap.folder / "out.mp4")) as container:
        tags = dict(container.metadata)
    plain = "".join(c if c.isprintable() else " " for c in TITLES[case])
    assert tags.pop("title") == plain
    assert set(tags) <= {"major_brand", "minor_version", "compatible_brands", "encoder"}


@pytest.mark.parametrize("name", NAMES, ids=[f"E06-{number}" for number in range(len(NAMES))])
def test_a_name_of_a_file_is_never_an_option_or_a_line(trap: Trap, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(trap.folder)
    source, sound, out = Path(f"{name}.mp4"), Path(f"{name}.wav"), Path(f"{name} out.mp4")
    write_wav(sound, np.zeros(3200), 16000)
    clip(source)
    join_clips([source, source], sound, out, fps=25)
    thumbnail(out, Path(f"{name}.jpg"), 0.1)
    to_wav(out, Path(f"{name} out.wav"), 16000)
    assert probe(out).duration_seconds == pytest.approx(0.4, abs=0.05)
    made = {f"{name}{end}" for end in (".mp4", ".wav", ".jpg", " out.mp4", " out.wav")}
    assert {path.name for path in trap.folder.iterdir()} == made | {"canary.txt"}


@pytest.mark.parametrize("at_seconds", [float("nan"), float("inf"), -float("inf")])
def test_e07_a_time_that_is_no_number_is_refused(trap: Trap, at_seconds: float) -> None:
    with pytest.raises(BadMedia):
        thumbnail(clip(trap.folder / "c.mp4"), trap.folder / "out.jpg", at_seconds)
    assert not (trap.folder / "out.jpg").exists()


def test_e07_a_time_beyond_the_end_is_the_last_frame(trap: Trap) -> None:
    thumbnail(clip(trap.folder / "c.mp4"), trap.folder / "out.jpg", 1e9)
    assert probe(trap.folder / "out.jpg").kind == "image"
