"""Makes the test support of this folder importable, and gives studios that run real worker processes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[3]))

from tests.acceptance.faults.rig import Rig


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    """A studio in a folder of its own; whatever it started is ended after the test."""
    made = Rig(tmp_path / "home")
    yield made
    made.close()


@pytest.fixture
def make_rig() -> Iterator[Callable[[Path], Rig]]:
    """Makes studios in given folders."""
    made: list[Rig] = []

    def make(home: Path) -> Rig:
        made.append(Rig(home))
        return made[-1]

    yield make
    for each in made:
        each.close()
