"""A line of the log, as text or as JSON: without secrets, and without characters that could forge another line."""

from __future__ import annotations

import json
import logging
import re
import traceback
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from soundstage.core.errors import SoundstageError
from soundstage.core.log_context import known_fields

MOST_CHARACTERS = 20_000
"""Of a message, and of a traceback. More is cut."""

REDACTED = "[redacted]"
_SECRET_NAMES = "token|ticket|signature|password|passwd|secret|credential|api[_-]?key"  # noqa: S105 - how secrets are called
_SECRETS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), shown)
    for pattern, shown in (
        (r"\beyJ[\w-]{4,}\.[\w-]+(?:\.[\w-]*)?", REDACTED),  # JSON Web Tokens, RFC 7519 section 3
        (r"\b(authorization\b[\"']?\s*[:=]\s*[\"']?(?:[a-z]+\s+)?)[^\s\"',;]+", rf"\1{REDACTED}"),
        (r"\b(bearer\s+)[^\s\"',;]+", rf"\1{REDACTED}"),
        (r"\b((?:set-)?cookie\b[\"']?\s*[:=]\s*[\"']?)[^\"'\r\n]+", rf"\1{REDACTED}"),
        (r"\b(?:sk|whsec|ghp|hf|xox[a-z])[_-][\w+/=.-]{6,}", REDACTED),
        (rf"((?:{_SECRET_NAMES})[\"']?(?:=|%3D|\s*:\s*)[\"']?)[^\s\"'&;,}}]+", rf"\1{REDACTED}"),
        (r"([?&](?:sig|key)=)[^\s\"'&]+", rf"\1{REDACTED}"),
        (r"(\w://[^/\s:@]*:)[^@\s/]+(@)", rf"\1{REDACTED}\2"),
    )
)
_FORGING = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
"""Control characters, line and paragraph separators, marks that turn the direction of writing, lone surrogates."""


def redacted(text: str) -> str:
    """Without tokens, keys, signatures and passwords, however they are written."""
    for secret, shown in _SECRETS:
        text = secret.sub(shown, text)
    return text


def one_line(text: str) -> str:
    """With each character that could begin a line or steer a terminal written as its number."""
    return _FORGING.sub(_numbered, text)


class TextLines(logging.Formatter):
    """For people: level, logger, message, and the fields that are known; tracebacks stand indented below."""

    def format(self, record: logging.LogRecord) -> str:
        fields = _fields_of(record)
        shown = "".join(f" {name}={value}" for name, value in fields.items())
        line = f"{record.levelname} {record.name}: {_message_of(record)}{shown}"
        lines = [one_line(redacted(line)), *(f"    {one_line(below)}" for below in _traceback_of(record))]
        return "\n".join(lines)


class JsonLines(logging.Formatter):
    """For machines: one JSON object a line. `ts` is RFC 3339 in UTC."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "ts": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": redacted(_message_of(record)),
            **{name: _plain(value) for name, value in _fields_of(record).items()},
        }
        if below := _traceback_of(record):
            told["traceback"] = "\n".join(below)
        return one_line(json.dumps(told, ensure_ascii=False, separators=(",", ":")))


def keep_fields(record: logging.LogRecord) -> bool:
    """A filter: the record keeps what is known now, for a formatter that runs in another thread."""
    record.fields = {**known_fields(), **getattr(record, "fields", {})}
    return True


def _fields_of(record: logging.LogRecord) -> dict[str, object]:
    fields = {name: value for name, value in getattr(record, "fields", {}).items() if value is not None}
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, SoundstageError):
        fields.setdefault("error_code", error.code)
    return fields


def _message_of(record: logging.LogRecord) -> str:
    return record.getMessage()[:MOST_CHARACTERS]


def _traceback_of(record: logging.LogRecord) -> list[str]:
    if not record.exc_info or record.exc_info[1] is None:
        return []
    text = "".join(traceback.format_exception(record.exc_info[1]))
    return _told_lines(redacted(text[-MOST_CHARACTERS:]).split("\n"))


def _told_lines(lines: Iterable[str]) -> list[str]:
    return [line for line in lines if line.strip()]


def _plain(value: object) -> object:
    return value if isinstance(value, bool | int | float) else redacted(str(value)[:MOST_CHARACTERS])


def _numbered(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
