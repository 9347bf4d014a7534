"""The shipped suites find the engines that break their contract."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from soundstage.core.errors import Stop
from soundstage.engines.contract import (
    AvatarClip,
    AvatarRequest,
    EngineSpec,
    Phoneme,
    Readiness,
    Report,
    Speech,
    SpeechRequest,
    Voice,
)
from soundstage.testing.engine_contracts import AvatarEngineContract, SpeechEngineContract
from soundstage.testing.engines import FakeAvatarEngine, FakeSpeechEngine, write_portrait


class Nameless(FakeSpeechEngine):
    def __init__(self) -> None:
        super().__init__()
        self.spec = EngineSpec("Not A Kind", "speech", "Fake", self.spec.quality, "MIT")


class Silent(FakeSpeechEngine):
    def readiness(self) -> Readiness:
        return Readiness(ready=False, reason="Something is missing.")


class WithoutProgress(FakeSpeechEngine):
    def speak(self, request: SpeechRequest, report: Report) -> Speech:
        speech = super().speak(request, lambda done, total, message=None: None)
        report(1, 2)
        return speech


class Untidy(FakeSpeechEngine):
    def speak(self, request: SpeechRequest, report: Report) -> Speech:
        request.audio_path.with_suffix(".tmp").write_bytes(b"half")
        return super().speak(request, report)


class Deaf(FakeSpeechEngine):
    def speak(self, request: SpeechRequest, report: Report) -> Speech:
        def swallow(done: float, total: float, message: str | None = None) -> None:
            try:
                report(done, total, message)
            except Stop:
                return

        return super().speak(request, swallow)


class Moody(FakeSpeechEngine):
    def speak(self, request: SpeechRequest, report: Report) -> Speech:
        speech = super().speak(request, report)
        with speech.audio_path.open("ab") as audio:
            audio.write(request.audio_path.parent.name.encode())
        return speech


class Stressed(FakeSpeechEngine):
    def speak(self, request: SpeechRequest, report: Report) -> Speech:
        return replace(super().speak(request, report), phonemes=[Phoneme("ˈa", 0.0, 0.1)])


class Overlapping(FakeSpeechEngine):
    def speak(self, request: SpeechRequest, report: Report) -> Speech:
        speech = super().speak(request, report)
        return replace(speech, words=[replace(word, start_seconds=0.0) for word in speech.words])


class AnyVoice(FakeSpeechEngine):
    def speak(self, request: SpeechRequest, report: Report) -> Speech:
        return super().speak(replace(request, voice="default"), report)


class Twins(FakeSpeechEngine):
    def voices(self) -> tuple[Voice, ...]:
        return (Voice("tone", "en", "Tone"), Voice("tone", "en", "Tone"))


class OneRate(FakeSpeechEngine):
    def speak(self, request: SpeechRequest, report: Report) -> Speech:
        return super().speak(replace(request, rate=1.0), report)


def suite_of(make: Callable[[], FakeSpeechEngine]) -> SpeechEngineContract:
    suite = SpeechEngineContract()
    suite.make_engine = make  # type: ignore[method-assign]
    return suite


@pytest.mark.parametrize(
    ("make", "test"),
    [
        (Nameless, "test_it_says_what_it_is"),
        (Silent, "test_it_says_what_is_missing_where_it_is_not_ready"),
    ],
)
def test_an_engine_that_misrepresents_itself_is_found(make: Callable[[], FakeSpeechEngine], test: str) -> None:
    with pytest.raises(AssertionError):
        getattr(suite_of(make), test)()


@pytest.mark.parametrize(
    ("make", "test"),
    [
        (WithoutProgress, "test_it_reports_progress_that_never_falls_and_ends_at_the_total"),
        (Untidy, "test_a_stop_passes_through_and_leaves_no_file_and_no_child"),
        (Deaf, "test_a_stop_passes_through_and_leaves_no_file_and_no_child"),
        (Moody, "test_the_same_request_gives_the_same_result"),
        (Untidy, "test_it_leaves_a_16_bit_mono_wav_of_the_length_it_says"),
        (Overlapping, "test_words_are_as_written_and_in_order_within_the_audio"),
        (Stressed, "test_phonemes_are_plain_ipa_in_order_within_the_audio"),
        (AnyVoice, "test_an_unknown_voice_is_refused_and_others_are_named"),
        (OneRate, "test_a_faster_rate_is_shorter_and_a_slower_one_longer"),
    ],
)
def test_a_speech_engine_that_breaks_its_contract_is_found(
    make: Callable[[], FakeSpeechEngine], test: str, tmp_path: Path
) -> None:
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        getattr(suite_of(make), test)(make(), tmp_path)


def test_voices_of_one_name_are_found() -> None:
    with pytest.raises(AssertionError):
        suite_of(Twins).test_its_voices_have_names_of_their_own(Twins())


class PieceByPiece(FakeAvatarEngine):
    """Begins each piece anew."""

    def animate(self, request: AvatarRequest, report: Report) -> AvatarClip:
        return super().animate(replace(request, seed=request.seed - 3 * request.first_frame), report)


class OneFrameMore(FakeAvatarEngine):
    def animate(self, request: AvatarRequest, report: Report) -> AvatarClip:
        return super().animate(replace(request, end_frame=request.end_frame + 1), report)


class Smaller(FakeAvatarEngine):
    def animate(self, request: AvatarRequest, report: Report) -> AvatarClip:
        return super().animate(replace(request, width=request.width // 2), report)


class AnyPicture(FakeAvatarEngine):
    def find_face(self, portrait_path: Path) -> Any:
        return None


@pytest.mark.parametrize(
    ("make", "test"),
    [
        (PieceByPiece, "test_the_frames_of_pieces_are_those_of_the_whole"),
        (OneFrameMore, "test_the_clip_has_the_size_the_rate_and_the_frames_asked_for"),
        (Smaller, "test_the_clip_has_the_size_the_rate_and_the_frames_asked_for"),
        (OneFrameMore, "test_it_reports_each_frame"),
        (AnyPicture, "test_a_picture_without_a_face_is_refused"),
        (AnyPicture, "test_a_file_that_is_no_picture_is_refused"),
    ],
)
def test_an_avatar_engine_that_breaks_its_contract_is_found(
    make: Callable[[], FakeAvatarEngine], test: str, tmp_path: Path
) -> None:
    suite = AvatarEngineContract()
    suite.portrait = lambda folder: write_portrait(folder / "portrait.png")  # type: ignore[method-assign]
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        getattr(suite, test)(make(), tmp_path)
