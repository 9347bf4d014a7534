"""English drafts by CMU flite 2.2 (Debian package `flite`), the most intelligible of the small voices."""

from __future__ import annotations

import ctypes.util
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from soundstage.core.errors import EngineNotReady
from soundstage.engines.contract import (
    READY,
    EngineSpec,
    Quality,
    Readiness,
    Report,
    Speech,
    SpeechRequest,
    Voice,
)
from soundstage.engines.speech.child_speech import ChildVoice, speak_in_child
from soundstage.engines.speech.text import split_sentences
from soundstage.engines.speech.voices import find_voice

DEFAULT = "rms"
RATE_HZ, TELEPHONE_RATE_HZ = 16_000, 8_000
LIBRARIES = {
    "rms": "cmu_us_rms",
    "slt": "cmu_us_slt",
    "awb": "cmu_us_awb",
    "kal16": "cmu_us_kal16",
    "kal": "cmu_us_kal",
}
VOICES = (
    Voice("rms", "en-US", "Rms, a man's voice"),
    Voice("slt", "en-US", "Slt, a woman's voice"),
    Voice("awb", "en-GB", "Awb, a Scottish man's voice"),
    Voice("kal16", "en-US", "Kal, a robot's voice"),
    Voice("kal", "en-US", "Kal by telephone (8 kHz)"),
)
REMEDY = "apt-get install flite"

_IPA = {
    "aa": "ɑ", "ae": "æ", "ah": "ʌ", "ao": "ɔ", "aw": "aʊ", "ax": "ə", "axr": "ɚ", "ay": "aɪ", "ch": "tʃ", "dh": "ð",
    "dx": "ɾ", "eh": "ɛ", "el": "l̩", "em": "m̩", "en": "n̩", "er": "ɝ", "ey": "eɪ", "g": "ɡ", "hh": "h", "hv": "ɦ",
    "ih": "ɪ", "iy": "i", "jh": "dʒ", "ng": "ŋ", "nx": "ɾ̃", "ow": "oʊ", "oy": "ɔɪ", "r": "ɹ", "sh": "ʃ", "th": "θ",
    "uh": "ʊ", "uw": "u", "y": "j", "zh": "ʒ",
    "b": "b", "d": "d", "f": "f", "k": "k", "l": "l", "m": "m", "n": "n", "p": "p", "s": "s", "t": "t", "v": "v",
    "w": "w", "z": "z",
}  # fmt: skip

_CURRENCY = re.compile(r"([€£¥₹])(\d+(?:[.,]\d+)*)")
_CURRENCY_NAMES = {"€": " euros ", "£": " pounds ", "¥": " yen ", "₹": " rupees "}
_SPELLINGS = {
    **_CURRENCY_NAMES,
    "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L",
    "ı": "i", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'",
    "‐": "-", "‑": "-", "‒": "-", "–": " - ", "—": " - ", "⁄": "/",
    "°": " degrees ", "×": " times ", "÷": " divided by ", "±": " plus or minus ",
}  # fmt: skip
_SAID_AS = str.maketrans(_SPELLINGS)


class FliteEngine:
    """Five English voices, 80 times as fast as real time and more on one core."""

    @property
    def spec(self) -> EngineSpec:
        return EngineSpec(
            kind="flite",
            capability="speech",
            title="Flite (English)",
            quality=Quality.DRAFT,
            licence="MIT-like (CMU)",
            languages=("en",),
            note="Clear English without a model. Words of other scripts are left out.",
        )

    def readiness(self) -> Readiness:
        if _library(DEFAULT):
            return READY
        return Readiness(ready=False, reason="The flite library is not installed.", remedy=REMEDY)

    def release(self) -> None:
        """Nothing stays loaded: each call speaks in a process of its own."""

    def voices(self) -> Sequence[Voice]:
        return VOICES

    def speak(self, request: SpeechRequest, report: Report) -> Speech:
        """Raises NothingToSay, UnknownVoice, BadInput for a rate out of range, EngineNotReady, EngineFailed."""
        name = find_voice(self.spec.title, VOICES, request.voice, DEFAULT).name
        library, voice_library = ctypes.util.find_library("flite"), _library(name)
        if library is None or voice_library is None:
            raise EngineNotReady(f"The library of flite's voice {name} is not installed.", hint=REMEDY)
        child = ChildVoice(
            title="flite",
            script=Path(__file__).with_name("_flite_child.py"),
            setup={
                "library": library,
                "voice_library": voice_library,
                "register": f"register_{LIBRARIES[name]}",
                "rate_hz": TELEPHONE_RATE_HZ if name == "kal" else RATE_HZ,
            },
            to_ipa=ipa_of,
        )
        return speak_in_child(child, split_sentences(request.text, ascii_form), request, report)


def ipa_of(phone: str) -> str:
    """IPA of a phone of flite's `radio` set (ARPAbet in small letters); "" for its pauses."""
    return _IPA.get(phone, "")


def ascii_form(word: str) -> str:
    """The word in ASCII, as flite can say it; "" where no letter of it can be written so."""
    named = _CURRENCY.sub(lambda found: found[2] + _CURRENCY_NAMES[found[1]], word)
    return (
        unicodedata.normalize("NFKD", named.translate(_SAID_AS)).translate(_SAID_AS).encode("ascii", "ignore").decode()
    )


def _library(voice: str) -> str | None:
    return ctypes.util.find_library(f"flite_{LIBRARIES[voice]}")
