"""OpenAI's names for models and voices, and what they mean among the engines here."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from soundstage.api.openai.errors import ModelNotFound
from soundstage.core.errors import UnknownVoice
from soundstage.engines.contract import EngineSpec, Voice
from soundstage.engines.registry import AUTO

MODELS = ("tts-1", "tts-1-hd", "gpt-4o-mini-tts", "gpt-4o-mini-tts-2025-12-15", "kokoro")
"""Names that clients have built in: each means the best engine that is ready, where no engine bears that name."""

VOICES = (
    *("alloy", "ash", "ballad", "coral", "echo", "fable", "nova", "onyx", "sage", "shimmer", "verse"),
    *("marin", "cedar"),
)
DEFAULT_VOICE = "default"
MOST_DEALT_OUT = 3

EngineVoice = tuple[str, Voice]
"""The kind of an engine, and a voice of it."""


def engine_of(model: str, speech_engines: Iterable[EngineSpec]) -> str:
    """The engine that a model means. Raises ModelNotFound."""
    kinds = {spec.kind for spec in speech_engines}
    if model in kinds:
        return model
    if model in MODELS:
        return AUTO
    raise ModelNotFound(f"There is no model {model!r}.")


def voice_of(name: str, voices: Sequence[EngineVoice]) -> str:
    """The voice of an engine that a name means: its own, or for a name of OpenAI always the same one.

    Those are dealt out over the first English voices of the best engine, as engines list their best ones first, unless
    it has one of that name (Kokoro: af_alloy).
    Raises UnknownVoice, naming the near ones.
    """
    names = [voice.name for _, voice in voices]
    if name == DEFAULT_VOICE or name in names:
        return name
    wanted = name.lower()
    if wanted in VOICES and voices:
        return _dealt_out(wanted, voices)
    known = [DEFAULT_VOICE, *VOICES, *names]
    near = ", ".join(difflib.get_close_matches(wanted, known, n=3) or known[:5])
    raise UnknownVoice(f"There is no voice {name!r}. Near to it: {near}.", hint="GET /v1/audio/voices lists all.")


def _dealt_out(name: str, voices: Sequence[EngineVoice]) -> str:
    best = voices[0][0]
    own = [voice for kind, voice in voices if kind == best]
    same = [voice.name for voice in own if voice.name.lower().endswith(f"_{name}")]
    english = [voice.name for voice in own if voice.language.lower().startswith("en")] or [own[0].name]
    best_ones = english[:MOST_DEALT_OUT]
    return same[0] if same else best_ones[VOICES.index(name) % len(best_ones)]
