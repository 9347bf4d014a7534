"""From text to speech: a plan of chunks, and one audio file with the time of each word."""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from soundstage.core.context import CheckpointedItem, StageContext, StageOutput
from soundstage.core.errors import NothingToSay, UnknownVoice
from soundstage.core.outcome import Done
from soundstage.engines.contract import SpeechEngine, SpeechRequest
from soundstage.media.audio import change_tempo, join_wavs, wav_info
from soundstage.pipelines.stages.choice import AUTO, engine_kind
from soundstage.pipelines.stages.progress import within
from soundstage.pipelines.stages.script import Chunk, normalised, split
from soundstage.pipelines.stages.timing import Timing

DEFAULT_VOICE = "default"
CHUNKS_FILE = "chunks.json"
SPEECH_FILE = "speech.wav"
TIMING_FILE = "words.json"
SLOWEST_VOICE, FASTEST_VOICE = 0.5, 2.0
"""The rates that every engine speaks at; what is asked for beyond them is stretched from the nearest."""


def plan_speech(ctx: StageContext[Any], text: str, voice: str, engine: str) -> Done:
    """Cuts the text into chunks and names the engine that all of them are spoken by.

    Leaves the values `engine`, `characters` and `chunks` and the file chunks.json. Raises NothingToSay, UnknownVoice,
    UnknownEngine, EngineNotReady.
    """
    speaker = find_speaker(ctx, engine, voice)
    chunks = split(normalised(text))
    path = ctx.workdir / CHUNKS_FILE
    path.write_text(json.dumps([asdict(chunk) for chunk in chunks], ensure_ascii=False), encoding="utf-8")
    characters = sum(len(chunk.text) for chunk in chunks)
    ctx.log(f"{characters} characters in {len(chunks)} chunks, to be spoken by {speaker.spec.title}.")
    values = {"engine": speaker.spec.kind, "characters": characters, "chunks": len(chunks)}
    return Done(values=values, files={CHUNKS_FILE: path})


def find_speaker(ctx: StageContext[Any], engine: str, voice: str) -> SpeechEngine:
    """The engine of that name, or for "auto" the best of those that have the voice.

    Raises UnknownVoice, naming voices that are near, UnknownEngine, EngineNotReady.
    """
    speakers = _asked(ctx, engine, voice)
    for speaker in speakers:
        if voice == DEFAULT_VOICE or voice in _voice_names(speaker):
            return speaker
    raise _unknown_voice(speakers, voice)


def _asked(ctx: StageContext[Any], engine: str, voice: str) -> Sequence[SpeechEngine]:
    if engine == AUTO and voice != DEFAULT_VOICE and (ready := ctx.engines("speech")):
        return ready
    return [ctx.engine("speech", engine)]


def _voice_names(speaker: SpeechEngine) -> list[str]:
    return [voice.name for voice in speaker.voices()]


def _unknown_voice(speakers: Sequence[SpeechEngine], voice: str) -> UnknownVoice:
    names = [name for speaker in speakers for name in _voice_names(speaker)]
    near = difflib.get_close_matches(voice.lower(), names, n=3) or names[:5]
    titles = " or ".join(speaker.spec.title for speaker in speakers)
    message = f"There is no voice {voice!r} in {titles}. Near to it: {', '.join([DEFAULT_VOICE, *near])}."
    return UnknownVoice(message, hint="`soundstage voices` lists all voices and their languages.")


def speak(ctx: StageContext[Any], plan: StageOutput, engine: str, voice: str, rate: float) -> Done:
    """Speaks the chunks of the plan and joins them with the pauses of a reader; each chunk is a checkpoint.

    A `rate` that is too slow or too fast for the engines is reached by stretching what they say, at the same pitch.

    Leaves the values `duration_seconds`, `engine`, `voice` and `words` and the files speech.wav and words.json. Raises
    NothingToSay and what the engine raises.
    """
    chunks = [Chunk(**chunk) for chunk in json.loads(plan.file(CHUNKS_FILE).read_text(encoding="utf-8"))]
    speaker: SpeechEngine = ctx.engine("speech", engine_kind(engine, plan))
    voice_rate = min(max(rate, SLOWEST_VOICE), FASTEST_VOICE)
    for turn in ctx.checkpointed("chunk", [chunk.text for chunk in chunks]):
        _speak_chunk(ctx, speaker, chunks, turn, voice, voice_rate)
    return _joined(ctx, speaker, voice, rate / voice_rate)


