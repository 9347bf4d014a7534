"""Which passwords are good enough, and what their hashes promise."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from soundstage.core.errors import WeakPassword
from soundstage.studio.accounts.passwords import Passwords, check_password

OWN = ("ann.lee", "ann.lee@example.com", "annlee", "Ann Lee")


@pytest.mark.parametrize(
    "password",
    [
        "lantern ferry gravel moth",
        "correct-pony-staple",
        "Xk2#vv9Lq!",
        "žluťoučký kůň",
        "密码密钥安全又好记呀",
        "x7" * 4 + "Qzvk" * 61,
    ],
)
def test_a_password_that_cannot_be_guessed_is_taken(password: str) -> None:
    check_password(password, OWN)


@pytest.mark.parametrize(
    "password",
    [
        "password123",
        "Password1234!",
        "P@ssw0rd!2024",
        "passwordpassword",
        "qwertyuiop",
        "1q2w3e4r5t",
        "letmein123",
        "iloveyou123",
        "welcome2026",
        "administrator",
        "soundstage1",
        "W3lcome12345",
        "changeme!!!",
        "1234567890",
        "0987654321",
        "abcdefghij",
        "zyxwvutsrq",
        "aaaaaaaaaa",
        "abababababab",
        "abc123abc123",
        "19840612199",
        "poiuytrewq",
        "correcthorsebatterystaple",
        "sunshine2025!",
    ],
)
def test_an_obvious_password_is_refused(password: str) -> None:
    with pytest.raises(WeakPassword, match="first that are tried"):
        check_password(password, ())


@pytest.mark.parametrize(
    "password", ["annlee12345", "ann.lee@example.com", "ANN.LEE2026!", "xx-annlee-99", "Ann Lee 1999"]
)
def test_a_password_made_of_one_s_own_names_is_refused(password: str) -> None:
    with pytest.raises(WeakPassword, match="name or e-mail"):
        check_password(password, OWN)


def test_a_password_may_hold_one_s_name_beside_much_else() -> None:
    check_password("annlee likes gravel ferries", OWN)


@pytest.mark.parametrize("length", [0, 1, 9, 257, 1_000_000], ids=["0", "1", "9", "257", "B03-1MB"])
def test_a_password_has_ten_to_256_characters(length: int) -> None:
    with pytest.raises(WeakPassword, match=r"at (least|most)"):
        check_password("kQ7-x" * (length // 5) + "kQ7-x"[: length % 5], ())


def test_a_password_with_nul_is_refused_and_never_cut_there() -> None:
    with pytest.raises(WeakPassword, match="NUL"):
        check_password("lantern ferry\x00gravel", ())


@pytest.fixture
def passwords() -> Passwords:
    return Passwords("insecure_for_tests")


@pytest.mark.parametrize("length", [73, 128, 256], ids=["B03-73", "B03-128", "B03-256"])
def test_every_character_of_a_long_password_counts(passwords: Passwords, length: int) -> None:
    long = "é" * (length - 1)
    stored = passwords.hash(long + "x")
    assert passwords.verify(long + "x", stored) == (True, None)
    assert passwords.verify(long + "y", stored)[0] is False
    assert passwords.verify(long, stored)[0] is False


def test_the_same_password_typed_on_another_keyboard_is_the_same(passwords: Passwords) -> None:
    stored = passwords.hash("cafe\u0301 lantern")
    assert passwords.verify("caf\u00e9 lantern", stored)[0]
    assert not passwords.verify("cafe lantern", stored)[0]


def test_a_hash_is_argon2id_with_its_own_salt(passwords: Passwords) -> None:
    assert passwords.hash("lantern ferry") != passwords.hash("lantern ferry")
    assert Passwords().hash("lantern ferry").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_a_weaker_hash_is_made_anew(passwords: Passwords) -> None:
    stored = passwords.hash("lantern ferry")
    is_right, stronger = Passwords("small").verify("lantern ferry", stored)
    assert is_right
    assert stronger is not None
    assert stronger.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert Passwords("small").verify("another", stored) == (False, None)


def test_nobody_s_password_is_never_right(passwords: Passwords) -> None:
    for password in ("", "x", "lantern ferry gravel moth", "x" * 1_000_000):
        assert passwords.verify(password, None) == (False, None)


def test_b02_nobody_s_password_takes_as_long_as_that_of_a_user() -> None:
    passwords = Passwords("small")
    stored = passwords.hash("lantern ferry")

    def fastest(verify: Callable[[], object]) -> float:
        times = []
        for _ in range(5):
            begin = time.thread_time()
            verify()
            times.append(time.thread_time() - begin)
        return min(times)

    known = fastest(lambda: passwords.verify("another", stored))
    unknown = fastest(lambda: passwords.verify("another", None))
    assert 0.5 < unknown / known < 2.0
    assert unknown > 0.005
