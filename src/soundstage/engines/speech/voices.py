"""Finds a voice by its name, and names the near ones where there is none."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from soundstage.core.errors import UnknownVoice
from soundstage.engines.contract import Voice

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
