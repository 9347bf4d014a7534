"""What the parent makes of a child that speaks, crashes, hangs or talks nonsense."""

from __future__ import annotations

from pathlib import Path

import pytest

from soundstage.core.errors import BadInput, EngineFailed, NothingToSay
from soundstage.engines.contract import Speech, SpeechRequest
from soundstage.engines.speech.child_speech import ChildVoice, Timeline, speak_in_child
from soundstage.engines.speech.text import Sentence, WrittenWord, split_sentences

ANSWER = '["word", 0, 0.1, 0.4]\n["sound", "a", 0.1, 0.4]\n["sentence", 100, 50]'


class Scripted:
    """Speaks one sentence with a child that is the given script."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "results"
        self.folder.mkdir()
        self._script = folder / "child.py"

    def speak(self, script: str, text: str = "Hello there.", rate: float = 1.0) -> Speech:
        self._script.write_text("import json, os, signal, sys\norder = json.load(sys.stdin)\n" + script)
        voice = ChildVoice("The test voice", self._script, {}, str, start_seconds=5, seconds_per_character=0)
        request = SpeechRequest(text, self.folder / "speech.wav", rate=rate)
        return speak_in_child(voice, split_sentences(text), request, lambda done, total, message=None: None)


@pytest.fixture
def scripted(tmp_path: Path) -> Scripted:
    return Scripted(tmp_path)


def test_a_child_that_answers_leaves_its_file(scripted: Scripted) -> None:
    speech = scripted.speak(f"open(order['audio_path'], 'wb').write(b'sound')\nprint({ANSWER!r})")
    assert speech.audio_path.read_bytes() == b"sound"
    assert [word.text for word in speech.words] == ["Hello"]
    assert list(scripted.folder.iterdir()) == [speech.audio_path]


def test_a_sentence_may_have_any_number_of_sounds(scripted: Scripted) -> None:
    script = (
        "open(order['audio_path'], 'wb').close()\n"
        "print('[\"word\", 0, 0.1, 0.4]')\n"
        "for n in range(9_000): print(json.dumps(['sound', 'a', n / 100, (n + 1) / 100]))\n"
        "print('[\"sentence\", 100, 9000]')"
    )
    assert len(scripted.speak(script).phonemes) == 9_000


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("os.abort()", "SIGABRT"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "SIGSEGV"),
        ("sys.exit('the voice is broken')", "the voice is broken"),
        ("print('not json')", "cannot be read"),
        ("print('{}')", "cannot be read"),
        ("print(json.dumps(['word', 'first', 0, 1]))", "cannot be read"),
        (f"print({ANSWER!r}); print({ANSWER!r})", "more than it was asked"),
        ("pass", "ended after 0 of 12 characters"),
    ],
)
def test_a_child_that_fails_is_reported_with_the_reason(scripted: Scripted, script: str, reason: str) -> None:
    with pytest.raises(EngineFailed, match=reason):
        scripted.speak("open(order['audio_path'], 'wb').write(b'half')\n" + script)
    assert list(scripted.folder.iterdir()) == []


def test_a_child_that_hangs_is_ended(tmp_path: Path) -> None:
    script = tmp_path / "child.py"
    script.write_text("import signal\nsignal.pause()")
    voice = ChildVoice("The test voice", script, {}, str, start_seconds=0.2, seconds_per_character=0)
    request = SpeechRequest("Hello.", tmp_path / "speech.wav")
    with pytest.raises(EngineFailed, match="took longer than"):
        speak_in_child(voice, split_sentences("Hello."), request, lambda done, total, message=None: None)


def test_the_child_sees_neither_our_environment_nor_our_packages(
    scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOUNDSTAGE_SECRET", "key")
    script = (
        "import importlib.util\n"
        "assert 'SOUNDSTAGE_SECRET' not in os.environ\n"
        "assert importlib.util.find_spec('soundstage') is None\n"
        f"open(order['audio_path'], 'wb').close()\nprint({ANSWER!r})"
    )
    assert scripted.speak(script).words


def test_a_text_of_which_no_word_was_heard_is_nothing_to_say(scripted: Scripted) -> None:
    answer = '["sentence", 100, 50]'
    with pytest.raises(NothingToSay):
        scripted.speak(f"open(order['audio_path'], 'wb').close()\nprint({answer!r})")
    assert list(scripted.folder.iterdir()) == []


@pytest.mark.parametrize("rate", [0.0, -1.0, 0.49, 2.01, float("nan"), float("inf")])
def test_a_rate_out_of_range_is_refused(scripted: Scripted, rate: float) -> None:
    with pytest.raises(BadInput, match=r"0\.5 to 2\.0"):
        scripted.speak("", rate=rate)


def test_sentences_are_put_behind_each_other_and_edges_stay_within() -> None:
    sentence = Sentence("twenty five cats", (WrittenWord("25", 0), WrittenWord("cats", 12)), 0.0)
    words = [(0, 0.1, 0.3), (7, 0.3, 0.5), (12, 0.45, 1.2)]
    sounds = [("", 0.0, 0.1), ("a", 0.1, 0.5), ("b", 0.45, 1.2)]
    timeline = Timeline(str)
    for _ in range(2):
        timeline.add(sentence, 100, 100, words, sounds)
    assert [(w.text, w.start_seconds, w.end_seconds) for w in timeline.words] == [
        ("25", 0.1, 0.5),
        ("cats", 0.5, 1.0),
        ("25", 1.1, 1.5),
        ("cats", 1.5, 2.0),
    ]
    assert [(p.symbol, p.start_seconds, p.end_seconds) for p in timeline.phonemes] == [
        ("", 0.0, 0.1),
        ("a", 0.1, 0.5),
        ("b", 0.5, 1.0),
        ("", 1.0, 1.1),
        ("a", 1.1, 1.5),
        ("b", 1.5, 2.0),
    ]
