"""How long a draft voice is silent between sentences and paragraphs."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from soundstage.engines.contract import SpeechEngine, SpeechRequest


@pytest.mark.parametrize("rate", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("name", ["flite", "espeak"])
def test_a_sentence_and_a_paragraph_end_with_a_pause_that_follows_the_rate(
    request: pytest.FixtureRequest, tmp_path: Path, name: str, rate: float
) -> None:
    engine: SpeechEngine = request.getfixturevalue(name)
    asked = SpeechRequest("Good.\n\nNow we all go. Bad.", tmp_path / "speech.wav", rate=rate)
    speech = engine.speak(asked, lambda done, total, message=None: None)
    paragraph, *_, sentence = (after.start_seconds - before.end_seconds for before, after in pairwise(speech.words))
    assert paragraph * rate == pytest.approx(0.6, abs=0.16)
    assert sentence * rate == pytest.approx(0.3, abs=0.16)
