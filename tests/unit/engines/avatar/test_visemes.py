"""What each sound looks like."""

from __future__ import annotations

import pytest

from soundstage.engines.avatar.visemes import CENTRAL, CLOSED, OPEN_BACK, REST, VISEMES, visemes_of

SOUNDS_OF_ENGLISH = (
    "ɑ æ ʌ ɔ aʊ ə aɪ b tʃ d ð ɛ ɝ eɪ f ɡ h ɪ i dʒ k l m n ŋ oʊ ɔɪ p ɹ s ʃ t θ ʊ u v w j z ʒ ɐ ɑː ɔːɹ əl iː uː ɜː ɚ ɾ"
)


@pytest.mark.parametrize("symbol", SOUNDS_OF_ENGLISH.split())
def test_every_sound_of_english_has_a_pose_of_its_own(symbol: str) -> None:
    assert all(letter in VISEMES for letter in symbol if letter != "ː")
    assert REST not in visemes_of(symbol)


def test_lips_close_for_m_b_and_p_and_open_widest_for_a() -> None:
    assert {visemes_of(symbol) for symbol in "mbp"} == {(CLOSED,)}
    assert CLOSED.jaw == CLOSED.lips == 0
    assert OPEN_BACK.jaw == max(viseme.jaw for viseme in VISEMES.values())


def test_lips_are_pursed_for_u_and_spread_for_i() -> None:
    assert visemes_of("u")[0].width < -0.5 < 0.5 < visemes_of("i")[0].width


def test_a_diphthong_is_two_poses_in_order() -> None:
    assert visemes_of("aʊ") == (VISEMES["a"], VISEMES["ʊ"])


def test_marks_of_length_and_articulation_change_nothing() -> None:
    assert visemes_of("ɑːː") == visemes_of("ɑ")
    assert visemes_of("n̩") == visemes_of("n")


@pytest.mark.parametrize("symbol", ["", " ", "_", "|"])
def test_silence_is_rest(symbol: str) -> None:
    assert visemes_of(symbol) == (REST,)


def test_an_unknown_sound_is_a_neutral_vowel() -> None:
    assert visemes_of("ꙮ") == (CENTRAL,)
