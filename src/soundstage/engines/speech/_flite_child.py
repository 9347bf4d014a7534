"""Speaks sentences with the flite library. Runs as a program of its own, on the standard library alone."""

from __future__ import annotations

import ctypes
import json
import os
import sys
import wave
from collections.abc import Iterator
from ctypes import POINTER, c_char_p, c_float, c_int, c_short, c_void_p
from typing import Any

NATURAL_PAUSE_SECONDS = 0.3
WORD_START = b"R:SylStructure.daughter1.daughter1.R:Segment.p.end"
WORD_END = b"R:SylStructure.daughtern.daughtern.R:Segment.end"
WORD_POSITION = b"R:Token.parent.file_pos"

TimedWord = tuple[int, float, float]
TimedSound = tuple[str, float, float]


class Wave(ctypes.Structure):
    """cst_wave of flite 2.2."""

    _fields_ = (
        ("type", c_char_p),
        ("rate_hz", c_int),
        ("frames", c_int),
        ("channels", c_int),
        ("samples", POINTER(c_short)),
    )


class VoiceStruct(ctypes.Structure):
    """The head of cst_voice of flite 2.2."""

    _fields_ = (("name", c_char_p), ("features", c_void_p))


class Flite:
    """One voice of the library, at one rate."""

    def __init__(self, library: str, voice_library: str, register: str, rate_hz: int, rate: float) -> None:
        self.rate_hz = rate_hz
        self._library = ctypes.CDLL(library, mode=ctypes.RTLD_GLOBAL)
        self._random = ctypes.CDLL(None)
        self._declare()
        self._library.flite_init()
        registered = getattr(ctypes.CDLL(voice_library), register)
        registered.restype, registered.argtypes = POINTER(VoiceStruct), (c_void_p,)
        self._voice = registered(None)
        self._library.flite_feat_set_float(self._voice.contents.features, b"duration_stretch", 1 / rate)

    def speak(self, text: str) -> tuple[bytes, list[TimedWord], list[TimedSound]]:
        """16-bit samples of the sentence, and where its words and sounds are."""
        # Unvoiced sounds are made of libc's random numbers: the same seed makes the same bytes.
        self._random.srand(1)
        # With a space behind it, the last token's position reads like that of the others.
        utterance = self._library.flite_synth_text(f"{text} ".encode("ascii", "ignore"), self._voice)
        spoken = self._library.utt_wave(utterance).contents
        if spoken.rate_hz != self.rate_hz:
            sys.exit(f"this flite voice speaks at {spoken.rate_hz} Hz, not at {self.rate_hz} Hz")
        samples = ctypes.string_at(spoken.samples, spoken.frames * 2)
        words, sounds = list(self._words(utterance)), list(self._sounds(utterance))
        self._library.delete_utterance(utterance)
        return samples, words, sounds

    def _words(self, utterance: int) -> Iterator[TimedWord]:
        for item in self._items(utterance, b"Word"):
            end = self._library.flite_ffeature_float(item, WORD_END)
            if end > 0:
                # The reader stands one character behind the token, so this is the token's last one.
                position = self._library.flite_ffeature_int(item, WORD_POSITION) - 2
                yield position, self._library.flite_ffeature_float(item, WORD_START), end

    def _sounds(self, utterance: int) -> Iterator[TimedSound]:
        start = 0.0
        for item in self._items(utterance, b"Segment"):
            end = self._library.flite_ffeature_float(item, b"end")
            yield self._library.flite_ffeature_string(item, b"name").decode(), start, end
            start = end

    def _items(self, utterance: int, relation: bytes) -> Iterator[int]:
        item = self._library.relation_head(self._library.utt_relation(utterance, relation))
        while item:
            yield item
            item = self._library.item_next(item)

    def _declare(self) -> None:
        signatures: dict[str, tuple[Any, ...]] = {
            "flite_feat_set_float": (None, c_void_p, c_char_p, c_float),
            "flite_synth_text": (c_void_p, c_char_p, c_void_p),
            "utt_wave": (POINTER(Wave), c_void_p),
            "utt_relation": (c_void_p, c_void_p, c_char_p),
            "relation_head": (c_void_p, c_void_p),
            "item_next": (c_void_p, c_void_p),
            "flite_ffeature_string": (c_char_p, c_void_p, c_char_p),
            "flite_ffeature_float": (c_float, c_void_p, c_char_p),
            "flite_ffeature_int": (c_int, c_void_p, c_char_p),
            "delete_utterance": (None, c_void_p),
        }
        for name, (result, *arguments) in signatures.items():
            function = getattr(self._library, name)
            function.restype, function.argtypes = result, arguments


def main() -> None:
    # The library may print: what it says goes to the messages and not among the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    order = json.load(sys.stdin)
    voice = Flite(order["library"], order["voice_library"], order["register"], order["rate_hz"], order["rate"])
    own_pause_seconds = NATURAL_PAUSE_SECONDS / order["rate"]
    with wave.open(order["audio_path"], "wb") as audio:
        audio.setparams((1, 2, voice.rate_hz, 0, "NONE", "not compressed"))
        for text, pause_seconds in order["sentences"]:
            samples, words, sounds = voice.speak(text)
            silence = bytes(2 * int(max(0.0, pause_seconds - own_pause_seconds) * voice.rate_hz))
            audio.writeframesraw(samples + silence)
            lines = [["word", *word] for word in words] + [["sound", *sound] for sound in sounds]
            lines.append(["sentence", voice.rate_hz, len(samples + silence) // 2])
            answers.writelines(json.dumps(line) + "\n" for line in lines)
            answers.flush()


if __name__ == "__main__":
    main()
