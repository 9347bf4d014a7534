"""What each sound looks like: the pose of the mouth for every phoneme of IPA."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Viseme:
    """A pose of the mouth.

    `jaw` and `lips` (parting without the jaw) go from 0 to 1, `width` from -1 (pursed) to 1 (spread), `narrow` is how
    much of the opening is drawn to the middle, `press` squeezes the lips. `weight` is how firmly the sound insists on
    its pose against its neighbours; `rest` is 1 where nothing is said.
    """

    jaw: float
    lips: float
    width: float = 0.0
    narrow: float = 0.0
    press: float = 0.0
    weight: float = 1.0
    rest: float = 0.0


REST = Viseme(0.0, 0.0, weight=0.7, rest=1.0)
CLOSED = Viseme(0.0, 0.0, press=1.0, weight=7.0)
BITTEN = Viseme(0.04, 0.28, 0.1, press=0.4, weight=3.0)
DENTAL = Viseme(0.18, 0.55, 0.1, weight=0.8)
ALVEOLAR = Viseme(0.14, 0.60, 0.2, weight=0.6)
SIBILANT = Viseme(0.06, 0.75, 0.35, weight=1.2)
HUSHED = Viseme(0.12, 0.75, -0.45, 0.5, weight=1.4)
VELAR = Viseme(0.28, 0.45, weight=0.4)
BREATH = Viseme(0.30, 0.45, weight=0.15)
RHOTIC = Viseme(0.18, 0.45, -0.35, 0.45, weight=0.8)
PALATAL = Viseme(0.20, 0.60, 0.5, weight=0.6)
ROUNDED = Viseme(0.10, 0.40, -0.9, 1.0, weight=2.0)
CLOSE_FRONT = Viseme(0.24, 0.70, 0.75)
NEAR_CLOSE_FRONT = Viseme(0.34, 0.65, 0.4)
MID_FRONT = Viseme(0.50, 0.70, 0.45)
OPEN_FRONT = Viseme(0.85, 0.80, 0.25)
OPEN_BACK = Viseme(1.00, 0.65, -0.05, 0.1)
OPEN_MID = Viseme(0.66, 0.60)
ROUND_OPEN = Viseme(0.75, 0.55, -0.45, 0.5)
ROUND_MID = Viseme(0.55, 0.50, -0.65, 0.75)
ROUND_NEAR_CLOSE = Viseme(0.32, 0.45, -0.6, 0.75)
ROUND_CLOSE = Viseme(0.20, 0.42, -0.9, 1.0, weight=1.3)
ROUND_FRONT = Viseme(0.28, 0.50, -0.8, 0.85, weight=1.3)
CENTRAL = Viseme(0.36, 0.50, weight=0.6)
RHOTIC_VOWEL = Viseme(0.38, 0.50, -0.25, 0.35)

_SOUNDS = {
    "pbmʙɓ": CLOSED,
    "fvɱ": BITTEN,
    "θð": DENTAL,
    "tdnlɾrɬɮɗʈɖɳɭ": ALVEOLAR,
    "sz": SIBILANT,
    "ʃʒɕʑʂʐ": HUSHED,
    "kɡgŋxɣqɢχʁʀɴcɟɲɫ": VELAR,
    "hɦʔħʕ": BREATH,
    "ɹɻ": RHOTIC,
    "jʎʝç": PALATAL,
    "wʍɥɸβ": ROUNDED,
    "i": CLOSE_FRONT,
    "ɪɨ": NEAR_CLOSE_FRONT,
    "eɛ": MID_FRONT,
    "æa": OPEN_FRONT,
    "ɑ": OPEN_BACK,
    "ʌɐ": OPEN_MID,
    "ɒɔ": ROUND_OPEN,
    "oɤ": ROUND_MID,
    "ʊ": ROUND_NEAR_CLOSE,
    "uɯʉ": ROUND_CLOSE,
    "yʏøœ": ROUND_FRONT,
    "əɘɵᵻ": CENTRAL,
    "ɚɝɜɞ": RHOTIC_VOWEL,
}
VISEMES = {sound: viseme for sounds, viseme in _SOUNDS.items() for sound in sounds}


def visemes_of(symbol: str) -> tuple[Viseme, ...]:
    """The poses of a phoneme in order: two for a diphthong or an affricate, REST for silence.

    Marks of length, stress and articulation are passed over; an unknown sound is a neutral vowel.
    """
    if not symbol.strip("_ |‖."):
        return (REST,)
    found = tuple(VISEMES[letter] for letter in _letters(symbol) if letter in VISEMES)
    return found[:3] or (CENTRAL,)


def _letters(symbol: str) -> Iterator[str]:
    return (letter for letter in unicodedata.normalize("NFD", symbol) if not unicodedata.combining(letter))
