"""The secret of an installation: one key in a file, from which each use derives a key of its own."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import re
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from soundstage.core.errors import UnsafeKey

KEY_BYTES = 32
FEWEST_DIFFERENT_BYTES = 12
_HEX = re.compile(r"[0-9a-f]{64,}")


@dataclass(frozen=True, slots=True, repr=False)
class SigningKey:
    """At least 256 bits that nobody else knows. It is never shown."""

    secret: bytes

    def derive(self, purpose: str) -> bytes:
        """A key of 32 bytes for one purpose; none tells anything of another, or of the secret itself."""
        return hmac.digest(self.secret, purpose.encode(), hashlib.sha256)


def open_signing_key(path: Path) -> SigningKey:
    """The key in a file, made where there is none: at least 64 hexadecimal digits. Raises UnsafeKey, OSError."""
    if not path.exists():
        _make(path)
    with path.open("rb") as file:
        _check_rights(path, os.fstat(file.fileno()))
        text = file.read(4096).decode("ascii", "replace").strip()
    if not _HEX.fullmatch(text) or len(text) % 2:
        raise UnsafeKey(f"{path} holds no key of at least {KEY_BYTES} bytes in hexadecimal digits.")
    secret = bytes.fromhex(text)
    if len(set(secret)) < FEWEST_DIFFERENT_BYTES:
        raise UnsafeKey(f"The key in {path} can be guessed: it was not drawn at random.")
    return SigningKey(secret)


def _check_rights(path: Path, status: os.stat_result) -> None:
    if stat.S_IMODE(status.st_mode) & 0o077:
        raise UnsafeKey(f"Others can read or change the key {path}.", hint=f"Type: chmod 600 {path}")


def _make(path: Path) -> None:
    """Whole or not at all; of two processes that make it at once, one wins."""
    draft = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_hex(KEY_BYTES).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
