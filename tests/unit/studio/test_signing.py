"""The key of an installation: made once, for one user alone, and refused where it is weak."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from soundstage.core.errors import UnsafeKey
from soundstage.studio.signing import open_signing_key


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "signing.key"


def test_a_key_of_256_bits_is_made_that_only_its_user_can_read(path: Path) -> None:
    key = open_signing_key(path)
    assert len(key.secret) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_the_same_key_is_found_again(path: Path) -> None:
    assert open_signing_key(path).secret == open_signing_key(path).secret


def test_processes_that_start_at_once_agree_on_one_key(path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: open_signing_key(path).secret, range(8)))
    assert len(set(keys)) == 1


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    assert open_signing_key(tmp_path / "one").secret != open_signing_key(tmp_path / "two").secret


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o644, 0o660, 0o602])
def test_a_key_that_others_can_read_or_change_is_refused(path: Path, mode: int) -> None:
    open_signing_key(path)
    path.chmod(mode)
    with pytest.raises(UnsafeKey, match="Others can read") as refused:
        open_signing_key(path)
    assert "chmod 600" in refused.value.hint


@pytest.mark.parametrize(
    "text", ["", "secret", "a1" * 31, "0" * 64, "ab" * 32, "g" * 64, "1" * 65], ids=lambda text: text[:6] or "empty"
)
def test_a_weak_key_is_refused(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(UnsafeKey):
        open_signing_key(path)


def test_each_purpose_has_a_key_of_its_own(path: Path) -> None:
    key = open_signing_key(path)
    assert key.derive("links") == key.derive("links")
    assert len({key.secret, key.derive("links"), key.derive("tokens")}) == 3


def test_a_key_does_not_show_itself(path: Path) -> None:
    key = open_signing_key(path)
    assert key.secret.hex() not in repr(key)
    assert str(key.secret) not in repr(key)
