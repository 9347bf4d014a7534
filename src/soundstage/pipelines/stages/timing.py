"""When each word and sound is heard: written beside the speech, read by subtitles and avatars."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TypeVar

from soundstage.engines.contract import Phoneme, Word

SoundT = TypeVar("SoundT", Word, Phoneme)


@dataclass(frozen=True, slots=True)
class Timing:
    """Words and phonemes in order, with seconds from the start of the audio."""

    words: Sequence[Word]
    phonemes: Sequence[Phoneme]

    def shifted(self, seconds: float) -> Timing:
        return Timing([_later(word, seconds) for word in self.words], [_later(p, seconds) for p in self.phonemes])

    def scaled(self, factor: float) -> Timing:
        return Timing([_scaled(word, factor) for word in self.words], [_scaled(p, factor) for p in self.phonemes])

    def save(self, path: Path) -> Path:
        """Writes `{"words": [...], "phonemes": [...]}`, each with the fields of the contract's type."""
        content = {"words": [asdict(word) for word in self.words], "phonemes": [asdict(p) for p in self.phonemes]}
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return path

    @classmethod
    def load(cls, path: Path) -> Timing:
        content = json.loads(path.read_text(encoding="utf-8"))
        return cls([Word(**word) for word in content["words"]], [Phoneme(**p) for p in content["phonemes"]])

    @classmethod
    def joined(cls, timings: Iterable[Timing]) -> Timing:
        """One timing after the other, each shifted to its place before."""
        pieces = list(timings)
        return cls([w for piece in pieces for w in piece.words], [p for piece in pieces for p in piece.phonemes])


def _later(item: SoundT, seconds: float) -> SoundT:
    return replace(item, start_seconds=item.start_seconds + seconds, end_seconds=item.end_seconds + seconds)


def _scaled(item: SoundT, factor: float) -> SoundT:
    return replace(item, start_seconds=item.start_seconds * factor, end_seconds=item.end_seconds * factor)
