# ruff: noqa: S101
"""What every engine must hold to, as test classes. Subclass one, return the engine, and run pytest.

    class TestMyVoice(SpeechEngineContract):
        def make_engine(self):
            return MyVoiceEngine()

An engine that is not ready is skipped, and fails where the environment variable CI is set. For readable assertions call
`pytest.register_assert_rewrite("soundstage.testing.engine_contracts")` in a conftest.py.
"""

from __future__ import annotations

import array
import math
import os
import re
import wave
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from soundstage.core.errors import BadPicture, Cancelled, NoFace, NothingToSay, UnknownVoice
from soundstage.engines.contract import (
    AvatarEngine,
    AvatarRequest,
    Engine,
    Phoneme,
    Report,
    Speech,
    SpeechEngine,
    SpeechRequest,
    Word,
)

STRESS_MARKS = "ˈˌ'"


class Recorder:
    """A report that keeps what it was told, and ends the work after `stop_after` calls."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.calls: list[tuple[float, float]] = []
        self._stop_after = stop_after

    def __call__(self, done: float, total: float, message: str | None = None) -> None:
        self.calls.append((done, total))
        if self._stop_after is not None and len(self.calls) >= self._stop_after:
            raise Cancelled


class EngineContract:
    """What holds for an engine of any capability."""

    deterministic = True

    def make_engine(self) -> Any:
        """Override: a new engine."""
        raise NotImplementedError("Return the engine to test from make_engine().")

    def work(self, engine: Any, folder: Path, report: Report) -> Path:
        """One small piece of work, and the file that it leaves in `folder`."""
        raise NotImplementedError("Subclass the contract of a capability.")

    def content(self, path: Path) -> bytes:
        """What two results of the same request have in common."""
        return path.read_bytes()

    @pytest.fixture
    def engine(self) -> Iterator[Any]:
        engine: Engine = self.make_engine()
        readiness = engine.readiness()
        if not readiness.ready and not os.environ.get("CI"):
            pytest.skip(f"{readiness.reason} {readiness.remedy}")
        assert readiness.ready, f"{readiness.reason} {readiness.remedy}"
        yield engine
        engine.release()

    def test_it_says_what_it_is(self) -> None:
        spec = self.make_engine().spec
        assert re.fullmatch(r"[a-z][a-z0-9_]*", spec.kind)
        assert re.fullmatch(r"[a-z][a-z0-9_]*", spec.capability)
        assert spec.title
        assert spec.licence
        assert spec.queue
        assert all(re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]+)*", tag) for tag in spec.languages)

    def test_it_says_what_is_missing_where_it_is_not_ready(self) -> None:
        readiness = self.make_engine().readiness()
        assert readiness.ready or (readiness.reason and readiness.remedy)

    def test_it_reports_progress_that_never_falls_and_ends_at_the_total(self, engine: Any, tmp_path: Path) -> None:
        report = Recorder()
        self.work(engine, tmp_path, report)
        done = [done for done, _ in report.calls]
        assert done == sorted(done)
        assert report.calls[-1][0] == report.calls[-1][1] > 0
        assert len({total for _, total in report.calls}) == 1

    def test_the_same_request_gives_the_same_result(self, engine: Any, tmp_path: Path) -> None:
        if not self.deterministic:
            pytest.skip("This engine says that it is not deterministic.")
        first, second = (self.work(engine, _folder(tmp_path, name), Recorder()) for name in ("first", "second"))
        assert self.content(first) == self.content(second)

    def test_it_can_be_used_after_a_release(self, engine: Any, tmp_path: Path) -> None:
        self.work(engine, _folder(tmp_path, "first"), Recorder())
        engine.release()
        engine.release()
        assert self.work(engine, _folder(tmp_path, "second"), Recorder()).is_file()

    def test_a_stop_passes_through_and_leaves_no_file_and_no_child(self, engine: Any, tmp_path: Path) -> None:
        folder = _folder(tmp_path, "results")
        children = _children()
        with pytest.raises(Cancelled):
            self.work(engine, folder, Recorder(stop_after=1))
        assert list(folder.iterdir()) == []
        engine.release()
        assert _children() <= children

    def test_it_works_again_after_a_stop(self, engine: Any, tmp_path: Path) -> None:
        with pytest.raises(Cancelled):
            self.work(engine, tmp_path, Recorder(stop_after=1))
        assert self.work(engine, tmp_path, Recorder()).is_file()


class SpeechEngineContract(EngineContract):
    """What holds for an engine that speaks."""

    text = 'Hello, world! A year has 12 "long" months. It is good to know that.'
    spoken_voice = "default"

    def make_engine(self) -> SpeechEngine:
        raise NotImplementedError("Return the engine to test from make_engine().")

    def work(self, engine: SpeechEngine, folder: Path, report: Report) -> Path:
        return engine.speak(SpeechRequest(self.text, folder / "speech.wav", self.spoken_voice), report).audio_path

    def speak(self, engine: SpeechEngine, folder: Path, text: str | None = None, rate: float = 1.0) -> Speech:
        request = SpeechRequest(text or self.text, folder / "speech.wav", self.spoken_voice, rate)
        return engine.speak(request, Recorder())

    def test_it_leaves_a_16_bit_mono_wav_of_the_length_it_says(self, engine: SpeechEngine, tmp_path: Path) -> None:
        speech = self.speak(engine, tmp_path)
        assert speech.audio_path == tmp_path / "speech.wav"
        assert list(tmp_path.iterdir()) == [speech.audio_path]
        with wave.open(str(speech.audio_path), "rb") as audio:
            assert (audio.getnchannels(), audio.getsampwidth()) == (1, 2)
            assert audio.getframerate() == speech.sample_rate_hz
            assert audio.getnframes() / audio.getframerate() == pytest.approx(speech.duration_seconds)

    def test_its_speech_can_be_heard(self, engine: SpeechEngine, tmp_path: Path) -> None:
        speech = self.speak(engine, tmp_path)
        assert 0.01 < _loudness(speech.audio_path) < 0.7
        assert 1.5 < speech.duration_seconds < 30

    def test_words_are_as_written_and_in_order_within_the_audio(self, engine: SpeechEngine, tmp_path: Path) -> None:
        speech = self.speak(engine, tmp_path)
        assert [_letters(word.text) for word in speech.words] == [_letters(word) for word in self.text.split()]
        _assert_in_order(speech.words, speech.duration_seconds)
        assert all(word.end_seconds > word.start_seconds for word in speech.words)

    def test_phonemes_are_plain_ipa_in_order_within_the_audio(self, engine: SpeechEngine, tmp_path: Path) -> None:
        speech = self.speak(engine, tmp_path)
        _assert_in_order(speech.phonemes, speech.duration_seconds)
        assert not set(STRESS_MARKS).intersection("".join(sound.symbol for sound in speech.phonemes))
        assert not any(character.isdigit() for sound in speech.phonemes for character in sound.symbol)

    def test_a_faster_rate_is_shorter_and_a_slower_one_longer(self, engine: SpeechEngine, tmp_path: Path) -> None:
        slow, natural, fast = (self.speak(engine, tmp_path, rate=rate).duration_seconds for rate in (0.5, 1.0, 2.0))
        assert fast < natural * 0.75
        assert slow > natural * 1.3

    def test_its_voices_have_names_of_their_own(self, engine: SpeechEngine) -> None:
        names = [voice.name for voice in engine.voices()]
        assert names
        assert len(set(names)) == len(names)
        assert all(voice.language and voice.title for voice in engine.voices())

    def test_an_unknown_voice_is_refused_and_others_are_named(self, engine: SpeechEngine, tmp_path: Path) -> None:
        request = SpeechRequest("Hello.", tmp_path / "speech.wav", voice="nobody/../at-home")
        with pytest.raises(UnknownVoice) as refusal:
            engine.speak(request, Recorder())
        assert any(voice.name in refusal.value.message for voice in engine.voices())
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("text", ["", " \n\t ", "...", "— !", "\x00\x07", "😀 👩‍🚀"])
    def test_a_text_without_words_is_refused(self, engine: SpeechEngine, tmp_path: Path, text: str) -> None:
        with pytest.raises(NothingToSay):
            engine.speak(SpeechRequest(text, tmp_path / "speech.wav", self.spoken_voice), Recorder())
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        "addition",
        [
            "\x00\x01\x1b[31m",
            "😀",
            "\ud800",
            "日本語 Привет",
            "<break time='9999s'/><audio src='file:///etc/passwd'/>",
            "[[h@l'oU]] {}%s %n $(id) `id`",
            "x" * 200,
        ],
        ids=["control", "emoji", "half-a-character", "scripts", "markup", "commands", "long-word"],
    )
    def test_hostile_text_is_spoken_or_left_out(self, engine: SpeechEngine, tmp_path: Path, addition: str) -> None:
        speech = self.speak(engine, tmp_path, f"One {addition} two.")
        assert [_letters(speech.words[0].text), _letters(speech.words[-1].text)] == ["One", "two"]
        assert speech.duration_seconds < 200


class Video(NamedTuple):
    """What a decoder sees in a clip."""

    codec: str
    pixel_format: str
    rate: float
    has_b_frames: bool
    frames: Any


class AvatarEngineContract(EngineContract):
    """What holds for an engine that animates a portrait. `portrait` must be overridden."""

    width, height, fps = 256, 256, 25
    frames = 12
    piece_tolerance = 4.0
    """Mean difference, of 255, that the encoder may make between a frame of a piece and the same one of the whole."""

    def make_engine(self) -> AvatarEngine:
        raise NotImplementedError("Return the engine to test from make_engine().")

    def portrait(self, folder: Path) -> Path:
        """Override: a picture of a face. `folder` may be written to."""
        raise NotImplementedError("Return the path of a picture of a face from portrait().")

    def audio(self, folder: Path) -> Path:
        """A WAV file of at least `frames`: by default a tone that comes and goes four times a second."""
        return _write_tone(folder / "tone.wav", seconds=self.frames / self.fps)

    def request(self, results: Path, portrait: Path | None = None, first: int = 0, end: int | None = None) -> Any:
        """The request for the frames `first` to `end`. What it needs is made beside the folder of its results."""
        inputs = _folder(results.parent, f"{results.name}-inputs")
        end_frame = self.frames if end is None else end
        return AvatarRequest(
            portrait_path=portrait or self.portrait(inputs),
            audio_path=self.audio(inputs),
            video_path=results / f"clip-{first}-{end_frame}.mp4",
            width=self.width,
            height=self.height,
            fps=self.fps,
            first_frame=first,
            end_frame=end_frame,
        )

    def work(self, engine: AvatarEngine, folder: Path, report: Report) -> Path:
        return engine.animate(self.request(folder), report).video_path

    def content(self, path: Path) -> bytes:
        pixels: bytes = _decode(path).frames.tobytes()
        return pixels

    def test_the_clip_has_the_size_the_rate_and_the_frames_asked_for(
        self, engine: AvatarEngine, tmp_path: Path
    ) -> None:
        folder = _folder(tmp_path, "results")
        clip = engine.animate(self.request(folder), Recorder())
        video = _decode(clip.video_path)
        assert clip.frames == self.frames
        assert video.frames.shape == (self.frames, self.height, self.width, 3)
        assert video.rate == self.fps
        assert list(folder.iterdir()) == [clip.video_path]

    def test_the_clip_is_h264_in_yuv420p_without_b_frames(self, engine: AvatarEngine, tmp_path: Path) -> None:
        video = _decode(self.work(engine, _folder(tmp_path, "results"), Recorder()))
        assert (video.codec, video.pixel_format, video.has_b_frames) == ("h264", "yuv420p", False)

    def test_it_reports_each_frame(self, engine: AvatarEngine, tmp_path: Path) -> None:
        report = Recorder()
        self.work(engine, _folder(tmp_path, "results"), report)
        assert [done for done, _ in report.calls if done > 0] == list(range(1, self.frames + 1))

    def test_the_frames_of_pieces_are_those_of_the_whole(self, engine: AvatarEngine, tmp_path: Path) -> None:
        import numpy as np

        folder = _folder(tmp_path, "results")
        cut = self.frames // 2 - 1
        whole = _decode(engine.animate(self.request(folder), Recorder()).video_path).frames
        pieces = [
            _decode(engine.animate(self.request(folder, first=first, end=end), Recorder()).video_path).frames
            for first, end in ((0, cut), (cut, self.frames))
        ]
        joined = np.concatenate(pieces)
        assert joined.shape == whole.shape
        differences = np.abs(joined.astype(int) - whole.astype(int)).mean(axis=(1, 2, 3))
        assert differences.max() < self.piece_tolerance

    def test_a_picture_without_a_face_is_refused(self, engine: AvatarEngine, tmp_path: Path) -> None:
        folder = _folder(tmp_path, "results")
        meadow = _write_gradient(tmp_path / "meadow.png")
        with pytest.raises(NoFace):
            engine.find_face(meadow)
        with pytest.raises(NoFace):
            engine.animate(self.request(folder, portrait=meadow), Recorder())
        assert list(folder.iterdir()) == []

    def test_a_file_that_is_no_picture_is_refused(self, engine: AvatarEngine, tmp_path: Path) -> None:
        folder = _folder(tmp_path, "results")
        letter = tmp_path / "letter.jpg"
        letter.write_text("I am not a picture.")
        with pytest.raises(BadPicture):
            engine.animate(self.request(folder, portrait=letter), Recorder())
        assert list(folder.iterdir()) == []


def _folder(parent: Path, name: str) -> Path:
    folder = parent / name
    folder.mkdir(exist_ok=True)
    return folder


def _children() -> set[str]:
    return {pid for task in Path("/proc/self/task").glob("*/children") for pid in task.read_text().split()}


def _letters(word: str) -> str:
    return "".join(character for character in word if character.isalnum())


def _assert_in_order(timed: Sequence[Word] | Sequence[Phoneme], duration_seconds: float) -> None:
    assert timed
    edges = [edge for one in timed for edge in (one.start_seconds, one.end_seconds)]
    assert edges == sorted(edges)
    assert edges[0] >= 0
    assert edges[-1] <= duration_seconds


def _loudness(path: Path) -> float:
    with wave.open(str(path), "rb") as audio:
        samples = array.array("h", audio.readframes(audio.getnframes()))
    return math.sqrt(sum(sample * sample for sample in samples) / len(samples)) / 32768


def _write_tone(path: Path, seconds: float, rate_hz: int = 16_000) -> Path:
    samples = array.array(
        "h",
        (
            int(12_000 * math.sin(index * 0.08) * math.sin(4 * math.pi * index / rate_hz) ** 2)
            for index in range(math.ceil(seconds * rate_hz))
        ),
    )
    with wave.open(str(path), "wb") as audio:
        audio.setparams((1, 2, rate_hz, 0, "NONE", "not compressed"))
        audio.writeframes(samples.tobytes())
    return path


def _write_gradient(path: Path) -> Path:
    from PIL import Image

    Image.linear_gradient("L").resize((400, 400)).convert("RGB").save(path)
    return path


def _decode(path: Path) -> Video:
    import av
    import numpy as np
    from av.video.frame import PictureType

    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        decoded = list(container.decode(stream))
        return Video(
            codec=stream.codec_context.name,
            pixel_format=str(stream.codec_context.pix_fmt),
            rate=float(stream.average_rate or 0),
            has_b_frames=any(frame.pict_type == PictureType.B for frame in decoded),
            frames=np.stack([frame.to_ndarray(format="rgb24") for frame in decoded]),
        )
