"""The tree of errors: one stable code each, and a sentence for people."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from soundstage.core.errors import Cancelled, NoFace, Released, SoundstageError, Stop


def tree(root: type[SoundstageError] = SoundstageError) -> Iterator[type[SoundstageError]]:
    yield root
    for child in root.__subclasses__():
        if child.__module__ == "soundstage.core.errors":
            yield from tree(child)


def test_every_error_has_a_code_of_its_own() -> None:
    codes = [error.code for error in tree()]
    assert sorted(set(codes)) == sorted(codes)
    assert all(code.replace("_", "").islower() for code in codes)


@pytest.mark.parametrize("error", list(tree()), ids=lambda error: error.code)
def test_an_error_without_words_uses_the_sentence_of_its_kind(error: type[SoundstageError]) -> None:
    message = error().message
    assert message
    assert message == (error.__doc__ or "").strip().splitlines()[0]
    assert message.endswith(".")
    assert str(error()) == message


def test_words_and_hint_of_the_occasion_win() -> None:
    error = NoFace("The cat has no face.", hint="Use another cat.")
    assert (error.message, error.hint, error.code) == ("The cat has no face.", "Use another cat.", "no_face")
    assert NoFace().hint == NoFace.hint


@pytest.mark.parametrize("stop", [Cancelled, Released])
def test_a_stage_that_catches_every_exception_does_not_swallow_a_stop(stop: type[Stop]) -> None:
    assert not issubclass(stop, Exception)
