"""One typed tree of settings: every default, unit and limit. Read from SOUNDSTAGE_* in the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "SOUNDSTAGE_"
NOT_SETTINGS = (
    "SOUNDSTAGE_CRASH_",
    "SOUNDSTAGE_TEST_",
    "SOUNDSTAGE_WORKER_",
    "SOUNDSTAGE_SERVER",
    "SOUNDSTAGE_API_KEY",
    "SOUNDSTAGE_FIGURES",
    "SOUNDSTAGE_USER_PASSWORD",
    "SOUNDSTAGE_NIGHTLY",
)
"""Names, or beginnings of names, that crash tests, our own worker processes and single commands use."""


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
    blobs_url: str | None = Field(
        None, description="s3://bucket/prefix for files in S3 or MinIO; empty for a folder in the home folder"
    )
    s3_endpoint_url: str | None = Field(
        None, description="Where the S3 server is, such as http://minio:9000; empty is Amazon's"
    )
    s3_public_endpoint_url: str | None = Field(
        None, description="Where browsers reach the S3 server, if not at its endpoint; links begin with it"
    )
    s3_region: str = Field("us-east-1", description="Region of the bucket")
    s3_access_key_id: str | None = Field(
        None,
        description="Key of the bucket; empty takes the keys or role of the machine, and then no links to S3 are given",
    )
    s3_secret_access_key: SecretStr | None = Field(None, description="The secret half of the key")
    blob_cache_bytes: int = Field(
        10 * 1024**3, ge=0, description="How much of the home's disk copies of files in S3 may take, in bytes"
    )
    host: str = Field("127.0.0.1", description="Address that `serve` listens on")
    port: int = Field(8484, ge=0, le=65535, description="Port that `serve` listens on; 0 takes a free one")
    public_url: str | None = Field(
        None,
        pattern=r"^https?://[^/?#@\s]+/?$",
        description="The address that people use, where a proxy stands in front: https://studio.example.com",
    )
    allowed_hosts: str = Field(
        "", description="Further names that this server may be called by, separated by commas; others are refused"
    )
    trusted_proxies: str = Field(
        "",
        description="Proxies whose X-Forwarded-For and -Proto are believed: addresses or networks, separated by commas",
    )
    signing_key_file: Path | None = Field(
        None,
        description="The key that signs tokens and links; servers that share a database share it. "
        "Empty makes one in the home folder",
    )
    registration: Literal["open", "closed"] = Field("open", description="Whether people can register by themselves")
    access_token_minutes: float = Field(15.0, gt=0, le=60, description="How long an access token is good")
    session_hours: float = Field(12.0, gt=0, description="How long a session lasts")
    remembered_session_days: float = Field(30.0, gt=0, description="How long a session lasts that is to be remembered")
    password_hashing: Literal["standard", "small", "insecure_for_tests"] = Field(
        "standard",
        description="What a guess at a password costs: 64 MiB and a tenth of a second; or 19 MiB on small machines",
    )
    keep_audit_days: float = Field(365.0, gt=0, description="How long the audit log is kept")
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
    free_storage_bytes: int | None = Field(
        2 * 1024**3, gt=0, description="Storage of a user of the free plan, in bytes"
    )
    free_upload_bytes: int = Field(
        200 * 10**6, gt=0, description="The largest file of a user of the free plan, in bytes"
    )
    free_unfinished_jobs: int | None = Field(10, gt=0, description="Jobs of a free user that have not ended, at most")
    free_work_minutes_a_day: float | None = Field(
        60, gt=0, description="Minutes of work a day for a free user, at most"
    )
    pro_storage_bytes: int | None = Field(None, gt=0, description="Storage of a user of the pro plan; empty: no limit")
    pro_unfinished_jobs: int | None = Field(1000, gt=0, description="Jobs of a pro user that have not ended, at most")
    pro_work_minutes_a_day: float | None = Field(
        None, gt=0, description="Minutes of work a day for a user of the pro plan; empty: no limit"
    )
    ffmpeg: Path | None = Field(None, description="The ffmpeg to use; empty finds the system's or the wheel's")
    speech_engine: str | None = Field(None, description="The engine that `auto` means for speech")
    avatar_engine: str | None = Field(None, description="The engine that `auto` means for talking heads")
    pipeline_files: str = Field(
        "", description="Python files that declare further pipelines, separated by the path separator of the system"
    )
    speech_wait_seconds: float = Field(
        600.0, gt=0, description="How long an answer of /v1/audio/speech may wait for the finished speech"
    )
    outbound_allow: str = Field(
        "",
        description="Hosts and networks beside the public internet that webhooks may reach, separated by commas: "
        "`10.0.0.0/8`, `192.168.1.20:9000`, `[fd00::1]:8443`, `hooks.example.com:9000`; without a port: 80 and 443",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("WARNING", description="What is logged")
    log_format: Literal["text", "json"] = Field(
        "text", description="How `serve` and its workers log: lines for people, or a JSON object a line"
    )
    log_requests: bool = Field(False, description="Whether each request gets a line in the log")
    metrics_token: SecretStr | None = Field(
        None, description="With it as a bearer token, /metrics is read without an account"
    )
    metrics_public: bool = Field(False, description="Whether anybody who reaches the server may read /metrics")
    traces_endpoint: str | None = Field(
        None,
        pattern=r"^https?://[^/?#@\s]+(/[^?#\s]*)?$",
        description="The OTLP/HTTP collector that traces go to, such as http://otel:4318; empty takes "
        "OTEL_EXPORTER_OTLP_ENDPOINT, or traces nothing",
    )

    @property
    def resolved_database_url(self) -> str:
        return self.database_url or f"sqlite:///{self.home.absolute() / 'soundstage.db'}"

    @field_validator("trusted_proxies")
    @classmethod
    def _name_networks(cls, value: str) -> str:
        for network in _listed(value):
            ip_network(network)
        return value

    @property
    def proxies(self) -> list[str]:
        return _listed(self.trusted_proxies)

    @property
    def host_names(self) -> frozenset[str]:
        """The names beside those of the loopback that this server may be called by, in lower case."""
        public = re.sub(r":\d+$", "", urlsplit(self.public_url or "").netloc)
        return frozenset(name.lower() for name in (*_listed(self.allowed_hosts), public) if name)

    @property
    def queue_names(self) -> tuple[str, ...]:
        return tuple(_listed(self.queues))

    @property
    def pipeline_paths(self) -> list[Path]:
        """The named files, then those in the `pipelines` folder of the home."""
        named = [Path(name) for name in self.pipeline_files.split(os.pathsep) if name]
        return named + sorted((self.home / "pipelines").glob("*.py"))


def _listed(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def unknown_names(environment: Mapping[str, str]) -> list[str]:
    """The SOUNDSTAGE_* names that mean nothing, so that a typing error shows."""
    known = {PREFIX + field.upper() for field in Settings.model_fields}
    ours = (name for name in environment if name.startswith(PREFIX) and not name.startswith(NOT_SETTINGS))
    return sorted(name for name in ours if name not in known)
