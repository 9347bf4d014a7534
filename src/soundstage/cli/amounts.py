"""Numbers as people read them: sizes, durations, ages."""

from __future__ import annotations

from datetime import datetime

_SIZE_UNITS = ("B", "KB", "MB", "GB", "TB")


def size_text(size_bytes: float) -> str:
    """1000 bytes are a KB, as disks and browsers count."""
    amount = float(size_bytes)
    for unit in _SIZE_UNITS[:-1]:
        if amount < 999.5:
            return f"{amount:.0f} {unit}" if unit == "B" or amount >= 9.95 else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} {_SIZE_UNITS[-1]}"


def clock_text(seconds: float) -> str:
    """A running time: 0:07, 12:30, 1:02:03."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def duration_text(seconds: float) -> str:
    """A finished time: 0.42 s, 7.3 s, 12:30."""
    if seconds < 1:
        return f"{seconds:.2f} s"
    return f"{seconds:.1f} s" if seconds < 60 else clock_text(seconds)


def age_text(seconds: float) -> str:
    """How long ago, roughly: 40 s, 5 min, 3 h, 12 d."""
    for limit, unit_seconds, unit in ((90, 1, "s"), (5400, 60, "min"), (172_800, 3600, "h")):
        if seconds < limit:
            return f"{max(0, seconds) / unit_seconds:.0f} {unit}"
    return f"{seconds / 86_400:.0f} d"


def time_of_day(at: float) -> str:
    """The local time of a moment in seconds since the epoch."""
    return datetime.fromtimestamp(at).astimezone().strftime("%H:%M:%S")
