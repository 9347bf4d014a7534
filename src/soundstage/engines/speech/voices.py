"""Finds a voice by its name, naming the near ones where there is none, and lists the voices of all engines."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import cast

from soundstage.core.errors import UnknownVoice
from soundstage.engines.contract import SpeechEngine, Voice
from soundstage.engines.registry import AUTO, EngineRegistry

DEFAULT_VOICE = "default"


def find_voice(engine: str, voices: Sequence[Voice], name: str, default: str) -> Voice:
    """The voice of that name, in any case of letters. Raises UnknownVoice."""
    wanted = default if name == DEFAULT_VOICE else name
    for voice in voices:
        if voice.name.lower() == wanted.lower():
            return voice
    names = [voice.name for voice in voices]
    near = difflib.get_close_matches(wanted.lower()[:60], names, n=5, cutoff=0.3) or names[:5]
    raise UnknownVoice(f"{engine} has no voice {wanted[:60]!r}. Near to it: {', '.join(near)}.")


def voices_of(registry: EngineRegistry, kind: str = AUTO, language: str | None = None) -> list[tuple[str, Voice]]:
    """Each voice beside the kind of its engine, of the named engine or of all that "auto" may mean, best first.

    `language` is a range of BCP 47 tags as in RFC 4647, 3.3.1: "pt" takes in "pt-BR". Raises UnknownEngine,
    EngineNotReady.
    """
    engines = registry.ready("speech") if kind == AUTO else [registry.choose("speech", kind)]
    speakers = [cast(SpeechEngine, engine) for engine in engines]
    listed = [(speaker.spec.kind, voice) for speaker in speakers for voice in speaker.voices()]
    return [(kind, voice) for kind, voice in listed if language is None or _is_within(voice.language, language)]


def _is_within(tag: str, language: str) -> bool:
    return f"{tag}-".lower().startswith(f"{language}-".lower().replace("_", "-"))
