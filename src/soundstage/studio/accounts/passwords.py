"""Passwords: which are good enough, and their slow hashes (argon2id, RFC 9106)."""

from __future__ import annotations

import re
import secrets
import unicodedata
from base64 import b64encode
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from soundstage.core.errors import WeakPassword

FEWEST_CHARACTERS = 10
MOST_CHARACTERS = 256
FEWEST_DIFFERENT_CHARACTERS = 5
FEWEST_CHARACTERS_OF_ITS_OWN = 6

_COSTS: Mapping[str, tuple[int, int, int]] = MappingProxyType(
    {"standard": (3, 65_536, 4), "small": (2, 19_456, 1), "insecure_for_tests": (1, 8, 1)}
)
"""Rounds, memory in KiB, and lanes."""

_RUNS = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop")
_LOOKALIKES = str.maketrans("4@301!5$7", "aaeoiisst")


def check_password(password: str, own_words: Iterable[str]) -> None:
    """Raises WeakPassword for what is too short, too long, or could be guessed; `own_words` are names of its user."""
    if "\x00" in password:
        raise WeakPassword("A password cannot hold the character NUL.", hint="Leave it out.")
    if len(password) > MOST_CHARACTERS:
        raise WeakPassword(f"A password has at most {MOST_CHARACTERS} characters.", hint="Take a shorter one.")
    if len(password) < FEWEST_CHARACTERS:
        raise WeakPassword(f"A password has at least {FEWEST_CHARACTERS} characters.")
    plain = _normal(password).casefold()
    if _is_obvious(plain):
        raise WeakPassword("This password is among the first that are tried.")
    if _rests_on(plain, own_words):
        raise WeakPassword("This password is made of the name or e-mail address that it belongs to.")


class Passwords:
    """Makes and compares hashes. Each takes long on purpose: call it in a thread, and only a few at once."""

    def __init__(self, strength: str = "standard") -> None:
        rounds, memory, lanes = _COSTS[strength]
        self._hashes = PasswordHash([Argon2Hasher(time_cost=rounds, memory_cost=memory, parallelism=lanes)])
        self._of_nobody = f"$argon2id$v=19$m={memory},t={rounds},p={lanes}${_random(16)}${_random(32)}"

    def hash(self, password: str) -> str:
        return self._hashes.hash(_normal(password))

    def verify(self, password: str, stored: str | None) -> tuple[bool, str | None]:
        """Whether it is the password, and a new hash where today's are stronger. With no hash it takes as long."""
        if len(password) > MOST_CHARACTERS:
            password, stored = "", None
        return self._hashes.verify_and_update(_normal(password), stored or self._of_nobody)


def _normal(password: str) -> str:
    """Keyboards write the same character in several ways (NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


def _random(size_bytes: int) -> str:
    return b64encode(secrets.token_bytes(size_bytes)).decode().rstrip("=")


def _is_obvious(plain: str) -> bool:
    core = re.sub(r"^[^a-z]+|[^a-z]+$", "", plain)
    letters = re.sub(r"[^a-z]", "", core.translate(_LOOKALIKES))
    return (
        plain.isdigit()
        or len(set(plain)) < FEWEST_DIFFERENT_CHARACTERS
        or _is_repeated(plain)
        or _is_run(plain)
        or not _common_words().isdisjoint((plain, core, letters))
    )


def _is_repeated(plain: str) -> bool:
    """Of one piece of at most half its length, again and again."""
    return any(
        plain == (plain[:size] * (len(plain) // size + 1))[: len(plain)] for size in range(1, len(plain) // 2 + 1)
    )


def _is_run(plain: str) -> bool:
    rows = [row * (len(plain) // len(row) + 2) for row in (*_RUNS, *(row[::-1] for row in _RUNS))]
    joined = "".join(_RUNS[2:5])
    return any(plain in row for row in (*rows, joined, joined[::-1]))


def _rests_on(plain: str, own_words: Iterable[str]) -> bool:
    for word in own_words:
        folded = _normal(word).casefold()
        if len(folded) >= 3 and folded in plain:
            rest = re.sub(r"[\W\d_]", "", plain.replace(folded, ""))
            if len(rest) < FEWEST_CHARACTERS_OF_ITS_OWN:
                return True
    return False


@cache
def _common_words() -> frozenset[str]:
    text = (files("soundstage.studio.accounts") / "common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(text.split())
