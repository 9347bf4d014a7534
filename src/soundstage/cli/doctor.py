"""`soundstage doctor`: looks at everything that Soundstage stands on, and says what to type where it is missing."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from soundstage.cli.amounts import size_text
from soundstage.cli.exits import Exit
from soundstage.cli.output import add_row, console, print_json, table
from soundstage.cli.session import read_settings
from soundstage.core.errors import EngineNotReady, SoundstageError

if TYPE_CHECKING:
    from soundstage.bootstrap.parts import Parts
    from soundstage.runtime.home import HomeFolder

OLDEST_PYTHON = (3, 11)
LITTLE_DISK_BYTES = 2 * 1000**3
NEEDED_CAPABILITIES = ("speech", "avatar")


class Health(StrEnum):
    OK = "ok"
    NOTE = "note"
    MISSING = "missing"


SIGNS = {Health.OK: ("✓", "green"), Health.NOTE: ("!", "magenta"), Health.MISSING: ("✗", "red")}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `remedy` says what to type where it is not well."""

    subject: str
    health: Health
    found: str
    remedy: str = ""


def examine() -> Iterator[Finding]:
    """Each finding as soon as it is known. A broken thing is a finding, not an error."""
    from soundstage.bootstrap.parts import Parts

    parts = Parts.of(read_settings())
    yield _python()
    yield _sqlite()
    yield _ffmpeg(parts)
    yield from _engines(parts)
    try:
        home = parts.home
    except SoundstageError as error:
        yield Finding("home folder", Health.MISSING, error.message, error.hint)
        return
    yield Finding("home folder", Health.OK, f"{home.root}, writable")
    yield _disk(home)
    yield _blobs(parts)
    yield _server(home)
    yield _workers(parts)


def doctor(as_json: bool) -> Exit:
    """Print what was found; NOT_READY where something that is needed is missing."""
    findings = list(examine())
    if as_json:
        for finding in findings:
            print_json(asdict(finding))
    else:
        _print(findings)
    return Exit.NOT_READY if any(finding.health is Health.MISSING for finding in findings) else Exit.SUCCEEDED


def _print(findings: list[Finding]) -> None:
    rows = table("", "what", "found", "type")
    for finding in findings:
        sign, style = SIGNS[finding.health]
        add_row(rows, [Text(sign, style), finding.subject, finding.found, finding.remedy])
    console().print(rows)


def _python() -> Finding:
    if sys.version_info[:2] >= OLDEST_PYTHON:
        return Finding("Python", Health.OK, platform.python_version())
    return Finding("Python", Health.MISSING, platform.python_version(), "install Python 3.11 or newer")


def _sqlite() -> Finding:
    from soundstage.store.sqlite import FIRST_SAFE_SQLITE, sqlite_version

    version = ".".join(map(str, sqlite_version()))
    if sqlite_version() >= FIRST_SAFE_SQLITE:
        return Finding("SQLite", Health.OK, version)
    needed = ".".join(map(str, FIRST_SAFE_SQLITE))
    told = f"{version}: below {needed} two processes that write at once can damage the database (WAL-reset bug)"
    return Finding("SQLite", Health.NOTE, told, "pip install --upgrade pysqlite3")


def _ffmpeg(parts: Parts) -> Finding:
    from soundstage.media.ffmpeg import choose_ffmpeg, find_ffmpeg

    try:
        choose_ffmpeg(None if parts.settings.ffmpeg is None else Path(parts.settings.ffmpeg))
        program = find_ffmpeg()
    except EngineNotReady as error:
        return Finding("ffmpeg", Health.MISSING, error.message, error.hint)
    return Finding("ffmpeg", Health.OK, f"{program.path} ({program.source})")


def _engines(parts: Parts) -> Iterator[Finding]:
    """An engine that is not ready is a note as long as another one of its capability is."""
    described = parts.engines.describe()
    for spec, readiness in described:
        told = f"{spec.capability or 'engine'}, {spec.quality}" + ("" if readiness.ready else f": {readiness.reason}")
        yield Finding(spec.kind, Health.OK if readiness.ready else Health.NOTE, told, readiness.remedy)
    ready = {spec.capability for spec, readiness in described if readiness.ready}
    for capability in NEEDED_CAPABILITIES:
        if capability not in ready:
            yield Finding(capability, Health.MISSING, f"no engine for {capability} is ready", "soundstage engines")


def _disk(home: HomeFolder) -> Finding:
    free_bytes = shutil.disk_usage(home.root).free
    told = f"{size_text(free_bytes)} free"
    if free_bytes >= LITTLE_DISK_BYTES:
        return Finding("disk", Health.OK, told)
    return Finding("disk", Health.NOTE, told, "free some space, or set SOUNDSTAGE_HOME to a folder on another disk")


def _blobs(parts: Parts) -> Finding:
    try:
        parts.blobs.check()
    except SoundstageError as error:
        return Finding("files", Health.MISSING, error.message, error.hint)
    return Finding("files", Health.OK, parts.settings.blobs_url or "in the home folder")


def _server(home: HomeFolder) -> Finding:
    from soundstage.runtime.doorbell.local import ring_local

    if ring_local(home.run):
        return Finding("server", Health.OK, f"served by {home.owner()}")
    return Finding("server", Health.OK, "nobody serves this home; `soundstage run` does so while it runs")


def _workers(parts: Parts) -> Finding:
    from soundstage.store.schema import revisions

    try:
        installed, newest = revisions(parts.settings.database_url)
        if installed is None:
            return Finding("database", Health.OK, "not made yet; the first start makes it")
        if installed != newest:
            return Finding("database", Health.NOTE, f"version {installed} of {newest}", "soundstage db upgrade")
        count = len(parts.store.workers.list_ids())
    except SoundstageError as error:
        return Finding("database", Health.MISSING, error.message, error.hint)
    return Finding("database", Health.OK, f"version {installed}, {count} workers registered")