def _speak_chunk(
    ctx: StageContext[Any],
    engine: SpeechEngine,
    chunks: Sequence[Chunk],
    turn: CheckpointedItem,
    voice: str,
    rate: float,
) -> None:
    before = sum(len(chunk.text) for chunk in chunks[: turn.index])
    total = sum(len(chunk.text) for chunk in chunks)
    report = within(ctx, before, len(turn.item), total, f"Chunk {turn.index + 1} of {len(chunks)}")
    request = SpeechRequest(turn.item, ctx.workdir / f"chunk_{turn.index:04}.wav", voice, rate)
    try:
        speech = engine.speak(request, report)
    except NothingToSay as error:
        # One heading in a script that the voice cannot read is no reason to lose a book.
        ctx.log(f"Chunk {turn.index + 1} was left out: {error.message}")
        turn.keep(values={"spoken": False})
        return
    timing = Timing(speech.words, speech.phonemes).save(ctx.workdir / f"chunk_{turn.index:04}.json")
    values = {"spoken": True, "pause_seconds": chunks[turn.index].pause_seconds / rate}
    turn.keep(values=values, files={SPEECH_FILE: speech.audio_path, TIMING_FILE: timing})


def _joined(ctx: StageContext[Any], engine: SpeechEngine, voice: str, tempo: float) -> Done:
    pieces = [_Piece.of(kept) for kept in ctx.checkpoints("chunk") if kept.values["spoken"]]
    if not pieces:
        raise NothingToSay(f"{engine.spec.title} can say nothing of this text. Try an engine for its language.")
    audio = ctx.workdir / SPEECH_FILE
    pauses = [piece.silence_before(following) for piece, following in pairwise(pieces)]
    starts = join_wavs([piece.audio_path for piece in pieces], audio, pauses)
    timing = Timing.joined(piece.timing.shifted(start) for piece, start in zip(pieces, starts, strict=True))
    if tempo != 1.0:
        audio, timing = _stretched(audio, timing, tempo)
    values = {
        "engine": engine.spec.kind,
        "voice": voice,
        "duration_seconds": round(wav_info(audio).duration_seconds, 3),
        "words": len(timing.words),
    }
    return Done(values=values, files={SPEECH_FILE: audio, TIMING_FILE: timing.save(ctx.workdir / TIMING_FILE)})


def _stretched(audio: Path, timing: Timing, tempo: float) -> tuple[Path, Timing]:
    stretched = audio.with_name(f"stretched_{audio.name}")
    change_tempo(audio, stretched, tempo)
    factor = wav_info(stretched).duration_seconds / wav_info(audio).duration_seconds
    return stretched, timing.scaled(factor)


@dataclass(frozen=True, slots=True)
class _Piece:
    audio_path: Path
    timing: Timing
    pause_seconds: float

    @classmethod
    def of(cls, kept: StageOutput) -> _Piece:
        return cls(kept.file(SPEECH_FILE), Timing.load(kept.file(TIMING_FILE)), kept.values["pause_seconds"])

    def silence_before(self, following: _Piece) -> float:
        # Many voices leave silence of their own at both ends: only what it lacks of the pause is added.
        own_seconds = self._tail_seconds() + following._head_seconds()
        return max(0.0, self.pause_seconds - own_seconds)

    def _head_seconds(self) -> float:
        return self.timing.words[0].start_seconds if self.timing.words else 0.0

    def _tail_seconds(self) -> float:
        words = self.timing.words
        return wav_info(self.audio_path).duration_seconds - words[-1].end_seconds if words else 0.0
