"""One typed tree of settings: every default, unit and limit. Read from SOUNDSTAGE_* in the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "SOUNDSTAGE_"
NOT_SETTINGS = (
    "SOUNDSTAGE_CRASH_",
    "SOUNDSTAGE_TEST_",
    "SOUNDSTAGE_WORKER_",
    "SOUNDSTAGE_FIGURES",
    "SOUNDSTAGE_NIGHTLY",
)
"""Names, or beginnings of names, that crash tests and our own worker processes use."""


class Settings(BaseSettings):
    """Everything an operator can choose."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    home: Path = Field(
        default_factory=lambda: Path.home() / ".soundstage",
        description="The folder of database, files and working data",
    )
    database_url: str | None = Field(
        None, description="postgresql://... for many machines; empty for SQLite in the home folder"
    )
    host: str = Field("127.0.0.1", description="Address that `serve` listens on")
    port: int = Field(8484, ge=0, le=65535, description="Port that `serve` listens on; 0 takes a free one")
    workers: int = Field(2, ge=0, le=64, description="Worker processes on this machine")
    queues: str = Field("cpu,gpu,io", description="Queues that these workers serve, separated by commas")
    durability: Literal["auto", "full"] = Field(
        "auto",
        description="`full` makes every commit survive a power cut; `auto` leaves out stages shorter than 20 ms "
        "that left no file",
    )
    lease_seconds: float = Field(15.0, gt=0, description="A worker that is silent for so long has lost its parts")
    beat_seconds: float = Field(5.0, gt=0, description="How often a worker says that it lives")
    stop_grace_seconds: float = Field(
        1.5, gt=0, description="How long a stage has to stop when it is cancelled or timed out, before its worker ends"
    )
    shutdown_grace_seconds: float = Field(
        10.0, ge=0, description="How long running parts may go on when Soundstage is asked to stop"
    )
    keep_finished_days: float | None = Field(
        None, gt=0, description="Ended jobs and their files are removed after so many days; empty keeps them"
    )
    max_upload_bytes: int = Field(2 * 1024**3, gt=0, description="The largest file that is taken as an input, in bytes")
    ffmpeg: Path | None = Field(None, description="The ffmpeg to use; empty finds the system's or the wheel's")
    speech_engine: str | None = Field(None, description="The engine that `auto` means for speech")
    avatar_engine: str | None = Field(None, description="The engine that `auto` means for talking heads")
    pipeline_files: str = Field(
        "", description="Python files that declare further pipelines, separated by the path separator of the system"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("WARNING", description="What is logged")

    @property
    def resolved_database_url(self) -> str:
        return self.database_url or f"sqlite:///{self.home.absolute() / 'soundstage.db'}"

    @property
    def queue_names(self) -> tuple[str, ...]:
        return tuple(name.strip() for name in self.queues.split(",") if name.strip())

    @property
    def pipeline_paths(self) -> list[Path]:
        """The named files, then those in the `pipelines` folder of the home."""
        named = [Path(name) for name in self.pipeline_files.split(os.pathsep) if name]
        return named + sorted((self.home / "pipelines").glob("*.py"))


def unknown_names(environment: Mapping[str, str]) -> list[str]:
    """The SOUNDSTAGE_* names that mean nothing, so that a typing error shows."""
    known = {PREFIX + field.upper() for field in Settings.model_fields}
    ours = (name for name in environment if name.startswith(PREFIX) and not name.startswith(NOT_SETTINGS))
    return sorted(name for name in ours if name not in known)
