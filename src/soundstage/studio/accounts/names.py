"""E-mail addresses and names: what is taken, and how two of them are compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from soundstage.core.errors import BadName

MOST_DISPLAY_CHARACTERS = 100
_USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{2,31}")
_TURNS_TEXT_ROUND = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")


@dataclass(frozen=True, slots=True)
class Name:
    """As it is shown, and as it is compared: no two users have names of one key."""

    shown: str
    key: str


def check_email(text: str) -> Name:
    """By its form alone; nothing is asked of the network. Raises BadName."""
    try:
        found = validate_email(text, check_deliverability=False)
    except EmailNotValidError as error:
        raise BadName(f"{text[:80]!r} is no e-mail address that can be used. {error}") from None
    return Name(found.normalized, key_of(found.normalized))


def check_username(text: str) -> Name:
    """3 to 32 of a-z, digits, `.`, `_` and `-`. Letters of one alphabet cannot look like those of another.

    Wide and other compatible forms (NFKC) become the plain ones. Raises BadName.
    """
    plain = unicodedata.normalize("NFKC", text)
    if not _USERNAME.fullmatch(plain):
        raise BadName(
            f"{text[:80]!r} is no user name: it has 3 to 32 letters a-z, digits, dots, dashes or underscores, and "
            "begins with a letter or digit.",
            hint="The name that others see may be written in any script: `display_name`.",
        )
    return Name(plain, key_of(plain))


def check_display_name(text: str) -> str:
    """What others see, in any script, without characters that control. Raises BadName."""
    cleaned = text.strip()
    controls = any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in cleaned)
    if controls or _TURNS_TEXT_ROUND.search(cleaned) or len(cleaned) > MOST_DISPLAY_CHARACTERS:
        raise BadName(f"A shown name has at most {MOST_DISPLAY_CHARACTERS} characters, and none that controls text.")
    return cleaned


def key_of(name: str) -> str:
    """A name as it is compared (Unicode NFKC, then case folding)."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name.strip()).casefold())
