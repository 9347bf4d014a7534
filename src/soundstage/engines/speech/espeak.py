"""Drafts in more than a hundred languages by espeak-ng 1.52 (wheel `espeakng-loader`), in a process of its own."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator, Sequence
from functools import cache
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

DEFAULT = "en-us"
FEMALE = "+f3"
REMEDY = "pip install espeakng-loader"
LIBRARY, DATA = "libespeak-ng.so", "espeak-ng-data"

_FIELD = re.compile(r"^(name|language|dictionary)[ \t]+([^\n]+)", re.MULTILINE)
_STRESS = str.maketrans("", "", "ˈˌ")


class EspeakEngine:
    """A man's and a woman's voice for each language of espeak-ng."""

    @property
    def spec(self) -> EngineSpec:
        return EngineSpec(
            kind="espeak",
            capability="speech",
            title="eSpeak NG (any language)",
            quality=Quality.DRAFT,
            licence="GPL-3.0-or-later",
            note="A robot's voice for more than a hundred languages. Runs in a process of its own.",
        )

    def readiness(self) -> Readiness:
        if _folder() is not None:
            return READY
        return Readiness(ready=False, reason="The espeak-ng library is not installed.", remedy=REMEDY)

    def release(self) -> None:
        """Nothing stays loaded: each call speaks in a process of its own."""

    def voices(self) -> Sequence[Voice]:
        folder = _folder()
        return tuple(_voices(folder / DATA)) if folder else ()

    def speak(self, request: SpeechRequest, report: Report) -> Speech:
        """Raises NothingToSay, UnknownVoice, BadInput for a rate out of range, EngineNotReady, EngineFailed."""
        folder = _folder()
        if folder is None:
            raise EngineNotReady("The espeak-ng library is not installed.", hint=REMEDY)
        files = _voices(folder / DATA)
        voice = find_voice(self.spec.title, list(files), request.voice, DEFAULT)
        child = ChildVoice(
            title="espeak-ng",
            script=Path(__file__).with_name("_espeak_child.py"),
            setup={"library": str(folder / LIBRARY), "data_folder": str(folder / DATA), "voice": files[voice]},
            to_ipa=ipa_of,
        )
        return speak_in_child(child, split_sentences(request.text), request, report)


def ipa_of(symbol: str) -> str:
    """The symbol without stress marks; "" for silence and for the mark of a change of language, such as "(en)"."""
    return "" if symbol.startswith("(") else symbol.translate(_STRESS)


def _folder() -> Path | None:
    found = importlib.util.find_spec("espeakng_loader")
    folder = Path(found.origin).parent if found and found.origin else None
    return folder if folder and (folder / LIBRARY).is_file() and (folder / DATA).is_dir() else None


@cache
def _voices(data_folder: Path) -> dict[Voice, str]:
    """Each voice, with the name under which espeak-ng loads it."""
    found: dict[Voice, str] = {}
    for file in sorted((data_folder / "lang").rglob("*")):
        if file.is_file():
            found.update(_voices_of(file, data_folder))
    return found


def _voices_of(file: Path, data_folder: Path) -> Iterator[tuple[Voice, str]]:
    # Format: docs/voices.md of espeak-ng, lines of a key and its value. The first language is the voice's own.
    fields: dict[str, str] = {}
    for key, value in _FIELD.findall(file.read_text("utf-8", "replace")):
        fields.setdefault(key, value.split("//")[0].strip())
    language = fields["language"].split()[0]
    dictionary = fields.get("dictionary", language.split("-")[0])
    if not (data_folder / f"{dictionary}_dict").is_file():
        return
    name, identifier = file.name.lower(), str(file.relative_to(data_folder / "lang"))
    yield Voice(name, language, fields["name"]), identifier
    yield Voice(name + FEMALE, language, f"{fields['name']}, a woman's voice"), identifier + FEMALE
