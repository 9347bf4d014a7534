"""A typing error in the name of a setting shows."""

import pytest

from soundstage.cli.session import read_settings
from soundstage.core.errors import BadInput
from soundstage.settings import unknown_names


def test_a_mistyped_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOUNDSTAGE_WORKRES", "3")
    with pytest.raises(BadInput, match="SOUNDSTAGE_WORKRES"):
        read_settings()


def test_known_names_and_those_of_tests_and_workers_pass() -> None:
    assert (
        unknown_names({"SOUNDSTAGE_WORKERS": "3", "SOUNDSTAGE_WORKER_LINK_FD": "5", "SOUNDSTAGE_CRASH_AT": "x"}) == []
    )
    assert unknown_names({"SOUNDSTAGE_HOMES": "x", "PATH": "y"}) == ["SOUNDSTAGE_HOMES"]
